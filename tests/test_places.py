"""The places of a sentence that frames name, found from the trigger word."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.places import Places
from tests.parsing import read, texts, word

pytestmark = pytest.mark.model

VERB_SUBJECTS = [
    pytest.param("Bosch bought Sensatek.", "bought", ["Bosch"], id="own"),
    pytest.param("Bosch plans to buy Sensatek.", "buy", ["Bosch"], id="control"),
    pytest.param("Bosch is trying to buy Sensatek.", "buy", ["Bosch"], id="control of a progressive"),
    pytest.param("The court ordered Bosch to sell Sensatek.", "sell", ["Bosch"], id="object control"),
    pytest.param("Bosch, which bought Sensatek, is growing.", "bought", ["Bosch"], id="relative clause"),
    pytest.param("The group buying Sensatek makes brakes.", "buying", ["group"], id="participle"),
    pytest.param("Sensatek was bought by Bosch.", "bought", ["Bosch"], id="passive"),
    pytest.param("Sensatek was bought last year.", "bought", [], id="passive without agent"),
    pytest.param("The firm bought by Bosch makes sensors.", "bought", ["Bosch"], id="passive participle"),
    pytest.param("Bosch closed a plant and bought Sensatek.", "bought", ["Bosch"], id="conjoined verb"),
    pytest.param("Bosch and Denso bought Sensatek.", "bought", ["Bosch", "Denso"], id="conjoined subjects"),
    pytest.param("Bosch is in talks to buy Sensatek.", "buy", ["Bosch"], id="in talks to"),
    pytest.param("Bosch's plan to buy Sensatek failed.", "buy", ["Bosch"], id="noun with infinitive"),
    pytest.param("Bosch is likely to buy Sensatek.", "buy", ["Bosch"], id="adjective with infinitive"),
    pytest.param("Bosch grew by buying Sensatek.", "buying", ["Bosch"], id="gerund after a preposition"),
]


@pytest.fixture(scope="module")
def places(extractor: Extractor) -> Places:
    return Places(extractor.lexicon)


def at(extractor: Extractor, places: Places, text: str, trigger: str, place: str, pos: str | None = None) -> list[str]:
    return texts(places.at(place, word(read(extractor, text), trigger), pos))


@pytest.mark.parametrize(("text", "verb", "subjects"), VERB_SUBJECTS)
def test_the_subject_of_a_verb_is_who_does_it(
    text: str, verb: str, subjects: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, verb, "subject") == subjects


VERB_OBJECTS = [
    pytest.param("Bosch bought Sensatek.", "bought", ["Sensatek"], id="own"),
    pytest.param("Sensatek was bought by Bosch.", "bought", ["Sensatek"], id="passive"),
    pytest.param("The firm bought by Bosch makes sensors.", "bought", ["firm"], id="passive participle"),
    pytest.param("The firm that Bosch bought makes sensors.", "bought", ["firm"], id="relative clause"),
    pytest.param("Bosch bought Sensatek and Lumira.", "bought", ["Sensatek", "Lumira"], id="conjuncts"),
    pytest.param("Bosch has grown.", "grown", [], id="none"),
]


@pytest.mark.parametrize(("text", "verb", "objects"), VERB_OBJECTS)
def test_the_object_of_a_verb_is_what_it_is_done_to(
    text: str, verb: str, objects: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, verb, "object") == objects


NOUN_SUBJECTS = [
    pytest.param("Bosch's acquisition of Sensatek is complete.", "acquisition", ["Bosch"], id="possessor"),
    pytest.param("The acquisition of Sensatek by Bosch is complete.", "acquisition", ["Bosch"], id="by phrase"),
    pytest.param("Bosch completed the acquisition of Sensatek.", "acquisition", ["Bosch"], id="light verb"),
    pytest.param("Bosch announced plans for the acquisition of Sensatek.", "acquisition", ["Bosch"], id="support noun"),
    pytest.param("Investors fear the acquisition of Sensatek.", "acquisition", [], id="no light verb"),
]


@pytest.mark.parametrize(("text", "noun", "subjects"), NOUN_SUBJECTS)
def test_the_subject_of_a_noun_is_who_does_what_it_names(
    text: str, noun: str, subjects: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, noun, "subject") == subjects


NOUN_OBJECTS = [
    pytest.param("Bosch completed the acquisition of Sensatek.", "acquisition", ["Sensatek"], id="of phrase"),
    pytest.param("Bosch completed the Sensatek acquisition.", "acquisition", ["Sensatek"], id="compound"),
    pytest.param("Sensatek's takeover by Bosch is complete.", "takeover", ["Sensatek"], id="possessor beside by"),
    pytest.param("Bosch's takeover is complete.", "takeover", [], id="possessor alone acts"),
]


@pytest.mark.parametrize(("text", "noun", "objects"), NOUN_OBJECTS)
def test_the_object_of_a_noun_is_what_it_is_done_to(
    text: str, noun: str, objects: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, noun, "object") == objects


OTHERS = [
    pytest.param("Uber hired Maria Lopez as chief executive of Freight.", "hired", "as/of", ["Freight"], id="path"),
    pytest.param("Uber hired Maria Lopez from Lyft.", "hired", "from", ["Lyft"], id="preposition"),
    pytest.param("Bosch made a bid for Sensatek.", "bid", "for", ["Sensatek"], id="preposition of a noun"),
    pytest.param("Bosch completed the deal with Denso.", "completed", "with", ["Denso"], id="of the object"),
    pytest.param("Bosch backed out of the deal.", "backed", "out of", ["deal"], id="preposition of two words"),
    pytest.param("The union awarded Bosch a prize.", "awarded", "dative", ["Bosch"], id="dative"),
    pytest.param("Denso is a supplier of Bosch.", "supplier", "attribute", ["Denso"], id="copula"),
    pytest.param("Bosch expects revenue of 3 billion euros.", "revenue", "verb", ["expects"], id="governing verb"),
    pytest.param("Bosch is preparing for a fall in revenue.", "revenue", "verb", ["preparing"], id="over prepositions"),
    pytest.param("Bosch expects to report a loss.", "expects", "complement", ["report"], id="complement"),
    pytest.param("Its rival, Denso, bought Lumira.", "rival", "apposition", ["Denso"], id="apposition"),
    pytest.param("The plant closure surprised the staff.", "plant", "head", ["closure"], id="head of a compound"),
    pytest.param("Workers began a strike.", "strike", "self", ["strike"], id="itself"),
]


@pytest.mark.parametrize(("text", "trigger", "place", "found"), OTHERS)
def test_a_place_is_found_from_the_trigger(
    text: str, trigger: str, place: str, found: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, trigger, place) == found


def test_a_preposition_that_hangs_nowhere_near_gives_nothing(extractor: Extractor, places: Places) -> None:
    assert at(extractor, places, "Bosch bought Sensatek.", "bought", "from") == []


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        pytest.param("The bank is insolvent.", "subject", ["bank"], id="predicate"),
        pytest.param("The insolvent bank closed.", "head", ["bank"], id="attribute"),
        pytest.param("The insolvent bank closed.", "subject", ["bank"], id="attribute as subject"),
    ],
)
def test_an_adjective_stands_beside_a_noun_or_is_said_of_one(
    text: str, place: str, found: list[str], extractor: Extractor, places: Places
) -> None:
    assert at(extractor, places, text, "insolvent", place, "adjective") == found


def test_the_part_of_speech_of_the_frame_outweighs_the_taggers(extractor: Extractor, places: Places) -> None:
    text = "The purchase of Sensatek by Bosch is complete."
    assert at(extractor, places, text, "purchase", "object", "noun") == ["Sensatek"]
    assert at(extractor, places, text, "purchase", "object", "verb") == []
