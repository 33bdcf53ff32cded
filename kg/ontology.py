"""Read the ontology: event types, roles, statuses and shortcut predicates, out of the Turtle files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import Kind, Status, ValueKind


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what it is called and what may fill it."""

    id: str
    label: str
    definition: str
    kinds: tuple[Kind | ValueKind, ...]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The direct edge an event gives: `subject` and `object` are role names, predicates are local names."""

    subject: str
    object: str
    predicate: str
    planned: str | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of corporate event. `roles` in the taxonomy's order; `required` are those it does without only by silence of the text."""

    id: str
    group: str
    label: str
    definition: str
    roles: tuple[Role, ...]
    required: tuple[str, ...]
    identity: tuple[str, ...]  # roles whose fillers tell two events of the type apart
    repeatable: bool  # True if the same participants can have it again: time then belongs to its identity
    shortcut: Shortcut | None = None

    @property
    def role_names(self) -> frozenset[str]:
        """Return the names of the roles, the universal ones (place, amount) included."""
        return frozenset(role.id for role in self.roles)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of event types."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole schema."""

    groups: Mapping[str, Group]
    types: Mapping[str, EventType]
    roles: Mapping[str, Role]
    statuses: tuple[Status, ...]


def load_ontology(folders: Sequence[Path]) -> Ontology:
    """Read every `*.ttl` directly in the folders. Raises `OntologyError` that lists all faults at once."""
    raise NotImplementedError
