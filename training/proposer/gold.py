"""Read annotated articles as words with labels, the form in which the network learns them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.lang.en import English

from training.annotations import TITLE, Record

SPEAKER, TIME, PLACE = "said_by", "time", "place"  # fillers that gold keeps beside the roles

_words = English().tokenizer


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated event. Words are numbered through the article, title first."""

    type: str
    trigger: tuple[int, ...]
    roles: tuple[tuple[str, tuple[int, ...]], ...]
    status: str
    also: tuple[int, ...]  # rows of other sentences that tell of it
    optional: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """An article: words, the row of each word's sentence (0 is the title), and its events."""

    id: str
    words: tuple[str, ...]
    rows: tuple[int, ...]
    events: tuple[GoldEvent, ...]


def make_sample(id_: str, sentences: Sequence[tuple[int, str]], events: Iterable[Record]) -> Sample:
    """Tokenise the sentences and find triggers and fillers in them."""
    words: list[str] = []
    rows: list[int] = []
    places: dict[int, _Sentence] = {}
    for row, (number, text) in enumerate(sentences):
        doc = [token for token in _words(text) if not token.is_space]
        offsets = tuple((token.idx, token.idx + len(token)) for token in doc)
        places[number] = _Sentence(row, text, len(words), offsets)
        words += [token.text for token in doc]
        rows += [row] * len(doc)
    return Sample(id_, tuple(words), tuple(rows), tuple(_event(event, places) for event in events))


@dataclass(frozen=True, slots=True)
class _Sentence:
    row: int
    text: str
    first: int
    offsets: tuple[tuple[int, int], ...]

    def find(self, phrase: str, near: int | None = None) -> tuple[int, ...]:
        """Return the words of a phrase, of the place nearest to a word where it stands more than once."""
        spots = [self._words(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.text)]
        if not spots and (at := self.text.find(phrase)) >= 0:
            spots = [self._words(at, at + len(phrase))]
        spots = [spot for spot in spots if spot]
        if near is None or not spots:
            return spots[0] if spots else ()
        return min(spots, key=lambda spot: (abs(spot[0] - near), spot[0]))

    def _words(self, start: int, end: int) -> tuple[int, ...]:
        return tuple(self.first + i for i, (a, b) in enumerate(self.offsets) if a < end and b > start)


def _event(event: Record, places: Mapping[int, _Sentence]) -> GoldEvent:
    home = places[event["s"]]
    trigger = home.find(event["trigger"])
    near = trigger[0] if trigger else None
    return GoldEvent(
        event["type"],
        trigger,
        tuple((name, words) for name, filler in _fillers(event) if (words := _locate(filler, places, near))),
        event["status"],
        tuple(places[number].row for number in event.get("also", ()) if number in places and number != event["s"]),
        bool(event.get("optional")),
    )


def _fillers(event: Record) -> Iterable[tuple[str, Record]]:
    yield from ((role["role"], role) for role in event["roles"])
    yield from ((PLACE, place) for place in event.get("place", ()))
    yield from ((SPEAKER, speaker) for speaker in event.get("said_by", ()))
    if "text" in event.get("time", {}):
        yield TIME, event["time"]


def _locate(filler: Record, places: Mapping[int, _Sentence], near: int | None) -> tuple[int, ...]:
    sentence = places.get(filler.get("s", TITLE - 1))
    return sentence.find(filler["text"], near) if sentence else ()
