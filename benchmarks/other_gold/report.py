"""Put the scores into a form for machines and one for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from benchmarks.other_gold.clusters import Tally, conll
from benchmarks.other_gold.coreference import Outcome
from benchmarks.other_gold.counting import Share, f1
from benchmarks.other_gold.factuality import Factor
from benchmarks.other_gold.relations import Relations
from benchmarks.other_gold.roles import Roles
from benchmarks.other_gold.times import Times

DIGITS = 4
ROW = "  {:<58}{:>12}{:>8}"
CLUSTER_ROW = "  {:<34}" + "{:>8}" * 4


def plain(value: Any) -> Any:
    """Return scores as JSON can hold them.

    >>> plain({"found": Share(1, 4)})
    {'found': {'part': 1, 'whole': 4, 'share': 0.25}}
    """
    if isinstance(value, Share):
        return {"part": value.part, "whole": value.whole, "share": round(value.value, DIGITS)}
    if isinstance(value, Tally):
        return {name: round(getattr(value, name), DIGITS) for name in ("precision", "recall", "f1")}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {" -> ".join(key) if isinstance(key, tuple) else key: plain(part) for key, part in value.items()}
    return value


def role_rows(roles: Roles) -> Iterator[str]:
    """Yield the table of participants."""
    yield _row("annotated events that we find", roles.events)
    yield _row("triggers of ours that are annotated as events", roles.triggers)
    for label, found in roles.found.items():
        yield _row(f"participants of these events found: {label}", found)
    for label, labelled in roles.labelled.items():
        yield _row(f"... in a role of the right kind: {label}", labelled)
        yield _row(f"... by subject and object alone: {label}", roles.by_syntax[label])
    yield _row("entities in our roles that are annotated participants", roles.confirmed)


def factuality_rows(factors: Mapping[str, Factor]) -> Iterator[str]:
    """Yield the table of factuality."""
    for name, factor in factors.items():
        yield _row(f"{name} agrees", factor.agreed)
        yield _row("... always the most frequent value", factor.majority)
        for (gold, ours), count in factor.confusion.items():
            if gold != ours:
                yield f"      {gold} taken for {ours}: {count}"


def time_rows(times: Times) -> Iterator[str]:
    """Yield the table of times."""
    yield _row("annotated times that we place in the calendar", times.found)
    yield _row("... with the same value", times.same)
    yield _row("... with a value that overlaps", times.overlapping)
    yield _row("times of ours that are annotated", times.confirmed)


def relation_rows(relations: Relations) -> Iterator[str]:
    """Yield the table of relations."""
    for name, relation in relations.by_type.items():
        yield _row(f"{name}: recall", relation.recall)
        yield _row(f"{name}: precision", relation.precision)
        both = _figure(f1(relation.recall, relation.precision))
        yield f"      F1 {both}; {relation.outside} of ours with an end that is not annotated"
    yield _row("direction right, where both ends are in one deal of ours", relations.direction)
    yield _row("... if the first of the two were always the head", relations.by_order)
    yield _row("Actionto: action and what it is done to", relations.action_to)
    yield _row("Actionin: action and date", relations.action_in)
    yield _row("ValueChange: figure found with a direction", relations.change)
    yield _row("... with the right direction", relations.change_direction)


def coreference_rows(outcome: Outcome) -> Iterator[str]:
    """Yield the table of coreference: F1 by measure and system, over all mentions and over those found."""
    yield CLUSTER_ROW.format("F1", "MUC", "B3", "CEAF", "mean")
    for title, scored in (("all annotated mentions", outcome.every), ("those that we find", outcome.ours)):
        yield f"  {title}: {scored.mentions}"
        for name, tallies in scored.systems.items():
            figures = [tally.f1 for tally in tallies.values()]
            yield CLUSTER_ROW.format(f"  {name}", *map(_figure, [*figures, conll(tallies)]))


def page(sections: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return titled tables as one text."""
    return "\n\n".join("\n".join([title, *rows]) for title, rows in sections)


def _row(name: str, share: Share) -> str:
    return ROW.format(name, f"{share.part}/{share.whole}", _figure(share.value))


def _figure(value: float) -> str:
    return f"{value:.3f}"
