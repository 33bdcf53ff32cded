"""What a proposer hands to the decoder: a trigger with an event type, and scored candidates for its roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from spacy.tokens import Token

from kg.extract.denotation import Denotation
from kg.extract.learned.opinion import Fillers
from kg.extract.reading import Reading
from kg.model import Kind, Status
from kg.ontology import EventType, Role


class Ground(Enum):
    """How a filler was found: in words of its own, as what these imply, or as whom the article is about."""

    STATED = "stated"
    IMPLIED = "implied"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may fill a role.

    `score` is what the proposer gives it; where a learned model has an opinion, `chance` is that, and `Scores.filler`
    makes one probability of both.
    """

    role: str
    what: Denotation
    score: float
    chance: float | None = None
    ground: Ground = Ground.STATED


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that a proposer suggests. `start` and `end` are the trigger's tokens.

    `score` is what the frame says of its trigger, 0 without a frame; `chance` what a learned model says, None without
    one.
    """

    type: str
    token: Token
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    score: float
    rule: str
    status: Status | None = None
    direction: str | None = None
    chance: float | None = None
    fillers: Fillers | None = None


def actor_role(event_type: EventType) -> Role | None:
    """Return the role of the one who acts: the first needed one that a company can fill."""
    needed = (role for role in event_type.roles if role.id in event_type.required)
    return next((role for role in needed if Kind.ORGANIZATION in role.kinds), None)


class Proposer(Protocol):
    """Anything that suggests events for a reading: frames, a learned model."""

    def propose(self, reading: Reading) -> Iterable[Proposal]:
        """Yield proposals in the order of the text."""
        ...
