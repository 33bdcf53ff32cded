"""The page as text, and the evidence in it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from busy import busy_knowledge
from knowledge import sample_knowledge

from kg.errors import OutputError, UsageError
from kg.model import Knowledge, Span, When
from kg.ontology import Ontology
from kg.resources import viz_folder
from kg.views import network_page, write_page
from kg.views.choice import FOCUS_SIZE
from kg.views.dossier import entries, safe_url
from kg.views.scene import entity_key, event_key

READABLE = 4.5  # WCAG 2 AA


@pytest.fixture(scope="module")
def sample() -> Knowledge:
    return sample_knowledge()


@pytest.fixture(scope="module")
def page(sample: Knowledge, ontology: Ontology) -> str:
    return network_page(sample, ontology, title="Sample")


def page_data(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


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
