"""The words that announce an event, as frames list them and as sentences cut them."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.frames import Trigger
from tests.parsing import proposing, read

pytestmark = pytest.mark.model


def found(extractor: Extractor, text: str, word: str, *, pos: str = "verb", title: str = "") -> list[str]:
    """Return the words that the trigger covers, once for each time it is found."""
    reading = read(extractor, text, title=title)
    proposals = proposing(extractor, Trigger("Acquisition", pos, (word,))).propose(reading)
    return [reading.doc[proposal.start : proposal.end].text for proposal in proposals]


@pytest.mark.parametrize(
    ("text", "word", "pos", "covered"),
    [
        pytest.param("Bosch buys Denso and bought Valeo.", "buy", "verb", ["buys", "bought"], id="every form"),
        pytest.param("The buy was cheap.", "buy", "verb", [], id="not as another part of speech"),
        pytest.param("Two acquisitions followed.", "acquisition", "noun", ["acquisitions"], id="plural"),
        pytest.param("Bosch took over Denso.", "take over", "verb", ["took over"], id="particle beside the verb"),
        pytest.param("Bosch took it over.", "take over", "verb", ["took"], id="particle apart"),
        pytest.param("Bosch took Denso to court.", "take over", "verb", [], id="no particle"),
        pytest.param("Bosch formed a joint venture.", "joint venture", "noun", ["joint venture"], id="two words"),
        pytest.param("Bosch formed joint ventures.", "joint venture", "noun", ["joint ventures"], id="their plural"),
        pytest.param("A risky venture failed.", "joint venture", "noun", [], id="half of them"),
        pytest.param("Venture capital grew.", "joint venture", "noun", [], id="at the start of the text"),
        pytest.param("The bank is insolvent.", "insolvent", "adjective", ["insolvent"], id="adjective"),
        pytest.param(
            "Toyota will mass-produce the Prius.", "mass-produce", "verb", ["mass-produce"], id="hyphen in a verb"
        ),
        pytest.param("Toyota mass-produced cars.", "mass-produce", "verb", ["mass-produced"], id="hyphen, inflected"),
        pytest.param("Toyota began mass-production.", "mass-production", "noun", ["mass-production"], id="in a noun"),
        pytest.param("Toyota will produce cars.", "mass-produce", "verb", [], id="hyphened word without its start"),
    ],
)
def test_an_entry_is_found_as_the_tokenizer_cuts_it(
    text: str, word: str, pos: str, covered: list[str], extractor: Extractor
) -> None:
    assert found(extractor, text, word, pos=pos) == covered


def test_a_word_inside_a_longer_name_is_no_trigger(extractor: Extractor) -> None:
    assert found(extractor, "Best Buy hired staff.", "buy") == []
    assert found(extractor, "Shares of Joint Venture Holdings Inc. fell.", "joint venture", pos="noun") == []


def test_a_name_of_one_word_may_be_a_trigger(extractor: Extractor) -> None:
    assert found(extractor, "The IPO of Siemens raised money.", "ipo", pos="noun") == ["IPO"]


def test_titles_are_searched_too(extractor: Extractor) -> None:
    assert found(extractor, "It rained.", "buy", title="Bosch buys Denso") == ["buys"]
