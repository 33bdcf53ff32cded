"""Read a web page from a file: main text, title, date, publisher and address, by trafilatura, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.articles.decoding import decode, load
from kg.articles.draft import Draft
from kg.errors import ArticleError

# Without a fixed upper bound the reader would take today's date for it, and tomorrow's result could differ.
DATE_OPTIONS = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}

_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_NULLS = re.compile(r"[\x00\ufffe\uffff]")


def read_page(stream: BinaryIO, place: str) -> Iterator[Draft]:
    """Read the article of an HTML file."""
    yield page_draft(decode(load(stream, place), place), place)


def page_draft(html: str, place: str, *, url: str = "") -> Draft:
    """Return the article of a page; `url` is the address it was fetched from, if it was.

    Raises `ArticleError` if the page has no main text.
    """
    # Here, because loading it takes half a second that other formats need not pay.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        _DECLARATION.sub("", _NULLS.sub(" ", html)),
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=DATE_OPTIONS,
    )
    if not isinstance(found, Document) or not found.text:
        raise ArticleError(place, "no main text found in the page", "save the article as text")
    language = _LANGUAGE.search(html)
    return Draft(
        text=found.text,
        title=found.title or "",
        date=found.date or "",
        url=found.url or url,
        publisher=found.sitename or "",
        language=language[1] if language else "",
        place=place,
    )
