import csv
import io
import json
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Quad
from rdflib.compare import isomorphic

from kg.errors import OutputError, UsageError
from kg.export import FORMATS, event_records, export, export_bytes, tables
from kg.export.records import value_record
from kg.iris import Iris
from kg.model import Knowledge, Value, ValueKind
from kg.ontology import Ontology, load_ontology
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import GraphStore, write_graph, write_lock
from tests.knowledge import ARTICLES, BUILDING, BUYING, DEAL, FALL, PRICE, SALE, sample_knowledge

NASTY = "=cmd()\"',;\t<b>&amp;</b>\r\n\x00\x1b\u2028\ufffe 小米 \ud800"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(scope="module")
def quads(ontology: Ontology) -> list[Quad]:
    return list(to_quads(sample_knowledge(), ontology))


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> GraphStore:
    return GraphStore.of(quads)


@pytest.fixture(scope="module")
def nasty(ontology: Ontology) -> GraphStore:
    knowledge = sample_knowledge()
    entities = tuple(replace(entity, label=NASTY, aliases=(NASTY,)) for entity in knowledge.entities)
    articles = tuple(replace(article, title=NASTY, url=NASTY, publisher=NASTY) for article in knowledge.articles)
    return GraphStore.of(to_quads(replace(knowledge, entities=entities, articles=articles), ontology))


# ---- the same bytes


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_order_of_insertion_leaves_no_trace(quads: list[Quad], store: GraphStore, format_: str) -> None:
    shuffled = quads * 2
    random.Random(7).shuffle(shuffled)
    assert export_bytes(GraphStore.of(shuffled), format_) == export_bytes(store, format_)


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_disk_leaves_no_trace(tmp_path: Path, store: GraphStore, format_: str) -> None:
    with write_lock(tmp_path) as lock:
        write_graph(lock, store)
    assert export_bytes(GraphStore.open(tmp_path), format_) == export_bytes(store, format_)


def test_tables_leave_no_trace_of_order(quads: list[Quad], store: GraphStore) -> None:
    assert tables(GraphStore.of(reversed(quads)).knowledge()) == tables(store.knowledge())


# ---- RDF


def graph_of(store: GraphStore) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in store.to_rdflib().triples((None, None, None)):
        graph.add(triple)
    return graph


def quads_of(data: bytes, format_: str) -> set[tuple[rdflib.term.Node, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=format_)
    return {(s, p, o, g) for s, p, o, g in dataset.quads() if g is not None}


@pytest.mark.parametrize("name", ["store", "nasty"])
def test_turtle_round_trips_through_rdflib(request: pytest.FixtureRequest, name: str) -> None:
    store: GraphStore = request.getfixturevalue(name)
    first = rdflib.Graph().parse(data=export_bytes(store, "turtle"), format="turtle")
    again = rdflib.Graph().parse(data=first.serialize(format="turtle"), format="turtle")
    assert isomorphic(first, graph_of(store))
    assert isomorphic(first, again)


@pytest.mark.parametrize("name", ["store", "nasty"])
def test_nquads_round_trip_through_rdflib(request: pytest.FixtureRequest, name: str) -> None:
    store: GraphStore = request.getfixturevalue(name)
    first = rdflib.Dataset()
    first.parse(data=export_bytes(store, "nquads"), format="nquads")
    found = quads_of(export_bytes(store, "nquads"), "nquads")
    assert len(found) == len(store)
    assert quads_of(first.serialize(format="nquads").encode(), "nquads") == found
    assert {quad[:3] for quad in found} == set(graph_of(store))


@pytest.mark.parametrize(("format_", "rdflib_name"), [("trig", "trig"), ("jsonld", "json-ld")])
def test_the_other_formats_hold_the_same_quads(store: GraphStore, format_: str, rdflib_name: str) -> None:
    assert quads_of(export_bytes(store, format_), rdflib_name) == quads_of(export_bytes(store, "nquads"), "nquads")


def test_turtle_is_readable(store: GraphStore) -> None:
    text = export_bytes(store, "turtle").decode()
    assert "ent:norvik-motors a org:Organization , schema:Corporation" in text
    assert "kg:builds ent:norvik-battery-plant-gothenburg" in text
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert len(prefixes) == len(Iris().prefixes())


# ---- event records


def records(knowledge: Knowledge) -> list[dict[str, object]]:
    return list(event_records(knowledge, Iris()))


def test_there_is_a_record_for_each_event_and_article_that_tells_of_it() -> None:
    found = [(record["article"], record["id"]) for record in records(sample_knowledge())]
    assert len(found) == len(set(found)) == 14
    acquisition = Iris().event(BUYING)
    assert {article for article, event in found if event == acquisition} == {"halden-sale", "tessaly-deal"}


def test_offsets_point_at_the_words_in_text_or_title() -> None:
    articles = {article.id: article for article in ARTICLES.values()}

    def spans(value: object) -> list[dict[str, object]]:
        if isinstance(value, list):
            return [span for item in value for span in spans(item)]
        if isinstance(value, dict):
            inner = [span for item in value.values() for span in spans(item)]
            return inner + ([value] if "start" in value else [])
        return []

    for record in records(sample_knowledge()):
        article = articles[str(record["article"])]
        for span in spans(record):
            text = article.title + "\n\n" if span.get("in") == "title" else article.text
            assert text[span["start"] : span["end"]] == span["text"]  # type: ignore[misc]


def test_a_headline_stands_in_the_title() -> None:
    (record,) = [record for record in records(sample_knowledge()) if record["id"] == Iris().event(BUILDING)]
    assert record["mentions"] == [{"text": "built", "start": -37, "end": -32, "in": "title"}]
    assert record["status"] == "ongoing"


def test_each_article_speaks_for_itself() -> None:
    told = {record["article"]: record for record in records(sample_knowledge()) if record["id"] == Iris().event(BUYING)}
    assert (told["tessaly-deal"]["status"], told["halden-sale"]["status"]) == ("committed", "happened")
    assert "time" not in told["tessaly-deal"]
    assert [role["role"] for role in told["halden-sale"]["roles"]] == ["acquirer", "target"]  # type: ignore[union-attr]


def test_a_filler_known_from_another_article_has_no_offsets() -> None:
    knowledge = sample_knowledge()
    event = next(event for event in knowledge.events if event.id == BUYING)
    only_sale = tuple(filler for filler in event.roles if filler.article == SALE or filler.value)
    told = list(event_records(replace(knowledge, events=(replace(event, roles=only_sale),)), Iris()))
    (deal,) = [record for record in told if record["article"] == "tessaly-deal"]
    acquirer = next(role for role in deal["roles"] if role["role"] == "acquirer")
    assert acquirer["label"] == "Tessaly"
    assert "start" not in acquirer


def test_who_is_only_described_is_named_by_the_words() -> None:
    found = [source for record in records(sample_knowledge()) for source in record["said_by"]]  # type: ignore[union-attr, attr-defined]
    assert {"text": "analysts", "start": 182, "end": 190, "label": "analysts"} in found
    assert any(source.get("entity") == Iris().entity("anna-lind") for source in found)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (PRICE, {"amount": 1500000000, "currency": "USD", "bound": "about"}),
        (FALL, {"percent": 4.5, "direction": "down"}),
        (Value(ValueKind.COUNT, "3,000 jobs", Decimal(3000), unit="job"), {"count": 3000, "unit": "job"}),
        (Value(ValueKind.COUNT, "thousands", None), {"text": "thousands"}),
        (Value(ValueKind.PERCENT, "sharply", direction="up"), {"direction": "up"}),
        (
            Value(ValueKind.QUANTITY, "2 to 3 GWh", Decimal(2), Decimal(3), unit="GWh"),
            {"number": 2, "max": 3, "unit": "GWh"},
        ),
        (Value(ValueKind.PERIOD, "Q1", edtf="2021-33"), {"edtf": "2021-33"}),
        (Value(ValueKind.PERIOD, "ten years"), {"text": "ten years"}),
        (Value(ValueKind.PHRASE, "chairman"), {"text": "chairman"}),
    ],
)
def test_values_are_written_as_the_scorer_reads_them(value: Value, expected: dict[str, object]) -> None:
    assert value_record(value) == expected


def test_records_are_one_a_line(nasty: GraphStore) -> None:
    lines = export_bytes(nasty, "jsonl").decode().split("\n")
    assert [json.loads(line)["type"] for line in lines[:-1]].count("Acquisition") == 3
    assert lines[-1] == ""


# ---- tables and networks


def table(knowledge: Knowledge, name: str) -> list[dict[str, str]]:
    text = tables(knowledge)[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_tables_join_by_id() -> None:
    knowledge = sample_knowledge()
    events = {row["id"] for row in table(knowledge, "events")}
    assert len(events) == len(knowledge.events)
    assert {row["event"] for row in table(knowledge, "roles")} <= events
    assert {row["event"] for row in table(knowledge, "claims")} == events
    entities = {row["id"] for row in table(knowledge, "entities")}
    assert {row["subject"] for row in table(knowledge, "edges")} <= entities
    assert {row["article"] for row in table(knowledge, "claims")} == {
        row["key"] for row in table(knowledge, "articles")
    }


def test_numbers_are_plain_in_tables() -> None:
    row = next(row for row in table(sample_knowledge(), "roles") if row["role"] == "price")
    assert (row["number"], row["currency"], row["bound"], row["article"]) == ("1500000000", "USD", "about", DEAL)
    claim = next(row for row in table(sample_knowledge(), "claims") if row["in_headline"] == "true")
    assert claim["start"] == "-55"


def test_no_cell_of_text_is_a_formula(nasty: GraphStore) -> None:
    knowledge = nasty.knowledge()
    for name in ("articles", "entities", "roles"):
        cells = [cell for row in table(knowledge, name) for key, cell in row.items() if key not in ("start", "end")]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_graphml_reads_back(store: GraphStore) -> None:
    network = nx.read_graphml(io.BytesIO(export_bytes(store, "graphml")), force_multigraph=True)
    assert network.nodes["tessaly"] == {"label": "Tessaly", "kind": "Organization", "named": True}
    assert network.nodes[BUYING]["kind"] == "Event"
    assert network.edges["tessaly", "halden-cells", "acquired"]["events"] == BUYING
    assert network.has_edge(BUYING, "tessaly", key="acquirer")


def test_graphml_holds_any_text(nasty: GraphStore) -> None:
    network = nx.read_graphml(io.BytesIO(export_bytes(nasty, "graphml")))
    assert "小米" in network.nodes["tessaly"]["label"]


# ---- files


def test_a_file_is_written_with_its_folder(tmp_path: Path, store: GraphStore) -> None:
    target = tmp_path / "new" / "graph.ttl"
    assert export(store, "turtle", target) == (target,)
    assert target.read_bytes() == export_bytes(store, "turtle")


def test_tables_go_into_a_folder(tmp_path: Path, store: GraphStore) -> None:
    names = {path.name for path in export(store, "csv", tmp_path / "tables")}
    assert names == {path.name for path in (tmp_path / "tables").iterdir()} > {"events.csv", "articles.csv"}


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path: Path, store: GraphStore) -> None:
    with pytest.raises(UsageError, match="formats: csv, graphml, jsonl"):
        export(store, "xlsx", tmp_path / "x")


def test_a_target_that_cannot_be_written_is_reported(tmp_path: Path, store: GraphStore) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        export(store, "turtle", tmp_path)
