"""Choose the articles that a benchmark reads, and write them where both sides find them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

from kg.articles import ShortNames, Skipped, read_articles
from kg.model import Article

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "articles"
LARGE = ROOT.parent / "shared" / "corpus" / "wikinews-economy.jsonl"

Record = dict[str, Any]


def default_source() -> Path:
    """Return the large collection of articles beside the repository, or else the sample inside it."""
    return LARGE if LARGE.is_file() else SAMPLE


def read(source: Path) -> list[Article]:
    """Read the articles as a build does."""
    found = read_articles([str(source)], names=ShortNames())
    return [item for item in found if not isinstance(item, Skipped)]


def choose(articles: Sequence[Article], number: int) -> list[Record]:
    """Return that many articles as records, evenly spread over the source; a small source is repeated.

    A repeated article ends in a number, as a build takes two of the same words for one.
    """
    if number <= len(articles):
        return [_record(articles[place * len(articles) // number]) for place in range(number)]
    return list(islice(_repeated(articles), number))


def write(records: Sequence[Record], path: Path) -> None:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _repeated(articles: Sequence[Article]) -> Iterator[Record]:
    for edition in count(1):
        for article in articles:
            record = _record(article)
            yield record | {"id": f"{article.id}-{edition}", "text": f"{record['text']}\n\nEdition {edition}."}


def _record(article: Article) -> Record:
    fields = {"id": article.id, "title": article.title, "date": article.date, "text": article.text}
    return {name: value for name, value in fields.items() if value}
