"""The event records of `events.jsonl`: one line an event and article, with offsets into the article's text.

The scorer and other programs read them; docs/queries.md describes the fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.iris import Iris
from kg.model import Article, Claim, Entity, Event, Knowledge, RoleFiller, Source, Span, Value, ValueKind, When

Record = dict[str, Any]

_NUMBER_FIELDS = {
    ValueKind.MONEY: "amount",
    ValueKind.PERCENT: "percent",
    ValueKind.COUNT: "count",
    ValueKind.QUANTITY: "number",
}


@dataclass(frozen=True, slots=True)
class _Names:
    iris: Iris
    entities: dict[str, Entity]

    def of(self, id_: str) -> Record:
        return {"entity": self.iris.entity(id_), "label": self.entities[id_].label}


def records_text(knowledge: Knowledge, iris: Iris) -> str:
    """Return all records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in event_records(knowledge, iris))


def event_records(knowledge: Knowledge, iris: Iris) -> Iterator[Record]:
    """Yield a record for each event and each article that tells of it, by article and then by place in it."""
    names = _Names(iris, {entity.id: entity for entity in knowledge.entities})
    by_article: dict[str, list[Event]] = {}
    for event in knowledge.events:
        for key in dict.fromkeys(claim.article for claim in event.claims):
            by_article.setdefault(key, []).append(event)
    for article in sorted(knowledge.articles, key=lambda article: (article.id, article.key)):
        records = [_record(names, article, event) for event in by_article.get(article.key, ())]
        yield from sorted(records, key=lambda record: (record["trigger"]["start"], record["id"]))


def _record(names: _Names, article: Article, event: Event) -> Record:
    """Return what the article itself says of the event: its best claim's status, not the other articles'."""
    claims = [claim for claim in event.claims if claim.article == article.key]
    best, only = claims[0], len(claims) == len(event.claims)
    record: Record = {
        "article": article.id,
        "id": names.iris.event(event.id),
        "type": event.type,
        "status": (event.status if only else best.status).value,
        "confidence": round(event.confidence if only else best.confidence, 4),
        "trigger": _words(best.trigger),
        "mentions": [_words(claim.trigger) for claim in claims[1:]],
        "roles": [_role(names, article, filler) for filler in _fillers(names, article, event)],
        "said_by": [_source(names, source) for source in _sources(claims)],
    }
    when = event.when if only else next((claim.when for claim in claims if claim.when), None)
    return record | ({"time": _time(when)} if when else {})


def _fillers(names: _Names, article: Article, event: Event) -> list[RoleFiller]:
    """Return the fillers that stand in the article, and those of other articles that it mentions in other words."""
    own = [filler for filler in event.roles if filler.article == article.key]
    known = {(filler.role, filler.entity) for filler in own}
    for filler in event.roles:
        role = filler.role, filler.entity
        if filler.entity and role not in known and article.key in names.entities[filler.entity].articles:
            known.add(role)
            own.append(filler)
    return own


def _role(names: _Names, article: Article, filler: RoleFiller) -> Record:
    here = filler.article == article.key
    record = {"role": filler.role} | (_words(filler.span) if here else {"text": filler.span.text})
    if filler.entity:
        return record | names.of(filler.entity)
    return record | ({"value": value_record(filler.value)} if filler.value else {})


def value_record(value: Value) -> Record:
    """Return a value as the records write it, without the words, which stand beside it."""
    if value.kind is ValueKind.PHRASE:
        return {"text": value.text}
    if value.kind is ValueKind.PERIOD:
        return {"edtf": value.edtf} if value.edtf else {"text": value.text}
    number = _NUMBER_FIELDS[value.kind]
    unit = None if value.kind is ValueKind.PERCENT else value.unit
    fields = {
        number: _number(value.number),
        "max": _number(value.maximum),
        "currency": value.currency,
        "unit": unit,
        "bound": value.bound,
        "per": value.per,
        "direction": value.direction,
    }
    found = {key: field for key, field in fields.items() if field is not None}
    return found if value.number is not None or value.direction else found | {"text": value.text}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _sources(claims: Iterable[Claim]) -> list[Source]:
    """Return the sources of all claims, each once."""
    found: dict[tuple[str, str], Source] = {}
    for source in (source for claim in claims for source in claim.said_by):
        found.setdefault((source.entity or "", "" if source.entity else source.span.text), source)
    return list(found.values())


def _source(names: _Names, source: Source) -> Record:
    return _words(source.span) | (names.of(source.entity) if source.entity else {"label": source.span.text})


def _time(when: When) -> Record:
    return _words(when.span) | {"edtf": when.edtf}


def _words(span: Span) -> Record:
    """Return words with their offsets. Offsets into the title are negative, counted from where the text begins."""
    record: Record = {"text": span.text, "start": span.start, "end": span.end}
    return record | ({"in": "title"} if span.start < 0 else {})
