"""Read whole expressions of time: points, what stands around them (end of, since, year ended), and intervals of two."""

from __future__ import annotations

import re

from kg.extract.numbers import GAP as G
from kg.extract.timenodes import InMonth, InYear, Offset, OnDay, Part, YearRef
from kg.extract.timepoints import Point, read_point
from kg.extract.timespans import Between, Ending, Now, Since, Until
from kg.extract.timewords import (
    BEFORE_NUMBER,
    BEFORE_TIME,
    COUNT,
    COUNTS,
    LAST,
    MONTHS,
    NAMES_TOO,
    OPENERS,
    ORDINALS,
    SEASONS,
    SHIFTS,
    WEEKDAYS,
    count_of,
)
from kg.extract.units import either, load_units, singular

REACH = 24  # characters before an expression that tell a year from a number, May from "may"
_SURE_YEARS = range(1900, 2100)

STARTERS = frozenset((*MONTHS, *WEEKDAYS, *SEASONS, *ORDINALS, *LAST, *SHIFTS, *COUNTS, *OPENERS))
_EDGE = re.compile(
    rf"(?:(?:very{G})?(?:end|beginning|start|close|rest|remainder|turn|(?:early|latter|late|first){G}part|course)(?:{G}of{G}|-)"
    rf"|(?:earlier|later|early|late|mid|end)(?:-|{G})(?:in{G}|on{G})?|so{G}far{G})(?=\S)",
    re.IGNORECASE,
)
_THE_YEAR = re.compile(rf"the{G}(?P<unit>year|month|week)\b(?!{G}(?:end|to)|-)", re.IGNORECASE)
_RUN = re.compile(
    rf"(?:(?:{either(ORDINALS)}|full|fiscal|financial|business)(?:-|{G}))*"
    rf"(?:(?P<unit>year|quarter|half)(?:-year)?|{COUNT}(?:-|{G})(?:(?:trading|calendar){G})?(?P<units>week|month)s?)"
    rf"{G}(?:that{G})?(?P<verb>ended|ending|ends|to|through)(?:{G}(?:in|on))?{G}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"(?P<word>between|from){G}", re.IGNORECASE)
_AND = re.compile(rf",?{G}(?:and|to|until|till|through){G}", re.IGNORECASE)
_TO = re.compile(rf"(?:{G}(?:to|through|until|till){G}|(?:{G})?[-–—](?:{G})?)", re.IGNORECASE)
_SINCE = re.compile(
    rf"(?P<word>since|until|till|through|up{G}to)"
    rf"(?:{G}(?P<what>(?:[a-z'’-]+{G}){{1,4}})in)?{G}",
    re.IGNORECASE,
)
_NOW = re.compile(r"now\b", re.IGNORECASE)
_TIMELY = re.compile(rf"\b(?:{either(BEFORE_TIME)}){G}\(?\Z|[–—-]\Z", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:[$€£¥]|\b(?:{either(BEFORE_NUMBER)}))(?:{G})?\Z", re.IGNORECASE)
_NAME = re.compile(rf"(?P<word>[A-Z][\w'’&-]*)(?:{G})\Z")
_NEXT = re.compile(rf"{G}(?P<word>[A-Za-z]+)")
_SENTENCE_OPENERS = frozenset(
    ("in", "by", "since", "from", "until", "during", "for", "of", "the", "and", "its", "early", "late", "mid", "fiscal")
)


def read_time(text: str, start: int) -> Point | None:
    """Return the expression of time that starts at an offset, None if there is none."""
    found = _interval(text, start) or _open(text, start)
    if found:
        return found
    point = _modified(text, start)
    if not point:
        return None
    joined = _joined(text, point)
    if joined:
        return joined
    return point if point.exact or _is_time(text, start, point) else None


def _modified(text: str, start: int) -> Point | None:
    """Read a point, with "the end of" and the like before it: the whole period is meant."""
    run = _run(text, start)
    if run:
        return run
    edge = _EDGE.match(text, start)
    if not edge:
        return read_point(text, start)
    the = _THE_YEAR.match(text, edge.end())
    if the:
        return _the_unit(the)
    inner = read_point(text, edge.end())
    longer = read_point(text, start)
    if inner and (not longer or inner.end >= longer.end):
        return longer if longer and inner.end == longer.end else Point(inner.end, inner.node, inner.duration)
    return longer


def _the_unit(found: re.Match[str]) -> Point:
    unit = found["unit"].lower()
    return Point(found.end(), InYear(YearRef(offset=0, running=True)) if unit == "year" else Offset(unit, 0))


def _run(text: str, start: int) -> Point | None:
    """Read the year ended March 31, the three months to 30 June."""
    found = _RUN.match(text, start)
    if not found:
        return None
    end = read_point(text, found.end())
    if not end or not isinstance(end.node, OnDay | InMonth):
        return None
    unit = (found["unit"] or found["units"]).lower()
    return Point(end.end, Ending(count_of(found) if found["count"] else 1, unit, end.node))


def _interval(text: str, start: int) -> Point | None:
    """Read "between A and B" and "from A to B"."""
    opening = _BETWEEN.match(text, start)
    if not opening:
        return None
    first = _modified(text, opening.end()) or _now(text, opening.end())
    joiner = first and _AND.match(text, first.end)
    last = joiner and (_modified(text, joiner.end()) or _now(text, joiner.end()))
    return Point(last.end, Between(first.node, last.node)) if first and last else None


def _now(text: str, start: int) -> Point | None:
    found = _NOW.match(text, start)
    return Point(found.end(), Now()) if found else None


def _open(text: str, start: int) -> Point | None:
    """Read "since 1999", "until October 13", "since its launch in 2003"."""
    found = _SINCE.match(text, start)
    if not found:
        return None
    point = _modified(text, found.end())
    if not point or point.duration or (found["what"] and not isinstance(point.node, InYear | InMonth | OnDay)):
        return None
    return Point(point.end, Since(point.node) if found["word"].lower() == "since" else Until(point.node))


def _joined(text: str, first: Point) -> Point | None:
    """Read "January to March 2007", "August-April": two points of one kind."""
    joiner = _TO.match(text, first.end)
    last = read_point(text, joiner.end()) if joiner else None
    kinds = (OnDay, InMonth, InYear, Part)
    if not last or type(last.node) is not type(first.node) or not isinstance(first.node, kinds):
        return None
    return Point(last.end, Between(first.node, last.node))


def _is_time(text: str, start: int, point: Point) -> bool:
    """Say whether a bare month or year is one: not "May" the name, nor 2000 jobs, nor Windows 2000."""
    before = text[max(0, start - REACH) : start]
    if _TIMELY.search(before):
        return True
    if isinstance(point.node, InMonth):
        return _is_month(text, start, point, before)
    if _COUNTED.search(before) or _follows_name(before):
        return False
    if isinstance(point.node, InYear) and point.node.year.number not in _SURE_YEARS:
        return False
    following = _NEXT.match(text, point.end)
    units = load_units()
    return not following or singular(following["word"].lower(), units) not in units.counts


def _is_month(text: str, start: int, point: Point, before: str) -> bool:
    word = text[start : point.end].lower().rstrip(".")
    if word in NAMES_TOO or _NAME.search(before):
        return False
    following = _NEXT.match(text, point.end)
    return not following or not following["word"][0].isupper()


def _follows_name(before: str) -> bool:
    found = _NAME.search(before)
    return found is not None and found["word"].lower() not in (*_SENTENCE_OPENERS, *MONTHS)
