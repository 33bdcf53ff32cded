"""Event mentions made by hand."""

from __future__ import annotations

from decimal import Decimal

from kg.model import EventMention, Filler, Source, Span, Status, Value, ValueKind, When


def who(role: str, entity: str, *, at: int = 0) -> Filler:
    return Filler(role, Span(at, at + 1, entity), entity=entity)


def much(role: str, number: str, kind: ValueKind = ValueKind.MONEY, *, at: int = 0) -> Filler:
    return Filler(role, Span(at, at + 1, number), value=Value(kind, number, Decimal(number)))


def mention(
    type_: str,
    *fillers: Filler,
    at: int = 0,
    status: Status = Status.HAPPENED,
    confidence: float = 0.8,
    cue: str = "",
    when: When | None = None,
    by_statement: bool = False,
    headline: bool = False,
    said_by: tuple[Source, ...] = (),
    definite: bool = False,
) -> EventMention:
    return EventMention(
        type=type_,
        trigger=Span(at, at + 4, "word"),
        sentence=Span(at, at + 9, "a sentence"),
        status=status,
        fillers=fillers,
        rule="frame",
        confidence=confidence,
        cue=cue,
        said_by=said_by,
        when=when,
        in_headline=headline,
        dated_by_statement=by_statement,
        definite=definite,
    )
