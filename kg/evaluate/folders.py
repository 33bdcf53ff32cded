"""Evaluate a folder of annotated articles: what is found in them now, or what a file says was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.evaluate.evaluation import evaluate
from kg.evaluate.finding import Progress, apart, find_events
from kg.evaluate.gold import read_gold
from kg.evaluate.predictions import read_predictions
from kg.evaluate.report import Evaluation
from kg.ontology import load_ontology
from kg.pipeline import Settings
from kg.resources import ontology_folder


def evaluate_folder(
    gold: Path, *, settings: Settings | None = None, only: Iterable[str] = (), progress: Progress | None = None
) -> Evaluation:
    """Find the events of annotated articles, as a build does, and hold them against the annotation.

    Raises `GoldError` for faulty gold, `ModelError` for a missing model and `OntologyError` for faulty rules.
    """
    settings = settings or Settings()
    ontology = load_ontology(settings.folders)
    articles = read_gold(gold, ontology.types, only=only)
    found = find_events(gold, {article.id for article in articles}, ontology, settings, progress=progress)
    return evaluate(articles, found.events, ontology, doubted=found.doubted, skipped=found.skipped)


def evaluate_file(
    gold: Path,
    predictions: Path,
    *,
    ontology: Sequence[Path] = (),
    only: Iterable[str] = (),
    min_confidence: float = 0.0,
) -> Evaluation:
    """Hold the event records of a file against the annotation; those less sure than asked for are set aside.

    Raises `GoldError` for faulty gold or records and `OntologyError` for faulty rules.
    """
    schema = load_ontology((ontology_folder(), *ontology))
    articles = read_gold(gold, schema.types, only=only)
    sure, doubted = apart(read_predictions(predictions), min_confidence)
    return evaluate(articles, sure, schema, doubted=doubted)
