"""Derive direct edges between entities from what is known of events: the one-line view of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from kg.model import Edge, Entity, Event, Status
from kg.ontology import Ontology, Shortcut

# Statuses whose event gives a direct edge. All others give none: a rumour, a denial or an opinion is no fact to draw.
ACTUAL = frozenset({Status.HAPPENED, Status.ONGOING})
AHEAD = frozenset({Status.ANNOUNCED, Status.COMMITTED, Status.PLANNED, Status.EXPECTED})


def all_edges(events: Iterable[Event], entities: Iterable[Entity], ontology: Ontology) -> tuple[Edge, ...]:
    """Return the edges that events give and those that entities carry (`locatedIn`, `partOf`), sorted."""
    return tuple(sorted((*shortcut_edges(events, ontology), *containment_edges(entities)), key=_order))


def shortcut_edges(events: Iterable[Event], ontology: Ontology) -> tuple[Edge, ...]:
    """Return the edges that events give, each with the sorted ids of its events.

    Where both ends fill the same role (two parties that merge), there is one edge a pair, from the id that sorts first.
    """
    found: dict[tuple[str, str, str], set[str]] = {}
    for event in events:
        shortcut = ontology.types[event.type].shortcut
        predicate = shortcut and _predicate(shortcut, event.status)
        if shortcut and predicate:
            for subject, object_ in _pairs(event, shortcut):
                found.setdefault((subject, predicate, object_), set()).add(event.id)
    return tuple(Edge(*key, events=tuple(sorted(found[key]))) for key in sorted(found))


def containment_edges(entities: Iterable[Entity]) -> tuple[Edge, ...]:
    """Return an edge from each entity to the place it lies in and to the organisation it is part of."""
    edges = []
    for entity in entities:
        edges += [Edge(entity.id, "locatedIn", entity.located_in, ())] if entity.located_in else []
        edges += [Edge(entity.id, "partOf", entity.part_of, ())] if entity.part_of else []
    return tuple(sorted(edges, key=_order))


def _predicate(shortcut: Shortcut, status: Status) -> str | None:
    if status in ACTUAL:
        return shortcut.predicate
    return shortcut.planned if status in AHEAD else None


def _pairs(event: Event, shortcut: Shortcut) -> Iterator[tuple[str, str]]:
    subjects, objects = _entities(event, shortcut.subject), _entities(event, shortcut.object)
    pairs = combinations(subjects, 2) if shortcut.subject == shortcut.object else product(subjects, objects)
    return ((subject, object_) for subject, object_ in pairs if subject != object_)


def _entities(event: Event, role: str) -> list[str]:
    """Return the entities that fill a role, each once, sorted; several articles may name the same one."""
    return sorted({filler.entity for filler in event.roles if filler.role == role and filler.entity})


def _order(edge: Edge) -> tuple[str, str, str]:
    return edge.subject, edge.predicate, edge.object
