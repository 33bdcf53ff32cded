"""What a model tells is believed as far as the sentence bears it out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kg.extract.asking.answers import Told
from kg.extract.asking.checking import TRIGGER_WORDS, find_words, proposals_of
from kg.extract.asking.doubts import Doubt, Reason
from kg.extract.extractor import Extractor
from kg.extract.proposals import Proposal
from kg.extract.reading import Reading
from kg.model import Kind, Status, ValueKind
from tests.parsing import read

pytestmark = pytest.mark.model

BEFORE = "Renault makes cars in Lyon. "
SENTENCE = "For $20 million Bosch took Denso, and Siemens denied nothing."
DENSO = ("target", "Denso")
LIES = [
    pytest.param(("target", "Panasonic"), id="a name that stands nowhere"),
    pytest.param(("target", "Renault"), id="a name of another sentence"),
    pytest.param(("target", "denso"), id="other letters"),
    pytest.param(("target", "Den"), id="half a word"),
    pytest.param(("target", "$20 million"), id="an amount for a company"),
    pytest.param(("price", "Denso"), id="a company for an amount"),
    pytest.param(("price", "$21 million"), id="another amount"),
    pytest.param(("victim", "Denso"), id="a role that there is not"),
    pytest.param(("borrower", "Denso"), id="a role of another type"),
    pytest.param(("target", ""), id="nothing"),
    pytest.param(("target", "took"), id="a verb"),
    pytest.param(("target", SENTENCE), id="the whole sentence"),
    pytest.param(("target", ".*"), id="a pattern"),
    pytest.param(("target", "x" * 10_000), id="a long text"),
]


def told(
    *roles: tuple[str, str], type_: str = "Acquisition", trigger: str = "took", status: str = "happened", cue: str = ""
) -> Told:
    return Told(type_, trigger, status, cue, roles or (DENSO,))


@pytest.fixture(scope="module")
def reading(extractor: Extractor) -> Reading:
    return read(extractor, BEFORE + SENTENCE)


def doubt(reading: Reading) -> Doubt:
    """Return the last sentence."""
    return Doubt(Reason.COMPANY, *reading.bounds[-1])


def believed(extractor: Extractor, reading: Reading, *events: Told) -> list[Proposal]:
    return proposals_of(reading, doubt(reading), events, extractor.ontology, rule="llm:parrot")


def fillers(proposals: Iterable[Proposal]) -> list[tuple[str, str]]:
    return [(found.role, found.what.span.text) for proposal in proposals for found in proposal.candidates]


def test_what_stands_in_the_sentence_is_believed(extractor: Extractor, reading: Reading) -> None:
    event = told(("acquirer", "Bosch"), DENSO, ("seller", "Siemens"), ("price", "$20 million"))
    (proposal,) = believed(extractor, reading, event)
    assert (proposal.type, proposal.token.text, proposal.rule) == ("Acquisition", "took", "llm:parrot")
    assert fillers([proposal]) == list(event.roles)
    assert [found.what.kind for found in proposal.candidates] == [*[Kind.ORGANIZATION] * 3, ValueKind.MONEY]


@pytest.mark.parametrize("lie", LIES)
def test_a_role_that_the_sentence_does_not_bear_out_is_dropped(
    extractor: Extractor, reading: Reading, lie: tuple[str, str]
) -> None:
    (proposal,) = believed(extractor, reading, told(("acquirer", "Bosch"), lie))
    assert fillers([proposal]) == [("acquirer", "Bosch")]


@pytest.mark.parametrize("lie", LIES)
def test_an_event_without_a_needed_role_left_is_dropped(
    extractor: Extractor, reading: Reading, lie: tuple[str, str]
) -> None:
    assert believed(extractor, reading, told(lie, ("seller", "Siemens"))) == []


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(told(type_="Takeover"), id="a type that there is not"),
        pytest.param(told(trigger="acquired"), id="a word that stands nowhere"),
        pytest.param(told(trigger="makes"), id="a word of another sentence"),
        pytest.param(told(trigger="too"), id="half a word"),
        pytest.param(told(trigger=""), id="no word"),
        pytest.param(told(trigger="Siemens"), id="a name"),
        pytest.param(told(trigger=SENTENCE), id="a whole sentence"),
        pytest.param(told(trigger="and"), id="a conjunction"),
    ],
)
def test_an_event_that_no_word_names_is_dropped(extractor: Extractor, reading: Reading, event: Told) -> None:
    assert len(SENTENCE.split()) > TRIGGER_WORDS
    assert believed(extractor, reading, event) == []


def test_a_clause_names_no_event(extractor: Extractor) -> None:
    given = read(extractor, "Bosch wants to take over the whole of the small firm.")
    target = ("target", "firm")
    clause = told(target, trigger="wants to take over the whole of the small firm")
    assert len(believed(extractor, given, clause, told(target, trigger="take over"))) == 1


def test_an_amount_beside_the_words_is_not_in_them(extractor: Extractor) -> None:
    given = read(extractor, "Bosch took a 16% stake in Denso.")
    event = told(("investor", "Bosch"), ("stake", "stake"), type_="StakePurchase")
    assert fillers(believed(extractor, given, event)) == [("investor", "Bosch")]


def test_one_lie_takes_no_other_event_with_it(extractor: Extractor, reading: Reading) -> None:
    assert len(believed(extractor, reading, told(type_="Takeover"), told(), told(trigger="acquired"))) == 1


@pytest.mark.parametrize(
    ("status", "cue", "expected"),
    [
        ("planned", "denied nothing", Status.PLANNED),
        ("planned", "", None),
        ("planned", "will", None),
        ("secret", "denied", None),
    ],
)
def test_a_status_is_believed_if_its_cue_stands_there(
    extractor: Extractor, reading: Reading, status: str, cue: str, expected: Status | None
) -> None:
    (proposal,) = believed(extractor, reading, told(status=status, cue=cue))
    assert proposal.status is expected


def test_words_are_found_across_a_line_break(extractor: Extractor) -> None:
    broken = read(extractor, "Bosch took\nover Denso.")
    span = find_words(broken, Doubt(Reason.COMPANY, 0, len(broken.doc)), "took over")
    assert span is not None
    assert span.text == "took\nover"


def test_a_pronoun_stands_for_what_it_refers_to(extractor: Extractor) -> None:
    given = read(extractor, "Bosch is a German company. It took Denso over.")
    (proposal,) = believed(extractor, given, told(("acquirer", "It"), DENSO))
    acquirer = next(found.what for found in proposal.candidates if found.role == "acquirer")
    assert acquirer.cluster is not None
    assert acquirer.cluster.label == "Bosch"
