"""Move boxes of a drawing to where fewer links cross, run through other boxes or are too short to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.views.touch import crosses, overlaps, runs_through

UNTANGLE_UP_TO = 400  # boxes; the work grows with boxes times links
ROUNDS = 5
STEPS = (20, 50, 100, 170, 280, 420)  # pixels
DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7), (0.7, -0.7))
# What it costs that links cross, run through a box, leave no room for their label; that a label lies on a label or box;
# that boxes overlap.
CROSSING, HIT, CRAMPED, COVERED, OVERLAP = 100.0, 160.0, 70.0, 90.0, 400.0
LENGTH = 0.08  # cost of a pixel of link
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
    drawings: Sequence[Mapping[str, Point]],
    sizes: Mapping[str, Point],
    links: Sequence[tuple[str, str]],
    labels: Sequence[float],
    *,
    tries: int,
) -> dict[str, Point]:
    """Return better points for the same boxes, none outside the rectangle that the given ones span.

    Starts from the cheapest of the drawings, from the next only if boxes stay at fault, from `tries` of them at most.
    `labels` gives the width of each link's label in pixels, 0 for none. Very big drawings stay as they are.
    """
    keys = sorted(sizes)
    if len(keys) < 2 or len(keys) > UNTANGLE_UP_TO or not links:
        return dict(drawings[0])
    number = {key: at for at, key in enumerate(keys)}
    halves = np.array([sizes[key] for key in keys], dtype=float).T / 2
    ends = np.array([(number[one], number[other]) for one, other in links]).T
    places = [np.rint(np.array([points[key] for key in keys], dtype=float)).T for points in drawings]
    tables = sorted((_Table(at, halves, ends, np.array(labels, dtype=float)) for at in places), key=_cost)
    done: list[_Table] = []
    for table in tables[:tries]:
        table.untangle()
        done.append(table)
        if not table.faults().boxes.any():
            break
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, min(done, key=_cost).places.T, strict=True)}


def _cost(table: _Table) -> float:
    return table.faults().cost


@dataclass(frozen=True, slots=True)
class _Faults:
    """What a drawing costs, and which boxes have a part in what is wrong with it (n)."""

    cost: float
    boxes: Truths


class _Table:
    """The drawing as arrays: places (2, n), half sizes (2, n), links (2, m), label widths (m), k candidates."""

    def __init__(self, places: Floats, halves: Floats, links: Numbers, labels: Floats) -> None:
        self.places = places
        self.halves = halves
        self.links = links
        self.margins = halves + CLEARANCE
        self.labelled = labels > 0
        plates = np.stack([labels / 2, np.full(len(labels), HALF_LABEL)])  # half sizes of labels
        # How near two middles may come: of linked boxes, any boxes, a label and a box, two labels.
        self.linked_reach = halves[:, links[0]] + halves[:, links[1]]
        self.linked_reach += np.stack([labels + ARROW_ROOM, np.full(len(labels), HEADROOM)])
        self.box_reach = halves[:, :, None] + self.margins[:, None]
        self.label_reach = plates[:, :, None] + halves[:, None]
        self.labels_reach = plates[:, :, None] + plates[:, None]
        # Which links share no end; which boxes stand at no end of a link.
        self.strange = (links[:, None, :, None] != links[None, :, None, :]).all(axis=(0, 1))
        self.foreign = (links[:, :, None] != np.arange(places.shape[1])).all(axis=0)
        self.low, self.high = places.min(axis=1)[:, None, None], places.max(axis=1)[:, None, None]
        steps = [(round(x * step), round(y * step)) for step in STEPS for x, y in DIRECTIONS]
        self.steps = np.array([(0, 0), *steps], dtype=float).T[:, :, None]
        self._faults: _Faults | None = None

    def groups(self) -> list[Numbers]:
        """Return what moves together: every box, then every box with the boxes linked to it alone."""
        count = self.places.shape[1]
        degrees = np.bincount(self.links.ravel(), minlength=count)
        found = [np.array([at]) for at in range(count) if degrees[at]]
        for at in range(count):
            touching = self.links[:, (self.links == at).any(axis=0)].ravel()
            leaves = np.unique(touching[(degrees[touching] == 1) & (touching != at)])
            if len(leaves):
                found.append(np.concatenate([[at], leaves]))
        return found

    def untangle(self) -> None:
        """Go through the boxes a few times in a fixed order, after the first time only through those at fault.

        Each takes the best move it has, with and without what hangs on it alone.
        """
        groups = self.groups()
        for _ in range(ROUNDS):
            moves = [self.improve(group) for group in groups]
            if not any(moves):
                break
            groups = [group for group in self.groups() if self.faults().boxes[group].any()]

    def improve(self, group: Numbers) -> bool:
        """Move a group to the best of its candidate places; say whether it moved."""
        spots = np.repeat(self.places[:, None], self.steps.shape[1], axis=1)
        spots[:, :, group] = np.clip(spots[:, :, group] + self.steps, self.low, self.high)
        costs = self._costs(spots, group)
        best = int(costs.argmin())
        if costs[best] > costs[0] - GAIN:
            return False
        self.places, self._faults = spots[:, best], None
        return True

    def faults(self) -> _Faults:
        """Return what is wrong with the drawing as it stands."""
        self._faults = self._faults or self._find_faults()
        return self._faults

    def _find_faults(self) -> _Faults:
        places, (start, end) = self.places, (self.places[:, ends] for ends in self.links)
        middle = (start + end) / 2
        a, b, label = start[:, :, None], end[:, :, None], middle[:, :, None]
        crossing = crosses(start, end, start, end) & self.strange
        hit = runs_through(a, b, places[:, None], self.margins[:, None]) & self.foreign
        covered = overlaps(label, places[:, None], self.label_reach) & self.labelled[:, None]
        meeting = overlaps(label, middle[:, None], self.labels_reach) & self.labelled[:, None] & self.labelled
        np.fill_diagonal(meeting, False)
        cramped = overlaps(start, end, self.linked_reach)
        touching = overlaps(places[:, :, None], places[:, None], self.box_reach)
        np.fill_diagonal(touching, False)
        boxes = hit.any(axis=0) | covered.any(axis=0) | touching.any(axis=0)
        bad = cramped | crossing.any(axis=0) | hit.any(axis=1) | covered.any(axis=1) | meeting.any(axis=0)
        boxes[self.links[:, bad]] = True
        cost = LENGTH * np.abs(start - end).sum() + CROSSING * crossing.sum() / 2 + HIT * hit.sum()
        cost += COVERED * (covered.sum() + meeting.sum() / 2) + CRAMPED * cramped.sum() + OVERLAP * touching.sum() / 2
        return _Faults(float(cost), boxes)

    def _costs(self, spots: Floats, group: Numbers) -> Floats:
        """Return what each candidate (2, k, n) costs as far as the group matters: (k)."""
        mine = ~self.foreign[:, group].all(axis=1)
        own, others = np.flatnonzero(mine), np.flatnonzero(~mine)
        start, end = (spots[:, :, ends] for ends in self.links[:, own])
        costs: Floats = LENGTH * np.abs(start - end).sum(axis=(0, 2))
        costs = costs + CRAMPED * _count(overlaps(start, end, self.linked_reach[:, own]))
        costs = costs + COVERED * self._covered(spots, group, own, others)
        touching = overlaps(spots[:, :, group, None], spots[:, :, None], self.box_reach[:, group])
        costs = costs + OVERLAP * _count(touching)  # each box overlaps itself in every candidate: no difference
        c, d = (self.places[:, ends] for ends in self.links[:, others])  # these stay; own links share an end
        crossing = crosses(start.reshape(2, -1), end.reshape(2, -1), c, d).reshape(*start.shape[1:], -1)
        costs = costs + CROSSING * _count(crossing & self.strange[own[:, None], others])
        hits = runs_through(start[..., None], end[..., None], spots[:, :, None], self.margins) & self.foreign[own]
        c, d, boxes = c[:, None, :, None], d[:, None, :, None], spots[:, :, None, group]
        struck = runs_through(c, d, boxes, self.margins[:, group]) & self.foreign[others[:, None], group]
        return costs + HIT * (_count(hits) + _count(struck))

    def _covered(self, spots: Floats, group: Numbers, own: Numbers, others: Numbers) -> Numbers:
        """Count labels in the middle of links that lie on other labels or on boxes."""
        own, others = own[self.labelled[own]], others[self.labelled[others]]
        mine, rest = (spots[:, :, self.links[:, some]].mean(axis=2) for some in (own, others))
        label = mine[..., None]
        found = _count(overlaps(label, spots[:, :, None], self.label_reach[:, own]))
        reach = self.label_reach[:, others][:, :, group]
        found = found + _count(overlaps(rest[..., None], spots[:, :, None, group], reach))
        for middles, numbers in ((mine, own), (rest, others)):  # a label lies on itself: no difference
            found = found + _count(overlaps(label, middles[:, :, None], self.labels_reach[:, own][:, :, numbers]))
        return found


def _count(truths: Truths) -> Numbers:
    """Count what is true for each candidate."""
    return np.asarray(truths.reshape(len(truths), -1).sum(axis=1))
