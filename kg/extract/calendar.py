"""Calendar arithmetic: periods with their EDTF (ISO 8601-2) form, and the date an article is read from."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "present", "future"]

YEARS = range(1500, 2200)  # what counts as a year in the news
LOPSIDED = 8  # a date on the wrong side of the anchor wins if it is this many times nearer
GRACE = timedelta(days=45)  # a quarter that ended so recently may still be what a forecast speaks of
MONTHS = 12
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # EDTF code -> first month, northern hemisphere


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: its EDTF form and its first and last day."""

    edtf: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date an article was written, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def period(self) -> Period:
        """Return the day, month or year that the anchor names."""
        found = (self.day and self.month and day_of(self.year, self.month, self.day)) or (
            self.month and month_of(self.year, self.month)
        )
        return found or _year(self.year)

    @property
    def date(self) -> date | None:
        """Return the day, or None if only a month or a year is known."""
        return self.period.first if self.day else None


def read_anchor(iso: str | None) -> Anchor | None:
    """Read an ISO date or a prefix of one; None if it is neither.

    >>> read_anchor("2021-11")
    Anchor(year=2021, month=11, day=None)
    """
    found = _ISO.match(iso or "")
    if not found or int(found[1]) not in YEARS:
        return None
    year, month, day = int(found[1]), found[2] and int(found[2]), found[3] and int(found[3])
    if month and not month_of(year, month):
        return Anchor(year)
    if month and day and not day_of(year, month, day):
        return Anchor(year, month)
    return Anchor(year, month or None, day or None)


def _year(year: int) -> Period:
    return Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def year_of(year: int) -> Period | None:
    """Return a calendar year; None if it is out of range."""
    return _year(year) if year in YEARS else None


def month_of(year: int, month: int) -> Period | None:
    """Return a month; None if there is no such month."""
    if year not in YEARS or not 1 <= month <= MONTHS:
        return None
    return Period(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return a day; None if there is no such day."""
    whole = month_of(year, month)
    if not whole or not 1 <= day <= whole.last.day:
        return None
    return day_period(date(year, month, day))


def day_period(day: date) -> Period | None:
    """Return the day as a period; None if its year is out of range."""
    return Period(day.isoformat(), day, day) if day.year in YEARS else None


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the year and month some months later.

    >>> shift_month(2005, 1, -1)
    (2004, 12)
    """
    index = year * MONTHS + month - 1 + by
    return index // MONTHS, index % MONTHS + 1


def months_from(year: int, month: int, length: int) -> Period | None:
    """Return a run of whole months, as a quarter, half or year of the calendar where it is one.

    >>> months_from(2009, 4, 3).edtf, months_from(2024, 1, 6).edtf, months_from(2006, 7, 12).edtf
    ('2009-34', '2024-40', '2006-07/2007-06')
    """
    first, last = month_of(year, month), month_of(*shift_month(year, month, length - 1))
    if not first or not last:
        return None
    whole = _whole(year, month, length)
    return Period(whole or f"{first.edtf}/{last.edtf}", first.first, last.last)


def _whole(year: int, month: int, length: int) -> str | None:
    """Return the EDTF form of a month, quarter, half or year that starts where the calendar's does, else None."""
    codes = {1: None, 3: 33, 6: 40, MONTHS: None}
    if length not in codes or (month - 1) % length:
        return None
    if length in (1, MONTHS):
        return f"{year:04}-{month:02}" if length == 1 else f"{year:04}"
    return f"{year:04}-{(codes[length] or 0) + (month - 1) // length}"


def season_of(year: int, code: int) -> Period | None:
    """Return a season by its EDTF code, 21 spring to 24 winter; winter starts in December of its year."""
    months = months_from(year, _SEASONS[code], 3)
    return months and Period(f"{year:04}-{code}", months.first, months.last)


def week_of(day: date) -> Period | None:
    """Return the week, Monday to Sunday, that the day is in."""
    monday = day - timedelta(days=day.weekday())
    return days_between(monday, monday + timedelta(days=6))


def days_between(first: date, last: date) -> Period | None:
    """Return the period from one day to another; None if it runs backwards or out of range."""
    if first > last or first.year not in YEARS or last.year not in YEARS:
        return None
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last)


def join(first: Period, last: Period) -> Period | None:
    """Return the period from the start of one to the end of another; None if it runs backwards."""
    if first.first > last.last:
        return None
    edtf = first.edtf if first.edtf == last.edtf else f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return Period(edtf, first.first, last.last)


def choose(
    candidates: Iterable[Period | None], anchor: Anchor, tense: Tense, *, grace: timedelta = timedelta()
) -> Period | None:
    """Return the candidate that a speaker at the anchor means: the nearest one, on the side that the tense tells.

    One on the other side wins if it is `LOPSIDED` times nearer: in August, "Sept. 9" is next month in any tense.
    """
    now = anchor.period
    periods = [period for period in candidates if period]
    nearest = min(periods, key=lambda period: (_distance(period, now), period.first), default=None)
    if tense == "past":
        fitting = [period for period in periods if period.first <= now.last]
    elif tense == "future":
        fitting = [period for period in periods if period.last >= now.first - grace]
    else:
        return nearest
    best = min(fitting, key=lambda period: _distance(period, now), default=None)
    if grace and tense == "future":
        best = min(fitting, key=lambda period: period.first, default=None)
    if best and nearest and _distance(best, now) > LOPSIDED * _distance(nearest, now):
        return nearest
    return best


def _distance(period: Period, now: Period) -> int:
    """Return the days between a period and now; 0 if they overlap."""
    if period.first > now.last:
        return (period.first - now.last).days
    return max(0, (now.first - period.last).days)
