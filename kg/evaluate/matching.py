"""Decide which events found are which events of gold, and which of their fillers agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldArticle, GoldEvent, GoldFiller
from kg.evaluate.names import phrases_agree
from kg.evaluate.predictions import FoundEvent, FoundFiller
from kg.evaluate.times import times_agree
from kg.evaluate.values import values_agree

# Roles filled by a description rather than by a name that other articles share: most of its words are enough.
PHRASE_ROLES = frozenset(
    (
        *("allegation", "asset", "cause", "facility", "invention", "market", "metric", "position", "product"),
        *("purpose", "rating", "recipient", "report", "subject", "unit"),
    )
)
TIME = "time"  # what is no role of its own in gold

Pairs = tuple[tuple[int, int], ...]  # positions of an event in gold and of the one found, best first


@dataclass(frozen=True, slots=True)
class Comparison:
    """An event of gold and the one found for it: which fillers agree, which are missed, which are extra."""

    gold: GoldEvent
    found: FoundEvent
    hits: tuple[tuple[GoldFiller, FoundFiller], ...]
    missed: tuple[GoldFiller, ...]
    extra: tuple[FoundFiller, ...]
    status_right: bool
    time_right: bool | None  # None when gold has none
    source_right: bool | None  # None when gold has none

    @property
    def whole(self) -> bool:
        """Tell whether every role and the status are right."""
        return self.status_right and not self.missed


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in an article, held against its gold."""

    article: GoldArticle
    found: tuple[FoundEvent, ...]
    pairs: Pairs  # by type
    group_pairs: Pairs
    comparisons: tuple[Comparison, ...]  # of the pairs whose gold counts

    @property
    def missed(self) -> tuple[GoldEvent, ...]:
        """Return the events of gold that were not found."""
        matched = {i for i, _ in self.pairs}
        return tuple(one for i, one in enumerate(self.article.events) if not one.optional and i not in matched)

    @property
    def extra(self) -> tuple[FoundEvent, ...]:
        """Return the events found that are none of gold's."""
        matched = {j for _, j in self.pairs}
        return tuple(one for j, one in enumerate(self.found) if j not in matched)


def judge(article: GoldArticle, found: Sequence[FoundEvent], groups: Mapping[str, str]) -> Judgement:
    """Hold what was found in an article against its gold. `groups` maps types to their groups."""
    near = {
        (i, j): nearness(article, gold, one)
        for i, gold in enumerate(article.events)
        for j, one in enumerate(found)
        if groups.get(gold.type) == groups.get(one.type)
    }
    same_type = {(i, j): score for (i, j), score in near.items() if article.events[i].type == found[j].type}
    pairs = _match(same_type)
    scored = ((article.events[i], found[j]) for i, j in pairs if not article.events[i].optional)
    comparisons = tuple(_compare(article, gold, one) for gold, one in scored)
    return Judgement(article, tuple(found), pairs, _match(near), comparisons)


def nearness(article: GoldArticle, gold: GoldEvent, found: FoundEvent) -> int:
    """Return how much two events have in common: 1 for a sentence with a trigger, 1 for each role filled alike."""
    shared = sum(any(fills(article, filler, one) for one in found.fillers) for filler in gold.fillers)
    return shares_sentence(article, gold, found) + shared


def shares_sentence(article: GoldArticle, gold: GoldEvent, found: FoundEvent) -> bool:
    """Tell whether a trigger that was found stands in one of the event's sentences."""
    return not gold.sentences.isdisjoint(article.sentence_at(start) for start in found.starts)


def fills(article: GoldArticle, gold: GoldFiller, found: FoundFiller) -> bool:
    """Tell whether a filler that was found is the one in gold."""
    if gold.role != found.role:
        return False
    if gold.entity is None:
        return values_agree(gold.value or {}, found.value)
    names = article.names_of(gold.entity)
    if found.names & names:
        return True
    described = names | article.nominals.get(gold.entity, frozenset())
    return gold.role in PHRASE_ROLES and any(phrases_agree(one, said) for one in described for said in found.names)


def _match(near: Mapping[tuple[int, int], int]) -> Pairs:
    """Pair the nearest first, each event once; of pairs as near as each other, the one that comes first."""
    pairs: list[tuple[int, int]] = []
    for i, j in sorted((pair for pair, score in near.items() if score), key=lambda pair: (-near[pair], pair)):
        if all(i != one and j != other for one, other in pairs):
            pairs.append((i, j))
    return tuple(pairs)


def _compare(article: GoldArticle, gold: GoldEvent, found: FoundEvent) -> Comparison:
    left = list(found.fillers)
    hits, missed = [], []
    for filler in gold.fillers:
        hit = next((one for one in left if fills(article, filler, one)), None)
        if hit is None:
            missed.append(filler)
        else:
            hits.append((filler, hit))
            left.remove(hit)
    return Comparison(
        gold=gold,
        found=found,
        hits=tuple(hits),
        missed=tuple(missed),
        extra=tuple(filler for filler in left if filler.role != TIME),
        status_right=gold.status == found.status,
        time_right=times_agree(gold.edtf, found.edtf) if gold.edtf else None,
        source_right=_says_so(article, gold.sources, found.sources) if gold.sources else None,
    )


def _says_so(article: GoldArticle, gold: Iterable[str], found: Iterable[frozenset[str]]) -> bool:
    wanted = frozenset[str]().union(*(article.names_of(source) for source in gold))
    return any(names & wanted for names in found)
