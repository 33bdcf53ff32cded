"""Shares: how many of how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Return the part as a fraction, 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


def share(answers: Iterable[bool]) -> Share:
    """Count how many answers are yes.

    >>> share([True, False, True])
    Share(part=2, whole=3)
    """
    given = list(answers)
    return Share(sum(given), len(given))


def f1(recall: Share, precision: Share) -> float:
    """Return the harmonic mean of two shares."""
    both = recall.value + precision.value
    return 2 * recall.value * precision.value / both if both else 0.0
