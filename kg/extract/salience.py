"""Weigh which earlier entity a definite noun or pronoun means: by recency, subjecthood, frequency, what it was called.

The weights were set by hand, not fitted.
"""

from __future__ import annotations

import re
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
OTHER_SECTION = 0.5  # of the weight of the lead, for what leads the article but not the section
FREQUENCY_HALF = 3  # mentions that count for half of what many do
LEAD = 2  # sentences at the beginning, headline included, that tell what the article is about
LEAD_WEIGHT = 2.0
REACH = {Kind.PERSON: 4, Kind.FACILITY: 12, Kind.PRODUCT: 6, Kind.UNIT: 12}  # sentences back; actors have no limit
FALLBACK_REACH = 40
# Epithets that fit any of them and so tell none apart.
GENERIC_COMPANY = ("company", "firm", "group", "business", "corporation", "enterprise")
GENERIC_ACTOR = frozenset({*GENERIC_COMPANY, "organization", "organisation", "party", "side"})
HEADING = 80  # characters looked at for a heading: "ACME BANK - The lender ...", or a line in capitals
_HEADING = re.compile(r"[A-Z][A-Z'’&.]{2,}(?: [A-Z'’&.]{1,}){0,4}(?: [-–—] |: )")


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
        self._section = _sections(doc)

    def add(self, mention: Mention, cluster: Cluster) -> None:
        """Remember a mention. Names come in the order of the text, then all others in theirs."""
        heads = self._heads[cluster.key]
        (heads.names if mention.form is Form.NAME else heads.others).append(mention.head)

    def most_salient(self, candidates: Iterable[Cluster], mention: Mention) -> Cluster | None:
        """Return the likeliest of the candidates, None if none can be meant."""
        return next(iter(self.ranked(candidates, mention)), None)

    def ranked(self, candidates: Iterable[Cluster], mention: Mention) -> list[Cluster]:
        """Return the candidates that can be meant, the likeliest first, the earlier one of equals."""
        bound = self._bound(mention)
        scored = [(self._score(cluster, mention, bound), cluster) for cluster in candidates]
        return [cluster for score, cluster in sorted(scored, key=lambda row: -row[0]) if score > 0]

    def within_reach(self, cluster: Cluster, mention: Mention) -> bool:
        """Tell whether the last mention of a cluster lies near enough."""
        return self._distance(cluster.mentions[-1].head, mention) <= _reach(cluster)

    def together(self, clusters: Sequence[Cluster], mention: Mention) -> bool:
        """Tell whether one sentence, or two neighbouring ones, name all of the clusters before the mention."""
        return bool(set.intersection(*(self._near(cluster, mention) for cluster in clusters)))

    def _near(self, cluster: Cluster, mention: Mention) -> set[int]:
        """Return the sentences that mention a cluster before the mention, each with the next."""
        names, others = self._heads[cluster.key].before(mention.start)
        places = {self._sentence[head] for head in (*names, *others)}
        return places | {place + 1 for place in places}

    def _score(self, cluster: Cluster, mention: Mention, bound: frozenset[int]) -> float:
        """Return how likely the cluster is meant; 0 if it does not stand before the mention or cannot be meant."""
        names, others = self._heads[cluster.key].before(mention.start)
        if not bound.isdisjoint((*names, *others)):
            return 0.0
        count = len(names) + len(others)
        if not count:
            return 0.0
        distance = self._distance(max(*names[-1:], *others[-1:], -1), mention)
        if distance > _reach(cluster):
            return 0.0
        leads = self._leads(names, mention)
        return (
            RECENCY_WEIGHT / (1 + distance)
            + SUBJECT_WEIGHT * (self._subject(names, mention) or self._subject(others, mention))
            + FREQUENCY_WEIGHT * count / (count + FREQUENCY_HALF)
            + LEAD_WEIGHT * leads
        )

    def _leads(self, names: Sequence[int], mention: Mention) -> float:
        """Return 1 if a cluster is named where the mention's section begins, a half if only where the article does."""
        begin = self._section[self._sentence[mention.head]]
        if any(0 <= self._sentence[head] - begin < LEAD for head in names):
            return 1.0
        return OTHER_SECTION if names and self._sentence[names[0]] < LEAD else 0.0

    def _subject(self, heads: Sequence[int], mention: Mention) -> bool:
        """Tell whether one of the heads is a subject in the mention's sentence or the one before."""
        for head in reversed(heads):
            if self._distance(head, mention) > 1:
                return False
            if self._tree.labels[head] in ("nsubj", "nsubjpass"):
                return True
        return False

    def _bound(self, mention: Mention) -> frozenset[int]:
        """Return the arguments of the mention's own clause, which cannot be the same: "X, which bought the firm"."""
        if self._doc[mention.head].tag_ == "PRP$" or self._tree.labels[mention.head] == "poss":
            return frozenset()
        heads = self._tree.heads
        top = mention.head
        while self._doc[heads[top]].pos_ not in VERBAL:
            if heads[top] == top:
                return frozenset()
            top = heads[top]
        verb = heads[top]
        above = [heads[verb]] if self._tree.labels[verb] == "relcl" or heads[verb] == verb else []
        return frozenset((*self._tree.below[verb], *above)) - {mention.head}

    def _distance(self, head: int, mention: Mention) -> int:
        """Return how many sentences lie between."""
        return self._sentence[mention.head] - self._sentence[head]


def _sections(doc: Doc) -> list[int]:
    """Return for each sentence the one its section begins with: the last that opens with a heading in capitals."""
    starts, begin = [], 0
    for number, sentence in enumerate(doc.sents):
        head = sentence.text[:HEADING].strip()
        if number and (head.isupper() or _HEADING.match(head)):
            begin = number
        starts.append(begin)
    return starts


def _reach(cluster: Cluster) -> int:
    return REACH.get(cluster.kind, FALLBACK_REACH)
