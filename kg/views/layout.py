"""Compute where boxes stand: networkx lays out each component, boxes are pushed apart, components packed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kg.views.scene import Box
from kg.views.untangle import untangle
from kg.views.words import width_of

PANEL = (1080.0, 860.0)  # the room of about 30 boxes at which a font of 14 pixels stays readable
ROOM = 26  # boxes the panel has room for; with more, it grows
KAMADA_KAWAI_UP_TO = 120  # nodes; above it takes seconds and reads no better
SPRING_STEPS = 120
SEED = 7
GAP = (18.0, 14.0)  # pixels left free between two boxes
PUSHES = 400
COMPONENT_GAP = 60.0
LINE_HEIGHT = 1.2  # of the font size
PADDING = (20.0, 14.0)  # of a box, both sides together

Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A component with its own origin at the upper left."""

    points: Mapping[str, Point]
    width: float
    height: float


def size_of(box: Box) -> Size:
    """Return the width and height of a box in pixels."""
    width = max(map(width_of, box.lines)) * box.font + PADDING[0]
    return width, len(box.lines) * box.font * LINE_HEIGHT + PADDING[1]


def lay_out(network: nx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Return the centre of every node's box in whole pixels, the drawing's middle at 0, 0. No two boxes overlap."""
    sizes = {key: size_of(boxes[key]) for key in network}
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda part: (-len(part), part))
    points = _pack([_piece(network.subgraph(part), sizes) for part in parts])
    return {key: (round(x), round(y)) for key, (x, y) in sorted(points.items())}


def _piece(network: nx.Graph[str], sizes: Mapping[str, Size]) -> _Piece:
    ordered: nx.Graph[str] = nx.Graph()  # a subgraph iterates in no fixed order
    ordered.add_nodes_from(sorted(network))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in network.edges))
    points = _stretch(_raw(ordered), ordered.number_of_nodes())
    points = push_apart(points, sizes)
    points = push_apart(untangle(points, sizes, list(ordered.edges)), sizes)
    left = min(x - sizes[key][0] / 2 for key, (x, _) in points.items())
    top = min(y - sizes[key][1] / 2 for key, (_, y) in points.items())
    right = max(x + sizes[key][0] / 2 for key, (x, _) in points.items())
    bottom = max(y + sizes[key][1] / 2 for key, (_, y) in points.items())
    return _Piece({key: (x - left, y - top) for key, (x, y) in points.items()}, right - left, bottom - top)


def _raw(network: nx.Graph[str]) -> dict[str, Point]:
    if network.number_of_nodes() <= KAMADA_KAWAI_UP_TO:
        found = nx.kamada_kawai_layout(network)
    else:
        found = nx.spring_layout(network, seed=SEED, iterations=SPRING_STEPS, method="force")
    return {key: (float(x), float(y)) for key, (x, y) in found.items()}


def _stretch(points: Mapping[str, Point], count: int) -> dict[str, Point]:
    """Fill the panel, or for few boxes the part of it that suits them, keeping its shape."""
    scale = (count / ROOM) ** 0.5
    across, down = (_fit([point[axis] for point in points.values()], PANEL[axis] * scale) for axis in (0, 1))
    return dict(zip(points, zip(across, down, strict=True), strict=True))


def _fit(places: list[float], room: float) -> list[float]:
    low, high = min(places), max(places)
    return [(place - low) / (high - low) * room if high > low else 0.0 for place in places]


def push_apart(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Move overlapping boxes away from each other along the axis on which less is needed."""
    places = {key: list(point) for key, point in sorted(points.items())}
    for _ in range(PUSHES):
        if not _push_once(places, sizes):
            break
    return {key: (x, y) for key, (x, y) in places.items()}


def _push_once(places: dict[str, list[float]], sizes: Mapping[str, Size]) -> bool:
    widest = max(width for width, _ in sizes.values()) + GAP[0]
    keys = sorted(places, key=lambda key: (places[key][0], key))
    moved = False
    for at, one in enumerate(keys):
        for other in keys[at + 1 :]:
            if places[other][0] - places[one][0] > 2 * widest:
                break
            moved |= _separate(places[one], places[other], sizes[one], sizes[other])
    return moved


def _separate(one: list[float], other: list[float], size: Size, other_size: Size) -> bool:
    lack = [(size[axis] + other_size[axis]) / 2 + GAP[axis] - abs(one[axis] - other[axis]) for axis in (0, 1)]
    if min(lack) < 1:
        return False
    axis = 0 if lack[0] < lack[1] else 1
    step = lack[axis] / 2 + 0.5
    sign = 1 if one[axis] <= other[axis] else -1
    one[axis] -= sign * step
    other[axis] += sign * step
    return True


def _pack(pieces: list[_Piece]) -> dict[str, Point]:
    """Set the pieces in rows under the first, as wide as the drawing should be; then move the middle to 0, 0."""
    if not pieces:
        return {}
    area = sum((p.width + COMPONENT_GAP) * (p.height + COMPONENT_GAP) for p in pieces)
    room = max(pieces[0].width, (area * PANEL[0] / PANEL[1]) ** 0.5)
    found: dict[str, Point] = {}
    x = y = tallest = widest = 0.0
    for piece in pieces:
        if x and x + piece.width > room:
            x, y, tallest = 0.0, y + tallest + COMPONENT_GAP, 0.0
        found.update({key: (x + left, y + top) for key, (left, top) in piece.points.items()})
        x += piece.width + COMPONENT_GAP
        tallest, widest = max(tallest, piece.height), max(widest, x - COMPONENT_GAP)
    middle = widest / 2, (y + tallest) / 2
    return {key: (px - middle[0], py - middle[1]) for key, (px, py) in found.items()}
