"""Judge whether a mention tells of the event that other mentions of its article tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from kg.model import EventMention, Filler
from kg.ontology import EventType

NEARBY = timedelta(days=7)  # between an event and its report
SURE = 0.75  # a filler less sure neither keeps "the deal" from being the one just told of nor adds to what others tell

Key = object
Period = tuple[date, date]


class Bond(IntEnum):
    """What makes a mention one of an event, the weakest first."""

    DEFINITE = 1  # "the acquisition" of doubtful participants
    COMPATIBLE = 2  # no participants that identify it, or each side has those that the other lacks
    SHARED = 3  # participants in common


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells a mention from others: fillers by role, numbers by role and by what they measure, its time."""

    fillers: Mapping[str, Set[Key]]
    numbers: Mapping[Key, Set[Key]]
    period: Period | None


@dataclass(slots=True)
class Group:
    """The mentions of one event, and all that their profiles say."""

    mentions: list[EventMention] = field(default_factory=list)
    fillers: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    periods: set[Period] = field(default_factory=set)

    def add(self, mention: EventMention, profile: Profile) -> None:
        """Add a mention with its profile."""
        self.mentions.append(mention)
        for role, keys in profile.fillers.items():
            self.fillers[role] |= keys
        for measure, numbers in profile.numbers.items():
            self.numbers[measure] |= numbers
        if profile.period:
            self.periods.add(profile.period)


def profile_of(mention: EventMention) -> Profile:
    """Return what tells a mention from others. A time that is only that of the statement does not."""
    fillers: dict[str, set[Key]] = defaultdict(set)
    numbers: dict[Key, set[Key]] = defaultdict(set)
    for filler in mention.fillers:
        fillers[filler.role].add(filler_key(filler))
        if filler.value and filler.value.number is not None:  # 60 % and $4 billion do not contradict
            numbers[filler.role, filler.value.kind].add(filler.value.number)
    when = None if mention.dated_by_statement else mention.when
    period = (date.fromisoformat(when.earliest), date.fromisoformat(when.latest)) if when else None
    return Profile(dict(fillers), dict(numbers), period)


def filler_key(filler: Filler) -> Key:
    """Return what makes two fillers of a role the same."""
    value = filler.value
    if value is None:
        return filler.entity
    return value.text.casefold() if value.number is None else (value.kind, value.number)


def find_group(groups: Sequence[Group], mention: EventMention, profile: Profile, event_type: EventType) -> Group | None:
    """Return the group of its type that a mention fits best, of those that it fits alike the last begun."""
    bonds = [(bond, number) for number, bond in _bonds(groups, mention, profile, event_type)]
    return groups[max(bonds)[1]] if bonds else None


def _bonds(
    groups: Sequence[Group], mention: EventMention, profile: Profile, event_type: EventType
) -> Iterator[tuple[int, Bond]]:
    for number, group in enumerate(groups):
        if event_type.repeatable and not _same_occasion(group, profile, definite=mention.definite):
            continue
        bond = _bond(group, mention, profile, event_type)
        if bond and (bond is not Bond.DEFINITE or number == len(groups) - 1):
            yield number, bond


def _bond(group: Group, mention: EventMention, profile: Profile, event_type: EventType) -> Bond | None:
    """Return what the participants that identify the event say, None if they differ or say nothing."""
    ours = {role: group.fillers[role] for role in event_type.identity if group.fillers.get(role)}
    theirs = {role: profile.fillers[role] for role in event_type.identity if role in profile.fillers}
    both = ours.keys() & theirs.keys()
    differing = {role for role in both if ours[role].isdisjoint(theirs[role])}
    if differing:
        doubtful = all(filler.score < SURE for filler in mention.fillers if filler.role in differing)
        return Bond.DEFINITE if mention.definite and doubtful else None
    if both:
        other = any(_partly(ours[role], theirs[role]) for role in both)
        return Bond.SHARED if mention.definite or not other else None
    return Bond.COMPATIBLE if ours or not theirs else None


def _partly(ours: Set[Key], theirs: Set[Key]) -> bool:
    """Tell whether each side has its own besides what both have: a partnership with X, and one with Y."""
    return bool(ours - theirs) and bool(theirs - ours)


def _same_occasion(group: Group, profile: Profile, *, definite: bool) -> bool:
    """Tell whether periods and numbers of what can happen again agree as far as both have them.

    "The loss" is the one told of, whatever number stands beside it.
    """
    measures = group.numbers.keys() & profile.numbers.keys()
    if not definite and any(group.numbers[key].isdisjoint(profile.numbers[key]) for key in measures):
        return False
    period = profile.period
    return period is None or not group.periods or any(_meet(period, other) for other in group.periods)


def _meet(one: Period, other: Period) -> bool:
    """Tell whether two periods overlap, give or take the days between an event and its report."""
    return one[0] - NEARBY <= other[1] and other[0] - NEARBY <= one[1]
