"""What the collections have in common: documents with annotated mentions, some of which mean the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from benchmarks.other_gold.layout import Layout


class Sort(Enum):
    """What a mention is annotated as."""

    ENTITY = "entity"
    EVENT = "event"
    TIME = "time"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotated mention: the first and last token, what it is, and the chain of those that mean the same.

    Chains are named alike in all documents where the collection links them across documents; one that is annotated
    in its document only carries the document's id.
    """

    id: str
    sort: Sort
    first: int
    last: int
    chain: str
    labels: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two mentions, by their ids: an event's participant, or who bought what."""

    type: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated document. `scored` is the span of text that was annotated; nothing outside it counts."""

    id: str
    topic: str
    layout: Layout
    scored: tuple[tuple[int, int], ...]
    mentions: tuple[Marked, ...]
    links: tuple[Link, ...] = ()
    title: str = ""
    date: str | None = None

    def span(self, mention: Marked) -> tuple[int, int]:
        """Return where a mention stands in the text."""
        return self.layout.span(mention.first, mention.last)

    def covers(self, start: int) -> bool:
        """Tell whether a place in the text lies in what was annotated."""
        return any(first <= start < last for first, last in self.scored)
