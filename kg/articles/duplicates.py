"""Recognise articles that are there twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from kg.articles.draft import Skipped
from kg.model import Article


def deduplicate(articles: Iterable[Article | Skipped]) -> Iterator[Article | Skipped]:
    """Pass the articles on in their order, each text once; a later copy is reported instead.

    Copies are articles with the same words and numbers in the same order, whatever their title, date, case,
    punctuation, spacing and page furniture.
    """
    first: dict[bytes, str] = {}
    for article in articles:
        if isinstance(article, Skipped):
            yield article
            continue
        words = fingerprint(article)
        if words in first:
            yield Skipped(
                article.source or article.id, f"duplicate of {first[words]}", "nothing to do; it is counted once"
            )
            continue
        first[words] = article.id
        yield article


def fingerprint(article: Article) -> bytes:
    """Return a hash of the words of an article, the same for its near copies."""
    words = "".join(letter if letter.isalnum() else " " for letter in article.clean.casefold()).split()
    return hashlib.sha256(" ".join(words).encode("utf-8")).digest()
