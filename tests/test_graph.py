from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.errors import KgError, OutputError, QueryError, UsageError
from kg.graph import Graph
from kg.ontology import load_ontology
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import GraphStore, write_graph, write_lock
from tests.knowledge import BUYING, sample_knowledge


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    with write_lock(folder) as lock:
        write_graph(lock, to_quads(sample_knowledge(), load_ontology([ontology_folder()])))
    return folder


@pytest.fixture(scope="module")
def graph(out: Path) -> Graph:
    return kg.open(out)


def test_a_graph_tells_its_size(graph: Graph) -> None:
    assert len(graph) == len(sample_knowledge().events)
    assert repr(graph) == f"<Graph: 4 articles, {len(graph)} events>"


def test_a_graph_is_read_back_as_values(graph: Graph) -> None:
    assert graph.knowledge.events == sample_knowledge().events


def test_events_are_chosen_by_type_group_status_name_and_confidence(graph: Graph) -> None:
    assert {event.type for event in graph.events(type="Acquisition")} == {"Acquisition"}
    group = graph.ontology.types["Acquisition"].group
    assert {"Acquisition", "Merger"} <= {event.type for event in graph.events(type=group)}
    assert {event.status for event in graph.events(status="denied")} == {"denied"}
    assert BUYING in {event.id for event in graph.events(about="halden cells")}
    assert graph.events(about="ent:nobody") == ()
    assert graph.events(min_confidence=1.1) == ()
    assert graph.events() == graph.knowledge.events


@pytest.mark.parametrize("wrong", [{"type": "Picnic"}, {"status": "done"}])
def test_an_unknown_type_or_status_is_an_error(graph: Graph, wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        graph.events(**wrong)  # type: ignore[arg-type]


def test_entities_are_chosen_by_kind(graph: Graph) -> None:
    assert {entity.kind for entity in graph.entities(kind="Place")} == {"Place"}
    assert graph.entities() == graph.knowledge.entities
    with pytest.raises(UsageError, match="no such kind"):
        graph.entities(kind="Planet")


def test_questions_and_sparql_are_answered(graph: Graph) -> None:
    assert graph.query("who-builds-what", company="Norvik Motors").rows
    assert graph.query("ASK { ?who kg:builds ?what }").boolean
    with pytest.raises(QueryError):
        graph.query("SELECT ?x {")


def test_a_graph_is_an_rdflib_dataset(graph: Graph) -> None:
    data = graph.to_rdf()
    assert isinstance(data, rdflib.Dataset)
    assert list(data.query("SELECT ?who ?what { ?who kg:builds ?what }"))


def test_a_graph_is_a_networkx_graph(graph: Graph) -> None:
    network = graph.to_network()
    assert isinstance(network, nx.MultiDiGraph)
    assert BUYING in network


def test_a_graph_is_written_as_a_page_and_in_formats(graph: Graph, tmp_path: Path) -> None:
    page = graph.view(tmp_path / "page.html", title="Norvik & Co")
    assert "<title>Norvik &amp; Co" in page.read_text()
    (turtle,) = graph.export("turtle", tmp_path / "graph.ttl")
    assert rdflib.Graph().parse(turtle)
    with pytest.raises(UsageError):
        graph.export("pdf", tmp_path / "x")


def test_a_graph_is_checked(graph: Graph) -> None:
    assert graph.validate().conforms


def test_a_graph_may_be_in_memory() -> None:
    store = GraphStore.of(to_quads(sample_knowledge(), load_ontology([ontology_folder()])))
    assert Graph(store).events(type="Acquisition")


def test_a_folder_without_a_graph_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        kg.open(tmp_path)


def test_errors_of_the_library_are_of_one_class() -> None:
    assert issubclass(OutputError, KgError)
    assert kg.KgError is KgError


@pytest.mark.model
def test_a_graph_is_built_from_a_path_or_several(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Adobe acquired Figma for $20 billion in September 2022.")
    graph = kg.build(tmp_path / "a.txt", tmp_path / "out", base="https://example.org/news/")
    assert [event.type for event in graph.events()] == ["Acquisition"]
    assert graph.store.iris.base == "https://example.org/news/"
    assert len(kg.build([str(tmp_path / "a.txt")], out=tmp_path / "out")) == 1
