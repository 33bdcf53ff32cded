"""Show where a fact comes from: sentence, offsets, article, who said it, rule and confidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.errors import UsageError
from kg.export import value_record
from kg.iris import Iris, local_name
from kg.model import Claim, Entity, Event, Knowledge, RoleFiller

Row = dict[str, Any]


def explain(knowledge: Knowledge, iris: Iris, what: Sequence[str]) -> list[Row]:
    """Return the events behind an event id, an edge (subject, predicate, object) or a name, each with its claims.

    Ids may be given bare, as `ent:xiaomi` or as IRIs; entities also by name. An edge may stand in one string.
    Raises `UsageError` if nothing is known of it, naming what is near.
    """
    words = list(what) if len(what) != 1 else _split(what[0], knowledge)
    wanted = _edge_events(knowledge, words) if len(words) == 3 else _events(knowledge, words[0] if words else "")
    return [_event_row(knowledge, iris, event) for event in knowledge.events if event.id in wanted]


def _split(text: str, knowledge: Knowledge) -> list[str]:
    """Take "ent:xiaomi kg:builds ent:factory" apart; a name of several words stays whole."""
    parts = text.split()
    predicates = {edge.predicate for edge in knowledge.edges}
    return parts if len(parts) == 3 and local_name_of(parts[1]) in predicates else [text]


def local_name_of(name: str) -> str:
    """Return the id in a bare id, a prefixed name or an IRI.

    >>> local_name_of("ent:xiaomi")
    'xiaomi'
    """
    bare = name.strip().strip("<>")
    return local_name(bare) if "/" in bare or "#" in bare else bare.rpartition(":")[2]


def _edge_events(knowledge: Knowledge, words: Sequence[str]) -> set[str]:
    subjects, objects = _entities(knowledge, words[0]), _entities(knowledge, words[2])
    predicate = local_name_of(words[1])
    edges = [e for e in knowledge.edges if e.subject in subjects and e.predicate == predicate and e.object in objects]
    if not edges:
        raise UsageError(" ".join(words), "there is no such edge", "kg query OUT who-builds-what and others list edges")
    return {event for edge in edges for event in edge.events}


def _events(knowledge: Knowledge, name: str) -> set[str]:
    """Return the event of that id, or all events that an entity of that name takes part in."""
    events = {event.id for event in knowledge.events if event.id == local_name_of(name)}
    if events:
        return events
    entities = _entities(knowledge, name)
    return {event.id for event in knowledge.events if any(filler.entity in entities for filler in event.roles)}


def _entities(knowledge: Knowledge, name: str) -> set[str]:
    names = {entity.id: _names(entity) for entity in knowledge.entities}
    wanted = {name.casefold(), local_name_of(name).casefold()}
    found = {id_ for id_, known in names.items() if known & wanted}
    if not found:
        known_names = [entity.label for entity in knowledge.entities] + [event.id for event in knowledge.events]
        near = difflib.get_close_matches(name, known_names) or ["kg query OUT support lists all events"]
        raise UsageError(name, "the graph has no event or entity of this name", f"near: {', '.join(near)}")
    return found


def _names(entity: Entity) -> set[str]:
    return {name.casefold() for name in (entity.id, entity.label, *entity.aliases)}


def _event_row(knowledge: Knowledge, iris: Iris, event: Event) -> Row:
    entities = {entity.id: entity for entity in knowledge.entities}
    return {
        "id": event.id,
        "iri": iris.event(event.id),
        "label": event.label,
        "type": event.type,
        "status": event.status.value,
        "conflict": event.conflict,
        "confidence": event.confidence,
        "time": event.when.edtf if event.when else None,
        "roles": [_role_row(filler, entities) for filler in event.roles],
        "edges": [[edge.subject, edge.predicate, edge.object] for edge in knowledge.edges if event.id in edge.events],
        "claims": [_claim_row(knowledge, claim, entities) for claim in event.claims],
    }


def _role_row(filler: RoleFiller, entities: Mapping[str, Entity]) -> Row:
    row: Row = {"role": filler.role, "text": filler.span.text}
    if filler.entity:
        return row | {"entity": filler.entity, "label": entities[filler.entity].label}
    return row | ({"value": value_record(filler.value)} if filler.value else {})


def _claim_row(knowledge: Knowledge, claim: Claim, entities: Mapping[str, Entity]) -> Row:
    article = next(article for article in knowledge.articles if article.key == claim.article)
    return {
        "id": claim.id,
        "status": claim.status.value,
        "cue": claim.cue,
        "sentence": claim.sentence.text,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "trigger": claim.trigger.text,
        "article": article.id,
        "title": article.title,
        "date": article.date,
        "url": article.url,
        "said_by": [entities[s.entity].label if s.entity else s.span.text for s in claim.said_by],
        "time": claim.when.edtf if claim.when else None,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }


def explanation_text(rows: Iterable[Row]) -> str:
    """Return explanations for people to read."""
    return "\n\n".join("\n".join(_lines(row)) for row in rows) + "\n"


def _lines(row: Row) -> Iterable[str]:
    conflict = ", claims disagree" if row["conflict"] else ""
    yield f"{row['label']}  [{row['status']}{conflict}]"
    yield f"  event       evt:{row['id']}  confidence {row['confidence']:.2f}" + (f"  time {row['time']}" if row["time"] else "")
    for role in row["roles"]:
        name = f"ent:{role['entity']}" if "entity" in role else ""
        yield f"  {role['role']:<11} {role.get('label', role['text'])}" + (f"  {name}" if name else "")
    for subject, predicate, object_ in row["edges"]:
        yield f"  edge        ent:{subject} kg:{predicate} ent:{object_}"
    for claim in row["claims"]:
        yield from _claim_lines(claim)


def _claim_lines(claim: Row) -> Iterable[str]:
    yield f"  - “{claim['sentence'].strip()}”"
    where = ", ".join(filter(None, (claim["title"] or claim["article"], claim["date"], claim["url"])))
    yield f"    article     {claim['article']}: {where}"
    part = "title" if claim["start"] < 0 else "characters"
    yield f"    {part:<11} {claim['start']} to {claim['end']}, trigger “{claim['trigger']}”"
    yield f"    status      {claim['status']}" + (f" (“{claim['cue']}”)" if claim["cue"] else "")
    yield f"    said by     {', '.join(claim['said_by']) or 'the article'}"
    yield f"    rule        {claim['rule']}, confidence {claim['confidence']:.2f}"
