"""Decide which events of different articles are one, and what the claims about it come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.iris import claim_id, event_id
from kg.model import Article, Claim, Entity, Event, Extraction, Filler, LocalEvent, RoleFiller, Source, Status, Value
from kg.ontology import EventType, Ontology
from kg.resolve.entities import LocalKey

FINAL = (Status.CANCELLED, Status.DENIED)
MONTH = 7  # length of an EDTF month: repeatable events are told apart by month


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one article tells it, with its claims and fillers in terms of the graph."""

    article: Article
    event: LocalEvent
    roles: tuple[RoleFiller, ...]
    claims: tuple[Claim, ...]


def resolve_events(
    extractions: Iterable[Extraction], ids: Mapping[LocalKey, str], entities: Mapping[str, Entity], ontology: Ontology
) -> tuple[Event, ...]:
    """Return the events of all articles, those that are one merged, sorted by id."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for extraction in extractions:
        for told in _tell(extraction, ids):
            groups[_identity(told, ontology.types[told.event.type], groups)].append(told)
    events = (_event(id_, rows, entities, ontology) for id_, rows in groups.items())
    return tuple(sorted(events, key=lambda event: event.id))


def _tell(extraction: Extraction, ids: Mapping[LocalKey, str]) -> Iterable[Told]:
    """Number the claims of an article in the order of its text and put global ids for local keys."""
    article = extraction.article
    mentions = sorted(
        ((mention, number) for number, event in enumerate(extraction.events) for mention in event.mentions),
        key=lambda row: (row[0].trigger.start, row[0].type, row[1]),
    )
    numbered = {(id(mention), number): count for count, (mention, number) in enumerate(mentions)}
    for number, event in enumerate(extraction.events):
        claims = tuple(
            Claim(
                id=claim_id(article.key, numbered[id(mention), number]),
                event="",
                article=article.key,
                status=mention.status,
                cue=mention.cue,
                confidence=mention.confidence,
                rule=mention.rule,
                sentence=mention.sentence,
                trigger=mention.trigger,
                said_by=tuple(
                    Source(s.span, ids[article.key, s.entity] if s.entity else None) for s in mention.said_by
                ),
                when=mention.when,
                in_headline=mention.in_headline,
            )
            for mention in event.mentions
        )
        yield Told(article, event, tuple(_role(article, filler, ids) for filler in event.fillers), claims)


def _role(article: Article, filler: Filler, ids: Mapping[LocalKey, str]) -> RoleFiller:
    entity = ids[article.key, filler.entity] if filler.entity else None
    return RoleFiller(filler.role, article.key, filler.span, entity, filler.value)


def _identity(told: Told, event_type: EventType, groups: Mapping[str, Sequence[Told]]) -> str:
    """Return the event's id: its type and identity roles, with the time if it can happen again.

    An event that lacks an identity role cannot be recognised in another article; its article and sentence then belong
    to its id.
    """
    fillers = [
        (role, _filler_text(filler)) for role in event_type.identity for filler in told.roles if filler.role == role
    ]
    parts = [part for row in sorted(set(fillers)) for part in row]
    if event_type.repeatable:
        parts.append(_occasion(told))
    if {role for role, _ in fillers} != set(event_type.identity) or (event_type.repeatable and not parts[-1]):
        parts += [told.article.key, str(told.claims[0].trigger.start)]
    id_ = event_id(event_type.id, *parts)
    if any(other.article.key == told.article.key for other in groups.get(id_, ())):  # told apart within the article
        return event_id(event_type.id, *parts, told.article.key, str(told.claims[0].trigger.start))
    return id_


def _occasion(told: Told) -> str:
    return told.event.when.edtf[:MONTH] if told.event.when else ""


def _filler_text(filler: RoleFiller) -> str:
    if filler.entity:
        return filler.entity
    value = filler.value
    return "" if value is None else str(value.number) if value.number is not None else value.text.casefold()


def _event(id_: str, rows: Sequence[Told], entities: Mapping[str, Entity], ontology: Ontology) -> Event:
    latest_first = sorted(
        rows, key=lambda told: (told.article.date or "", told.event.confidence, told.article.key), reverse=True
    )
    main = latest_first[0]
    event_type = ontology.types[main.event.type]
    roles = _merge_roles(latest_first)
    when = next((told.event.when for told in latest_first if told.event.when), None)
    return Event(
        id=id_,
        type=event_type.id,
        label=_label(event_type, roles, entities),
        status=main.event.status,
        confidence=max(told.event.confidence for told in rows),
        roles=roles,
        claims=tuple(replace(claim, event=id_) for told in latest_first for claim in told.claims),
        when=when,
        conflict=any(told.event.conflict for told in rows) or _disagree(rows),
    )


def _disagree(rows: Sequence[Told]) -> bool:
    """Tell whether articles contradict each other: off in one, on in another."""
    statuses = {told.event.status for told in rows}
    return bool(statuses & set(FINAL)) and bool(statuses - set(FINAL) - {Status.RUMOURED})


def _merge_roles(rows: Sequence[Told]) -> tuple[RoleFiller, ...]:
    """Return the union of the fillers, each once an article: every article keeps its own evidence."""
    kept: dict[tuple[str, str, str | None, Value | None], RoleFiller] = {}
    for told in rows:
        for filler in told.roles:
            value = replace(filler.value, text="") if filler.value and filler.value.number is not None else filler.value
            kept.setdefault((filler.article, filler.role, filler.entity, value), filler)
    return tuple(
        sorted(kept.values(), key=lambda filler: (filler.role, filler.entity or "", filler.article, filler.span))
    )


def _label(event_type: EventType, roles: Sequence[RoleFiller], entities: Mapping[str, Entity]) -> str:
    """Return a short title: "Lego: facility construction: toy factory, Monterrey"."""
    first = {role: filler for filler in reversed(roles) for role in [filler.role]}
    named = [
        _name(first[role.id], entities)
        for role in event_type.roles
        if role.id in first and role.id not in ("place", "amount")
    ]
    return f"{event_type.label}: {', '.join(named[:2])}" if named else event_type.label


def _name(filler: RoleFiller, entities: Mapping[str, Entity]) -> str:
    return entities[filler.entity].label if filler.entity else filler.span.text
