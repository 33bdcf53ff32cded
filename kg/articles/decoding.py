"""Bytes to text: how much is read, what is refused, which encoding."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

from kg.errors import ArticleError

FILE_LIMIT = 8_000_000  # bytes of one article with its mark-up; pages of news have 0.1 to 2 MB
SAMPLE = 4096  # bytes looked at to tell text from other data
SPARSE = 0.05  # share of non-ASCII bytes below which a text is English with a few accents and curly quotes
CONTROLS = 0.02  # share of control characters from which data is no text
DAMAGED = 0.001  # share of bytes that may be broken in what is still called UTF-8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TEXT_CODEC = re.compile(r"utf-(8|16|32)|ascii|iso8859-\d+|cp\d+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+|mac-\w+")
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})


def load(stream: BinaryIO, place: str, *, limit: int = FILE_LIMIT) -> bytes:
    """Read all of a stream. Raises `ArticleError` if it is empty or has more than `limit` bytes."""
    data = stream.read(limit + 1)
    if not data.strip():
        raise ArticleError(place, "the file is empty", "add text, or remove it")
    if len(data) > limit:
        raise ArticleError(
            place, f"more than {limit / 1e6:g} MB", "split it, or give a corpus as JSONL, one article a line"
        )
    return data


def decode(data: bytes, place: str, *, declared: str = "") -> str:
    """Return the text in the bytes; `declared` is the encoding that the transport named.

    A byte order mark is believed first, then UTF-8 if the bytes are valid, then what is declared, then what
    the bytes look like. Raises `ArticleError` if they are no text.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark) and (text := _try(data, codec)) is not None:
            return text
    refuse_binary(data, place)
    named = _DECLARED.search(data[:SAMPLE])
    candidates = ("utf-8", declared, named[1].decode("ascii") if named else "")
    for codec in candidates:
        if _is_text_codec(codec) and (text := _try(data, codec)) is not None:
            return text
    return _guess(data, place)


def refuse_binary(data: bytes, place: str) -> None:
    """Raise `ArticleError` if the first bytes are those of something else than text."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return
    sample = data[:SAMPLE]
    kind = next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if kind or b"\0" in sample or controls > CONTROLS * len(sample):
        raise ArticleError(place, f"{kind or 'binary data'}, not text", "convert it to UTF-8 text first")


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _is_text_codec(name: str) -> bool:
    """Tell whether a declared name is a plain character encoding; Python also calls zip and idna codecs."""
    try:
        return bool(name) and _TEXT_CODEC.fullmatch(codecs.lookup(name).name) is not None
    except (LookupError, UnicodeError):
        return False


def _guess(data: bytes, place: str) -> str:
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    mended = data.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= min(DAMAGED * len(data), high / 4):
        return mended
    if high <= SPARSE * len(data) and (text := _try(data, "cp1252")) is not None:
        return text
    best = from_bytes(data[:FILE_LIMIT]).best()
    if best is None:
        raise ArticleError(place, "no known character encoding fits", "save it as UTF-8")
    return str(best)
