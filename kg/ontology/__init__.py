"""Read the ontology: event types, roles, statuses and shortcut predicates, out of the Turtle files."""

from __future__ import annotations

from kg.ontology.loading import load_ontology
from kg.ontology.reference import reference
from kg.ontology.schema import AnyKind, EventType, Group, Ontology, Role, Shortcut

__all__ = ["AnyKind", "EventType", "Group", "Ontology", "Role", "Shortcut", "load_ontology", "reference"]
