"""Our figures are those of the reference scorer, on gold that predictions stray from in every way."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate import evaluate_file, report_row
from kg.ontology import Ontology
from tests.annotated import faithful, read_folder, strayed, write_lines
from tests.conftest import ROOT, SCORER, SHARED

GOLD = {
    "sample": ROOT / "data" / "gold",
    **{name: SHARED / "gold" / name for name in ("seed", "modern-train", "wikinews")},
}

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="needs the reference scorer in ../shared")


def ours(folder: Path, predictions: Path) -> Any:
    """Return our figures in the scorer's form: without the number behind an accuracy."""
    report = report_row(evaluate_file(folder, predictions))
    rows = {name: _without_right(row) if "accuracy" in row else row for name, row in report["figures"].items()}
    return rows | {"by_type": report["by_type"], "articles": report["articles"]}


def _without_right(row: Any) -> Any:
    return {name: value for name, value in row.items() if name != "right"}


def theirs(scorer: ModuleType, folder: Path, predictions: Path) -> Any:
    """Return the scorer's figures in our form."""
    figures, _ = scorer.score(folder / "events.jsonl", folder / "articles.json", predictions)
    return _renamed(figures)


def _renamed(value: Any) -> Any:
    names = {"tp": "right", "fp": "extra", "fn": "missed"}
    return {names.get(name, name): _renamed(one) for name, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", GOLD)
def test_figures_are_those_of_the_scorer(
    name: str, seed: int, scorer: ModuleType, ontology: Ontology, tmp_path: Path
) -> None:
    rows = strayed(*read_folder(GOLD[name]), list(ontology.types), seed)
    predictions = write_lines(tmp_path / "events.jsonl", rows)
    assert ours(GOLD[name], predictions) == theirs(scorer, GOLD[name], predictions)


@pytest.mark.parametrize("name", GOLD)
def test_faithful_predictions_score_as_the_scorer_says(name: str, scorer: ModuleType, tmp_path: Path) -> None:
    predictions = write_lines(tmp_path / "events.jsonl", faithful(*read_folder(GOLD[name])))
    assert ours(GOLD[name], predictions) == theirs(scorer, GOLD[name], predictions)
