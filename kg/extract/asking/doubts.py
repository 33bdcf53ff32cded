"""Find the sentences that are worth a second opinion: proposals clash or are unsure, or are missed where expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from kg.extract.decoder import Decision
from kg.extract.mentions import Form
from kg.extract.reading import Reading
from kg.model import Kind, ValueKind

BAND = 0.15  # so far from the threshold, either way, a decision is unsure
NEAR = 0.1  # two types for the same words are rivals when their scores lie closer than this
AMOUNTS = frozenset({ValueKind.MONEY, ValueKind.PERCENT})
LONGEST = 1_000  # characters; what is longer is a table or a list that was taken for a sentence


class Reason(IntEnum):
    """Why a sentence is in doubt; the first are the likeliest to tell of an event."""

    RIVALS = 1  # two types for the same words
    UNSURE = 2  # a score near the threshold
    REJECTED = 3  # proposed, and far too unlikely
    AMOUNT = 4  # no proposal, but a company and an amount
    COMPANY = 5  # no proposal, but a company and a verb


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A sentence in doubt, as tokens. Sorts by how much an answer may bring, then by the order of the text."""

    reason: Reason
    start: int
    end: int


def find_doubts(reading: Reading, decisions: Iterable[Decision], *, threshold: float) -> tuple[Doubt, ...]:
    """Return the sentences of the body that are in doubt, the most promising first.

    A decision is taken for an event from `threshold` upwards.
    """
    by_sentence: dict[tuple[int, int], list[Decision]] = {}
    for decision in decisions:
        by_sentence.setdefault(reading.bounds[decision.proposal.token.i], []).append(decision)
    doubts = []
    for start, end in sorted(set(reading.bounds)):
        if reading.in_title(reading.doc[start]) or len(reading.span(start, end).text) > LONGEST:
            continue
        reason = reason_to_ask(reading, start, end, by_sentence.get((start, end), ()), threshold=threshold)
        if reason is not None:
            doubts.append(Doubt(reason, start, end))
    return tuple(sorted(doubts))


def reason_to_ask(
    reading: Reading, start: int, end: int, decisions: Sequence[Decision], *, threshold: float
) -> Reason | None:
    """Return why the sentence of tokens `start` to `end` is in doubt, None where the others have settled it."""
    if any(_rivals(one, other, threshold) for one, other in combinations(decisions, 2)):
        return Reason.RIVALS
    if any(abs(decision.score - threshold) < BAND for decision in decisions):
        return Reason.UNSURE
    if any(decision.score >= threshold for decision in decisions):
        return None
    if decisions:
        return Reason.REJECTED
    return _sign(reading, start, end)


def _rivals(one: Decision, other: Decision, threshold: float) -> bool:
    first, second = one.proposal, other.proposal
    overlap = first.start < second.end and second.start < first.end
    near = abs(one.score - other.score) < NEAR and max(one.score, other.score) >= threshold
    return overlap and near and first.type != second.type


def _sign(reading: Reading, start: int, end: int) -> Reason | None:
    """Return what makes a sentence without any proposal look like news of a company."""
    if not any(_names_company(reading, index) for index in range(start, end)):
        return None
    values = (found for index in range(start, end) if (found := reading.values.get(index)))
    if any(found.item.value.kind in AMOUNTS for found in values):
        return Reason.AMOUNT
    return Reason.COMPANY if any(token.pos_ == "VERB" for token in reading.doc[start:end]) else None


def _names_company(reading: Reading, index: int) -> bool:
    mention = reading.mentions.get(index)
    cluster = reading.clusters.get(mention.head) if mention else None
    named = mention is not None and mention.form is Form.NAME
    return named and cluster is not None and cluster.kind is Kind.ORGANIZATION
