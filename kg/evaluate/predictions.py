"""What a program found in articles: event records as `kg build` writes them to `events.jsonl`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.faults import GoldError, Record, json_lines, optional_string, record, records, string
from kg.evaluate.names import plain_names
from kg.evaluate.values import Value, checked_value


@dataclass(frozen=True, slots=True)
class FoundFiller:
    """What was found to fill a role. `value` holds at least the words; `names` are the plain forms it goes by."""

    role: str
    text: str
    value: Value
    names: frozenset[str]
    start: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event that was found. `starts` are the offsets of its triggers, the best first."""

    article: str
    type: str
    status: str
    trigger: str
    starts: tuple[int, ...]
    fillers: tuple[FoundFiller, ...]
    sources: tuple[frozenset[str], ...] = ()  # who said it: the plain names of each
    edtf: str | None = None
    confidence: float | None = None


def read_predictions(path: Path) -> tuple[FoundEvent, ...]:
    """Return the events of a file of records, in its order. Raises `GoldError`."""
    return tuple(_event(line, place) for place, line in json_lines(path))


def found_events(rows: Iterable[Record]) -> tuple[FoundEvent, ...]:
    """Return the events of records, in their order. Raises `GoldError`."""
    return tuple(_event(row, f"event {number}") for number, row in enumerate(rows, 1))


def _event(row: Record, place: str) -> FoundEvent:
    trigger = record(row.get("trigger") or {}, place)
    return FoundEvent(
        article=_id(row, place),
        type=string(row, "type", place),
        status=optional_string(row, "status", place) or "",
        trigger=optional_string(trigger, "text", place) or "",
        starts=tuple(_starts((trigger, *records(row, "mentions", place)), place)),
        fillers=tuple(_filler(item, place) for item in records(row, "roles", place)),
        sources=tuple(_names(item, place) for item in records(row, "said_by", place)),
        edtf=optional_string(record(row.get("time") or {}, place), "edtf", place),
        confidence=_confidence(row, place),
    )


def _id(row: Record, place: str) -> str:
    """Return the article's id; ids that are numbers are told by their digits."""
    if not isinstance(row.get("article"), str | int):
        raise GoldError(place, "`article` is missing", "say in which article the event stands")
    return str(row["article"])


def _starts(spans: Iterable[Record], place: str) -> Iterable[int]:
    for span in spans:
        start = _start(span, place)
        if start is not None:
            yield start


def _start(span: Record, place: str) -> int | None:
    start = span.get("start")
    if start is not None and not isinstance(start, int):
        raise GoldError(place, "`start` is no whole number", "give offsets into the article's text")
    return start


def _filler(item: Record, place: str) -> FoundFiller:
    text, label = optional_string(item, "text", place) or "", optional_string(item, "label", place)
    return FoundFiller(
        role=optional_string(item, "role", place) or "",
        text=text,
        value={"text": text, **checked_value(record(item.get("value") or {}, place), place)},
        names=_names(item, place),
        start=_start(item, place),
        label=label,
    )


def _names(item: Record, place: str) -> frozenset[str]:
    return plain_names((optional_string(item, "label", place), optional_string(item, "text", place)))


def _confidence(row: Record, place: str) -> float | None:
    found = row.get("confidence")
    if found is None:
        return None
    if not isinstance(found, int | float) or not 0 <= found <= 1:
        raise GoldError(place, "`confidence` is no number from 0 to 1", "leave it out if there is none")
    return float(found)
