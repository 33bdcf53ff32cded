"""Score times: are annotated expressions found, and is their calendar value ours?"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.other_gold.analysis import Analysis
from benchmarks.other_gold.counting import Share, share
from benchmarks.other_gold.gold import Marked, Sort
from kg.extract.dates import TimeExpression, resolve
from kg.model import When

MONTHS_OF_QUARTER = 3
YEAR = re.compile(r"(\d{4})")
MONTH = re.compile(r"(\d{4})-(\d\d)")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
QUARTER = re.compile(r"(\d{4})-Q([1-4])")
WEEK = re.compile(r"(\d{4})-W(\d\d)")
Bounds = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Times:
    """Shares of annotated times with a calendar value: placed by us at all, at the same days, at days that overlap.

    `confirmed` is the share of ours that are annotated.
    """

    found: Share
    same: Share
    overlapping: Share
    confirmed: Share


def score_times(analyses: Sequence[Analysis]) -> Times:
    """Score the expressions in what was annotated that TIMEX3 gives a place in the calendar."""
    rows = [row for analysis in analyses for row in _pairs(analysis)]
    return Times(
        found=share(ours is not None for _, ours in rows),
        same=share(gold == ours for gold, ours in rows),
        overlapping=share(ours is not None and _overlap(gold, ours) for gold, ours in rows),
        confirmed=share(known for analysis in analyses for known in _known(analysis)),
    )


def bounds_of(value: str) -> Bounds | None:
    """Return the first and last day of a TIMEX3 value; None for durations, seasons and vague references.

    >>> bounds_of("2008-Q3")
    (datetime.date(2008, 7, 1), datetime.date(2008, 9, 30))
    """
    if match := DAY.fullmatch(value):
        day = date(*map(int, match.groups()))
        return day, day
    if match := QUARTER.fullmatch(value):
        last = int(match[2]) * MONTHS_OF_QUARTER
        return _months(int(match[1]), last - MONTHS_OF_QUARTER + 1, last)
    if match := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    if match := MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    match = YEAR.fullmatch(value)
    return _months(int(match[1]), 1, 12) if match else None


def _months(year: int, first: int, last: int) -> Bounds:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _pairs(analysis: Analysis) -> Iterator[tuple[Bounds, Bounds | None]]:
    for mention in analysis.marked(Sort.TIME):
        bounds = bounds_of(mention.labels.get("value", ""))
        if bounds is not None:
            yield bounds, _ours(analysis, mention, bounds)


def _ours(analysis: Analysis, mention: Marked, gold: Bounds) -> Bounds | None:
    """Return our reading of an annotated expression, as if it dated an event that has happened.

    Where we read more words as one period, "since 1989", the annotated part is right if it is an end of it.
    """
    start, end = (place + analysis.reading.shift for place in analysis.gold.span(mention))
    for time in _expressions(analysis):
        if time.start < end and start < time.end:
            when = resolve(time, analysis.gold.date, "past")
            longer = time.start < start or end < time.end
            return part_of(_bounds(when), gold) if when and longer else _bounds(when) if when else None
    return None


def part_of(period: Bounds, gold: Bounds) -> Bounds:
    """Return the annotated bounds if a period begins or ends with them, else the period."""
    return gold if period[0] == gold[0] or period[1] == gold[1] else period


def _bounds(when: When) -> Bounds:
    return date.fromisoformat(when.earliest), date.fromisoformat(when.latest)


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _expressions(analysis: Analysis) -> list[TimeExpression]:
    return list({found.start: found.item for found in analysis.reading.times.values()}.values())


def _known(analysis: Analysis) -> Iterator[bool]:
    """Yield for each expression of ours in what was annotated whether a time is annotated there."""
    spans = [analysis.gold.span(mention) for mention in analysis.gold.mentions if mention.sort is Sort.TIME]
    shift = analysis.reading.shift
    for time in _expressions(analysis):
        if analysis.gold.covers(time.start - shift):
            yield any(start < time.end - shift and time.start - shift < end for start, end in spans)
