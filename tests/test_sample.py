"""The sample articles can be read, and their gold annotation agrees with them and with the ontology."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.articles import Skipped, read_articles
from kg.model import Article, Kind, Status
from kg.ontology import Ontology, load_ontology
from kg.resources import ontology_folder, sample_folder

Record = dict[str, Any]

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
SHORTEST, LONGEST = 90, 220  # words
EVENT_FIELDS = {"type", "s", "trigger", "also", "roles", "status", "said_by", "time", "place", "optional"}
NUMBERS = {"amount", "percent", "count", "number"}
VALUE_FIELDS = NUMBERS | {"currency", "unit", "bound", "direction", "max", "per", "text", "edtf"}
BOUNDS = {None, "about", "moreThan", "lessThan", "upTo", "almost"}
EDTF = re.compile(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]))?(/\d{4}(-\d\d(-\d\d)?)?)?")

GOLD_ARTICLES: list[Record] = json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))
GOLD_EVENTS: list[Record] = [
    json.loads(line) for line in (GOLD / "events.jsonl").read_text(encoding="utf-8").splitlines()
]
IDS = [line["id"] for line in GOLD_EVENTS]


@cache
def read_sample() -> dict[str, Article | Skipped]:
    found = read_articles([str(sample_folder())])
    return {article.place if isinstance(article, Skipped) else article.id: article for article in found}


@cache
def schema() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(params=IDS)
def line(request: pytest.FixtureRequest) -> Record:
    return next(line for line in GOLD_EVENTS if line["id"] == request.param)


@pytest.fixture
def sentences(line: Record) -> list[str]:
    gold = next(article for article in GOLD_ARTICLES if article["id"] == line["id"])
    return [sentence["text"] for sentence in gold["sentences"]]


def fillers(event: Record) -> Iterator[Record]:
    yield from event["roles"]
    yield from event["place"]
    yield from event.get("said_by", [])


def test_no_sample_article_is_skipped() -> None:
    assert [article for article in read_sample().values() if isinstance(article, Skipped)] == []


def test_the_gold_covers_every_sample_article() -> None:
    assert sorted(read_sample()) == sorted(IDS) == [article["id"] for article in GOLD_ARTICLES]


@pytest.mark.parametrize("gold", GOLD_ARTICLES, ids=[article["id"] for article in GOLD_ARTICLES])
def test_the_gold_has_the_article_as_it_is_read(gold: Record) -> None:
    article = read_sample()[gold["id"]]
    assert isinstance(article, Article)
    assert (article.title, article.date, article.text) == (gold["title"], gold["date"], gold["text"])


@pytest.mark.parametrize("gold", GOLD_ARTICLES, ids=[article["id"] for article in GOLD_ARTICLES])
def test_sentences_stand_where_the_gold_says_and_survive_cleaning(gold: Record) -> None:
    article = read_sample()[gold["id"]]
    assert isinstance(article, Article)
    end = 0
    for number, sentence in enumerate(gold["sentences"]):
        assert sentence["i"] == number
        assert sentence["start"] >= end
        end = sentence["end"]
        assert article.text[sentence["start"] : end] == sentence["text"] == article.clean[sentence["start"] : end]


@pytest.mark.parametrize("gold", GOLD_ARTICLES, ids=[article["id"] for article in GOLD_ARTICLES])
def test_sample_articles_are_short_dated_and_from_invented_publishers(gold: Record) -> None:
    article = read_sample()[gold["id"]]
    assert isinstance(article, Article)
    assert SHORTEST <= sum(len(sentence["text"].split()) for sentence in gold["sentences"]) <= LONGEST
    assert article.publisher
    assert (article.url or "").startswith("https://example.org/")


def test_page_furniture_is_no_sentence() -> None:
    page = read_sample()["xiaomi-beijing-factory"]
    assert isinstance(page, Article)
    for furniture in ("Previous Post", "Share this", "cookies", "Subscribe", "All rights reserved"):
        assert furniture not in page.clean


def test_the_gold_has_every_event_type_and_status() -> None:
    events = [event for line in GOLD_EVENTS for event in line["events"] if not event.get("optional")]
    assert {event["type"] for event in events} == set(schema().types)
    assert {event["status"] for event in events} == {status.value for status in Status}


def test_triggers_stand_in_their_sentences(line: Record, sentences: list[str]) -> None:
    for event in line["events"]:
        assert event["trigger"] in sentences[event["s"]]
        assert all(0 <= number < len(sentences) and number != event["s"] for number in event["also"])


def test_fillers_and_times_stand_in_their_sentences(line: Record, sentences: list[str]) -> None:
    for event in line["events"]:
        for filler in [*fillers(event), *([event["time"]] if "time" in event else [])]:
            assert filler["text"] in sentences[filler["s"]]


def test_types_roles_and_statuses_are_those_of_the_ontology(line: Record) -> None:
    for event in line["events"]:
        assert event.keys() <= EVENT_FIELDS
        assert {role["role"] for role in event["roles"]} <= schema().types[event["type"]].role_names
        assert event["status"] in schema().statuses


def test_each_filler_is_a_listed_entity_or_a_value(line: Record) -> None:
    names = {entity["name"] for entity in line["entities"]}
    for event in line["events"]:
        for filler in fillers(event):
            assert ("entity" in filler) != ("value" in filler)
            assert filler.get("entity") in names | {None}


def test_each_listed_entity_fills_a_role(line: Record) -> None:
    used = {filler.get("entity") for event in line["events"] for filler in fillers(event)}
    assert [entity["name"] for entity in line["entities"] if entity["name"] not in used] == []
    assert {entity["kind"] for entity in line["entities"]} <= {kind.value for kind in Kind}


def test_entities_are_of_a_kind_that_the_role_allows(line: Record) -> None:
    kinds = {entity["name"]: Kind(entity["kind"]) for entity in line["entities"]}
    wrong = [
        (event["type"], role["role"], role["entity"], kinds[role["entity"]].value)
        for event in line["events"]
        for role in event["roles"]
        if "entity" in role and kinds[role["entity"]] not in schema().roles[role["role"]].kinds
    ]
    assert wrong == []


def test_values_have_known_fields_and_money_a_currency(line: Record) -> None:
    for value in (role["value"] for event in line["events"] for role in event["roles"] if "value" in role):
        assert value.keys() <= VALUE_FIELDS
        assert len(value.keys() & (NUMBERS | {"text", "edtf"})) == 1
        assert ("amount" in value) == ("currency" in value)
        assert value.get("bound") in BOUNDS


def test_times_are_edtf(line: Record) -> None:
    values = [
        role["value"]["edtf"] for event in line["events"] for role in event["roles"] if "edtf" in role.get("value", {})
    ]
    times = [event["time"]["edtf"] for event in line["events"] if "time" in event]
    assert [edtf for edtf in values + times if not EDTF.fullmatch(edtf)] == []


def test_no_event_is_annotated_twice(line: Record) -> None:
    keys = Counter(
        (event["type"], event["s"], event["trigger"], json.dumps([event["roles"], event["place"]], sort_keys=True))
        for event in line["events"]
    )
    assert [key for key, times in keys.items() if times > 1] == []
