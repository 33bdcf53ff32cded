"""Turn tokens back into the text they came from, as well as can be told, and say where each token stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "’s", "n't", "''", "”", "..."})
NO_SPACE_AFTER = frozenset({"(", "[", "{", "$", "£", "€", "¥", "#", "``", "“"})
CONTRACTIONS = ("'re", "'ve", "'ll", "'d", "'m")
JOINING = frozenset({"-", "/"})  # tokenisers take them out of "Rome-based" and "and/or"
QUOTES = {"``": '"', "''": '"'}  # the Penn Treebank's
QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Layout:
    """A text and, for each token in order, its start and end in it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the start and end of a run of tokens, `last` included."""
        return self.spans[first][0], self.spans[last][1]


def lay_out(sentences: Sequence[Sequence[str]], *, title: bool = False) -> Layout:
    """Return the text of tokenised sentences. With `title`, the first is a headline and stands alone.

    >>> lay_out([["Acme", "'s", "plant", "(", "new", ")", "."]]).text
    "Acme's plant (new)."
    """
    text, spans = "", []
    for number, sentence in enumerate(sentences):
        if text:
            text += "\n\n" if title and number == 1 else " "
        for token, gap in zip(sentence, _gaps(sentence), strict=True):
            text += gap
            word = QUOTES.get(token, token)
            spans.append((len(text), len(text) + len(word)))
            text += word
    return Layout(text, tuple(spans))


def _gaps(tokens: Sequence[str]) -> list[str]:
    """Return what stands before each token of a sentence: a space or nothing."""
    gaps, inside = [], False
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else ""
        opened = before == QUOTE and inside
        closes = token == QUOTE and inside
        inside ^= token == QUOTE
        tight = not index or opened or closes or _is_tight(before, token) or _is_joined(tokens, index)
        gaps.append("" if tight else " ")
    return gaps


def _is_tight(before: str, token: str) -> bool:
    return token in NO_SPACE_BEFORE or before in NO_SPACE_AFTER or token.lower() in CONTRACTIONS


def _is_joined(tokens: Sequence[str], index: int) -> bool:
    """Tell whether a token and the one before belong to one word that a hyphen or stroke joins."""
    middle = index if tokens[index] in JOINING else index - 1
    if tokens[middle] not in JOINING or not 0 < middle < len(tokens) - 1:
        return False
    return tokens[middle - 1].isalnum() and tokens[middle + 1].isalnum()
