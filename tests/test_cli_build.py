"""The command `kg build`: what it prints where, its exit codes, its messages."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import cli, pipeline
from kg.cli import options
from kg.extract.extractor import Extractor
from kg.store import write_lock
from tests.building import FACTORY, NEWS, write
from tests.commands import KG, fails, run


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
            patch.setattr(cli, "progress", interrupt)
            fails(run("build", news, "-o", tmp_path / "out"), cli.STOPPED, "nothing is lost")
        assert "3 read now" in run("build", news, "-o", tmp_path / "out").stdout

    def test_a_bar_is_shown_on_a_terminal_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert list(options.progress([], 3)) == []
        assert capsys.readouterr().err == ""


def test_a_missing_model_is_a_wrong_use(news: Path, tmp_path: Path) -> None:
    result = run("build", news, "-o", tmp_path / "out", "--model", "no_such_model")
    fails(result, cli.USAGE_ERROR, "no such spaCy pipeline", "pip install")


def _heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background, which it lets ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_signal_stops_a_build_that_waits_for_its_input(tmp_path: Path) -> None:
    command = [*KG, "build", "-", "-o", str(tmp_path / "out")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stderr=pipe, preexec_fn=_heed_interrupts) as running:
        while not (tmp_path / "out" / ".lock").exists():
            assert running.poll() is None
            time.sleep(0.05)
        said = _stopped(running)
    assert b"kg: stopped" in said
    assert running.returncode == cli.STOPPED


def _stopped(running: subprocess.Popen[bytes]) -> bytes:
    """Interrupt a build as a user does, again if nothing happens: one that comes while a library loads can be lost."""
    for _ in range(3):
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return running.communicate(timeout=20)[1]
    running.kill()
    return b""


def test_progress_on_a_terminal_leaves_standard_output_alone(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    above, below = pty.openpty()
    code = "from kg.cli import options; print(sum(1 for _ in options.progress(iter(range(3)), 3)))"
    found = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=below, check=True)
    os.close(below)
    shown = os.read(above, 10_000)
    os.close(above)
    assert found.stdout == b"3\n"
    assert b"reading" in shown
