"""Score FIRE's relations: who bought, sold or merged with what, who works where, and which way a figure went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from benchmarks.other_gold.analysis import Analysis
from benchmarks.other_gold.counting import Share, share
from benchmarks.other_gold.gold import Link, Marked
from benchmarks.other_gold.mapping import roles
from kg.model import Filler, LocalEvent, Status

OWNERSHIP = "Subsidiaryof"
# Relation -> the parts that its head and its tail play in an event of ours.
PAIRS: Mapping[str, tuple[str, str]] = {
    "ActionBuy": ("buyer", "bought"),
    "ActionSell": ("seller", "bought"),
    "ActionMerge": ("party", "party"),
    OWNERSHIP: ("owned", "owner"),
    "Employeeof": ("person", "employer"),
    "Designation": ("person", "position"),
}
DEALS = ("ActionBuy", "ActionSell", "ActionMerge")
ONE_WAY = ("ActionBuy", "ActionSell", OWNERSHIP)
SYMMETRIC = frozenset({"ActionMerge"})
ACTION_TO, ACTION_IN = "Actionto", "Actionin"
DIRECTIONS = {"ValueChangeIncreaseby": "up", "ValueChangeDecreaseby": "down"}
STAKE = "StakePurchase"  # while ongoing, a state: who owns what


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: annotated ones that we find, ours that are annotated, ours with an end that is not annotated."""

    recall: Share
    precision: Share
    outside: int


@dataclass(frozen=True, slots=True)
class Relations:
    """`direction`: of the annotated deals and ownerships whose two ends we put into one, those with roles that fit.

    `by_order` is what comes of taking the first of the two for the head.
    """

    by_type: Mapping[str, Relation]
    direction: Share
    by_order: Share
    action_to: Share
    action_in: Share
    change: Share
    change_direction: Share


def score_relations(analyses: Sequence[Analysis]) -> Relations:
    """Score the relations that some roles of ours correspond to."""
    changes = [change for analysis in analyses for change in _changes(analysis)]
    ways = [way for analysis in analyses for way in _ways(analysis)]
    by_type = {name: _relation(analyses, (name,)) for name in PAIRS}
    return Relations(
        by_type=by_type | {"the three deals": _relation(analyses, DEALS)},
        direction=share(fits for fits, _ in ways),
        by_order=share(first for _, first in ways),
        action_to=share(found for analysis in analyses for found in _action_to(analysis)),
        action_in=share(found for analysis in analyses for found in _action_in(analysis)),
        change=share(change is not None for change, _ in changes),
        change_direction=share(change == gold for change, gold in changes if change),
    )


def _relation(analyses: Iterable[Analysis], names: Sequence[str]) -> Relation:
    recalled, confirmed, outside = [], [], 0
    for analysis, name in product(analyses, names):
        gold = list(_links(analysis, name))
        told = [(_mentions(analysis, head), _mentions(analysis, tail)) for head, tail in _filled(analysis, name)]
        inside = [pair for pair in told if all(pair)]
        recalled += [any(_is_told(link, *pair) for pair in inside) for link in gold]
        confirmed += [any(_is_told(link, *pair) for link in gold) for pair in inside]
        outside += len(told) - len(inside)
    return Relation(share(recalled), share(confirmed), outside)


def _links(analysis: Analysis, name: str) -> Iterator[Link]:
    """Yield the annotated relations of a type, without the posts of companies."""
    people = {mention.id for mention in analysis.gold.mentions if mention.labels["type"] == "Person"}
    for link in analysis.gold.links:
        if link.type == name and (name != "Designation" or link.head in people):
            yield link


def _filled(analysis: Analysis, name: str) -> Iterator[tuple[Filler, Filler]]:
    """Yield the pairs of fillers in the roles of a relation, event by event."""
    one, other = (roles(part) for part in PAIRS[name])
    for event in analysis.extraction.events:
        if _is_standing(event) == (name == OWNERSHIP):
            heads = [filler for filler in event.fillers if filler.role in one]
            tails = [filler for filler in event.fillers if filler.role in other]
            for head, tail in product(heads, tails):
                if head.span < tail.span if name in SYMMETRIC else head.entity != tail.entity:
                    yield head, tail


def _is_standing(event: LocalEvent) -> bool:
    return event.type == STAKE and event.status is Status.ONGOING


def _mentions(analysis: Analysis, filler: Filler) -> frozenset[str]:
    """Return the annotated mentions that a filler stands for."""
    return frozenset(mention.id for mention in analysis.gold.mentions if analysis.fills(filler, mention))


def _is_told(link: Link, heads: frozenset[str], tails: frozenset[str]) -> bool:
    if link.head in heads and link.tail in tails:
        return True
    return link.type in SYMMETRIC and link.head in tails and link.tail in heads


def _ways(analysis: Analysis) -> Iterator[tuple[bool, bool]]:
    """Yield for each annotated one-way relation whose ends are in one deal of ours whether roles and order fit."""
    for link in analysis.gold.links:
        if link.type in ONE_WAY:
            ends = _end(analysis, link.head), _end(analysis, link.tail)
            deals = [event for event in analysis.extraction.events if _joins(analysis, event, ends)]
            if deals:
                fits = any(_fits(analysis, event, link.type, ends) for event in deals)
                yield fits, ends[0].first < ends[1].first


def _joins(analysis: Analysis, event: LocalEvent, ends: tuple[Marked, Marked]) -> bool:
    """Tell whether both ends take part in a deal of ours, in whichever roles, and as different things."""
    parts: frozenset[str] = frozenset().union(*(roles(part) for name in ONE_WAY for part in PAIRS[name]))
    taking = [filler for filler in event.fillers if filler.role in parts]
    one, other = ({filler for filler in taking if analysis.fills(filler, end)} for end in ends)
    return bool(one and other and len(one | other) > 1)


def _fits(analysis: Analysis, event: LocalEvent, name: str, ends: tuple[Marked, Marked]) -> bool:
    return all(
        any(analysis.fills(filler, end) for filler in event.fillers if filler.role in roles(part))
        for end, part in zip(ends, PAIRS[name], strict=True)
    )


def _end(analysis: Analysis, name: str) -> Marked:
    return next(mention for mention in analysis.gold.mentions if mention.id == name)


def _action_to(analysis: Analysis) -> Iterator[bool]:
    """Yield for each annotated action and what it is done to whether an event of ours has both."""
    for link in analysis.gold.links:
        if link.type == ACTION_TO:
            said, tail = analysis.events_at(_end(analysis, link.head)), _end(analysis, link.tail)
            yield any(analysis.fills(filler, tail) for _, event in said for filler in event.fillers)


def _action_in(analysis: Analysis) -> Iterator[bool]:
    """Yield for each annotated date of an action whether an event of ours has that date."""
    for link in analysis.gold.links:
        if link.type == ACTION_IN:
            whens = [event.when for _, event in analysis.events_at(_end(analysis, link.head))]
            yield any(when is not None and analysis.meets(when.span, _end(analysis, link.tail)) for when in whens)


def _changes(analysis: Analysis) -> Iterator[tuple[str | None, str]]:
    """Yield for each annotated rise or fall the direction that we give the figure, None if we give it none."""
    changes = [
        filler for event in analysis.extraction.events for filler in event.fillers if filler.role in roles("change")
    ]
    for link in analysis.gold.links:
        if link.type in DIRECTIONS:
            found = [filler for filler in changes if analysis.meets(filler.span, _end(analysis, link.tail))]
            given = sorted({filler.value.direction for filler in found if filler.value and filler.value.direction})
            yield (given[0] if given else None), DIRECTIONS[link.type]
