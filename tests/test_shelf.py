import os
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.model import Article, Extraction, Filler, LocalEvent, Span, Status, Value, ValueKind
from kg.shelf import Record, Shelf, fingerprint, write_whole
from tests.building import write


def record(key: str = "d0000000000000001", *, text: str = "Norvik sold a plant.") -> Record:
    article = Article("a", key, "", text, text, source="../a.txt")
    value = Value(ValueKind.MONEY, "$1.5 billion", Decimal("1500000000.10"), currency="USD")
    event = LocalEvent("Divestiture", Status.HAPPENED, (Filler("price", Span(0, 6, "Norvik"), value=value),), (), 0.5)
    return Record("0123", Extraction(article, (), (event,)), (article,))


def test_what_is_put_comes_back_by_key(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    records = [record(f"d000000000000000{digit}") for digit in "312"]
    for one in records:
        shelf.put(one)
    assert list(shelf.records()) == sorted(records, key=lambda record: record.key)


def test_a_record_replaces_that_of_the_same_key(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(record(text="Old."))
    shelf.put(record(text="New."))
    assert list(shelf.records()) == [record(text="New.")]


def test_a_record_knows_where_its_article_was_met() -> None:
    assert [article.id for article in record().sightings] == ["a", "a"]


def test_what_is_removed_is_gone_and_may_have_been_gone(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(record())
    shelf.remove([record().key, "d9"])
    assert list(shelf.records()) == []


def test_an_empty_folder_has_no_records(tmp_path: Path) -> None:
    assert list(Shelf(tmp_path / "none").records()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b'{"fingerprint": "x", "extraction": {}}'])
def test_a_damaged_file_is_an_error_beside_the_other_records(tmp_path: Path, content: bytes) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(record())
    write(tmp_path, {"articles/d0000000000000000.json": content})
    error, whole = shelf.records()
    assert isinstance(error, OutputError)
    assert "damaged" in str(error)
    assert whole == record()


def test_a_record_under_another_s_name_is_damaged(tmp_path: Path) -> None:
    Shelf(tmp_path).put(record())
    (tmp_path / "articles" / f"{record().key}.json").rename(tmp_path / "articles" / "d7.json")
    assert [str(error) for error in Shelf(tmp_path).records() if "another article" in str(error)]


def test_halves_of_files_are_swept_away(tmp_path: Path) -> None:
    write(tmp_path, {"articles/d1.json.new": b"{"})
    Shelf(tmp_path).sweep()
    assert not list((tmp_path / "articles").iterdir())


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"articles": b""})
    with pytest.raises(OutputError, match="cannot be written"):
        Shelf(tmp_path).put(record())


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    write(tmp_path, {"x": b"old"})
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "x", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"old")]


# --- the fingerprint


def test_a_fingerprint_does_not_depend_on_where_the_rules_lie(tmp_path: Path) -> None:
    one, other = (write(tmp_path / name, {"a.toml": "x", "b/c.py": "y"}) for name in "12")
    assert fingerprint([one]) == fingerprint([other])


@pytest.mark.parametrize("change", [{"a.toml": "z"}, {"new.ttl": ""}, {"b/d.py": "y"}])
def test_a_fingerprint_changes_with_the_rules(tmp_path: Path, change: dict[str, str]) -> None:
    folder = write(tmp_path, {"a.toml": "x"})
    before = fingerprint([folder])
    assert fingerprint([write(folder, change)]) != before


def test_a_fingerprint_changes_with_details_and_not_with_other_files(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.toml": "x"})
    before = fingerprint([folder], "model")
    write(folder, {"README.md": "words", "a.pyc": "code"})
    assert fingerprint([folder], "model") == before
    assert fingerprint([folder], "mode", "l") != before
    assert fingerprint([folder / "a.toml"]) != fingerprint([])
