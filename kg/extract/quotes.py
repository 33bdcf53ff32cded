"""Tell what stands in quotation marks and where its speaker may be named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from kg.extract.reading import Reading

_MARK = re.compile(r'["“”]')
LONGEST_QUOTE = 700  # characters looked back for the mark that opens a quotation
BEFORE, AFTER = 3, 2  # sentences round a quotation that may name its speaker


def inside_quotes(reading: Reading, token: Token) -> bool:
    """Tell whether a token stands in a quotation: the last mark before it opens one."""
    start = max(0, token.idx - LONGEST_QUOTE)
    before = reading.text[start : token.idx + 1]
    marks = [mark.start() for mark in _MARK.finditer(before)]
    return bool(marks) and _opens(before, marks[-1])


def _opens(text: str, place: int) -> bool:
    """Tell an opening mark by its form or by the space before it and the word after it."""
    if text[place] != '"':
        return text[place] == "“"
    return (place == 0 or not text[place - 1].isalnum()) and text[place + 1 : place + 2].isalnum()


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
