"""What the learned model says of an article, in terms of its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from spacy.tokens import Doc

from kg.extract.learned.heads import Floats, WordScores
from kg.extract.learned.scorer import WordScorer
from kg.extract.learned.windows import TITLE_ROW

Tokens = tuple[int, int]  # first token, end exclusive


@dataclass(frozen=True, slots=True)
class Suspect:
    """Tokens that may trigger an event of a type, and how likely."""

    type: str
    start: int
    end: int
    chance: float


class Opinion:
    """Scores of the tokens of one article. Whitespace has none."""

    def __init__(self, scores: WordScores, tokens: Sequence[int]) -> None:
        self._scores = scores
        self._tokens = tokens
        self._word = {token: word for word, token in enumerate(tokens)}

    def knows(self, kind: str) -> bool:
        """Tell whether the model has learned an event type."""
        return kind in self._columns

    def suspects(self, least: float) -> Iterator[Suspect]:
        """Yield runs of words with one type, each word at least that likely to trigger it, in the order of the text."""
        for column, kind in enumerate(self._scores.labels.types):
            chances = self._scores.triggers[:, column]
            for run in runs(np.flatnonzero(chances >= least)):
                start, end = self._span(run)
                yield Suspect(kind, start, end, float(chances[run[0] : run[-1] + 1].max()))

    def chance(self, kind: str, trigger: Tokens) -> float:
        """Return how likely the tokens trigger an event of a type that the model knows."""
        words = self.words(trigger)
        return float(self._scores.triggers[words, self._columns[kind]].max()) if words else 0.0

    def any_chance(self, trigger: Tokens) -> float:
        """Return how likely the tokens trigger an event of any type."""
        words = self.words(trigger)
        return float(1 - self._scores.triggers[words, -1].min()) if words else 0.0

    def fillers(self, kind: str, trigger: Tokens) -> Fillers | None:
        """Return what may fill the roles of an event of a type that the model knows."""
        words = self.words(trigger)
        if not words:
            return None
        return Fillers(self, self._scores, self._scores.joined(words, kind))

    def statuses(self, kind: str, trigger: Tokens) -> Mapping[str, float]:
        """Return how likely each status is, for an event of a type that the model knows."""
        words = self.words(trigger)
        found = self._scores.statuses(words, kind) if words else ()
        return {name: float(chance) for name, chance in zip(self._scores.labels.statuses, found, strict=False)}

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {kind: column for column, kind in enumerate(self._scores.labels.types)}

    def words(self, tokens: Tokens) -> list[int]:
        """Return the numbers of the words among the tokens."""
        return [self._word[token] for token in range(*tokens) if token in self._word]

    def _span(self, words: Sequence[int]) -> Tokens:
        return self._tokens[words[0]], self._tokens[words[-1]] + 1


@dataclass(frozen=True, slots=True)
class Fillers:
    """For one event: how likely each word fills each role, worked out for the roles that are asked for."""

    opinion: Opinion
    scores: WordScores
    joined: Floats
    _columns: dict[str, Floats] = field(default_factory=dict)

    def chance(self, role: str, tokens: Tokens) -> float:
        """Return how likely the tokens fill a role; 0 for a role that the model does not know."""
        words = self.opinion.words(tokens)
        return float(self._column(role)[words].max()) if words and self._knows(role) else 0.0

    def spans(self, role: str, least: float) -> Iterator[Tokens]:
        """Yield runs of words that are at least that likely to fill a role."""
        if self._knows(role):
            for run in runs(np.flatnonzero(self._column(role) >= least)):
                yield self.opinion._span(run)

    def _knows(self, role: str) -> bool:
        return role in self.scores.labels.roles

    def _column(self, role: str) -> Floats:
        if role not in self._columns:
            self._columns[role] = self.scores.fillers(self.joined, role)
        return self._columns[role]


def form_opinion(scorer: WordScorer, doc: Doc, bounds: Sequence[tuple[int, int]], title_end: int) -> Opinion:
    """Return what the model says of a parsed article. `title_end` is where the title ends in it, 0 without one."""
    tokens = [token.i for token in doc if not token.is_space]
    rows = [TITLE_ROW if doc[i].idx < title_end else 1 + bounds[i][0] for i in tokens]
    numbers = {row: number for number, row in enumerate(sorted({TITLE_ROW, *rows}))}
    words = [doc[i].text for i in tokens]
    return Opinion(scorer.score(words, [numbers[row] for row in rows]), tokens)


def runs(indices: Iterable[int]) -> Iterator[list[int]]:
    """Yield the runs of consecutive numbers in a sorted sequence."""
    run: list[int] = []
    for index in map(int, indices):
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run
