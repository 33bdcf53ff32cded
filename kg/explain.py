"""Show where a fact comes from: sentence, offsets, article, who said it, rule and confidence."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.export import value_record
from kg.iris import Iris, local_name
from kg.model import TITLE_BREAK, Article, Claim, Edge, Entity, Event, Knowledge, RoleFiller

NEAR = 4  # names suggested for one that is not known

Row = dict[str, Any]


def explain(knowledge: Knowledge, iris: Iris, what: Sequence[str]) -> list[Row]:
    """Return the events behind an event id, an edge (subject, predicate, object) or a name, each with its claims.

    Ids may be given bare, as `ent:xiaomi` or as IRIs; entities also by name. All may stand in one string or in several.
    Raises `UsageError` if nothing is known of it, naming what is near.
    """
    edge = _edge(knowledge, what)
    wanted = _edge_events(knowledge, *edge) if edge else _events(knowledge, " ".join(what).strip())
    contexts = _contexts(knowledge)
    return [_event_row(contexts, iris, event) for event in knowledge.events if event.id in wanted]


def _edge(knowledge: Knowledge, what: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the three parts of an edge, None if the words are the name of something."""
    parts = what[0].split() if len(what) == 1 else what
    predicates = {edge.predicate for edge in knowledge.edges}
    if len(parts) == 3 and (parts[1].startswith("kg:") or local_name_of(parts[1]) in predicates):
        return parts[0], parts[1], parts[2]
    return None


def local_name_of(name: str) -> str:
    """Return the id in a bare id, a prefixed name or an IRI.

    >>> local_name_of("ent:xiaomi")
    'xiaomi'
    """
    bare = name.strip().strip("<>")
    return local_name(bare) if "/" in bare or "#" in bare else bare.rpartition(":")[2]


def _edge_events(knowledge: Knowledge, subject: str, predicate: str, object_: str) -> set[str]:
    subjects, objects = _entities(knowledge, subject), _entities(knowledge, object_)
    between = [edge for edge in knowledge.edges if edge.subject in subjects and edge.object in objects]
    edges = [edge for edge in between if edge.predicate == local_name_of(predicate)]
    if not edges:
        others = ", ".join(sorted({f"kg:{edge.predicate}" for edge in between}))
        remedy = f"between the two there is {others}" if others else "kg query OUT evidence lists all edges"
        raise UsageError(f"{subject} {predicate} {object_}", "there is no such edge", remedy)
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
        raise UsageError(name, "the graph has no event or entity of this name", _advice(knowledge, name))
    return found


def _advice(knowledge: Knowledge, name: str) -> str:
    known = {entity.label.casefold(): entity.label for entity in knowledge.entities}
    known |= {event.id: event.id for event in knowledge.events}
    wanted = local_name_of(name).casefold()
    near = difflib.get_close_matches(wanted, known) + [key for key in known if wanted and wanted in key]
    if near:
        return f"near: {', '.join(known[key] for key in dict.fromkeys(near[:NEAR]))}"
    return "kg query OUT support lists all events"


@dataclass(frozen=True, slots=True)
class _Contexts:
    """What rows refer to: entities by id, articles by key, edges by event."""

    entities: Mapping[str, Entity]
    articles: Mapping[str, Article]
    edges: Mapping[str, Sequence[Edge]]


def _contexts(knowledge: Knowledge) -> _Contexts:
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in knowledge.edges:
        for event in edge.events:
            edges[event].append(edge)
    return _Contexts(
        {entity.id: entity for entity in knowledge.entities},
        {article.key: article for article in knowledge.articles},
        edges,
    )


def _names(entity: Entity) -> set[str]:
    return {name.casefold() for name in (entity.id, entity.label, *entity.aliases)}


def _event_row(contexts: _Contexts, iris: Iris, event: Event) -> Row:
    return {
        "id": event.id,
        "iri": iris.event(event.id),
        "label": event.label,
        "type": event.type,
        "status": event.status.value,
        "conflict": event.conflict,
        "confidence": event.confidence,
        "time": event.when.edtf if event.when else None,
        "roles": [_role_row(filler, contexts.entities) for filler in event.roles],
        "edges": [[edge.subject, edge.predicate, edge.object] for edge in contexts.edges.get(event.id, ())],
        "claims": [_claim_row(contexts, claim) for claim in event.claims],
    }


def _role_row(filler: RoleFiller, entities: Mapping[str, Entity]) -> Row:
    row: Row = {"role": filler.role, "text": filler.span.text}
    if filler.entity:
        return row | {"entity": filler.entity, "label": entities[filler.entity].label}
    return row | ({"value": value_record(filler.value)} if filler.value else {})


def _claim_row(contexts: _Contexts, claim: Claim) -> Row:
    article = contexts.articles[claim.article]
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
        "said_by": [contexts.entities[s.entity].label if s.entity else s.span.text for s in claim.said_by],
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
    time = f"  time {row['time']}" if row["time"] else ""
    yield f"  event       evt:{row['id']}  confidence {row['confidence']:.2f}{time}"
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
    in_title = claim["start"] < 0
    shift = len(claim["title"] + TITLE_BREAK) if in_title else 0
    part = "title" if in_title else "characters"
    yield f"    {part:<11} {claim['start'] + shift} to {claim['end'] + shift}, trigger “{claim['trigger']}”"
    yield f"    status      {claim['status']}" + (f" (“{claim['cue']}”)" if claim["cue"] else "")
    yield f"    said by     {', '.join(claim['said_by']) or 'the article'}"
    yield f"    rule        {claim['rule']}, confidence {claim['confidence']:.2f}"
