"""The shapes accept the sample graph and find what is damaged in it."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pyshacl
import pytest
from knowledge import sample_knowledge
from rdflib import RDF, RDFS, Graph, Literal, Namespace

from kg.iris import FACT, KG, VOCABULARIES
from kg.rdf import to_quads
from kg.resources import ontology_folder

SH = Namespace("http://www.w3.org/ns/shacl#")
NS = Namespace(KG)
STATUS = Namespace(FACT)
NIF, PROV, SCHEMA = (Namespace(VOCABULARIES[prefix]) for prefix in ("nif", "prov", "schema"))

Findings = list[tuple[str, str]]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ontology_folder() / "shapes.ttl")


@pytest.fixture
def graph(ontology) -> Graph:
    triples = (quad.triple for quad in to_quads(sample_knowledge(), ontology))
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.fixture
def find(shapes) -> Callable[[Graph], Findings]:
    """Return a function from a graph to the severities and messages of what is found in it."""

    def run(graph: Graph) -> Findings:
        report = pyshacl.validate(graph, shacl_graph=shapes)[1]
        found = report.subjects(RDF.type, SH.ValidationResult)
        rows = [(report.value(row, SH.resultSeverity), report.value(row, SH.resultMessage)) for row in found]
        return sorted((str(severity).removeprefix(str(SH)), str(message)) for severity, message in rows)

    return run


def test_the_sample_graph_conforms(graph, find):
    assert [row for row in find(graph) if row[0] == "Violation"] == []


REMOVED = {
    NS.evidence: "A claim shows its sentence.",
    NS.claims: "An event rests on at least one claim.",
    NS.factuality: "A claim has exactly one factuality, out of the list.",
    NS.status: "An event has exactly one status, out of the list.",
    NS.confidence: "A claim has one confidence, between 0 and 1.",
    NS.fills: "A filler belongs to exactly one event.",
    NS.text: "A quantity keeps the words of the article.",
    PROV.hadPrimarySource: "A claim names its article.",
    PROV.wasGeneratedBy: "A claim names the rule that produced it.",
    NIF.anchorOf: "Evidence quotes its words.",
    NIF.referenceContext: "Evidence names the text it stands in.",
    SCHEMA.value: "Money has a value.",
}


@pytest.mark.parametrize(("predicate", "message"), REMOVED.items(), ids=lambda value: str(value).rsplit("#")[-1])
def test_what_is_missing_is_found(graph, find, predicate, message):
    graph.remove((None, predicate, None))
    assert ("Violation", message) in find(graph)


def test_an_event_without_a_label_is_found(graph, find):
    event = next(graph.subjects(RDF.type, NS.Event))
    graph.remove((event, RDFS.label, None))
    assert ("Violation", "An event has exactly one label.") in find(graph)


def test_a_silent_article_is_a_warning(graph, find):
    graph.remove((None, NS.facility, None))
    assert set(find(graph)) == {("Warning", "The article does not say: facility.")}


def test_an_event_in_which_nobody_takes_part_is_a_violation(graph, find):
    graph.remove((None, NS.agent, None))
    graph.remove((None, NS.facility, None))
    assert ("Violation", "FacilityConstruction names no agent or facility.") in find(graph)


def test_a_role_of_another_type_is_found(graph, find):
    event, actor = next(iter(graph.subject_objects(NS.acquirer)))
    graph.add((event, NS.court, actor))
    assert [severity for severity, _ in find(graph)] == ["Violation"]


def test_a_filler_of_the_wrong_kind_is_found(graph, find):
    event, place = next(iter(graph.subjects(NS.acquirer))), next(graph.subjects(RDF.type, SCHEMA.Place))
    graph.add((event, NS.acquirer, place))
    assert ("Violation", "Of the wrong kind for the role acquirer.") in find(graph)


def test_a_status_that_is_not_on_the_list_is_found(graph, find):
    event = next(graph.subjects(RDF.type, NS.Event))
    graph.set((event, NS.status, STATUS.perhaps))
    assert ("Violation", "An event has exactly one status, out of the list.") in find(graph)


def test_evidence_that_ends_before_it_begins_is_found(graph, find):
    node = next(graph.subjects(RDF.type, NIF.OffsetBasedString))
    graph.set((node, NIF.endIndex, Literal(0)))
    graph.set((node, NIF.beginIndex, Literal(5)))
    assert find(graph) == [("Violation", "Evidence begins at one offset, not below 0 and before its end.")]


@pytest.mark.parametrize("number", [-0.1, 1.1])
def test_a_confidence_outside_its_range_is_found(graph, find, number):
    graph.set((next(graph.subjects(RDF.type, NS.Claim)), NS.confidence, Literal(number)))
    assert find(graph) == [("Violation", "A claim has one confidence, between 0 and 1.")]


def test_a_number_in_a_role_that_takes_none_is_found(graph, find):
    quantity = next(graph.subjects(RDF.type, SCHEMA.MonetaryAmount))
    graph.set((quantity, NS.role, Literal("court")))
    assert any(severity == "Violation" for severity, _ in find(graph))
