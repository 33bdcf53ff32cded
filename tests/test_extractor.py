"""From an article to its extraction: offsets, titles, entities, and texts that hold nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.extractor import Extractor
from kg.extract.reading import analysed_text, title_end
from kg.model import TITLE_BREAK, Article, Extraction, Kind, LocalEvent, Span
from tests.parsing import article, fillers

TITLE = "Bosch buys Siemens"
BODY = "The deal was signed in Lyon. Intel sold Renault for $20 million."
MODEL = pytest.mark.model

Extract = Callable[..., Extraction]


def spans(event: LocalEvent) -> list[Span]:
    found = [span for mention in event.mentions for span in (mention.trigger, mention.sentence)]
    return [*found, *(filler.span for filler in event.fillers)]


def at(given: Article, span: Span) -> str:
    """Return the words at a span, as the model defines offsets."""
    if span.start < 0:
        return (given.title + TITLE_BREAK)[span.start : span.end]
    return given.text[span.start : span.end]


@MODEL
@pytest.mark.parametrize("title", ["", TITLE, "  Bosch buys Siemens  "])
def test_offsets_point_at_the_words(title: str, extract: Extract) -> None:
    found = extract(BODY, title=title)
    assert found.events
    for event in found.events:
        assert [at(found.article, span) for span in spans(event)] == [span.text for span in spans(event)]


@MODEL
def test_what_only_the_title_says_is_a_headline_at_negative_offsets(extract: Extract) -> None:
    (event,) = extract("It rained.", title=TITLE).events
    (told,) = event.mentions
    assert told.in_headline
    assert told.trigger == Span(-16 + 2, -16 + 6, "buys")
    assert fillers(event, "target") == ["Siemens"]


@MODEL
def test_the_body_is_no_headline(extract: Extract) -> None:
    found = extract(BODY, title=TITLE)
    assert {told.in_headline for event in found.events for told in event.mentions if told.trigger.start >= 0} == {False}


@MODEL
def test_a_title_at_the_start_of_the_text_is_read_once(extract: Extract) -> None:
    (event,) = extract(f"{TITLE}\n\nIt rained.", title=TITLE).events
    assert [(told.trigger.start, told.in_headline) for told in event.mentions] == [(6, True)]


@MODEL
def test_headline_and_body_tell_one_event(extract: Extract) -> None:
    (event,) = extract("Bosch bought Siemens for $20 million on Monday.", title=TITLE).events
    assert sorted(told.in_headline for told in event.mentions) == [False, True]


NOTHING = [
    pytest.param("", "", id="nothing at all"),
    pytest.param(" \n\t\n ", "", id="blanks"),
    pytest.param("", " ", id="blank title"),
    pytest.param("It rained.", "", id="no event"),
    pytest.param("\u0000\u0007\ufffd\ufeff\u200b\u202e", "", id="control characters"),
    pytest.param("🙂" * 50, "👩‍👩‍👧", id="emoji"),
    pytest.param("(((((" * 200, "", id="brackets"),
    pytest.param("a" * 20_000, "", id="one long word"),
    pytest.param("\n" * 2_000, "", id="line breaks"),
    pytest.param("$" * 500 + "9" * 500 + "%" * 500, "", id="signs and digits"),
    pytest.param("苹果公司收购了一家公司。", "", id="another script"),
    pytest.param("<script>alert(1)</script>", "<b>", id="markup"),
    pytest.param("e\u0301" * 300, "", id="combining marks"),
]


@MODEL
@pytest.mark.parametrize(("text", "title"), NOTHING)
def test_a_text_without_events_gives_none(text: str, title: str, extract: Extract) -> None:
    found = extract(text, title=title)
    assert (found.events, found.entities) == ((), ())


@MODEL
def test_an_article_of_only_a_title_is_read(extract: Extract) -> None:
    (event,) = extract("", title=TITLE).events
    assert (event.type, fillers(event, "acquirer")) == ("Acquisition", ["Bosch"])


@MODEL
@pytest.mark.parametrize("odd", ["\u200b", "\u00a0", "🙂 ", "\u202e", "\u0000"])
def test_odd_characters_shift_no_offset(odd: str, extract: Extract) -> None:
    found = extract(f"{odd}Bosch bought Siemens.{odd} It paid $20 million.")
    for event in found.events:
        assert [at(found.article, span) for span in spans(event)] == [span.text for span in spans(event)]


@MODEL
def test_entities_of_events_come_with_what_they_belong_to(extract: Extract) -> None:
    found = extract("Volkswagen will build a plant in Dresden. The plant will close in 2030.")
    plant = next(entity for entity in found.entities if entity.kind is Kind.FACILITY)
    labels = {entity.key: entity.label for entity in found.entities}
    assert not plant.named
    assert (labels[plant.part_of or ""], labels[plant.located_in or ""]) == ("Volkswagen", "Dresden")


@MODEL
def test_entities_that_take_part_in_nothing_are_left_out(extract: Extract) -> None:
    found = extract("Bosch bought Siemens. It rained in Leeds while Intel slept.")
    assert {entity.label for entity in found.entities} == {"Bosch", "Siemens"}


@MODEL
def test_every_entity_that_is_referred_to_is_there(extract: Extract) -> None:
    found = extract("Intel said Volkswagen will build a plant in Dresden.", title=TITLE)
    keys = {entity.key for entity in found.entities}
    used = {filler.entity for event in found.events for filler in event.fillers}
    used |= {source.entity for event in found.events for source in event.said_by}
    used |= {key for entity in found.entities for key in (entity.located_in, entity.part_of)}
    assert used - {None} <= keys


@MODEL
def test_articles_are_extracted_alike_alone_and_together(extractor: Extractor) -> None:
    articles = [article(BODY), article("", title=TITLE), article("It rained."), article(BODY, title=TITLE)]
    together = list(extractor.extract(articles))
    assert together == [next(extractor.extract([one])) for one in articles]
    assert [extraction.article for extraction in together] == articles


@pytest.mark.parametrize(
    ("text", "title", "analysed", "shift"),
    [
        (BODY, "", BODY, 0),
        (BODY, TITLE, TITLE + TITLE_BREAK + BODY, len(TITLE) + 2),
        (f"{TITLE}\n{BODY}", TITLE, f"{TITLE}\n{BODY}", 0),
        (f"\n {TITLE}\n{BODY}", TITLE, f"\n {TITLE}\n{BODY}", 0),
        ("", TITLE, TITLE + TITLE_BREAK, len(TITLE) + 2),
    ],
)
def test_a_title_goes_first_unless_the_text_begins_with_it(text: str, title: str, analysed: str, shift: int) -> None:
    assert analysed_text(article(text, title=title)) == (analysed, shift)


@pytest.mark.parametrize(("text", "end"), [(f"{TITLE}\n{BODY}", 18), (f"  {TITLE}\n{BODY}", 20), (BODY, 0)])
def test_the_title_ends_where_it_ends_in_the_text(text: str, end: int) -> None:
    assert title_end(article(text, title=TITLE), text) == end
