"""From the extractions of many articles to one graph: entities, events, claims and direct edges."""

from kg.resolve.knowledge import resolve

__all__ = ["resolve"]
