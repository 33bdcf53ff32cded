"""Make text from articles safe to show in a terminal and to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

CELL_WIDTH = 60
TABLE_WIDTH = 120
NARROWEST = 12  # columns of a terminal that are left to words, however many there are
_GAP = "  "
ELLIPSIS = "…"

# A spreadsheet runs a cell that begins with one of these as a formula; the wide forms count in some of them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    >>> safe_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV with a header. All lines end in a line feed; a carriage return would split the row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows)
    return out.getvalue()


def table_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an aligned table for the terminal. Words are cut so that it fits; ids and numbers stay whole."""
    cells = [[_cut(_printable(cell), CELL_WIDTH) for cell in row] for row in (columns, *rows)]
    widths = _fitted(cells)
    lines = [_GAP.join(map(_fill, row, widths)).rstrip() for row in cells]
    rule = _GAP.join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def _fitted(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column, the widest columns of words made narrower until the table fits."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    words = [number for number, column in enumerate(columns) if any(" " in cell for cell in column)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - TABLE_WIDTH
    for _ in range(excess):
        widest = max(words, key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _printable(text: str) -> str:
    """Return text without line breaks and without characters that could steer a terminal."""
    spaced = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in spaced)


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) >= width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _fill(text: str, width: int) -> str:
    """Return text cut or padded to this width."""
    cut = _cut(text, width)
    return cut + " " * (width - _width(cut))
