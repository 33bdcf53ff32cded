"""Which mentions of an article tell of one event, and what the event takes from each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.extract.merging import merge_mentions, weight
from kg.model import EventMention, Filler, LocalEvent, Source, Span, Status, ValueKind, When
from kg.ontology import Ontology
from tests.mentions import mention, much, who

MARCH = When(Span(0, 5, "March"), "2024-03", "2024-03-01", "2024-03-31")
MAY = When(Span(0, 3, "May"), "2024-05", "2024-05-01", "2024-05-31")
REPORTED = Source(Span(90, 95, "Kyodo"), "e9")


def only(ontology: Ontology, *mentions: EventMention) -> LocalEvent:
    (event,) = merge_mentions(mentions, ontology)
    return event


def count(ontology: Ontology, *mentions: EventMention) -> int:
    return len(merge_mentions(mentions, ontology))


BOSCH, DENSO = who("acquirer", "bosch"), who("target", "denso")

SAME = [
    pytest.param([BOSCH, DENSO], [BOSCH, DENSO], 1, id="same participants"),
    pytest.param([BOSCH, DENSO], [DENSO], 1, id="one of them"),
    pytest.param([BOSCH], [DENSO], 1, id="each what the other lacks"),
    pytest.param([BOSCH, DENSO], [much("price", "5")], 1, id="none of them"),
    pytest.param([BOSCH, DENSO], [who("acquirer", "valeo"), DENSO], 2, id="another buyer"),
    pytest.param([BOSCH, DENSO], [BOSCH, who("target", "lumira")], 2, id="another target"),
]


@pytest.mark.parametrize(("one", "other", "events"), SAME)
def test_what_identifies_an_event_must_not_differ(
    one: list[Filler], other: list[Filler], events: int, ontology: Ontology
) -> None:
    assert count(ontology, mention("Acquisition", *one), mention("Acquisition", *other, at=50)) == events


def test_events_of_two_types_stay_two(ontology: Ontology) -> None:
    bosch = who("party", "bosch")
    assert count(ontology, mention("Merger", bosch), mention("Partnership", bosch, at=50)) == 2


OCCASIONS = [
    pytest.param({}, {}, 1, id="nothing said"),
    pytest.param({"when": MARCH}, {"when": MARCH}, 1, id="same time"),
    pytest.param({"when": MARCH}, {"when": MAY}, 2, id="months apart"),
    pytest.param({"when": MARCH}, {}, 1, id="one without time"),
    pytest.param({"when": MARCH}, {"when": MAY, "by_statement": True}, 1, id="one time is the statement's"),
]


@pytest.mark.parametrize(("one", "other", "events"), OCCASIONS)
def test_what_can_happen_again_is_told_apart_by_time(
    one: dict[str, Any], other: dict[str, Any], events: int, ontology: Ontology
) -> None:
    bosch = who("employer", "bosch")
    first, second = mention("Layoffs", bosch, **one), mention("Layoffs", bosch, at=50, **other)
    assert count(ontology, first, second) == events


def test_what_happens_once_is_not_told_apart_by_time(ontology: Ontology) -> None:
    rows = [mention("Acquisition", BOSCH, DENSO, when=when, at=at) for at, when in ((0, MARCH), (50, MAY))]
    assert count(ontology, *rows) == 1


def test_times_a_few_days_apart_may_be_of_one_event(ontology: Ontology) -> None:
    april = When(Span(0, 5, "April"), "2024-04-05", "2024-04-05", "2024-04-05")
    bosch = who("employer", "bosch")
    assert count(ontology, mention("Layoffs", bosch, when=MARCH), mention("Layoffs", bosch, when=april, at=50)) == 1


def test_numbers_in_one_role_tell_occasions_apart(ontology: Ontology) -> None:
    bosch, jobs = who("employer", "bosch"), ValueKind.COUNT
    first, second = (mention("Layoffs", bosch, much("count", n, jobs), at=at) for at, n in ((0, "300"), (50, "700")))
    assert count(ontology, first, second) == 2


def test_numbers_in_two_roles_or_of_two_sorts_do_not_contradict(ontology: Ontology) -> None:
    bosch, percent = who("agent", "bosch"), ValueKind.PERCENT
    rise = mention("RevenueChange", bosch, much("change", "60", percent), much("amount", "4"))
    rows = rise, mention("RevenueChange", bosch, much("change", "9"), at=50)
    assert count(ontology, *rows) == 1


def test_the_union_of_entities_and_the_values_of_the_best_mention_are_kept(ontology: Ontology) -> None:
    best = mention("Acquisition", BOSCH, much("price", "5"), confidence=0.9)
    rest = mention("Acquisition", DENSO, much("price", "7"), at=50, confidence=0.6)
    fillers = only(ontology, rest, best).fillers
    assert [(f.role, f.span.text) for f in fillers] == [("acquirer", "bosch"), ("price", "5"), ("target", "denso")]


def test_an_entity_told_twice_stands_once(ontology: Ontology) -> None:
    fillers = only(
        ontology, mention("Acquisition", BOSCH), mention("Acquisition", who("acquirer", "bosch", at=7), at=50)
    )
    assert len(fillers.fillers) == 1


def test_the_best_mention_comes_first_and_gives_the_confidence(ontology: Ontology) -> None:
    weak, strong = mention("Acquisition", BOSCH, confidence=0.6), mention("Acquisition", BOSCH, DENSO, at=50)
    event = only(ontology, weak, strong)
    assert event.mentions == (strong, weak)
    assert event.confidence == 0.8


def test_a_headline_weighs_less_than_the_body() -> None:
    assert weight(mention("Acquisition", BOSCH, headline=True)) < weight(mention("Acquisition", BOSCH))


STATUSES = [
    pytest.param([(Status.HAPPENED, ""), (Status.PLANNED, "plans")], Status.PLANNED, id="a word tells more than tense"),
    pytest.param([(Status.HAPPENED, "has"), (Status.CANCELLED, "dropped")], Status.CANCELLED, id="an end is final"),
    pytest.param([(Status.CANCELLED, "off"), (Status.DENIED, "denied")], Status.DENIED, id="the last end counts"),
    pytest.param([(Status.ANNOUNCED, "agreed")], Status.ANNOUNCED, id="one mention"),
]


@pytest.mark.parametrize(("rows", "status"), STATUSES)
def test_the_status_is_that_of_the_words_that_tell_one(
    rows: list[tuple[Status, str]], status: Status, ontology: Ontology
) -> None:
    mentions = [mention("Acquisition", BOSCH, DENSO, at=50 * n, status=s, cue=cue) for n, (s, cue) in enumerate(rows)]
    assert only(ontology, *mentions).status is status


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (Status.HAPPENED, Status.DENIED, True),
        (Status.HAPPENED, Status.PLANNED, True),
        (Status.PLANNED, Status.CANCELLED, True),
        (Status.PLANNED, Status.EXPECTED, False),
        (Status.DENIED, Status.RUMOURED, False),
        (Status.HAPPENED, Status.HAPPENED, False),
    ],
)
def test_claims_conflict_where_one_says_done_or_to_come_and_another_not(
    one: Status, other: Status, conflict: bool, ontology: Ontology
) -> None:
    rows = mention("Acquisition", BOSCH, DENSO, status=one), mention("Acquisition", BOSCH, DENSO, at=50, status=other)
    assert only(ontology, *rows).conflict is conflict


def test_the_time_of_the_event_goes_before_that_of_its_announcement(ontology: Ontology) -> None:
    announced = mention("Acquisition", BOSCH, DENSO, when=MAY, by_statement=True, confidence=0.9)
    assert only(ontology, announced, mention("Acquisition", BOSCH, at=50, when=MARCH)).when == MARCH


def test_who_says_it_is_collected_once(ontology: Ontology) -> None:
    rows = [mention("Acquisition", BOSCH, DENSO, at=at, said_by=(REPORTED,)) for at in (0, 50)]
    assert only(ontology, *rows).said_by == (REPORTED,)


PLANT = who("agent", "bosch"), who("facility", "plant"), who("place", "lyon")


def test_a_headline_that_calls_it_otherwise_is_a_claim_about_the_event_of_the_body(ontology: Ontology) -> None:
    title = mention("FacilityOpening", *PLANT, headline=True)
    body = mention("FacilityConstruction", *PLANT, at=50, status=Status.PLANNED, cue="will")
    event = only(ontology, title, body)
    assert (event.type, event.status, event.conflict) == ("FacilityConstruction", Status.PLANNED, True)


def test_roles_that_only_the_headlines_type_has_are_left_out(ontology: Ontology) -> None:
    title = mention("FacilityConstruction", *PLANT, much("capacity", "9", ValueKind.QUANTITY), headline=True)
    event = only(ontology, title, mention("FacilityClosure", *PLANT, at=50))
    assert {filler.role for filler in event.fillers} == {"agent", "facility", "place"}


@pytest.mark.parametrize(
    ("headline", "events"),
    [
        pytest.param([PLANT[0], PLANT[2]], 2, id="one participant and a place"),
        pytest.param(PLANT[:2], 1, id="two participants"),
    ],
)
def test_a_headline_of_another_type_needs_two_participants_of_the_event(
    headline: list[Filler], events: int, ontology: Ontology
) -> None:
    title = mention("FacilityOpening", *headline, headline=True)
    assert count(ontology, title, mention("FacilityConstruction", *PLANT, at=50)) == events


def test_a_headline_of_another_group_stays_an_event(ontology: Ontology) -> None:
    title = mention("Acquisition", BOSCH, DENSO, headline=True)
    body = mention("Lawsuit", who("plaintiff", "bosch"), who("defendant", "denso"), at=50)
    assert count(ontology, title, body) == 2


def test_events_come_in_the_order_of_their_first_mention(ontology: Ontology) -> None:
    rows = mention("Merger", who("party", "a"), at=9), mention("Layoffs", who("employer", "a"), at=50)
    assert [event.type for event in merge_mentions(rows, ontology)] == ["Merger", "Layoffs"]


def test_a_partner_of_its_own_on_each_side_makes_two_partnerships(ontology: Ontology) -> None:
    bosch, denso, valeo = (who("party", name) for name in ("bosch", "denso", "valeo"))
    rows = mention("Partnership", bosch, denso), mention("Partnership", bosch, valeo, at=50)
    assert count(ontology, *rows) == 2


def test_a_definite_mention_may_add_a_partner(ontology: Ontology) -> None:
    bosch, denso, valeo = (who("party", name) for name in ("bosch", "denso", "valeo"))
    rows = mention("Partnership", bosch, denso), mention("Partnership", bosch, valeo, at=50, definite=True)
    assert count(ontology, *rows) == 1


@pytest.mark.parametrize(("definite", "score", "events"), [(True, 0.6, 1), (True, 0.9, 2), (False, 0.6, 2)])
def test_the_deal_is_the_one_told_of_when_its_participants_are_in_doubt(
    definite: bool, score: float, events: int, ontology: Ontology
) -> None:
    doubtful = replace(who("acquirer", "valeo"), score=score)
    deal = mention("Acquisition", doubtful, at=50, definite=definite)
    assert count(ontology, mention("Acquisition", BOSCH, DENSO), deal) == events


def test_a_definite_mention_in_doubt_is_of_the_event_told_of_last(ontology: Ontology) -> None:
    doubtful = replace(who("acquirer", "valeo"), score=0.6)
    first, last = mention("Acquisition", BOSCH, DENSO), mention("Acquisition", who("target", "lumira"), at=50)
    events = merge_mentions([first, last, mention("Acquisition", doubtful, at=90, definite=True)], ontology)
    assert [len(event.mentions) for event in events] == [1, 2]


def test_a_definite_mention_may_give_another_number(ontology: Ontology) -> None:
    bosch, jobs = who("employer", "bosch"), ValueKind.COUNT
    first = mention("Layoffs", bosch, much("count", "300", jobs))
    assert count(ontology, first, mention("Layoffs", bosch, much("count", "700", jobs), at=50, definite=True)) == 1


def test_shared_participants_go_before_an_event_that_names_none(ontology: Ontology) -> None:
    bare, named = mention("Acquisition", much("price", "5")), mention("Acquisition", BOSCH, DENSO, at=20)
    events = merge_mentions([bare, named, mention("Acquisition", BOSCH, DENSO, at=50)], ontology)
    assert [len(event.mentions) for event in events] == [1, 2]


@pytest.mark.parametrize(("score", "acquirers"), [(0.6, {"e1"}), (0.9, {"e1", "e3"})])
def test_a_doubtful_filler_adds_nothing_to_a_role_that_a_better_mention_fills(
    ontology: Ontology, score: float, acquirers: set[str]
) -> None:
    best = mention("Acquisition", who("acquirer", "e1"), who("target", "e2"), confidence=0.9)
    weaker = replace(who("acquirer", "e3", at=50), score=score)
    known = mention("Acquisition", weaker, who("target", "e2", at=60), at=50, confidence=0.6, definite=True)
    event = only(ontology, best, replace(known, fillers=(replace(who("acquirer", "e1"), score=0.9), *known.fillers)))
    assert {filler.entity for filler in event.fillers if filler.role == "acquirer"} == acquirers
