"""The conditions of a frame trigger: what must, or must not, stand at a place of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.denotation import NUMERIC, denote
from kg.extract.mentions import phrase_start
from kg.extract.places import Places
from kg.extract.reading import Reading
from kg.extract.tree import prepositional
from kg.frames import Trigger
from kg.model import Kind, ValueKind

ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Condition:
    """Words and kinds, one of which stands at a place. Words are lemmas or forms in lower case."""

    place: str
    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    kinds: tuple[Kind | ValueKind, ...]

    def holds(self, surroundings: Surroundings) -> bool:
        """Tell whether any phrase at the place is one of the words or denotes one of the kinds."""
        tokens = surroundings.at(self.place)
        if any(token.lemma_.lower() in self.words or token.lower_ in self.words for token in tokens):
            return True
        if self.phrases and any(_has_phrase(token, self.phrases) for token in tokens):
            return True
        return bool(self.kinds) and any(
            _is_kind(surroundings.reading, token, kind)
            for token in surroundings.parts_at(self.place)
            for kind in self.kinds
        )


@dataclass(slots=True)
class Surroundings:
    """A trigger word in its sentence; remembers what stands at each place, as many conditions ask."""

    reading: Reading
    places: Places
    token: Token
    pos: str
    _at: dict[str, Sequence[Token]] = field(default_factory=dict)
    _parts: dict[str, Sequence[Token]] = field(default_factory=dict)

    def at(self, place: str) -> Sequence[Token]:
        """Return the tokens at a place."""
        if place not in self._at:
            self._at[place] = self._find(place)
        return self._at[place]

    def parts_at(self, place: str) -> Sequence[Token]:
        """Return the tokens at a place and those they are parts of: "registration of the activity of its division"."""
        if place not in self._parts:
            there = self.at(place)
            inner = [part for token in there if token.pos_ == "NOUN" for part in prepositional(token, "of")]
            self._parts[place] = there if place == ANYWHERE else [*there, *inner]
        return self._parts[place]

    def _find(self, place: str) -> Sequence[Token]:
        if place == ANYWHERE:
            return [token for token in self.reading.sentence_tokens(self.token) if token != self.token]
        return self.places.at(place, self.token, self.pos)


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions of a trigger."""

    where: tuple[Condition, ...]
    unless: tuple[Condition, ...]

    def hold(self, surroundings: Surroundings) -> bool:
        """Tell whether every `where` holds and no `unless` does."""
        required = all(condition.holds(surroundings) for condition in self.where)
        return required and not any(condition.holds(surroundings) for condition in self.unless)


def compile_conditions(trigger: Trigger) -> Conditions:
    """Return a trigger's conditions, sorted into what can be looked up at once."""
    where = tuple(_condition(place, words) for place, words in trigger.where.items())
    return Conditions(where, tuple(_condition(place, words) for place, words in trigger.unless.items()))


def _condition(place: str, entries: Iterable[str]) -> Condition:
    words = [entry.lower().split() for entry in entries if not entry.startswith("@")]
    return Condition(
        place=place,
        words=frozenset(word[0] for word in words if len(word) == 1),
        phrases=tuple(tuple(word) for word in words if len(word) > 1),
        kinds=tuple(_kind(entry[1:]) for entry in entries if entry.startswith("@")),
    )


def _kind(name: str) -> Kind | ValueKind:
    return Kind(name) if name in frozenset(Kind) else ValueKind(name)


def _has_phrase(token: Token, phrases: Sequence[tuple[str, ...]]) -> bool:
    run = token.doc[phrase_start(token) : token.i + 1]
    forms = ([other.lemma_.lower() for other in run], [other.lower_ for other in run])
    return any(_contains(form, phrase) for form in forms for phrase in phrases)


def _contains(run: Sequence[str], words: tuple[str, ...]) -> bool:
    return any(tuple(run[at : at + len(words)]) == words for at in range(len(run) - len(words) + 1))


def _is_kind(reading: Reading, token: Token, kind: Kind | ValueKind) -> bool:
    if kind in NUMERIC or kind is ValueKind.PERIOD:
        return denote(reading, token, (kind,)) is not None
    cluster = reading.cluster_at(token)
    if cluster is None:
        return False
    return cluster.kind is kind or (cluster.kind is Kind.THING and cluster.named and kind is Kind.ORGANIZATION)
