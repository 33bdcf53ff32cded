"""The spaCy component: what it gives, where it fits, what it refuses, and that its results travel."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from kg.errors import KgError, ModelError, OntologyError, UsageError
from kg.extract import component
from kg.extract.component import ANNOTATIONS, NAME
from kg.extract.docevents import Event
from kg.extract.extractor import Extractor
from kg.model import LocalEvent, Status
from kg.nlp import DEFAULT_MODEL
from kg.resources import sample_folder
from tests.building import write
from tests.parsing import article

ROOT = Path(__file__).resolve().parent.parent
DAY = "2022-09-15"
TEXT = (
    "Adobe said on Monday that it would acquire the design company Figma for $20 billion. "
    "Boeing denied that the planemaker will close its plant in Renton next year."
)
PARTS: dict[str, Any] = {
    "tags": ["NNP", "VBD", "NNP"],
    "pos": ["PROPN", "VERB", "PROPN"],
    "lemmas": ["Adobe", "acquire", "Figma"],
    "heads": [1, 1, 1],
    "deps": ["nsubj", "ROOT", "dobj"],
    "ents": ["B-ORG", "O", "B-ORG"],
}
NEEDS = {"TAG": ["tags"], "POS": ["pos"], "LEMMA": ["lemmas"], "DEP": ["heads", "deps"], "ENT_IOB": ["ents"]}
FRAME = """
type = "Acquisition"
[[trigger]]
verb = ["pocket"]
roles.acquirer = ["subject"]
roles.target = ["object"]
"""
ALONE = """
import sys, spacy
nlp = spacy.blank("en")
print("kg.extract.decoder" in sys.modules)
nlp.add_pipe("paragraph_breaks")
nlp.add_pipe("corporate_events")
print(nlp.pipe_names)
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(DEFAULT_MODEL)
    pipeline.add_pipe(NAME)
    return pipeline


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(dated(nlp, TEXT))


def dated(nlp: Language, text: str) -> Doc:
    made = nlp.make_doc(text)
    made._.article_date = DAY
    return made


def blank(**config: object) -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe(NAME, config=config)
    return pipeline


def by_hand(nlp: Language, *without: str) -> Doc:
    """Return a document that other components than spaCy's may have made."""
    parts = {name: values for name, values in PARTS.items() if name not in without}
    return Doc(nlp.vocab, ["Adobe", "acquired", "Figma"], **parts)


def told(events: tuple[Event, ...]) -> list[tuple[Any, ...]]:
    """Return events as values that outlive their document."""
    return [
        (
            event.type,
            event.status,
            event.confidence,
            [(span.start_char, span.end_char) for span in event.mentions],
            [(role.name, role.span.start_char, role.span.end_char, role.entity, role.value) for role in event.roles],
            [source.span.start_char for source in event.said_by],
            event.time and (event.time.edtf, event.time.earliest, event.time.latest),
            event.conflict,
            event.rule,
        )
        for event in events
    ]


def extracted(events: tuple[LocalEvent, ...]) -> list[tuple[Any, ...]]:
    """Return what `told` does, of events that the extractor gives."""
    return [
        (
            event.type,
            event.status,
            event.confidence,
            [(mention.trigger.start, mention.trigger.end) for mention in event.mentions],
            [
                (filler.role, filler.span.start, filler.span.end, filler.entity, filler.value)
                for filler in event.fillers
            ],
            [source.span.start for source in event.said_by],
            event.when and (event.when.edtf, event.when.earliest, event.when.latest),
            event.conflict,
            event.mentions[0].rule,
        )
        for event in events
    ]


# --- what it gives


@pytest.mark.model
class TestEvents:
    def test_an_event_has_its_type_status_and_words(self, doc: Doc) -> None:
        deal, denial = doc._.events
        assert (deal.type, deal.status, deal.trigger.text) == ("Acquisition", Status.PLANNED, "acquire")
        assert (denial.type, denial.status, denial.trigger.text) == ("FacilityClosure", Status.DENIED, "close")
        assert 0.5 <= deal.confidence <= 1
        assert "Acquisition" in deal.rule

    def test_a_trigger_is_a_span_of_the_document(self, doc: Doc) -> None:
        trigger = doc._.events[0].trigger
        assert isinstance(trigger, Span)
        assert trigger.doc is doc
        assert trigger.sent.text.startswith("Adobe said")

    def test_a_role_tells_its_words_and_the_fullest_name(self, doc: Doc) -> None:
        roles = {role.name: role for role in doc._.events[0].roles}
        assert (roles["acquirer"].span.text, roles["acquirer"].label) == ("it", "Adobe")
        assert (roles["target"].label, roles["target"].kind) == ("Figma", "Organization")

    def test_a_price_is_a_number_with_its_currency(self, doc: Doc) -> None:
        (price,) = [role for role in doc._.events[0].roles if role.name == "price"]
        assert (price.label, price.kind, price.entity) == ("$20 billion", "Money", None)
        assert (price.value.number, price.value.currency) == (20_000_000_000, "USD")

    def test_who_said_it_is_told(self, doc: Doc) -> None:
        assert [(source.span.text, source.label) for source in doc._.events[0].said_by] == [("Adobe", "Adobe")]

    def test_a_relative_day_is_counted_from_the_date_of_the_article(self, doc: Doc) -> None:
        assert [(e.time.span.text, e.time.edtf) for e in doc._.events] == [
            ("Monday", "2022-09-12"),
            ("next year", "2023"),
        ]

    def test_without_a_date_a_relative_day_stays_untold(self, nlp: Language) -> None:
        assert [event.time for event in nlp(TEXT)._.events] == [None, None]

    def test_they_are_those_of_a_build(self, nlp: Language, shipped: Extractor) -> None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(sample_folder().glob("*.txt"))[:5]]
        assert texts
        for text in texts:
            parsed = nlp(dated(nlp, text))
            extraction = shipped.extract_doc(parsed.copy(), article(text, date=DAY), 0)
            assert told(parsed._.events) == extracted(extraction.events)

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "Adobe", "...", "No events here.", "😀 \u200b"])
    def test_a_text_without_events_gives_none(self, nlp: Language, text: str) -> None:
        assert nlp(text)._.events == ()

    def test_nothing_else_is_left_in_the_document(self, nlp: Language) -> None:
        assert set(nlp(TEXT).user_data) == {"corporate_events"}

    def test_surer_events_can_be_asked_for(self, extractor: Extractor) -> None:
        pipeline = spacy.load(DEFAULT_MODEL)
        pipeline.add_pipe(NAME, config={"min_confidence": 1})
        assert pipeline(TEXT)._.events == ()

    def test_an_ontology_of_ones_own_is_used(self, tmp_path: Path) -> None:
        write(tmp_path, {"frames/mine.toml": FRAME})
        pipeline = spacy.load(DEFAULT_MODEL)
        pipeline.add_pipe(NAME, config={"ontology": [str(tmp_path)], "min_confidence": 0})
        assert "pocket" in pipeline("Adobe has pocketed the design company Figma.")._.events[0].rule


def test_a_document_that_the_component_has_not_seen_has_no_events() -> None:
    assert spacy.blank("en")(TEXT)._.events == ()


# --- the date of an article


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2021-11-27", "2021-11-27"),
        ("2021-11", "2021-11"),
        ("2021-11-27T08:00:00Z", "2021-11-27"),
        (date(2021, 11, 27), "2021-11-27"),
        (datetime(2021, 11, 27, 8), "2021-11-27"),
        (None, None),
    ],
)
def test_a_date_is_kept_as_an_iso_day(given: object, kept: str | None) -> None:
    made = spacy.blank("en")("")
    assert made._.article_date is None
    made._.article_date = given
    assert made._.article_date == kept


@pytest.mark.parametrize("given", ["yesterday", "27.11.2021", "", 20211127, "0000-11-27"])
def test_what_is_no_date_is_refused(given: object) -> None:
    made = spacy.blank("en")("")
    with pytest.raises(UsageError, match="is no date; give an ISO date"):
        made._.article_date = given


# --- where it fits


def test_each_entry_point_names_a_factory() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["spacy_factories"]
    assert points[NAME] == f"{component.__name__}:{component.make_component.__name__}"
    assert [name for name in points if not Language.has_factory(name)] == []


def test_spacy_finds_it_by_itself_and_loads_it_only_when_asked() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["False", "['paragraph_breaks', 'corporate_events']"], done.stderr


def test_it_declares_what_it_assigns() -> None:
    assert blank().analyze_pipes()["attrs"]["doc._.events"] == {"assigns": [NAME], "requires": []}


@pytest.mark.parametrize("need", ["token.dep", "token.head", "token.tag", "token.lemma", "doc.sents", "doc.ents"])
def test_spacys_analysis_tells_what_is_missing(need: str) -> None:
    assert need in blank().analyze_pipes()["problems"][NAME]


@pytest.mark.model
def test_spacys_analysis_finds_no_problem_in_a_whole_pipeline(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


@pytest.mark.model
@pytest.mark.parametrize(
    "arrange",
    [
        pytest.param(
            lambda pipeline: pipeline.add_pipe("paragraph_breaks", before="parser"), id="with paragraph breaks"
        ),
        pytest.param(lambda pipeline: pipeline.add_pipe("sentencizer", before="parser"), id="with a sentencizer"),
        pytest.param(lambda pipeline: pipeline.add_pipe("merge_entities"), id="with merged names"),
    ],
)
def test_it_works_beside_other_components(arrange: Callable[[Language], object]) -> None:
    pipeline = spacy.load(DEFAULT_MODEL)
    arrange(pipeline)
    pipeline.add_pipe(NAME)
    assert [event.type for event in pipeline(TEXT)._.events] == ["Acquisition", "FacilityClosure"]


@pytest.mark.model
def test_it_works_in_another_order(doc: Doc) -> None:
    pipeline = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    pipeline.add_pipe("ner", source=spacy.load(DEFAULT_MODEL), first=True)
    pipeline.add_pipe(NAME)
    assert told(pipeline(dated(pipeline, TEXT))._.events) == told(doc._.events)


def test_what_others_have_parsed_will_do() -> None:
    pipeline = blank()
    assert [event.type for event in pipeline(by_hand(pipeline))._.events] == ["Acquisition"]


# --- what it refuses


@pytest.mark.parametrize(("need", "parts"), NEEDS.items())
def test_a_document_that_lacks_something_is_refused_by_name(need: str, parts: list[str]) -> None:
    pipeline = blank()
    with pytest.raises(ModelError, match=f"the document has no {need};") as caught:
        pipeline(by_hand(pipeline, *parts))
    assert ANNOTATIONS[need] in caught.value.remedy


def test_a_pipeline_without_parser_and_names_is_refused() -> None:
    with pytest.raises(ModelError, match="no TAG, POS, DEP, LEMMA, ENT_IOB"):
        blank()(TEXT)


@pytest.mark.parametrize(
    ("language", "config", "error", "message"),
    [
        ("de", {}, ModelError, "the pipeline's language is 'de'"),
        ("en", {"min_confidence": 1.5}, UsageError, "not between 0 and 1"),
        ("en", {"ontology": ["/nowhere"]}, OntologyError, "/nowhere is not a folder"),
    ],
)
def test_a_wrong_setting_is_told_when_it_is_added(
    language: str, config: dict[str, object], error: type[KgError], message: str
) -> None:
    with pytest.raises(error, match=message):
        spacy.blank(language).add_pipe(NAME, config=config)


# --- results travel


@pytest.mark.model
class TestTravel:
    def test_two_processes_find_the_same(self, nlp: Language, doc: Doc) -> None:
        docs = list(nlp.pipe([dated(nlp, TEXT) for _ in range(3)], n_process=2))
        assert [told(other._.events) for other in docs] == [told(doc._.events)] * 3

    def test_a_docbin_keeps_them(self, nlp: Language, doc: Doc) -> None:
        packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
        (other,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
        assert told(other._.events) == told(doc._.events)
        assert other._.article_date == DAY

    def test_a_document_on_disk_keeps_them(self, nlp: Language, doc: Doc, tmp_path: Path) -> None:
        doc.to_disk(tmp_path / "doc")
        assert told(Doc(nlp.vocab).from_disk(tmp_path / "doc")._.events) == told(doc._.events)

    def test_a_pickled_document_keeps_them(self, doc: Doc) -> None:
        assert told(pickle.loads(pickle.dumps(doc))._.events) == told(doc._.events)

    def test_a_pickled_pipeline_finds_the_same(self, nlp: Language, doc: Doc) -> None:
        other = pickle.loads(pickle.dumps(nlp))
        assert told(other(dated(other, TEXT))._.events) == told(doc._.events)

    def test_a_pipeline_on_disk_finds_the_same(self, nlp: Language, doc: Doc, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path / "pipeline")
        other = spacy.load(tmp_path / "pipeline")
        assert told(other(dated(other, TEXT))._.events) == told(doc._.events)

    def test_a_pipeline_on_disk_keeps_its_settings(self, tmp_path: Path) -> None:
        blank(min_confidence=0.75).to_disk(tmp_path)
        assert spacy.load(tmp_path).get_pipe(NAME).extractor.decoder.min_confidence == 0.75

    def test_later_changes_of_the_tokens_do_no_harm(self, nlp: Language, doc: Doc) -> None:
        changed = nlp(dated(nlp, TEXT))
        with changed.retokenize() as retokenizer:
            retokenizer.merge(changed[2:4])
        assert [event.trigger.text for event in changed._.events] == ["acquire", "close"]

    def test_a_part_of_a_document_has_no_events_in_wrong_places(self, doc: Doc) -> None:
        assert doc[3:9].as_doc(copy_user_data=True)._.events == ()


# --- its page


@pytest.mark.model
def test_the_python_on_its_page_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    exec("\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL)), {})
    assert capsys.readouterr().out == "".join(re.findall(r"```\n((?:[^`]+\n)+?)```", outputs(page)))


def outputs(page: str) -> str:
    """Return a page without its code."""
    return re.sub(r"```python\n.*?```", "", page, flags=re.DOTALL)
