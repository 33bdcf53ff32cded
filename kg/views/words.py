"""The words on the drawing: short, wrapped, with a known width, so that boxes are placed before a browser sees them."""

from __future__ import annotations

import re
import unicodedata

from kg.model import When

BOX_COLUMNS = 22  # characters a line of a box holds before it wraps
BOX_LINES = 3
ELLIPSIS = "…"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# EDTF sub-year codes (ISO 8601-2): seasons, quarters, four-month periods, halves.
_PARTS = {
    **{21 + i: name for i, name in enumerate(("Spring", "Summer", "Autumn", "Winter"))},
    **{33 + i: f"Q{i + 1}" for i in range(4)},
    **{37 + i: f"T{i + 1}" for i in range(3)},
    **{40 + i: f"H{i + 1}" for i in range(2)},
}
_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?[~?%]*")

# Widths as parts of the font size, close to Arial's and never much below them.
_NARROW, _PLAIN, _CAPITAL, _WIDE, _SQUARE = 0.32, 0.57, 0.71, 0.9, 1.05
_NARROW_LETTERS = frozenset("ijlftrI.,:;'|!()[]-’ ")
_WIDE_LETTERS = frozenset("mwMW@%—…")


def fold(text: str) -> str:
    """Reduce a text to what a search compares: no accents, no case.

    >>> fold("Škoda Auto")
    'skoda auto'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def spaced(name: str) -> str:
    """Write a camelCase name as words.

    >>> spaced("plansToBuild")
    'plans to build'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def capital(text: str) -> str:
    """Begin a text with a capital and leave the rest."""
    return text[:1].upper() + text[1:]


def shorten(text: str, width: int) -> str:
    """Cut a text to `width` characters, at a space where one is near.

    >>> shorten("thousands of electric cars", 16)
    'thousands of…'
    """
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + ELLIPSIS


def wrap(text: str, *, columns: int = BOX_COLUMNS, lines: int = BOX_LINES) -> tuple[str, ...]:
    """Break a text into at most `lines` lines of `columns` characters; what does not fit becomes an ellipsis.

    >>> wrap("Rhineland Economic and Technological Zone", columns=22)
    ('Rhineland Economic and', 'Technological Zone')
    """
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + 1 + len(word) <= columns:
            rows[-1] += " " + word
        else:
            rows.append(word if len(word) <= columns else word[: columns - 1] + ELLIPSIS)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], shorten(" ".join(rows[lines - 1 :]), columns)]
    return tuple(rows) or ("?",)


def width_of(line: str) -> float:
    """Estimate the width of a line of text in units of its font size; rather too wide than too narrow."""
    return sum(map(_sign_width, line))


def _sign_width(sign: str) -> float:
    if sign in _NARROW_LETTERS:
        return _NARROW
    if sign in _WIDE_LETTERS:
        return _WIDE
    if unicodedata.east_asian_width(sign) in "WF":
        return _SQUARE
    return _CAPITAL if sign.isupper() else _PLAIN


def date_words(when: When | None) -> str:
    """Write the time of an event for a reader; empty when it has none.

    >>> edtf_words("2024-40"), edtf_words("2021-11-27"), edtf_words("2021-03/2031")
    ('H1 2024', '27 Nov 2021', 'Mar 2021 – 2031')
    """
    return edtf_words(when.edtf) if when else ""


def edtf_words(edtf: str) -> str:
    """Write an EDTF date or interval for a reader; what is not understood stays as it is."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _point_words(edtf)
    if start in ("", ".."):
        return f"until {_point_words(end)}"
    if end in ("", ".."):
        return f"from {_point_words(start)}"
    first, last = _point_words(start).split(" "), _point_words(end).split(" ")
    if len(first) > 1 and first[-1] == last[-1]:
        first.pop()  # Jan – Jun 2024
    return f"{' '.join(first)} – {' '.join(last)}"


def _point_words(edtf: str) -> str:
    match = _POINT.fullmatch(edtf)
    if not match:
        return edtf
    parts = [match["year"]]
    month = int(match["month"] or 0)
    if 1 <= month <= len(_MONTHS):
        parts.insert(0, _MONTHS[month - 1])
    elif month in _PARTS:
        parts.insert(0, _PARTS[month])
    if match["day"]:
        parts.insert(0, str(int(match["day"])))
    return ("about " if edtf[-1] in "~?%" else "") + " ".join(parts)
