"""Count what judgements say: precision and recall of events and facts, shares of fields that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.matching import Judgement

Sums = Mapping[str, "Tally"]
Confusion = Mapping[str, Mapping[str, int]]  # gold's status -> found status -> events


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right, 0 when nothing was found."""
        return self.right / (self.right + self.extra) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Return the share of gold that was found, 0 when gold has nothing."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall.

        >>> Tally(right=3, extra=1, missed=3).f1
        0.6
        """
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right, of how many that could be."""

    right: int
    of: int

    @property
    def accuracy(self) -> float | None:
        """Return the share, None of nothing."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an evaluation. docs/evaluate.md says what each of them means."""

    event: Tally
    group: Tally
    fact: Tally
    status: Share
    time: Share
    said_by: Share
    whole: Share
    by_type: Sums  # events
    by_role: Sums  # facts
    statuses: Confusion


def figures(judgements: Sequence[Judgement]) -> Figures:
    """Return the figures for all articles together."""
    pairs = [pair for judgement in judgements for pair in judgement.comparisons]
    by_type, by_role = _by_type(judgements), _by_role(judgements)
    scored = len(pairs) + sum(len(judgement.missed) for judgement in judgements)
    return Figures(
        event=_total(by_type),
        group=_groups(judgements),
        fact=_total(by_role),
        status=Share(sum(pair.status_right for pair in pairs), len(pairs)),
        time=_right(pair.time_right for pair in pairs),
        said_by=_right(pair.source_right for pair in pairs),
        whole=Share(sum(pair.whole for pair in pairs), scored),
        by_type=by_type,
        by_role=by_role,
        statuses=_confusion(judgements),
    )


def _right(answers: Iterable[bool | None]) -> Share:
    given = [answer for answer in answers if answer is not None]
    return Share(sum(given), len(given))


def _by_type(judgements: Iterable[Judgement]) -> Sums:
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for judgement in judgements:
        right.update(pair.gold.type for pair in judgement.comparisons)
        extra.update(event.type for event in judgement.extra)
        missed.update(event.type for event in judgement.missed)
    return _tallies(right, extra, missed)


def _by_role(judgements: Iterable[Judgement]) -> Sums:
    """Return the facts by role. All roles of an event that is missed or extra count as missed or extra."""
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for judgement in judgements:
        for pair in judgement.comparisons:
            right.update(filler.role for filler, _ in pair.hits)
            extra.update(filler.role for filler in pair.extra)
            missed.update(filler.role for filler in pair.missed)
        extra.update(filler.role for event in judgement.extra for filler in event.fillers)
        missed.update(filler.role for event in judgement.missed for filler in event.fillers)
    return _tallies(right, extra, missed)


def _tallies(right: Counter[str], extra: Counter[str], missed: Counter[str]) -> Sums:
    """Return a tally for each name, those that gold has most often first."""
    names = sorted({*right, *extra, *missed}, key=lambda name: (-right[name] - missed[name], name))
    return {name: Tally(right[name], extra[name], missed[name]) for name in names}


def _total(sums: Sums) -> Tally:
    tallies = sums.values()
    return Tally(*(sum(counts) for counts in zip(*((t.right, t.extra, t.missed) for t in tallies), strict=True)))


def _groups(judgements: Iterable[Judgement]) -> Tally:
    right = extra = missed = 0
    for judgement in judgements:
        optional = {i for i, event in enumerate(judgement.article.events) if event.optional}
        hits = sum(i not in optional for i, _ in judgement.group_pairs)
        right += hits
        extra += len(judgement.found) - len(judgement.group_pairs)
        missed += len(judgement.article.events) - len(optional) - hits
    return Tally(right, extra, missed)


def _confusion(judgements: Iterable[Judgement]) -> Confusion:
    pairs = (pair for judgement in judgements for pair in judgement.comparisons)
    counts = Counter((pair.gold.status, pair.found.status) for pair in pairs)
    rows: dict[str, dict[str, int]] = {}
    for (gold, found), number in sorted(counts.items()):
        rows.setdefault(gold, {})[found] = number
    return rows
