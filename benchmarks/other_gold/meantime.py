"""Read MEANTIME: news on companies and markets with events, participants, factuality, coreference and times."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.other_gold.gold import GoldDocument, Link, Marked, Sort
from benchmarks.other_gold.layout import lay_out

DATE_LINE = 1  # the sentence that gives the article's date; ours get theirs beside the text
SORTS = {
    "ENTITY_MENTION": Sort.ENTITY,
    "EVENT_MENTION": Sort.EVENT,
    "TIMEX3": Sort.TIME,
    "VALUE": Sort.VALUE,
}
Record = Mapping[str, Any]


def read_meantime(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a file, each without its date line."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        yield _document(record)


def _document(record: Record) -> GoldDocument:
    sentences = [sentence for number, sentence in enumerate(record["sentences"]) if number != DATE_LINE]
    layout = lay_out(sentences, title=True)
    places = _places(record)
    last = max(new for old, new in places.items() if record["token_sentence"][old] <= record["annotated_last_sentence"])
    return GoldDocument(
        id=record["doc"],
        topic=record["corpus"],
        layout=layout,
        scored=((0, layout.spans[last][1]),),
        mentions=tuple(_mentions(record, places)),
        links=tuple(_participants(record)),
        title=lay_out(sentences[:1]).text,
        date=_date(record),
    )


def _places(record: Record) -> dict[int, int]:
    """Return the new index of each token that does not stand in the date line."""
    kept = [token for token, sentence in enumerate(record["token_sentence"]) if sentence != DATE_LINE]
    return {old: new for new, old in enumerate(kept)}


def _mentions(record: Record, places: Mapping[int, int]) -> Iterator[Marked]:
    chains = {source: link["target"][0] for link in _links(record, "REFERS_TO") for source in link["source"]}
    for mark in record["markables"]:
        tokens = [places[token] for token in mark.get("tokens", ()) if token in places]
        if tokens and mark["tag"] in SORTS:
            chain = f"{record['doc']}:{chains.get(mark['id'], 'alone-' + mark['id'])}"
            yield Marked(mark["id"], SORTS[mark["tag"]], min(tokens), max(tokens), chain, mark)


def _participants(record: Record) -> Iterator[Link]:
    for link in _links(record, "HAS_PARTICIPANT"):
        for source in link["source"]:
            yield Link(link.get("sem_role", ""), source, link["target"][0])


def _links(record: Record, type_: str) -> Iterator[Record]:
    return (link for link in record["relations"] if link["type"] == type_ and link["target"])


def _date(record: Record) -> str | None:
    dates = [mark["value"] for mark in record["markables"] if mark.get("functionInDocument") == "CREATION_TIME"]
    return dates[0] if dates else None
