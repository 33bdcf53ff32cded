"""Read and check the frames: how language expresses each event type. `docs/frames.md` describes the files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import OntologyError
from kg.model import Kind, Status, ValueKind
from kg.ontology import Ontology

DEFAULT_SCORE = 0.8
PARTS_OF_SPEECH = ("verb", "noun", "adjective")
KINDS = frozenset(Kind) | frozenset(ValueKind)
TRIGGER_KEYS = frozenset({*PARTS_OF_SPEECH, "roles", "where", "unless", "score", "status", "direction"})
FRAME_KEYS = frozenset({"type", "status", "trigger", "example", "counterexample"})

Places = Mapping[str, tuple[str, ...]]
Meanings = Mapping[Status, Status]


def _none() -> Places:
    return MappingProxyType({})


def _no_meanings() -> Meanings:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that announce an event, and the places where its roles stand. Lemmas are lower case."""

    type: str
    pos: str  # verb, noun or adjective
    words: tuple[str, ...]
    roles: Places = field(default_factory=_none)
    where: Places = field(default_factory=_none)
    unless: Places = field(default_factory=_none)
    score: float = DEFAULT_SCORE
    status: Status | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what must come out of it. A counterexample names no roles: no event of the type may come out."""

    text: str
    roles: Places = field(default_factory=_none)
    status: Status | None = None
    date: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """How language expresses one event type. `meanings` tells which status of the words is which of the event."""

    type: str
    triggers: tuple[Trigger, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = field(default=())
    meanings: Meanings = field(default_factory=_no_meanings)


def load_frames(ontology: Ontology, folders: Sequence[Path]) -> tuple[Frame, ...]:
    """Read every `frames/*.toml` under the ontology folders, sorted by type.

    Frames of one type in several folders add up. Raises `OntologyError` that lists all faults of all files at once.
    """
    frames: dict[str, Frame] = {}
    faults: list[str] = []
    for path in _frame_files(folders):
        frame = _read_frame(path, ontology, faults)
        if frame:
            frames[frame.type] = _add(frames.get(frame.type), frame)
    if faults:
        raise OntologyError("frames", "\n  " + "\n  ".join(faults), "mend the files (docs/frames.md describes them)")
    return tuple(frames[name] for name in sorted(frames))


def _frame_files(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted((folder / "frames").glob("*.toml"))]


def _add(old: Frame | None, new: Frame) -> Frame:
    if old is None:
        return new
    return replace(
        old,
        triggers=old.triggers + new.triggers,
        examples=old.examples + new.examples,
        counterexamples=old.counterexamples + new.counterexamples,
        meanings=MappingProxyType({**old.meanings, **new.meanings}),
    )


def _read_frame(path: Path, ontology: Ontology, faults: list[str]) -> Frame | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: not valid TOML: {error}")
        return None
    name: str = data.get("type", "")
    if name not in ontology.types:
        faults.append(f"{path.name}: type {name!r} is not an event type of the ontology")
        return None
    found = len(faults)
    faults.extend(f"{path.name}: unknown key {key!r}" for key in sorted(data.keys() - FRAME_KEYS))
    faults.extend(f"{path.name}: {fault}" for fault in _meaning_faults(data.get("status", {})))
    for number, row in enumerate(data.get("trigger", ()), 1):
        faults.extend(f"{path.name}, trigger {number}: {fault}" for fault in _trigger_faults(row, name, ontology))
    for number, row in enumerate([*data.get("example", ()), *data.get("counterexample", ())], 1):
        faults.extend(f"{path.name}, example {number}: {fault}" for fault in _example_faults(row))
    if len(faults) > found:
        return None
    return Frame(
        type=name,
        triggers=tuple(_trigger(name, row) for row in data.get("trigger", ())),
        examples=tuple(_example(row) for row in data.get("example", ())),
        counterexamples=tuple(_example(row) for row in data.get("counterexample", ())),
        meanings=MappingProxyType({Status(word): Status(meant) for word, meant in data.get("status", {}).items()}),
    )


def _meaning_faults(row: object) -> Iterable[str]:
    if not isinstance(row, dict):
        yield 'status must be a table: status = { happened = "ongoing" }'
        return
    yield from (f"unknown status {word!r}" for word in sorted({*row.keys(), *map(str, row.values())} - set(Status)))


def _trigger_faults(row: Mapping[str, Any], name: str, ontology: Ontology) -> Iterable[str]:
    yield from (f"unknown key {key!r}" for key in sorted(row.keys() - TRIGGER_KEYS))
    if sum(pos in row for pos in PARTS_OF_SPEECH) != 1:
        yield "give exactly one of verb, noun, adjective"
    known = ontology.types[name].role_names
    yield from (
        f"{name} has no role {role!r}; it has {', '.join(sorted(known))}"
        for role in row.get("roles", {})
        if role not in known
    )
    for places in (row.get("where", {}), row.get("unless", {})):
        for word in (word for words in places.values() for word in words):
            if word.startswith("@") and word[1:] not in KINDS:
                yield f"unknown kind {word!r}"
    if not 0 <= row.get("score", DEFAULT_SCORE) <= 1:
        yield "score must lie between 0 and 1"
    if row.get("status") not in (None, *Status):
        yield f"unknown status {row['status']!r}"
    if row.get("direction") not in (None, "up", "down"):
        yield f"unknown direction {row['direction']!r}"


def _example_faults(row: Mapping[str, Any]) -> Iterable[str]:
    if not row.get("text"):
        yield "text is missing"
    yield from (f"unknown key {key!r}" for key in sorted(row.keys() - {"text", "roles", "status", "date", "time"}))
    if row.get("status") not in (None, *Status):
        yield f"unknown status {row['status']!r}"


def _trigger(name: str, row: Mapping[str, Any]) -> Trigger:
    pos = next(pos for pos in PARTS_OF_SPEECH if pos in row)
    return Trigger(
        type=name,
        pos=pos,
        words=tuple(row[pos]),
        roles=_places(row.get("roles", {})),
        where=_places(row.get("where", {})),
        unless=_places(row.get("unless", {})),
        score=float(row.get("score", DEFAULT_SCORE)),
        status=Status(row["status"]) if "status" in row else None,
        direction=row.get("direction"),
    )


def _example(row: Mapping[str, Any]) -> Example:
    return Example(
        text=row["text"],
        roles=_places(row.get("roles", {})),
        status=Status(row["status"]) if "status" in row else None,
        date=row.get("date"),
        time=row.get("time"),
    )


def _places(row: Mapping[str, str | list[str]]) -> Places:
    return MappingProxyType({key: (words,) if isinstance(words, str) else tuple(words) for key, words in row.items()})
