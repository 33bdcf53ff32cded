"""Join the lines of a paragraph that was wrapped at a fixed width."""

from __future__ import annotations

from itertools import groupby, pairwise

NARROWEST, WIDEST = 40, 120  # characters a line; texts are wrapped at 60 to 80, sometimes 100
MOSTLY = 0.5  # share of a block's line breaks that must fall inside a sentence

_SENTENCE_END = (".", "!", "?", ":", "”", '"')


def unwrap(text: str) -> str:
    """Replace the line breaks inside wrapped paragraphs by spaces; the length stays.

    A block of lines is taken as wrapped when all but its last are of a column's width and most of its line breaks
    fall inside a sentence: the line above has not ended one and the line below begins in small letters.
    """
    blocks = (list(lines) for _, lines in groupby(text.split("\n"), key=lambda line: bool(line.strip())))
    return "\n".join((" " if _is_wrapped(lines) else "\n").join(lines) for lines in blocks)


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < 2 or any(len(line) > WIDEST for line in lines):
        return False
    if any(len(line.strip()) < NARROWEST for line in lines[:-1]):
        return False
    inside = sum(_runs_on(upper, lower) for upper, lower in pairwise(lines))
    return inside >= MOSTLY * (len(lines) - 1)


def _runs_on(upper: str, lower: str) -> bool:
    return lower.lstrip()[:1].islower() and not upper.rstrip().endswith(_SENTENCE_END)
