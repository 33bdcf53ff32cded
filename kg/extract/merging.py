"""Merge the mentions of one event in one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from kg.model import EventMention, Filler, LocalEvent, Source, Status, ValueKind, When
from kg.ontology import EventType, Ontology

SHARED_PARTICIPANTS = 2  # entities that a headline of another type must have in common with the event
NEARBY = timedelta(days=7)
HEADLINE_WEIGHT = 0.5  # a headline is short for what the body says more exactly
# A deal that is off, or was never on, stays so whatever else is said about it in the article.
FINAL = (Status.CANCELLED, Status.DENIED)
FIRM = (Status.HAPPENED, Status.ONGOING, Status.COMMITTED, Status.ANNOUNCED, Status.PLANNED, Status.EXPECTED)


def merge_mentions(mentions: Sequence[EventMention], ontology: Ontology) -> tuple[LocalEvent, ...]:
    """Return the events that the mentions tell of, in the order of their first mention."""
    groups: list[list[EventMention]] = []
    for mention in mentions:
        event_type = ontology.types[mention.type]
        group = next((group for group in groups if _same_event(group, mention, event_type)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    return tuple(_event(group, ontology.types[_main(group).type]) for group in _fold_headlines(groups, ontology))


def _fold_headlines(groups: Sequence[list[EventMention]], ontology: Ontology) -> list[list[EventMention]]:
    """Join what only the headline tells to the event of the body that it is short for, even if it calls it otherwise.

    "X has opened a plant" over an article about the plant's construction is a claim about that construction, and
    contradicts it.
    """
    body = [group for group in groups if not all(mention.in_headline for mention in group)]
    kept = list(groups)
    for group in groups:
        if any(group is other for other in body):
            continue
        told = next((other for other in body if _told_by(group, other, ontology)), None)
        if told is not None:
            told.extend(group)
            kept = [other for other in kept if other is not group]
    return kept


def _told_by(headline: Sequence[EventMention], group: Sequence[EventMention], ontology: Ontology) -> bool:
    """Tell whether an event of the body has one participant of the headline's, of another type of the group two."""
    mine, theirs = _participants(headline), _participants(group)
    if headline[0].type == _main(group).type:
        return bool(mine & theirs)
    same_group = ontology.types[headline[0].type].group == ontology.types[_main(group).type].group
    return same_group and len(mine & theirs) >= SHARED_PARTICIPANTS


def _participants(mentions: Iterable[EventMention]) -> set[str]:
    return {f.entity for mention in mentions for f in mention.fillers if f.entity and f.role != "place"}


def _main(group: Sequence[EventMention]) -> EventMention:
    """Return a mention that gives the event its type: one of the body if there is any."""
    return next((mention for mention in group if not mention.in_headline), group[0])


def _same_event(group: Sequence[EventMention], mention: EventMention, event_type: EventType) -> bool:
    if group[0].type != mention.type:
        return False
    if event_type.repeatable and not _same_occasion(group, mention):
        return False
    pairs = [(_keys([mention], role), _keys(group, role)) for role in event_type.identity]
    if any(mine and theirs and not mine & theirs for mine, theirs in pairs):
        return False
    shared = any(mine & theirs for mine, theirs in pairs)
    return shared or not any(mine for mine, _ in pairs) or _completes(pairs)


def _completes(pairs: Sequence[tuple[set[object], set[object]]]) -> bool:
    """Tell whether each side has an identity role that the other lacks: "X's purchase", "the acquisition of Y"."""
    return any(mine and not theirs for mine, theirs in pairs) and any(theirs and not mine for mine, theirs in pairs)


def _same_occasion(group: Sequence[EventMention], mention: EventMention) -> bool:
    """Tell whether periods and numbers of two mentions of a repeatable event agree as far as both have them."""
    mine, theirs = _measures([mention]), _measures(group)
    if any(mine[key].isdisjoint(theirs[key]) for key in mine.keys() & theirs.keys()):
        return False
    times = [other.when for other in group if other.when and not other.dated_by_statement]
    if mention.when is None or mention.dated_by_statement or not times:
        return True
    return any(_meet(mention.when, other) for other in times)


def _meet(one: When, other: When) -> bool:
    """Tell whether two times overlap, give or take the days between an event and its report."""
    return _day(one.earliest) - NEARBY <= _day(other.latest) and _day(other.earliest) - NEARBY <= _day(one.latest)


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _measures(mentions: Iterable[EventMention]) -> dict[tuple[str, ValueKind], set[Decimal]]:
    """Return the numbers of the mentions by role and by what they measure: 60 % and $4 billion do not contradict."""
    found: dict[tuple[str, ValueKind], set[Decimal]] = defaultdict(set)
    for filler in (filler for mention in mentions for filler in mention.fillers):
        if filler.value and filler.value.number is not None:
            found[filler.role, filler.value.kind].add(filler.value.number)
    return found


def _keys(mentions: Iterable[EventMention], role: str) -> set[object]:
    return {filler_key(filler) for mention in mentions for filler in mention.fillers if filler.role == role}


def filler_key(filler: Filler) -> object:
    """Return what makes two fillers of a role the same."""
    value = filler.value
    if value is None:
        return filler.entity
    return value.text.casefold() if value.number is None else (value.kind, value.number)


def _event(group: Sequence[EventMention], event_type: EventType) -> LocalEvent:
    ranked = sorted(group, key=lambda mention: (-weight(mention), mention.trigger.start))
    status = _status(group, ranked)
    return LocalEvent(
        type=event_type.id,
        status=status,
        fillers=_fillers(ranked, event_type),
        mentions=tuple(ranked),
        confidence=max(mention.confidence for mention in group),
        said_by=_sources(ranked),
        when=_when(ranked, status),
        conflict=_conflicts(group),
    )


def weight(mention: EventMention) -> float:
    """Return how well a mention supports its event: confidence and completeness, headlines less."""
    full = mention.confidence * (1 + 0.1 * len(mention.fillers))
    return full * HEADLINE_WEIGHT if mention.in_headline else full


def _status(group: Sequence[EventMention], ranked: Sequence[EventMention]) -> Status:
    """Return the status of the best mention whose words tell one, the body before the headline; an end is final."""
    body = [mention for mention in ranked if not mention.in_headline]
    final = [mention for mention in body or ranked if mention.status in FINAL and not _ends(mention, group)]
    if final:
        return max(final, key=lambda mention: mention.trigger.start).status
    told = [mention for mention in body if mention.cue] or [mention for mention in ranked if mention.cue]
    return (told or body or ranked)[0].status


def _ends(mention: EventMention, group: Sequence[EventMention]) -> bool:
    """Tell whether what ends a mention is the event itself: "suspended" in "it suspended its dividend"."""
    return any(other.trigger.text == mention.cue and other.sentence == mention.sentence for other in group)


def _fillers(ranked: Sequence[EventMention], event_type: EventType) -> tuple[Filler, ...]:
    """Return the union of entity fillers; the values of a role come from the best mention that has any."""
    kept: dict[tuple[str, object], Filler] = {}
    valued: dict[str, int] = {}
    for number, mention in enumerate(ranked):
        for filler in mention.fillers:
            known = filler.role in event_type.role_names  # a headline folded in may have roles of another type
            if known and (filler.value is None or valued.setdefault(filler.role, number) == number):
                kept.setdefault((filler.role, filler_key(filler)), filler)
    return tuple(sorted(kept.values(), key=lambda filler: (filler.role, filler.span)))


def _sources(ranked: Sequence[EventMention]) -> tuple[Source, ...]:
    """Return who says so in any mention, each once, those of the best mention first."""
    named: dict[str, Source] = {}
    for source in (source for mention in ranked for source in mention.said_by):
        named.setdefault(source.entity or source.span.text, source)
    return tuple(named.values())


def _when(ranked: Sequence[EventMention], status: Status) -> When | None:
    """Return the time of the best mention, first of those with the event's status, last the day it was announced."""
    rows = sorted(ranked, key=lambda mention: (mention.dated_by_statement, mention.status is not status))
    return next((mention.when for mention in rows if mention.when), None)


def _conflicts(group: Sequence[EventMention]) -> bool:
    """Tell whether claims contradict each other: done against not done or not yet."""
    statuses = {mention.status for mention in group}
    return (
        len(statuses) > 1
        and bool(statuses & set(FIRM))
        and (bool(statuses & set(FINAL)) or {Status.HAPPENED} < statuses)
    )
