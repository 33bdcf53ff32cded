"""Set the separate pieces of a drawing beside each other: small ones into gaps of what stands, others in rows below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.views.touch import overlaps, runs_through

GAP = 50.0  # pixels between two pieces
GRID = 25  # pixels from one place tried for a small piece to the next
SMALL = 6  # boxes of a piece that may go into a gap
TRIED = 2500  # places; a larger drawing is searched in part

Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A component of the drawing: centres and sizes of its boxes, and its links."""

    points: Mapping[str, Point]
    sizes: Mapping[str, Size]
    links: tuple[tuple[str, str], ...] = ()

    def frame(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        sides = [(x, y, *(side / 2 for side in self.sizes[key])) for key, (x, y) in self.points.items()]
        return (
            min(x - half for x, _, half, _ in sides),
            min(y - half for _, y, _, half in sides),
            max(x + half for x, _, half, _ in sides),
            max(y + half for _, y, _, half in sides),
        )

    def moved(self, right: float, down: float) -> Piece:
        """Return the piece elsewhere."""
        points = {key: (x + right, y + down) for key, (x, y) in self.points.items()}
        return Piece(points, self.sizes, self.links)

    def joined(self, other: Piece) -> Piece:
        """Return both pieces as one."""
        return Piece({**self.points, **other.points}, {**self.sizes, **other.sizes}, self.links + other.links)


def pack(pieces: Sequence[Piece], *, aspect: float) -> dict[str, Point]:
    """Return the places of all boxes, about `aspect` times as wide as high, the middle at 0, 0. Largest piece first."""
    if not pieces:
        return {}
    first, *rest = pieces
    large = [piece for piece in rest if len(piece.points) > SMALL]
    whole = _rows([first, *large], aspect)
    waiting = []
    for piece in rest:
        if len(piece.points) <= SMALL:
            placed = _in_gap(whole, piece)
            waiting.extend([] if placed else [piece])
            whole = whole.joined(placed) if placed else whole
    if waiting:
        whole = _rows([whole, *waiting], aspect)
    left, top, right, bottom = whole.frame()
    return dict(whole.moved(-(left + right) / 2, -(top + bottom) / 2).points)


def _rows(pieces: Sequence[Piece], aspect: float) -> Piece:
    """Set pieces side by side in rows."""
    frames = [piece.frame() for piece in pieces]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in frames)
    room = max(frames[0][2] - frames[0][0], (area * aspect) ** 0.5)
    whole: Piece | None = None
    x = y = tallest = 0.0
    for piece, (left, top, right, bottom) in zip(pieces, frames, strict=True):
        if x and x + right - left > room:
            x, y, tallest = 0.0, y + tallest + GAP, 0.0
        placed = piece.moved(x - left, y - top)
        whole = whole.joined(placed) if whole else placed
        x, tallest = x + right - left + GAP, max(tallest, bottom - top)
    return whole or Piece({}, {})


def _in_gap(whole: Piece, piece: Piece) -> Piece | None:
    """Return the piece in the first free place within the frame of what stands, or nothing."""
    left, top, right, bottom = piece.frame()
    half = np.array([right - left, bottom - top]) / 2 + GAP / 2
    keys = sorted(whole.points)
    places = np.array([whole.points[key] for key in keys]).T
    reach = np.array([whole.sizes[key] for key in keys]).T / 2 + half[:, None]
    number = {key: at for at, key in enumerate(keys)}
    links = np.array([(number[one], number[other]) for one, other in whole.links], dtype=int).reshape(-1, 2).T
    spots = _spots(whole, half[0], half[1])[:, :, None]
    spots = spots[:, ~overlaps(spots, places[:, None], reach[:, None]).any(axis=1)]
    start, end = places[:, None, links[0]], places[:, None, links[1]]
    crossed = runs_through(start, end, spots, half).any(axis=1)
    for x, y in spots[:, ~crossed, 0].T[:1]:
        return piece.moved(float(x) - (left + right) / 2, float(y) - (top + bottom) / 2)
    return None


def _spots(whole: Piece, across: float, down: float) -> NDArray[np.float64]:
    """Return middles (2, s) on a grid from the lower left upwards, for something of half that size."""
    left, top, right, bottom = (round(side) for side in whole.frame())
    inset = GAP / 2  # the outer edge needs no gap
    columns = np.arange(round(left + across - inset), round(right - across + inset) + 1, GRID, dtype=float)
    rows = np.arange(round(bottom - down + inset), round(top + down - inset) - 1, -GRID, dtype=float)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    return np.stack([x.ravel(), y.ravel()])[:, :TRIED]
