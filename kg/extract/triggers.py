"""Find the words that announce an event, as the frames list them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.extract.conditions import Conditions, Surroundings, compile_conditions
from kg.extract.mentions import Form
from kg.extract.places import Places
from kg.extract.reading import Reading
from kg.extract.syntax import VERBAL
from kg.extract.tree import children
from kg.frames import Frame, Trigger

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
        self._by_head: dict[str, list[tuple[str, Trigger, Conditions]]] = defaultdict(list)
        for trigger in (trigger for frame in frames for trigger in frame.triggers):
            conditions = compile_conditions(trigger)
            for word in trigger.words:
                self._by_head[_head_word(word, trigger.pos)].append((word, trigger, conditions))

    def find(self, reading: Reading) -> Iterable[Hit]:
        """Yield every hit whose conditions hold, in the order of the text."""
        for token in reading.doc:
            rows = self._by_head.get(token.lemma_.lower()) or self._by_head.get(token.lower_)
            if rows and not _part_of_name(reading, token):
                yield from self._hits(reading, token, rows)

    def _hits(self, reading: Reading, token: Token, rows: Sequence[tuple[str, Trigger, Conditions]]) -> Iterable[Hit]:
        around: dict[tuple[int, str], Surroundings] = {}
        for word, trigger, conditions in rows:
            extent = _extent(token, word, trigger.pos)
            if extent is None:
                continue
            head = reading.doc[extent[0] : extent[1]].root if "-" in word else token
            if head.pos_ not in PARTS[trigger.pos]:
                continue
            key = (head.i, trigger.pos)
            if conditions.hold(around.setdefault(key, Surroundings(reading, self.places, head, trigger.pos))):
                yield Hit(trigger, head, *extent, word)


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Return an entry's words as the tokenizer cuts them: "mass-produce" in three."""
    return tuple(part for part in re.split(r"\s+|(-)", word.lower()) if part)


def _head_word(word: str, pos: str) -> str:
    """Return the word to look an entry up by: the verb of "take over", the last of "joint venture", "mass-produce"."""
    parts = _parts(word)
    return parts[0] if pos == "verb" and "-" not in parts else parts[-1]


def _extent(token: Token, word: str, pos: str) -> tuple[int, int] | None:
    """Return the tokens that an entry covers at its head word, or None if the rest of it is not there."""
    parts = _parts(word)
    if len(parts) == 1:
        return token.i, token.i + 1
    if pos == "verb" and "-" not in parts:
        return _verb_extent(token, list(parts[1:]))
    start = token.i - len(parts) + 1
    if start < 0:
        return None
    fits = all(
        part in (other.lower_, other.lemma_.lower())
        for part, other in zip(parts, token.doc[start : token.i + 1], strict=True)
    )
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
