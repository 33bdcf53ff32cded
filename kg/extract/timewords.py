"""The words of time in English, and the pieces of pattern that the grammar of dates is made of."""

from __future__ import annotations

import re

from kg.extract.numbers import GAP as G
from kg.extract.timenodes import YearRef
from kg.extract.units import either

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)} | {name[:3]: i for i, name in enumerate(_MONTH_NAMES, 1)}
MONTHS["sept"] = 9
WEEKDAYS = {
    name: i for i, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "opening": 1}
LAST = frozenset(("last", "final", "closing", "latter"))
SHIFTS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "present": 0,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50,
}  # fmt: skip
DURATIONS = {"day": "P{}D", "week": "P{}W", "month": "P{}M", "quarter": "P{}M", "year": "P{}Y", "decade": "P{}Y"}
FACTORS = {"quarter": 3, "decade": 10}
OPENERS = (
    "q", "h", "fy", "fiscal", "financial", "calendar", "business", "full", "today", "tonight", "yesterday", "tomorrow",
    "day", "mid", "middle", "early", "earlier", "late", "later", "end", "beginning", "start", "close", "rest",
    "remainder", "turn", "very", "course", "year", "half", "quarter", "between", "from", "since", "until", "till",
    "through", "up", "within", "over", "so",
)  # fmt: skip
BEFORE_TIME = (
    "in", "since", "until", "till", "by", "last", "next", "this", "late", "early", "mid", "of", "from", "to", "between",
    "and", "or", "through", "during", "before", "after", "for", "around", "circa", "on", "ended", "ending", "starting",
    "beginning", "dated",
)  # fmt: skip
BEFORE_NUMBER = (
    "than", "some", "nearly", "almost", "over", "least", "only", "all", "no", "number", "up to", "another", "about",
    "approximately", "roughly",
)  # fmt: skip
NAMES_TOO = frozenset(("may", "march", *(name[:3] for name in _MONTH_NAMES if len(name) > len("may")), "sept"))


_ABBREVIATED = "|".join((*(name[:3].title() for name in _MONTH_NAMES), "Sept"))
MONTH = rf"(?P<month>{'|'.join(name.title() for name in _MONTH_NAMES)}|(?:{_ABBREVIATED})\b\.?)"
WEEKDAY = rf"(?P<weekday>{either(WEEKDAYS)})"
PART_OF_DAY = rf"(?:{G}(?:morning|afternoon|evening|night|noon|lunchtime))?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"
DAY2 = rf"(?:(?:[-–]|{G}(?:and|to|through){G})(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?"
FULL_YEAR = r"(?:1[5-9]|2[01])\d\d(?![\d%]|[.,]\d|[-–][a-z])"
KIND = rf"(?:(?:fiscal|financial|business|calendar|full|trading){G})?"
YEAR_REF = (
    rf"(?P<ref>(?:this|last|next|that|the{G}(?:same|previous|preceding|following|current|coming|past)){G}{KIND}year"
    rf"|the{G}year(?!{G}(?:end|to)|-)|(?:its|the|their){G}(?:fiscal|financial|business){G}year(?!{G}end))\b"
)
YEAR_AFTER = rf"(?:,?{G}(?:of{G}|in{G})?(?:(?:fiscal|FY){G})?(?:(?P<year>{FULL_YEAR})|{YEAR_REF}))"
COUNT = rf"(?P<count>\d{{1,3}}|{either(COUNTS)})"
UNIT = rf"(?P<unit>{either(DURATIONS)})s?"


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def year_ref(found: re.Match[str]) -> YearRef | None:
    """Return the year that a match of YEAR_AFTER names, None if it names none; "its fiscal year" could be any."""
    if found["year"]:
        return YearRef(number=int(found["year"]))
    if not found["ref"]:
        return None
    words = re.sub(G, " ", found["ref"].lower()).removeprefix("the ").split()
    if words[0] in ("that", "same", "following"):
        return YearRef()
    if words[0] in SHIFTS:
        return YearRef(offset=SHIFTS[words[0]], fiscal=len(words) > 2)
    return YearRef(offset=0, running=True) if words == ["year"] else YearRef()


def count_of(found: re.Match[str]) -> int:
    """Return the number that a match of COUNT writes."""
    word = found["count"].lower()
    return COUNTS[word] if word in COUNTS else int(word)


def duration_of(number: int, unit: str) -> str:
    """Return an ISO 8601 duration.

    >>> duration_of(10, "year"), duration_of(2, "quarter")
    ('P10Y', 'P6M')
    """
    return DURATIONS[unit].format(number * FACTORS.get(unit, 1))
