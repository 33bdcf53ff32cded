"""Compute where boxes stand: each component is laid out by distance, untangled, pushed apart; components are packed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

from kg.views.pack import Piece, pack
from kg.views.push import push_apart
from kg.views.scene import Box
from kg.views.stress import place_by_distance
from kg.views.untangle import untangle
from kg.views.words import width_of

PANEL = (850.0, 940.0)  # the room for the middles of boxes at which a font of 14 pixels stays readable
ROOM = 30  # boxes that fill the panel, a label counted as half a box
CROWD = 45  # boxes that the panel must hold, since a page may open on them; with more, the drawing grows
BY_DISTANCE_UP_TO = 600  # nodes; above it takes seconds
SPRING_STEPS = 120
SEED = 7
TURNS = (0, 60, 120, 30, 90, 150)  # degrees; a drawing is looked at in twice as many positions as are tried
FLAT = 1e-6  # as high as a drawing in one line may come out
LINE_HEIGHT = 1.2  # of the font size
PADDING = (20.0, 14.0)  # of a box, both sides together
LINK_FONT = 14  # pixels

Point = tuple[float, float]
Size = tuple[float, float]


def size_of(box: Box) -> Size:
    """Return the width and height of a box in pixels."""
    width = max(map(width_of, box.lines)) * box.font + PADDING[0]
    return width, len(box.lines) * box.font * LINE_HEIGHT + PADDING[1]


def lay_out(network: nx.Graph[str], boxes: Mapping[str, Box], *, tries: int = 1) -> dict[str, tuple[int, int]]:
    """Return the centre of every node's box in whole pixels, the drawing's middle at 0, 0. No two boxes overlap.

    More tries, up to three, take longer and may give fewer crossings.
    """
    sizes = {key: size_of(boxes[key]) for key in network}
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda part: (-len(part), part))
    pieces = [_piece(network.subgraph(part), sizes, tries) for part in parts]
    points = pack(pieces, aspect=PANEL[0] / PANEL[1])
    return {key: (round(x), round(y)) for key, (x, y) in sorted(points.items())}


def _piece(network: nx.Graph[str], sizes: Mapping[str, Size], tries: int) -> Piece:
    ordered: nx.Graph[str] = nx.Graph()  # a subgraph iterates in no fixed order
    ordered.add_nodes_from(sorted(network))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in network.edges))
    own = {key: sizes[key] for key in ordered}
    links = sorted(ordered.edges)
    labels = [width_of(network.edges[link].get("label", "")) * LINK_FONT for link in links]
    raw, count = _raw(ordered), len(ordered) + sum(map(bool, labels)) // 2
    positions = [_spread(_turned(raw, turn), own, count) for turn in TURNS[: 2 * tries]]
    points = push_apart(untangle(positions, own, links, labels, tries=tries), own)
    return Piece(points, own, tuple(links))


def _raw(network: nx.Graph[str]) -> dict[str, Point]:
    if network.number_of_nodes() <= BY_DISTANCE_UP_TO:
        return place_by_distance(network)
    found = nx.spring_layout(network, seed=SEED, iterations=SPRING_STEPS, method="force")
    return {key: (float(x), float(y)) for key, (x, y) in found.items()}


def _turned(points: Mapping[str, Point], degrees: int) -> dict[str, Point]:
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return {key: (x * cosine - y * sine, x * sine + y * cosine) for key, (x, y) in points.items()}


def _spread(points: Mapping[str, Point], sizes: Mapping[str, Size], count: int) -> dict[str, Point]:
    """Push boxes apart in the panel; what this drives beyond its edges comes back, to be parted by a better place."""
    return _stretch(push_apart(_stretch(points, count), sizes), count)


def _stretch(points: Mapping[str, Point], count: int) -> dict[str, Point]:
    """Fill the panel, or for few boxes the part of it that suits them."""
    scale = (count / ROOM) ** 0.5
    if count <= CROWD:
        scale = min(scale, 1.0)
    across, down = (_fit([point[axis] for point in points.values()], PANEL[axis] * scale) for axis in (0, 1))
    return dict(zip(points, zip(across, down, strict=True), strict=True))


def _fit(places: list[float], room: float) -> list[float]:
    low, high = min(places), max(places)
    return [(place - low) / (high - low) * room if high - low > FLAT else 0.0 for place in places]
