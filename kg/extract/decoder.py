"""Decide by the schema which proposals are events: what a type needs, what may fill it, one reading a trigger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.errors import UsageError
from kg.extract.attribution import find_sources
from kg.extract.bridging import bridge, note_belongings, topic_of
from kg.extract.choices import choose_sources, choose_status, choose_time
from kg.extract.clusters import Cluster
from kg.extract.cues import Judgement
from kg.extract.joining import join
from kg.extract.lexicon import Lexicon
from kg.extract.places import Places
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading
from kg.extract.scoring import Scores
from kg.extract.status import NO_MEANINGS, StatusJudge
from kg.extract.syntax import only_compared
from kg.extract.timelines import date_across
from kg.extract.times import TENSES, find_time, when_of
from kg.frames import Meanings
from kg.model import EventMention, Filler, Kind, Status, Value, ValueKind
from kg.ontology import EventType, Ontology

MIN_CONFIDENCE = 0.5  # event F1 is flat from 0.4 to 0.6; this lies in the middle
MIN_FILLER = 0.5
NOMINAL = ("NOUN", "PROPN")
KNOWN = frozenset({"the", "this", "that", "these", "those"})
PERIOD = "period"  # types with this role report figures, of which those of earlier periods are no events
DOUBTED = frozenset({Status.RUMOURED, Status.DENIED, Status.CANCELLED})
SINGLE_VALUE = frozenset(ValueKind) - {ValueKind.COUNT}


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal with the fillers chosen for it and what it is worth."""

    proposal: Proposal
    chosen: tuple[Candidate, ...]
    judgement: Judgement
    score: float


def checked_confidence(number: float) -> float:
    """Return a least confidence that can be asked for. Raises `UsageError` if it does not lie between 0 and 1."""
    if not 0 <= number <= 1:  # so written, it also refuses what is no number
        raise UsageError(f"min confidence {number}", "not between 0 and 1", f"the default is {MIN_CONFIDENCE}")
    return number


class Decoder:
    """Turns proposals into event mentions."""

    def __init__(
        self,
        ontology: Ontology,
        lexicon: Lexicon,
        places: Places,
        scores: Scores,
        meanings: Mapping[str, Meanings] = NO_MEANINGS,
        *,
        min_confidence: float = MIN_CONFIDENCE,
    ) -> None:
        self.min_confidence = checked_confidence(min_confidence)
        self.scores = scores
        self.ontology = ontology
        self.lexicon = lexicon
        self.places = places
        self.judge = StatusJudge(lexicon, meanings)

    def decode(self, reading: Reading, decisions: Iterable[Decision]) -> tuple[EventMention, ...]:
        """Return what is likely enough as event mentions, in the order of the text, at most one a trigger."""
        likely = [decision for decision in decisions if decision.score >= self.min_confidence]
        kept = _best_per_trigger(likely)
        told = [(decision.proposal.token, self._mention(reading, decision)) for decision in self._settle(kept)]
        return date_across(reading, told, self.lexicon, self.ontology)

    def decide(self, reading: Reading, proposals: Iterable[Proposal]) -> list[Decision]:
        """Return every proposal that has a needed role, with its fillers, its status and how likely it is."""
        selected = [(proposal, choose(self._weighed(proposal))) for proposal in join(reading, proposals)]
        for proposal, chosen in selected:
            note_belongings(self.ontology.types[proposal.type], chosen)
        topic = topic_of({cluster.key: cluster for cluster in reading.clusters.values()}.values())
        decisions = (self._decide(reading, proposal, chosen, topic) for proposal, chosen in selected)
        return [decision for decision in decisions if decision is not None]

    def _weighed(self, proposal: Proposal) -> list[Candidate]:
        """Return the candidates with how likely they fill their role, those that a learned model rejects left out."""
        scored = [replace(c, score=self.scores.filler(proposal, c)) for c in proposal.candidates]
        return [c for c in scored if c.chance is None or c.score >= MIN_FILLER]

    def _settle(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Give names of doubtful kind the kind that the surest event needs, and drop fillers that then do not fit."""
        fitting: dict[int, tuple[Candidate, ...]] = {}
        for number in sorted(range(len(decisions)), key=lambda number: -decisions[number].score):
            event_type = self.ontology.types[decisions[number].proposal.type]
            kinds = {role.id: role.kinds for role in event_type.roles}
            fitting[number] = tuple(c for c in decisions[number].chosen if _fits(c, kinds[c.role]))
        settled = [replace(decision, chosen=fitting[number]) for number, decision in enumerate(decisions)]
        return [d for d in settled if has_needed_role(self.ontology.types[d.proposal.type], d.chosen)]

    def _decide(
        self, reading: Reading, proposal: Proposal, selected: Sequence[Candidate], topic: Cluster | None
    ) -> Decision | None:
        event_type = self.ontology.types[proposal.type]
        chosen = bridge(reading, event_type, selected, topic)
        compared = PERIOD in event_type.role_names and only_compared(proposal.token)
        if compared or not has_needed_role(event_type, chosen):
            return None
        in_title = reading.in_title(proposal.token)
        judgement = self.judge.judge(proposal.token, proposal.type, given=proposal.status, in_title=in_title)
        if reading.opinion is not None and proposal.fillers is not None and not _is_plain(judgement, proposal.token):
            chances = reading.opinion.statuses(proposal.type, (proposal.start, proposal.end))
            judgement = choose_status(judgement, chances, self.scores)
        score = self.scores.event(reading, proposal, chosen, event_type, judgement.status)
        return Decision(proposal, chosen, judgement, score)

    def _mention(self, reading: Reading, decision: Decision) -> EventMention:
        proposal = decision.proposal
        judgement = decision.judgement
        period = next((c.what.token for c in decision.chosen if c.role == PERIOD), None)
        dated = find_time(reading, proposal.token, judgement.status, self.lexicon, period=period)
        dated = choose_time(reading, proposal, dated, judgement.status, self.scores)
        sources = [source for _, source in find_sources(reading, proposal.token, self.places, self.lexicon)]
        return EventMention(
            type=proposal.type,
            trigger=reading.span(proposal.start, proposal.end),
            sentence=reading.sentence(proposal.token),
            status=judgement.status,
            fillers=tuple(_filler(reading, candidate, proposal, judgement) for candidate in decision.chosen),
            rule=proposal.rule,
            confidence=round(decision.score, 3),
            cue=judgement.cue,
            said_by=choose_sources(reading, proposal, sources, self.lexicon, self.scores),
            when=dated.when if dated else None,
            dated_by_statement=dated is not None and dated.of_statement,
            in_headline=reading.in_title(proposal.token),
            definite=_is_definite(proposal.token),
        )


def _is_plain(judgement: Judgement, trigger: Token) -> bool:
    """Tell whether words leave no doubt of the status: the trigger's own form ("is building"), "denied", "alleging"."""
    return bool(judgement.cue) and (judgement.status in DOUBTED or trigger.text in judgement.cue.split())


def _is_definite(token: Token) -> bool:
    """Tell whether a noun is told as something known: "the acquisition", "this recall"."""
    return token.pos_ in NOMINAL and any(word.dep_ == "det" and word.lower_ in KNOWN for word in token.lefts)


def _fits(candidate: Candidate, kinds: Sequence[Kind | ValueKind]) -> bool:
    """Tell whether an entity is of a kind that the role takes; a name of doubtful kind becomes what was taken for."""
    cluster = candidate.what.cluster
    if cluster is None:
        return True
    if not cluster.settled and isinstance(candidate.what.kind, Kind):
        cluster.kind = candidate.what.kind
    cluster.settled = cluster.settled or cluster.kind in kinds
    return cluster.kind in kinds


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Pick the candidates that go together: a phrase and an entity fill one role each, a role takes a value a unit."""
    taken: dict[int, str] = {}
    entities: dict[str, str] = {}
    valued: set[tuple[object, ...]] = set()
    chosen = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.what.token, c.role)):
        what, role = candidate.what, candidate.role
        if what.token in taken or (what.cluster and what.cluster.key in entities):
            continue
        measure = _measure(candidate)
        if measure in valued and what.kind in SINGLE_VALUE:
            continue
        taken[what.token] = role
        if what.cluster:
            entities[what.cluster.key] = role
        if what.value:
            valued.add(measure)
        chosen.append(candidate)
    return tuple(sorted(chosen, key=lambda c: (c.role, c.what.token)))


def _measure(candidate: Candidate) -> tuple[object, ...]:
    """Return what a role takes one value of: "$6 billion (3.4 billion pounds)" are two."""
    value = candidate.what.value
    return (candidate.role, candidate.what.kind, value.currency, value.per) if value else (candidate.role,)


def has_needed_role(event_type: EventType, chosen: Sequence[Candidate]) -> bool:
    """Tell whether any of the roles that the type needs is filled."""
    return not {candidate.role for candidate in chosen}.isdisjoint(event_type.required)


def _best_per_trigger(decisions: Sequence[Decision]) -> list[Decision]:
    """Keep the best decision of those whose trigger words overlap, in the order of the text.

    Types that a learned model does not know come first: it has only other names for their words.
    """
    kept: list[Decision] = []
    taken: set[int] = set()
    announced = {(decision.proposal.token.i, decision.proposal.type) for decision in decisions}
    told = [decision for decision in decisions if not _told_by_governor(decision, announced)]
    for decision in sorted(told, key=_precedence):
        words = range(decision.proposal.start, decision.proposal.end)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(decision)
    return sorted(kept, key=lambda d: d.proposal.start)


def _precedence(decision: Decision) -> tuple[object, ...]:
    proposal = decision.proposal
    known = proposal.chance is not None
    return known, -decision.score, -len(decision.chosen), proposal.start - proposal.end, proposal.type


def _told_by_governor(decision: Decision, announced: Set[tuple[int, str]]) -> bool:
    """Tell whether the word is the object of a verb that announces the same: "suspend its dividend"."""
    token, type_ = decision.proposal.token, decision.proposal.type
    return token.dep_ in ("dobj", "nsubjpass") and (token.head.i, type_) in announced


def _filler(reading: Reading, candidate: Candidate, proposal: Proposal, judgement: Judgement) -> Filler:
    what = candidate.what
    value = finished_value(reading, candidate, proposal, judgement) if what.value else None
    return Filler(
        role=candidate.role,
        span=what.span,
        score=round(candidate.score, 3),
        entity=what.cluster.key if what.cluster else None,
        value=value,
    )


def finished_value(reading: Reading, candidate: Candidate, proposal: Proposal, judgement: Judgement) -> Value | None:
    """Give a change its direction and a period its dates."""
    value = candidate.what.value
    if value is None:
        return None
    if candidate.role == "change" and proposal.direction:
        return replace(value, direction=proposal.direction)
    if value.kind is ValueKind.PERIOD:
        when = when_of(reading, reading.times[candidate.what.token], TENSES.get(judgement.status, "past"))
        return replace(value, edtf=when.edtf) if when else replace(value, kind=ValueKind.PHRASE)
    return value
