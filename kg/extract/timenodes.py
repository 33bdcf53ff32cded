"""What points of time mean: values that know how to place themselves, given an article's date and a tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from kg.extract.calendar import (
    GRACE,
    MONTHS,
    Anchor,
    Period,
    Tense,
    choose,
    day_of,
    day_period,
    days_between,
    join,
    month_of,
    months_from,
    season_of,
    shift_month,
    week_of,
    year_of,
)

LAST_MONTH_LEAST = 3  # "last January" is at least so many months back; the nearer one is just "January"
WEEK = 7
DECADE = 10
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": MONTHS}


class Node(Protocol):
    """An expression of time."""

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return where it lies; None if it cannot be placed."""


@dataclass(frozen=True, slots=True)
class YearRef:
    """A year: by number, by offset from the anchor's, or (with neither) one that the text does not tell."""

    number: int | None = None
    offset: int | None = None
    running: bool = False  # "the year": this one, or in the past tense the one that has just ended
    fiscal: bool = False  # "the last business year": nobody says when it began

    def years(self, anchor: Anchor | None) -> tuple[int, ...]:
        """Return the year as one number, or none."""
        if self.number is not None:
            return (self.number,)
        return (anchor.year + self.offset,) if anchor and self.offset is not None else ()


def _candidates(year: YearRef | None, anchor: Anchor | None) -> tuple[int, ...]:
    """Return the years to try: those around the anchor if the text names none."""
    if year is not None:
        around = year.years(anchor)
        return (around[0] - 1, around[0]) if year.running and around else around
    return (anchor.year - 1, anchor.year, anchor.year + 1) if anchor else ()


def _pick(periods: list[Period | None], anchor: Anchor | None, tense: Tense, *, lenient: bool = False) -> Period | None:
    if len(periods) == 1 or not anchor:
        return periods[0] if periods else None
    return choose(periods, anchor, tense, grace=GRACE if lenient else timedelta())


@dataclass(frozen=True, slots=True)
class OnDay:
    """3 March 2008, March 3."""

    month: int
    day: int
    year: YearRef | None = None

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the day, in the named year or the one that fits the tense."""
        days = [day_of(year, self.month, self.day) for year in _candidates(self.year, anchor)]
        return _pick(days, anchor, tense)


@dataclass(frozen=True, slots=True)
class InMonth:
    """March 2005, in May, last March. `shift` is -1 for last, 1 for next, 0 for this."""

    month: int
    year: YearRef | None = None
    shift: int | None = None

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the month, in the named year or the one that fits shift and tense."""
        if self.shift is not None:
            return self._shifted(anchor)
        return _pick([month_of(year, self.month) for year in _candidates(self.year, anchor)], anchor, tense)

    def _shifted(self, anchor: Anchor | None) -> Period | None:
        if not anchor:
            return None
        if not anchor.month or self.shift == 0:
            return month_of(anchor.year + (self.shift or 0), self.month)
        if self.shift == -1:
            back = (anchor.month - self.month) % MONTHS
            back += 0 if back >= LAST_MONTH_LEAST else MONTHS
            return month_of(*shift_month(anchor.year, anchor.month, -back))
        return month_of(*shift_month(anchor.year, anchor.month, (self.month - anchor.month) % MONTHS or MONTHS))


@dataclass(frozen=True, slots=True)
class InYear:
    """2009, last year, fiscal 2009."""

    year: YearRef

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the year, as approximate if it is a fiscal one told by its place only."""
        del tense
        years = self.year.years(anchor)
        year = year_of(years[0]) if years else None
        return Period(f"{year.edtf}~", year.first, year.last) if year and self.year.fiscal else year


@dataclass(frozen=True, slots=True)
class MidYear:
    """Mid-2006: about June; its bounds are May to August."""

    year: YearRef

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the middle of the year, marked as approximate."""
        del tense
        years = self.year.years(anchor)
        around = months_from(years[0], 5, 4) if years else None
        return around and Period(f"{years[0]:04}-06~", around.first, around.last)


@dataclass(frozen=True, slots=True)
class Part:
    """Some months of a year, counted from its start: a quarter, a half, the first nine months."""

    month: int
    length: int
    year: YearRef | None = None

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the months; without a year, those that fit the tense, or have just ended."""
        parts = [months_from(year, self.month, self.length) for year in _candidates(self.year, anchor)]
        return _pick(parts, anchor, tense, lenient=True)


@dataclass(frozen=True, slots=True)
class Season:
    """The summer of 2009, this spring. `code` is EDTF's: 21 spring to 24 winter."""

    code: int
    year: YearRef | None = None

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the season of the northern hemisphere."""
        return _pick([season_of(year, self.code) for year in _candidates(self.year, anchor)], anchor, tense)


@dataclass(frozen=True, slots=True)
class Decade:
    """The 1990s."""

    year: int

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the ten years."""
        del anchor, tense
        first, last = year_of(self.year), year_of(self.year + DECADE - 1)
        return join(first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday (0) to Sunday (6). `shift` counts weeks from the anchor's: last -1, this 0, next 1."""

    number: int
    shift: int | None = None

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the day: at or before the anchor, or after it in the future tense."""
        today = anchor and anchor.date
        if not today:
            return None
        if self.shift is not None:
            return day_period(today + timedelta(days=self.number - today.weekday() + WEEK * self.shift))
        ahead = (self.number - today.weekday()) % WEEK
        back = -((today.weekday() - self.number) % WEEK)
        return day_period(today + timedelta(days=ahead if tense == "future" else back))


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units from the anchor: yesterday, last week, next quarter, two years ago."""

    unit: str
    number: int

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the day, week, month, quarter, half, year or decade."""
        del tense
        if not anchor:
            return None
        if self.unit in ("day", "week", "weekend"):
            return self._days(anchor)
        if self.unit == "decade":
            start = anchor.year - anchor.year % DECADE + DECADE * self.number
            return Decade(start).place(anchor, "past")
        return self._months(anchor)

    def _days(self, anchor: Anchor) -> Period | None:
        if not anchor.date:
            return None
        if self.unit == "day":
            return day_period(anchor.date + timedelta(days=self.number))
        week = week_of(anchor.date + timedelta(days=WEEK * self.number))
        return days_between(week.last - timedelta(days=1), week.last) if week and self.unit == "weekend" else week

    def _months(self, anchor: Anchor) -> Period | None:
        if self.unit == "year":
            return year_of(anchor.year + self.number)
        if not anchor.month:
            return None
        size = MONTHS_OF[self.unit]
        start = anchor.month - (anchor.month - 1) % size
        return months_from(*shift_month(anchor.year, start, size * self.number), size)
