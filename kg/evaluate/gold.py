"""What a careful reader found in articles: `articles.json` and `events.jsonl` of a folder, read and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.faults import (
    FORMAT,
    GoldError,
    Record,
    integer,
    integers,
    json_lines,
    optional_string,
    parse,
    read_text,
    record,
    records,
    string,
    strings,
)
from kg.evaluate.names import plain, plain_names
from kg.evaluate.values import Value, checked_value
from kg.model import Status

ARTICLES, EVENTS = "articles.json", "events.jsonl"
TITLE = -1  # the number of the sentence that is the title
PLACE = "place"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: its number, its offsets into the text, and its words."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GoldFiller:
    """What fills a role: an entity by its full name, or a value. `text` stands in the sentence."""

    role: str
    text: str
    sentence: int
    entity: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event of an article. `sentence` has the trigger, `sentences` all that tell of it."""

    type: str
    status: str
    trigger: str
    sentence: int
    sentences: frozenset[int]
    fillers: tuple[GoldFiller, ...]
    sources: tuple[str, ...] = ()  # who said it: full names of entities, or words
    edtf: str | None = None
    optional: bool = False  # counts neither when it is found nor when it is missed


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its events. `names` and `nominals` hold the plain names of each entity, by its full name."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]
    names: Mapping[str, frozenset[str]]
    nominals: Mapping[str, frozenset[str]]
    events: tuple[GoldEvent, ...]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence at an offset; outside all sentences stands the title."""
        return next((one.number for one in self.sentences if one.start <= offset < one.end), TITLE)

    def words_of(self, sentence: int) -> str:
        """Return the words of a sentence."""
        return next((one.text for one in self.sentences if one.number == sentence), self.title)

    def names_of(self, entity: str) -> frozenset[str]:
        """Return the plain names that an entity goes by."""
        return self.names.get(entity, frozenset({plain(entity)}))


def read_gold(folder: Path, types: Collection[str], *, only: Iterable[str] = ()) -> tuple[GoldArticle, ...]:
    """Return the annotated articles of a folder, or `only` some, in the order of the annotation.

    Raises `GoldError` for missing or faulty files, for unknown types and for articles that are not there.
    """
    texts = _texts(folder / ARTICLES)
    found: dict[str, GoldArticle] = {}
    for place, line in json_lines(folder / EVENTS):
        id_ = string(line, "id", place)
        if id_ in found:
            raise GoldError(place, f"a second line for the article {id_}", "put its events into one line")
        if id_ not in texts:
            raise GoldError(place, f"no article {id_} in {ARTICLES}", "add the article, or take the line out")
        found[id_] = _article(texts[id_], line, types, place)
    if not found:
        raise GoldError(str(folder / EVENTS), "no annotated article", FORMAT)
    wanted = _wanted(only, found, folder)
    return tuple(article for article in found.values() if article.id in wanted)


def _wanted(only: Iterable[str], found: Collection[str], folder: Path) -> Collection[str]:
    asked = frozenset(only)
    unknown = sorted(asked - frozenset(found))
    if unknown:
        raise GoldError(str(folder / EVENTS), f"no article {', '.join(unknown)}", "ask for ids that stand there")
    return asked or found


def _texts(path: Path) -> dict[str, Record]:
    listed = parse(read_text(path), str(path))
    if not isinstance(listed, list):
        raise GoldError(str(path), "not a list of articles", FORMAT)
    articles = [record(item, f"{path}, article {number}") for number, item in enumerate(listed, 1)]
    return {string(item, "id", f"{path}, article {number}"): item for number, item in enumerate(articles, 1)}


def _article(text: Record, line: Record, types: Collection[str], place: str) -> GoldArticle:
    id_ = string(line, "id", place)
    at = f"{ARTICLES}, {id_}"
    entities = [(string(item, "name", place), item) for item in records(line, "entities", place)]
    sentences = tuple(_sentence(item, at) for item in records(text, "sentences", at))
    numbers = {TITLE, *(sentence.number for sentence in sentences)}
    events = enumerate(records(line, "events", place), 1)
    return GoldArticle(
        id=id_,
        title=optional_string(text, "title", at) or "",
        sentences=sentences,
        names={name: plain_names([name]) | plain_names(strings(item, "aliases", place)) for name, item in entities},
        nominals={name: plain_names(strings(item, "nominals", place)) for name, item in entities},
        events=tuple(_event(item, types, numbers, f"{place}, {id_}, event {number}") for number, item in events),
    )


def _sentence(item: Record, place: str) -> Sentence:
    start, end = integer(item, "start", place), integer(item, "end", place)
    return Sentence(integer(item, "i", place), start, end, string(item, "text", place))


def _event(item: Record, types: Collection[str], numbers: Collection[int], place: str) -> GoldEvent:
    type_, status, first = string(item, "type", place), string(item, "status", place), integer(item, "s", place)
    if type_ not in types:
        raise GoldError(place, f"no event type {type_}", "kg schema lists them; --ontology adds types of your own")
    if status not in list(Status):
        raise GoldError(place, f"no status {status}", f"statuses: {', '.join(Status)}")
    sentences = frozenset((first, *integers(item, "also", place)))
    if not sentences <= frozenset(numbers):
        raise GoldError(place, f"sentences {sorted(sentences)} are not all in the article", f"{TITLE} is the title")
    places = [_filler(one, place, role=PLACE) for one in records(item, "place", place) if one.get("entity")]
    return GoldEvent(
        type=type_,
        status=status,
        trigger=string(item, "trigger", place),
        sentence=first,
        sentences=sentences,
        fillers=(*(_filler(one, place) for one in records(item, "roles", place)), *places),
        sources=tuple(_source(one, place) for one in records(item, "said_by", place)),
        edtf=optional_string(record(item.get("time") or {}, place), "edtf", place) or None,
        optional=bool(item.get("optional")),
    )


def _filler(item: Record, place: str, *, role: str | None = None) -> GoldFiller:
    role = role or string(item, "role", place)
    entity = optional_string(item, "entity", place)
    value = checked_value(record(item.get("value") or {}, place), place)
    if not entity and not value:
        raise GoldError(place, f"the role {role} has neither `entity` nor `value`", FORMAT)
    sentence = integer(item, "s", place)
    return GoldFiller(role, string(item, "text", place), sentence, entity or None, None if entity else value)


def _source(item: Record, place: str) -> str:
    return optional_string(item, "entity", place) or string(item, "text", place)
