"""Score factuality: does our status say of certainty, time and polarity what is annotated?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.other_gold.analysis import Analysis
from benchmarks.other_gold.counting import Share, share
from benchmarks.other_gold.gold import Sort
from benchmarks.other_gold.mapping import FACTORS, factuality

UNMARKED = ("", "UNDERSPECIFIED")  # nothing to compare with
Judged = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Factor:
    """One of certainty, time and polarity: how often we agree, how often the most frequent value would, and on what."""

    agreed: Share
    majority: Share
    confusion: Mapping[tuple[str, str], int]  # annotated, ours


def score_factuality(analyses: Sequence[Analysis]) -> dict[str, Factor]:
    """Score the statuses of annotated events whose head word is a trigger of ours, and of all three factors at once."""
    rows = [row for analysis in analyses for row in judgements(analysis)]
    return {name: _factor([(gold[name], ours.get(name, "unsaid")) for gold, ours in rows]) for name in FACTORS} | {
        "all three": _factor([(" ".join(gold.values()), " ".join(_completed(gold, ours))) for gold, ours in rows])
    }


def judgements(analysis: Analysis) -> Iterator[tuple[Judged, Judged]]:
    """Yield what is annotated and what our status says, of each event that has both."""
    for event in analysis.marked(Sort.EVENT):
        said = analysis.events_at(event)
        gold = {name: event.labels.get(name, "") for name in FACTORS}
        if said and not any(value in UNMARKED for value in gold.values()):
            yield gold, factuality()[said[0][1].status]


def _completed(gold: Judged, ours: Judged) -> list[str]:
    return [ours.get(name, "unsaid") for name in gold]


def _factor(pairs: Sequence[tuple[str, str]]) -> Factor:
    most = Counter(gold for gold, _ in pairs).most_common(1)
    majority = Share(most[0][1] if most else 0, len(pairs))
    return Factor(share(gold == ours for gold, ours in pairs), majority, dict(sorted(Counter(pairs).items())))
