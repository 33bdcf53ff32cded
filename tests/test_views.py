"""The page's parts: words, style, choice, layout, evidence, and the page as text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.errors import OutputError, UsageError
from kg.model import Kind, Knowledge, RoleFiller, Span, Status, Value, ValueKind, When
from kg.ontology import Ontology
from kg.resources import viz_folder
from kg.views import network_page, write_page
from kg.views.choice import FOCUS_SIZE, busiest, choose, find, focus, rank, surroundings, to_direct_network, to_network
from kg.views.dossier import entries, safe_url
from kg.views.layout import PANEL, lay_out, size_of
from kg.views.pack import Piece, pack
from kg.views.push import push_apart
from kg.views.scene import Scene, build_scene, entity_key, event_details, event_key
from kg.views.stress import place_by_distance
from kg.views.style import THEMES, Style, contrast, load_style
from kg.views.touch import crosses, runs_through
from kg.views.untangle import untangle
from kg.views.words import date_words, edtf_words, fold, shorten, width_of, wrap

READABLE = 4.5  # WCAG 2 AA


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style(viz_folder() / "style.toml")


@pytest.fixture(scope="module")
def sample() -> Knowledge:
    return sample_knowledge()


@pytest.fixture(scope="module")
def scene(sample: Knowledge, ontology: Ontology, style: Style) -> Scene:
    return build_scene(sample, ontology, style)


@pytest.fixture(scope="module")
def busy(ontology: Ontology, style: Style) -> Scene:
    return build_scene(busy_knowledge(ontology, events=30), ontology, style)


@pytest.fixture(scope="module")
def page(sample: Knowledge, ontology: Ontology) -> str:
    return network_page(sample, ontology, title="Sample")


def page_data(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def overlapping(places: dict, sizes: dict) -> list:
    def apart(one: str, other: str) -> bool:
        gaps = [abs(places[one][a] - places[other][a]) - (sizes[one][a] + sizes[other][a]) / 2 for a in (0, 1)]
        return max(gaps) >= 0

    return [pair for pair in combinations(sorted(places), 2) if not apart(*pair)]


class TestWords:
    @pytest.mark.parametrize(
        ("edtf", "words"),
        [
            ("2021", "2021"),
            ("2021-11", "Nov 2021"),
            ("2021-11-07", "7 Nov 2021"),
            ("2021-33", "Q1 2021"),
            ("2024-41", "H2 2024"),
            ("2021-22", "Summer 2021"),
            ("2021~", "about 2021"),
            ("2024-01/2024-06", "Jan – Jun 2024"),
            ("2021-03/2031", "Mar 2021 – 2031"),
            ("../2024", "until 2024"),
            ("2024/..", "from 2024"),
            ("2024/", "from 2024"),
            ("around then", "around then"),
        ],
    )
    def test_a_date_is_written_for_a_reader(self, edtf: str, words: str) -> None:
        assert edtf_words(edtf) == words

    def test_an_event_without_a_time_has_no_date_words(self) -> None:
        assert date_words(None) == ""

    def test_a_search_compares_without_accents_and_case(self) -> None:
        assert fold("ÉNERGIE Straße") == fold("energie STRASSE")

    def test_a_long_word_is_cut_to_the_line(self) -> None:
        assert wrap("x" * 40, columns=10) == ("x" * 9 + "…",)

    def test_a_long_name_keeps_to_its_lines(self) -> None:
        rows = wrap("one two three four five six seven eight nine ten eleven twelve", columns=12, lines=3)
        assert len(rows) == 3
        assert rows[-1].endswith("…")
        assert max(map(len, rows)) <= 12

    def test_a_short_text_is_not_shortened(self) -> None:
        assert shorten("a  b", 3) == "a b"

    def test_wide_signs_count_as_wide(self) -> None:
        assert width_of("小米") > 1.5 * width_of("ab")


class TestStyle:
    def test_every_group_and_kind_and_status_has_a_look(self, style: Style, ontology: Ontology) -> None:
        assert set(style.groups) == set(ontology.groups)
        assert set(style.kinds) == set(Kind)
        assert set(style.statuses) == set(Status)

    @pytest.mark.parametrize("theme", THEMES)
    def test_every_colour_can_be_read(self, style: Style, theme: str) -> None:
        paper = style.page[theme]["paper"]
        looks = {**style.groups, **{f"kind {name}": look for name, look in style.kinds.items()}, "other": style.other}
        colours = {name: getattr(look, theme) for name, look in looks.items()}
        colours |= {name: colour for name, colour in style.page[theme].items() if name != "paper"}
        assert {
            name: contrast(colour, paper) for name, colour in colours.items() if contrast(colour, paper) < READABLE
        } == {}

    def test_an_unknown_group_falls_back(self, style: Style) -> None:
        assert style.group("Nothing") == style.kind("Nothing") == style.other

    def test_all_faults_of_a_style_file_are_told_at_once(self, tmp_path: Path) -> None:
        text = (viz_folder() / "style.toml").read_text(encoding="utf-8")
        broken = text.replace("#b3261e", "red").replace('shape = "ellipse"', 'shape = "star"', 1)
        (tmp_path / "style.toml").write_text(broken.replace('denied = "struck"', 'denied = "gone"'), encoding="utf-8")
        with pytest.raises(OutputError, match=r"Facility\.light.*'star'.*'gone'"):
            load_style(tmp_path / "style.toml")

    @pytest.mark.parametrize("text", ["groups = 3 x", "[groups]\n"])
    def test_a_style_file_that_is_no_style_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "style.toml").write_text(text)
        with pytest.raises(OutputError):
            load_style(tmp_path / "style.toml")

    def test_a_missing_style_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"none\.toml"):
            load_style(tmp_path / "none.toml")


class TestScene:
    def links(self, scene: Scene, event: str) -> list[tuple[str, str, str, str]]:
        key = event_key(event)
        return [(x.source, x.target, x.label, x.weight) for x in scene.links if key in (x.source, x.target)]

    def event(self, sample: Knowledge, kind: str, status: Status | None = None) -> str:
        return next(e.id for e in sample.events if e.type == kind and status in (None, e.status))

    def test_thick_arrows_lead_from_agent_to_event_to_object(self, scene: Scene, sample: Knowledge) -> None:
        name = self.event(sample, "Acquisition", Status.HAPPENED)
        links = self.links(scene, name)
        assert (entity_key("tessaly"), event_key(name), "", "main") in links
        assert (event_key(name), entity_key("halden-cells"), "", "main") in links

    def test_other_roles_are_thin_and_labelled(self, scene: Scene, sample: Knowledge) -> None:
        name = self.event(sample, "FacilityConstruction", Status.ONGOING)
        assert (event_key(name), entity_key("gothenburg"), "place", "side") in self.links(scene, name)

    def test_of_two_parties_the_first_begins_the_arrow(self, scene: Scene, sample: Knowledge) -> None:
        links = self.links(scene, self.event(sample, "Partnership"))
        assert [weight for *_, weight in links] == ["main", "main"]
        assert links[0][1] == links[1][0]

    @pytest.mark.parametrize(
        ("kind", "status", "look", "words"),
        [
            ("FacilityConstruction", Status.ONGOING, "solid", "Builds"),
            ("ProductLaunch", Status.PLANNED, "dashed", "Plans to launch"),
            ("Merger", Status.RUMOURED, "dotted", "Merger"),
            ("Acquisition", Status.DENIED, "struck", "Acquisition"),
        ],
    )
    def test_the_status_shows(
        self, scene: Scene, sample: Knowledge, kind: str, status: Status, look: str, words: str
    ) -> None:
        box = scene.boxes[event_key(self.event(sample, kind, status))]
        assert (box.look, box.lines[0]) == (look, words)

    def test_amount_and_date_stand_in_the_box(self, scene: Scene, sample: Knowledge) -> None:
        lines = scene.boxes[event_key(self.event(sample, "Acquisition", Status.HAPPENED))].lines
        assert "$1.5 billion" in " ".join(lines[1:])
        assert "2025" in " ".join(lines[1:])

    def test_what_a_box_says_it_says_once(self, sample: Knowledge, ontology: Ontology) -> None:
        event = next(event for event in sample.events if event.when)
        value = Value(ValueKind.PERIOD, "then", edtf=event.when.edtf)
        period = RoleFiller("period", "article", Span(0, 4, "then"), value=value)
        twice = event_details(replace(event, roles=(*event.roles, period)), ontology)
        assert len(twice) == len(set(twice))

    def test_a_conflict_is_marked(self, scene: Scene, sample: Knowledge) -> None:
        marked = {key for key, box in scene.boxes.items() if box.conflict}
        assert marked == {event_key(event.id) for event in sample.events if event.conflict}
        assert marked

    def test_the_busiest_entity_is_the_biggest(self, scene: Scene) -> None:
        assert max(scene.boxes.values(), key=lambda box: box.font).key == entity_key("norvik-motors")

    def test_direct_edges_between_a_pair_are_one_arrow(
        self, sample: Knowledge, ontology: Ontology, style: Style
    ) -> None:
        first = sample.edges[0]
        again = replace(first, predicate="owns")
        both = build_scene(replace(sample, edges=(*sample.edges, again)), ontology, style)
        pair = entity_key(first.subject), entity_key(first.object)
        assert [link.label.count(",") for link in both.direct if (link.source, link.target) == pair] == [1]

    def test_planned_direct_edges_are_dashed(self, scene: Scene) -> None:
        looks = {link.label: link.look for link in scene.direct}
        assert looks["builds"] == "solid"
        assert looks["plans to launch"] == "dashed"

    def test_an_unknown_event_type_is_drawn_all_the_same(
        self, sample: Knowledge, ontology: Ontology, style: Style
    ) -> None:
        odd = replace(sample.events[0], type="MoonLanding")
        boxes = build_scene(replace(sample, events=(odd,)), ontology, style).boxes
        assert boxes[event_key(odd.id)].lines[0] == "Moon landing"


class TestChoice:
    @pytest.mark.parametrize("about", ["norvik-motors", "Norvik Motors", "NORVIK", "nörvik"])
    def test_an_entity_is_found_by_id_label_and_alias(self, sample: Knowledge, about: str) -> None:
        assert find(sample, about) == entity_key("norvik-motors")

    def test_an_event_is_found_by_id(self, sample: Knowledge) -> None:
        assert find(sample, sample.events[0].id) == event_key(sample.events[0].id)

    def test_an_unknown_name_is_refused_with_near_ones(self, sample: Knowledge) -> None:
        with pytest.raises(UsageError, match="norvik motors"):
            find(sample, "Norvic Motors")

    def test_surroundings_keep_whole_events(self, busy: Scene) -> None:
        network = to_network(busy)
        near = surroundings(network, busy, entity_key("tessaly"), depth=1)
        for key in near:
            if busy.boxes[key].sort == "event":
                assert set(network[key]) <= set(near)

    def test_more_depth_shows_more(self, busy: Scene) -> None:
        network = to_network(busy)
        sizes = [len(surroundings(network, busy, entity_key("tessaly"), depth=depth)) for depth in (1, 2, 3)]
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[2]

    @pytest.mark.parametrize("limit", [1, 5, 20, 50])
    def test_the_limit_holds_and_what_is_left_out_is_counted(self, busy: Scene, limit: int) -> None:
        network = to_network(busy)
        choice = choose(network, busy, rank(network), limit=limit)
        assert len(choice.keys) <= limit
        assert choice.left_out == len(network) - len(choice.keys)
        assert choice.events_left_out == 30 - sum(key.startswith("event/") for key in choice.keys)

    def test_ranks_are_those_of_networkx(self, busy: Scene) -> None:
        network = to_network(busy)
        network.add_node("alone")
        assert rank(network) == pytest.approx(nx.pagerank(network, tol=1e-12, max_iter=500), abs=1e-6)

    def test_chosen_events_keep_all_that_takes_part(self, busy: Scene) -> None:
        network = to_network(busy)
        keys = choose(network, busy, rank(network), limit=20).keys
        assert all(set(network[key]) <= keys for key in keys if key.startswith("event/"))

    def test_the_focus_holds_its_centre_and_reads_well(self, busy: Scene) -> None:
        network = to_network(busy)
        centre = busiest(network, busy, network)[0]
        keys = focus(network, busy, centre, rank(network))
        assert centre in keys
        assert FOCUS_SIZE - 5 <= len(keys) <= FOCUS_SIZE

    def test_companies_come_before_busier_things_of_other_kinds(self, busy: Scene) -> None:
        network = to_network(busy)
        kinds = [busy.boxes[key].family == Kind.ORGANIZATION for key in busiest(network, busy, network)]
        assert kinds == sorted(kinds, reverse=True)

    def test_the_direct_network_holds_entities_only(self, busy: Scene) -> None:
        assert {busy.boxes[key].sort for key in to_direct_network(busy, busy.boxes)} == {"entity"}


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


class TestDossier:
    @pytest.mark.parametrize(
        "url",
        [
            *(
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
                "vbscript:x",
            ),
            *("data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "//example.org/x", "/x", "", None),
            *(
                "https://",
                "http://user:pw@example.org/",
                "https://exa mple.org",
                "http://[::1",
                "https://a.org/\u202egpj.exe",
            ),
        ],
    )
    def test_an_unsafe_address_is_not_linked(self, url: str | None) -> None:
        assert safe_url(url) == ""

    @pytest.mark.parametrize("url", ["https://example.org/a?b=c&d=%22#e", "http://example.org:8080/é"])
    def test_a_web_address_is_linked_as_it_is(self, url: str) -> None:
        assert safe_url(url) == url

    def test_events_are_listed_by_date_the_undated_last(self, sample: Knowledge, ontology: Ontology) -> None:
        events = {event_key(event.id): event for event in sample.events}
        rows = [events[entry.key].when for entry in entries(sample, ontology, frozenset(events))]
        assert all(one.earliest <= two.earliest for one, two in pairwise(filter(None, rows)))
        assert sorted(rows, key=lambda when: when is None) == rows

    def test_a_quote_marks_its_trigger(self, sample: Knowledge, ontology: Ontology) -> None:
        for entry in entries(sample, ontology, frozenset(event_key(event.id) for event in sample.events)):
            event = next(event for event in sample.events if event_key(event.id) == entry.key)
            for claim, quote in zip(event.claims, entry.quotes, strict=True):
                assert quote.before + quote.trigger + quote.after == claim.sentence.text
                assert quote.trigger == claim.trigger.text

    def test_a_trigger_elsewhere_leaves_the_sentence_whole(self, sample: Knowledge, ontology: Ontology) -> None:
        event = sample.events[0]
        claim = replace(event.claims[0], trigger=Span(9000, 9005, "other"))
        changed = replace(sample, events=(replace(event, claims=(claim,)),))
        (entry,) = entries(changed, ontology, frozenset([event_key(event.id)]))
        assert (entry.quotes[0].before, entry.quotes[0].trigger) == (claim.sentence.text, "")


class TestPage:
    def test_the_same_graph_gives_the_same_bytes(self, page: str, sample: Knowledge, ontology: Ontology) -> None:
        assert network_page(sample, ontology, title="Sample") == page

    def test_the_page_is_about_a_megabyte(self, page: str) -> None:
        assert len(page.encode()) < 1_000_000

    def test_nothing_is_loaded(self, page: str) -> None:
        markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
        assert re.findall(r"\s(?:src|srcset|action|formaction|poster)\s*=|<link|<iframe|@import|url\(", markup) == []

    def test_only_our_own_scripts_may_run(self, page: str) -> None:
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy
        allowed = set(re.findall(r"'sha256-([^']+)'", html.unescape(policy[1])))
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts} == allowed
        assert "default-src 'none'" in html.unescape(policy[1])
        assert not re.search(r"script-src[^;]*unsafe", policy[1])

    def test_no_element_has_a_handler_of_its_own(self, page: str) -> None:
        markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert re.findall(r"<[^>]*\son\w+\s*=", markup) == []

    def test_every_event_is_in_the_list_with_its_sentence(self, page: str, sample: Knowledge) -> None:
        text = html.unescape(re.sub(r"</?mark>", "", page))
        for event in sample.events:
            assert f'data-key="{event_key(event.id)}"' in text
            for claim in event.claims:
                assert claim.sentence.text in text

    def test_links_to_articles_do_not_leak(self, page: str) -> None:
        links = re.findall(r'<a href="http[^>]*>', page)
        assert links
        assert all('rel="noopener noreferrer nofollow"' in link for link in links)

    def test_what_is_left_out_is_said(self, sample: Knowledge, ontology: Ontology) -> None:
        text = network_page(sample, ontology, title="t", limit=10)
        assert len(page_data(text)["nodes"]) <= 10
        assert "Not on this page:" in text

    def test_a_page_can_be_about_one_name(self, sample: Knowledge, ontology: Ontology) -> None:
        text = network_page(sample, ontology, title="t", about="Orla")
        names = {node["id"] for node in page_data(text)["nodes"]}
        assert entity_key("maria-costa") in names
        assert entity_key("halden-cells") not in names

    @pytest.mark.parametrize("values", [{"limit": 0}, {"depth": 0}, {"about": "Nobody at all"}])
    def test_a_wrong_request_is_refused(self, sample: Knowledge, ontology: Ontology, values: dict) -> None:
        with pytest.raises(UsageError):
            network_page(sample, ontology, title="t", **values)

    def test_an_empty_graph_gives_a_page(self, ontology: Ontology) -> None:
        assert "There are no events here." in network_page(Knowledge(), ontology, title="t")

    def test_a_busy_page_opens_on_its_busiest_company(self, ontology: Ontology) -> None:
        extra = page_data(network_page(busy_knowledge(ontology, events=30), ontology, title="t"))["extra"]
        assert extra["start"] == entity_key("norvik-motors")
        assert len(extra["drawings"][extra["start"]]) <= FOCUS_SIZE

    def test_data_cannot_end_its_block(self, sample: Knowledge, ontology: Ontology) -> None:
        tessaly = next(entity for entity in sample.entities if entity.id == "tessaly")
        evil = replace(tessaly, label="</script><script>alert(1)</script>\u2028&lt;")
        text = network_page(replace(sample, entities=(evil,)), ontology, title="</title><b>")
        assert "<script>alert" not in text
        assert "</title><b>" not in text
        block = text[text.index('id="data">') : text.rindex("</script>")]
        assert "\u2028" not in block.split("</script>")[0]
        assert evil.label in {node["name"] for node in page_data(text)["nodes"]}

    def test_half_a_surrogate_pair_can_be_written(self, sample: Knowledge, ontology: Ontology, tmp_path: Path) -> None:
        write_page(tmp_path / "new" / "page.html", network_page(sample, ontology, title="a\ud800b"))
        assert "<h1>a?b</h1>" in (tmp_path / "new" / "page.html").read_text(encoding="utf-8")

    def test_an_unwritable_place_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(OutputError):
            write_page(tmp_path / "file" / "page.html", "x")

    def test_a_time_of_any_kind_does_not_stop_the_page(self, sample: Knowledge, ontology: Ontology) -> None:
        odd = replace(sample.events[0], when=When(Span(0, 1, "x"), "soon", "2025-01-01", "2025-01-01"))
        assert "soon" in network_page(replace(sample, events=(odd,)), ontology, title="t")

    def test_the_vendored_library_has_its_licences_beside_it(self) -> None:
        names = {path.name for path in (viz_folder() / "static").glob("vis-network*") if path.is_file()}
        assert names == {f"vis-network.{end}" for end in ("LICENSE-MIT", "LICENSE-APACHE-2.0", "min.js", "md")}
