"""Coordination, lists of names and the passive, as the dependency tree tells them."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.syntax import instances, is_passive, with_conjuncts
from tests.parsing import read, texts, word

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Bosch bought Sensatek.", "bought", False),
        ("Bosch has bought Sensatek.", "bought", False),
        ("Sensatek was bought by Bosch.", "bought", True),
        ("Sensatek has been bought.", "bought", True),
        ("Sensatek was founded in Lyon and bought by Bosch.", "bought", True),
        ("The firm bought by Bosch makes sensors.", "bought", True),
        ("The firm buying Sensatek makes brakes.", "buying", False),
    ],
)
def test_a_verb_is_passive_by_its_form_and_what_hangs_on_it(
    text: str, verb: str, passive: bool, extractor: Extractor
) -> None:
    assert is_passive(word(read(extractor, text), verb)) is passive


def test_coordinated_words_come_in_the_order_of_the_sentence(extractor: Extractor) -> None:
    reading = read(extractor, "Bosch, Denso and Valeo formed a joint venture.")
    assert texts(with_conjuncts([word(reading, "Bosch")])) == ["Bosch", "Denso", "Valeo"]


def test_an_apposition_is_no_conjunct(extractor: Extractor) -> None:
    reading = read(extractor, "Bosch, a maker of brakes, bought Sensatek.")
    assert texts(with_conjuncts([word(reading, "Bosch")])) == ["Bosch"]


@pytest.mark.parametrize(
    ("text", "noun", "names"),
    [
        ("It competes with rivals such as Denso and Valeo.", "rivals", ["Denso", "Valeo"]),
        ("It competes with makers including Denso.", "makers", ["Denso"]),
        ("It competes with makers of brakes.", "makers", []),
        ("It competes with rivals such as carmakers.", "rivals", []),
    ],
)
def test_a_noun_introduces_the_names_that_follow_it(
    text: str, noun: str, names: list[str], extractor: Extractor
) -> None:
    assert texts(instances(word(read(extractor, text), noun))) == names


def test_a_name_introduces_no_others(extractor: Extractor) -> None:
    assert instances(word(read(extractor, "Bosch works like Denso."), "Bosch")) == []
