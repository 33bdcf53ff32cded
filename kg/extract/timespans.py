"""What stretches of time mean: intervals, runs of months or weeks, and lengths; built of the points in `timenodes`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from kg.extract.calendar import Anchor, Period, Tense, days_between, join, month_of, months_from, shift_month
from kg.extract.timenodes import DECADE, MONTHS_OF, WEEK, InMonth, Node, Offset, OnDay, Part, Season

QUARTER_WEEKS = 13
SHORT_YEARS = 2  # "the past year" is told by the month, "the last five years" by the year
MONTHS_IN_WEEKS = {13: 3, 26: 6, 39: 9, 52: 12, 53: 12}  # how retailers count


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last five years (-1), the next six months (1), within two years (1), over three years (0: by the tense)."""

    number: int
    unit: str
    way: int

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the time from the anchor to the other end, as exact as the unit; None if the way is not told."""
        way = self.way or (1 if tense == "future" else 0)
        end = Offset(self._grain, way * self._count).place(anchor, tense)
        now = Offset(self._grain, 0).place(anchor, tense)
        if not way or not end or not now:
            return None
        return join(now, end) if way > 0 else join(end, now)

    @property
    def _grain(self) -> str:
        if self.unit == "year" and self.number <= SHORT_YEARS:
            return "month"
        return {"week": "day", "weekend": "day", "quarter": "month", "decade": "year", "half": "month"}.get(
            self.unit, self.unit
        )

    @property
    def _count(self) -> int:
        if self.unit == "year" and self.number <= SHORT_YEARS:
            return self.number * 12
        return self.number * {"week": WEEK, "quarter": 3, "half": 6, "decade": DECADE}.get(self.unit, 1)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The end of a year: its December."""

    year: Node

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the last month of the year."""
        year = self.year.place(anchor, tense)
        return month_of(year.last.year, year.last.month) if year else None


@dataclass(frozen=True, slots=True)
class Ending:
    """The year ended March 31, the three months to 30 June: a run of months or weeks by its end."""

    number: int
    unit: str  # week, month, quarter, half, year
    end: Node

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the run; a quarter that ends within a month has thirteen weeks."""
        end = self.end.place(anchor, tense)
        if not end:
            return None
        if self.unit == "week" and isinstance(self.end, InMonth) and self.number in MONTHS_IN_WEEKS:
            return replace(self, number=MONTHS_IN_WEEKS[self.number], unit="month").place(anchor, tense)
        if self.unit == "week":
            return days_between(end.last - timedelta(days=WEEK * self.number - 1), end.last)
        months, last = self.number * MONTHS_OF[self.unit], end.last
        if (last + timedelta(days=1)).day == 1:
            return months_from(*shift_month(last.year, last.month, 1 - months), months)
        if self.unit == "quarter":
            return days_between(last - timedelta(days=WEEK * QUARTER_WEEKS * self.number - 1), last)
        before = month_of(*shift_month(last.year, last.month, -months))
        return before and days_between(before.first + timedelta(days=min(last.day, before.last.day)), last)


@dataclass(frozen=True, slots=True)
class Now:
    """The anchor itself: "between now and 2013"."""

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the anchor."""
        del tense
        return anchor.period if anchor else None


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another; what one end lacks, the other tells."""

    first: Node
    last: Node

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the whole interval; None if it runs backwards."""
        last = self.last.place(anchor, tense)
        if last and _lacks_year(self.first):
            near = Anchor(last.last.year, last.last.month)
            return _joined(self.first.place(near, "past"), last)
        first = self.first.place(anchor, tense)
        if first and _lacks_year(self.last):
            last = self.last.place(Anchor(first.first.year, first.first.month), "future")
        return _joined(first, last)


def _lacks_year(node: Node) -> bool:
    return isinstance(node, OnDay | InMonth | Part | Season) and node.year is None


def _joined(first: Period | None, last: Period | None) -> Period | None:
    return join(first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Since:
    """Since 1999: open, or in the past tense up to the anchor. Its last day is the anchor's as far as it is known."""

    start: Node

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the time from the start on."""
        start = self.start.place(anchor, "past")
        if not start:
            return None
        now = anchor.period if anchor else start
        edge = start.edtf.split("/")[0]
        last = max(now.last, start.last)
        if tense == "past" and anchor and now.last >= start.last:
            return Period(f"{edge}/{now.edtf[: len(edge)]}", start.first, last)
        return Period(f"{edge}/..", start.first, last)


@dataclass(frozen=True, slots=True)
class Until:
    """Until 2013: from the anchor on, or open if it is under way or over; the first day is as early as is known."""

    end: Node

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return the time up to the end."""
        end = self.end.place(anchor, tense)
        if not end:
            return None
        edge = end.edtf.split("/")[-1]
        first = min(end.first, anchor.period.first) if anchor else end.first
        if anchor and tense != "present" and anchor.period.first <= end.first:
            return Period(f"{anchor.period.edtf[: len(edge)]}/{edge}", first, end.last)
        return Period(f"../{edge}", first, end.last)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A length of time, or a time told by other words of the text: ten years, that year."""

    def place(self, anchor: Anchor | None, tense: Tense) -> Period | None:
        """Return None."""
        del anchor, tense
        return None
