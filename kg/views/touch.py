"""Say which lines cross, which run through boxes, and which boxes lie on each other, for many at once.

Points are arrays (2, ...): x first, then y. Where shapes are not told, all have as many dimensions, and numpy
broadcasts them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


def crosses(a: Floats, b: Floats, c: Floats, d: Floats) -> Truths:
    """Say which lines from a to b (2, p) cross which from c to d (2, q): (p, q). Lines that only meet do not cross."""
    return np.asarray((_sides(a, b, c) * _sides(a, b, d) < 0) & (_sides(c, d, a) * _sides(c, d, b) < 0).T)


def runs_through(start: Floats, end: Floats, middle: Floats, reach: Floats) -> Truths:
    """Say whether the line from start to end runs through the box of half size `reach` around a middle."""
    run = (end - start) / 2
    wide, high = np.abs(run)
    off = (start + end) / 2 - middle
    beside = (np.abs(off[0]) < wide + reach[0]) & (np.abs(off[1]) < high + reach[1])
    return np.asarray(beside & (np.abs(run[0] * off[1] - run[1] * off[0]) < reach[0] * high + reach[1] * wide))


def overlaps(one: Floats, other: Floats, reach: Floats) -> Truths:
    """Say whether boxes around two middles overlap, `reach` being the sum of their half sizes."""
    return np.asarray((np.abs(one[0] - other[0]) < reach[0]) & (np.abs(one[1] - other[1]) < reach[1]))


def _sides(a: Floats, b: Floats, points: Floats) -> Floats:
    """Return on which side of each line a -> b (2, p) each point (2, q) lies: the sign of a cross product (p, q)."""
    across, down = b - a
    lines = np.stack([-down, across, down * a[0] - across * a[1]], axis=1)
    return np.asarray(lines @ np.stack([*points, np.ones(points.shape[1])]))
