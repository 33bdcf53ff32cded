"""Read points of time: dates, months, quarters, years, weekdays, last week, two years ago."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.numbers import GAP as G
from kg.extract.timebuilders import (
    read_ago,
    read_ahead,
    read_decade,
    read_fiscal,
    read_iso,
    read_length,
    read_mid_year,
    read_middle,
    read_month,
    read_month_quarter,
    read_months_of,
    read_named_day,
    read_of_year,
    read_on_day,
    read_part,
    read_season,
    read_shifted,
    read_shifted_month,
    read_shifted_season,
    read_short_part,
    read_stretch,
    read_weekday,
    read_year,
    read_year_range,
)
from kg.extract.timenodes import Node
from kg.extract.timespans import Stretch, Unplaced
from kg.extract.timewords import (
    COUNT,
    DAY,
    DAY2,
    FULL_YEAR,
    KIND,
    LAST,
    MONTH,
    ORDINALS,
    PART_OF_DAY,
    SEASONS,
    SHIFTS,
    UNIT,
    WEEKDAY,
    YEAR_AFTER,
    count_of,
    duration_of,
)
from kg.extract.units import either


@dataclass(frozen=True, slots=True)
class Point:
    """What was read at a place: where it ends, what it means, how long it is if it is a length."""

    end: int
    node: Node
    duration: str | None = None
    exact: bool = True  # False if the words may mean something else: a bare year, May


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what its match means."""

    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Node | None]
    exact: bool = True


def _rule(
    pattern: str, build: Callable[[re.Match[str]], Node | None], *, exact: bool = True, cased: bool = False
) -> Rule:
    return Rule(re.compile(pattern, 0 if cased else re.IGNORECASE), build, exact)


_SHIFT = rf"(?P<shift>{either(SHIFTS)})"
_WEEKDAY_BEFORE = rf"(?:{WEEKDAY},?{G}(?:the{G})?)?"
_NOT_DATE = rf"(?![:%]|[.,]\d|{G}(?:percent|per|million|billion|thousand|hundred)\b)"
_MONTH_CASED = rf"(?-i:{MONTH})"
_WHAT = r"(?P<what>quarter|half)"
_ORDINAL = rf"(?P<n>{either([*ORDINALS, *LAST])})"

RULES = (
    _rule(rf"(?P<year>{FULL_YEAR.split('(?!')[0]})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", read_iso),
    _rule(rf"{_WEEKDAY_BEFORE}{DAY}{DAY2}{G}(?:of{G})?{_MONTH_CASED}(?![a-z])(?:{YEAR_AFTER})?", read_on_day),
    _rule(rf"{_WEEKDAY_BEFORE}{_MONTH_CASED}{G}(?:the{G})?{DAY}{_NOT_DATE}{DAY2}(?:{YEAR_AFTER})?", read_on_day),
    _rule(rf"{_MONTH_CASED}(?![a-z]){YEAR_AFTER}", read_month),
    _rule(rf"{_MONTH_CASED}(?![a-z])(?P<year>(?!))?(?P<ref>(?!))?", read_month, exact=False),
    _rule(rf"{_MONTH_CASED}{G}quarter\b(?:{YEAR_AFTER})?", read_month_quarter),
    _rule(
        rf"{_ORDINAL}(?:-|{G})(?:(?:fiscal|calendar|financial|business){G})?{_WHAT}\b(?:{YEAR_AFTER})?",
        read_part,
    ),
    _rule(
        rf"(?:(?P<year>{FULL_YEAR})|(?P<ref>(?:this|last|next){G}year))['’]s{G}{_ORDINAL}(?:-|{G}){_WHAT}\b",
        read_part,
    ),
    _rule(
        rf"(?:(?P<what>[QH])(?P<n>[1-4])|(?P<n2>[1-4])(?P<what2>[QH]))(?![A-Za-z])(?:'?(?P<short>\d\d)(?!\d)"
        rf"|{YEAR_AFTER}|(?=\b))",
        read_short_part,
        cased=True,
    ),
    _rule(rf"{_ORDINAL}{G}{COUNT}{G}(?P<unit>month|quarter)s{YEAR_AFTER}", read_months_of),
    _rule(rf"(?P<year>{FULL_YEAR})", read_year, exact=False),
    _rule(rf"(?P<year>{FULL_YEAR}){G}(?:fiscal|financial|calendar|business){G}year", read_year),
    _rule(
        r"(?P<year>(?:1[5-9]|2[01])\d\d)[-–/](?P<end>(?:1[5-9]|2[01])\d\d|\d\d)(?![\d-])", read_year_range, exact=False
    ),
    _rule(
        rf"(?:FY(?:{G})?'?|(?:fiscal|financial)(?:{G}year)?{G}|calendar(?:{G}year)?{G})(?P<year>(?:1[5-9]|2[01])\d\d|\d\d)"
        rf"(?![\d%]|[.,]\d)(?:[-–/](?P<end>\d\d(?:\d\d)?)(?!\d))?",
        read_fiscal,
    ),
    _rule(r"['’]?(?P<decade>(?:1[5-9]|20)\d0|[2-9]0)['’]?s\b", read_decade),
    _rule(rf"mid(?:-|{G})(?P<year>{FULL_YEAR})(?P<ref>(?!))?", read_mid_year),
    _rule(rf"middle{YEAR_AFTER}|mid(?:-|{G})(?P<this>year)\b", read_middle),
    _rule(rf"(?P<season>{either(SEASONS)}){YEAR_AFTER}", read_season),
    _rule(
        rf"(?P<season>{either(SEASONS)})\b(?!{G}(?:in|of|from|to|by)\b)(?P<year>(?!))?(?P<ref>(?!))?",
        read_season,
        exact=False,
    ),
    _rule(rf"(?:{_SHIFT}{G})?{WEEKDAY}\b{PART_OF_DAY}", read_weekday),
    _rule(rf"{_SHIFT}{G}{_MONTH_CASED}(?![a-z])", read_shifted_month),
    _rule(rf"{_SHIFT}{G}(?P<season>{either(SEASONS)})\b", read_shifted_season),
    _rule(
        rf"(?:this{G}(?=past))?{_SHIFT}{G}(?P<kind>{KIND})(?P<unit>week(?:end)?|month|quarter|half|year|decade)\b(?!-)",
        read_shifted,
    ),
    _rule(
        rf"(?:day{G}before{G}yesterday|today|tonight|yesterday|tomorrow)\b{PART_OF_DAY}"
        rf"|this{G}(?:morning|afternoon|evening)\b|last{G}night\b",
        read_named_day,
    ),
    _rule(rf"{COUNT}{G}{UNIT}{G}(?P<ago>ago|earlier|before|later|after)\b", read_ago),
    _rule(rf"{_SHIFT}{G}{COUNT}(?:-|{G})(?:(?:fiscal|full|calendar|trading){G})?{UNIT}\b", read_stretch),
    _rule(rf"(?P<how>within|over)(?:{G}the)?{G}{COUNT}{G}{UNIT}\b(?:['’]?{G}time\b)?", read_ahead),
    _rule(rf"{COUNT}(?:-|{G}){UNIT}\b(?!(?:-|{G})olds?\b)", read_length),
    _rule(rf"year\b(?=['’]s{G}end)|year(?:-|{G})end\b", read_of_year),
)


def read_point(text: str, start: int) -> Point | None:
    """Return the longest point of time that starts at an offset, None if there is none."""
    best: Point | None = None
    for rule in RULES:
        found = rule.pattern.match(text, start)
        if found and (best is None or found.end() > best.end):
            node = rule.build(found)
            best = Point(found.end(), node, _duration(found, node), rule.exact) if node else best
    return best


def _duration(found: re.Match[str], node: Node) -> str | None:
    if isinstance(node, Stretch):
        return duration_of(node.number, node.unit)
    if not isinstance(node, Unplaced) or found.re.groupindex.keys() & {"ago", "shift"}:
        return None
    return duration_of(count_of(found), found["unit"].lower())
