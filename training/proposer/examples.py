"""Turn samples into arrays for the network: one example a window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.learned.pieces import PieceMaker
from kg.extract.learned.windows import TITLE_ROW, windows
from training.proposer.gold import GoldEvent, Sample

Array = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Labels:
    """The names behind the numbers."""

    types: tuple[str, ...]
    roles: tuple[str, ...]
    statuses: tuple[str, ...]
    allowed: Mapping[str, frozenset[str]]  # by type: the roles it takes


@dataclass(frozen=True, slots=True)
class Question:
    """A gold event in a window: trigger words, and which words fill which role (positions in the window)."""

    type: int
    trigger: tuple[int, ...]
    status: int
    fillers: tuple[tuple[int, int], ...]  # word, role
    weight: float


@dataclass(frozen=True, slots=True)
class Window:
    """Arrays of one window.

    `accepted` has for each word the labels that may be right: one where the annotation settles it, several where it
    says no more than that the sentence tells of an event, none for words that an earlier window has judged.
    `told` has the words of which at least one tells of a type.
    """

    pieces: tuple[int, ...]
    owners: tuple[int, ...]  # by piece: its word, -1 for start and end
    rows: tuple[int, ...]
    accepted: tuple[tuple[int, ...], ...]
    told: tuple[tuple[int, tuple[int, ...]], ...]
    questions: tuple[Question, ...]


def make_windows(sample: Sample, maker: PieceMaker, labels: Labels) -> Iterator[Window]:
    """Yield the windows of an article with their targets."""
    pieces = maker.split(sample.words)
    accepted, told = _accepted(sample, labels), _told(sample, labels)
    for window in windows(sample.rows, [len(word) for word in pieces.words]):
        position = {word: at for at, word in enumerate(window.words)}
        body = [(piece, at) for at, word in enumerate(window.words) for piece in pieces.words[word]]
        fresh = set(window.words[window.context :])
        yield Window(
            (pieces.start, *(piece for piece, _ in body), pieces.end),
            (-1, *(at for _, at in body), -1),
            tuple(sample.rows[word] for word in window.words),
            tuple(accepted[word] if word in fresh else () for word in window.words),
            tuple(
                (kind, tuple(position[w] for w in words if w in fresh)) for kind, words in told if fresh & set(words)
            ),
            tuple(_questions(sample.events, position, fresh, labels)),
        )


def _accepted(sample: Sample, labels: Labels) -> list[tuple[int, ...]]:
    """Return the trigger labels that may be right for each word; the last label says: none."""
    number, none = labels.types.index, len(labels.types)
    in_row: dict[int, set[int]] = {TITLE_ROW: {number(event.type) for event in sample.events}}
    for event in sample.events:
        for row in event.also:
            in_row.setdefault(row, set()).add(number(event.type))
    accepted = [{none} | in_row.get(row, set()) for row in sample.rows]
    for event in sorted(sample.events, key=lambda e: not e.optional):
        for word in event.trigger:
            accepted[word] = {number(event.type)} | (accepted[word] if event.optional else set())
    return [tuple(sorted(found)) for found in accepted]


def _told(sample: Sample, labels: Labels) -> list[tuple[int, tuple[int, ...]]]:
    """Return type and words of the sentences that tell of an event again, without a marked trigger."""
    return [
        (labels.types.index(event.type), tuple(i for i, r in enumerate(sample.rows) if r == row))
        for event in sample.events
        if not event.optional
        for row in event.also
    ]


def _questions(
    events: Sequence[GoldEvent], position: Mapping[int, int], fresh: set[int], labels: Labels
) -> Iterator[Question]:
    for event in events:
        if not event.trigger or not set(event.trigger) <= fresh:
            continue
        fillers = [
            (position[word], labels.roles.index(role))
            for role, words in event.roles
            for word in words
            if word in position and role in labels.roles
        ]
        yield Question(
            labels.types.index(event.type),
            tuple(position[word] for word in event.trigger),
            labels.statuses.index(event.status),
            tuple(fillers),
            1.0,
        )
