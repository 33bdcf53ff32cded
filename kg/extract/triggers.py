"""Find the words that announce an event, as the frames list them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.denotation import NUMERIC, denote
from kg.extract.mentions import Form, phrase_start
from kg.extract.reading import Reading
from kg.extract.syntax import VERBAL, Places, children, prepositional
from kg.frames import Frame, Trigger
from kg.model import Kind, ValueKind

PARTS = {
    "verb": frozenset(VERBAL),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adjective": frozenset({"ADJ", "VERB", "NOUN"}),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger of a frame at a token. `start` and `end` are the tokens of its words, `word` the entry that matched."""

    trigger: Trigger
    token: Token
    start: int
    end: int
    word: str


class TriggerFinder:
    """Looks the triggers of all frames up in a document. Built once."""

    def __init__(self, frames: Sequence[Frame], places: Places) -> None:
        self.places = places
        self._by_head: dict[str, list[tuple[str, Trigger]]] = defaultdict(list)
        for trigger in (trigger for frame in frames for trigger in frame.triggers):
            for word in trigger.words:
                self._by_head[_head_word(word, trigger.pos)].append((word, trigger))

    def find(self, reading: Reading) -> Iterable[Hit]:
        """Yield every hit whose conditions hold, in the order of the text."""
        for token in reading.doc:
            rows = self._by_head.get(token.lemma_.lower()) or self._by_head.get(token.lower_)
            if rows and not _part_of_name(reading, token):
                yield from self._hits(reading, token, rows)

    def _hits(self, reading: Reading, token: Token, rows: list[tuple[str, Trigger]]) -> Iterable[Hit]:
        for word, trigger in rows:
            extent = _extent(token, word, trigger.pos)
            if extent is None:
                continue
            head = reading.doc[extent[0] : extent[1]].root if "-" in word else token
            if head.pos_ in PARTS[trigger.pos] and self._holds(reading, head, trigger):
                yield Hit(trigger, head, *extent, word)

    def _holds(self, reading: Reading, token: Token, trigger: Trigger) -> bool:
        required = all(
            any(self.matches(reading, token, trigger, place, word) for word in words) for place, words in trigger.where.items()
        )
        return required and not any(
            self.matches(reading, token, trigger, place, word) for place, words in trigger.unless.items() for word in words
        )

    def matches(self, reading: Reading, token: Token, trigger: Trigger, place: str, word: str) -> bool:
        """Tell whether the phrase at a place of the trigger is the word, or denotes the @Kind."""
        if place == "anywhere":
            return any(
                _word_matches(reading, other, word) for other in reading.sentence_tokens(token) if other != token
            )
        there = self.places.at(place, token, trigger.pos)
        if word.startswith("@"):  # "the registration of the activity of its division"
            there = [*there, *(part for other in there if other.pos_ == "NOUN" for part in prepositional(other, "of"))]
        return any(_word_matches(reading, other, word) for other in there)


def _word_matches(reading: Reading, token: Token, word: str) -> bool:
    if not word.startswith("@"):
        return _lemma_matches(token, word)
    name = word[1:]
    kind = Kind(name) if name in frozenset(Kind) else ValueKind(name)
    if kind in NUMERIC or kind is ValueKind.PERIOD:
        return denote(reading, token, (kind,)) is not None
    cluster = reading.cluster_at(token)
    if cluster is None:
        return False
    return cluster.kind is kind or (cluster.kind is Kind.THING and cluster.named and kind is Kind.ORGANIZATION)


def _lemma_matches(token: Token, word: str) -> bool:
    words = word.lower().split()
    if len(words) == 1:
        return word.lower() in (token.lemma_.lower(), token.lower_)
    run = [other.lemma_.lower() for other in token.doc[phrase_start(token) : token.i + 1]]
    lower = [other.lower_ for other in token.doc[phrase_start(token) : token.i + 1]]
    return _contains(run, words) or _contains(lower, words)


def _contains(run: list[str], words: list[str]) -> bool:
    return any(run[at : at + len(words)] == words for at in range(len(run) - len(words) + 1))


def _parts(word: str) -> list[str]:
    """Return an entry's words as the tokenizer cuts them: "mass-produce" in three."""
    return [part for part in re.split(r"\s+|(-)", word.lower()) if part]


def _head_word(word: str, pos: str) -> str:
    """Return the word under which an entry is looked up: the verb of "take over", the last of "joint venture" and "mass-produce"."""
    parts = _parts(word)
    return parts[0] if pos == "verb" and "-" not in parts else parts[-1]


def _extent(token: Token, word: str, pos: str) -> tuple[int, int] | None:
    """Return the tokens that an entry covers at its head word, or None if the rest of it is not there."""
    parts = _parts(word)
    if len(parts) == 1:
        return token.i, token.i + 1
    if pos == "verb" and "-" not in parts:
        return _verb_extent(token, parts[1:])
    start = token.i - len(parts) + 1
    if start < 0:
        return None
    fits = all(part in (other.lower_, other.lemma_.lower()) for part, other in zip(parts, token.doc[start : token.i + 1], strict=True))
    return (start, token.i + 1) if fits else None


def _verb_extent(verb: Token, rest: list[str]) -> tuple[int, int] | None:
    """Match particles and fixed words after a verb: "take over" also in "took it over"."""
    after = verb.doc[verb.i + 1 : verb.i + 1 + len(rest)]
    if [token.lower_ for token in after] == rest or [token.lemma_.lower() for token in after] == rest:
        return verb.i, verb.i + 1 + len(rest)
    particles = [child for child in children(verb, "prt") if child.lower_ == rest[0]]
    return (verb.i, verb.i + 1) if len(rest) == 1 and particles else None


def _part_of_name(reading: Reading, token: Token) -> bool:
    """Tell whether the word is part of a longer name. A name of one word may be a trigger after all: "IPO"."""
    mention = reading.mentions.get(token.i)
    return mention is not None and mention.form is Form.NAME and mention.end - mention.start > 1
