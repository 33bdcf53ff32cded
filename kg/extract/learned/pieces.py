"""Turn words into the word pieces that the encoder knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

MAX_PIECES = 16  # of one word: longer ones are addresses or noise


@dataclass(frozen=True, slots=True)
class Pieces:
    """Numbers of word pieces by word. `start` and `end` are put round a text."""

    words: tuple[tuple[int, ...], ...]
    start: int
    end: int


class PieceMaker:
    """Splits words by a stored vocabulary (a `tokenizer.json`)."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def split(self, words: Sequence[str]) -> Pieces:
        """Return the pieces of each word, at least one each."""
        start, end, unknown = (self._tokenizer.token_to_id(name) or 0 for name in ("[CLS]", "[SEP]", "[UNK]"))
        found = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        return Pieces(tuple(tuple(e.ids[:MAX_PIECES]) or (unknown,) for e in found), start, end)
