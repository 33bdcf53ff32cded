"""Each format: what becomes title, date and text, and where the offsets point."""

import io
import json
import socket
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import Draft, Skipped, finish, read_articles
from kg.articles.dates import iso_date
from kg.articles.fetching import fetch_page, is_public
from kg.articles.markdown import markdown_draft
from kg.articles.markup import blank_tags, html_to_text
from kg.articles.plain import plain_draft
from kg.articles.reading import READERS
from kg.errors import ArticleError
from kg.model import Article

DATA = Path(__file__).parent / "data" / "articles"


def read(extension: str, content: str) -> list[Draft | Skipped]:
    return list(READERS[extension](io.BytesIO(content.encode()), "a" + extension))


def drafts(extension: str, content: str) -> list[Draft]:
    return [draft for draft in read(extension, content) if isinstance(draft, Draft)]


def words(article: Article) -> str:
    return " ".join(article.clean.split())


# --- plain text


def test_a_short_first_line_that_stands_alone_is_the_title() -> None:
    article = finish(plain_draft("Acme opens a plant\n\nIt is big.\n", "a.txt"))
    assert (article.title, words(article)) == ("Acme opens a plant", "It is big.")


def test_a_first_line_that_stands_twice_is_the_title() -> None:
    article = finish(plain_draft("Acme opens a plant\nAcme opens a plant\n\nIt is big.\n", "a.txt"))
    assert article.title == "Acme opens a plant"


@pytest.mark.parametrize(
    "text",
    [
        "Acme opens a plant.\n\nIt is big.",
        "Acme opens a plant\nin Lyon.\n\nIt is big.",
        "Acme opens a plant",
        "Acme opens a plant\n\n",
        "A" * 200 + "\n\nIt is.",
    ],
)
def test_other_first_lines_are_text(text: str) -> None:
    assert plain_draft(text, "a.txt").title == ""


def test_the_text_of_a_file_is_the_whole_file_so_that_offsets_point_into_it() -> None:
    text = "Title: Acme opens a plant\r\nDate: 27 Nov 2021\r\n\r\nIt is big.\r\n"
    article = finish(plain_draft(text, "a.txt"))
    assert article.text == text
    assert article.clean.index("It is big.") == text.index("It is big.")


def test_a_header_gives_the_fields() -> None:
    text = "Headline: Acme opens\nDate: 2021-11-27\nPublisher: The Gazette\nURL: https://g.example/a\n\nIt is big."
    article = finish(plain_draft(text, "a.txt"))
    found = (article.title, article.date, article.publisher, article.url)
    assert found == ("Acme opens", "2021-11-27", "The Gazette", "https://g.example/a")
    assert words(article) == "It is big."


def test_a_first_line_with_a_colon_is_no_header() -> None:
    assert words(finish(plain_draft("Analysts: Acme grew.", "a.txt"))) == "Analysts: Acme grew."


# --- Markdown


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("**Acme** _opens_ a `plant`.", "Acme opens a plant ."),
        ("See [Acme](https://acme.example/a_(b)) and [Contoso][1].", "See Acme and Contoso ."),
        ("![A picture](a.png) Acme grew.", "Acme grew."),
        ("## Results\n\nAcme grew.", "Results Acme grew."),
        ("> Acme grew.", "Acme grew."),
        ("- Acme\n- Contoso", "Acme Contoso"),
        ("1. Acme\n2. Contoso", "Acme Contoso"),
        ("```\ncode\n```\nAcme grew.", "Acme grew."),
        ("| a | b |\n|---|---|\n| Acme | 5 |", "a b Acme 5"),
        ("Acme <b>grew</b>.<!-- secret -->", "Acme grew ."),
        ("Acme grew 5 * 3 times, snake_case too.", "Acme grew 5 * 3 times, snake_case too."),
        ("Acme grew.\n\n***\n\nIt shrank.", "Acme grew. It shrank."),
        ("Acme grew.\n\n[1]: https://acme.example", "Acme grew."),
    ],
)
def test_markup_is_blanked(given: str, left: str) -> None:
    assert words(finish(markdown_draft(given, "a.md"))) == left


@given(
    st.lists(
        st.sampled_from(
            [
                "**",
                "_",
                "[a](b)",
                "# ",
                "\n",
                "\n\n",
                "---\n",
                "```\n",
                "> ",
                "- ",
                "Acme",
                " ",
                "|",
                "<b>",
                "a: b\n",
                "\r\n",
                "\\",
            ]
        )
    ).map("".join)
)
def test_markdown_keeps_its_length_and_its_letters_their_places(text: str) -> None:
    prose = markdown_draft(text, "a.md").prose or ""
    assert len(prose) == len(text)
    assert all(new in (old, " ", "\n") for old, new in zip(text, prose, strict=True))


def test_front_matter_gives_the_fields() -> None:
    text = (
        '---\ntitle: "Acme opens a plant"\ndate: 2021-11-27T08:00Z\ntags: [a]\nsource: The Gazette\n---\n\nIt is big.\n'
    )
    article = finish(markdown_draft(text, "a.md"))
    assert (article.title, article.date, article.publisher) == ("Acme opens a plant", "2021-11-27", "The Gazette")
    assert words(article) == "It is big."


@pytest.mark.parametrize(
    "text",
    [
        "# Acme **opens** a plant\n\nIt is big.",
        "Acme opens a plant\n====\n\nIt is big.",
        "# Acme opens a plant #\nIt is big.",
    ],
)
def test_the_first_heading_is_the_title(text: str) -> None:
    article = finish(markdown_draft(text, "a.md"))
    assert (article.title, words(article)) == ("Acme opens a plant", "It is big.")


def test_lines_of_a_paragraph_are_one_and_blocks_stay_apart() -> None:
    prose = markdown_draft("## Results\nAcme\n**grew** \n2024 times.\n\nIt shrank.\n- one\n- two\n", "a.md").prose or ""
    assert [line.strip() for line in prose.split("\n") if line.strip()] == [
        "Results",
        "Acme   grew    2024 times.",
        "It shrank.",
        "one",
        "two",
    ]


# --- pages


def test_a_page_gives_main_text_title_date_publisher_and_address() -> None:
    (article,) = (item for item in read_articles([str(DATA / "page.html")]) if isinstance(item, Article))
    assert article.title == "Northwind opens battery plant in Lyon"
    assert (article.date, article.publisher, article.language) == ("2023-04-05", "The Harbour Gazette", "en")
    assert article.url == "https://gazette.example/northwind-lyon"
    assert "€2 billion in the site" in article.clean
    assert "Europe & supplies" in article.clean


@pytest.mark.parametrize("rubbish", ["Home", "Tracker", "Advertisement", "rights reserved"])
def test_navigation_scripts_and_adverts_of_a_page_are_left_out(rubbish: str) -> None:
    (article,) = (item for item in read_articles([str(DATA / "page.html")]) if isinstance(item, Article))
    assert rubbish not in article.clean


def test_a_page_without_a_date_gets_none() -> None:
    (draft,) = drafts(
        ".html",
        (DATA / "page.html").read_text(encoding="utf-8").replace("article:published_time", "x").replace("2023", ""),
    )
    assert draft.date == ""


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="no main text"):
        read(".html", "<html><body><script>x()</script></body></html>")


# --- feeds


def test_an_rss_feed_gives_an_article_an_entry() -> None:
    first, second = (item for item in read_articles([str(DATA / "feed.xml")]) if isinstance(item, Article))
    assert (first.id, first.title, first.date) == ("gazette-17", "Fabrikam & Sons buys Tailspin", "2023-03-06")
    assert first.text == "Fabrikam & Sons has bought Tailspin Toys.\nIt paid $40 million."
    assert (first.publisher, first.url) == ("The Harbour Gazette", "https://gazette.example/fabrikam")
    assert (second.id, second.text) == ("https://gazette.example/contoso", "Contoso shut its mill in Turku on Tuesday.")


def test_an_atom_feed_is_read() -> None:
    (article,) = (item for item in read_articles([str(DATA / "feed.atom")]) if isinstance(item, Article))
    assert (article.id, article.text, article.date) == (
        "tag:wire.example,2023:5",
        "Contoso hired 300 people in Turku.",
        "2023-03-08",
    )


def test_xml_that_is_no_feed_is_refused() -> None:
    with pytest.raises(ArticleError, match="neither RSS nor Atom"):
        read(".xml", "<invoice><total>5</total></invoice>")


def test_a_feed_file_that_names_another_file_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "secret.rss").write_text((DATA / "feed.xml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ArticleError):
        read(".rss", str(tmp_path / "secret.rss"))


# --- JSON


@pytest.mark.parametrize(
    "value",
    [
        {"title": "T", "text": "Acme grew."},
        [{"title": "T", "text": "Acme grew."}],
        {"articles": [{"title": "T", "text": "Acme grew."}]},
        {"status": "ok", "articles": [{"headline": "T", "body": "Acme grew."}]},
        {"x": {"title": "T", "text": "Acme grew."}},
        {"@type": "NewsArticle", "headline": "T", "articleBody": "Acme grew."},
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "T", "content_html": "<p>Acme grew.</p>"}]},
        [{"title": "T", "text": "Acme grew.", "sentences": [{"i": 0, "start": 0, "end": 10}]}],
        [{"Title": "T", "full-text": ["Acme grew."]}],
    ],
)
def test_the_usual_forms_of_json_are_read(value: Any) -> None:
    (draft,) = drafts(".json", json.dumps(value))
    assert (draft.title, draft.text) == ("T", "Acme grew.")


def test_the_usual_names_of_fields_are_known() -> None:
    record = {
        "guid": 5,
        "headline": "T",
        "body": "X.",
        "publishedAt": "2021-11-27",
        "link": "https://a.example",
        "source": {"id": None, "name": "P"},
        "lang": "fi",
    }
    (draft,) = drafts(".json", json.dumps(record))
    found = (draft.id, draft.title, draft.text, draft.date, draft.url, draft.publisher, draft.language)
    assert found == ("5", "T", "X.", "2021-11-27", "https://a.example", "P", "fi")


def test_an_empty_field_gives_way_to_another() -> None:
    (draft,) = drafts(".json", '{"date": "", "published": "2021", "text": "X."}')
    assert draft.date == "2021"


def test_tags_in_a_json_text_are_blanked_in_place() -> None:
    text = "<p>Acme grew.</p><p>It <b>shrank</b>.</p>"
    (draft,) = drafts(".json", json.dumps({"text": text}))
    article = finish(draft)
    assert article.text == text
    assert [line.strip() for line in article.clean.split("\n") if line.strip()] == ["Acme grew.", "It    shrank    ."]
    assert article.clean.index("shrank") == text.index("shrank")


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    first, report, third = read(".jsonl", '{"text": "One."}\n{"text": \n{"text": "Three."}\n')
    assert isinstance(report, Skipped)
    assert report.place == "a.jsonl:2"
    assert "not valid JSON" in report.problem
    assert isinstance(first, Draft)
    assert isinstance(third, Draft)


def test_many_broken_lines_are_told_briefly() -> None:
    reports = read(".jsonl", "{\n" * 1000)
    assert len(reports) < 30
    assert "more broken lines" in str(reports[-1])


def test_a_file_of_which_no_line_has_a_text_is_reported_once() -> None:
    reports = read(".jsonl", '{"id": 1, "events": []}\n' * 50)
    assert [(report.place, report.problem) for report in reports if isinstance(report, Skipped)] == [
        ("a.jsonl", "no text field")
    ]


def test_a_line_without_a_text_among_others_is_named() -> None:
    reports = [item for item in read(".jsonl", '{"text": "One."}\n{"id": 2}\n') if isinstance(item, Skipped)]
    assert [report.place for report in reports] == ["a.jsonl:2"]


@pytest.mark.parametrize("content", ["[]", "{}", "5", "null", '["a"]', '{"articles": []}'])
def test_json_without_articles_is_reported(content: str) -> None:
    reports = read(".json", content)
    assert reports
    assert all(isinstance(report, Skipped) for report in reports)


@pytest.mark.parametrize("content", ['{"text": "One.', "[" * 100_000, '{"text": ' + "9" * 5000 + "}"])
def test_broken_json_is_refused(content: str) -> None:
    with pytest.raises(ArticleError, match="not valid JSON"):
        read(".json", content)


def test_what_is_no_object_in_a_list_is_reported() -> None:
    reports = [item for item in read(".json", '[{"text": "One."}, "Two."]') if isinstance(item, Skipped)]
    assert [report.place for report in reports] == ["a.json:2"]


def test_json_lines_under_the_name_of_json_are_read() -> None:
    assert len(drafts(".json", '{"text": "One."}\n{"text": "Two."}\n')) == 2


# --- dates


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2021-11-27", "2021-11-27"),
        ("2021-11-27T23:30:00-05:00", "2021-11-27"),
        ("2021-11", "2021-11"),
        ("2021", "2021"),
        ("20211127", "2021-11-27"),
        ("20211127T101500Z", "2021-11-27"),
        ("2021/11/27", "2021-11-27"),
        ("27.11.2021", "2021-11-27"),
        ("27/11/2021", "2021-11-27"),
        ("11/27/2021", "2021-11-27"),
        ("5/5/2021", "2021-05-05"),
        ("3/4/2021", "2021"),
        ("Sat, 27 Nov 2021 08:00:00 GMT", "2021-11-27"),
        ("27 November 2021", "2021-11-27"),
        ("27th Nov. 2021", "2021-11-27"),
        ("November 27, 2021", "2021-11-27"),
        ("Saturday, November 27th, 2021 at 5 p.m.", "2021-11-27"),
        ("Nov 2021", "2021-11"),
        ("2021-13-01", None),
        ("2021-02-30", None),
        ("0001-01-01", None),
        ("9999", None),
        ("yesterday", None),
        ("", None),
        ("1637971200", None),
    ],
)
def test_dates_are_read(given: str, date: str | None) -> None:
    assert iso_date(given) == date


@given(st.text())
def test_no_words_make_the_reader_of_dates_crash(words: str) -> None:
    iso_date(words)


# --- mark-up


def test_html_becomes_a_paragraph_a_line() -> None:
    html = "<h1>Acme</h1><p>grew &amp;\n grew<br>fast</p><style>p {}</style><ul><li>one<li>two</ul>"
    assert html_to_text(html) == "Acme\ngrew & grew\nfast\none\ntwo"


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<b>", "<", ">", "Acme", "\n", "<br/>", "&nbsp;", "<!--", "-->"])).map(
        "".join
    )
)
def test_blanking_tags_keeps_the_length(text: str) -> None:
    assert len(blank_tags(text)) == len(text)


# --- addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "224.0.0.1",
        "100.64.0.1",
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://2130706433/"])
def test_a_page_of_this_machine_is_not_fetched(url: str) -> None:
    reports = list(read_articles([url], fetch=True))
    assert [item.problem.endswith("not on the public internet") for item in reports if isinstance(item, Skipped)] == [
        True
    ]


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://user:pw@a.example/", "http:///a", "http://a.example:99999/"]
)
def test_other_than_plain_web_addresses_are_refused(url: str) -> None:
    with pytest.raises(ArticleError):
        fetch_page(url)


def serve(*answers: bytes) -> str:
    """Answer one request with each of the answers, on a port of this machine; return the address."""
    server = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        for answer in answers:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)
        server.close()

    Thread(target=run, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/a"


def answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    return (
        "\r\n".join(
            [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
        ).encode()
        + body
    )


def test_a_page_is_fetched_with_the_encoding_its_server_names() -> None:
    url = serve(answer("200 OK", "Content-Type: text/html; charset=koi8-r", body="Привет".encode("koi8-r")))
    page = fetch_page(url, allowed=lambda _: True)
    assert (page.url, page.data.decode(page.charset)) == (url, "Привет")


def test_a_redirect_is_followed_and_its_target_checked() -> None:
    url = serve(answer("302 Found", "Location: http://127.0.0.2/secret"))
    with pytest.raises(ArticleError, match="public internet"):
        fetch_page(url, allowed=lambda address: address == "127.0.0.1")


def test_a_redirect_to_a_file_is_refused() -> None:
    url = serve(answer("302 Found", "Location: file:///etc/passwd"))
    with pytest.raises(ArticleError, match="not a plain web address"):
        fetch_page(url, allowed=lambda _: True)


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (answer("404 Not Found"), "404"),
        (answer("200 OK", "Content-Type: image/png"), "image/png"),
        (answer("200 OK", "Content-Type: text/html", body=b"a" * 8_000_001), "more than 8 MB"),
        (b"rubbish\r\n\r\n", "cannot be fetched"),
        (b"", "cannot be fetched"),
    ],
    ids=["not found", "picture", "too large", "rubbish", "nothing"],
)
def test_a_bad_answer_is_an_article_error(reply: bytes, problem: str) -> None:
    assert not issubclass(ArticleError, HTTPException)
    with pytest.raises(ArticleError, match=problem):
        fetch_page(serve(reply), allowed=lambda _: True)


def test_a_server_that_drips_is_given_up_in_time() -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = server.accept()
        with connection, server, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(100):
                connection.sendall(b"a")
                time.sleep(0.1)

    Thread(target=drip, daemon=True).start()
    start = time.monotonic()
    with pytest.raises(ArticleError, match="cannot be fetched"):
        fetch_page(f"http://127.0.0.1:{server.getsockname()[1]}/", allowed=lambda _: True, timeout=0.5)
    assert time.monotonic() - start < 5


def test_an_address_in_another_script_is_encoded() -> None:
    url = serve(answer("200 OK", "Content-Type: text/html", body=b"x")) + "/Zürich?q=a b"
    assert fetch_page(url, allowed=lambda _: True).data == b"x"


def test_redirects_without_end_are_given_up() -> None:
    replies = [answer("302 Found", "Location: /a")] * 10
    with pytest.raises(ArticleError, match="redirects"):
        fetch_page(serve(*replies), allowed=lambda _: True)
