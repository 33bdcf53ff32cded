"""Read Markdown: front matter and headings give title, date and the rest; mark-up is blanked in place.

The article's text is the whole file, so that offsets count from its first character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.articles.decoding import decode, load
from kg.articles.draft import Draft
from kg.articles.markup import blank_tags
from kg.articles.plain import HEADER_NAMES, Header, read_header

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(?P<lines>(?:(?!---)[^\n]*\n){0,200}?)---[ \t]*(?:\r?\n|\Z)")
_FRONT_LINE = re.compile(r"(?P<name>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>[^\n]*)")
_TITLE = re.compile(
    r"^[ ]{0,3}#[ \t]+(?P<title>[^\n]*?)[ \t#]*\r?$|^(?P<set>\S[^\n]{0,300}?)[ \t\r]*\n=+[ \t]*\r?$", re.MULTILINE
)
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"
_FENCE = re.compile(r"^(?P<fence>```|~~~)[^\n]*\n(?:(?!(?P=fence))[^\n]*\n)*(?:(?P=fence)[^\n]*|\Z)", re.MULTILINE)

# Each is blanked where it stands. What is to stay is in a group named `words`.
_MARKUP = (
    re.compile(r"^[ ]{0,3}\[[^\]\n]{1,200}\]:[^\n]*$", re.MULTILINE),  # the target of a link
    re.compile(rf"!\[[^\[\]\n]{{0,300}}\]{_TARGET}"),  # a picture
    re.compile(rf"\[(?P<words>[^\[\]\n]{{1,300}})\](?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])"),  # a link
    re.compile(r"<https?://[^>\s]{1,2000}>"),
    re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}\r?$", re.MULTILINE),  # a rule, or the underline of a heading
    re.compile(r"^[ \t|:-]{0,300}-[ \t|:-]{0,300}\r?$", re.MULTILINE),  # the rule of a table
    re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,3}[.)][ \t]+)?", re.MULTILINE),
    re.compile(r"(?<=\S)[ \t]{1,9}#{1,6}[ \t]*$|(?<=\S)[ \t]*\|[ \t]*|^\|", re.MULTILINE),
    re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|`+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\\(?=[^\w\s])"),
)
# Markdown's own rule: a paragraph's lines are one unless two spaces, a backslash or a new block parts them.
_SOFT_BREAK = re.compile(r"(?<=\S)(?<!\\)[ ]?\r?\n(?=[ \t]{0,3}(?![#>|=~<]|```|---|[*+-][ \t]|\d{1,3}[.)][ \t])\S)")
_HEADING_LINE = re.compile(r"^[ ]{0,3}(?:#[^\n]*|\|[^\n]*)\n", re.MULTILINE)


def read_markdown(stream: BinaryIO, place: str) -> Iterator[Draft]:
    """Read one article from a Markdown file."""
    yield markdown_draft(decode(load(stream, place), place), place)


def markdown_draft(text: str, place: str) -> Draft:
    """Return the article in a Markdown text."""
    header = _front_matter(text) or read_header(text)
    prose = _FENCE.sub(_keep_words, " " * header.end + text[header.end :])
    values = dict(header.values)
    if match := _TITLE.search(prose):
        heading = match["title"] or match["set"] or ""
        if not values.get("title") or heading.strip() == values["title"]:
            values["title"] = " ".join(_blank_markup(heading).split())
            prose = _blank(prose, match.start(), match.end())
    return Draft(text=text, prose=_blank_markup(prose), place=place, **values)


def _front_matter(text: str) -> Header | None:
    match = _FRONT.match(text)
    if not match:
        return None
    return Header(dict(_front_values(match["lines"])), match.end())


def _front_values(lines: str) -> Iterator[tuple[str, str]]:
    for line in _FRONT_LINE.finditer(lines):
        if field := HEADER_NAMES.get(line["name"].lower()):
            yield field, line["value"].strip().strip("\"'")


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _blank_markup(text: str) -> str:
    text = _join_lines(text)
    text = blank_tags(text)
    for pattern in _MARKUP:
        text = pattern.sub(_keep_words, text)
    return text


def _join_lines(text: str) -> str:
    """Replace the line breaks inside paragraphs by spaces; those after a heading or a table row stay."""
    parts: list[str] = []
    end = 0
    for heading in _HEADING_LINE.finditer(text):
        parts += [_SOFT_BREAK.sub(_spaces, text[end : heading.start()]), heading[0]]
        end = heading.end()
    return "".join([*parts, _SOFT_BREAK.sub(_spaces, text[end:])])


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _keep_words(match: re.Match[str]) -> str:
    """Return the match with everything but line breaks and its `words` blanked."""
    blank = re.sub(r"[^\n]", " ", match[0])
    if "words" not in match.re.groupindex:
        return blank
    start, end = (place - match.start() for place in match.span("words"))
    return blank[:start] + match["words"] + blank[end:]
