"""What can go wrong in a build: one clear message each, the rest goes on where it can, the graph stays intact."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.errors import ModelError, OntologyError, OutputError, UsageError
from kg.extract.extractor import Extractor
from kg.pipeline import Settings, build
from kg.store import GraphStore, write_lock
from tests.building import NEWS, exports, types, write

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def one_extractor(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the language model once for all builds of this file."""
    monkeypatch.setattr(pipeline, "open_extractor", lambda *_: extractor)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(tmp_path / "news", NEWS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def reference(tmp_path: Path) -> dict[str, bytes]:
    """Return the exports of an undisturbed build of `NEWS` in one go."""
    build([str(write(tmp_path / "reference", NEWS))], tmp_path / "reference-out")
    return exports(tmp_path / "reference-out")


def test_a_missing_source_leaves_no_trace(out: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        build(["nowhere.txt"], out)
    assert not out.exists()


@pytest.mark.parametrize("base", ["nonsense", "file:///x/", "https://example.org", "https://exa mple.org/"])
def test_a_bad_base_is_refused_before_anything_is_read(news: Path, out: Path, base: str) -> None:
    with pytest.raises(UsageError, match="not a base for IRIs"):
        build([str(news)], out, settings=Settings(base=base))
    assert not out.exists()


def test_a_missing_model_leaves_the_graph_as_it_is(
    news: Path, out: Path, monkeypatch: pytest.MonkeyPatch, reference: dict[str, bytes]
) -> None:
    build([str(news)], out)
    monkeypatch.undo()
    with pytest.raises(ModelError, match="no such spaCy pipeline"):
        build([str(news)], out, settings=Settings(model="no_such_model"))
    assert exports(out) == reference


def test_faulty_rules_leave_the_graph_as_it_is(
    news: Path, out: Path, tmp_path: Path, reference: dict[str, bytes]
) -> None:
    build([str(news)], out)
    rules = write(tmp_path / "rules", {"bad.ttl": "@prefix kg: <"})
    with pytest.raises(OntologyError):
        build([str(news)], out, settings=Settings(ontology=(rules,)))
    assert exports(out) == reference


def test_a_file_in_place_of_the_folder_is_refused(news: Path, out: Path) -> None:
    out.write_text("not a folder")
    with pytest.raises(OutputError, match="cannot be written"):
        build([str(news)], out)
    assert out.read_text() == "not a folder"


@pytest.mark.parametrize("blocked", ["articles", "graph.ttl.new", "report.json.new"])
def test_a_place_that_cannot_be_written_is_named(news: Path, out: Path, blocked: str) -> None:
    path = out / blocked
    path.parent.mkdir(parents=True)
    if blocked == "articles":
        path.write_text("in the way")
    else:
        path.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        build([str(news)], out)


def test_a_second_build_at_once_is_refused(news: Path, out: Path, reference: dict[str, bytes]) -> None:
    build([str(news)], out)
    with write_lock(out), pytest.raises(OutputError, match="another process is writing to it"):
        build([str(news)], out)
    assert exports(out) == reference


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00\xff", b"[]", b'{"fingerprint": 1}'])
def test_a_damaged_record_is_read_again(news: Path, out: Path, damage: bytes, reference: dict[str, bytes]) -> None:
    build([str(news)], out)
    sorted((out / "articles").glob("*.json"))[0].write_bytes(damage)
    report = build([str(news)], out)
    assert report.read == 1
    assert "damaged" in report.skipped[0].problem
    assert exports(out) == reference
    assert build([str(news)], out).skipped == ()


def test_a_damaged_record_of_another_article_does_not_stop_a_build(news: Path, out: Path) -> None:
    build([str(news)], out)
    for path in (out / "articles").glob("*.json"):
        path.write_bytes(path.read_bytes()[:-9])
    report = build([str(news / "factory.txt")], out)
    assert report.articles == 1
    assert len(report.skipped) == 3


@pytest.mark.parametrize("content", [b"", b"{", b'{"base": 1}', b'{"base": "x", "store": "../../etc"}', None])
def test_a_damaged_pointer_to_the_store_is_mended(
    news: Path, out: Path, content: bytes | None, reference: dict[str, bytes]
) -> None:
    build([str(news)], out)
    if content is None:
        (out / "current.json").unlink()
    else:
        (out / "current.json").write_bytes(content)
    with pytest.raises(OutputError):
        GraphStore.open(out)
    assert build([str(news)], out).read == 0
    assert exports(out) == reference


def test_what_is_interrupted_is_built_when_run_again(news: Path, out: Path, reference: dict[str, bytes]) -> None:
    def interrupt(articles: Iterator[Any], total: int) -> Iterator[Any]:
        for number, article in enumerate(articles):
            if number == 1:
                raise KeyboardInterrupt
            yield article

    with pytest.raises(KeyboardInterrupt):
        build([str(news)], out, progress=interrupt)
    build([str(news)], out)
    assert exports(out) == reference


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n", "empty"),
    "junk.txt": (bytes(range(256)) * 40, "binary"),
    "junk.html": (b"\x7fELF\x00\x01" * 90, "binary"),
    "broken.json": (b'{"text": "x"', "not valid JSON"),
    "middle.jsonl": (b'{"text": "Intel closed a plant."}\n{"text": \n{"text": "Sony sued Apple."}\n', "not valid JSON"),
    "other.jsonl": (b'{"name": "x"}\n', "no text field"),
    "novel.txt": (b"Xiaomi builds a factory. " * 20_000, "characters"),
    "feed.xml": (b"<rss><channel><item>", ""),
    "long.jsonl": (b'{"text": "' + b"x" * 50_000_000 + b'"}\n{"text": "Sony sued Apple."}\n', "too long"),
    "long.txt": (b"x" * 50_000_000, "M"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_reported_once_and_the_others_are_read(name: str, news: Path, out: Path) -> None:
    content, problem = BAD_FILES[name]
    write(news, {name: content})
    report = build([str(news)], out)
    assert len(report.skipped) == 1
    assert problem in report.skipped[0].problem
    assert name in report.skipped[0].place
    assert {"Acquisition", "FacilityClosure", "FacilityConstruction"} <= set(types(out))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, out: Path, encoding: str) -> None:
    text = "Nestlé acquired the Zürich café chain “Kränzlin” for €20 million in 2022, it said on Monday.\n"
    build([str(write(tmp_path, {"a.txt": text.encode(encoding)}) / "a.txt")], out)
    assert GraphStore.open(out).knowledge().articles[0].title == ""
    assert "Nestlé".encode() in exports(out)["nquads"]
