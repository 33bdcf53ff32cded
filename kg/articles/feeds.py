"""Read an RSS or Atom file: an article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.articles.decoding import decode, load
from kg.articles.draft import Draft, Skipped
from kg.articles.markup import html_to_text
from kg.errors import ArticleError

FEED_LIMIT = 20_000_000  # bytes; a feed is read whole

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)


def read_feed(stream: BinaryIO, place: str) -> Iterator[Draft | Skipped]:
    """Read every entry of a feed. Raises `ArticleError` if the file is none."""
    yield from feed_drafts(decode(load(stream, place, limit=FEED_LIMIT), place), place)


def feed_drafts(xml: str, place: str) -> Iterator[Draft | Skipped]:
    """Return the entries of a feed as articles."""
    import feedparser  # here, because only feeds need it

    if not _ROOT.search(xml):
        raise _no_feed(place)

    # A stream, never a string or bytes: feedparser opens those as an address or a file name if they look like one.
    stream = io.BytesIO(xml.encode("utf-8", errors="replace"))
    feed = feedparser.parse(stream, response_headers={"content-type": "application/xml; charset=utf-8"})
    if not feed.get("version") and not feed.entries:
        raise _no_feed(place)
    if not feed.entries:
        yield Skipped(place, "a feed without entries", "nothing to do, or fetch it again")
    yield from (_draft(entry, feed.feed, f"{place}:{number}") for number, entry in enumerate(feed.entries, 1))


def _no_feed(place: str) -> ArticleError:
    return ArticleError(place, "neither RSS nor Atom", "give a feed, or save the article as text or HTML")


def _draft(entry: Any, feed: Any, place: str) -> Draft:
    """Return the article of an entry: its content if it has any, else its summary."""
    contents = [content.get("value", "") for content in entry.get("content", ())]
    html = max([*contents, entry.get("summary", "")], key=len)
    return Draft(
        text=html_to_text(html),
        title=html_to_text(entry.get("title", "")),
        id=entry.get("id") or entry.get("link", ""),
        date=entry.get("published") or entry.get("updated", ""),
        url=entry.get("link", ""),
        publisher=entry.get("source", {}).get("title") or feed.get("title", ""),
        language=feed.get("language") or "",
        place=place,
    )
