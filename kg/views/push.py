"""Push overlapping boxes apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

GAP = (18.0, 14.0)  # pixels left free between two boxes
PUSHES = 400  # rounds; a drawing of 300 boxes needs about half
SLACK = 1.0  # pixels of overlap not worth a push

Point = tuple[float, float]


def push_apart(points: Mapping[str, Point], sizes: Mapping[str, Point]) -> dict[str, Point]:
    """Move overlapping boxes away from each other along the axis on which less is needed."""
    keys = sorted(points)
    places = np.array([points[key] for key in keys], dtype=float).reshape(-1, 2)
    reach = np.array([sizes[key] for key in keys], dtype=float).reshape(-1, 2) / 2
    needs = reach[:, None] + reach[None] + np.array(GAP)
    for _ in range(PUSHES):
        pairs = _overlapping(places, needs)
        if not len(pairs):
            break
        for one, other in pairs:
            _separate(places, one, other, needs[one, other])
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, places, strict=True)}


def _overlapping(places: NDArray[np.float64], needs: NDArray[np.float64]) -> NDArray[np.int64]:
    lack = needs - np.abs(places[:, None] - places[None])
    return np.argwhere(np.triu((lack > SLACK).all(axis=2), 1))


def _separate(places: NDArray[np.float64], one: int, other: int, need: NDArray[np.float64]) -> None:
    """Push two boxes as far as they lack room; another pair's push may have made it already."""
    apart = places[other] - places[one]
    lack = need - np.abs(apart)
    axis = int(lack[0] >= lack[1])
    if lack[axis] <= 0:
        return
    step = (lack[axis] + SLACK) / 2 * (1 if apart[axis] >= 0 else -1)
    places[one, axis] -= step
    places[other, axis] += step
