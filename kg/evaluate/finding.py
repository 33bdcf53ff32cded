"""Find the events of annotated articles the way a build does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg import pipeline
from kg.articles import Skipped, read_articles
from kg.evaluate.gold import ARTICLES
from kg.evaluate.predictions import FoundEvent, found_events
from kg.export import event_records
from kg.extract.extractor import Extractor
from kg.iris import Iris
from kg.model import Article
from kg.ontology import Ontology
from kg.resolve import resolve

Progress = Callable[[Iterable[Article], int], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class Finds:
    """The events found, those found but less sure than asked for, and the articles that could not be read."""

    events: tuple[FoundEvent, ...]
    doubted: tuple[FoundEvent, ...] = ()
    skipped: tuple[str, ...] = ()


def find_events(
    gold: Path,
    ids: Collection[str],
    ontology: Ontology,
    settings: pipeline.Settings,
    *,
    progress: Progress | None = None,
) -> Finds:
    """Find the events of some articles of a gold folder. They are read twice: for the events, and for the doubted ones.

    Raises `ModelError` for a missing model and `OntologyError` for faulty rules.
    """
    read = list(read_articles([str(gold / ARTICLES)]))
    articles = [one for one in read if isinstance(one, Article) and one.id in ids]
    skipped = tuple(str(one) for one in read if isinstance(one, Skipped))
    shown = progress(articles, len(articles)) if progress else articles
    events = events_in(shown, pipeline.open_extractor(ontology, settings), ontology)
    every = pipeline.open_extractor(ontology, replace(settings, min_confidence=0.0))
    _, doubted = apart(events_in(articles, every, ontology), settings.min_confidence)
    return Finds(events, tuple(doubted), skipped)


def events_in(articles: Iterable[Article], extractor: Extractor, ontology: Ontology) -> tuple[FoundEvent, ...]:
    """Return the events that the graph of these articles has."""
    knowledge = resolve(extractor.extract(articles), ontology)
    return found_events(event_records(knowledge, Iris()))


def apart(events: Iterable[FoundEvent], confidence: float) -> tuple[list[FoundEvent], list[FoundEvent]]:
    """Return the events that are sure enough, or tell no confidence, and those that are less sure."""
    sure: list[FoundEvent] = []
    doubted: list[FoundEvent] = []
    for event in events:
        doubtful = event.confidence is not None and event.confidence < confidence
        (doubted if doubtful else sure).append(event)
    return sure, doubted
