"""Find expressions of time in text, and place them on the calendar by the article's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.calendar import Tense, read_anchor
from kg.extract.timegrammar import STARTERS, read_time
from kg.extract.timenodes import Node
from kg.model import Span, When

_START = re.compile(r"[A-Za-z]+|\d+")
_NO_START = re.compile(r"[\w$€£¥#%][.,:/-]?\Z")  # the number goes on from there, or is an amount


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time: offsets into the text, end exclusive, and what they mean.

    `duration` is the ISO 8601 duration of a length: "the next ten years" has P10Y.
    """

    start: int
    end: int
    text: str
    node: Node
    duration: str | None = None


def find_times(text: str) -> tuple[TimeExpression, ...]:
    """Return the expressions of time in a text, sorted and without overlap.

    >>> [found.text for found in find_times("On Monday it said sales fell in the third quarter of 2008.")]
    ['Monday', 'third quarter of 2008']
    """
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[TimeExpression]:
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        word = start[0].lower()
        if word not in STARTERS and not word[0].isdigit():
            continue
        if word[0].isdigit() and _NO_START.search(text, max(0, start.start() - 2), start.start()):
            continue
        found = read_time(text, start.start())
        if found:
            position = found.end
            yield TimeExpression(start.start(), found.end, text[start.start() : found.end], found.node, found.duration)


def resolve(expression: TimeExpression, anchor: str | None, tense: Tense) -> When | None:
    """Return when an expression is, read on the anchor (an ISO date or a prefix of one); None if it cannot be placed.

    `tense` is the tense of the event: it picks the year of "in May" and the week of "on Monday".

    >>> found = find_times("It opens in March.")[0]
    >>> resolve(found, "2004-11-17", "future").edtf, resolve(found, None, "future")
    ('2005-03', None)
    """
    period = expression.node.place(read_anchor(anchor), tense)
    if not period:
        return None
    span = Span(expression.start, expression.end, expression.text)
    return When(span, period.edtf, period.first.isoformat(), period.last.isoformat())
