"""Tell what stands in quotation marks and where its speaker may be named."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from kg.extract.reading import Reading

STRAIGHT, OPENING, CLOSING = '"', "“", "”"
LONGEST_QUOTE = 700  # characters looked back for the mark that opens a quotation
BEFORE, AFTER = 3, 2  # sentences round a quotation that may name its speaker


def inside_quotes(reading: Reading, token: Token) -> bool:
    """Tell whether a token stands in a quotation. Marks are counted from the start of its paragraph."""
    before = reading.text[max(0, token.idx - LONGEST_QUOTE) : token.idx].rpartition("\n\n")[2]
    if OPENING in before:
        return before.rfind(OPENING) > before.rfind(CLOSING)
    return before.count(STRAIGHT) % 2 == 1


def sentences_round(reading: Reading, token: Token) -> Iterable[SpacySpan]:
    """Yield the sentence of a token, those before it, nearest first, and those after it."""
    start, end = reading.bounds[token.i]
    yield reading.doc[start:end]
    place = start
    for _ in range(BEFORE):
        if place == 0:
            break
        first, last = reading.bounds[place - 1]
        yield reading.doc[first:last]
        place = first
    place = end
    for _ in range(AFTER):
        if place >= len(reading.doc):
            break
        first, last = reading.bounds[place]
        yield reading.doc[first:last]
        place = last
