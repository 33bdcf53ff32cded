"""Read a file line by line, however long its lines and whatever its encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.articles.decoding import FILE_LIMIT, decode, load, refuse_binary
from kg.errors import ArticleError

LINE_LIMIT = FILE_LIMIT
WIDE_LIMIT = 100_000_000  # bytes; a file in UTF-16 is recoded whole
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, numbered from 1. One that is too long is empty."""

    number: int
    data: bytes
    too_long: bool = False


def read_lines(stream: BinaryIO, place: str) -> Iterator[Line]:
    """Read the lines of a stream, holding one at a time.

    Raises `ArticleError` if the stream is empty or begins like something else than text.
    """
    first = stream.readline(LINE_LIMIT)
    if not first:
        raise ArticleError(place, "the file is empty", "add text, or remove it")
    refuse_binary(first, place)
    if first.startswith(_WIDE_MARKS):
        data = load(io.BytesIO(first + stream.read(WIDE_LIMIT)), place, limit=WIDE_LIMIT)
        stream = io.BytesIO(decode(data, place).encode("utf-8", errors="replace"))
        first = stream.readline(LINE_LIMIT)
    yield from _number(first, stream)


def _number(first: bytes, stream: BinaryIO) -> Iterator[Line]:
    data, number = first, 1
    while data:
        if len(data) >= LINE_LIMIT and not data.endswith(b"\n"):
            _pass_rest(stream)
            yield Line(number, b"", too_long=True)
        else:
            yield Line(number, data)
        data, number = stream.readline(LINE_LIMIT), number + 1


def _pass_rest(stream: BinaryIO) -> None:
    """Read on to the end of the line, throwing it away."""
    while (data := stream.readline(LINE_LIMIT)) and not data.endswith(b"\n"):
        pass
