"""The entities of one article while coreference is at work: clusters of mentions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.extract.mentions import Form, Mention
from kg.extract.namekeys import is_initials
from kg.model import Kind

ACTORS = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT})
OWNED = frozenset({Kind.FACILITY, Kind.UNIT, Kind.POST, Kind.ORGANIZATION})  # called after who has them


@dataclass(slots=True)
class Cluster:
    """Mentions of one thing, in the order of the text. Grows while the article is read."""

    key: str
    kind: Kind
    head: str  # lemma of the head noun of a nominal, empty for names
    owner: Cluster | None = None
    place: Cluster | None = None
    modifiers: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    members: tuple[Cluster, ...] = ()  # of "the two companies"
    settled: bool = False  # whether an event has decided its kind
    epithets: set[str] = field(default_factory=set)  # nouns the article calls it by: carmaker, airline

    @property
    def named(self) -> bool:
        """Tell whether any mention is a name."""
        return any(mention.form is Form.NAME for mention in self.mentions)

    @property
    def identified(self) -> bool:
        """Tell whether it has a name, or belongs to something that has."""
        return self.named or (self.owner is not None and self.owner.named)

    @property
    def names(self) -> list[str]:
        """Return its names, the most frequent first."""
        return [
            text
            for text, _ in Counter(mention.text for mention in self.mentions if mention.form is Form.NAME).most_common()
        ]

    @property
    def fullest_name(self) -> str:
        """Return its longest name; of a cluster that has one."""
        return clean_name(max(self.names, key=lambda name: (not is_initials(name), len(name.split()), len(name))))

    @property
    def label(self) -> str:
        """Return the fullest name; for a thing without one, a description that says whose and where it is."""
        text = self.fullest_name if self.named else self._description()
        if self.place is None or (self.named and self.kind is not Kind.PLACE):
            return text
        where = self.place.fullest_name if self.place.named else self.place.label
        return text if _within(where, text) else f"{text}, {where}"

    def _description(self) -> str:
        nominals = [mention.text for mention in self.mentions if mention.form is Form.NOMINAL]
        text = max(nominals, key=lambda text: (len(text.split()), -nominals.index(text))) if nominals else self.head
        return f"{self.owner.label} {text}" if self.owner and self._called_after(self.owner, text) else text

    def _called_after(self, owner: Cluster, text: str) -> bool:
        return self.kind in OWNED and not _within(owner.label, text)


def _within(name: str, text: str) -> bool:
    return name.casefold() in text.casefold()


def clean_name(text: str) -> str:
    """Return a name on one line, without a possessive ending."""
    return re.sub(r"[’']s?$", "", re.sub(r"\s+", " ", text)).strip(" ,;:")
