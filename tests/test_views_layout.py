"""Where boxes stand: apart, untangled, packed."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.ontology import Ontology
from kg.resources import viz_folder
from kg.views.choice import focus, rank, to_network
from kg.views.layout import PANEL, lay_out, size_of
from kg.views.pack import Piece, pack
from kg.views.push import push_apart
from kg.views.scene import Scene, build_scene, entity_key
from kg.views.stress import place_by_distance
from kg.views.style import Style, load_style
from kg.views.touch import crosses, runs_through
from kg.views.untangle import untangle

READABLE = 4.5  # WCAG 2 AA


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style(viz_folder() / "style.toml")


@pytest.fixture(scope="module")
def scene(ontology: Ontology, style: Style) -> Scene:
    return build_scene(sample_knowledge(), ontology, style)


@pytest.fixture(scope="module")
def busy(ontology: Ontology, style: Style) -> Scene:
    return build_scene(busy_knowledge(ontology, events=30), ontology, style)


def overlapping(places: dict, sizes: dict) -> list:
    def apart(one: str, other: str) -> bool:
        gaps = [abs(places[one][a] - places[other][a]) - (sizes[one][a] + sizes[other][a]) / 2 for a in (0, 1)]
        return max(gaps) >= 0

    return [pair for pair in combinations(sorted(places), 2) if not apart(*pair)]


class TestLayout:
    def test_no_boxes_overlap_at_sixty(self, busy: Scene) -> None:
        assert len(busy.boxes) >= 55
        places = lay_out(to_network(busy), busy.boxes)
        assert overlapping(places, {key: size_of(busy.boxes[key]) for key in places}) == []

    def test_the_focus_fits_the_panel_at_a_readable_size(self, busy: Scene) -> None:
        network = to_network(busy)
        keys = focus(network, busy, entity_key("norvik-motors"), rank(network))
        places = lay_out(network.subgraph(keys), busy.boxes)
        for axis in (0, 1):
            edges = [
                places[key][axis] + side * size_of(busy.boxes[key])[axis] / 2 for key in places for side in (-1, 1)
            ]
            assert max(edges) - min(edges) < PANEL[axis] + 260

    def test_the_layout_does_not_depend_on_the_order(self, scene: Scene) -> None:
        backwards = replace(scene, boxes=dict(reversed(scene.boxes.items())), links=scene.links[::-1])
        assert lay_out(to_network(scene), scene.boxes) == lay_out(to_network(backwards), backwards.boxes)

    def test_nothing_is_laid_out_as_nothing(self, scene: Scene) -> None:
        assert lay_out(to_network(replace(scene, boxes={}, links=())), {}) == {}

    def test_boxes_in_one_place_come_apart(self) -> None:
        sizes = dict.fromkeys("abcde", (80.0, 30.0))
        assert overlapping(push_apart(dict.fromkeys("abcde", (0.0, 0.0)), sizes), sizes) == []

    def test_boxes_apart_stay(self) -> None:
        points = {"a": (0.0, 0.0), "b": (300.0, 0.0)}
        assert push_apart(points, {"a": (80.0, 30.0), "b": (80.0, 30.0)}) == points

    def test_crossing_links_are_untangled(self) -> None:
        points = {"a": (0.0, 0.0), "b": (300.0, 300.0), "c": (300.0, 0.0), "d": (0.0, 300.0)}
        links = [("a", "b"), ("c", "d")]
        found = untangle([points], dict.fromkeys("abcd", (40.0, 20.0)), links, [0, 0], tries=1)
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (found[key] for key in "abcd")

        def side(px: float, py: float) -> bool:
            return (bx - ax) * (py - ay) - (by - ay) * (px - ax) > 0

        assert side(cx, cy) == side(dx, dy)

    def test_a_box_leaves_a_link_that_runs_through_it(self) -> None:
        points = {"a": (0.0, 0.0), "b": (400.0, 0.0), "c": (200.0, 0.0), "d": (200.0, 300.0)}
        links = [("a", "b"), ("c", "d")]
        found = untangle([points], dict.fromkeys("abcd", (40.0, 20.0)), links, [0, 0], tries=1)
        a, b, c, reach = (np.array(place) for place in (found["a"], found["b"], found["c"], (20.0, 10.0)))
        assert not runs_through(a, b, c, reach)

    def test_nodes_far_apart_in_the_network_stand_far_apart(self) -> None:
        found = place_by_distance(nx.path_graph("abcd"))
        gaps = [math.dist(found["a"], found[key]) for key in "bcd"]
        assert gaps == pytest.approx([1, 2, 3], abs=0.1)

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [((-9, 0), (9, 0), True), ((-9, 9), (9, 9), False), ((-9, 0), (0, 9), False), ((0, -9), (0, 9), True)],
    )
    def test_a_line_runs_through_a_box_or_not(self, start: tuple[int, int], end: tuple[int, int], said: bool) -> None:
        points = (np.array(point, dtype=float) for point in (start, end, (0, 0), (4, 2)))
        assert runs_through(*points) == said

    @pytest.mark.parametrize(("end", "said"), [((0, 9), True), ((0, -1), False), ((0, 0), False)])
    def test_lines_cross_only_where_both_go_on(self, end: tuple[int, int], said: bool) -> None:
        lines = (np.array([point], dtype=float).T for point in ((-5, 0), (5, 0), (0, -9), end))
        assert crosses(*lines).tolist() == [[said]]

    def test_two_linked_boxes_stand_side_by_side(self, scene: Scene) -> None:
        network = nx.Graph([tuple(sorted(scene.boxes)[:2])], label="")
        assert len({y for _, y in lay_out(network, scene.boxes).values()}) == 1

    def test_small_pieces_go_into_gaps(self) -> None:
        ring = {"a": (0.0, 0.0), "b": (600.0, 0.0), "c": (0.0, 500.0), "d": (600.0, 500.0)}
        large = Piece(ring, dict.fromkeys(ring, (60.0, 30.0)))
        alone = Piece({"e": (0.0, 0.0)}, {"e": (60.0, 30.0)})
        places = pack([large, alone], aspect=1.0)
        assert max(y for _, y in places.values()) - min(y for _, y in places.values()) == 500
        assert overlapping(places, dict.fromkeys(places, (60.0, 30.0))) == []

    def test_large_pieces_stand_side_by_side(self) -> None:
        pieces = []
        for name in "ab":
            points = {f"{name}{at}": (100.0 * at, 0.0) for at in range(8)}
            pieces.append(Piece(points, dict.fromkeys(points, (60.0, 30.0))))
        places = pack(pieces, aspect=1.0)
        assert overlapping(places, dict.fromkeys(places, (60.0, 30.0))) == []
