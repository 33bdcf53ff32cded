"""Run the stored network over the words of an article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from kg.errors import ModelError
from kg.extract.learned.heads import ARRAYS, Floats, Labels, WordScores, score_words
from kg.extract.learned.pieces import PieceMaker, Pieces
from kg.extract.learned.windows import Window, windows

FOLDER = "proposer"  # inside an ontology folder
ENCODER, HEADS, LABELS, TOKENIZER = "encoder.onnx", "heads.npz", "labels.json", "tokenizer.json"
FILES = (ENCODER, HEADS, LABELS, TOKENIZER)


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
                self._heads = {name: arrays[name] for name in ARRAYS}
            self._width = self._heads["trigger_weight"].shape[1]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(str(folder), f"the learned model cannot be read ({error})", "install it again") from error

    def score(self, words: Sequence[str], rows: Sequence[int]) -> WordScores:
        """Return the scores of an article's words; `rows` numbers their sentences, 0 for the title."""
        pieces = self._pieces.split(words)
        parts = [
            self._encode(pieces, window)[window.context :]
            for window in windows(rows, [len(word) for word in pieces.words])
        ]
        encoded = np.concatenate(parts) if parts else np.zeros((0, self._width), dtype=np.float32)
        return score_words(self.labels, self._heads, rows, encoded)

    def _encode(self, pieces: Pieces, window: Window) -> Floats:
        """Return a vector for each word of a window: the mean of its pieces'."""
        words = [pieces.words[word] for word in window.words]
        ids = [pieces.start, *(piece for word in words for piece in word), pieces.end]
        hidden: Floats = self._session.run(None, {"pieces": np.array([ids], dtype=np.int64)})[0][0, 1:-1]
        sizes = np.array([len(word) for word in words])
        sums = np.add.reduceat(hidden, np.cumsum(sizes) - sizes, axis=0)
        return np.asarray(sums / sizes[:, np.newaxis], dtype=np.float32)


def _open(path: Path) -> onnxruntime.InferenceSession:
    """Open a graph for one thread: articles are what runs side by side."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
