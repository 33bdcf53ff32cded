"""Events as `doc._.events` gives them: kept in the document as plain data, seen as spans.

Plain data goes wherever the document goes: to disk, into a `DocBin`, to another process. Offsets are kept in
characters, so that a later change of the tokens does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from spacy.tokens import Doc, Span

from kg.errors import UsageError
from kg.extract.calendar import read_anchor
from kg.model import Extraction, Filler, LocalEntity, LocalEvent, Status, Value, ValueKind, When
from kg.model import Source as ModelSource
from kg.model import Span as Words

EVENTS, DATE = "corporate_events", "article_date"  # in the document's user data
ISO_DAY = len("2021-11-27")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Role:
    """What fills a role of an event: an entity (`entity` is the same for all its mentions) or a value."""

    name: str
    span: Span
    label: str  # the entity's fullest name in the document, or the words of the value
    kind: str  # a `kg.model.Kind`, of a value a `ValueKind`
    entity: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to have said it. `label` is the fullest name in the document."""

    span: Span
    label: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """When it happened or shall happen: the words, their EDTF, the first and the last day (ISO dates)."""

    span: Span
    edtf: str
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a document. `mentions` are the words that tell of it, best first; `trigger` is the first of them."""

    type: str
    status: Status
    trigger: Span
    roles: tuple[Role, ...]
    confidence: float
    said_by: tuple[Source, ...]
    time: Time | None
    mentions: tuple[Span, ...]
    conflict: bool  # whether the mentions contradict each other
    rule: str  # what found the first mention


def keep_events(doc: Doc, extraction: Extraction) -> None:
    """Keep the events of an extraction of the document, whose text is that of the extraction's article."""
    entities = {entity.key: entity for entity in extraction.entities}
    rows = [_row(event, entities) for event in extraction.events]
    doc.user_data[EVENTS] = {"length": len(doc.text), "events": rows}


def kept_events(doc: Doc) -> tuple[Event, ...]:
    """Return the events kept in a document; none if the component has not seen it, or another text of that data."""
    kept = doc.user_data.get(EVENTS)
    if kept is None or kept["length"] != len(doc.text):  # `span.as_doc(copy_user_data=True)`: the places are others
        return ()
    return tuple(_event(doc, row) for row in kept["events"])


def keep_date(doc: Doc, day: str | date | None) -> None:
    """Keep the day on which a text was published. Raises `UsageError` if it is no ISO date, nor the start of one."""
    iso = day.isoformat() if isinstance(day, date) else day
    if iso is not None and (not isinstance(iso, str) or read_anchor(iso) is None):
        raise UsageError("doc._.article_date", f"{day!r} is no date", "give an ISO date such as 2021-11-27")
    doc.user_data[DATE] = iso and iso[:ISO_DAY]


def date_of(doc: Doc) -> str | None:
    """Return the day on which a text was published, as far as it is known: 2021, 2021-11, 2021-11-27."""
    day: str | None = doc.user_data.get(DATE)
    return day


def _row(event: LocalEvent, entities: Mapping[str, LocalEntity]) -> Row:
    return {
        "type": event.type,
        "status": event.status.value,
        "confidence": event.confidence,
        "conflict": event.conflict,
        "rule": event.mentions[0].rule,
        "mentions": [_place(mention.trigger) for mention in event.mentions],
        "roles": [_role_row(filler, entities) for filler in event.fillers],
        "said_by": [_source_row(source, entities) for source in event.said_by],
        "time": _time_row(event.when) if event.when else None,
    }


def _role_row(filler: Filler, entities: Mapping[str, LocalEntity]) -> Row:
    row: Row = {"name": filler.role, "span": _place(filler.span)}
    if filler.value is not None:
        value = asdict(filler.value, dict_factory=_plain)
        return row | {"label": filler.value.text, "kind": filler.value.kind.value, "value": value}
    entity = entities[filler.entity or ""]
    return row | {"label": entity.label, "kind": entity.kind.value, "entity": entity.key}


def _source_row(source: ModelSource, entities: Mapping[str, LocalEntity]) -> Row:
    label = entities[source.entity].label if source.entity else source.span.text
    return {"span": _place(source.span), "label": label, "entity": source.entity}


def _time_row(when: When) -> Row:
    return {"span": _place(when.span), "edtf": when.edtf, "earliest": when.earliest, "latest": when.latest}


def _place(words: Words) -> list[int]:
    return [words.start, words.end]


def _plain(items: list[tuple[str, Any]]) -> Row:
    """Return a value's fields as what can be packed: decimals and kinds as text."""
    return {name: str(item) if isinstance(item, Decimal | ValueKind) else item for name, item in items}


def _event(doc: Doc, row: Row) -> Event:
    mentions = tuple(_span(doc, place) for place in row["mentions"])
    return Event(
        type=row["type"],
        status=Status(row["status"]),
        trigger=mentions[0],
        roles=tuple(Role(**_seen(doc, role)) for role in row["roles"]),
        confidence=row["confidence"],
        said_by=tuple(Source(**_seen(doc, source)) for source in row["said_by"]),
        time=Time(**_seen(doc, row["time"])) if row["time"] else None,
        mentions=mentions,
        conflict=row["conflict"],
        rule=row["rule"],
    )


def _seen(doc: Doc, row: Row) -> Row:
    """Return a row with its place as a span and its value as a `Value`."""
    value = {"value": _value(row["value"])} if "value" in row else {}
    return row | {"span": _span(doc, row["span"])} | value


def _span(doc: Doc, place: Sequence[int]) -> Span:
    start, end = place
    return cast(Span, doc.char_span(start, end, alignment_mode="expand"))  # None only for places outside the text


def _value(row: Row) -> Value:
    numbers = {name: Decimal(row[name]) for name in ("number", "maximum") if row[name] is not None}
    return Value(**row | numbers | {"kind": ValueKind(row["kind"])})
