import json
from pathlib import Path

import pytest

from kg.articles import Skipped
from kg.errors import OutputError
from kg.model import Knowledge
from kg.reports import BuildReport, figures, model_version, report_text, reported_graph, write_report
from tests.building import write
from tests.knowledge import sample_knowledge

REPORT = BuildReport(4, 3, 1, True, **figures(sample_knowledge()), seconds=2.4, skipped=(Skipped("a", "b", "c"),))


def test_figures_count_what_a_graph_holds() -> None:
    knowledge = sample_knowledge()
    counts = figures(knowledge)
    assert counts["events"] == len(knowledge.events) == sum(counts["by_type"].values())
    assert sum(counts["by_status"].values()) == counts["events"]
    assert counts["claims"] > counts["events"]


def test_people_are_told_what_was_done_and_where_to_look() -> None:
    text = report_text(REPORT, Path("out"))
    assert text.startswith("4 articles found, 3 read now, 1 replaced, 1 skipped, in 2 s\n")
    assert "kg query out who-builds-what" in text
    assert "nothing new" not in text
    assert "most frequent: " in text


def test_nobody_is_sent_to_look_at_an_empty_graph() -> None:
    empty = BuildReport(0, 0, 0, True, **figures(Knowledge()), seconds=0.1)
    assert "where to look" not in report_text(empty, Path("out"))


def test_a_report_can_be_read_back(tmp_path: Path) -> None:
    write_report(tmp_path, REPORT, model="none", min_confidence=0.5, graph="store-1")
    row = json.loads((tmp_path / "report.json").read_text())
    assert row["skipped"] == [{"place": "a", "problem": "b", "remedy": "c"}]
    assert row["versions"]["model"] == "none"
    assert reported_graph(tmp_path) == "store-1"


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff"])
def test_a_damaged_report_names_no_graph(tmp_path: Path, content: bytes) -> None:
    assert reported_graph(write(tmp_path, {"report.json": content})) is None
    assert reported_graph(tmp_path / "none") is None


def test_a_report_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(tmp_path / "none", REPORT, model="none", min_confidence=0.5, graph="store-1")


def test_a_model_tells_its_version_installed_or_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"model/meta.json": '{"version": "1.2"}', "bad/meta.json": "[]"})
    assert model_version("spacy").startswith("3.")
    assert model_version(str(tmp_path / "model")) == "1.2"
    assert model_version(str(tmp_path / "bad")) == model_version("no_such_model") == ""
