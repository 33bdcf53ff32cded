"""A folder of one's own adds an event type, its frame and a question: no Python, as CONTRIBUTING.md tells it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

GUIDE = Path(__file__).resolve().parent.parent / "CONTRIBUTING.md"
STEP = re.compile(r"in `mine/(?P<path>[\w./]+)`.*?```\w+\n(?P<text>.*?)```", re.DOTALL)
NEWS = """Title: Emirates to sponsor Arsenal
Date: 2024-03-05

Emirates will sponsor Arsenal, the London club announced on Tuesday. Barclays sponsored Chelsea until 2010.
Two senators sponsored the bill.
"""
DATA_ERROR = 1  # as `kg --help` says


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files of the guide, as a reader would."""
    folder = tmp_path_factory.mktemp("extension") / "mine"
    steps = list(STEP.finditer(GUIDE.read_text(encoding="utf-8")))
    assert len(steps) == 3
    for step in steps:
        path = folder / step["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step["text"], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    done = kg("build", folder / "news.txt", "-o", folder / "out", "--ontology", mine)
    assert done.exit_code == 0, done.output
    return folder / "out"


def test_schema_shows_the_new_type(mine):
    shown = kg("schema", "Sponsorship", "--ontology", mine, "--json")
    row = json.loads(shown.output)[0]
    assert [role["role"] for role in row["roles"]][:3] == ["agent", "recipient", "period"]
    assert row["edges"] == ["sponsors", "plansToSponsor"]
    assert [trigger["words"] for trigger in row["triggers"]] == [["sponsor"], ["sponsorship"]]


def test_without_the_folder_the_type_is_unknown():
    assert kg("schema", "Sponsorship").exit_code == 2


@pytest.mark.model
def test_the_frames_examples_pass(mine, tmp_path):
    from kg.frames import load_frames
    from kg.model import Article
    from kg.ontology import load_ontology
    from kg.pipeline import Settings, open_extractor
    from kg.resources import ontology_folder

    ontology = load_ontology([ontology_folder(), mine])
    extractor = open_extractor(ontology, Settings(ontology=(mine,)))
    frame = next(frame for frame in load_frames(ontology, [mine]) if frame.type == "Sponsorship")
    for number, example in enumerate([*frame.examples, *frame.counterexamples]):
        article = Article("t", f"d{number:016}", "", example.text, example.text, date="2024-03-05")
        events = [event for event in next(extractor.extract([article])).events if event.type == "Sponsorship"]
        fillers = {(filler.role, filler.span.text) for event in events for filler in event.fillers}
        assert fillers >= {(role, name) for role, names in example.roles.items() for name in names}, example.text
        assert bool(events) == bool(example.roles), example.text


@pytest.mark.model
def test_the_new_question_finds_who_sponsors_whom(mine, out):
    rows = kg("query", out, "sponsors", "--ontology", mine, "--format", "csv").output.splitlines()
    assert [re.sub(r"\S*/", "", cell) for cell in rows[1].split(",")][:2] == ["barclays", "chelsea"]
    assert len(rows) == 3


@pytest.mark.model
def test_the_direct_edges_tell_plans_from_facts(mine, out):
    asked = "SELECT ?a ?b { ?a kg:%s ?b }"
    assert "barclays" in kg("query", out, asked % "sponsors", "--ontology", mine).output
    assert "emirates" not in kg("query", out, asked % "sponsors", "--ontology", mine).output
    assert "emirates" in kg("query", out, asked % "plansToSponsor", "--ontology", mine).output


@pytest.mark.model
def test_the_graph_conforms_to_the_shapes(mine, out):
    checked = kg("validate", out, "--ontology", mine)
    assert checked.exit_code == 0, checked.output


@pytest.mark.model
def test_an_edge_of_the_new_type_is_explained_and_drawn(mine, out, tmp_path):
    assert "Barclays sponsored Chelsea" in kg("explain", out, "ent:barclays kg:sponsors ent:chelsea").output
    page = tmp_path / "page.html"
    assert kg("view", out, "-o", page, "--ontology", mine).exit_code == 0
    assert "Sponsorship" in page.read_text(encoding="utf-8")


# ---- faulty folders


@pytest.fixture
def faulty(mine: Path, tmp_path: Path) -> Path:
    """Copy the folder, with two faults in its ontology and two in its frame."""
    folder = tmp_path / "faulty"
    (folder / "frames").mkdir(parents=True)
    frame = (mine / "frames" / "Sponsorship.toml").read_text(encoding="utf-8")
    (folder / "sponsorship.ttl").write_text((mine / "sponsorship.ttl").read_text(encoding="utf-8"), encoding="utf-8")
    faults = frame.replace("roles.recipient", "roles.receiver", 1).replace("happened", "occurred")
    (folder / "frames" / "Sponsorship.toml").write_text(faults, encoding="utf-8")
    return folder


def break_ontology(folder: Path) -> None:
    path = folder / "sponsorship.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kg:DealsEvent", "kg:DealEvent").replace("kg:period )", "kg:term )"), encoding="utf-8")


def test_all_faults_of_the_frames_are_told_at_once(faulty):
    shown = kg("schema", "Sponsorship", "--ontology", faulty)
    assert shown.exit_code == DATA_ERROR
    assert "has no role 'receiver'" in shown.output
    assert "unknown status 'occurred'" in shown.output
    assert shown.output.count("kg: ") == 1


def test_all_faults_of_the_ontology_are_told_at_once(faulty):
    break_ontology(faulty)
    shown = kg("schema", "Sponsorship", "--ontology", faulty)
    assert shown.exit_code == DATA_ERROR
    assert "DealEvent" in shown.output
    assert "term" in shown.output


def test_a_file_that_is_no_turtle_is_named(faulty):
    (faulty / "sponsorship.ttl").write_text("kg:Sponsorship a", encoding="utf-8")
    shown = kg("schema", "Sponsorship", "--ontology", faulty)
    assert shown.exit_code == DATA_ERROR
    assert "sponsorship.ttl" in shown.output


def test_nothing_is_built_with_a_faulty_folder(faulty, tmp_path):
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    built = kg("build", tmp_path / "news.txt", "-o", tmp_path / "out", "--ontology", faulty)
    assert built.exit_code == DATA_ERROR
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    assert kg("schema", "--ontology", tmp_path / "none").exit_code == 2
