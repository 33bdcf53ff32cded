"""Run the encoder: for each word of an article, what it may trigger, and for a trigger, what fills its roles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg.errors import ModelError
from kg.extract.learned.pieces import PieceMaker, Pieces
from kg.extract.learned.windows import Window, windows

FOLDER = "proposer"  # inside an ontology folder
ENCODER, HEADS, LABELS, TOKENIZER = "encoder.onnx", "heads.npz", "labels.json", "tokenizer.json"
HEAD_ARRAYS = ("type", "distance", "role_weight", "role_bias", "status_weight", "status_bias")
SENTENCES_APART = 2  # farther is the same to the network

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns mean."""

    types: tuple[str, ...]
    roles: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordScores:
    """Scores of an article's words.

    `triggers` [words, types + 1] are probabilities, the last of no event. `keys`, `queries`, `states` [words, hidden]
    are what the heads compare. `rows` [words] numbers the sentences, the title being 0.
    """

    labels: Labels
    heads: Mapping[str, Floats]
    rows: npt.NDArray[np.int64]
    triggers: Floats
    keys: Floats
    queries: Floats
    states: Floats

    def fillers(self, trigger: Sequence[int], kind: str) -> Floats:
        """Return the probability [words, roles] that a word fills a role of the event at the trigger's words."""
        asked = self.queries[list(trigger)].mean(0) + self.heads["type"][self.labels.types.index(kind)]
        joined = np.maximum(self.keys + asked + self.heads["distance"][distances(self.rows, trigger[0])], 0)
        return _logistic(joined @ self.heads["role_weight"].T + self.heads["role_bias"])

    def statuses(self, trigger: Sequence[int], kind: str) -> Floats:
        """Return the probability [statuses] of each status of the event at the trigger's words."""
        asked = self.states[list(trigger)].mean(0) + self.heads["type"][self.labels.types.index(kind)]
        return _softmax(np.maximum(asked, 0) @ self.heads["status_weight"].T + self.heads["status_bias"])


def distances(rows: npt.NDArray[np.int64], trigger: int) -> npt.NDArray[np.int64]:
    """Return for each word the bucket of its place relative to the trigger: by sentence, then side."""
    gap = np.clip(rows - rows[trigger], -SENTENCES_APART, SENTENCES_APART)
    side = np.sign(np.arange(len(rows)) - trigger)
    return np.where(gap == 0, 3 + side, np.where(gap < 0, gap + 2, gap + 4))


def load_scorer(folders: Sequence[Path]) -> WordScorer | None:
    """Return the network of the last folder that has one, None if none has. Raises `ModelError` if it is faulty."""
    found = [folder / FOLDER for folder in folders if (folder / FOLDER).is_dir()]
    return WordScorer(found[-1]) if found else None


class WordScorer:
    """A stored network. Loading reads arrays and a graph of operations; it runs no code of the files."""

    def __init__(self, folder: Path) -> None:
        try:
            found = json.loads((folder / LABELS).read_text(encoding="utf-8"))
            self.labels = Labels(*(tuple(found[name]) for name in ("types", "roles", "statuses")))
            self._pieces = PieceMaker(folder / TOKENIZER)
            self._session = _open(folder / ENCODER)
            with np.load(folder / HEADS, allow_pickle=False) as arrays:
                self._heads = {name: arrays[name] for name in HEAD_ARRAYS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(str(folder), f"the learned model cannot be read ({error})", "install it again") from error

    def score(self, words: Sequence[str], rows: Sequence[int]) -> WordScores:
        """Return the scores of an article's words; `rows` numbers their sentences, 0 for the title."""
        pieces = self._pieces.split(words)
        parts: list[list[Floats]] = []
        for window in windows(rows, [len(word) for word in pieces.words]):
            parts.append([array[window.context :] for array in self._run(pieces, window)])
        triggers, keys, queries, states = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        numbers = np.asarray(rows, dtype=np.int64)
        return WordScores(self.labels, self._heads, numbers, _softmax(triggers), keys, queries, states)

    def _run(self, pieces: Pieces, window: Window) -> list[Floats]:
        body = [(piece, at) for at, word in enumerate(window.words) for piece in pieces.words[word]]
        ids = np.array([[pieces.start, *(piece for piece, _ in body), pieces.end]], dtype=np.int64)
        pooling = np.zeros((len(window.words), ids.shape[1]), dtype=np.float32)
        for column, (_, word) in enumerate(body, start=1):
            pooling[word, column] = 1.0
        pooling /= pooling.sum(1, keepdims=True)
        found: list[Any] = self._session.run(None, {"pieces": ids, "pooling": pooling})
        return found


def _open(path: Path) -> onnxruntime.InferenceSession:
    """Open a graph for one thread: articles are what runs side by side."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    found: Floats = powers / powers.sum(-1, keepdims=True)
    return found


def _logistic(logits: Floats) -> Floats:
    found: Floats = (np.tanh(logits / 2) / 2 + 0.5).astype(np.float32)
    return found
