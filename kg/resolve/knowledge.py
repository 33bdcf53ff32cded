"""Put the resolved graph together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Knowledge
from kg.ontology import Ontology
from kg.resolve.edges import all_edges
from kg.resolve.entities import resolve_entities
from kg.resolve.events import resolve_events


def resolve(extractions: Iterable[Extraction], ontology: Ontology) -> Knowledge:
    """Return the graph that the extractions tell of. The order in which they come makes no difference."""
    ordered = sorted(extractions, key=lambda extraction: extraction.article.key)
    resolution = resolve_entities(ordered)
    entities = {entity.id: entity for entity in resolution.entities}
    events = resolve_events(ordered, resolution.ids, entities, ontology)
    return Knowledge(
        articles=tuple(extraction.article for extraction in ordered),
        entities=resolution.entities,
        events=events,
        edges=all_edges(events, resolution.entities, ontology),
    )
