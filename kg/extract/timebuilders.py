"""Say what the match of a pattern for a point of time means. One function a rule of `timepoints`."""

from __future__ import annotations

import re

from kg.extract.numbers import GAP as G
from kg.extract.timenodes import Decade, InMonth, InYear, MidYear, Node, Offset, OnDay, Part, Season, Weekday, YearRef
from kg.extract.timespans import Between, Stretch, Unplaced
from kg.extract.timewords import LAST, ORDINALS, SEASONS, SHIFTS, WEEKDAYS, count_of, month_number, year_ref

CENTURY = 100
PIVOT = 50  # two-digit years below are of this century
_STRETCHING = frozenset(("last", "past", "next"))
_THE = re.compile(rf"\bthe{G}\Z", re.IGNORECASE)
_HALF_NAMES = {"Q": 3, "H": 6, "quarter": 3, "half": 6}


def read_on_day(found: re.Match[str]) -> Node:
    """Read 3 March 2008, or 3-5 March."""
    year, month = year_ref(found), month_number(found["month"])
    first = OnDay(month, int(found["day"]), year)
    return Between(first, OnDay(month, int(found["day2"]), year)) if found["day2"] else first


def read_iso(found: re.Match[str]) -> Node:
    """Read 2008-03-03."""
    return OnDay(int(found["month"]), int(found["day"]), YearRef(int(found["year"])))


def read_month(found: re.Match[str]) -> Node:
    """Read March 2005, or March."""
    return InMonth(month_number(found["month"]), year_ref(found))


def read_month_quarter(found: re.Match[str]) -> Node:
    """Read the September quarter: the one that ends with that month."""
    return Part(max(1, month_number(found["month"]) - 2), 3, year_ref(found))


def read_part(found: re.Match[str]) -> Node | None:
    """Read a numbered quarter or half; there is no third half, and "last quarter" alone is the one before this."""
    length = _HALF_NAMES[found["what"].lower()]
    last = 12 // length
    word, year = found["n"].lower(), year_ref(found)
    number = last if word in LAST else ORDINALS[word]
    if number > last or (word == "last" and year is None):
        return None
    return Part(1 + (number - 1) * length, length, year)


def read_short_part(found: re.Match[str]) -> Node | None:
    """Read Q3 2008, H1, 2Q08."""
    length = _HALF_NAMES[(found["what"] or found["what2"]).upper()]
    number = int(found["n"] or found["n2"])
    digits = found["year"] or found["short"]
    year = YearRef(_century(int(digits))) if digits else year_ref(found)
    return Part(1 + (number - 1) * length, length, year) if number * length <= 12 else None


def _century(number: int) -> int:
    if number >= CENTURY:
        return number
    return 2000 + number if number < PIVOT else 1900 + number


def read_months_of(found: re.Match[str]) -> Node | None:
    """Read the first nine months of 2005."""
    length = count_of(found) * (3 if found["unit"].lower() == "quarter" else 1)
    if length > 12:
        return None
    return Part(1 if found["n"].lower() in ORDINALS else 13 - length, length, year_ref(found))


def read_year(found: re.Match[str]) -> Node:
    """Read 2009."""
    return InYear(YearRef(int(found["year"])))


def read_fiscal(found: re.Match[str]) -> Node | None:
    """Read FY2008, fiscal 2009, financial year 2007/08."""
    first = _century(int(found["year"]))
    return _years(first, found["end"]) if found["end"] else InYear(YearRef(first))


def read_year_range(found: re.Match[str]) -> Node | None:
    """Read 2005-2007, 2007/08; years must rise."""
    return _years(int(found["year"]), found["end"])


def _years(first: int, end: str) -> Node | None:
    last = int(end) if len(end) > 2 else first - first % CENTURY + int(end)
    return Between(InYear(YearRef(first)), InYear(YearRef(last))) if first < last else None


def read_decade(found: re.Match[str]) -> Node:
    """Read the 1990s."""
    return Decade(_century(int(found["decade"])))


def read_mid_year(found: re.Match[str]) -> Node:
    """Read mid-2006."""
    return MidYear(year_ref(found) or YearRef(offset=0))


def read_season(found: re.Match[str]) -> Node:
    """Read the summer of 2009."""
    return Season(SEASONS[found["season"].lower()], year_ref(found))


def read_weekday(found: re.Match[str]) -> Node:
    """Read Monday, last Monday."""
    shift = found["shift"]
    return Weekday(WEEKDAYS[found["weekday"].lower()], SHIFTS[shift.lower()] if shift else None)


def read_shifted_month(found: re.Match[str]) -> Node:
    """Read next March."""
    return InMonth(month_number(found["month"]), shift=SHIFTS[found["shift"].lower()])


def read_shifted_season(found: re.Match[str]) -> Node:
    """Read this spring."""
    return Season(SEASONS[found["season"].lower()], YearRef(offset=SHIFTS[found["shift"].lower()]))


def read_shifted(found: re.Match[str]) -> Node:
    """Read last week; but "the last year" and "the past month" are stretches up to now."""
    unit, shift = found["unit"].lower(), found["shift"].lower()
    if shift == "following":
        return Unplaced()  # it follows another time of the text
    the = _THE.search(found.string, max(0, found.start() - 6), found.start())
    if the and shift in _STRETCHING and unit in ("week", "month", "year", "decade") and not found["kind"]:
        return Stretch(1, unit, SHIFTS[shift])
    if found["kind"] and unit == "year" and not found["kind"].lower().startswith("calendar"):
        return InYear(YearRef(offset=SHIFTS[shift], fiscal=True))
    return Offset(unit, SHIFTS[shift])


def read_named_day(found: re.Match[str]) -> Node:
    """Read today, yesterday, this morning, last night."""
    word = re.sub(G, " ", found[0].lower())
    if "before yesterday" in word:
        return Offset("day", -2)
    if word.startswith(("yesterday", "last night")):
        return Offset("day", -1)
    return Offset("day", 1 if word.startswith("tomorrow") else 0)


def read_ago(found: re.Match[str]) -> Node:
    """Read two years ago; "a year earlier" counts from the article, other times before and after do not."""
    number, unit = count_of(found), found["unit"].lower()
    ago = found["ago"].lower()
    if ago != "ago" and (ago, unit, number) != ("earlier", "year", 1):
        return Unplaced()  # "two months before" counts from another event
    grain, factor = {"decade": ("year", 10), "quarter": ("quarter", 1)}.get(unit, (unit, 1))
    return Offset(grain, -number * factor)


def read_stretch(found: re.Match[str]) -> Node:
    """Read the next ten years."""
    if found["shift"].lower() == "following":
        return Unplaced()
    return Stretch(count_of(found), found["unit"].lower(), SHIFTS[found["shift"].lower()])


def read_ahead(found: re.Match[str]) -> Node:
    """Read within two years, over three years."""
    return Stretch(count_of(found), found["unit"].lower(), 1 if found["how"].lower() == "within" else 0)


def read_length(found: re.Match[str]) -> Node:
    """Read ten years: a length, at no known time."""
    del found
    return Unplaced()


def read_of_year(found: re.Match[str]) -> Node:
    """Read year-end, the year's end."""
    del found
    return InYear(YearRef(offset=0, running=True))


def read_middle(found: re.Match[str]) -> Node:
    """Read the middle of next year."""
    return MidYear(YearRef(offset=0)) if found["this"] else MidYear(year_ref(found) or YearRef(offset=0))
