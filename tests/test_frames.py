"""Every frame's examples give its event; its counterexamples stay silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames import Example, Frame, load_frames
from kg.model import Extraction, LocalEvent
from kg.ontology import load_ontology
from kg.resources import ontology_folder

ONTOLOGY = load_ontology([ontology_folder()])
FRAMES = load_frames(ONTOLOGY, [ontology_folder()])

pytestmark = pytest.mark.model


def _cases(counter: bool) -> list[object]:
    cases: list[object] = []
    for frame in FRAMES:
        rows = frame.counterexamples if counter else frame.examples
        cases.extend(pytest.param(frame.type, row, id=f"{frame.type}-{number}") for number, row in enumerate(rows))
    return cases


def _names(extraction: Extraction, event: LocalEvent, role: str) -> list[str]:
    labels = {entity.key: entity.label for entity in extraction.entities}
    return [
        text
        for filler in event.fillers
        if filler.role == role
        for text in (filler.span.text, labels.get(filler.entity or "", ""))
    ]


def _faults(extraction: Extraction, event: LocalEvent, example: Example) -> list[str]:
    faults = []
    for role, names in example.roles.items():
        found = _names(extraction, event, role)
        faults += [
            f"{role}: {name!r} not in {found}"
            for name in names
            if not any(
                name.casefold() in text.casefold() or (text and text.casefold() in name.casefold()) for text in found
            )
        ]
    if example.status and event.status is not example.status:
        faults.append(f"status: {event.status.value}, not {example.status.value}")
    if example.time and (event.when is None or event.when.edtf != example.time):
        faults.append(f"time: {event.when and event.when.edtf}, not {example.time}")
    return faults


@pytest.mark.parametrize(("type_", "example"), _cases(counter=False))
def test_an_example_gives_its_event(type_: str, example: Example, extract: Callable[..., Extraction]) -> None:
    extraction = extract(example.text, date=example.date or "2024-06-15")
    events = [event for event in extraction.events if event.type == type_]
    found = [
        (event.type, event.status.value, [(f.role, f.span.text) for f in event.fillers]) for event in extraction.events
    ]
    assert events, f"{example.text!r} gave {found}"
    attempts = [_faults(extraction, event, example) for event in events]
    assert [] in attempts, f"{example.text!r}: {attempts} in {found}"


@pytest.mark.parametrize(("type_", "example"), _cases(counter=True))
def test_a_counterexample_stays_silent(type_: str, example: Example, extract: Callable[..., Extraction]) -> None:
    extraction = extract(example.text, date=example.date or "2024-06-15")
    found = [
        (event.type, [(f.role, f.span.text) for f in event.fillers])
        for event in extraction.events
        if event.type == type_
    ]
    assert not found, f"{example.text!r} gave {found}"


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.type)
def test_a_frame_has_triggers_examples_and_counterexamples(frame: Frame) -> None:
    assert frame.triggers
    assert len(frame.examples) >= 3
    assert len(frame.counterexamples) >= 2


def test_every_event_type_has_a_frame() -> None:
    assert {frame.type for frame in FRAMES} == set(ONTOLOGY.types)
