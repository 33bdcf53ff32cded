"""The values that the ontology is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Kind, Status, ValueKind

AnyKind = Kind | ValueKind


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what it is called and what may fill it, the likeliest kind first."""

    id: str
    label: str
    definition: str
    kinds: tuple[AnyKind, ...]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The direct edge an event gives: `subject` and `object` are role names, predicates are local names."""

    subject: str
    object: str
    predicate: str
    planned: str | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of corporate event.

    `roles` stand in the order of the file, the universal ones (place, amount) last. Their kinds are those of this type,
    which may differ from the role's in general. `required` are those it lacks only where the text is silent.
    """

    id: str
    group: str
    label: str
    definition: str
    roles: tuple[Role, ...]
    required: tuple[str, ...]
    identity: tuple[str, ...]  # roles whose fillers tell two events of the type apart
    repeatable: bool  # True if the same participants can have it again: time then belongs to its identity
    separate: bool = False  # True if what several do at once is an event of each
    shortcut: Shortcut | None = None

    @property
    def role_names(self) -> frozenset[str]:
        """Return the names of the roles, the universal ones (place, amount) included."""
        return frozenset(role.id for role in self.roles)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of event types. Its class is named after it, with the ending `Event`."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole schema.

    `predicates` gives the label of every direct edge, `classes` the RDF classes of every kind, the main one first.
    """

    groups: Mapping[str, Group]
    types: Mapping[str, EventType]
    roles: Mapping[str, Role]
    statuses: tuple[Status, ...]
    predicates: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[AnyKind, tuple[str, ...]] = field(default_factory=dict)
