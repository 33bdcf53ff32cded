"""Who is said to have said it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

SAID = [
    ("Layoffs", "Ericsson said it will cut 1,400 jobs in Sweden.", ["Ericsson"]),
    ("Layoffs", "Ericsson will cut 1,400 jobs in Sweden, according to Reuters.", ["Reuters"]),
    ("Layoffs", "Ericsson will cut 1,400 jobs in Sweden, Reuters reported.", ["Reuters"]),
    ("Layoffs", "Ericsson is said by Reuters to be cutting 1,400 jobs in Sweden.", ["Reuters"]),
    ("Layoffs", "Ericsson announced plans to cut 1,400 jobs in Sweden.", ["Ericsson"]),
    ("ProfitChange", "Ericsson reported a profit of $300 million.", ["Ericsson"]),
    ("Acquisition", "Bloomberg and Reuters reported that Intel bought Tower Semiconductor.", ["Bloomberg", "Reuters"]),
    ("Layoffs", "“We will cut 1,400 jobs in Sweden,” said chief executive Anna Berg of Ericsson.", ["Anna Berg"]),
    ("Layoffs", "A spokesman for Ericsson said that Nokia will cut 1,400 jobs in Sweden.", ["Ericsson"]),
    ("RevenueChange", "Analysts had forecast revenue of $300 million for Adidas.", ["Analysts"]),
    ("Acquisition", "Intel bought Tower Semiconductor in 2022.", []),
    ("Bankruptcy", "Wirecard declared bankruptcy in 2020.", []),
    ("CompanyFormation", "Reuters reported that Bill Gates, co-founder of Microsoft, is ill.", []),
]

pytestmark = pytest.mark.model


def speakers(extraction: Extraction, type_: str) -> list[str]:
    labels = {entity.key: entity.label for entity in extraction.entities}
    events = [event for event in extraction.events if event.type == type_]
    assert events, [event.type for event in extraction.events]
    return sorted({labels.get(source.entity or "", source.span.text) for event in events for source in event.said_by})


@pytest.mark.parametrize(("type_", "text", "names"), SAID)
def test_the_speaker_is_found(type_: str, text: str, names: list[str], extract: Callable[..., Extraction]) -> None:
    assert speakers(extract(text), type_) == names


def test_a_quotation_goes_on_in_the_next_sentence(extract: Callable[..., Extraction]) -> None:
    text = '"It was a hard year for us," said Anna Berg of Ericsson. "We closed a factory in Sweden last week."'
    assert speakers(extract(text), "FacilityClosure") == ["Anna Berg"]


def test_a_headline_takes_the_speaker_of_the_lead(extract: Callable[..., Extraction]) -> None:
    text = "Ericsson said on Monday that times were hard in Sweden."
    assert speakers(extract(text, title="Ericsson to cut 1,400 jobs in Sweden"), "Layoffs") == ["Ericsson"]


def test_the_speakers_of_all_mentions_stand_at_the_event(extract: Callable[..., Extraction]) -> None:
    text = (
        "Reuters reported that Intel bought Tower Semiconductor. Bloomberg said Intel had bought Tower Semiconductor."
    )
    assert speakers(extract(text), "Acquisition") == ["Bloomberg", "Reuters"]


def test_a_speaker_is_linked_to_the_entity(extract: Callable[..., Extraction]) -> None:
    extraction = extract(
        "Intel bought Tower Semiconductor. It said the purchase of Tower Semiconductor cost $5 billion."
    )
    assert {source.entity for event in extraction.events for source in event.said_by} <= {
        entity.key for entity in extraction.entities
    }
