"""What the network's heads make of the words of an article: triggers, and for a trigger its fillers and its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

SENTENCES_APART = 2  # farther is the same to the network
LAYERS = ("trigger", "key", "query", "state", "role", "status")  # linear: a weight [out, in] and a bias each
TABLES = ("type", "distance")  # a row for each type, and for each bucket of distance
ARRAYS = (*TABLES, *(f"{layer}_{part}" for layer in LAYERS for part in ("weight", "bias")))

Floats = npt.NDArray[np.float32]
Heads = Mapping[str, Floats]  # by the names in ARRAYS


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns mean."""

    types: tuple[str, ...]
    roles: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class WordScores:
    """An article's words as the encoder sees them, [words, width], and the numbers of their sentences, the title's 0.

    `triggers` [words, types + 1] are probabilities, the last of no event.
    """

    labels: Labels
    heads: Heads
    rows: npt.NDArray[np.int64]
    words: Floats
    triggers: Floats

    def joined(self, trigger: Sequence[int], kind: str) -> Floats:
        """Return each word as the event at the trigger's words sees it, [words, hidden]: what `fillers` goes by."""
        found: Floats = self._keys + self._asked("query", trigger, kind)
        found += self.heads["distance"][distances(self.rows, trigger[0])]
        return np.maximum(found, 0, out=found)

    def fillers(self, joined: Floats, role: str) -> Floats:
        """Return the probability [words] that a word fills a role."""
        column = self.labels.roles.index(role)
        return logistic(joined @ self.heads["role_weight"][column] + self.heads["role_bias"][column])

    def statuses(self, trigger: Sequence[int], kind: str) -> Floats:
        """Return the probability [statuses] of each status of the event at the trigger's words."""
        return softmax(linear(self.heads, "status", np.maximum(self._asked("state", trigger, kind), 0)))

    @cached_property
    def _keys(self) -> Floats:
        return linear(self.heads, "key", self.words)

    def _asked(self, layer: str, trigger: Sequence[int], kind: str) -> Floats:
        asked: Floats = linear(self.heads, layer, self.words[list(trigger)].mean(0))
        asked += self.heads["type"][self.labels.types.index(kind)]
        return asked


def score_words(labels: Labels, heads: Heads, rows: Sequence[int], words: Floats) -> WordScores:
    """Return the scores of encoded words."""
    triggers = softmax(linear(heads, "trigger", words))
    return WordScores(labels, heads, np.asarray(rows, dtype=np.int64), words, triggers)


def distances(rows: npt.NDArray[np.int64], trigger: int) -> npt.NDArray[np.int64]:
    """Return for each word the bucket of its place relative to the trigger: by sentence, then side."""
    gap = np.clip(rows - rows[trigger], -SENTENCES_APART, SENTENCES_APART)
    side = np.sign(np.arange(len(rows)) - trigger)
    return np.where(gap == 0, 3 + side, np.where(gap < 0, gap + 2, gap + 4))


def linear(heads: Heads, layer: str, inputs: Floats) -> Floats:
    """Return [..., out] of [..., in] by one of the layers."""
    found: Floats = inputs @ heads[f"{layer}_weight"].T + heads[f"{layer}_bias"]
    return found


def softmax(logits: Floats) -> Floats:
    """Return probabilities that sum to 1 over the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    found: Floats = powers / powers.sum(-1, keepdims=True)
    return found


def logistic(logits: Floats) -> Floats:
    """Return a probability for each."""
    found: Floats = (np.tanh(logits / 2) / 2 + 0.5).astype(np.float32)
    return found
