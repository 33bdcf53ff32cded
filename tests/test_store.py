import json
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDFS, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.plugins.sparql import prepareQuery

from kg.errors import OutputError, QueryError
from kg.iris import DEFAULT_BASE
from kg.ontology import load_ontology
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import GraphStore, write_graph, write_lock
from kg.store.sparql import check, names_graphs
from tests.knowledge import sample_knowledge

ROOT = Path(__file__).resolve().parent.parent
LABEL = NamedNode(str(RDFS.label))


def quad(number: int, graph: str = "g") -> Quad:
    return Quad(
        NamedNode(f"https://x.example/{number}"), LABEL, Literal(f"n{number}"), NamedNode(f"https://x.example/{graph}")
    )


def build(folder: Path, numbers: range) -> bool:
    with write_lock(folder) as lock:
        return write_graph(lock, [quad(number) for number in numbers])


@pytest.fixture(scope="module")
def sample() -> GraphStore:
    return GraphStore.of(to_quads(sample_knowledge(), load_ontology([ontology_folder()])))


# ---- writing


def test_a_written_graph_can_be_opened_and_read(tmp_path: Path) -> None:
    assert build(tmp_path, range(3))
    assert set(GraphStore.open(tmp_path)) == {quad(0), quad(1), quad(2)}


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, range(3))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert not build(tmp_path, range(3))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_new_graph_replaces_the_old_one_and_its_folder(tmp_path: Path) -> None:
    build(tmp_path, range(3))
    assert build(tmp_path, range(5))
    assert len(GraphStore.open(tmp_path)) == 5
    assert len(list(tmp_path.glob("store-*"))) == 1


def test_the_name_of_the_store_depends_on_the_content_alone(tmp_path: Path) -> None:
    for folder, quads in (("a", [quad(1), quad(2)]), ("b", [quad(2), quad(1), quad(2)])):
        with write_lock(tmp_path / folder) as lock:
            write_graph(lock, quads)
    assert (tmp_path / "a" / "current.json").read_bytes() == (tmp_path / "b" / "current.json").read_bytes()


def test_a_reader_keeps_its_graph_while_another_is_written(tmp_path: Path) -> None:
    build(tmp_path, range(3))
    reader = GraphStore.open(tmp_path)
    build(tmp_path, range(4))
    assert len(reader) == 3
    assert len(list(reader)) == 3


def test_an_empty_graph_is_a_graph(tmp_path: Path) -> None:
    build(tmp_path, range(0))
    assert len(GraphStore.open(tmp_path)) == 0


def test_leftovers_of_a_killed_build_are_swept(tmp_path: Path) -> None:
    build(tmp_path, range(3))
    (tmp_path / "store-0123456789abcdef").mkdir()
    (tmp_path / "current.json.new").write_text("{")
    build(tmp_path, range(3))
    assert len(list(tmp_path.glob("store-*"))) == 1
    assert not (tmp_path / "current.json.new").exists()


def test_a_half_written_store_of_the_same_content_is_written_anew(tmp_path: Path) -> None:
    build(tmp_path / "done", range(3))
    name = next((tmp_path / "done").glob("store-*")).name
    (tmp_path / "out" / name).mkdir(parents=True)
    (tmp_path / "out" / name / "CURRENT").write_text("junk")
    build(tmp_path / "out", range(3))
    assert len(GraphStore.open(tmp_path / "out")) == 3


def test_a_damaged_store_is_told_and_written_anew(tmp_path: Path) -> None:
    build(tmp_path, range(3))
    for path in tmp_path.glob("store-*/*.sst"):
        path.unlink()
    with pytest.raises(OutputError, match="build it again"):
        GraphStore.open(tmp_path)
    build(tmp_path, range(3))
    assert len(GraphStore.open(tmp_path)) == 3


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from kg.store import write_lock\nwith write_lock(Path({str(tmp_path)!r})): pass"
    with write_lock(tmp_path):
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        with pytest.raises(OutputError, match="another process is writing"), write_lock(tmp_path):
            pass
    assert "another process is writing" in run.stderr


def test_the_lock_is_free_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with write_lock(tmp_path):
            pass


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"), write_lock(tmp_path / "file" / "out"):
        pass


@pytest.mark.parametrize("moment", ["_fill", "_point", "_sync_folder", "sweep"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_moment_leaves_a_whole_graph(tmp_path: Path, moment: str, when: str) -> None:
    build(tmp_path, range(3))
    code = f"""
        import os, signal
        from pathlib import Path
        from kg.store import writing
        from tests.test_store import build
        step = writing.{moment}
        def die(*args, **options):
            if {when!r} == "after":
                step(*args, **options)
            os.kill(os.getpid(), signal.SIGKILL)
        writing.{moment} = die
        build(Path({str(tmp_path)!r}), range(5))
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL
    assert len(GraphStore.open(tmp_path)) in (3, 5)
    build(tmp_path, range(5))
    assert len(GraphStore.open(tmp_path)) == 5
    (store,) = tmp_path.glob("store-*")
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "current.json", store.name}


# ---- opening


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph; build one first"):
        GraphStore.open(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"base": "x"}',
        '{"base": "x", "store": "../elsewhere"}',
        '{"base": "x", "store": "store-a/../.."}',
    ],
)
def test_a_damaged_pointer_is_reported(tmp_path: Path, content: str) -> None:
    (tmp_path / "current.json").write_text(content)
    with pytest.raises(OutputError, match=r"current\.json"):
        GraphStore.open(tmp_path)


def test_a_store_that_is_gone_is_reported(tmp_path: Path) -> None:
    (tmp_path / "current.json").write_text(json.dumps({"base": DEFAULT_BASE, "store": "store-gone"}))
    with pytest.raises(OutputError, match="cannot be opened"):
        GraphStore.open(tmp_path)


def test_the_base_is_remembered(tmp_path: Path) -> None:
    with write_lock(tmp_path) as lock:
        write_graph(lock, [quad(1)], base="https://kg.example/")
    assert GraphStore.open(tmp_path).iris.entity("x") == "https://kg.example/entity/x"


def test_knowledge_comes_back_from_the_disk(tmp_path: Path, sample: GraphStore) -> None:
    with write_lock(tmp_path) as lock:
        write_graph(lock, sample)
    assert GraphStore.open(tmp_path).knowledge() == sample.knowledge()


# ---- asking

ONE_LINER = "SELECT ?who ?what ?where { ?who kg:builds ?what . ?what kg:locatedIn ?where }"


def test_a_query_sees_all_graphs_at_once_and_knows_the_prefixes(sample: GraphStore) -> None:
    rows = [[term.value.rpartition("/")[2] for term in row] for row in sample.query(ONE_LINER)]
    assert rows == [["norvik-motors", "norvik-battery-plant-gothenburg", "gothenburg"]]


def test_rdflib_gives_the_same_answer(sample: GraphStore) -> None:
    rows = [tuple(map(str, row)) for row in sample.to_rdflib().query(ONE_LINER)]
    assert rows == [tuple(term.value for term in row) for row in sample.query(ONE_LINER)]


def test_from_narrows_a_query_to_the_graphs_it_names(sample: GraphStore) -> None:
    graph = sample.iris.graph("merged")
    count = f"SELECT (COUNT(*) AS ?n) FROM <{graph}> {{ ?c a kg:Claim }}"
    assert next(iter(sample.query(count)))["n"].value == "0"
    assert [str(row[0]) for row in sample.to_rdflib().query(count)] == ["0"]


def test_named_graphs_can_be_asked_for(sample: GraphStore) -> None:
    rows = list(sample.query("SELECT DISTINCT ?g { GRAPH ?g { ?c a kg:Claim } }"))
    assert len(rows) == 4


def test_a_parameter_is_bound_not_pasted(sample: GraphStore) -> None:
    company = NamedNode(sample.iris.entity("tessaly"))
    rows = list(sample.query("SELECT ?who ?what { ?who kg:acquired ?what }", substitutions={"who": company}))
    assert [row["who"] for row in rows] == [company]


def test_a_parameter_that_is_not_selected_is_refused(sample: GraphStore) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        sample.query("SELECT ?who { ?who kg:acquired ?what }", substitutions={"what": LABEL})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <https://x.example/> { ?s ?p ?o } }",
        "SELECT * { service silent <https://x.example/> { ?s ?p ?o } }",
        "PREFIX : <https://x.example/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p true SERVICE<https://x.example/>{ ?s ?p ?o } }",
        "SELECT * { # a comment\n SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p <#> . SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'it\\'s' . SERVICE ?x { ?s ?p '' } }",
        "SELECT * { ?s ?p '''a'b''' . SERVICE ?x { ?s ?p '' } }",
    ],
)
def test_no_query_leaves_the_machine(sample: GraphStore, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        sample.query(text)
    with pytest.raises(QueryError, match="SERVICE"):
        sample.to_rdflib().query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service a schema:Service }",
        "SELECT * { ?s rdfs:label 'SERVICE' } # SERVICE",
        'SELECT * { ?s rdfs:label """SERVICE "x" """ , <https://x.example/SERVICE> }',
        "SELECT * { ?s rdfs:label 'x'@service }",
    ],
)
def test_the_word_service_may_be_asked_for(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <https://x.example/> {}", True),
        ("SELECT * from named <https://x.example/> {}", True),
        ("SELECT ?from { ?x kg:from ?from }", False),
        ("SELECT * { ?x rdfs:label 'FROM' } # FROM", False),
    ],
)
def test_from_is_seen_only_where_it_is_a_keyword(text: str, named: bool) -> None:
    assert names_graphs(text) is named


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a:b> <a:b> <a:b> }", "LOAD <https://x.example/>", "DROP ALL", "CLEAR ALL"]
)
def test_updates_are_not_queries(sample: GraphStore, text: str) -> None:
    with pytest.raises(QueryError):
        sample.query(text)


def test_a_syntax_error_tells_its_line_and_column(sample: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"query, line 2, column \d: syntax error in '\?s \?p }'"):
        sample.query("SELECT ?s {\n ?s ?p }")


def test_an_undeclared_prefix_is_named(sample: GraphStore) -> None:
    with pytest.raises(QueryError, match="the prefix foo: is not declared"):
        sample.query("SELECT ?s { ?s a kg:Event ; foo:bar 'x:y' }")


# ---- rdflib


def test_strings_are_plain_in_rdflib(sample: GraphStore) -> None:
    graph = sample.to_rdflib()
    tessaly = URIRef(sample.iris.entity("tessaly"))
    assert graph.value(tessaly, RDFS.label) == RdflibLiteral("Tessaly")
    assert (tessaly, RDFS.label, RdflibLiteral("Tessaly")) in graph
    (row,) = graph.query("SELECT ?l { ent:tessaly rdfs:label ?l }")
    assert row[0] == RdflibLiteral("Tessaly")
    built = graph.query("CONSTRUCT { ent:tessaly rdfs:label ?l } { ent:tessaly rdfs:label ?l }").graph
    assert list(built or ()) == [(tessaly, RDFS.label, RdflibLiteral("Tessaly"))]
    assert graph.query("ASK { ent:tessaly rdfs:label 'Tessaly' }").askAnswer


def test_rdflib_knows_the_prefixes_and_every_triple(sample: GraphStore) -> None:
    dataset = sample.to_rdflib()
    triples = {(quad.subject, quad.predicate, quad.object) for quad in sample}
    assert len(dataset) == len(triples)
    assert len(set(dataset.triples((None, None, None)))) == len(triples)
    assert dataset.namespace_manager.expand_curie("ent:tessaly") == URIRef(sample.iris.entity("tessaly"))


def test_a_prepared_query_is_refused_rather_than_run_by_the_slow_engine(sample: GraphStore) -> None:
    with pytest.raises(QueryError, match="prepared"):
        sample.to_rdflib().query(prepareQuery("SELECT * { ?s ?p ?o }"))
