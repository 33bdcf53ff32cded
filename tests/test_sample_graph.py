"""The graph of the sample articles, built by the real pipeline: questions, shapes, round trips, exports."""

from collections.abc import Iterator

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.export import export_bytes
from kg.graph import Graph
from kg.iris import local_name
from kg.query import load_questions
from kg.resources import ontology_folder
from kg.store import GraphStore
from kg.validate import Severity, validate

pytestmark = pytest.mark.model

QUESTIONS = load_questions([ontology_folder()])


def rows(graph: Graph, question: str, **values: str) -> Iterator[dict[str, str]]:
    answer = graph.query(question, **values)
    for row in answer.rows:
        yield dict(zip(answer.columns, (local_name(getattr(term, "value", "")) for term in row), strict=True))


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_each_named_question_has_rows(sample_graph: Graph, name: str) -> None:
    assert sample_graph.query(name).rows


@pytest.mark.parametrize(
    ("question", "values", "wanted"),
    [
        ("acquisitions", {"company": "Adobe"}, {"target": "figma", "price": "20000000000"}),
        ("acquisitions", {"target": "Activision Blizzard"}, {"company": "microsoft", "status": "happened"}),
        ("competitors", {"company": "Intel"}, {"predicate": "competesWith", "rival": "tsmc"}),
        ("company-events", {"company": "Target"}, {"type": "MarketExit"}),
        ("evidence", {"subject": "Adobe", "object": "Figma"}, {"object": "figma"}),
        ("forward-calendar", {"company": "Sony"}, {"status": "planned"}),
        ("open-questions", {}, {"company": "sony-ericsson"}),
        ("pledges", {"company": "Intel"}, {"company": "intel", "currency": "USD", "total": "20000000000"}),
        ("support", {"type": "Acquisition"}, {"articles": "2"}),
        ("who-builds-what", {"company": "TSMC"}, {"place": "phoenix"}),
        ("who-said-what", {"source": "Delta Air Lines"}, {"cue": "alleging", "status": "rumoured"}),
    ],
)
def test_a_named_question_finds_what_the_articles_tell(
    sample_graph: Graph, question: str, values: dict[str, str], wanted: dict[str, str]
) -> None:
    found = list(rows(sample_graph, question, **values))
    assert any(wanted.items() <= row.items() for row in found), found


def test_a_rumour_that_is_denied_shows_as_a_denial(sample_graph: Graph) -> None:
    denied = sample_graph.events(type="Acquisition", status="denied")
    assert denied
    assert not [edge for edge in sample_graph.knowledge.edges if {event.id for event in denied} & set(edge.events)]


def test_the_graph_conforms_to_its_shapes(sample_graph: Graph) -> None:
    assert sample_graph.validate().of(Severity.VIOLATION) == ()


@pytest.mark.parametrize("lost", ["evidence", "claims"])
def test_the_graph_does_not_conform_when_support_is_taken_away(sample_graph: Graph, lost: str) -> None:
    claim = next(quad.subject for quad in sample_graph.store if local_name(quad.predicate.value) == lost)
    rest = (
        quad for quad in sample_graph.store if not (quad.subject == claim and local_name(quad.predicate.value) == lost)
    )
    report = validate(GraphStore.of(rest))
    assert not report.conforms
    assert local_name(claim.value) in {finding.node.partition(":")[2] for finding in report.findings}


# --- round trips


def test_turtle_comes_back_isomorphic(sample_graph: Graph) -> None:
    first = rdflib.Graph().parse(data=export_bytes(sample_graph.store, "turtle"), format="turtle")
    whole = rdflib.Graph()
    for triple in sample_graph.to_rdf().triples((None, None, None)):
        whole.add(triple)
    assert set(first) == set(whole)
    again = rdflib.Graph().parse(data=first.serialize(format="turtle"), format="turtle")
    assert isomorphic(first, again)


@pytest.mark.parametrize("format_", ["nquads", "trig"])
def test_quads_come_back_isomorphic(sample_graph: Graph, format_: str) -> None:
    first = rdflib.Dataset().parse(data=export_bytes(sample_graph.store, format_), format=format_)
    again = rdflib.Dataset().parse(data=first.serialize(format="nquads"), format="nquads")
    assert set(first.quads()) == set(again.quads())
    assert len(set(first.quads())) == len(sample_graph.store)
    assert {(str(s), str(p), str(o), str(g)) for s, p, o, g in first.quads()} == {
        (quad.subject.value, quad.predicate.value, quad.object.value, quad.graph_name.value)
        for quad in sample_graph.store
    }


def test_no_two_events_claims_or_entities_share_an_id(sample_graph: Graph) -> None:
    knowledge = sample_graph.knowledge
    for things in (knowledge.events, knowledge.entities, [c for event in knowledge.events for c in event.claims]):
        ids = [thing.id for thing in things]
        assert len(ids) == len(set(ids))


def test_each_claim_s_words_stand_where_it_says(sample_graph: Graph) -> None:
    articles = {article.key: article for article in sample_graph.knowledge.articles}
    for claim in (claim for event in sample_graph.knowledge.events for claim in event.claims):
        for span in (claim.sentence, claim.trigger):
            if span.start < 0:
                title = articles[claim.article].title + "\n\n"
                assert title[span.start : span.end] == span.text
            assert span.text.strip()
