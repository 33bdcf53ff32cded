"""What a proposer hands to the decoder: a trigger with an event type, and scored candidates for its roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Token

from kg.extract.denotation import NUMERIC, Denotation, denote, value_denotation
from kg.extract.reading import Reading
from kg.extract.syntax import Places, instances, prepositional, with_conjuncts
from kg.extract.triggers import Hit, TriggerFinder
from kg.model import Kind, Status, ValueKind
from kg.ontology import Ontology, Role

ANYWHERE = "anywhere"
ANYWHERE_SCORE = 0.6
INNER_SCORE = 0.9
LIKELY_KINDS = 2  # of the kinds a role takes, those looked for beyond the grammar's places
LATER_PLACE = 0.95  # each further place in a frame's list is a little less sure


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may fill a role."""

    role: str
    what: Denotation
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that a proposer suggests. `start` and `end` are the trigger's tokens."""

    type: str
    token: Token
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    score: float
    rule: str
    status: Status | None = None
    direction: str | None = None


class Proposer(Protocol):
    """Anything that suggests events for a reading: frames, a learned model."""

    def propose(self, reading: Reading) -> Iterable[Proposal]:
        """Yield proposals in the order of the text."""
        ...


class FrameProposer:
    """Proposes what the frames say."""

    def __init__(self, ontology: Ontology, finder: TriggerFinder) -> None:
        self.ontology = ontology
        self.finder = finder

    @property
    def places(self) -> Places:
        """Return the grammar shared with the trigger finder."""
        return self.finder.places

    def propose(self, reading: Reading) -> Iterable[Proposal]:
        """Yield a proposal for every trigger of every frame whose conditions hold."""
        for hit in self.finder.find(reading):
            trigger = hit.trigger
            yield Proposal(
                type=trigger.type,
                token=hit.token,
                start=hit.start,
                end=hit.end,
                candidates=tuple(self._candidates(reading, hit)),
                score=trigger.score,
                rule=f"frame:{trigger.type}/{trigger.pos}/{hit.word.replace(' ', '-')}",
                status=trigger.status,
                direction=trigger.direction,
            )

    def _candidates(self, reading: Reading, hit: Hit) -> Iterable[Candidate]:
        roles = {role.id: role for role in self.ontology.types[hit.trigger.type].roles}
        for name, places in hit.trigger.roles.items():
            yield from self._role_candidates(reading, hit, roles[name], places)
        if "place" not in hit.trigger.roles and "place" in roles:
            yield from self._role_candidates(reading, hit, roles["place"], ("in", "at", "near"))

    def _role_candidates(self, reading: Reading, hit: Hit, role: Role, places: Sequence[str]) -> Iterable[Candidate]:
        """Yield the fillers at the first place that has any."""
        score = 1.0
        for place in places:
            if place == ANYWHERE:
                found = list(_anywhere(reading, hit, role.kinds))[:1]
                score = ANYWHERE_SCORE
            else:
                found = self._denotations(reading, hit, place, role.kinds)
            if found:
                yield from (Candidate(role.id, what, score * what.score) for what in found)
                return
            score *= LATER_PLACE

    def _denotations(
        self, reading: Reading, hit: Hit, place: str, kinds: Sequence[Kind | ValueKind]
    ) -> list[Denotation]:
        tokens = [
            token for token in self.places.at(place, hit.token) if place == "self" or not hit.start <= token.i < hit.end
        ]
        found = [what for token in tokens for what in _denoted(reading, token, kinds)]
        return _of_one_sort(found, kinds)


def _denoted(reading: Reading, token: Token, kinds: Sequence[Kind | ValueKind]) -> list[Denotation]:
    """Return what a token denotes: the names it introduces, itself, or what it is a part of ("most of its shares")."""
    named = [denote(reading, name, kinds) for name in instances(token)]
    found = [what for what in named if what] or [what for what in [denote(reading, token, kinds)] if what]
    if found or token.pos_ != "NOUN":
        return found
    inner = [denote(reading, part, kinds) for part in with_conjuncts(prepositional(token, "of"))]
    return [replace(what, score=what.score * INNER_SCORE) for what in inner if what]


def _of_one_sort(found: list[Denotation], kinds: Sequence[Kind | ValueKind]) -> list[Denotation]:
    """Drop coordinated phrases of a lesser kind beside one of the kind that the role asks for first."""
    if any(what.kind == kinds[0] for what in found):
        return [what for what in found if what.kind != Kind.THING or kinds[0] == Kind.THING]
    return found


def _anywhere(reading: Reading, hit: Hit, kinds: Sequence[Kind | ValueKind]) -> Iterable[Denotation]:
    """Yield values and named things of the kinds in the trigger's sentence, those in its own clause first, then by distance."""
    clause = {token.i for token in _clause(hit.token).subtree}
    tokens = sorted(
        reading.sentence_tokens(hit.token),
        key=lambda token: (token.i not in clause, abs(token.i - hit.token.i), token.i),
    )
    numeric = [kind for kind in kinds if kind in NUMERIC][:LIKELY_KINDS]
    for token in tokens:
        found = reading.values.get(token.i)
        if found and found.item.value.kind in numeric:
            yield value_denotation(reading, found)
            continue
        others = [
            kind for kind in kinds if kind is ValueKind.PERIOD or (isinstance(kind, Kind) and kind is not Kind.THING)
        ]
        what = denote(reading, token, others) if others and not hit.start <= token.i < hit.end else None
        if what and (what.value or (what.cluster and what.cluster.kind is what.kind)):
            yield what


def _clause(token: Token) -> Token:
    """Return the verb of the token's clause, or the token at the sentence's root."""
    while token.dep_ not in ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis") and token.head != token:
        token = token.head
    return token
