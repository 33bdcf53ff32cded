"""Reading articles: sources, order, ids, duplicates, and what is reported instead of read."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import Draft, Skipped, article_key, deduplicate, finish, read_articles
from kg.articles.decoding import FILE_LIMIT, decode
from kg.articles.draft import TEXT_LIMIT
from kg.articles.reading import READERS, read_any
from kg.errors import ArticleError, UsageError
from kg.model import Article

SHARED = Path(__file__).resolve().parents[2] / "shared"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(*sources: Path | str, **options: object) -> list[Article | Skipped]:
    return list(read_articles([str(source) for source in sources], **options))  # type: ignore[arg-type]


def articles(*sources: Path | str, **options: object) -> list[Article]:
    return [item for item in read(*sources, **options) if isinstance(item, Article)]


def skipped(*sources: Path | str, **options: object) -> list[Skipped]:
    return [item for item in read(*sources, **options) if isinstance(item, Skipped)]


# --- sources


def test_a_folder_is_read_to_its_depths_in_the_order_of_its_paths(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "Two.", "a/z.md": "One.", "c.jsonl": '{"text": "Three."}\n'})
    assert [article.text for article in articles(tmp_path)] == ["One.", "Two.", "Three."]


def test_the_order_of_the_sources_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "One.", "b/x.txt": "Two."})
    assert read(tmp_path / "a", tmp_path / "b") == read(tmp_path / "b", tmp_path / "a")


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One."})
    assert len(read(tmp_path, tmp_path / "a.txt", tmp_path / "*.txt")) == 1


def test_a_pattern_is_expanded(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two.", "c.md": "Three."})
    assert len(articles(tmp_path / "*.txt")) == 2


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a[1].txt": "One."})
    assert len(articles(tmp_path / "a[1].txt")) == 1


@pytest.mark.parametrize("name", ["absent", "absent.txt", "*.txt"])
def test_a_source_that_does_not_exist_is_refused_at_the_call(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no "):
        read_articles([str(tmp_path / name)])


def test_an_address_is_refused_unless_asked_for() -> None:
    with pytest.raises(UsageError, match="--fetch"):
        read_articles(["https://gazette.example/a"])


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    assert [item.problem for item in skipped(tmp_path)] == ["no articles in the folder"]


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, {".a.txt": "One.", ".git/b.txt": "Two.", "c.txt": "Three."})
    assert [article.text for article in read(tmp_path)] == ["Three."]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["photo.jpeg", "README.md", "Makefile"])
def test_what_is_no_article_in_a_folder_is_reported(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.txt": "One.", name: "Something else."})
    assert [item.place for item in skipped(tmp_path)] == [str(tmp_path / name)]


@pytest.mark.parametrize("name", ["story", "README.md"])
def test_a_file_named_by_the_user_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "Acme grew."})
    assert [article.text for article in articles(tmp_path / name)] == ["Acme grew."]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, {"sub/a.txt": "One."})
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert [type(item) for item in read(tmp_path)] == [Skipped, Article]


def test_a_link_to_nowhere_or_to_itself_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "absent")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert sum("cannot be opened" in item.problem for item in skipped(tmp_path)) == 2


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in [item.problem for item in skipped(tmp_path)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two."})
    (tmp_path / "a.txt").chmod(0)
    assert [type(item) for item in read(tmp_path)] == [Skipped, Article]


def test_a_folder_that_vanishes_while_reading_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two."})
    reading = read_articles([str(tmp_path)])
    (tmp_path / "b.txt").unlink()
    assert [type(item) for item in reading] == [Article, Skipped]


@pytest.mark.parametrize(
    "content",
    [
        "Acme grew.",
        '{"text": "Acme grew."}\n',
        '{"text": "Acme grew."}\n{"text": "It shrank."}\n',
        '[\n{"text": "Acme grew."}\n]',
        '\ufeff{"text": "Acme grew."}',
    ],
)
def test_standard_input_is_read_whatever_its_format(content: str) -> None:
    assert articles("-", stdin=io.BytesIO(content.encode()))[0].text == "Acme grew."
    assert articles("-", stdin=io.StringIO(content))[0].text == "Acme grew."


@pytest.mark.parametrize("name", ["page.html", "feed.xml", "feed.atom"])
def test_standard_input_tells_pages_from_feeds(name: str) -> None:
    path = Path(__file__).parent / "data" / "articles" / name
    from_stdin = articles("-", stdin=io.BytesIO(path.read_bytes()))
    assert [article.key for article in from_stdin] == [article.key for article in articles(path)]


def test_empty_standard_input_is_reported() -> None:
    assert [item.problem for item in skipped("-", stdin=io.BytesIO())] == ["the file is empty"]


# --- one article


def test_the_key_is_made_of_title_text_and_date() -> None:
    keys = {
        article_key("a", "b", "2021"),
        article_key("ab", "", "2021"),
        article_key("a", "b", None),
        article_key("a", "c", "2021"),
    }
    assert len(keys) == 4


def test_the_key_is_that_of_the_article(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": json.dumps({"title": "T", "text": "X.", "date": "27 November 2021"})})
    (article,) = articles(tmp_path)
    assert article.key == article_key("T", "X.", "2021-11-27")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", 'http://a.example/"><b>', "not an address"]
)
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    assert finish(Draft(text="Acme grew.", url=url)).url is None


def test_a_title_is_made_one_line() -> None:
    assert finish(Draft(text="Acme grew.", title=" Acme\n\u200b grows\x00 ")).title == "Acme grows"


def test_broken_characters_of_json_are_replaced() -> None:
    assert finish(Draft(text="Acme \ud800grew.")).text == "Acme \ufffdgrew."


@pytest.mark.parametrize("text", ["", " \n", "Advertisement\n\nShare this"])
def test_an_article_without_text_is_refused(text: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        finish(Draft(text=text, title="Acme grows"))


def test_an_article_that_is_too_long_is_refused() -> None:
    with pytest.raises(ArticleError, match="characters"):
        finish(Draft(text="a" * (TEXT_LIMIT + 1)))


# --- ids


def test_the_id_is_the_one_given_else_the_name_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.json": '{"id": "../x", "text": "Two."}'})
    assert [article.id for article in articles(tmp_path)] == ["a", "../x"]


def test_ids_are_made_unique_by_the_path(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "One.", "b/x.txt": "Two.", "x.md": "Three."})
    assert [article.id for article in articles(tmp_path)] == ["x", "b/x.txt", "x.md"]


def test_ids_given_twice_are_made_unique(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": '{"id": 1, "text": "One."}\n{"id": 1, "text": "Two."}\n{"id": 1, "text": "Three."}\n'})
    assert [article.id for article in articles(tmp_path)] == ["1", "a.jsonl#1", "a.jsonl#1~2"]


def test_records_without_an_id_are_numbered_within_their_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": '[{"text": "One."}, {"text": "Two."}]', "b.jsonl": '{"text": "Three."}\n'})
    assert [article.id for article in articles(tmp_path)] == ["a#1", "a#2", "b#1"]


# --- duplicates


def test_a_copy_is_reported_with_the_id_of_the_first(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Acme grew.", "b.txt": "Acme grew.", "c.txt": "Acme shrank."})
    results = list(deduplicate(read_articles([str(tmp_path)])))
    assert [getattr(item, "problem", "") for item in results] == ["", "duplicate of a", ""]


@pytest.mark.parametrize("copy", ["ACME   GREW", "Acme grew.\n\nShare this\n", "“Acme” grew!"])
def test_a_near_copy_is_recognised(tmp_path: Path, copy: str) -> None:
    write(tmp_path, {"a.txt": "Acme grew.", "b.txt": copy})
    assert isinstance(list(deduplicate(read_articles([str(tmp_path)])))[1], Skipped)


@pytest.mark.parametrize("other", ["Acme grew 5.", "Acme grew 6.", "Grew Acme."])
def test_other_words_or_numbers_make_another_article(tmp_path: Path, other: str) -> None:
    write(tmp_path, {"a.txt": "Acme grew.", "b.txt": other})
    assert len([item for item in deduplicate(read_articles([str(tmp_path)])) if isinstance(item, Article)]) == 2


# --- bad files


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.rss", "a.xml"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04" + bytes(range(256)), "zip"),
        (bytes(range(256)) * 20, "binary data"),
    ],
    ids=["empty", "PDF", "zip", "junk"],
)
def test_what_is_no_text_is_reported_and_the_rest_is_read(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    write(tmp_path, {name: content, "z.txt": "Acme grew."})
    report, article = read(tmp_path)
    assert isinstance(report, Skipped)
    assert isinstance(article, Article)
    assert problem in report.problem


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_a_line_of_many_megabytes_is_reported(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: b"a" * (6 * FILE_LIMIT), "z.txt": "Acme grew."})
    assert [type(item) for item in read(tmp_path)] == [Skipped, Article]


def test_a_line_of_many_megabytes_does_not_stop_the_lines_after_it(tmp_path: Path) -> None:
    long = b'{"text": "' + b"a" * (2 * FILE_LIMIT) + b'"}'
    write(tmp_path, {"a.jsonl": b'{"text": "One."}\n' + long + b'\n{"text": "Three."}\n'})
    first, report, third = read(tmp_path)
    assert isinstance(report, Skipped)
    assert report.place.endswith("a.jsonl:2")
    assert [first.id, third.id] == ["a#1", "a#3"]  # type: ignore[union-attr]


# --- encodings


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.json"])
def test_the_encoding_is_recognised(tmp_path: Path, codec: str, name: str) -> None:
    text = "Société Générale “bought” Müller & Söhne for €3 million, the companies said on Monday in Zürich."
    content = json.dumps({"text": text}, ensure_ascii=False) if "json" in name else text
    write(tmp_path, {name: content.encode(codec)})
    assert [article.text for article in articles(tmp_path)] == [text]


def test_another_script_is_recognised() -> None:
    text = "Компания «Газпром» объявила в понедельник о строительстве нового завода в Санкт-Петербурге." * 3
    assert decode(text.encode("cp1251"), "a.txt") == text


def test_a_page_in_the_encoding_it_declares_is_read() -> None:
    html = '<meta charset="iso-8859-2"><p>Škoda postaví závod v Košicích</p>'
    assert decode(html.encode("iso-8859-2"), "a.html") == html


@pytest.mark.parametrize("name", ["zip", "idna", "hex", "no-such-thing", "undefined"])
def test_a_declared_encoding_that_is_none_is_ignored(name: str) -> None:
    assert decode(f'<meta charset="{name}">Zürich'.encode("cp1252"), "a.html").endswith("Zürich")


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = ("Zürich is a city. " * 400).encode() + b"\xc3"
    assert decode(data, "a.txt").startswith("Zürich is")


# --- nothing crashes

HEADS = [
    b"",
    b"<html><body><p>",
    b"<rss><channel><item>",
    b"{",
    b"[",
    b'{"text": "',
    b"---\ntitle:",
    b"# ",
    b"\xff\xfe",
    b"<?xml",
    b"Title: ",
]


@pytest.mark.parametrize("extension", sorted(READERS))
@given(head=st.sampled_from(HEADS), data=st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_no_bytes_make_a_reader_crash(extension: str, head: bytes, data: bytes) -> None:
    for read_bytes in (READERS[extension], read_any):
        try:
            drafts = list(read_bytes(io.BytesIO(head + data), "a"))
        except ArticleError:
            continue
        for draft in drafts:
            check_draft(draft)


def check_draft(draft: Draft | Skipped) -> None:
    if isinstance(draft, Skipped):
        assert draft.problem
        return
    try:
        article = finish(draft)
    except ArticleError:
        return
    assert len(article.clean) == len(article.text)


FIELD_NAMES = st.sampled_from(
    ["id", "title", "text", "date", "url", "publisher", "source", "items", "articles", "content_html", "other"]
)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(FIELD_NAMES, inner),
    )
)
@settings(deadline=None)
def test_no_json_makes_the_reader_crash(value: object) -> None:
    data = json.dumps(value).encode()
    for draft in read_any(io.BytesIO(data), "a"):
        check_draft(draft)


SIZE = 20_000  # a step that takes quadratic time would need minutes for this
HOSTILE = [
    "[",
    "<div>",
    "*",
    "[a](",
    "- ",
    "-",
    "|",
    "```\n",
    "<",
    "<a ",
    "_a",
    "#",
    "a\n=",
    "> ",
    "<!--",
    "<rss><item>",
    " ",
    "\n",
    '{"a":',
    "![",
    "\\",
]


@pytest.mark.parametrize("extension", [".txt", ".md", ".html", ".json", ".jsonl", ".rss"])
@pytest.mark.parametrize("data", [(piece * SIZE + "x").encode() for piece in HOSTILE], ids=HOSTILE)
def test_hostile_files_are_read_within_seconds(extension: str, data: bytes) -> None:
    try:
        for draft in READERS[extension](io.BytesIO(data), "a"):
            check_draft(draft)
    except ArticleError:
        pass


def test_a_feed_that_expands_entities_stays_small() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    item = "<channel><item><title>&e9;</title></item></channel>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "lol">{levels}]><rss version="2.0">{item}</rss>'
    for draft in READERS[".rss"](io.BytesIO(bomb.encode()), "a"):
        assert not isinstance(draft, Draft) or len(draft.title) < 100_000


# --- real collections


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared collections are not here")
def test_a_gold_folder_gives_its_articles_and_reports_its_annotations_once() -> None:
    found = read(SHARED / "gold" / "seed")
    assert [item.id for item in found if isinstance(item, Article)] == ["seed"]
    assert [item.problem for item in found if isinstance(item, Skipped)] == ["no text field"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared collections are not here")
def test_a_corpus_keeps_its_ids_and_texts() -> None:
    path = SHARED / "corpus" / "wikinews-economy.jsonl"
    with path.open(encoding="utf-8") as lines:
        given = [json.loads(line) for line, _ in zip(lines, range(100), strict=False)]
    read_back = [item for item, _ in zip(read_articles([str(path)]), range(100), strict=False)]
    assert [(item.id, item.text, item.date) for item in read_back] == [
        (row["id"], row["text"], row["date"]) for row in given
    ]  # type: ignore[union-attr]
