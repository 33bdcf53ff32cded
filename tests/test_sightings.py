from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Article
from kg.sightings import arrive, at_place, shown_place, sightings_now, told_apart
from tests.building import write

ONE = Article("a", "d1", "", "One.", "One.", source="x.txt")
TWO = Article("a", "d2", "", "Two.", "Two.", source="x.txt")


def test_two_paths_to_a_file_are_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"news/a.txt": "One."})
    (tmp_path / "link").symlink_to(tmp_path / "news")
    monkeypatch.chdir(tmp_path / "news")
    paths = ("a.txt", "../news/a.txt", str(tmp_path / "news" / "a.txt"), str(tmp_path / "link" / "a.txt"))
    assert {at_place(replace(ONE, source=path), tmp_path / "out").source for path in paths} == {"../news/a.txt"}


@pytest.mark.parametrize("suffix", [":12", ":a:b", ""])
def test_the_place_in_the_file_does_not_matter(tmp_path: Path, suffix: str) -> None:
    file = write(tmp_path, {"a.json": "{}"}) / "a.json"
    found = at_place(replace(ONE, source=f"{file}{suffix}"), tmp_path)
    assert found.source == "a.json"
    assert shown_place(found, tmp_path) == str(file)


@pytest.mark.parametrize("source", ["stdin", "stdin:3", "https://example.org/a", ""])
def test_what_is_no_file_is_its_own_place(tmp_path: Path, source: str) -> None:
    found = at_place(replace(ONE, source=source), tmp_path)
    assert found.source == source
    assert shown_place(found, tmp_path / "none") == source


def test_a_new_article_is_met_where_it_was_found() -> None:
    assert sightings_now((), "d1", arrive([ONE])) == (ONE,)


def test_an_article_that_does_not_come_again_stays() -> None:
    assert sightings_now((ONE,), "d1", arrive([])) == (ONE,)


def test_an_article_goes_when_its_place_and_id_hold_another() -> None:
    assert sightings_now((ONE,), "d1", arrive([TWO])) == ()


def test_an_article_stays_when_another_id_comes_from_its_place() -> None:
    assert sightings_now((ONE,), "d1", arrive([replace(TWO, id="b")])) == (ONE,)


def test_an_article_stays_where_else_it_was_met() -> None:
    copy = replace(ONE, source="copy.txt")
    assert sightings_now((copy, ONE), "d1", arrive([TWO])) == (copy,)


def test_articles_of_one_id_in_one_file_stay_all() -> None:
    arrivals = arrive([ONE, TWO])
    assert sightings_now((ONE,), "d1", arrivals) == (ONE,)
    assert sightings_now((TWO,), "d2", arrivals) == (TWO,)


def test_an_article_that_moved_in_its_file_is_known_by_its_new_id_alone() -> None:
    moved = replace(ONE, id="x#2")
    assert sightings_now((replace(ONE, id="x#1"),), "d1", arrive([moved])) == (moved,)


def test_standard_input_without_ids_replaces_nothing() -> None:
    first, second = (replace(article, id="stdin", source="stdin") for article in (ONE, TWO))
    assert sightings_now((first,), "d1", arrive([second])) == (first,)


def test_the_description_is_that_of_the_least_sighting_in_any_order() -> None:
    copies = [replace(ONE, id=name, source=place) for name, place in (("b", "1"), ("a", "2"), ("c", "3"))]
    for order in (copies, copies[::-1]):
        assert [article.id for article in arrive(order).by_key["d1"]] == ["a", "b", "c"]


def test_ids_that_are_shared_are_lengthened_by_the_key() -> None:
    articles = [replace(ONE, key="d123456789"), replace(TWO, key="d987654321"), replace(ONE, id="b")]
    assert [article.id for article in told_apart(articles)] == ["a~123456", "a~987654", "b"]
