"""Move single boxes of a small drawing to where fewer links cross and fewer run through other boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

UNTANGLE_UP_TO = 70  # nodes; the work grows with nodes times links
ROUNDS = 4
STEPS = (45, 110, 220)  # pixels
DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7), (0.7, -0.7))
CROSSING, HIT, OVERLAP = 100.0, 160.0, 400.0  # what a crossing, a link through a box, two boxes in one place cost
LENGTH = 0.12  # cost of a pixel of link
CLEARANCE = 8.0  # pixels a link should keep from a box
GAIN = 1.0  # a move must save at least this much

Floats = NDArray[np.float64]
Point = tuple[float, float]


def untangle(
    points: Mapping[str, Point], sizes: Mapping[str, Point], links: Sequence[tuple[str, str]]
) -> dict[str, Point]:
    """Return better points for the same boxes, none outside the rectangle that the given ones span.

    Goes through the boxes a few times in a fixed order and takes each box's best move. Big drawings stay as they are.
    """
    keys = sorted(points)
    if len(keys) > UNTANGLE_UP_TO or len(keys) < 4 or not links:
        return dict(points)
    number = {key: at for at, key in enumerate(keys)}
    table = _Table(
        np.rint(np.array([points[key] for key in keys], dtype=float)),
        np.array([sizes[key] for key in keys], dtype=float) / 2,
        np.array(sorted((number[one], number[other]) for one, other in links)),
    )
    for _ in range(ROUNDS):
        moves = [table.improve(at) for at in range(len(keys))]
        if not any(moves):
            break
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, table.places, strict=True)}


class _Table:
    """Boxes and links as arrays: places (n, 2), half sizes (n, 2), links (m, 2)."""

    def __init__(self, places: Floats, halves: Floats, links: NDArray[np.int64]) -> None:
        self.places = places
        self.halves = halves
        self.links = links
        self.low = places.min(axis=0)
        self.high = places.max(axis=0)
        steps = [(round(x * step), round(y * step)) for step in STEPS for x, y in DIRECTIONS]
        self.steps = np.array(steps, dtype=float)

    def improve(self, at: int) -> bool:
        """Move one box to the best of its candidate places; say whether it moved."""
        mine = (self.links == at).any(axis=1)
        if not mine.any():
            return False
        home = self.places[at].copy()
        best, least = home, self._cost(at, mine) - GAIN
        for place in np.clip(home + self.steps, self.low, self.high):
            self.places[at] = place
            cost = self._cost(at, mine)
            if cost < least:
                best, least = place, cost
        self.places[at] = best
        return bool((best != home).any())

    def _cost(self, at: int, mine: NDArray[np.bool_]) -> float:
        own, others = self.links[mine], self.links[~mine]
        lengths = np.abs(self.places[own[:, 0]] - self.places[own[:, 1]]).sum()
        hits = self._hits(own, np.arange(len(self.places))) + self._hits(others, np.array([at]))
        gap = np.abs(self.places - self.places[at]) - (self.halves + self.halves[at] + CLEARANCE)
        overlaps = (gap < 0).all(axis=1).sum() - 1
        crossings = self._crossings(own, others)
        return float(LENGTH * lengths + HIT * hits + OVERLAP * overlaps + CROSSING * crossings)

    def _crossings(self, own: NDArray[np.int64], others: NDArray[np.int64]) -> int:
        """Count links of one set that cross links of the other and share no end with them."""
        a, b = self.places[own[:, 0], None], self.places[own[:, 1], None]
        c, d = self.places[None, others[:, 0]], self.places[None, others[:, 1]]
        apart = (own[:, None, :, None] != others[None, :, None, :]).all(axis=(2, 3))
        split = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        return int((apart & split).sum())

    def _hits(self, links: NDArray[np.int64], boxes: NDArray[np.int64]) -> int:
        """Count pairs of a link and a box, not its own, that the link runs through."""
        start, end = self.places[links[:, 0], None], self.places[links[:, 1], None]
        reach = self.halves[boxes] + CLEARANCE
        run = end - start
        run = np.where(run == 0, 1e-9, run)
        near = (self.places[boxes] - reach - start) / run
        far = (self.places[boxes] + reach - start) / run
        enter = np.minimum(near, far).max(axis=2)
        leave = np.maximum(near, far).min(axis=2)
        through = (enter < leave) & (leave > 0) & (enter < 1)
        foreign = (links[:, 0, None] != boxes) & (links[:, 1, None] != boxes)
        return int((through & foreign).sum())


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Return on which side of a -> b the point c lies: the sign of the cross product."""
    one, other = b - a, c - a
    found: Floats = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return found
