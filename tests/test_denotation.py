"""What a word stands for when a role asks for certain kinds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kg.extract.denotation import (
    COERCED_SCORE,
    NAMED_SCORE,
    NOMINAL_SCORE,
    PRONOUN_SCORE,
    Denotation,
    denote,
)
from kg.extract.extractor import Extractor
from kg.model import Kind, ValueKind
from tests.parsing import cluster, read, word

pytestmark = pytest.mark.model

STAKE = "Siemens acquired a 16 % stake in Denso for $20 million."
SALES = "Bosch reported revenue of 3 billion euros for the third quarter."


def denoted(extractor: Extractor, text: str, at: str, kinds: Sequence[Kind | ValueKind]) -> Denotation | None:
    reading = read(extractor, text)
    return denote(reading, word(reading, at), kinds)


@pytest.mark.parametrize(
    ("text", "at", "kind", "score"),
    [
        ("Bosch bought Siemens.", "Bosch", Kind.ORGANIZATION, NAMED_SCORE),
        ("Bosch closed a plant.", "plant", Kind.FACILITY, NOMINAL_SCORE),
        ("Bosch said it sold Siemens.", "it", Kind.ORGANIZATION, PRONOUN_SCORE),
    ],
)
def test_names_are_surer_than_pronouns_and_these_than_nouns(
    text: str, at: str, kind: Kind, score: float, extractor: Extractor
) -> None:
    found = denoted(extractor, text, at, [kind])
    assert found is not None
    assert (found.kind, found.score) == (kind, score)


def test_a_noun_of_another_kind_denotes_nothing(extractor: Extractor) -> None:
    assert denoted(extractor, "Bosch closed a plant.", "plant", [Kind.ORGANIZATION, Kind.PLACE]) is None


def test_the_first_kind_that_fits_is_taken(extractor: Extractor) -> None:
    found = denoted(extractor, STAKE, "stake", [ValueKind.MONEY, ValueKind.PERCENT, ValueKind.PHRASE])
    assert found is not None
    assert found.kind is ValueKind.PERCENT


@pytest.mark.parametrize(
    ("text", "at", "kind", "number"),
    [
        pytest.param(STAKE, "stake", ValueKind.PERCENT, "16", id="before its noun"),
        pytest.param(STAKE, "million", ValueKind.MONEY, "20000000", id="at its head"),
        pytest.param(SALES, "euros", ValueKind.MONEY, "3000000000", id="currency as noun"),
        pytest.param("Bosch will cut 300 jobs.", "jobs", ValueKind.COUNT, "300", id="count"),
    ],
)
def test_a_number_is_found_in_its_noun_phrase(
    text: str, at: str, kind: ValueKind, number: str, extractor: Extractor
) -> None:
    found = denoted(extractor, text, at, [kind])
    assert found is not None
    assert found.value is not None
    assert found.value.number == Decimal(number)


def test_a_number_of_another_sort_is_no_answer(extractor: Extractor) -> None:
    assert denoted(extractor, STAKE, "stake", [ValueKind.MONEY]) is None


def test_an_amount_is_no_thing(extractor: Extractor) -> None:
    assert denoted(extractor, SALES, "euros", [Kind.THING]) is None


def test_a_period_is_a_time_and_not_a_thing(extractor: Extractor) -> None:
    found = denoted(extractor, SALES, "quarter", [ValueKind.PERIOD])
    assert found is not None
    assert found.kind is ValueKind.PERIOD
    assert found.span.text.endswith("third quarter")
    assert denoted(extractor, SALES, "quarter", [Kind.THING]) is None


def test_a_role_of_periods_takes_only_words_for_periods_as_phrases(extractor: Extractor) -> None:
    kinds = [ValueKind.PERIOD, ValueKind.PHRASE]
    assert denoted(extractor, "Bosch sold fewer sensors.", "sensors", kinds) is None
    found = denoted(extractor, "Bosch sold fewer sensors.", "sensors", [ValueKind.PHRASE])
    assert found is not None


@pytest.mark.parametrize(
    ("text", "at", "phrase"),
    [
        ("Bosch named a weak demand for cars.", "demand", "weak demand for cars"),
        ("Bosch spoke of a lack of parts.", "lack", "lack of parts"),
        ("Bosch went bankrupt.", "bankrupt", "bankrupt"),
    ],
)
def test_a_phrase_is_a_noun_with_what_belongs_to_it(text: str, at: str, phrase: str, extractor: Extractor) -> None:
    found = denoted(extractor, text, at, [ValueKind.PHRASE])
    assert found is not None
    assert (found.span.text, found.value and found.value.text) == (phrase, phrase)


def test_a_name_of_doubtful_kind_is_taken_for_what_the_role_needs(extractor: Extractor) -> None:
    reading = read(extractor, "Adidas and Puma merged.")
    assert cluster(reading, "Puma").kind is Kind.PERSON  # the language model takes it for a person
    found = denote(reading, word(reading, "Puma"), [Kind.ORGANIZATION])
    assert found is not None
    assert (found.kind, found.score) == (Kind.ORGANIZATION, COERCED_SCORE)


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        pytest.param("Bosch moved to Paris.", "Paris", Kind.ORGANIZATION, id="a place is no company"),
        pytest.param("Bosch moved to Paris.", "Bosch", Kind.PLACE, id="a company is no place"),
        pytest.param("Bosch closed a plant.", "plant", Kind.ORGANIZATION, id="a noun is what it says"),
    ],
)
def test_what_is_certain_is_taken_for_nothing_else(text: str, at: str, kind: Kind, extractor: Extractor) -> None:
    assert denoted(extractor, text, at, [kind]) is None
