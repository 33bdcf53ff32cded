"""Which entities and events of different articles are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.namekeys import base_name
from kg.model import (
    Article,
    Event,
    EventMention,
    Extraction,
    Filler,
    Kind,
    Knowledge,
    LocalEntity,
    LocalEvent,
    Span,
    Status,
    When,
)
from kg.ontology import Ontology
from kg.resolve import resolve
from kg.resolve.entities import resolve_entities

WORDS = Span(0, 5, "words")


def article(key: str, date: str | None = None) -> Article:
    return Article(key, key, "", "words and more words", "words and more words", date=date)


def name(key: str, label: str, kind: Kind = Kind.ORGANIZATION, *aliases: str) -> LocalEntity:
    return LocalEntity(key, kind, label, True, tuple(aliases))


def thing(key: str, label: str, kind: Kind, *, owner: str | None = None) -> LocalEntity:
    return LocalEntity(key, kind, label, False, part_of=owner)


def deal(status: Status, *fillers: tuple[str, str], type_: str = "Acquisition", when: When | None = None) -> LocalEvent:
    rows = tuple(Filler(role, WORDS, entity=key) for role, key in fillers)
    mention = EventMention(type_, WORDS, WORDS, status, rows, "frame:x", 0.9, when=when)
    return LocalEvent(type_, status, rows, (mention,), 0.9, when=when)


def entities(*extractions: Extraction) -> list[tuple[str, str]]:
    return [(entity.id, entity.label) for entity in resolve_entities(extractions).entities]


def told(key: str, date: str, status: Status, ontology: Ontology, *more: LocalEvent) -> Extraction:
    people = (name("e0", "Adobe"), name("e1", "Figma"))
    return Extraction(article(key, date), people, (deal(status, ("acquirer", "e0"), ("target", "e1")), *more))


@pytest.mark.parametrize("other", ["Boeing Co.", "The Boeing Co", "BOEING", "Boeing, Inc."])
def test_case_articles_and_legal_suffixes_tell_no_companies_apart(other: str) -> None:
    assert base_name(other) == base_name("Boeing")


def test_a_town_is_one_with_and_without_its_country() -> None:
    town = LocalEntity("e0", Kind.PLACE, "Kyoto, Japan", True, ("Kyoto",), located_in="e1")
    first = Extraction(article("d1"), (town, name("e1", "Japan", Kind.PLACE)), ())
    second = Extraction(article("d2"), (name("e0", "Kyoto", Kind.PLACE),), ())
    assert [label for _, label in entities(first, second)] == ["Japan", "Kyoto, Japan"]


def test_a_company_of_two_articles_is_one_under_its_fullest_name() -> None:
    one, two = (
        Extraction(article(k), (name("e0", label),), ()) for k, label in (("d1", "Boeing"), ("d2", "Boeing Co."))
    )
    assert entities(one, two) == [("boeing-co", "Boeing Co.")]


def test_a_place_and_a_company_of_one_name_stay_two() -> None:
    both = Extraction(article("d1"), (name("e0", "Phoenix"), name("e1", "Phoenix", Kind.PLACE)), ())
    assert entities(both) == [("phoenix", "Phoenix"), ("phoenix-place", "Phoenix")]


def test_an_authority_that_one_article_takes_for_a_company_is_one() -> None:
    kinds = (Kind.GOVERNMENT, Kind.ORGANIZATION, Kind.GOVERNMENT)
    extractions = [Extraction(article(f"d{n}"), (name("e0", "Bafin", kind),), ()) for n, kind in enumerate(kinds)]
    assert [entity.kind for entity in resolve_entities(extractions).entities] == [Kind.ORGANIZATION]


@pytest.mark.parametrize(("one", "other", "same"), [("factory", "plant", True), ("factory", "store", False)])
def test_a_plant_is_the_same_by_any_word_for_plant(one: str, other: str, same: bool) -> None:
    owner = name("e0", "Tesla")
    extractions = [
        Extraction(article(key), (owner, thing("e1", f"Tesla {word}, Fremont", Kind.FACILITY, owner="e0")), ())
        for key, word in (("d1", one), ("d2", other))
    ]
    assert (len(resolve_entities(extractions).entities) == 2) is same


def test_nameless_companies_of_two_articles_stay_two() -> None:
    extractions = [Extraction(article(key), (thing("e0", "investors", Kind.ORGANIZATION),), ()) for key in ("d1", "d2")]
    assert len(entities(*extractions)) == 2


def only_event(knowledge: Knowledge) -> Event:
    (event,) = knowledge.events
    return event


def test_a_deal_of_two_articles_is_one_event_with_the_latest_status(ontology: Ontology) -> None:
    early = told("d2", "2022-09-15", Status.ANNOUNCED, ontology)
    late = told("d1", "2023-12-18", Status.CANCELLED, ontology)
    event = only_event(resolve([early, late], ontology))
    assert event.status is Status.CANCELLED
    assert event.conflict
    assert len(event.claims) == 2
    assert resolve([late, early], ontology) == resolve([early, late], ontology)


def test_a_deal_that_moves_on_is_no_contradiction(ontology: Ontology) -> None:
    steps = [told("d1", "2022-01-01", Status.ANNOUNCED, ontology), told("d2", "2023-01-01", Status.HAPPENED, ontology)]
    event = only_event(resolve(steps, ontology))
    assert (event.status, event.conflict) == (Status.HAPPENED, False)


def test_what_can_happen_again_is_told_apart_by_month(ontology: Ontology) -> None:
    def layoffs(key: str, month: str) -> Extraction:
        when = When(WORDS, month, f"{month}-01", f"{month}-28")
        event = deal(Status.HAPPENED, ("employer", "e0"), type_="Layoffs", when=when)
        return Extraction(article(key), (name("e0", "Meta"),), (event,))

    apart = resolve([layoffs("d1", "2022-11"), layoffs("d2", "2023-03")], ontology)
    same = resolve([layoffs("d1", "2022-11"), layoffs("d2", "2022-11")], ontology)
    assert (len(apart.events), len(same.events)) == (2, 1)


def test_an_event_without_all_that_identifies_it_stays_in_its_article(ontology: Ontology) -> None:
    def half(key: str) -> Extraction:
        return Extraction(article(key), (name("e0", "Adobe"),), (deal(Status.HAPPENED, ("acquirer", "e0")),))

    assert len(resolve([half("d1"), half("d2")], ontology).events) == 2


def test_claims_are_numbered_by_their_place_in_the_article(ontology: Ontology) -> None:
    extraction = told("d1", "2022-09-15", Status.ANNOUNCED, ontology)
    later = replace(extraction.events[0].mentions[0], trigger=Span(9, 12, "and"))
    event = replace(extraction.events[0], mentions=(later, *extraction.events[0].mentions))
    knowledge = resolve([replace(extraction, events=(event,))], ontology)
    assert {claim.trigger.start: claim.id for claim in only_event(knowledge).claims} == {0: "cd1-0", 9: "cd1-1"}
