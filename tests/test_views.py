"""What the page shows: words, style, boxes and links, choice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.errors import OutputError, UsageError
from kg.model import Kind, Knowledge, RoleFiller, Span, Status, Value, ValueKind
from kg.ontology import Ontology
from kg.resources import viz_folder
from kg.views.choice import FOCUS_SIZE, busiest, choose, find, focus, rank, surroundings, to_direct_network, to_network
from kg.views.scene import DETAIL_COLUMNS, Scene, build_scene, entity_key, event_details, event_key
from kg.views.style import THEMES, Style, contrast, load_style
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

    def test_a_box_gives_one_line_to_details(self, busy: Scene) -> None:
        boxes = [box for box in busy.boxes.values() if box.sort == "event"]
        assert {len(box.lines) - box.title_lines for box in boxes} == {0, 1}
        assert max(len(box.lines[-1]) for box in boxes) <= DETAIL_COLUMNS

    def test_a_date_stays_where_a_second_amount_is_too_long(
        self, sample: Knowledge, ontology: Ontology, style: Style
    ) -> None:
        event = next(e for e in sample.events if e.type == "Acquisition" and e.when and e.status is Status.HAPPENED)
        long = Value(ValueKind.COUNT, "one hundred and twenty thousand people")
        roles = (*event.roles, RoleFiller("headcount", "article", Span(0, 4, "then"), value=long))
        boxes = build_scene(replace(sample, events=(replace(event, roles=roles),)), ontology, style).boxes
        assert "2025" in boxes[event_key(event.id)].lines[-1]

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
