"""Read whole expressions of time: points, what stands around them (end of, since, year ended), and intervals of two."""

from __future__ import annotations

import re

from kg.extract.numbers import GAP as G
from kg.extract.timenodes import InMonth, InYear, Node, Offset, OnDay, Part, Season, YearRef
from kg.extract.timepoints import Point, read_point
from kg.extract.timespans import Between, Ending, Now, Since, Until, YearEnd
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
    rf"(?:(?:very{G})?(?:end|beginning|start|middle|close|rest|remainder|turn|(?:early|latter|late|first){G}part|course)(?:{G}of{G}|-)"
    rf"|(?:earlier|later|early|late|mid|end)(?:-|{G})(?:in{G}|on{G})?|so{G}far{G})(?=\S)",
    re.IGNORECASE,
)
_THE_YEAR = re.compile(rf"the{G}(?P<unit>year|month|week)\b(?!{G}(?:end|to)|-)", re.IGNORECASE)
_RUN = re.compile(
    rf"(?:(?:{either(ORDINALS)}|full|fiscal|financial|business)(?:-|{G})){{0,3}}"
    rf"(?:(?P<unit>year|quarter|half)(?:-year)?|{COUNT}(?:-|{G})(?:(?:trading|calendar){G})?(?P<units>week|month)s?)"
    rf"{G}(?:that{G})?(?P<verb>ended|ending|ends|to|through)(?:{G}(?:in|on))?{G}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"(?P<word>between|from){G}", re.IGNORECASE)
_AND = re.compile(rf",?{G}(?:and|to|until|till|through){G}", re.IGNORECASE)
_TO = re.compile(rf"(?:{G}(?:to|through|until|till|(?P<and>and)){G}|(?:{G})?[-–—](?:{G})?)", re.IGNORECASE)
_SINCE = re.compile(rf"(?P<word>since|until|till|through|up{G}to){G}", re.IGNORECASE)
_BY = re.compile(rf"\b(?:by|before|until|till){G}(?:the{G})?(?:very{G})?\Z", re.IGNORECASE)
_SEASONAL = re.compile(rf"\b(?:in|by|until|since|this|last|next){G}(?:the{G})?\Z", re.IGNORECASE)
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
    inner = _the_unit(the) if the else read_point(text, edge.end())
    plain = read_point(text, start)
    if not inner or (plain and plain.end >= inner.end):
        return plain
    at_end = edge[0].lower().startswith(("end", "close", "very end"))
    if at_end and _is_year(inner.node) and not _BY.search(text, max(0, start - REACH), start):
        return Point(inner.end, YearEnd(inner.node))
    return Point(inner.end, inner.node, inner.duration)


def _is_year(node: Node) -> bool:
    return isinstance(node, InYear) or (isinstance(node, Offset) and node.unit == "year")


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
    """Read "since 1999", "until October 13"."""
    found = _SINCE.match(text, start)
    if not found:
        return None
    point = _modified(text, found.end())
    if not point or point.duration:
        return None
    return Point(point.end, Since(point.node) if found["word"].lower() == "since" else Until(point.node))


def _joined(text: str, first: Point) -> Point | None:
    """Read "January to March 2007", "August-April", "2006 and 2007": two points of one kind."""
    joiner = _TO.match(text, first.end)
    last = read_point(text, joiner.end()) if joiner else None
    kinds = (OnDay, InMonth, InYear, Part)
    if not joiner or not last or type(last.node) is not type(first.node) or not isinstance(first.node, kinds):
        return None
    if joiner["and"] and not _follows(first.node, last.node):
        return None
    return Point(last.end, Between(first.node, last.node))


def _follows(first: Node, last: Node) -> bool:
    """Say whether a month or year comes right after another."""
    if isinstance(first, InMonth) and isinstance(last, InMonth):
        return last.month == first.month % 12 + 1
    if isinstance(first, InYear) and isinstance(last, InYear):
        return first.year.number is not None and last.year.number == first.year.number + 1
    return False


def _is_time(text: str, start: int, point: Point) -> bool:
    """Say whether a bare month or year is one: not "May" the name, nor 2000 jobs, nor Windows 2000."""
    before = text[max(0, start - REACH) : start]
    if isinstance(point.node, Season):
        return bool(_SEASONAL.search(before))
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
    if not found or found["word"].endswith(("'s", "’s", "s'", "s’")):
        return False
    return found["word"].lower() not in (*_SENTENCE_OPENERS, *MONTHS)
