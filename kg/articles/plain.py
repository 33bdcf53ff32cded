"""Read plain text: a header of a few `Name: value` lines if there is one, a title line if it looks like one, the body.

The article's text is the whole file, so that offsets count from its first character; header and title are blanked
in its prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from kg.articles.decoding import decode, load
from kg.articles.draft import Draft

TITLE_LENGTH = 150  # characters; the longest headlines of news agencies have 120
HEADER_NAMES = {
    "id": "id",
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "publisher": "publisher",
    "source": "publisher",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}

_HEADER_LINE = re.compile(r"[ \t]*(?P<name>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>[^\n]*)(?:\n|\Z)")
_FIRST_LINE = re.compile(r"\s*(?P<title>\S[^\n]*)\n(?:[ \t\r]*\n|[ \t]*(?P=title)[ \t\r]*\n)")
_NO_TITLE = re.compile(r"[.,;:]\s*$")


@dataclass(frozen=True, slots=True)
class Header:
    """The `Name: value` lines at the head of a text: draft fields, and where the body begins."""

    values: Mapping[str, str]
    end: int


def read_plain(stream: BinaryIO, place: str) -> Iterator[Draft]:
    """Read one article from a text file."""
    yield plain_draft(decode(load(stream, place), place), place)


def plain_draft(text: str, place: str) -> Draft:
    """Return the article in a text."""
    header = read_header(text)
    title, start = header.values.get("title", ""), header.end
    if not title and (match := _title_line(text, header.end)):
        title, start = match["title"].strip(), match.end("title")
    return Draft(text=text, prose=" " * start + text[start:], place=place, **{**header.values, "title": title})


def read_header(text: str) -> Header:
    """Return the header of a text; lines with other names than `HEADER_NAMES` end it."""
    values: dict[str, str] = {}
    end = 0
    while (match := _HEADER_LINE.match(text, end)) and (field := HEADER_NAMES.get(match["name"].lower())):
        values.setdefault(field, match["value"].strip())
        end = match.end()
    return Header(values, end)


def _title_line(text: str, start: int) -> re.Match[str] | None:
    """Return the first line if it is short, does not end like a sentence, and stands alone or twice."""
    match = _FIRST_LINE.match(text, start)
    if not match or len(match["title"]) > TITLE_LENGTH or _NO_TITLE.search(match["title"]):
        return None
    return match if text[match.end() :].strip() else None
