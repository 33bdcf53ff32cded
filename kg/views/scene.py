"""What the drawing shows: boxes for entities and events, links between them. No positions yet."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from kg.model import Entity, Event, Knowledge, RoleFiller, Status, ValueKind
from kg.ontology import EventType, Ontology
from kg.views.style import Style
from kg.views.words import capital, date_words, edtf_words, shorten, spaced, wrap

FONT = 14  # pixels
BIGGEST_FONT = 22  # of the busiest entity
DETAILS = 3  # parts of an event's second line
DETAIL_COLUMNS = 32  # characters of that line
DETAIL_WIDTH = 40  # characters of one amount

# What an event's second line prefers, best first. A phrase stands there only as the event's object.
_DETAIL_KINDS = (ValueKind.MONEY, ValueKind.COUNT, ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.PERIOD)
_DONE = frozenset({Status.HAPPENED, Status.ONGOING})
_TO_COME = frozenset({Status.ANNOUNCED, Status.COMMITTED, Status.PLANNED, Status.EXPECTED})

Sort = Literal["entity", "event"]
Weight = Literal["main", "side", "context", "direct"]


@dataclass(frozen=True, slots=True)
class Box:
    """An entity or event as drawn. `family` names its kind or group, `look` is one of `style.LOOKS`."""

    key: str
    sort: Sort
    lines: tuple[str, ...]
    family: str
    look: str
    font: int
    conflict: bool = False
    title_lines: int = 0  # of an event: how many lines come before its details


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow. `main` joins an event to its agent and object, `side` to other roles; `context` says what is where."""

    source: str
    target: str
    label: str
    look: str
    weight: Weight
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that can be drawn: boxes by key, the links of the event view and those of the direct view."""

    boxes: Mapping[str, Box]
    links: tuple[Link, ...]
    direct: tuple[Link, ...]


def entity_key(name: str) -> str:
    """Return the key of an entity's box."""
    return f"entity/{name}"


def event_key(name: str) -> str:
    """Return the key of an event's box."""
    return f"event/{name}"


def build_scene(knowledge: Knowledge, ontology: Ontology, style: Style) -> Scene:
    """Turn entities, events and direct edges into boxes and links."""
    busy = Counter(name for event in knowledge.events for name in _entities_of(event))
    boxes = {}
    for entity in knowledge.entities:
        boxes[entity_key(entity.id)] = _entity_box(entity, busy[entity.id], max(busy.values(), default=1))
    for event in knowledge.events:
        boxes[event_key(event.id)] = _event_box(event, ontology, style)
    links = [link for event in knowledge.events for link in _event_links(event, ontology, style)]
    links += [link for entity in knowledge.entities for link in _context_links(entity)]
    return Scene(
        boxes=MappingProxyType(boxes),
        links=tuple(link for link in links if link.source in boxes and link.target in boxes),
        direct=tuple(_direct_links(knowledge, ontology, boxes)),
    )


def main_roles(event_type: EventType | None) -> tuple[str, str]:
    """Return the roles that a thick arrow leads from and to: the shortcut's, else the first two of the type."""
    if event_type is None:
        return "", ""
    if event_type.shortcut:
        return event_type.shortcut.subject, event_type.shortcut.object
    names = [role.id for role in event_type.roles][:2]
    return (*names, "", "")[:2]  # type: ignore[return-value] # mypy does not see that two are left


def event_title(event: Event, ontology: Ontology) -> str:
    """Say what happens: "Builds", "Plans to build", or the type's name where no direct edge follows from the status."""
    event_type = ontology.types.get(event.type)
    if event_type is None:
        return capital(spaced(event.type))
    shortcut = event_type.shortcut
    if shortcut and event.status in _DONE:
        return capital(spaced(shortcut.predicate))
    if shortcut and shortcut.planned and event.status in _TO_COME:
        return capital(spaced(shortcut.planned))
    return capital(event_type.label)


def event_details(event: Event, ontology: Ontology) -> tuple[str, ...]:
    """Return amounts, quantities and the date of an event, at most `DETAILS` short texts."""
    _, object_role = main_roles(ontology.types.get(event.type))
    found: dict[str, str] = {}
    for kind in _DETAIL_KINDS:
        for filler in event.roles:
            if filler.value and filler.value.kind is kind:
                found.setdefault(filler.role, _value_words(filler))
    if not found:
        found = {f.role: _value_words(f) for f in event.roles if f.value and f.role == object_role}
    details = list(dict.fromkeys(found.values()))[: DETAILS - 1]
    return tuple(part for part in dict.fromkeys([*details, date_words(event.when)]) if part)


def _value_words(filler: RoleFiller) -> str:
    value = filler.value
    if value is None:
        return ""
    if value.kind is ValueKind.PERIOD and value.edtf:
        return edtf_words(value.edtf)
    return shorten(value.text, DETAIL_WIDTH)


def _entities_of(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filler.entity for filler in event.roles if filler.entity))


def _entity_box(entity: Entity, events: int, most: int) -> Box:
    growth = math.log1p(max(events - 1, 0)) / math.log1p(max(most - 1, 1))
    return Box(
        key=entity_key(entity.id),
        sort="entity",
        lines=wrap(entity.label),
        family=entity.kind.value,
        look="solid",
        font=FONT + round((BIGGEST_FONT - FONT) * growth),
    )


def _event_box(event: Event, ontology: Ontology, style: Style) -> Box:
    event_type = ontology.types.get(event.type)
    first = wrap(event_title(event, ontology), lines=2)
    return Box(
        key=event_key(event.id),
        sort="event",
        lines=first + _detail_line(event_details(event, ontology)),
        family=event_type.group if event_type else "",
        look=style.statuses.get(event.status, "solid"),
        font=FONT,
        conflict=event.conflict,
        title_lines=len(first),
    )


def _detail_line(parts: Iterable[str]) -> tuple[str, ...]:
    """Join what fits into one line, the first part in any case; the page tells the rest beside the evidence."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else shorten(part, DETAIL_COLUMNS)
        line = longer if len(longer) <= DETAIL_COLUMNS else line
    return (line,) if line else ()


def _event_links(event: Event, ontology: Ontology, style: Style) -> Iterator[Link]:
    subject, target = main_roles(ontology.types.get(event.type))
    key, look = event_key(event.id), style.statuses.get(event.status, "solid")
    ends = dict.fromkeys((filler.role, filler.entity) for filler in event.roles if filler.entity)
    begun = False  # two parties share one role: the first begins the arrow, the others end it
    for role, name in ends:
        entity = entity_key(str(name))
        if role == subject and not (begun and subject == target):
            begun = True
            yield Link(entity, key, "", look, "main", (key,))
        elif role == target:
            yield Link(key, entity, "", look, "main", (key,))
        else:
            yield Link(key, entity, _role_label(role, ontology), look, "side", (key,))


def _role_label(role: str, ontology: Ontology) -> str:
    known = ontology.roles.get(role)
    return (known.label if known else spaced(role)).lower()


def _context_links(entity: Entity) -> Iterator[Link]:
    if entity.located_in:
        yield Link(entity_key(entity.id), entity_key(entity.located_in), "in", "solid", "context")
    if entity.part_of:
        yield Link(entity_key(entity.id), entity_key(entity.part_of), "part of", "solid", "context")


def _direct_links(knowledge: Knowledge, ontology: Ontology, boxes: Iterable[str]) -> Iterator[Link]:
    planned = {t.shortcut.planned for t in ontology.types.values() if t.shortcut}
    known = frozenset(boxes)
    pairs: dict[tuple[str, str], dict[str, list[str]]] = {}
    for edge in knowledge.edges:
        pair = entity_key(edge.subject), entity_key(edge.object)
        if known.issuperset(pair):
            pairs.setdefault(pair, {}).setdefault(edge.predicate, []).extend(edge.events)
    for (source, target), predicates in sorted(pairs.items()):
        events = sorted({event_key(name) for names in predicates.values() for name in names})
        label = ", ".join(spaced(name) for name in sorted(predicates))
        yield Link(
            source, target, label, "dashed" if planned.issuperset(predicates) else "solid", "direct", tuple(events)
        )
