"""Read points of time: dates, months, quarters, years, weekdays, last week, two years ago."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.numbers import GAP as G
from kg.extract.timenodes import (
    Decade,
    InMonth,
    InYear,
    MidYear,
    Node,
    Offset,
    OnDay,
    Part,
    Season,
    Weekday,
    YearRef,
)
from kg.extract.timespans import Between, Stretch, Unplaced
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
    WEEKDAYS,
    YEAR_AFTER,
    count_of,
    duration_of,
    month_number,
    year_ref,
)
from kg.extract.units import either

CENTURY = 100
PIVOT = 50  # two-digit years below are of this century
_STRETCHING = frozenset(("last", "past", "next"))
_THE = re.compile(rf"\bthe{G}\Z", re.IGNORECASE)
_HALF_NAMES = {"Q": 3, "H": 6, "quarter": 3, "half": 6}


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


def _on_day(found: re.Match[str]) -> Node:
    year, month = year_ref(found), month_number(found["month"])
    first = OnDay(month, int(found["day"]), year)
    return Between(first, OnDay(month, int(found["day2"]), year)) if found["day2"] else first


def _iso(found: re.Match[str]) -> Node:
    return OnDay(int(found["month"]), int(found["day"]), YearRef(int(found["year"])))


def _month(found: re.Match[str]) -> Node:
    return InMonth(month_number(found["month"]), year_ref(found))


def _month_quarter(found: re.Match[str]) -> Node:
    return Part(max(1, month_number(found["month"]) - 2), 3, year_ref(found))


def _part(found: re.Match[str]) -> Node | None:
    """Read a numbered quarter or half; there is no third half."""
    length = _HALF_NAMES[found["what"] if len(found["what"]) > 1 else found["what"].upper()]
    last = 12 // length
    word = found["n"].lower()
    number = last if word in LAST else ORDINALS.get(word) or int(word)
    return Part(1 + (number - 1) * length, length, year_ref(found)) if number <= last else None


def _short_part(found: re.Match[str]) -> Node | None:
    length = _HALF_NAMES[(found["what"] or found["what2"]).upper()]
    number = int(found["n"] or found["n2"])
    digits = found["year"] or found["short"]
    year = YearRef(_century(int(digits))) if digits else year_ref(found)
    return Part(1 + (number - 1) * length, length, year) if number * length <= 12 else None


def _century(number: int) -> int:
    if number >= CENTURY:
        return number
    return 2000 + number if number < PIVOT else 1900 + number


def _months_of(found: re.Match[str]) -> Node | None:
    """Read the first nine months of 2005."""
    length = count_of(found) * (3 if found["unit"].lower() == "quarter" else 1)
    if length > 12:
        return None
    return Part(1 if found["n"].lower() in ORDINALS else 13 - length, length, year_ref(found))


def _year(found: re.Match[str]) -> Node:
    return InYear(YearRef(int(found["year"])))


def _fiscal(found: re.Match[str]) -> Node | None:
    first = _century(int(found["year"]))
    return _years(first, found["end"]) if found["end"] else InYear(YearRef(first))


def _year_range(found: re.Match[str]) -> Node | None:
    return _years(int(found["year"]), found["end"])


def _years(first: int, end: str) -> Node | None:
    last = int(end) if len(end) > 2 else first - first % CENTURY + int(end)
    return Between(InYear(YearRef(first)), InYear(YearRef(last))) if first < last else None


def _decade(found: re.Match[str]) -> Node:
    return Decade(_century(int(found["decade"])))


def _mid_year(found: re.Match[str]) -> Node:
    return MidYear(year_ref(found) or YearRef(offset=0))


def _season(found: re.Match[str]) -> Node:
    return Season(SEASONS[found["season"].lower()], year_ref(found))


def _weekday(found: re.Match[str]) -> Node:
    shift = found["shift"]
    return Weekday(WEEKDAYS[found["weekday"].lower()], SHIFTS[shift.lower()] if shift else None)


def _shifted_month(found: re.Match[str]) -> Node:
    return InMonth(month_number(found["month"]), shift=SHIFTS[found["shift"].lower()])


def _shifted_season(found: re.Match[str]) -> Node:
    return Season(SEASONS[found["season"].lower()], YearRef(offset=SHIFTS[found["shift"].lower()]))


def _shifted(found: re.Match[str]) -> Node:
    """Read last week; but "the last year" and "the past month" are stretches up to now."""
    unit, shift = found["unit"].lower(), found["shift"].lower()
    the = _THE.search(found.string, max(0, found.start() - 6), found.start())
    if the and shift in _STRETCHING and unit in ("week", "month", "year", "decade") and not found["kind"]:
        return Stretch(1, unit, SHIFTS[shift])
    return Offset(unit, SHIFTS[shift])


def _named_day(found: re.Match[str]) -> Node:
    word = re.sub(G, " ", found[0].lower())
    if "before yesterday" in word:
        return Offset("day", -2)
    if word.startswith(("yesterday", "last night")):
        return Offset("day", -1)
    return Offset("day", 1 if word.startswith("tomorrow") else 0)


def _ago(found: re.Match[str]) -> Node:
    number, unit = count_of(found), found["unit"].lower()
    if found["ago"].lower() != "ago" and (unit, number) != ("year", 1):
        return Unplaced()  # "two months before" counts from another event
    grain, factor = {"decade": ("year", 10), "quarter": ("quarter", 1)}.get(unit, (unit, 1))
    return Offset(grain, -number * factor)


def _stretch(found: re.Match[str]) -> Node:
    return Stretch(count_of(found), found["unit"].lower(), SHIFTS[found["shift"].lower()])


def _ahead(found: re.Match[str]) -> Node:
    return Stretch(count_of(found), found["unit"].lower(), 1 if found["how"].lower() == "within" else 0)


def _length(found: re.Match[str]) -> Node:
    del found
    return Unplaced()


def _of_year(found: re.Match[str]) -> Node:
    del found
    return InYear(YearRef(offset=0, running=True))


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
    _rule(rf"(?P<year>{FULL_YEAR.split('(?!')[0]})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", _iso),
    _rule(rf"{_WEEKDAY_BEFORE}{DAY}{DAY2}{G}(?:of{G})?{_MONTH_CASED}(?![a-z])(?:{YEAR_AFTER})?", _on_day),
    _rule(rf"{_WEEKDAY_BEFORE}{_MONTH_CASED}{G}(?:the{G})?{DAY}{_NOT_DATE}{DAY2}(?:{YEAR_AFTER})?", _on_day),
    _rule(rf"{_MONTH_CASED}(?![a-z]){YEAR_AFTER}", _month),
    _rule(rf"{_MONTH_CASED}(?![a-z])(?P<year>(?!))?(?P<ref>(?!))?", _month, exact=False),
    _rule(rf"{_MONTH_CASED}{G}quarter\b(?:{YEAR_AFTER})?", _month_quarter),
    _rule(
        rf"{_ORDINAL}(?:-|{G})(?:(?:fiscal|calendar|financial|business){G})?{_WHAT}\b(?:{YEAR_AFTER})?",
        _part,
    ),
    _rule(
        rf"(?:(?P<what>[QH])(?P<n>[1-4])|(?P<n2>[1-4])(?P<what2>[QH]))(?![A-Za-z])(?:'?(?P<short>\d\d)(?!\d)"
        rf"|{YEAR_AFTER}|(?=\b))",
        _short_part,
        cased=True,
    ),
    _rule(rf"{_ORDINAL}{G}{COUNT}{G}(?P<unit>month|quarter)s{YEAR_AFTER}", _months_of),
    _rule(rf"(?P<year>{FULL_YEAR})", _year, exact=False),
    _rule(rf"(?P<year>{FULL_YEAR}){G}(?:fiscal|financial|calendar|business){G}year", _year),
    _rule(r"(?P<year>(?:1[5-9]|2[01])\d\d)[-–/](?P<end>(?:1[5-9]|2[01])\d\d|\d\d)(?![\d-])", _year_range, exact=False),
    _rule(
        rf"(?:FY(?:{G})?'?|(?:fiscal|financial)(?:{G}year)?{G}|calendar(?:{G}year)?{G})(?P<year>(?:1[5-9]|2[01])\d\d|\d\d)"
        rf"(?![\d%]|[.,]\d)(?:[-–/](?P<end>\d\d(?:\d\d)?)(?!\d))?",
        _fiscal,
    ),
    _rule(r"['’]?(?P<decade>(?:1[5-9]|20)\d0|[2-9]0)['’]?s\b", _decade),
    _rule(rf"mid(?:-|{G})(?P<year>{FULL_YEAR})(?P<ref>(?!))?", _mid_year),
    _rule(rf"middle{G}{YEAR_AFTER}|mid(?:-|{G})(?P<this>year)\b", lambda found: _middle(found)),
    _rule(rf"(?P<season>{either(SEASONS)}){YEAR_AFTER}", _season),
    _rule(rf"(?:{_SHIFT}{G})?{WEEKDAY}\b{PART_OF_DAY}", _weekday),
    _rule(rf"{_SHIFT}{G}{_MONTH_CASED}(?![a-z])", _shifted_month),
    _rule(rf"{_SHIFT}{G}(?P<season>{either(SEASONS)})\b", _shifted_season),
    _rule(
        rf"(?:this{G}(?=past))?{_SHIFT}{G}(?P<kind>{KIND})(?P<unit>week(?:end)?|month|quarter|half|year|decade)\b(?!-)",
        _shifted,
    ),
    _rule(
        rf"(?:day{G}before{G}yesterday|today|tonight|yesterday|tomorrow)\b{PART_OF_DAY}"
        rf"|this{G}(?:morning|afternoon|evening)\b|last{G}night\b",
        _named_day,
    ),
    _rule(rf"{COUNT}{G}{UNIT}{G}(?P<ago>ago|earlier|before|later|after)\b", _ago),
    _rule(rf"{_SHIFT}{G}{COUNT}(?:-|{G})(?:(?:fiscal|full|calendar|trading){G})?{UNIT}\b", _stretch),
    _rule(rf"(?P<how>within|over)(?:{G}the)?{G}{COUNT}{G}{UNIT}\b(?:['’]?{G}time\b)?", _ahead),
    _rule(rf"{COUNT}(?:-|{G}){UNIT}\b(?!(?:-|{G})olds?\b)", _length),
    _rule(rf"year\b(?=['’]s{G}end)|year(?:-|{G})end\b", _of_year),
)


def _middle(found: re.Match[str]) -> Node:
    return MidYear(YearRef(offset=0)) if found["this"] else MidYear(year_ref(found) or YearRef(offset=0))


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
    if not isinstance(node, Unplaced) or found.re.groupindex.get("ago"):
        return None
    return duration_of(count_of(found), found["unit"].lower())
