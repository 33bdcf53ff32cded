"""Read articles from JSON: one object, a list, an object of objects, a JSON feed; or JSONL, one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kg.articles.decoding import decode, load, refuse_binary
from kg.articles.draft import Draft, Skipped, skip
from kg.articles.lines import Line, read_lines
from kg.articles.markup import blank_tags, has_tags, html_to_text
from kg.errors import ArticleError

JSON_LIMIT = 100_000_000  # bytes; a JSON file is read whole, JSONL line by line
FAULT_LIMIT = 20  # faults of one kind told one by one before the rest is only counted

# The names under which data sets give a field, best first; case, `_` and `-` in a name do not matter.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "docid", "guid", "uuid", "identifier"),
    "title": ("title", "headline"),
    "text": (
        "text",
        "body",
        "articlebody",
        "contenttext",
        "fulltext",
        "maintext",
        "content",
        "article",
        "contenthtml",
        "description",
        "summary",
    ),
    "date": (
        "date",
        "published",
        "publishedat",
        "datepublished",
        "pubdate",
        "publishdate",
        "datepublish",
        "publicationdate",
        "created",
        "timestamp",
    ),
    "url": ("url", "link", "sourceurl", "canonicalurl"),
    "publisher": ("publisher", "source", "publication", "sitename", "site", "outlet"),
    "language": ("language", "lang", "inlanguage"),
}
HTML_FIELD = "contenthtml"
LISTS = ("articles", "items", "documents", "docs", "data", "results", "records", "@graph")

_NAME_MARKS = re.compile(r"[_\-\s]")
_NO_TEXT = "no text field"
_NO_TEXT_REMEDY = "name the text of each article `text`"


def read_json(stream: BinaryIO, place: str) -> Iterator[Draft | Skipped]:
    """Read every article of a JSON file; a file of JSON lines under the wrong name is read as such."""
    data = load(stream, place, limit=JSON_LIMIT)
    text = decode(data, place)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if not looks_like_lines(text):
            raise ArticleError(place, f"not valid JSON: {_reason(error)}", "mend it") from error
        yield from read_records(
            (Line(number, line.encode("utf-8")) for number, line in enumerate(text.split("\n"), 1)), place
        )
        return
    yield from _drafts(value, place)


def read_jsonl(stream: BinaryIO, place: str) -> Iterator[Draft | Skipped]:
    """Read a JSON lines file line by line."""
    yield from read_records(read_lines(stream, place), place)


def looks_like_lines(text: str) -> bool:
    """Tell whether the first line is a JSON object of its own and others follow."""
    first, _, rest = text.lstrip().partition("\n")
    return bool(rest.strip()) and isinstance(parse(first), dict)


def parse(text: str) -> Any:
    """Return the JSON value in a text, None if it is broken."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_records(lines: Iterable[Line], place: str) -> Iterator[Draft | Skipped]:
    """Read an article from each line. Broken lines are reported by number, the others go on.

    A file in which no line has a text is reported once, not once a line.
    """
    read, textless, broken = 0, [], 0
    for line in lines:
        if not line.data.strip() and not line.too_long:
            continue
        here = f"{place}:{line.number}"
        try:
            draft = _read_line(line, here)
        except ArticleError as error:
            broken += 1
            if broken <= FAULT_LIMIT:
                yield skip(error)
            continue
        if draft is None:
            textless.append(line.number)
            continue
        read += 1
        yield draft
    if broken > FAULT_LIMIT:
        yield Skipped(place, f"{broken - FAULT_LIMIT} more broken lines", "mend them")
    yield from _report_textless(textless, read, place)


def _read_line(line: Line, place: str) -> Draft | None:
    """Return the article of a line, None if it has no text."""
    if line.too_long:
        raise ArticleError(place, "the line is too long for an article", "split the article")
    refuse_binary(line.data, place)
    try:
        value = json.loads(decode(line.data, place))
    except (ValueError, RecursionError) as error:
        raise ArticleError(place, f"not valid JSON: {_reason(error)}", "mend or remove the line") from error
    if not isinstance(value, dict):
        raise ArticleError(place, "not a JSON object", 'give each line the form {"title": ..., "text": ...}')
    return _draft(value, place, str(line.number))


def _report_textless(numbers: list[int], read: int, place: str) -> Iterator[Skipped]:
    if not numbers:
        return
    if not read:
        yield Skipped(place, _NO_TEXT, _NO_TEXT_REMEDY)
        return
    yield from (Skipped(f"{place}:{number}", _NO_TEXT, _NO_TEXT_REMEDY) for number in numbers[:FAULT_LIMIT])
    if len(numbers) > FAULT_LIMIT:
        yield Skipped(place, f"{len(numbers) - FAULT_LIMIT} more lines with {_NO_TEXT}", _NO_TEXT_REMEDY)


def _drafts(value: Any, place: str) -> Iterator[Draft | Skipped]:
    articles = list(_articles(value))
    textless = []
    for number, (name, article) in enumerate(articles, 1):
        draft = _draft(article, f"{place}:{name}", name)
        if draft:
            yield draft
        else:
            textless.append(number)
    if not articles:
        yield Skipped(place, "no articles in it", "give a list of objects with a `title` and a `text`")
    yield from _report_textless(textless, len(articles) - len(textless), place)


def _articles(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Find the articles in a JSON document, each with a name: its number or the key it stands under."""
    if isinstance(value, list):
        yield from ((str(number), item if isinstance(item, dict) else {}) for number, item in enumerate(value, 1))
    elif isinstance(value, dict):
        inner = next((value[key] for key in LISTS if isinstance(value.get(key), list)), None)
        if _field(_names(value), "text"):
            yield "1", value
        elif inner is not None:
            yield from _articles(inner)
        elif value and all(isinstance(item, dict) for item in value.values()):
            yield from value.items()
        else:
            yield "1", value


def _draft(record: Mapping[str, Any], place: str, name: str) -> Draft | None:
    """Return the article in a record, None if it has no text; `name` is its id when it gives none."""
    names = _names(record)
    key = _field(names, "text")
    if key is None:
        return None
    text = _text(record[key])
    if _plain_name(key) == HTML_FIELD:
        text = html_to_text(text)
    given = {
        field: _text(record[names[known]])
        for field in FIELDS
        if field != "text" and (known := _known(names, field, record))
    }
    prose = blank_tags(text) if has_tags(text) else None
    return Draft(text=text, prose=prose, place=place, **{"id": f"#{name}", **given})


def _names(record: Mapping[str, Any]) -> dict[str, str]:
    """Map the plain form of each name to the name as it stands; the first of two wins."""
    names: dict[str, str] = {}
    for name in record:
        names.setdefault(_plain_name(name), name)
    return names


def _plain_name(name: str) -> str:
    return _NAME_MARKS.sub("", name).lower()


def _known(names: Mapping[str, str], field: str, record: Mapping[str, Any]) -> str | None:
    return next((known for known in FIELDS[field] if known in names and _text(record[names[known]])), None)


def _field(names: Mapping[str, str], field: str) -> str | None:
    return next((names[known] for known in FIELDS[field] if known in names), None)


def _text(value: Any) -> str:
    """Return a field's value as text: numbers as written, a list's strings as paragraphs, an object by its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(item for item in value if isinstance(item, str))
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    return "" if value is None or isinstance(value, bool) else str(value)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
