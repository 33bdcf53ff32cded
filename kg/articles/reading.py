"""Read articles from files, folders, standard input and, when asked, addresses."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from kg.articles.decoding import FILE_LIMIT, SAMPLE, decode, load, refuse_binary
from kg.articles.draft import Draft, Skipped, finish, skip
from kg.articles.feeds import read_feed
from kg.articles.fetching import fetch_page
from kg.articles.markdown import read_markdown
from kg.articles.names import Names, Naming
from kg.articles.pages import page_draft, read_page
from kg.articles.plain import read_plain
from kg.articles.records import JSON_LIMIT, parse, read_json, read_jsonl
from kg.articles.sources import SourceFile, find_sources
from kg.errors import ArticleError
from kg.model import Article

Reader = Callable[[BinaryIO, str], Iterator[Draft | Skipped]]

_PAGE = re.compile(rb"<!doctype html|<html|<body|<article|<div|<p[ >]", re.IGNORECASE)
_FEED = re.compile(rb"<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]", re.IGNORECASE)


def read_articles(
    sources: Sequence[str],
    *,
    fetch: bool = False,
    stdin: IO[bytes] | IO[str] | None = None,
    names: Naming | None = None,
) -> Iterator[Article | Skipped]:
    """Read all articles of the sources, one at a time, and report what could not be used.

    A source is a file, a folder, a pattern such as `news/*.html`, `-` for `stdin`, or with `fetch` an address.
    The order is that of the sorted paths, whatever the order of the sources. `names` gives the ids; by default no two
    articles of one call get the same. Raises `UsageError` at the call for a
    source that does not exist.
    """
    found = find_sources(sources, fetch=fetch)
    drafts = itertools.chain(
        itertools.chain.from_iterable(_read_file(file) for file in found.files),
        _read_stdin(stdin) if found.stdin else (),
        itertools.chain.from_iterable(_read_address(url) for url in found.urls),
    )
    return itertools.chain(found.skipped, _finish_all(drafts, names or Names()))


def _finish_all(drafts: Iterator[tuple[str, Draft | Skipped]], names: Naming) -> Iterator[Article | Skipped]:
    for name, draft in drafts:
        if isinstance(draft, Skipped):
            yield draft
            continue
        try:
            article = finish(draft)
        except ArticleError as error:
            yield skip(error)
            continue
        yield replace(article, id=names.name(article.id, name))


def _read_file(file: SourceFile) -> Iterator[tuple[str, Draft | Skipped]]:
    read = READERS.get(PurePosixPath(file.name).suffix.lower(), read_any)
    try:
        with file.path.open("rb") as stream:
            for draft in read(stream, file.place):
                yield file.name, draft
    except ArticleError as error:
        yield file.name, skip(error)
    except OSError as error:
        yield file.name, Skipped(file.place, f"cannot be read: {error.strerror}", "check its permissions")


def _read_stdin(stdin: IO[bytes] | IO[str] | None) -> Iterator[tuple[str, Draft | Skipped]]:
    name = "stdin"
    if stdin is None:
        yield name, Skipped(name, "there is no standard input", "pipe articles in")
        return
    try:
        for draft in read_any(_binary(stdin), name):
            yield name, draft
    except ArticleError as error:
        yield name, skip(error)
    except OSError as error:
        yield name, Skipped(name, f"cannot be read: {error.strerror}", "pipe articles in")


def _binary(stream: IO[bytes] | IO[str]) -> BinaryIO:
    """Return the bytes below a text stream; one that has none (a test's) is encoded whole."""
    if isinstance(stream, io.TextIOBase):
        if hasattr(stream, "buffer"):
            return cast(BinaryIO, stream.buffer)
        return io.BytesIO(stream.read().encode("utf-8", errors="replace"))
    return cast(BinaryIO, stream)


def _read_address(url: str) -> Iterator[tuple[str, Draft | Skipped]]:
    try:
        page = fetch_page(url)
        if _FEED.search(page.data[:SAMPLE]) or page.data.lstrip()[:1] in (b"{", b"["):
            for draft in read_any(io.BytesIO(page.data), url):
                yield url, draft
        else:
            yield url, page_draft(decode(page.data, url, declared=page.charset), url, url=page.url)
    except ArticleError as error:
        yield url, skip(error)


def read_any(stream: BinaryIO, place: str) -> Iterator[Draft | Skipped]:
    """Read a stream whose format is told by its first line."""
    first = stream.readline(FILE_LIMIT)
    refuse_binary(first, place)
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and isinstance(parse(first.decode("utf-8", errors="replace").lstrip("\ufeff")), dict):
        yield from read_jsonl(cast(BinaryIO, _Rejoined(first, stream)), place)
        return
    data = load(cast(BinaryIO, _Rejoined(first, stream)), place, limit=JSON_LIMIT)
    yield from _reader_of(data)(io.BytesIO(data), place)


def _reader_of(data: bytes) -> Reader:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:SAMPLE]
    if start.startswith((b"{", b"[")) and parse(data.decode("utf-8", errors="replace").lstrip("\ufeff")) is not None:
        return read_json
    if start.startswith(b"<"):
        if _FEED.search(start):
            return read_feed
        if _PAGE.search(start):
            return read_page
    return read_markdown if start.startswith((b"---\n", b"---\r\n", b"# ")) else read_plain


def read_xml(stream: BinaryIO, place: str) -> Iterator[Draft | Skipped]:
    """Read a feed or, if the XML is XHTML, a page."""
    data = load(stream, place, limit=JSON_LIMIT)
    page = _PAGE.search(data[:SAMPLE]) and not _FEED.search(data[:SAMPLE])
    yield from (read_page if page else read_feed)(io.BytesIO(data), place)


class _Rejoined:
    """A stream with the line that was read from it put back."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, limit: int) -> bytes:
        first, self._first = self._first, b""
        return first or self._rest.readline(limit)

    def read(self, size: int) -> bytes:
        first, self._first = self._first, b""
        return first + self._rest.read(max(0, size - len(first)))


READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_xml,
}
