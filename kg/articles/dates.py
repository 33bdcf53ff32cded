"""The day an article was published, from the many ways of writing it."""

from __future__ import annotations

import re
from datetime import date

YEARS = range(1800, 2200)  # newspapers before and after are mistakes
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST = 100  # characters; a date is shorter

_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NUMERIC_MONTH = r"(?P<month>\d{1,2})"
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?![\d-])"),
    re.compile(r"(?P<year>\d{4})$"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?P<year>\d{{4}})[/.]{_NUMERIC_MONTH}[/.](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})\.{_NUMERIC_MONTH}\.(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?:[a-z]+,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?:[a-z]+,?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)"),
)
_EITHER_ORDER = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4})(?!\d)")


def iso_date(words: str) -> str | None:
    """Return an ISO date or a prefix of one: 2021-11-27, 2021-11 or 2021. None if the words are no date.

    Of 3/4/2021, where day and month cannot be told apart, only the year is believed.

    >>> [iso_date(words) for words in ("Sat, 27 Nov 2021 08:00 GMT", "November 2021", "31/02/2021", "3/4/2021")]
    ['2021-11-27', '2021-11', None, '2021']
    """
    words = words.strip().casefold()[:LONGEST]
    for form in _FORMS:
        if match := form.match(words):
            return _checked(**match.groupdict())
    match = _EITHER_ORDER.match(words)
    return _either_order(int(match["a"]), int(match["b"]), match["year"]) if match else None


def _checked(year: str, month: str | None = None, day: str | None = None) -> str | None:
    if int(year) not in YEARS:
        return None
    if month is None:
        return year
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1
    try:
        whole = date(int(year), number, int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[: len("2021-11")]


def _either_order(first: int, second: int, year: str) -> str | None:
    if first == second or second > len(MONTHS):
        return _checked(year, str(first), str(second))
    if first > len(MONTHS):
        return _checked(year, str(second), str(first))
    return _checked(year)
