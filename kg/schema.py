"""Show the schema: the event types, and for one its roles, triggers and examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.frames import Frame, Trigger, load_frames
from kg.ontology import EventType, Ontology, load_ontology
from kg.resources import ontology_folder

NEAR = 3  # types suggested for one that is not known

Row = dict[str, Any]


def schema_rows(type_: str | None, folders: Sequence[Path] = ()) -> list[Row]:
    """Return all event types in short, or one in full. Raises `UsageError` for an unknown type, naming near ones."""
    all_folders = (ontology_folder(), *folders)
    ontology = load_ontology(all_folders)
    if type_ is None:
        return [_short(ontology, found) for found in ontology.types.values()]
    names = {name.casefold(): name for name in ontology.types}
    name = names.get(type_.casefold())
    if name is None:
        near = [names[found] for found in difflib.get_close_matches(type_.casefold(), names)]
        near += [names[found] for found in names if type_.casefold() in found and names[found] not in near]
        hint = f"did you mean {' or '.join(near[:NEAR])}? " if near else ""
        raise UsageError(type_, "no such event type", f"{hint}kg schema lists all")
    frame = next((frame for frame in load_frames(ontology, all_folders) if frame.type == name), Frame(name))
    return [_full(ontology, ontology.types[name], frame)]


def _short(ontology: Ontology, found: EventType) -> Row:
    return {
        "id": found.id,
        "group": ontology.groups[found.group].label,
        "label": found.label,
        "definition": found.definition,
    }


def _full(ontology: Ontology, found: EventType, frame: Frame) -> Row:
    shortcut = found.shortcut
    return _short(ontology, found) | {
        "roles": [
            {
                "role": role.id,
                "required": role.id in found.required,
                "kinds": [str(kind) for kind in role.kinds],
                "definition": role.definition,
            }
            for role in found.roles
        ],
        "edges": [p for p in (shortcut.predicate, shortcut.planned) if p] if shortcut else [],
        "triggers": [_trigger(trigger) for trigger in frame.triggers],
        "examples": [example.text for example in frame.examples],
        "counterexamples": [example.text for example in frame.counterexamples],
    }


def _trigger(trigger: Trigger) -> Row:
    return {
        "pos": trigger.pos,
        "words": list(trigger.words),
        "roles": {role: list(places) for role, places in trigger.roles.items()},
        "where": {place: list(words) for place, words in trigger.where.items()},
        "score": trigger.score,
    }


def schema_text(rows: Sequence[Row]) -> str:
    """Return the schema for people to read."""
    lines = _full_lines(rows[0]) if len(rows) == 1 and "roles" in rows[0] else _list_lines(rows)
    return "\n".join(lines) + "\n"


def _list_lines(rows: Iterable[Row]) -> Iterable[str]:
    group = ""
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            yield f"{group}"
        yield f"  {row['id']:<24} {row['definition']}"


def _full_lines(row: Row) -> Iterable[str]:
    yield f"{row['id']}: {row['label']} ({row['group']})"
    yield f"  {row['definition']}"
    yield "roles"
    for role in row["roles"]:
        mark = "needed" if role["required"] else ""
        yield f"  {role['role']:<12} {mark:<7} {', '.join(role['kinds'])}"
    if row["edges"]:
        yield "direct edges\n  " + ", ".join(f"kg:{name}" for name in row["edges"])
    yield "triggers"
    for trigger in row["triggers"]:
        where = "".join(f", {place}: {'/'.join(words)}" for place, words in trigger["where"].items())
        yield f"  {trigger['pos']:<10} {', '.join(trigger['words'])}{where}"
    yield "examples"
    yield from (f"  + {text}" for text in row["examples"])
    yield from (f"  - {text}" for text in row["counterexamples"])
