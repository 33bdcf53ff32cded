"""Score which mentions are held to be the same thing, beside rules that only look at the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.other_gold.analysis import Analysis
from benchmarks.other_gold.clusters import Partition, Tally, compare
from benchmarks.other_gold.gold import Marked, Sort

ARTICLES = re.compile(r"^(the|a|an)\s+|['’]s?$", re.IGNORECASE)
Item = tuple[str, str]  # document and mention
Named = Callable[[Analysis, Marked], str]


@dataclass(frozen=True, slots=True)
class Coreference:
    """The scores over a set of mentions: ours and each rule's, and how many mentions there are."""

    mentions: int
    systems: Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Coreference scored over all annotated mentions, and over those only that we find."""

    found: int
    every: Coreference
    ours: Coreference


def score_coreference(analyses: Sequence[Analysis], sort: Sort) -> Outcome:
    """Score the chains of one sort, within documents.

    A mention that we do not find is an item of its own. The rules are given the annotated mentions.
    """
    rows = [(analysis, mentions) for analysis in analyses if (mentions := analysis.marked(sort))]
    found = [
        (analysis, [mention for mention in mentions if cluster_of(analysis, mention)]) for analysis, mentions in rows
    ]
    return Outcome(sum(len(mentions) for _, mentions in found), _score(rows), _score(found))


def _score(rows: Sequence[tuple[Analysis, Sequence[Marked]]]) -> Coreference:
    systems: Mapping[str, Named] = {"ours": _ours, "same words": same_words, "same head": same_head}
    scores = {
        name: compare((gold_partition(*row), partition(*row, naming=naming)) for row in rows)
        for name, naming in systems.items()
    }
    return Coreference(sum(len(mentions) for _, mentions in rows), scores)


def gold_partition(analysis: Analysis, mentions: Iterable[Marked]) -> Partition:
    """Return the annotated chain of each mention; for all documents at once, join these."""
    return {(analysis.gold.id, mention.id): mention.chain for mention in mentions}


def partition(analysis: Analysis, mentions: Iterable[Marked], *, naming: Named) -> Partition:
    """Return the cluster that each mention is put into by what it is named."""
    return {(analysis.gold.id, mention.id): naming(analysis, mention) for mention in mentions}


def same_words(analysis: Analysis, mention: Marked) -> str:
    """Name a mention by its words, without article, possessive ending and case."""
    start, end = analysis.gold.span(mention)
    return ARTICLES.sub("", analysis.gold.layout.text[start:end]).casefold()


def same_head(analysis: Analysis, mention: Marked) -> str:
    """Name a mention by the lemma of its head word."""
    return str(analysis.root(mention).lemma_.casefold())


def _ours(analysis: Analysis, mention: Marked) -> str:
    return cluster_of(analysis, mention) or f"alone {mention.id}"


def cluster_of(analysis: Analysis, mention: Marked) -> str | None:
    """Return the entity or event that we take a mention for; None if we do not find it."""
    if mention.sort is Sort.EVENT:
        events = sorted(analysis.events_at(mention), key=lambda row: (-row[1].confidence, row[0]))
        return f"event {events[0][0]}" if events else None
    return _entity(analysis, mention)


def _entity(analysis: Analysis, mention: Marked) -> str | None:
    """Return our entity, unless the annotated words are only a part of our mention: "Acme" of "Acme Towers"."""
    root = analysis.root(mention)
    ours, cluster = analysis.reading.mentions.get(root.i), analysis.reading.cluster_at(root)
    if ours is None or cluster is None:
        return None
    start, end = (place + analysis.reading.shift for place in analysis.gold.span(mention))
    return cluster.key if start <= analysis.doc[ours.head].idx < end else None
