"""What words denote that are known to fill a role."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract.denotation import Denotation
from kg.extract.extractor import Extractor
from kg.extract.wording import denote_each, denote_words
from kg.model import Kind, ValueKind
from tests.parsing import read

pytestmark = pytest.mark.model

FIRMS = (Kind.ORGANIZATION, Kind.PERSON)


def denoted(extractor: Extractor, text: str, words: str, kinds: Sequence[Kind | ValueKind]) -> Denotation:
    reading = read(extractor, text)
    start = text.index(words)
    span = reading.doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    found = denote_words(reading, span.start, span.end, kinds)
    assert found is not None
    return found


WORDS = [
    pytest.param("Bosch sold 11 of its trucks.", "11 of its trucks", Kind.PRODUCT, "trucks", id="some of them"),
    pytest.param("It owns 68 percent of Siemens.", "68 percent of Siemens", Kind.ORGANIZATION, "Siemens", id="a share"),
    pytest.param(
        "A spokesman for Siemens left.", "A spokesman for Siemens", Kind.ORGANIZATION, "Siemens", id="speaker"
    ),
    pytest.param("Siemens fell. The shares lost 3%.", "The shares", Kind.ORGANIZATION, "Siemens", id="the shares"),
    pytest.param("Bosch sued Lyon.", "Lyon", Kind.ORGANIZATION, "Lyon", id="a place for a company"),
]


@pytest.mark.parametrize(("text", "words", "kind", "label"), WORDS)
def test_words_denote_what_stands_behind_them(
    text: str, words: str, kind: Kind, label: str, extractor: Extractor
) -> None:
    found = denoted(extractor, text, words, (kind,))
    assert found.cluster is not None
    assert (found.kind, found.cluster.label) == (kind, label)


@pytest.mark.parametrize(
    ("words", "labels"),
    [("Both firms", ["Bosch", "Siemens"]), ("Siemens", ["Siemens"]), (".", [])],
)
def test_both_companies_are_two(words: str, labels: list[str], extractor: Extractor) -> None:
    text = "Bosch met Siemens. Both firms grew."
    reading = read(extractor, text)
    span = reading.doc.char_span(text.index(words), text.index(words) + len(words))
    assert span is not None
    found = denote_each(reading, span.start, span.end, (Kind.ORGANIZATION,))
    assert [what.cluster.label for what in found if what.cluster] == labels


def test_words_for_a_number_are_a_number(extractor: Extractor) -> None:
    found = denoted(extractor, "Bosch will cut about 300 jobs.", "about 300 jobs", (ValueKind.COUNT, ValueKind.PERCENT))
    assert found.value is not None
    assert found.value.number == 300


def test_a_name_that_fits_is_surer_than_one_that_does_not(extractor: Extractor) -> None:
    text = "Bosch sued Lyon."
    assert denoted(extractor, text, "Bosch", FIRMS).score > denoted(extractor, text, "Lyon", FIRMS).score


def test_a_phrase_is_kept_as_it_stands(extractor: Extractor) -> None:
    found = denoted(extractor, "Bosch named weak demand for cars.", "weak demand for cars", (ValueKind.PHRASE,))
    assert found.value is not None
    assert found.value.text == "weak demand for cars"
