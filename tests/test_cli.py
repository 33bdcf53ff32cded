"""The command: what it prints where, its exit codes, its messages."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg import cli, pipeline
from kg.cli import main
from kg.export import FOLDER_FORMAT, FORMATS
from kg.extract.extractor import Extractor
from kg.ontology import load_ontology
from kg.query import load_questions
from kg.query.answers import FORMATS as ANSWER_FORMATS
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import write_graph, write_lock
from tests.building import FACTORY, NEWS, write
from tests.knowledge import BUYING, sample_knowledge

COMMANDS = ["build", "query", "explain", "export", "view", "validate", "schema"]
START_LIMIT = 0.5  # seconds of CPU
LINE_LENGTH = 400  # of a message
KG = [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"]


def run(*words: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text, prog_name="kg")


def fails(result: Result, code: int, *messages: str) -> None:
    """Check that a command failed with one line that says what is wrong."""
    assert result.exit_code == code, result.output
    *above, line = result.stderr.strip().splitlines()
    assert all(other.startswith(("Usage: ", "Try '", "skipped ")) or not other for other in above)
    assert len(line) < LINE_LENGTH + sum(map(len, messages))
    assert all(message in line for message in messages), result.stderr


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
    assert "ent:norvik" in result.stdout


def test_a_parameter_narrows_a_question(out: Path) -> None:
    assert "norvik" not in run("query", out, "company-events", "-p", "company=Orla Foods").stdout


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


# --- build


@pytest.fixture
def ready(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the language model once for all builds of this file."""
    monkeypatch.setattr(pipeline, "open_extractor", lambda *_: extractor)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(tmp_path / "news", NEWS)


@pytest.mark.model
@pytest.mark.usefixtures("ready")
class TestBuild:
    def test_what_was_found_and_where_to_look_is_told(self, news: Path, tmp_path: Path) -> None:
        result = run("build", news, "-o", tmp_path / "out")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("3 articles found, 3 read now, in ")
        assert "graph: 3 articles, 3 events, 3 claims" in result.stdout
        assert f"kg view {tmp_path / 'out'}" in result.stdout

    def test_a_second_build_says_that_nothing_is_new(self, news: Path, tmp_path: Path) -> None:
        run("build", news, "-o", tmp_path / "out")
        result = run("build", news, "-o", tmp_path / "out")
        assert "3 articles found, 0 read now" in result.stdout
        assert "nothing new" in result.stdout

    def test_the_report_comes_as_json(self, news: Path, tmp_path: Path) -> None:
        write(news, {"empty.txt": ""})
        report = json.loads(run("build", news, "-o", tmp_path / "out", "--json").stdout)
        assert (report["found"], report["events"], len(report["skipped"])) == (3, 3, 1)

    def test_articles_may_come_by_standard_input(self, tmp_path: Path) -> None:
        assert "1 event," in run("build", "-", "-o", tmp_path / "out", text=FACTORY).stdout

    def test_what_is_skipped_is_told_on_standard_error(self, news: Path, tmp_path: Path) -> None:
        write(news, {f"empty{number}.txt": "" for number in range(12)})
        result = run("build", news, "-o", tmp_path / "out")
        assert result.exit_code == 0
        assert result.stderr.count("the file is empty") == cli.SHOWN_SKIPS
        assert "... and 2 more in" in result.stderr

    @pytest.mark.parametrize("files", [{}, {"empty.txt": ""}, {"a.jsonl": '{"x": 1}\n'}])
    def test_sources_without_an_article_give_exit_code_1(self, tmp_path: Path, files: dict[str, str]) -> None:
        (tmp_path / "bad").mkdir()
        result = run("build", write(tmp_path / "bad", files), "-o", tmp_path / "out")
        fails(result, cli.DATA_ERROR, "no article could be read")

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (["nowhere"], cli.USAGE_ERROR, "no such file or folder"),
            (["*.nothing"], cli.USAGE_ERROR, "no file matches"),
            (["https://example.org/"], cli.USAGE_ERROR, "--fetch"),
            (["NEWS", "--base", "nonsense"], cli.USAGE_ERROR, "not a base for IRIs"),
            (["NEWS", "-o", "NEWS/factory.txt"], cli.DATA_ERROR, "cannot be written"),
            (["NEWS", "-o", "NEWS/factory.txt/out"], cli.DATA_ERROR, "cannot be written"),
            (["NEWS", "--ontology", "nowhere"], cli.USAGE_ERROR, "nowhere"),
            ([], cli.USAGE_ERROR, "SOURCES"),
        ],
    )
    def test_a_build_that_cannot_be_is_told_in_one_line(
        self, news: Path, tmp_path: Path, words: list[str], code: int, message: str
    ) -> None:
        given = [word.replace("NEWS", str(news)) for word in words]
        default = [] if "-o" in words else ["-o", str(tmp_path / "out")]
        fails(run("build", *given, *default), code, message)

    def test_a_build_beside_another_is_refused(self, news: Path, tmp_path: Path) -> None:
        with write_lock(tmp_path / "out"):
            result = run("build", news, "-o", tmp_path / "out")
        fails(result, cli.DATA_ERROR, "another process is writing to it", "wait")

    def test_ctrl_c_gives_exit_code_130_and_loses_nothing(
        self, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(articles: Iterator[object], total: int) -> Iterator[object]:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(cli, "_progress", interrupt)
            fails(run("build", news, "-o", tmp_path / "out"), cli.STOPPED, "nothing is lost")
        assert "3 read now" in run("build", news, "-o", tmp_path / "out").stdout

    def test_a_bar_is_shown_on_a_terminal_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert list(cli._progress([], 3)) == []
        assert capsys.readouterr().err == ""


def test_a_missing_model_is_a_wrong_use(news: Path, tmp_path: Path) -> None:
    result = run("build", news, "-o", tmp_path / "out", "--model", "no_such_model")
    fails(result, cli.USAGE_ERROR, "no such spaCy pipeline", "pip install")


def test_a_signal_stops_a_build_that_waits_for_its_input(tmp_path: Path) -> None:
    command = [*KG, "build", "-", "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while not (tmp_path / "out" / ".lock").exists():
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        assert b"kg: stopped" in running.stderr.read()
    assert running.returncode == cli.STOPPED


def test_progress_on_a_terminal_leaves_standard_output_alone(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    above, below = pty.openpty()
    code = "from kg import cli; print(sum(1 for _ in cli._progress(iter(range(3)), 3)))"
    found = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=below, check=True)
    os.close(below)
    shown = os.read(above, 10_000)
    os.close(above)
    assert found.stdout == b"3\n"
    assert b"reading" in shown


def test_every_option_says_what_it_is_for() -> None:
    unexplained = {
        f"{name} {parameter.name}"
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help and not isinstance(parameter.type, click.Choice)
    }
    assert unexplained <= {"build out", "view title"}
