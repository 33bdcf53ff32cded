"""Which proposals become events, and with which fillers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.extract.clusters import Cluster
from kg.extract.decoder import Decision, Decoder, _best_per_trigger, choose, has_needed_role
from kg.extract.lexicon import load_lexicon
from kg.extract.places import Places
from kg.extract.proposals import Candidate
from kg.extract.scoring import Scores
from kg.model import Extraction, Kind, Value, ValueKind
from kg.ontology import Ontology
from kg.resources import ontology_folder
from tests.made import decision, entity, named, number, parsed

BOSCH, DENSO = named("e0", "Bosch"), named("e1", "Denso")


def roles(chosen: tuple[Candidate, ...]) -> list[tuple[str, int]]:
    return [(candidate.role, candidate.what.token) for candidate in chosen]


def test_a_phrase_fills_the_one_role_that_it_fits_best() -> None:
    seller = entity("seller", BOSCH, token=1, score=0.9)
    assert roles(choose([seller, entity("acquirer", BOSCH, token=1)])) == [("acquirer", 1)]


def test_an_entity_fills_one_role_wherever_it_is_mentioned() -> None:
    again = entity("target", BOSCH, token=9, score=0.8)
    assert roles(choose([entity("acquirer", BOSCH, token=1), again])) == [("acquirer", 1)]


def test_a_role_takes_several_entities() -> None:
    both = [entity("party", BOSCH, token=1), entity("party", DENSO, token=3)]
    assert roles(choose(both)) == [("party", 1), ("party", 3)]


def test_a_role_takes_one_value_and_every_count() -> None:
    prices = [number("price", token=4, score=0.9), number("price", token=2)]
    counts = [number("count", token=5, kind=ValueKind.COUNT), number("count", token=7, kind=ValueKind.COUNT)]
    assert roles(choose([*prices, *counts])) == [("count", 5), ("count", 7), ("price", 2)]


def test_a_price_may_stand_in_two_currencies() -> None:
    dollars, pounds = (
        Candidate("price", replace(found.what, value=Value(ValueKind.MONEY, "6", currency=currency)), 1.0)
        for found, currency in ((number("price", token=2), "USD"), (number("price", token=4), "GBP"))
    )
    assert roles(choose([dollars, pounds])) == [("price", 2), ("price", 4)]


def test_equals_are_decided_by_the_order_of_the_text() -> None:
    rows = [number("price", token=4), number("price", token=2)]
    assert choose(rows) == choose(rows[::-1])
    assert roles(choose(rows)) == [("price", 2)]


@pytest.mark.parametrize(
    ("candidate", "kept"),
    [(entity("target", DENSO), True), (entity("acquirer", BOSCH), True), (number("price"), False)],
)
def test_an_event_needs_one_of_its_required_roles(candidate: Candidate, kept: bool, ontology: Ontology) -> None:
    assert has_needed_role(ontology.types["Acquisition"], [candidate]) is kept


def told(*decisions: Decision) -> list[tuple[str, int]]:
    return [(d.proposal.type, d.proposal.start) for d in _best_per_trigger(decisions)]


def test_a_trigger_tells_the_likeliest_event_only() -> None:
    doc = parsed("said Bosch bought a stake in Denso")
    sure, less = decision(doc, "StakePurchase", 2, 5, 0.9), decision(doc, "Acquisition", 2, 3, 0.7)
    assert told(less, sure) == [("StakePurchase", 2)]


def test_of_equals_the_one_with_more_fillers_then_the_longer_is_kept() -> None:
    doc = parsed("said Bosch bought a stake in Denso")
    bare, full = decision(doc, "Merger", 2, 3, 0.9), decision(doc, "Acquisition", 2, 3, 0.9, entity("target", DENSO))
    assert told(bare, full) == [("Acquisition", 2)]
    short, long = decision(doc, "Acquisition", 2, 3, 0.9), decision(doc, "StakePurchase", 2, 5, 0.9)
    assert told(short, long) == [("StakePurchase", 2)]


def test_triggers_apart_tell_two_events_in_the_order_of_the_text() -> None:
    doc = parsed("said Bosch bought Denso and hired staff")
    assert told(decision(doc, "Hiring", 5, 6, 0.9), decision(doc, "Acquisition", 2, 3, 0.6)) == [
        ("Acquisition", 2),
        ("Hiring", 5),
    ]


@pytest.fixture(scope="module")
def decoder(ontology: Ontology) -> Decoder:
    lexicon = load_lexicon([ontology_folder()])
    return Decoder(ontology, lexicon, Places(lexicon), Scores())


def settled(decoder: Decoder, *decisions: Decision) -> list[list[str]]:
    return [[candidate.role for candidate in decision.chosen] for decision in decoder._settle(decisions)]


def doubtful() -> Cluster:
    return named("e5", "Puma", Kind.PERSON)


def test_a_name_of_doubtful_kind_becomes_what_the_event_needs(decoder: Decoder) -> None:
    puma, doc = doubtful(), parsed("bought Puma")
    bought = decision(doc, "Acquisition", 0, 1, 0.9, entity("target", puma, kind=Kind.ORGANIZATION))
    assert settled(decoder, bought) == [["target"]]
    assert puma.kind is Kind.ORGANIZATION


def test_the_surest_event_decides_the_kind_and_others_lose_what_does_not_fit(decoder: Decoder) -> None:
    puma, doc = named("e5", "Puma", Kind.PRODUCT), parsed("launched bought Puma")
    launched = decision(doc, "ProductLaunch", 0, 1, 0.6, entity("agent", BOSCH), entity("product", puma))
    bought = decision(doc, "Acquisition", 1, 2, 0.9, entity("acquirer", puma, kind=Kind.ORGANIZATION))
    assert settled(decoder, launched, bought) == [["agent"], ["acquirer"]]


def test_an_event_without_any_needed_role_left_is_dropped(decoder: Decoder) -> None:
    puma, doc = named("e5", "Puma", Kind.PRODUCT), parsed("launched bought Puma")
    launched = decision(doc, "ProductLaunch", 0, 1, 0.6, entity("product", puma))
    bought = decision(doc, "Acquisition", 1, 2, 0.9, entity("acquirer", puma, kind=Kind.ORGANIZATION))
    assert settled(decoder, launched, bought) == [["acquirer"]]


@pytest.mark.model
def test_a_verb_and_its_object_that_announce_the_same_tell_it_once(extract: Callable[..., Extraction]) -> None:
    events = extract("Intel suspended its dividend on Thursday.").events
    assert [event.type for event in events] == ["Dividend"]
    assert [len(event.mentions) for event in events] == [1]


@pytest.mark.model
def test_a_fall_gives_its_change_a_direction(extract: Callable[..., Extraction]) -> None:
    (event,) = extract("Shares of Intel fell 3% on Monday.").events
    (change,) = (filler.value for filler in event.fillers if filler.role == "change")
    assert change is not None
    assert change.direction == "down"


@pytest.mark.model
@pytest.mark.parametrize("link", ["against", "compared with", "versus"])
def test_figures_that_are_only_compared_with_are_no_events(link: str, extract: Callable[..., Extraction]) -> None:
    found = extract(f"Bosch reported a loss of $5 million in 2023, {link} a profit of $9 million in 2022.")
    amounts = [filler.span.text for event in found.events for filler in event.fillers if filler.role == "amount"]
    assert amounts == ["$5 million"]


@pytest.mark.model
def test_a_period_gets_its_dates(extract: Callable[..., Extraction]) -> None:
    (event,) = extract("Bosch reported revenue of 3 billion euros for the first quarter.").events
    (period,) = (filler.value for filler in event.fillers if filler.role == "period")
    assert period is not None
    assert period.edtf == "2024-33"
