"""Read FIRE: single sentences of financial text with typed entities and the relations between them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.other_gold.gold import GoldDocument, Link, Marked, Sort
from benchmarks.other_gold.layout import lay_out

SORTS = {"Action": Sort.EVENT, "Date": Sort.TIME, "Money": Sort.VALUE, "Quantity": Sort.VALUE}


def read_fire(path: Path) -> Iterator[GoldDocument]:
    """Yield the sentences of a file, each as a document."""
    for number, record in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        yield _document(f"fire-{number}", record)


def _document(name: str, record: Mapping[str, Any]) -> GoldDocument:
    layout = lay_out([record["tokens"]])
    return GoldDocument(
        id=name,
        topic="",
        layout=layout,
        scored=((0, len(layout.text)),),
        mentions=tuple(_mentions(name, record)),
        links=tuple(Link(link["type"], str(link["head"]), str(link["tail"])) for link in record["relations"]),
    )


def _mentions(name: str, record: Mapping[str, Any]) -> Iterator[Marked]:
    for number, mark in enumerate(record["entities"]):
        sort = SORTS.get(mark["type"], Sort.ENTITY)
        yield Marked(str(number), sort, mark["start"], mark["end"] - 1, f"{name}:{number}", {"type": mark["type"]})
