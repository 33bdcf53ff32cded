"""Merge the mentions of one event in one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.extract.parting import part
from kg.extract.sameness import SURE, Group, filler_key, find_group, profile_of
from kg.model import EventMention, Filler, LocalEvent, Source, Status, When
from kg.ontology import EventType, Ontology

SHARED_PARTICIPANTS = 2  # entities that a headline of another type must have in common with the event
HEADLINE_WEIGHT = 0.5  # a headline is short for what the body says more exactly
# A deal that is off, or was never on, stays so whatever else is said about it in the article.
FINAL = (Status.CANCELLED, Status.DENIED)
FIRM = (Status.HAPPENED, Status.ONGOING, Status.COMMITTED, Status.ANNOUNCED, Status.PLANNED, Status.EXPECTED)


def merge_mentions(mentions: Sequence[EventMention], ontology: Ontology) -> tuple[LocalEvent, ...]:
    """Return the events that the mentions tell of, in the order of their first mention."""
    parted = [one for mention in mentions for one in part(mention, ontology.types[mention.type])]
    groups = [group.mentions for group in _grouped(parted, ontology)]
    return tuple(_event(group, ontology.types[_main(group).type]) for group in _fold_headlines(groups, ontology))


def _grouped(mentions: Iterable[EventMention], ontology: Ontology) -> Iterable[Group]:
    """Return the mentions by event, in the order of their first mention."""
    groups: list[Group] = []
    by_type: dict[str, list[Group]] = defaultdict(list)
    for mention in mentions:
        profile, same_type = profile_of(mention), by_type[mention.type]
        group = find_group(same_type, mention, profile, ontology.types[mention.type])
        if group is None:
            group = Group()
            groups.append(group)
            same_type.append(group)
        group.add(mention, profile)
    return groups


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
    """Return the values and doubtful entities of the best mention that has any in a role, and all sure entities."""
    kept: dict[tuple[str, object], Filler] = {}
    first: dict[str, int] = {}  # the best mention that fills a role
    for number, mention in enumerate(ranked):
        for filler in mention.fillers:
            known = filler.role in event_type.role_names  # a headline folded in may have roles of another type
            own = known and first.setdefault(filler.role, number) == number
            if own or (known and filler.value is None and filler.score >= SURE):
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
