"""The command: what it prints where, its exit codes, its messages."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg import cli
from kg.cli import main
from kg.export import FOLDER_FORMAT, FORMATS
from kg.ontology import load_ontology
from kg.query import load_questions
from kg.query.answers import FORMATS as ANSWER_FORMATS
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import write_graph, write_lock
from tests.building import write
from tests.commands import KG, fails, run
from tests.knowledge import BUYING, sample_knowledge

COMMANDS = ["build", "query", "explain", "export", "view", "validate", "schema", "evaluate"]
START_LIMIT = 0.5  # seconds of CPU


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the hand-made graph."""
    folder = tmp_path_factory.mktemp("out")
    with write_lock(folder) as lock:
        write_graph(lock, to_quads(sample_knowledge(), load_ontology([ontology_folder()])))
    return folder


# --- help


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"kg {command}" in result.output[result.output.index("Example") :]


def test_help_lists_the_commands_in_order_and_the_exit_codes() -> None:
    text = run("--help").output
    assert re.findall(r"^  (\w+)  +[A-Z]", text, re.MULTILINE) == COMMANDS
    assert "Exit codes: 0 done" in text
    assert "..." not in text[text.index("Commands:") :]


def test_help_starts_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*KG, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < START_LIMIT


def test_help_loads_no_heavy_library() -> None:
    heavy = "{'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'pyvis', 'trafilatura'}"
    code = f"import sys, kg.cli; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_formats_offered_are_those_there_are() -> None:
    assert sorted(cli.EXPORT_FORMATS) == sorted((*FORMATS, FOLDER_FORMAT))
    assert sorted(cli.QUERY_FORMATS) == sorted(ANSWER_FORMATS)


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"kg, version \d+\.\d+\.\d+\n", run("--version").output)


# --- query


def test_without_a_question_those_with_a_name_are_listed(out: Path) -> None:
    text = run("query", out).output
    for name, question in load_questions([ontology_folder()]).items():
        assert f"{name} " in text
        assert question.title in text
    assert "-p company=…" in text


def test_a_named_question_is_answered_as_a_table(out: Path) -> None:
    result = run("query", out, "who-builds-what")
    assert result.exit_code == 0
    assert "Norvik Motors" in result.stdout


def test_a_parameter_narrows_a_question(out: Path) -> None:
    assert "\nNorvik" not in run("query", out, "company-events", "-p", "company=Orla Foods").stdout


def test_sparql_is_answered_with_prefixes_known(out: Path) -> None:
    result = run("query", out, "SELECT ?who ?what { ?who kg:builds ?what }", "--json")
    assert json.loads(result.stdout)["head"]["vars"] == ["who", "what"]


def test_sparql_may_come_by_standard_input_or_from_a_file(out: Path, tmp_path: Path) -> None:
    text = "ASK { ?who kg:builds ?what }"
    file = write(tmp_path, {"q.rq": text}) / "q.rq"
    assert run("query", out, "-", text=text).stdout == run("query", out, file).stdout == "yes\n"


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (["SELECT ?x {"], ["syntax error"]),
        (["SELECT ?x { ?x foo:y ?z }"], ["foo:", "declare it"]),
        (["who-build-what"], ["no question has this name", "who-builds-what"]),
        (["missing.rq"], ["cannot be read"]),
        (["company-events", "-p", "company=Norvk"], ["nothing is called 'Norvk'", "Norvik"]),
        (["company-events", "-p", "type=Merge"], ["no event is of type", "Merger"]),
        (["company-events", "-p", "nonsense=1"], ["no parameter 'nonsense'", "company"]),
        (["company-events", "-p", "company"], ["NAME=VALUE"]),
        (["SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], ["SERVICE"]),
        (["who-builds-what", "--format", "turtle"], ["not made of triples"]),
        (["who-builds-what", "--format", "xls"], ["'xls' is not one of"]),
        (["-"], ["no question has this name"]),
    ],
)
def test_a_faulty_question_is_a_wrong_use(out: Path, words: list[str], messages: list[str]) -> None:
    fails(run("query", out, *words), cli.USAGE_ERROR, *messages)


# --- the other commands that read


def test_an_event_is_explained(out: Path) -> None:
    text = run("explain", out, BUYING).output
    assert "“Tessaly said it had agreed to buy Halden Cells" in text
    assert "frame:" in text


def test_explanations_come_as_json(out: Path) -> None:
    assert json.loads(run("explain", out, "Halden Cells", "--json").stdout)[0]["claims"]


def test_an_unknown_thing_to_explain_is_a_wrong_use(out: Path) -> None:
    fails(run("explain", out, "Halden", "Cels"), cli.USAGE_ERROR, "no event or entity of this name", "Halden Cells")


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_prints_or_writes_the_same(out: Path, tmp_path: Path, format_: str) -> None:
    result = run("export", out, "--format", format_, "-o", tmp_path / "x")
    assert (result.exit_code, result.stdout) == (0, "")
    assert run("export", out, "--format", format_).stdout_bytes == (tmp_path / "x").read_bytes()


def test_an_unknown_format_is_a_wrong_use(out: Path) -> None:
    fails(run("export", out, "--format", "pdf"), cli.USAGE_ERROR, "'pdf' is not one of", "turtle")


def test_tables_need_a_folder(out: Path, tmp_path: Path) -> None:
    fails(run("export", out, "--format", "csv"), cli.USAGE_ERROR, "csv needs a folder")
    assert run("export", out, "--format", "csv", "-o", tmp_path / "tables").exit_code == 0
    assert (tmp_path / "tables" / "events.csv").exists()


def test_an_export_into_a_file_s_place_fails(out: Path, tmp_path: Path) -> None:
    write(tmp_path, {"x": ""})
    fails(run("export", out, "-o", tmp_path / "x" / "graph.ttl"), cli.DATA_ERROR, "cannot be written")


def test_a_page_is_written_into_the_folder(out: Path) -> None:
    result = run("view", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(out / "graph.html") in result.stderr
    assert (out / "graph.html").read_text().startswith("<!doctype html>")


def test_a_page_about_something_unknown_is_a_wrong_use(out: Path, tmp_path: Path) -> None:
    fails(
        run("view", out, "--about", "Norvk", "-o", tmp_path / "x.html"), cli.USAGE_ERROR, "Norvk", "did you mean norvik"
    )
    assert not (tmp_path / "x.html").exists()


def test_a_graph_that_conforms_is_said_to(out: Path) -> None:
    result = run("validate", out)
    assert (result.exit_code, result.stderr) == (0, "conforms: 0 violations, 0 warnings\n")
    assert json.loads(run("validate", out, "--json").stdout) == {"conforms": True, "findings": []}


def test_a_graph_that_does_not_conform_gives_exit_code_1(tmp_path: Path) -> None:
    quads = to_quads(sample_knowledge(), load_ontology([ontology_folder()]))
    with write_lock(tmp_path) as lock:
        write_graph(lock, (quad for quad in quads if not quad.predicate.value.endswith("ns#evidence")))
    result = run("validate", tmp_path)
    assert result.exit_code == cli.DATA_ERROR
    assert "violation: clm:" in result.stdout


def test_the_types_are_listed_and_shown() -> None:
    assert "Acquisition" in run("schema").stdout
    assert "kg:plansToAcquire" in run("schema", "acquisition").stdout
    assert len(json.loads(run("schema", "--json").stdout)) > 50


def test_an_unknown_type_is_a_wrong_use() -> None:
    fails(run("schema", "Aquisition"), cli.USAGE_ERROR, "no such event type", "did you mean Acquisition")


@pytest.mark.parametrize("command", [["query", "support"], ["explain", "x"], ["export"], ["view"], ["validate"]])
@pytest.mark.parametrize("content", [None, b"{", b'{"base": "https://x/", "store": "store-gone"}'])
def test_a_folder_without_a_graph_is_told_so(tmp_path: Path, command: list[str], content: bytes | None) -> None:
    if content is not None:
        write(tmp_path, {"current.json": content})
    name, *words = command
    fails(run(name, tmp_path, *words), cli.DATA_ERROR, str(tmp_path), "kg build SOURCE")


def test_a_command_that_does_not_exist_is_a_wrong_use() -> None:
    fails(run("biuld"), cli.USAGE_ERROR, "biuld")


def test_a_folder_of_rules_that_does_not_exist_is_a_wrong_use() -> None:
    fails(run("schema", "--ontology", "nowhere"), cli.USAGE_ERROR, "nowhere")


def test_a_reader_that_goes_away_is_no_fault(out: Path) -> None:
    command = [*KG, "export", str(out), "--format", "nquads"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_every_option_says_what_it_is_for() -> None:
    unexplained = {
        f"{name} {parameter.name}"
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help and not isinstance(parameter.type, click.Choice)
    }
    assert unexplained <= {"build out", "view title"}
