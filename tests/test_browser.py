"""The page in a real browser: it works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from browser import PHONE, Browser, make_page, open_browser
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.ontology import Ontology
from kg.views.scene import entity_key, event_key

pytestmark = pytest.mark.browser

READABLE = 11  # pixels of a font


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    return make_page(tmp_path_factory, sample_knowledge(), ontology)


@pytest.fixture(scope="module")
def busy_page(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    return make_page(tmp_path_factory, busy_knowledge(ontology, events=32), ontology)


def wait(happens: Callable[[], bool], *, seconds: float = 5) -> bool:
    """Wait until something happens; say whether it did."""
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()


class TestDrawing:
    def test_it_opens_readable_on_the_busiest_company(self, browser: Browser, busy_page: Path) -> None:
        browser.open(busy_page)
        assert 22 <= browser.run("return shownKeys.size") <= 30
        scale = browser.run("return NETWORK.getScale()")
        fonts = browser.run("return [...shownKeys].map(key => BOXES.get(key).font.size)")
        assert min(fonts) * scale >= READABLE
        assert entity_key("norvik-motors") in browser.run("return [...shownKeys]")

    @pytest.mark.parametrize("state", ["", "#about=", "#view=direct", "#view=direct&about="])
    def test_no_boxes_overlap(self, browser: Browser, busy_page: Path, state: str) -> None:
        browser.open(busy_page, hash=state)
        boxes = browser.run(
            "return [...shownKeys].map(key => { const b = NETWORK.body.nodes[key].shape;"
            "const p = NETWORK.getPosition(key); return [p.x, p.y, b.width, b.height]; })"
        )
        assert len(boxes) > 5

        def overlap(one: list[float], other: list[float]) -> bool:
            return all(abs(one[a] - other[a]) < (one[a + 2] + other[a + 2]) / 2 - 1 for a in (0, 1))

        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []

    def test_all_can_be_shown(self, browser: Browser, busy_page: Path) -> None:
        browser.open(busy_page)
        browser.one("#scope").click()
        assert browser.run("return shownKeys.size === BOXES.size")
        browser.one("#scope").click()
        assert browser.run("return shownKeys.size") <= 30

    def test_neighbours_are_added_beside_what_is_drawn(self, browser: Browser, busy_page: Path) -> None:
        browser.open(busy_page)
        key = browser.run("return [...shownKeys].find(key => neighbours(key, 'events').some(one => !inScope(one)))")
        before = browser.run("return shownKeys.size")
        places = "return [...arguments[0]].map(key => NETWORK.getPosition(key))"
        keys = browser.run("return [...shownKeys]")
        stood = browser.run(places, keys)
        browser.run("addNeighbours(arguments[0])", key)
        assert browser.run("return shownKeys.size") > before
        assert browser.run(places, keys) == stood

    def test_the_direct_view_draws_entities_only(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.one("[data-view=direct]").click()
        assert browser.run("return [...shownKeys].filter(isEvent)") == []
        assert "builds" in browser.run("return visibleLinks(shownKeys).map(link => link.label)")

    def test_colours_follow_the_theme(self, browser: Browser, sample_page: Path) -> None:
        papers = [
            browser.open(sample_page, dark=dark).run("return getComputedStyle(document.body).backgroundColor")
            for dark in (False, True)
        ]
        assert papers == ["rgb(255, 255, 255)", "rgb(22, 24, 28)"]

    def test_a_phone_needs_no_sideways_scrolling(self, browser: Browser, busy_page: Path) -> None:
        browser.open(busy_page, size=PHONE)
        assert browser.run("return document.documentElement.scrollWidth") <= PHONE[0]
        assert browser.run("return NETWORK.getScale()") * 14 >= READABLE
        assert browser.one("#canvas").rect["height"] > 300

    def test_the_picture_can_be_saved(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("HTMLAnchorElement.prototype.click = function () { window.__saved = this.href.slice(0, 22); };")
        browser.run("savePicture()")
        assert browser.run("return __saved") == "data:image/png;base64,"
        assert browser.console() == []


class TestEvidence:
    def test_a_selected_event_shows_who_said_it_and_where(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        event = next(e for e in sample_knowledge().events if e.type == "FacilityConstruction" and e.conflict)
        browser.run("select(arguments[0])", event_key(event.id))
        text = browser.one("#evidence").text
        articles = {article.key: article for article in sample_knowledge().articles}
        for claim in event.claims:
            assert claim.sentence.text in text
            assert articles[claim.article].title in text
        assert "Gothenburg city council" in text
        assert "4 Mar 2025" in text
        assert "sources disagree" in text
        link = browser.one("#evidence figure a[href^=http]")
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"

    def test_a_selected_entity_lists_its_events(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("select(arguments[0])", entity_key("halden-cells"))
        events = [e for e in sample_knowledge().events if any(f.entity == "halden-cells" for f in e.roles)]
        assert len(browser.all("#evidence li")) == len(events)

    def test_a_click_on_a_box_selects_it(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        key = entity_key("tessaly")
        x, y = browser.run("const p = NETWORK.canvasToDOM(NETWORK.getPosition(arguments[0])); return [p.x, p.y]", key)
        canvas = browser.one("#canvas").rect
        for kind in ("mousePressed", "mouseReleased"):
            browser.command(
                "Input.dispatchMouseEvent", type=kind, x=canvas["x"] + x, y=canvas["y"] + y, button="left", clickCount=1
            )
        assert wait(lambda: browser.run("return STATE.selected") == key)
        assert browser.one("#evidence h2").text == "Tessaly"

    def test_a_click_in_the_list_selects_the_event(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        item = browser.all("#list li")[0]
        item.find_element("css selector", "summary").click()
        assert browser.run("return STATE.selected") == item.get_attribute("data-key")

    def test_names_in_the_evidence_lead_on(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("select(arguments[0])", event_key(sample_knowledge().events[0].id))
        link = browser.one("#evidence [data-go]")
        target = link.get_attribute("data-go")
        link.click()
        assert browser.run("return STATE.selected") == target


class TestFinding:
    @pytest.mark.parametrize("words", ["zephyr", "ZÉPHYR", "energie zeph"])
    def test_search_ignores_accents_and_case(self, browser: Browser, busy_page: Path, words: str) -> None:
        browser.open(busy_page)
        browser.press("/")
        browser.press(words)
        assert "Zéphyr Énergie" in [row.text.split("\n")[0].rsplit(" ", 1)[0] for row in browser.all("#results li")]
        browser.press("ENTER")
        assert browser.run("return BOXES.get(STATE.selected).name") == "Zéphyr Énergie"
        assert browser.run("return shownKeys.has(STATE.selected)")

    def test_search_says_when_nothing_is_found(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.press("/")
        browser.press("qqqq")
        assert browser.one("#results").text == "Nothing found"

    @pytest.mark.parametrize(("kind", "value"), [("status", "denied"), ("type", "Acquisition"), ("kind", "Place")])
    def test_the_legend_switches_things_off_and_on(
        self, browser: Browser, sample_page: Path, kind: str, value: str
    ) -> None:
        browser.open(sample_page)
        box = f'[data-filter={kind}][data-value="{value}"]'
        field = "family" if kind == "kind" else kind
        drawn = "return [...shownKeys].map(key => BOXES.get(key)[arguments[0]])"
        listed = "return [...ENTRIES].filter(([, item]) => !item.hidden).map(([key]) => BOXES.get(key)[arguments[0]])"
        assert value in browser.run(drawn, field)
        browser.run("document.querySelector(arguments[0]).click()", box)
        assert value not in browser.run(drawn, field)
        assert value not in browser.run(listed, field)
        browser.run("document.querySelector(arguments[0]).click()", box)
        assert value in browser.run(drawn, field)

    def test_an_article_can_be_switched_off(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        key = sample_knowledge().articles[-1].key
        browser.run("switchOff([arguments[0]], true)", f"article:{key}")
        alone = [event_key(e.id) for e in sample_knowledge().events if {c.article for c in e.claims} == {key}]
        assert alone
        assert not set(alone) & set(browser.run("return [...shownKeys]"))

    def test_a_group_switches_its_types(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("document.querySelector('[data-group=MergersAndOwnership]').click()")
        assert browser.run("return [...STATE.off].sort()") == ["type:Acquisition", "type:Merger"]

    def test_with_everything_off_the_page_says_so(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("switchOff(FILTERS.map(filterName), true)")
        assert browser.one("#empty").is_displayed()

    def test_the_address_keeps_the_view(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page)
        browser.run("select(arguments[0]); switchOff(['status:denied', 'kind:Place'], true)", entity_key("tessaly"))
        state = browser.run("return hashText()")
        assert wait(lambda: browser.run("return location.hash") == f"#{state}")
        browser.open(sample_page, hash=f"#{state}")
        assert browser.run("return [STATE.selected, ...[...STATE.off].sort()]") == [
            *(entity_key("tessaly"), "kind:Place", "status:denied"),
        ]

    @pytest.mark.parametrize("state", ["#sel=nobody&about=nothing&add=x&view=odd&off=zzz", "#%%%", "#sel=__proto__"])
    def test_a_strange_address_does_no_harm(self, browser: Browser, sample_page: Path, state: str) -> None:
        browser.open(sample_page, hash=state)
        assert browser.run("return STATE.selected") == ""
        assert browser.run("return shownKeys.size") > 10
        assert browser.console() == []


class TestKeyboard:
    @pytest.fixture
    def canvas(self, browser: Browser, sample_page: Path) -> Browser:
        browser.open(sample_page)
        browser.run("CANVAS.focus()")
        return browser

    def test_arrows_walk_to_neighbours(self, canvas: Browser) -> None:
        canvas.press("ARROW_DOWN")
        first = canvas.run("return STATE.selected")
        assert first == entity_key("norvik-motors")
        canvas.press("ARROW_DOWN")
        second = canvas.run("return STATE.selected")
        assert second in canvas.run("return neighbours(arguments[0], 'events')", first)
        heights = canvas.run("return arguments[0].map(key => NETWORK.getPosition(key).y)", [first, second])
        assert heights == sorted(heights)

    def test_enter_goes_to_the_evidence_and_escape_comes_back(self, canvas: Browser) -> None:
        canvas.press("ARROW_DOWN", "ENTER")
        assert canvas.run("return document.activeElement.id") == "evidence"
        canvas.press("ESCAPE")
        assert canvas.run("return [document.activeElement.id, STATE.selected]") == ["canvas", ""]

    def test_slash_goes_to_the_search(self, canvas: Browser) -> None:
        canvas.press("/")
        assert canvas.run("return document.activeElement.id") == "search"

    def test_a_question_mark_opens_the_help(self, canvas: Browser) -> None:
        canvas.press("?")
        assert canvas.run("return HELP.open")
        canvas.one("#help-close").click()
        assert not canvas.run("return HELP.open")

    def test_a_selection_is_announced(self, canvas: Browser) -> None:
        canvas.press("ARROW_DOWN")
        assert canvas.one("#news").get_attribute("textContent").startswith("Norvik Motors")

    def test_every_control_has_a_name(self, canvas: Browser) -> None:
        controls = "button, input, summary, [tabindex='0']"
        nameless = canvas.run(
            "return [...document.querySelectorAll(arguments[0])].filter(e => !(e.ariaLabel || e.textContent.trim()"
            " || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)",
            controls,
        )
        assert nameless == []


class TestWithoutScripts:
    def test_the_list_tells_all_without_scripts(self, browser: Browser, sample_page: Path) -> None:
        browser.open(sample_page, scripts=False)
        try:
            items = browser.all("#list li")
            assert len(items) == len(sample_knowledge().events)
            items[0].find_element("css selector", "summary").click()
            assert items[0].find_element("css selector", "blockquote").is_displayed()
            assert not browser.one("#stage").is_displayed()
        finally:
            browser.command("Emulation.setScriptExecutionDisabled", value=False)
