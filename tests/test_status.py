"""How far an event has come: tense, modality, negation, governing words, and what a status means for a type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.frames import load_frames
from kg.model import Extraction, Status
from kg.ontology import Ontology

STATUSES = [
    # tense
    ("Acquisition", "Siemens bought Mentor Graphics in 2017.", "happened"),
    ("Acquisition", "Siemens buys Mentor Graphics for $4.5 billion.", "happened"),
    ("FacilityConstruction", "Toyota is building a factory in Texas.", "ongoing"),
    ("FacilityConstruction", "A factory is being built in Texas by Toyota.", "ongoing"),
    # who announces, who only says
    ("Layoffs", "Ericsson announced that it will cut 1,400 jobs in Sweden.", "announced"),
    ("Layoffs", "Ericsson announced plans to cut 1,400 jobs in Sweden.", "announced"),
    ("Layoffs", "Ericsson announced on Monday it was cutting 1,400 jobs in Sweden.", "announced"),
    ("Layoffs", "Ericsson said it will cut 1,400 jobs in Sweden.", "planned"),
    ("Layoffs", "Ericsson plans to cut 1,400 jobs in Sweden.", "planned"),
    ("Layoffs", "Ericsson is to cut 1,400 jobs in Sweden.", "planned"),
    ("Acquisition", "Pfizer agreed to buy Seagen for $43 billion.", "announced"),
    ("Acquisition", "Siemens announced its decision to buy Mentor Graphics.", "announced"),
    ("Acquisition", "The regulator approved the acquisition of Seagen by Pfizer.", "announced"),
    # own and others' expectations
    ("FacilityOpening", "Lidl expects to open a store in Leeds next year.", "planned"),
    ("FacilityOpening", "Lidl is expected to open a store in Leeds next year.", "expected"),
    # talk
    ("Acquisition", "Intel may buy Tower Semiconductor.", "rumoured"),
    ("Acquisition", "Intel is said to be buying Tower Semiconductor.", "rumoured"),
    ("Acquisition", "Intel reportedly bought Tower Semiconductor.", "rumoured"),
    ("Acquisition", "Intel is considering plans to buy Tower Semiconductor.", "rumoured"),
    ("Bankruptcy", "Wirecard would file for bankruptcy if the banks called their loans.", "rumoured"),
    # off
    ("Acquisition", "Intel denied that it had bought Tower Semiconductor.", "denied"),
    ("InitialPublicOffering", "Shein denied in June that it had applied for a listing in London.", "denied"),
    ("Acquisition", "Intel did not buy Tower Semiconductor.", "denied"),
    ("Acquisition", "Intel ruled out the acquisition of Tower Semiconductor.", "denied"),
    ("Acquisition", "Intel called off the acquisition of Tower Semiconductor.", "cancelled"),
    ("Acquisition", "Intel had hoped to buy Tower Semiconductor.", "cancelled"),
    ("Acquisition", "Intel abandoned its proposed acquisition of Tower Semiconductor.", "cancelled"),
    ("Acquisition", "Intel bought not only Tower Semiconductor.", "happened"),
    ("Layoffs", "Ericsson has not revealed whether it will cut jobs in Sweden.", "undisclosed"),
    # governing words that tell nothing
    ("LabourDispute", "Renault may lose money because of the strike at its factory.", "happened"),
    ("ProductLaunch", "Nokia was the first company to launch a phone with two screens.", "happened"),
    # coordination
    ("FacilityClosure", "Kodak will cut 500 jobs and close a factory in Rochester.", "planned"),
    # what a status means for a type
    ("Competition", "Adidas announced record sales despite its rivalry with Nike.", "ongoing"),
    ("ProfitChange", "Adidas announced a profit of $300 million.", "happened"),
    ("StockPriceMove", "Shares of Adidas are down 3%.", "happened"),
]

pytestmark = pytest.mark.model


@pytest.mark.parametrize(("type_", "text", "status"), STATUSES)
def test_the_words_tell_the_status(type_: str, text: str, status: str, extract: Callable[..., Extraction]) -> None:
    found = {event.status for event in extract(text).events if event.type == type_}
    assert found == {Status(status)}


def test_a_status_keeps_the_words_that_decided_it(extract: Callable[..., Extraction]) -> None:
    (event,) = extract("Pfizer agreed to buy Seagen for $43 billion.").events
    assert event.mentions[0].cue == "agreed"


def test_words_that_decide_weigh_more_than_a_bare_noun(extract: Callable[..., Extraction]) -> None:
    text = "The purchase of Seagen surprised many. Pfizer agreed to buy Seagen on Monday."
    assert {event.status for event in extract(text).events if event.type == "Acquisition"} == {Status.ANNOUNCED}


def test_what_is_called_off_stays_off(extract: Callable[..., Extraction]) -> None:
    text = "Intel agreed to buy Tower Semiconductor. Intel abandoned the acquisition of Tower Semiconductor in 2023."
    assert {event.status for event in extract(text).events if event.type == "Acquisition"} == {Status.CANCELLED}


@pytest.mark.parametrize(
    ("line", "fault"),
    [('status = { done = "ongoing" }', "unknown status 'done'"), ('status = "ongoing"', "status must be a table")],
)
def test_a_faulty_meaning_of_statuses_is_reported(line: str, fault: str, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "Merger.toml").write_text(f'type = "Merger"\n{line}\n')
    with pytest.raises(OntologyError, match=fault):
        load_frames(ontology, [tmp_path])
