"""Weigh which earlier entity a definite noun or pronoun means: by recency, subjecthood, frequency, what it was called.

The weights were set by hand, not fitted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.clusters import Cluster
from kg.extract.mentions import Form, Mention
from kg.extract.syntax import VERBAL
from kg.extract.tree import tree_of
from kg.model import Kind

RECENCY_WEIGHT = 2.0
SUBJECT_WEIGHT = 1.5
FREQUENCY_WEIGHT = 1.0
FREQUENCY_HALF = 3  # mentions that count for half of what many do
EPITHET_WEIGHT = 3.0
REACH = {Kind.PERSON: 4, Kind.FACILITY: 12, Kind.PRODUCT: 6, Kind.UNIT: 12}  # sentences back; actors have no limit
FALLBACK_REACH = 40
# Epithets that fit any of them and so tell none apart.
GENERIC_COMPANY = ("company", "firm", "group", "business", "corporation", "enterprise")
GENERIC_ACTOR = frozenset({*GENERIC_COMPANY, "organization", "organisation", "party", "side"})


@dataclass(slots=True)
class _Heads:
    """The head tokens of a cluster's mentions, each list in the order of the text."""

    names: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    def before(self, index: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the heads in front of a token."""
        return self.names[: bisect_left(self.names, index)], self.others[: bisect_left(self.others, index)]


class Salience:
    """Knows where the clusters of a document have been mentioned so far."""

    def __init__(self, doc: Doc, of: Mapping[int, Cluster]) -> None:
        self._doc = doc
        self._tree = tree_of(doc)
        self._of = of  # head token index -> cluster
        self._heads: dict[str, _Heads] = defaultdict(_Heads)
        self._sentence = [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]

    def add(self, mention: Mention, cluster: Cluster) -> None:
        """Remember a mention. Names come in the order of the text, then all others in theirs."""
        heads = self._heads[cluster.key]
        (heads.names if mention.form is Form.NAME else heads.others).append(mention.head)

    def most_salient(self, candidates: Iterable[Cluster], mention: Mention, epithet: str = "") -> Cluster | None:
        """Return the likeliest of the candidates, None if none can be meant."""
        return next(iter(self.ranked(candidates, mention, epithet)), None)

    def ranked(self, candidates: Iterable[Cluster], mention: Mention, epithet: str = "") -> list[Cluster]:
        """Return the candidates that can be meant, the likeliest first, the earlier one of equals."""
        bound = self._bound(mention)
        scored = [(self._score(cluster, mention, bound, epithet), cluster) for cluster in candidates]
        return [cluster for score, cluster in sorted(scored, key=lambda row: -row[0]) if score > 0]

    def within_reach(self, cluster: Cluster, mention: Mention) -> bool:
        """Tell whether the last mention of a cluster lies near enough."""
        return self._distance(cluster.mentions[-1].head, mention) <= _reach(cluster)

    def together(self, clusters: Sequence[Cluster], mention: Mention) -> bool:
        """Tell whether one sentence, up to the mention, names all of the clusters."""
        before = (self._heads[cluster.key].before(mention.start) for cluster in clusters)
        return bool(set.intersection(*({self._sentence[head] for head in (*first, *rest)} for first, rest in before)))

    def _score(self, cluster: Cluster, mention: Mention, bound: frozenset[int], epithet: str) -> float:
        """Return how likely the cluster is meant; 0 if it does not stand before the mention or cannot be meant."""
        names, others = self._heads[cluster.key].before(mention.start)
        if bound:
            names, others = ([head for head in heads if head not in bound] for heads in (names, others))
        count = len(names) + len(others)
        if not count:
            return 0.0
        distance = self._distance(others[-1] if others else names[-1], mention)
        if distance > _reach(cluster):
            return 0.0
        score = (
            RECENCY_WEIGHT / (1 + distance)
            + SUBJECT_WEIGHT * (self._subject(names, mention) or self._subject(others, mention))
            + FREQUENCY_WEIGHT * count / (count + FREQUENCY_HALF)
        )
        return score + (EPITHET_WEIGHT if epithet in cluster.epithets and epithet not in GENERIC_ACTOR else 0.0)

    def _subject(self, heads: Sequence[int], mention: Mention) -> bool:
        """Tell whether one of the heads is a subject in the mention's sentence or the one before."""
        for head in reversed(heads):
            if self._distance(head, mention) > 1:
                return False
            if self._tree.labels[head] in ("nsubj", "nsubjpass"):
                return True
        return False

    def _bound(self, mention: Mention) -> frozenset[int]:
        """Return the arguments of the mention's own verb, which cannot be the same thing: "X sued the company"."""
        above = self._tree.heads[mention.head]
        if self._doc[mention.head].tag_ == "PRP$" or self._doc[above].pos_ not in VERBAL:
            return frozenset()
        return frozenset((*self._tree.below[above], *([above] if self._tree.heads[above] == above else []))) - {
            mention.head
        }

    def _distance(self, head: int, mention: Mention) -> int:
        """Return how many sentences lie between."""
        return self._sentence[mention.head] - self._sentence[head]


def _reach(cluster: Cluster) -> int:
    return REACH.get(cluster.kind, FALLBACK_REACH)
