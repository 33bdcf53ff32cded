"""Cut an article into windows that the encoder can read at once, each with the title and some context before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LIMIT = 510  # word pieces; the encoder has 512 positions, two of which mark start and end
TITLE_PIECES = 64
CONTEXT_PIECES = 96
TITLE_ROW = 0


@dataclass(frozen=True, slots=True)
class Window:
    """The words to read, and how many of them at its beginning are context that an earlier window has judged."""

    words: tuple[int, ...]
    context: int


def windows(rows: Sequence[int], sizes: Sequence[int]) -> Iterator[Window]:
    """Yield windows that cover all words. `rows` gives each word's sentence, `sizes` its number of pieces."""
    title = _title(rows, sizes)
    start, context = len(title), title[:0]
    head = title
    while start < len(rows) or head:
        space = LIMIT - sum(sizes[i] for i in (*title, *context))
        end = _end(rows, sizes, start, space)
        words = (*title, *context, *range(start, end))
        yield Window(words, 0 if head else len(title) + len(context))
        context = _context(sizes, len(title), end)
        start, head = end, title[:0]


def _title(rows: Sequence[int], sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the words of the title, as many as there is space for; the others are read with the text."""
    return _fitting((i for i in range(len(rows)) if rows[i] == TITLE_ROW), sizes, TITLE_PIECES)


def _fitting(indices: Iterator[int], sizes: Sequence[int], space: int) -> tuple[int, ...]:
    taken: list[int] = []
    for index in indices:
        space -= sizes[index]
        if space < 0:
            break
        taken.append(index)
    return tuple(taken)


def _end(rows: Sequence[int], sizes: Sequence[int], start: int, space: int) -> int:
    """Return the end of the words that fit, at the end of a sentence if one ends there; at least one word."""
    end = start + len(_fitting(iter(range(start, len(rows))), sizes, space))
    if end == len(rows):
        return end
    cut = end
    while cut > start and rows[cut] == rows[cut - 1]:
        cut -= 1
    return max(cut if cut > start else end, start + 1)


def _context(sizes: Sequence[int], first: int, end: int) -> tuple[int, ...]:
    return tuple(reversed(_fitting(iter(range(end - 1, first - 1, -1)), sizes, CONTEXT_PIECES)))
