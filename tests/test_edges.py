from dataclasses import replace

import pytest

from kg.model import Edge, Status
from kg.ontology import Ontology, load_ontology
from kg.resolve.edges import all_edges, containment_edges, shortcut_edges
from kg.resources import ontology_folder
from tests.knowledge import BUILDING, PARTNERS, sample_knowledge


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


def test_the_sample_gives_the_edges_a_reader_would_draw(ontology: Ontology) -> None:
    knowledge = sample_knowledge()
    assert all_edges(knowledge.events, knowledge.entities, ontology) == knowledge.edges


@pytest.mark.parametrize(
    ("status", "predicate"),
    [
        (Status.HAPPENED, "builds"),
        (Status.ONGOING, "builds"),
        (Status.ANNOUNCED, "plansToBuild"),
        (Status.COMMITTED, "plansToBuild"),
        (Status.PLANNED, "plansToBuild"),
        (Status.EXPECTED, "plansToBuild"),
        (Status.RUMOURED, None),
        (Status.UNDISCLOSED, None),
        (Status.DENIED, None),
        (Status.CANCELLED, None),
        (Status.OPINION, None),
    ],
)
def test_the_status_decides_the_predicate(ontology: Ontology, status: Status, predicate: str | None) -> None:
    event = next(event for event in sample_knowledge().events if event.id == BUILDING)
    edges = shortcut_edges([replace(event, status=status)], ontology)
    assert [edge.predicate for edge in edges] == ([predicate] if predicate else [])


def test_events_that_give_the_same_edge_share_it(ontology: Ontology) -> None:
    event = next(event for event in sample_knowledge().events if event.id == BUILDING)
    (edge,) = shortcut_edges([event, replace(event, id="facility-construction-another")], ontology)
    assert edge.events == (BUILDING, "facility-construction-another")


def test_three_parties_give_an_edge_a_pair(ontology: Ontology) -> None:
    event = next(event for event in sample_knowledge().events if event.id == PARTNERS)
    third = replace(event.roles[0], entity="tessaly")
    edges = shortcut_edges([replace(event, roles=(third, *event.roles, third))], ontology)
    assert [(edge.subject, edge.object) for edge in edges] == [
        ("norvik-motors", "orla-foods"),
        ("norvik-motors", "tessaly"),
        ("orla-foods", "tessaly"),
    ]


def test_nothing_is_joined_to_itself(ontology: Ontology) -> None:
    event = next(event for event in sample_knowledge().events if event.id == BUILDING)
    roles = tuple(replace(filler, entity="norvik-motors") for filler in event.roles if filler.entity)
    assert shortcut_edges([replace(event, roles=roles)], ontology) == ()


def test_a_type_without_a_shortcut_gives_no_edge(ontology: Ontology) -> None:
    event = next(event for event in sample_knowledge().events if event.type == "RevenueChange")
    assert shortcut_edges([event], ontology) == ()


def test_entities_carry_where_they_lie_and_what_they_belong_to() -> None:
    plant = next(entity for entity in sample_knowledge().entities if entity.id == "norvik-battery-plant-gothenburg")
    edges = containment_edges([replace(plant, part_of="norvik-motors")])
    assert edges == (Edge(plant.id, "locatedIn", "gothenburg", ()), Edge(plant.id, "partOf", "norvik-motors", ()))
