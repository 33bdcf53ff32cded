"""Tell how far confidence can be trusted, and what asking for more of it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.counting import Tally, figures
from kg.evaluate.matching import Judgement, judge

BINS = 10
THRESHOLDS = tuple(step / 20 for step in range(20))


@dataclass(frozen=True, slots=True)
class Bin:
    """The events found with a confidence from `lower` up to `upper`: how sure they are, how many are right."""

    lower: float
    upper: float
    events: int
    confidence: float  # mean
    right: float  # share


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence is from the share that is right: its mean distance over the events, and the bins."""

    error: float
    bins: tuple[Bin, ...]  # those that hold events


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is left when only events of this confidence or more are kept."""

    confidence: float
    event: Tally
    fact: Tally


def calibration(judgements: Iterable[Judgement]) -> Calibration | None:
    """Return how well confidence is calibrated; None if no event tells its own. Optional events are left out."""
    rated = [one for judgement in judgements for one in _rated(judgement)]
    if not rated:
        return None
    bins = tuple(
        _bin(number, inside)
        for number in range(BINS)
        if (inside := [one for one in rated if min(int(one[0] * BINS), BINS - 1) == number])
    )
    error = sum(one.events * abs(one.confidence - one.right) for one in bins) / len(rated)
    return Calibration(error, bins)


def thresholds(judgements: Sequence[Judgement], groups: Mapping[str, str]) -> tuple[Threshold, ...]:
    """Return precision and recall at rising confidence, as far as any event reaches. Empty if none tells its own."""
    sure = [event.confidence for judgement in judgements for event in judgement.found if event.confidence is not None]
    return tuple(_at(judgements, groups, least) for least in THRESHOLDS if sure and least <= max(sure))


def _rated(judgement: Judgement) -> Iterable[tuple[float, bool]]:
    optional = {j for i, j in judgement.pairs if judgement.article.events[i].optional}
    right = {j for _, j in judgement.pairs} - optional
    for j, event in enumerate(judgement.found):
        if event.confidence is not None and j not in optional:
            yield event.confidence, j in right


def _bin(number: int, inside: Sequence[tuple[float, bool]]) -> Bin:
    return Bin(
        lower=number / BINS,
        upper=(number + 1) / BINS,
        events=len(inside),
        confidence=sum(confidence for confidence, _ in inside) / len(inside),
        right=sum(right for _, right in inside) / len(inside),
    )


def _at(judgements: Iterable[Judgement], groups: Mapping[str, str], least: float) -> Threshold:
    kept = [
        judge(one.article, [event for event in one.found if (event.confidence or 0.0) >= least], groups)
        for one in judgements
    ]
    found = figures(kept)
    return Threshold(least, found.event, found.fact)
