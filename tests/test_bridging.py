"""Roles that the clause leaves to the reader: whose plant it is, where it stands, which division's staff it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.bridging import BRIDGED_SCORE, TOPIC_SCORE, bridge, note_belongings, topic_of
from kg.extract.clusters import Cluster
from kg.extract.proposals import Candidate
from kg.model import Extraction, Kind
from kg.ontology import Ontology
from tests.made import entity, named, nameless, number, reading

BOSCH = named("e0", "Bosch", times=3)
LYON = named("e1", "Lyon", Kind.PLACE)


def bridged(
    ontology: Ontology, type_: str, *chosen: Candidate, topic: Cluster | None = None
) -> dict[str, tuple[str, float]]:
    """Return the entity and score of each role."""
    found = bridge(reading(), ontology.types[type_], chosen, topic)
    return {c.role: (c.what.cluster.label if c.what.cluster else "", c.score) for c in found}


def test_who_owns_the_plant_acts_and_where_it_stands_it_happens(ontology: Ontology) -> None:
    plant = nameless("e2", "plant", Kind.FACILITY, owner=BOSCH, place=LYON)
    found = bridged(ontology, "FacilityClosure", entity("facility", plant))
    assert found["agent"] == ("Bosch", BRIDGED_SCORE)
    assert found["place"] == ("Lyon", BRIDGED_SCORE)


def test_what_the_clause_says_stays(ontology: Ontology) -> None:
    plant = nameless("e2", "plant", Kind.FACILITY, owner=BOSCH, place=LYON)
    denso, texas = named("e3", "Denso"), named("e4", "Texas", Kind.PLACE)
    stated = entity("agent", denso), entity("place", texas), entity("facility", plant)
    found = bridged(ontology, "FacilityClosure", *stated)
    assert found["agent"] == ("Denso", 1.0)
    assert found["place"] == ("Texas", 1.0)


def test_what_is_implied_has_the_words_that_imply_it_as_evidence(ontology: Ontology) -> None:
    plant = nameless("e2", "plant", Kind.FACILITY, owner=BOSCH)
    facility = entity("facility", plant, token=7)
    found = bridge(reading(), ontology.types["FacilityClosure"], [facility])
    assert [candidate.what.span for candidate in found if candidate.role == "agent"] == [facility.what.span]


def test_a_division_that_acts_fills_the_unit_and_its_company_acts(ontology: Ontology) -> None:
    unit = nameless("e2", "division", Kind.UNIT, owner=BOSCH)
    found = bridged(ontology, "HeadcountReport", entity("employer", unit), number("count"))
    assert found["employer"][0] == "Bosch"
    assert found["unit"][0] == "Bosch division"


@pytest.mark.parametrize("type_", ["HeadcountReport", "Layoffs"])
def test_a_division_acts_itself_without_an_owner_or_a_role_for_it(type_: str, ontology: Ontology) -> None:
    unit = nameless("e2", "division", Kind.UNIT, owner=None if type_ == "HeadcountReport" else BOSCH)
    found = bridged(ontology, type_, entity("employer", unit))
    assert "unit" not in found
    assert found["employer"][1] == 1.0


def test_the_company_that_the_article_is_about_acts_where_nobody_else_does(ontology: Ontology) -> None:
    assert bridged(ontology, "Layoffs", number("count"), topic=BOSCH)["employer"] == ("Bosch", TOPIC_SCORE)


def test_the_topic_fills_no_second_role(ontology: Ontology) -> None:
    assert "acquirer" not in bridged(ontology, "Acquisition", entity("target", BOSCH), topic=BOSCH)


def test_the_topic_does_not_act_where_nothing_is_told(ontology: Ontology) -> None:
    assert bridged(ontology, "Layoffs", topic=BOSCH) == {}


def test_the_topic_is_the_company_named_most_and_more_than_once() -> None:
    once, place = named("e2", "Denso"), named("e3", "Paris", Kind.PLACE, times=9)
    assert topic_of([once, place, BOSCH]) is BOSCH
    assert topic_of([once, place]) is None


def test_an_event_tells_whose_a_nameless_plant_is_and_where(ontology: Ontology) -> None:
    plant = nameless("e2", "plant", Kind.FACILITY)
    chosen = [entity("agent", BOSCH), entity("facility", plant), entity("place", LYON)]
    note_belongings(ontology.types["FacilityConstruction"], chosen)
    assert (plant.owner, plant.place) == (BOSCH, LYON)


def test_a_plant_keeps_the_owner_it_had(ontology: Ontology) -> None:
    denso = named("e3", "Denso")
    plant = nameless("e2", "plant", Kind.FACILITY, owner=denso)
    note_belongings(ontology.types["FacilityConstruction"], [entity("agent", BOSCH), entity("facility", plant)])
    assert plant.owner is denso


def test_a_plant_with_a_name_belongs_to_nobody_by_an_event(ontology: Ontology) -> None:
    plant = named("e2", "Gigafactory Nevada", Kind.FACILITY)
    note_belongings(ontology.types["FacilityConstruction"], [entity("agent", BOSCH), entity("facility", plant)])
    assert plant.owner is None


IN_ARTICLES = [
    pytest.param(
        "Volkswagen will build a plant in Dresden. The plant will close in 2030.",
        "FacilityClosure",
        {"agent": "Volkswagen", "facility": "Volkswagen plant, Dresden", "place": "Dresden"},
        id="owner and place from the sentence before",
    ),
    pytest.param(
        "The research unit of Siemens employs 400 people.",
        "HeadcountReport",
        {"employer": "Siemens", "unit": "Siemens research unit"},
        id="unit and its company",
    ),
    pytest.param(
        "Volkswagen is losing money. Volkswagen said demand is weak. About 300 jobs will be cut.",
        "Layoffs",
        {"employer": "Volkswagen"},
        id="the topic",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "type_", "labels"), IN_ARTICLES)
def test_an_article_says_elsewhere_what_a_sentence_lacks(
    text: str, type_: str, labels: dict[str, str], extract: Callable[..., Extraction]
) -> None:
    extraction = extract(text)
    known = {found.key: found.label for found in extraction.entities}
    (event,) = (event for event in extraction.events if event.type == type_)
    assert {filler.role: known[filler.entity] for filler in event.fillers if filler.entity} == labels


@pytest.mark.model
def test_the_capacity_of_a_plant_is_the_quantity_in_the_words_about_it(extract: Callable[..., Extraction]) -> None:
    (event,) = extract("Toyota is building a plant in Texas that can produce 200,000 trucks a year.").events
    assert [f.span.text for f in event.fillers if f.role == "capacity"] == ["200,000 trucks a year"]
