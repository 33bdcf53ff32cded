"""Recognise a name that the article has used before, in full, shorter or as initials."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.clusters import Cluster
from kg.extract.lexicon import Lexicon
from kg.extract.namekeys import base_name, extends, is_acronym
from kg.model import Kind

APART = frozenset({Kind.PERSON, Kind.PLACE})  # nothing is short for these, nor they for anything else
FIRMS = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT, Kind.UNIT, Kind.FACILITY})


@dataclass(slots=True)
class _Names:
    """A cluster with its names as written and as compared."""

    cluster: Cluster
    written: dict[str, None] = field(default_factory=dict)  # as an ordered set
    bases: dict[str, None] = field(default_factory=dict)


class Namesakes:
    """The names met so far, by what they can be recognised by."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._by_base: dict[str, Cluster] = {}
        self._names: dict[str, _Names] = {}  # by the cluster's key, in the order of first mention

    def add(self, text: str, cluster: Cluster) -> None:
        """Remember a name of a cluster."""
        base = base_name(text)
        self._by_base.setdefault(base, cluster)
        names = self._names.setdefault(cluster.key, _Names(cluster))
        names.written[text] = None
        names.bases[base] = None

    def find(self, text: str, kind: Kind) -> Cluster | None:
        """Return the cluster that already has this name, a longer form of it, or its acronym."""
        base = base_name(text)
        if same := self._by_base.get(base):
            return same
        if kind is Kind.PERSON:
            return self._same_person(base)
        return None if kind is Kind.PLACE else self._variant(text, base, kind)

    def _same_person(self, base: str) -> Cluster | None:
        words = base.split()
        for names in reversed(self._names.values()):
            if names.cluster.kind is Kind.PERSON and any(_person_variant(words, name.split()) for name in names.bases):
                return names.cluster
        return None

    def _variant(self, text: str, base: str, kind: Kind) -> Cluster | None:
        fitting = [names for names in self._names.values() if _can_be_one(names.cluster.kind, kind)]
        for names in fitting:
            if any(is_acronym(text, name) or is_acronym(name, text) for name in names.written):
                return names.cluster
        longer = [names for names in fitting if any(self._shortens(base, name) for name in names.bases)]
        found = longer or [names for names in fitting if any(self._completes(base, name) for name in names.bases)]
        return found[0].cluster if len(found) == 1 else None

    def _shortens(self, base: str, long: str) -> bool:
        """Tell whether a name that comes after a longer one can be short for it: "Adler Research", "Adler"."""
        return extends(base, long) and self.lexicon.parts.isdisjoint(long[len(base) :].split())

    def _completes(self, base: str, short: str) -> bool:
        """Tell whether a longer name only adds words for a kind of organisation: "Adler", "Adler Motor"."""
        rest = base[len(short) :].split() if extends(short, base) else []
        return bool(rest) and all(map(self._says_kind, rest))

    def _says_kind(self, word: str) -> bool:
        word = word.strip(",.")
        known = word.title() in self.lexicon.name_words or self.lexicon.noun_kinds.get(word) is Kind.ORGANIZATION
        return known and word not in self.lexicon.parts


def _can_be_one(kind: Kind, other: Kind) -> bool:
    """Tell whether names of two kinds can differ and still mean one thing: no person, place, or a firm's product."""
    if {kind, other} & APART:
        return False
    return kind is other or Kind.THING in (kind, other) or {kind, other} <= FIRMS


def _person_variant(words: list[str], other: list[str]) -> bool:
    """Tell whether one name ends in the other: a surname and a full name."""
    return bool(words and other) and (words == other[-len(words) :] or other == words[-len(other) :])
