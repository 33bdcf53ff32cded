"""Put names for people in the place of IRIs."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.iris import local_name
from kg.query.answers import Answer, Term
from kg.store import GraphStore

_LABEL = "SELECT ?thing ?label { ?thing rdfs:label ?label } ORDER BY ?label LIMIT 1"


def with_labels(store: GraphStore, answer: Answer, columns: AbstractSet[str]) -> Answer:
    """Return an answer with labels for the IRIs of these columns; what has no label goes by its local name."""
    named = [column in columns for column in answer.columns]
    cells = (term for row in answer.rows for term, name in zip(row, named, strict=True) if name)
    things = {term for term in cells if isinstance(term, NamedNode)}
    labels: dict[Term | None, Literal] = {thing: _label(store, thing) for thing in things}
    rows = (
        tuple(labels.get(term, term) if name else term for term, name in zip(row, named, strict=True))
        for row in answer.rows
    )
    return replace(answer, rows=tuple(rows))


def _label(store: GraphStore, thing: NamedNode) -> Literal:
    found = next((row["label"].value for row in store.select(_LABEL, thing=thing)), None)
    return Literal(found or local_name(thing.value))
