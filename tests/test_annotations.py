"""Annotation kept apart from its texts: it comes back whole, and what is stored fits the ontology."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from kg.model import Status
from kg.ontology import Ontology
from training.annotations import CORPUS, PHRASE, pack, unpack
from training.material import GIVEN, OWN, SHARED, held_out

TEXT = "Acme buys Bolt. It paid $5 million for the maker, Acme said."
ARTICLE = {
    "id": "a1",
    "date": "2024-05-01",
    "title": "Acme takes Bolt over",
    "text": TEXT,
    "sentences": [
        {"i": 0, "start": 0, "end": 15, "text": TEXT[:15]},
        {"i": 1, "start": 16, "end": len(TEXT), "text": TEXT[16:]},
    ],
}
GOLD = {
    "id": "a1",
    "events": [
        {
            "type": "Acquisition",
            "s": 0,
            "trigger": "buys",
            "also": [1, -1],
            "roles": [
                {"role": "acquirer", "text": "Acme", "s": -1, "entity": "Acme"},
                {"role": "price", "text": "$5 million", "s": 1, "value": {"amount": 5000000, "currency": "USD"}},
                {"role": "target", "text": "the maker", "s": 1, "entity": "Bolt"},
            ],
            "status": "happened",
            "said_by": [{"text": "Acme", "s": 1, "entity": "Acme"}],
            "time": {"text": "Bolt", "s": 0, "edtf": "2024"},
            "place": [],
        },
        {"type": "Lawsuit", "s": 1, "trigger": "said", "also": [], "roles": [
            {"role": "allegation", "text": "the maker", "s": 1, "value": {"text": "the maker"}}
        ], "status": "denied", "optional": True},
    ],
    "entities": [{"name": "Acme", "kind": "Organization", "aliases": [], "nominals": ["It"]}],
}  # fmt: skip

STORED: list[dict[str, Any]] = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
EVENTS = [(record, event) for record in STORED for event in record["events"]]


def fillers(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("roles", "said_by", "place"):
        yield from event.get(key, ())
    if event.get("time"):
        yield event["time"]


def test_annotation_comes_back_as_it_was() -> None:
    assert unpack(pack(ARTICLE, deepcopy(GOLD)), ARTICLE) == (ARTICLE, GOLD)


def test_packed_annotation_holds_no_words_of_the_text_but_names() -> None:
    packed = json.dumps(pack(ARTICLE, deepcopy(GOLD)))
    assert not any(word in packed for word in ("buys", "paid", "$5 million", "the maker", "takes"))


def test_packing_leaves_the_annotation_alone() -> None:
    gold = deepcopy(GOLD)
    pack(ARTICLE, gold)
    assert gold == GOLD


def test_stored_types_roles_and_statuses_are_those_of_the_ontology(ontology: Ontology) -> None:
    known = set(Status)
    for record, event in EVENTS:
        roles = {*ontology.types[event["type"]].role_names, "amount", "place"}
        assert {filler["role"] for filler in event["roles"]} <= roles, record["id"]
        assert event["status"] in known, record["id"]


def test_stored_phrases_lie_in_their_sentences() -> None:
    for record, event in EVENTS:
        for filler in fillers(event):
            start, end = filler[PHRASE]
            assert 0 <= start < end, record["id"]
            if filler["s"] >= 0:
                first, last = record["sentences"][filler["s"]]
                assert end <= last - first, record["id"]


def test_stored_fillers_are_of_listed_entities() -> None:
    for record, event in EVENTS:
        names = {entity["name"] for entity in record["entities"]}
        assert {filler["entity"] for filler in fillers(event) if "entity" in filler} <= names, record["id"]


def test_nothing_that_is_held_out_or_annotated_by_others_is_among_it() -> None:
    ids = {record["id"] for record in STORED}
    assert ids.isdisjoint(held_out())
    for folder in (*GIVEN, SHARED / "wikinews"):
        if folder.is_dir():
            articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
            assert ids.isdisjoint(article["id"] for article in articles)


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus lies beside the repository, not in it")
def test_stored_phrases_are_whole_words_of_the_corpus() -> None:
    texts = {record["id"]: record for record in map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())}
    for record in STORED:
        _, gold = unpack(record, texts[record["id"]])
        phrases = [event["trigger"] for event in gold["events"]]
        phrases += [filler["text"] for event in gold["events"] for filler in fillers(event)]
        assert all(phrase and phrase == phrase.strip() for phrase in phrases), record["id"]
