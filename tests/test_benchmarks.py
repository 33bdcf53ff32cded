"""The benchmark measures what it says, on a few articles of the sample."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.articles.duplicates import fingerprint
from kg.graph import Graph
from kg.model import Article

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("texts")


@pytest.fixture
def extraction(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("extraction")


def article(number: int) -> Article:
    text = f"Company {number} opened a plant."
    return Article(str(number), f"d{number:016}", "", text, text)


def test_articles_are_chosen_from_all_over_the_source(texts: ModuleType) -> None:
    chosen = texts.choose([article(number) for number in range(10)], 5)
    assert [record["id"] for record in chosen] == ["0", "2", "4", "6", "8"]


def test_a_small_source_is_repeated_in_other_words(texts: ModuleType) -> None:
    chosen = texts.choose([article(0), article(1)], 5)
    articles = [Article(record["id"], "", "", record["text"], record["text"]) for record in chosen]
    assert len({record["id"] for record in chosen}) == len(set(map(fingerprint, articles))) == 5


def test_the_ratio_is_the_median_of_the_rounds(extraction: ModuleType) -> None:
    pipe = [extraction.Run(work, 0.0, work, 0.0, {}) for work in (1.0, 2.0, 10.0)]
    build = [extraction.Run(work, 0.0, work, 900.0, {}) for work in (1.5, 2.6, 30.0)]
    comparison = extraction.Comparison(1, 1, pipe, build, {"language model": 1.0})
    assert comparison.ratio == 1.5


def test_the_peak_memory_is_that_of_the_largest_build(extraction: ModuleType) -> None:
    runs = [extraction.Run(1.0, 0.0, 1.0, memory, {}) for memory in (400.0, 500.0)]
    assert extraction.Comparison(1, 1, runs, runs, {}).memory == 500.0


def test_a_side_that_fails_is_an_error(extraction: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        extraction.measure("no such side", tmp_path)


@pytest.mark.model
@pytest.mark.slow
def test_the_benchmark_compares_a_build_with_the_language_model(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    sample = FOLDER.parent / "data" / "articles"
    command = [sys.executable, str(FOLDER / "extraction.py"), str(sample), "--number", "3", "--rounds", "1"]
    done = subprocess.run([*command, "--json", str(result)], capture_output=True, text=True, check=False)
    assert "peak memory" in done.stdout, done.stderr
    figures = json.loads(result.read_text(encoding="utf-8"))
    assert figures["articles"] == figures["build"][0]["figures"]["articles"] == 3
    assert figures["ratio"] == pytest.approx(figures["build"][0]["work"] / figures["pipe"][0]["work"])
    assert figures["memory"] > 50
    assert {"reading articles", "language model", "extraction", "resolving", "RDF", "store"} <= set(figures["parts"])


@pytest.mark.model
def test_edges_are_told_with_the_sentences_they_rest_on(sample_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    rows = list(importlib.import_module("edges").edges(sample_graph.knowledge))
    assert len(rows) == sum(bool(edge.events) for edge in sample_graph.knowledge.edges) > 0
    assert all(row["sentences"] and row["type"] and 0 < row["confidence"] <= 1 for row in rows)
