"""Compare two ways to part the same items into clusters: MUC, B-cubed, CEAF.

Vilain et al. 1995; Bagga and Baldwin 1998; Luo 2005 (entity-based, phi 4). Both partitions hold the same items, since
what a system did not find is put in as an item of its own: so no variant of these measures is needed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from statistics import mean

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

Partition = Mapping[Hashable, Hashable]  # item -> its cluster


@dataclass(frozen=True, slots=True)
class Tally:
    """What adds up over documents: right and all for recall, right and all for precision."""

    recalled: float = 0.0
    wanted: float = 0.0
    confirmed: float = 0.0
    given: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.recalled + other.recalled,
            self.wanted + other.wanted,
            self.confirmed + other.confirmed,
            self.given + other.given,
        )

    @property
    def recall(self) -> float:
        """Return the share of what is wanted that is found."""
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """Return the share of what is given that is right."""
        return self.confirmed / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def muc(gold: Partition, given: Partition) -> Tally:
    """Count links: how many are needed to hold each cluster together, and how many of them are there."""
    recalled, wanted = _links(gold, given)
    confirmed, offered = _links(given, gold)
    return Tally(recalled, wanted, confirmed, offered)


def _links(whole: Partition, parts: Partition) -> tuple[int, int]:
    clusters = _members(whole).values()
    wanted = sum(len(items) - 1 for items in clusters)
    missing = sum(len({parts[item] for item in items}) - 1 for items in clusters)
    return wanted - missing, wanted


def b_cubed(gold: Partition, given: Partition) -> Tally:
    """Count for each item how much of its cluster is the same in both."""
    shared = Counter((gold[item], given[item]) for item in gold)
    wanted, offered = Counter(gold.values()), Counter(given.values())
    recalled = sum(count * count / wanted[cluster] for (cluster, _), count in shared.items())
    confirmed = sum(count * count / offered[cluster] for (_, cluster), count in shared.items())
    return Tally(recalled, len(gold), confirmed, len(given))


def ceaf(gold: Partition, given: Partition) -> Tally:
    """Pair clusters one to one for the largest likeness in all, and add up the likeness of the pairs."""
    if not gold:
        return Tally()
    wanted, offered = _members(gold), _members(given)
    likeness = np.array([[_likeness(one, other) for other in offered.values()] for one in wanted.values()])
    best = float(likeness[linear_sum_assignment(-likeness)].sum())
    return Tally(best, len(wanted), best, len(offered))


def _likeness(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _members(partition: Partition) -> dict[Hashable, frozenset[Hashable]]:
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for item, cluster in partition.items():
        found[cluster].add(item)
    return {cluster: frozenset(items) for cluster, items in found.items()}


MEASURES: Mapping[str, Callable[[Partition, Partition], Tally]] = {"MUC": muc, "B3": b_cubed, "CEAF": ceaf}


def compare(pairs: Iterable[tuple[Partition, Partition]]) -> dict[str, Tally]:
    """Return each measure summed over documents, each given as its gold and its system partition."""
    kept = list(pairs)
    return {name: sum((measure(*pair) for pair in kept), Tally()) for name, measure in MEASURES.items()}


def conll(tallies: Mapping[str, Tally]) -> float:
    """Return the mean F1 of the three measures, as in the CoNLL shared tasks."""
    return mean(tallies[name].f1 for name in MEASURES)
