"""What a reader hands over, and how it becomes an article or is refused."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from kg.articles.cleaning import clean
from kg.articles.dates import iso_date
from kg.errors import ArticleError
from kg.model import Article

TEXT_LIMIT = 200_000  # characters, a short novel; its analysis takes minutes and most of a gigabyte. Longer is a dump
TITLE_LIMIT = 500
ID_LIMIT = 200
KEY_DIGITS = 16  # hexadecimal digits of the SHA-256
SEPARATOR = "\x1f"

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|$)")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its format gives it. `prose` is the text at the same length with the format's mark-up blanked."""

    text: str
    title: str = ""
    prose: str | None = None  # None: there is no mark-up
    id: str = ""  # as given; untrusted
    date: str = ""  # as given
    url: str = ""
    publisher: str = ""
    language: str = ""
    place: str = ""  # file and line, for messages


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be used, and why. The build goes on without it."""

    place: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}; {self.remedy}"


def skip(error: ArticleError) -> Skipped:
    """Return the report of an article that could not be read."""
    return Skipped(error.place, error.problem, error.remedy)


def finish(draft: Draft) -> Article:
    """Clean a draft into an article; its id is the one given, or empty.

    Raises `ArticleError` if there is no text, or too much of it.
    """
    text = _SURROGATE.sub("\ufffd", draft.text)
    title = one_line(draft.title)[:TITLE_LIMIT]
    if not text.strip():
        raise ArticleError(draft.place, "no text", "give the article a text, or remove it")
    if len(text) > TEXT_LIMIT:
        raise ArticleError(
            draft.place, f"a text of {len(text):,} characters", f"split it; an article has at most {TEXT_LIMIT:,}"
        )
    prose = clean(_SURROGATE.sub("\ufffd", draft.prose or text), title)
    if not prose.strip():
        raise ArticleError(
            draft.place, "no text beside page furniture and mark-up", "give the article a text, or remove it"
        )
    date = iso_date(draft.date)
    return Article(
        id=one_line(draft.id)[:ID_LIMIT],
        key=article_key(title, text, date),
        title=title,
        text=text,
        clean=prose,
        date=date,
        url=_web_address(draft.url),
        publisher=one_line(draft.publisher)[:TITLE_LIMIT] or None,
        language=_language(draft.language),
        source=draft.place,
    )


def article_key(title: str, text: str, date: str | None) -> str:
    """Return the name of an article in IRIs: `d` and 16 hexadecimal digits.

    >>> article_key("Title", "Text.", "2021-11-27")
    'dde04cd34fc73424e'
    """
    return "d" + _digest(SEPARATOR.join((title, text, date or "")))[:KEY_DIGITS]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def one_line(text: str) -> str:
    """Return the text with every run of white space and unprintable characters made one space."""
    return _UNPRINTABLE.sub(" ", _SURROGATE.sub("\ufffd", text)).strip()


def _web_address(url: str) -> str | None:
    url = url.strip()
    return url if _WEB.match(url) else None


def _language(language: str) -> str:
    match = _LANGUAGE.match(language.strip())
    return match[0].lower() if match else "en"
