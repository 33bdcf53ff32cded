"""Move boxes of a small drawing to where fewer links cross, run through other boxes or are too short to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

UNTANGLE_UP_TO = 70  # nodes; the work grows with nodes times links
ROUNDS = 5
STEPS = (40, 90, 170, 280)  # pixels
DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7), (0.7, -0.7))
# What it costs that links cross, run through a box, leave no room for their label; that a label lies on a label or box;
# that boxes overlap.
CROSSING, HIT, CRAMPED, COVERED, OVERLAP = 100.0, 160.0, 70.0, 90.0, 400.0
LENGTH = 0.14  # cost of a pixel of link
CLEARANCE = 8.0  # pixels a link should keep from a box
ARROW_ROOM = 30.0  # pixels of link to be seen between two boxes, beside its label
HALF_LABEL = 11.0  # half the height of a label, with the room it needs
HEADROOM = 32.0  # pixels between linked boxes, one above the other
GAIN = 1.0  # a move must save at least this much

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Point = tuple[float, float]


def untangle(
    points: Mapping[str, Point], sizes: Mapping[str, Point], links: Sequence[tuple[str, str]], labels: Sequence[float]
) -> tuple[float, dict[str, Point]]:
    """Return better points for the same boxes, none outside the rectangle that the given ones span, and their cost.

    `labels` gives the width of each link's label in pixels, 0 for none. Goes through the boxes a few times in a
    fixed order and takes the best move of each, with and without what hangs on it alone. Big drawings stay as they are.
    """
    keys = sorted(points)
    if len(keys) > UNTANGLE_UP_TO or len(keys) < 4 or not links:
        return 0.0, dict(points)
    number = {key: at for at, key in enumerate(keys)}
    table = _Table(
        np.rint(np.array([points[key] for key in keys], dtype=float)),
        np.array([sizes[key] for key in keys], dtype=float) / 2,
        np.array([(number[one], number[other]) for one, other in links]),
        np.array(labels, dtype=float),
    )
    for _ in range(ROUNDS):
        moves = [table.improve(group) for group in table.groups()]
        if not any(moves):
            break
    return table.cost(), {key: (float(x), float(y)) for key, (x, y) in zip(keys, table.places, strict=True)}


class _Table:
    """The drawing as arrays: places (n, 2), half sizes (n, 2), links (m, 2), label widths (m), k candidates."""

    def __init__(self, places: Floats, halves: Floats, links: Numbers, labels: Floats) -> None:
        self.places = places
        self.halves = halves
        self.links = links
        self.rooms = labels + ARROW_ROOM
        self.labelled = labels > 0
        self.label_halves = np.stack([labels / 2, np.full(len(labels), HALF_LABEL)], axis=1)
        self.low = places.min(axis=0)
        self.high = places.max(axis=0)
        steps = [(round(x * step), round(y * step)) for step in STEPS for x, y in DIRECTIONS]
        self.steps = np.array([(0, 0), *steps], dtype=float)

    def groups(self) -> list[Numbers]:
        """Return what moves together: every box, then every box with the boxes linked to it alone."""
        degrees = np.bincount(self.links.ravel(), minlength=len(self.places))
        found = [np.array([at]) for at in range(len(self.places))]
        for at in range(len(self.places)):
            touching = self.links[(self.links == at).any(axis=1)].ravel()
            leaves = np.unique(touching[(degrees[touching] == 1) & (touching != at)])
            if len(leaves):
                found.append(np.concatenate([[at], leaves]))
        return found

    def improve(self, group: Numbers) -> bool:
        """Move a group to the best of its candidate places; say whether it moved."""
        mine: Truths = np.asarray(np.isin(self.links, group).any(axis=1))
        if not mine.any():
            return False
        spots = np.repeat(self.places[None], len(self.steps), axis=0)
        spots[:, group] = np.clip(spots[:, group] + self.steps[:, None], self.low, self.high)
        costs = self._costs(spots, group, mine)
        best = int(costs.argmin())
        if costs[best] > costs[0] - GAIN:
            return False
        self.places = spots[best]
        return True

    def cost(self) -> float:
        """Return what the whole drawing costs, to compare it with another of the same boxes."""
        everything = np.arange(len(self.places))
        return float(self._costs(self.places[None], everything, np.ones(len(self.links), dtype=bool))[0])

    def _costs(self, spots: Floats, group: Numbers, mine: Truths) -> Floats:
        """Return what each candidate (k, n, 2) costs as far as the group matters: (k)."""
        own, others, everywhere = self.links[mine], self.links[~mine], np.arange(len(self.places))
        reach = np.abs(spots[:, own[:, 0]] - spots[:, own[:, 1]])
        costs: Floats = LENGTH * reach.sum(axis=(1, 2))
        costs = costs + CRAMPED * self._cramped(reach, own, self.rooms[mine])
        costs = costs + COVERED * self._covered(spots, group, mine)
        costs = costs + OVERLAP * self._overlaps(spots, group)
        costs = costs + CROSSING * self._crossings(spots, own)
        return costs + HIT * (self._hits(spots, own, everywhere) + self._hits(spots, others, group))

    def _cramped(self, reach: Floats, links: Numbers, rooms: Floats) -> Numbers:
        free = reach - self.halves[links[:, 0]] - self.halves[links[:, 1]]
        return _count((free[..., 0] < rooms) & (free[..., 1] < HEADROOM))

    def _covered(self, spots: Floats, group: Numbers, mine: Truths) -> Numbers:
        """Count labels in the middle of links that lie on other labels or on boxes."""
        middles = (spots[:, self.links[:, 0]] + spots[:, self.links[:, 1]]) / 2
        own, others = np.flatnonzero(mine & self.labelled), np.flatnonzero(~mine & self.labelled)

        def lie(labels: Numbers, places: Floats, halves: Floats) -> Numbers:
            gap = np.abs(middles[:, labels, None] - places[:, None]) - (self.label_halves[labels][:, None] + halves)
            return _count(np.asarray((gap < 0).all(axis=-1)))

        found = lie(own, spots, self.halves) + lie(others, spots[:, group], self.halves[group])
        for labels in (own, others):  # a label lies on itself in every candidate: no difference
            found = found + lie(own, middles[:, labels], self.label_halves[labels])
        return found

    def _overlaps(self, spots: Floats, group: Numbers) -> Numbers:
        gap = np.abs(spots[:, None] - spots[:, group, None])
        gap -= self.halves + self.halves[group][:, None] + CLEARANCE
        return _count(np.asarray((gap < 0).all(axis=-1)))  # each box overlaps itself in every candidate: no difference

    def _crossings(self, spots: Floats, own: Numbers) -> Numbers:
        """Count crossings of some links with all that share no end with them."""
        a, b = spots[:, own[:, 0], None], spots[:, own[:, 1], None]
        c, d = spots[:, None, self.links[:, 0]], spots[:, None, self.links[:, 1]]
        apart = (own[:, None, :, None] != self.links[None, :, None, :]).all(axis=(2, 3))
        split = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        return _count(split & apart)

    def _hits(self, spots: Floats, links: Numbers, boxes: Numbers) -> Numbers:
        """Count pairs of a link and a box, not at its ends, that the link runs through."""
        start, end = spots[:, links[:, 0], None], spots[:, links[:, 1], None]
        foreign = (links[:, 0, None] != boxes) & (links[:, 1, None] != boxes)
        return _count(foreign & runs_through(start, end, spots[:, None, boxes], self.halves[boxes] + CLEARANCE))


def runs_through(start: Floats, end: Floats, middle: Floats, reach: Floats) -> Truths:
    """Say whether the line from start to end runs through the box of half size `reach` around a middle."""
    run = end - start
    run = np.where(run == 0, 1e-9, run)
    near, far = (middle - reach - start) / run, (middle + reach - start) / run
    enter: Floats = np.minimum(near, far).max(axis=-1)
    leave: Floats = np.maximum(near, far).min(axis=-1)
    return np.asarray((enter < leave) & (leave > 0) & (enter < 1))


def _count(truths: Truths) -> Numbers:
    """Count what is true for each candidate."""
    return np.asarray(truths.reshape(len(truths), -1).sum(axis=1))


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Return on which side of a -> b the point c lies: the sign of the cross product."""
    one, other = b - a, c - a
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
