"""The graph of the sample articles, built by the real pipeline: questions, shapes, round trips, exports."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.export import export_bytes
from kg.graph import Graph
from kg.iris import local_name
from kg.query import format_answer, load_questions
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
        ("acquisitions", {"company": "Adobe"}, {"target": "Figma", "price": "20000000000"}),
        ("acquisitions", {"target": "Activision Blizzard"}, {"company": "Microsoft", "status": "happened"}),
        ("competitors", {"company": "Intel"}, {"predicate": "competesWith", "rival": "TSMC"}),
        ("company-events", {"company": "Target"}, {"type": "MarketExit"}),
        ("evidence", {"subject": "Adobe", "object": "Figma"}, {"object": "Figma"}),
        ("forward-calendar", {"company": "Sony"}, {"status": "planned"}),
        ("open-questions", {}, {"company": "Sony Ericsson"}),
        ("pledges", {"company": "Intel"}, {"company": "Intel", "currency": "USD", "total": "20000000000"}),
        ("support", {"type": "Acquisition"}, {"articles": "2"}),
        ("who-builds-what", {"company": "TSMC"}, {"place": "Phoenix, Arizona"}),
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


GUIDES = [Path(__file__).parent.parent / name for name in ("README.md", "docs/queries.md")]
SHOWN = [
    shown
    for guide in GUIDES
    for shown in re.findall(r"^\$ kg query out (.+)\n(.+)$", guide.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize(("command", "columns"), SHOWN)
def test_the_answers_in_the_guides_have_the_columns_shown(sample_graph: Graph, command: str, columns: str) -> None:
    name, *words = shlex.split(command)
    values = dict(word.split("=") for word in words if word != "-p")
    answer = sample_graph.query(name, **values)
    assert answer.rows
    table = format_answer(answer, "table", sample_graph.store.iris.prefixes())
    assert table.splitlines()[0].split() == columns.split()


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
