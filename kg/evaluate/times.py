"""Tell whether two EDTF times are the same days."""

from __future__ import annotations

import re

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<unit>\d\d|Q\d|H\d)(?:-(?P<day>\d\d))?)?[~?%]*")
# EDTF numbers quarters 33 to 36 and halves 40 and 41; people write Q1 and H1.
_QUARTERS, _HALVES = range(33, 37), range(40, 42)
_MONTHS = 12
_LAST_DAY = 31  # of any month: an end is only compared with other ends

Day = tuple[int, int, int]


def days(edtf: str) -> tuple[Day, Day] | str:
    """Return the first and last day of a time; one that is not understood stays as it is.

    >>> days("2009-Q1") == days("2009-33"), days("2024-05/2024-06"), days("unknown")
    (True, ((2024, 5, 1), (2024, 6, 31)), 'unknown')
    """
    points = [_point(part.strip()) for part in edtf.split("/")]
    known = [point for point in points if point]
    return (known[0][0], known[-1][1]) if len(known) == len(points) else edtf


def times_agree(one: str, other: str | None) -> bool:
    """Tell whether two times are the same days, however they are written."""
    return bool(other) and days(one) == days(other or "")


def _point(text: str) -> tuple[Day, Day] | None:
    found = _POINT.fullmatch(text)
    if not found:
        return None
    months = _months(found["unit"])
    if months is None:
        return None
    year, day = int(found["year"]), found["day"]
    one_month = months[0] == months[1]
    first, last = (int(day), int(day)) if day and one_month else (1, _LAST_DAY)
    return (year, months[0], first), (year, months[1], last)


def _months(unit: str | None) -> tuple[int, int] | None:
    """Return the first and last month of what stands after the year."""
    if unit is None:
        return 1, _MONTHS
    number = int(unit.lstrip("QH"))
    if unit[0] == "Q" or number in _QUARTERS:
        return _part(number if unit[0] == "Q" else number - _QUARTERS.start + 1, 3)
    if unit[0] == "H" or number in _HALVES:
        return _part(number if unit[0] == "H" else number - _HALVES.start + 1, 6)
    return (number, number) if number <= _MONTHS else None


def _part(number: int, length: int) -> tuple[int, int]:
    return (number - 1) * length + 1, number * length
