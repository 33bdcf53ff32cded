"""Propose what the frames say: their triggers, and the fillers at the places that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from kg.extract.denotation import NUMERIC, Denotation, denote, value_denotation
from kg.extract.places import Places
from kg.extract.proposals import Candidate, Proposal, actor_role
from kg.extract.reading import Reading
from kg.extract.syntax import instances, with_conjuncts
from kg.extract.tree import children, prepositional
from kg.extract.triggers import Hit, TriggerFinder
from kg.model import Kind, ValueKind
from kg.ontology import Ontology, Role

ANYWHERE = "anywhere"
TOGETHER = " + "  # "subject + with": the fillers of both places
ANYWHERE_SCORE = 0.6
LATER_PLACE = 0.95  # each further place in a frame's list is a little less sure
INNER_SCORE = 0.9
UNLISTED = 0.8  # a role that the frame does not list yields to those that it does
LIKELY_KINDS = 2  # of the kinds a role takes, those looked for beyond the grammar's places
PLACE_PREPOSITIONS = ("in", "at", "near")

Kinds = Sequence[Kind | ValueKind]


@dataclass(slots=True)
class _Taken:
    """What the roles of one proposal have used up."""

    tokens: set[int] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)

    def add(self, candidates: Iterable[Candidate]) -> None:
        for candidate in candidates:
            self.tokens.add(candidate.what.token)
            if candidate.what.cluster:
                self.entities.add(candidate.what.cluster.key)

    def has(self, what: Denotation) -> bool:
        return what.token in self.tokens or (what.cluster is not None and what.cluster.key in self.entities)


class FrameProposer:
    """Proposes an event for each frame trigger whose conditions hold."""

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

    def _candidates(self, reading: Reading, hit: Hit) -> list[Candidate]:
        """Fill the roles by grammar first; what stands anywhere comes after, and takes nothing twice."""
        roles = {role.id: role for role in self.ontology.types[hit.trigger.type].roles}
        wanted = self._wanted(hit, roles)
        taken = _Taken()
        found: list[Candidate] = []
        for name, places in wanted.items():
            candidates = self._by_grammar(reading, hit, roles[name], places)
            if name not in hit.trigger.roles:
                candidates = [replace(candidate, score=candidate.score * UNLISTED) for candidate in candidates]
            taken.add(candidates)
            found += candidates
        found += self._acting_facility(reading, hit, roles, wanted, found)
        found += self._place_in_clause(reading, hit, roles, found)
        taken.add(found)
        for name, places in wanted.items():
            if ANYWHERE in places and not any(candidate.role == name for candidate in found):
                candidates = _by_nearness(reading, hit, roles[name], taken)
                taken.add(candidates)
                found += candidates
        return found

    def _wanted(self, hit: Hit, roles: Mapping[str, Role]) -> dict[str, Sequence[str]]:
        wanted: dict[str, Sequence[str]] = dict(hit.trigger.roles)
        if "place" in roles:
            wanted.setdefault("place", PLACE_PREPOSITIONS)
        return wanted

    def _acting_facility(
        self,
        reading: Reading,
        hit: Hit,
        roles: Mapping[str, Role],
        wanted: Mapping[str, Sequence[str]],
        found: Sequence[Candidate],
    ) -> list[Candidate]:
        """Return the facility that stands where the actor is looked for: "the plant will start production"."""
        actor = actor_role(self.ontology.types[hit.trigger.type])
        filled = {candidate.role for candidate in found}
        if actor is None or "facility" not in roles or filled & {actor.id, "facility"}:
            return []
        there = (
            self._denotations(reading, hit, place, (Kind.FACILITY,))
            for place in wanted.get(actor.id, ())
            if place != ANYWHERE
        )
        return [Candidate("facility", what, what.score) for what in next((row for row in there if row), [])]

    def _place_in_clause(
        self, reading: Reading, hit: Hit, roles: Mapping[str, Role], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Return a named place after "in" or "at" that hangs somewhere below the trigger, outside other clauses."""
        if "place" not in roles or any(candidate.role == "place" for candidate in found):
            return []
        inside = {candidate.what.token for candidate in found}
        for token in hit.token.subtree:
            if token.dep_ == "pobj" and token.head.lower_ in PLACE_PREPOSITIONS and not _other_clause(token, hit.token):
                what = denote(reading, token, (Kind.PLACE,))
                if what and what.token not in inside and what.cluster and what.cluster.named:
                    return [Candidate("place", what, ANYWHERE_SCORE * what.score)]
        return []

    def _by_grammar(self, reading: Reading, hit: Hit, role: Role, places: Sequence[str]) -> list[Candidate]:
        """Return the fillers at the first place that has any."""
        score = 1.0
        for place in places:
            found = [] if place == ANYWHERE else self._denotations(reading, hit, place, role.kinds)
            if found:
                return [Candidate(role.id, what, score * what.score) for what in found]
            score *= LATER_PLACE
        return []

    def _denotations(self, reading: Reading, hit: Hit, place: str, kinds: Kinds) -> list[Denotation]:
        tokens = [
            token for single in place.split(TOGETHER) for token in self.places.at(single, hit.token, hit.trigger.pos)
        ]
        outside = [token for token in tokens if place == "self" or not hit.start <= token.i < hit.end]
        return _of_one_sort([what for token in outside for what in _denoted(reading, token, kinds)], kinds)


def _denoted(reading: Reading, token: Token, kinds: Kinds) -> list[Denotation]:
    """Return what a token denotes: the names it introduces, itself, or what it is part of.

    "rivals such as Rivian", "most of its shares", "Suzuki's output".
    """
    named = [denote(reading, name, kinds) for name in instances(token)] or _members(reading, token, kinds)
    found = [what for what in named if what] or [what for what in [denote(reading, token, kinds)] if what]
    vague = all(what.kind is Kind.THING for what in found) and Kind.THING is not kinds[0]
    if token.pos_ != "NOUN" or not vague:
        return found
    parts = with_conjuncts([*prepositional(token, "of"), *([] if found else children(token, "poss"))])
    inner = [what for part in parts if (what := denote(reading, part, kinds))]
    better = [
        replace(what, score=what.score * INNER_SCORE) for what in inner if not found or what.kind is not Kind.THING
    ]
    return better or found


def _members(reading: Reading, token: Token, kinds: Kinds) -> list[Denotation | None]:
    """Return the companies that "the two companies" stands for."""
    cluster, group = reading.cluster_at(token), denote(reading, token, kinds)
    if cluster is None or group is None:
        return []
    return [replace(group, kind=member.kind, cluster=member) for member in cluster.members if member.kind in kinds]


def _of_one_sort(found: list[Denotation], kinds: Kinds) -> list[Denotation]:
    """Drop coordinated phrases of a lesser kind beside one of the kind that the role asks for first."""
    if any(what.kind == kinds[0] for what in found):
        return [what for what in found if what.kind != Kind.THING or kinds[0] == Kind.THING]
    return found


def _by_nearness(reading: Reading, hit: Hit, role: Role, taken: _Taken) -> list[Candidate]:
    """Return the nearest phrase of the right kind that nothing else has taken."""
    for what in _anywhere(reading, hit, role.kinds):
        if not taken.has(what):
            return [Candidate(role.id, what, ANYWHERE_SCORE * what.score)]
    return []


def _anywhere(reading: Reading, hit: Hit, kinds: Kinds) -> Iterable[Denotation]:
    """Yield values and named things of the kinds in the trigger's sentence, its own clause first, then by distance."""
    clause = {token.i for token in _clause(hit.token).subtree}
    tokens = sorted(
        reading.sentence_tokens(hit.token),
        key=lambda token: (token.i not in clause, abs(token.i - hit.token.i), token.i),
    )
    for kind in [kind for kind in kinds if kind in NUMERIC][:LIKELY_KINDS]:
        yield from _numbers(reading, tokens, kind)
    others = [kind for kind in kinds if kind is ValueKind.PERIOD or (isinstance(kind, Kind) and kind is not Kind.THING)]
    for token in tokens:
        what = denote(reading, token, others) if others and not hit.start <= token.i < hit.end else None
        if what and (what.value or (what.cluster and what.cluster.kind is what.kind and what.cluster.identified)):
            yield what


def _numbers(reading: Reading, tokens: Iterable[Token], kind: Kind | ValueKind) -> list[Denotation]:
    """Return the numbers of a kind in the order of the tokens, prices of one share after those of the whole."""
    found = [number for token in tokens if (number := reading.values.get(token.i)) and number.item.value.kind == kind]
    found.sort(key=lambda number: number.item.value.per == "share")
    return [value_denotation(reading, number) for number in found]


def _other_clause(token: Token, trigger: Token) -> bool:
    """Tell whether a verb other than the trigger stands between it and the token."""
    for above in token.ancestors:
        if above == trigger:
            return False
        if above.pos_ in ("VERB", "AUX"):
            return True
    return True


def _clause(token: Token) -> Token:
    """Return the verb of the token's clause, or the token at the sentence's root."""
    while token.dep_ not in ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis") and token.head != token:
        token = token.head
    return token
