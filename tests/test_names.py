"""Names and the one kind that each has in the whole article."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from kg.extract.extractor import Extractor
from kg.extract.namekeys import name_key
from kg.model import Kind

Kinds = Callable[[str], dict[str, Kind]]

MODEL = pytest.mark.model


@pytest.fixture(scope="module")
def kinds(extractor: Extractor) -> Kinds:
    """Return a function from a text to the kinds of its names."""

    def of(text: str) -> dict[str, Kind]:
        return {name.text: name.kind for name in extractor.names.find(extractor.nlp(text))}

    return of


VOTES = [
    pytest.param("The Federal Trade Commission sued.", "Federal Trade Commission", Kind.GOVERNMENT, id="gazetteer"),
    pytest.param("They moved from Lyon to Leeds.", "Leeds", Kind.PLACE, id="list of cities"),
    pytest.param("They met Sensatek Inc. in May.", "Sensatek Inc.", Kind.ORGANIZATION, id="legal suffix"),
    pytest.param("They met Acme Holdings in May.", "Acme Holdings", Kind.ORGANIZATION, id="word for a firm"),
    pytest.param("They met the Ministry of Trade.", "Ministry of Trade", Kind.GOVERNMENT, id="word for a public body"),
    pytest.param("DeepMotion, a software company, was sold.", "DeepMotion", Kind.ORGANIZATION, id="apposition"),
    pytest.param("The carmaker Kobalta was sold.", "Kobalta", Kind.ORGANIZATION, id="noun before it"),
    pytest.param("It met carmakers such as Weilai.", "Weilai", Kind.ORGANIZATION, id="such as"),
    pytest.param(
        "It met carmakers such as Weilai and Xiaopeng.", "Xiaopeng", Kind.ORGANIZATION, id="such as, the second"
    ),
    pytest.param("The plan is bold, Mr Zelner said.", "Zelner", Kind.PERSON, id="title"),
    pytest.param("The board met President Zelner.", "Zelner", Kind.PERSON, id="office"),
    pytest.param("Elon Musk met Intel. Musk left.", "Musk", Kind.PERSON, id="surname of a full name"),
    pytest.param(
        "Volvo opened an office in the Beijing Economic and Technological Development Zone.",
        "Beijing Economic and Technological Development Zone",
        Kind.PLACE,
        id="zone",
    ),
]


@MODEL
@pytest.mark.parametrize(("text", "name", "kind"), VOTES)
def test_the_kind_of_a_name_is_voted_on(text: str, name: str, kind: Kind, kinds: Kinds) -> None:
    assert kinds(text).get(name) is kind


@MODEL
def test_one_vote_holds_for_the_whole_article(kinds: Kinds) -> None:
    assert kinds("Weilai grew. Weilai, a carmaker, hired staff. Weilai met Bosch.")["Weilai"] is Kind.ORGANIZATION


@MODEL
def test_a_known_company_stays_one_beside_a_title(kinds: Kinds) -> None:
    assert kinds("Chairman Kim Park left Hyundai.")["Hyundai"] is Kind.ORGANIZATION


@MODEL
@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("The Bosch's plant closed on Monday.", ["Bosch"], id="no article, possessive or weekday"),
        pytest.param("They met the chief executive in March.", [], id="no post or month"),
        pytest.param("Shares fell.", [], id="no word that only begins a sentence"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_only_names_are_names(text: str, names: list[str], kinds: Kinds) -> None:
    assert list(kinds(text)) == names


EDGES = [
    pytest.param("LYON - Sensatek opened a plant in Leeds.", "Sensatek", id="after a dateline"),
    pytest.param("Sensatek Holding Company (SHC) grew.", "Sensatek Holding Company", id="before a bracket"),
    pytest.param("It was bought by Lyon-based Sensatek.", "Sensatek", id="behind where it is based"),
    pytest.param("Shares in Fenwick & Dale rose sharply.", "Fenwick & Dale", id="behind the word shares"),
    pytest.param("Sensatek spokesman Ola Brandt resigned.", "Ola Brandt", id="behind a post"),
    pytest.param("The Sensatek Group grew.", "Sensatek Group", id="with its word for a firm"),
    pytest.param("Microsoft sold the Aero 360 in May.", "Aero 360", id="with its number"),
    pytest.param("Prices rose at fenwickdale.com today.", "fenwickdale.com", id="a site"),
    pytest.param("Ana dos Prados left.", "Ana dos Prados", id="over a small word"),
    pytest.param("Its rival NORTHERN ALPINE RAIL fell.", "NORTHERN ALPINE RAIL", id="in capitals"),
    pytest.param("The Dutch operator Interjol grew.", "Interjol", id="behind a noun"),
]


@MODEL
@pytest.mark.parametrize(("text", "name"), EDGES)
def test_a_name_ends_where_the_next_begins(text: str, name: str, kinds: Kinds) -> None:
    assert name in kinds(text)


@MODEL
def test_names_come_in_order_and_do_not_overlap(extractor: Extractor) -> None:
    doc = extractor.nlp("Bosch met the US Food and Drug Administration and Sensatek Inc. of Lyon.")
    names = extractor.names.find(doc)
    assert [name.text for name in names] == ["Bosch", "US Food and Drug Administration", "Sensatek Inc.", "Lyon"]
    assert all(one.end <= other.start for one, other in pairwise(names))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The Xiaomi's", "xiaomi"),
        ("XIAOMI", "xiaomi"),
        ("Xiaomi.", "xiaomi"),
        ("Thermo", "thermo"),
        ("James’", "james"),
    ],
)
def test_a_name_is_counted_under_one_form(text: str, key: str) -> None:
    assert name_key(text) == key
