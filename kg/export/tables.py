"""The graph as CSV tables that a spreadsheet, a data frame or a database reads.

Cells that a spreadsheet would take for a formula get an apostrophe in front; files begin with the mark that makes
spreadsheets read UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from kg.model import Knowledge, Value
from kg.query.cells import csv_text, safe_cell

ENCODING = "utf-8-sig"
LIST_BREAK = "; "

Cell = str | int | float | Decimal | bool | None
Row = tuple[Cell, ...]


def tables(knowledge: Knowledge) -> dict[str, bytes]:
    """Return the tables by file name."""
    return {
        f"{name}.csv": csv_text(columns, (tuple(map(_cell, row)) for row in rows(knowledge))).encode(ENCODING)
        for name, (columns, rows) in TABLES.items()
    }


def _articles(knowledge: Knowledge) -> Iterable[Row]:
    for article in knowledge.articles:
        yield article.key, article.id, article.title, article.date, article.publisher, article.url, article.language


def _entities(knowledge: Knowledge) -> Iterable[Row]:
    for entity in knowledge.entities:
        lists = (LIST_BREAK.join(entity.aliases), LIST_BREAK.join(entity.articles))
        yield entity.id, entity.label, entity.kind.value, entity.named, entity.located_in, entity.part_of, *lists


def _events(knowledge: Knowledge) -> Iterable[Row]:
    for event in knowledge.events:
        time = (event.when.edtf, event.when.earliest, event.when.latest) if event.when else (None, None, None)
        counts = (len(event.claims), len({claim.article for claim in event.claims}))
        sure = (event.status.value, round(event.confidence, 4), event.conflict)
        yield event.id, event.type, event.label, *sure, *time, *counts


def _roles(knowledge: Knowledge) -> Iterable[Row]:
    labels = {entity.id: entity.label for entity in knowledge.entities}
    for event in knowledge.events:
        for filler in event.roles:
            label = labels[filler.entity] if filler.entity else None
            place = (filler.article, filler.span.start, filler.span.end, filler.span.text)
            yield event.id, filler.role, filler.entity, label, *_value(filler.value), *place


def _value(value: Value | None) -> Row:
    if value is None:
        return (None,) * 9
    numbers = (value.number, value.maximum, value.currency, value.unit)
    return value.kind.value, *numbers, value.bound, value.per, value.direction, value.edtf


def _claims(knowledge: Knowledge) -> Iterable[Row]:
    for claim in (claim for event in knowledge.events for claim in event.claims):
        sources = LIST_BREAK.join(source.span.text for source in claim.said_by)
        entities = LIST_BREAK.join(source.entity for source in claim.said_by if source.entity)
        sure = (claim.status.value, claim.cue, round(claim.confidence, 4), claim.rule, claim.in_headline)
        told = (sources, entities, claim.when.edtf if claim.when else None)
        words = (claim.sentence.start, claim.sentence.end, claim.sentence.text, claim.trigger.text)
        yield claim.id, claim.event, claim.article, *sure, *told, *words


def _edges(knowledge: Knowledge) -> Iterable[Row]:
    for edge in knowledge.edges:
        yield edge.subject, edge.predicate, edge.object, LIST_BREAK.join(edge.events)


def _cell(value: Cell) -> str:
    """Return a cell: numbers in full and unmarked, booleans as true and false, text made safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(value, "f")
    return safe_cell(value) if isinstance(value, str) else str(value)


_ARTICLE = "key id title date publisher url language"
_ENTITY = "id label kind named located_in part_of aliases articles"
_EVENT = "id type label status confidence conflict time earliest latest claims articles"
_ROLE = "event role entity label value_kind number max currency unit bound per direction edtf article start end text"
_CLAIM = (
    "id event article status cue confidence rule in_headline said_by said_by_entity time start end sentence trigger"
)
_EDGE = "subject predicate object events"

# The tables: their columns, and what fills their rows.
TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Knowledge], Iterable[Row]]]] = MappingProxyType(
    {
        "articles": (tuple(_ARTICLE.split()), _articles),
        "claims": (tuple(_CLAIM.split()), _claims),
        "edges": (tuple(_EDGE.split()), _edges),
        "entities": (tuple(_ENTITY.split()), _entities),
        "events": (tuple(_EVENT.split()), _events),
        "roles": (tuple(_ROLE.split()), _roles),
    }
)
