"""What must, or must not, stand at a place beside a trigger."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.extract.conditions import Surroundings, compile_conditions
from kg.extract.extractor import Extractor
from kg.extract.places import Places
from kg.frames import Trigger
from tests.parsing import read, word

pytestmark = pytest.mark.model

CUT = "Bosch will cut 300 jobs at its plant in Lyon."
PRICE = "Bosch cut the price of its sensors by 10 %."

Entries = Mapping[str, tuple[str, ...]]


def hold(
    extractor: Extractor, text: str, verb: str, *, where: Entries | None = None, unless: Entries | None = None
) -> bool:
    reading = read(extractor, text)
    trigger = Trigger("Layoffs", "verb", ("cut",), where=where or {}, unless=unless or {})
    around = Surroundings(reading, Places(extractor.lexicon), word(reading, verb), "verb")
    return compile_conditions(trigger).hold(around)


@pytest.mark.parametrize(
    ("text", "where", "holds"),
    [
        pytest.param(CUT, {}, True, id="no condition"),
        pytest.param(CUT, {"object": ("job",)}, True, id="lemma"),
        pytest.param(CUT, {"object": ("JOBS",)}, True, id="form in any case"),
        pytest.param(PRICE, {"object": ("job",)}, False, id="another word"),
        pytest.param(CUT, {"object": ("job", "post")}, True, id="one of the words is enough"),
        pytest.param(CUT, {"object": ("job",), "subject": ("bank",)}, False, id="every place must fit"),
        pytest.param(CUT, {"from": ("job",)}, False, id="nothing at the place"),
        pytest.param(CUT, {"anywhere": ("plant",)}, True, id="anywhere in the sentence"),
        pytest.param(CUT, {"anywhere": ("cut",)}, False, id="anywhere but the trigger itself"),
    ],
)
def test_where_asks_for_a_word_at_each_place(text: str, where: Entries, holds: bool, extractor: Extractor) -> None:
    assert hold(extractor, text, "cut", where=where) is holds


@pytest.mark.parametrize(
    ("entry", "holds"),
    [("financial report", True), ("annual report", False), ("annual financial report", True), ("report annual", False)],
)
def test_an_entry_of_several_words_is_a_run_of_the_phrase(entry: str, holds: bool, extractor: Extractor) -> None:
    text = "Bosch cut its annual financial reports."
    assert hold(extractor, text, "cut", where={"object": (entry,)}) is holds


@pytest.mark.parametrize(
    ("text", "verb", "where", "holds"),
    [
        pytest.param("Bosch bought Siemens.", "bought", {"object": ("@Organization",)}, True, id="a company"),
        pytest.param("Bosch bought a plant.", "bought", {"object": ("@Organization",)}, False, id="no company"),
        pytest.param("Bosch bought a plant.", "bought", {"object": ("@Organization", "@Facility")}, True, id="either"),
        pytest.param("Bosch paid $20 million.", "paid", {"object": ("@Money",)}, True, id="money"),
        pytest.param("Bosch paid its staff.", "paid", {"object": ("@Money",)}, False, id="no money"),
        pytest.param(CUT, "cut", {"object": ("@Count",)}, True, id="count before its noun"),
        pytest.param("Bosch closed a number of plants.", "closed", {"object": ("@Facility",)}, True, id="part of"),
        pytest.param("Bosch met in June.", "met", {"in": ("@Period",)}, True, id="period"),
        pytest.param("Bosch met in Lyon.", "met", {"in": ("@Period",)}, False, id="no period"),
    ],
)
def test_a_kind_matches_what_the_phrase_denotes(
    text: str, verb: str, where: Entries, holds: bool, extractor: Extractor
) -> None:
    assert hold(extractor, text, verb, where=where) is holds


@pytest.mark.parametrize(
    ("unless", "holds"),
    [
        ({"object": ("price",)}, False),
        ({"object": ("job",)}, True),
        ({"object": ("job",), "subject": ("@Organization",)}, False),
        ({"anywhere": ("@Percent",)}, False),
    ],
)
def test_unless_silences_wherever_it_matches(unless: Entries, holds: bool, extractor: Extractor) -> None:
    assert hold(extractor, PRICE, "cut", unless=unless) is holds


def test_what_stands_at_a_place_is_looked_up_once(extractor: Extractor) -> None:
    reading = read(extractor, CUT)
    around = Surroundings(reading, Places(extractor.lexicon), word(reading, "cut"), "verb")
    assert around.at("object") is around.at("object")
    assert around.parts_at("object") is around.parts_at("object")
