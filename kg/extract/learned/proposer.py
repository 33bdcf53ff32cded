"""Propose what the learned model suspects: its triggers, and fillers snapped to what the words denote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.denotation import Denotation
from kg.extract.learned.opinion import Fillers, Opinion, Suspect
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading
from kg.extract.wording import denote_each
from kg.frames import Frame
from kg.ontology import Ontology, Role

RULE = "model"
LEAST_TRIGGER = 0.2  # less likely triggers are not worth scoring
LEAST_FILLER = 0.15


class LearnedProposer:
    """Proposes an event for each run of words that the model takes for its trigger.

    `directions` tells of which words say up and which say down.
    """

    def __init__(self, ontology: Ontology, directions: Mapping[str, str]) -> None:
        self.ontology = ontology
        self.directions = directions

    def propose(self, reading: Reading) -> Iterable[Proposal]:
        """Yield a proposal for every suspect of a type that the ontology has."""
        opinion = reading.opinion
        if opinion is None:
            return
        for suspect in opinion.suspects(LEAST_TRIGGER):
            if suspect.type in self.ontology.types:
                yield self._proposal(reading, opinion, suspect)

    def _proposal(self, reading: Reading, opinion: Opinion, suspect: Suspect) -> Proposal:
        fillers = opinion.fillers(suspect.type, (suspect.start, suspect.end))
        return Proposal(
            type=suspect.type,
            token=reading.doc[suspect.start : suspect.end].root,
            start=suspect.start,
            end=suspect.end,
            candidates=tuple(self._candidates(reading, fillers, suspect.type)) if fillers else (),
            score=0.0,
            rule=RULE,
            direction=self._direction(reading, suspect),
            fillers=fillers,
        )

    def _direction(self, reading: Reading, suspect: Suspect) -> str | None:
        lemmas = (token.lemma_.lower() for token in reading.doc[suspect.start : suspect.end])
        return next((self.directions[lemma] for lemma in lemmas if lemma in self.directions), None)

    def _candidates(self, reading: Reading, fillers: Fillers, kind: str) -> Iterator[Candidate]:
        for role in self.ontology.types[kind].roles:
            for what in _denoted(reading, fillers, role):
                yield Candidate(role.id, what, 0.0)


def directions_of(frames: Sequence[Frame]) -> Mapping[str, str]:
    """Return which way the words of the frames' triggers point: "fall" down, "rise" up."""
    pointing = [trigger for frame in frames for trigger in frame.triggers if trigger.direction]
    return {word: trigger.direction for trigger in pointing for word in trigger.words if trigger.direction}


def _denoted(reading: Reading, fillers: Fillers, role: Role) -> Iterator[Denotation]:
    """Yield what the likely words of a role denote, each thing once."""
    seen: set[tuple[int, str | None]] = set()
    for start, end in fillers.spans(role.id, LEAST_FILLER):
        for what in denote_each(reading, start, end, role.kinds):
            key = what.token, what.cluster.key if what.cluster else None
            if key not in seen:
                seen.add(key)
                yield what


def with_chances(reading: Reading, proposal: Proposal) -> Proposal:
    """Return a proposal with what the model thinks of it and of its fillers; None where it has no opinion."""
    opinion = reading.opinion
    if opinion is None or not opinion.knows(proposal.type):
        return proposal
    trigger = (proposal.start, proposal.end)
    fillers = proposal.fillers or opinion.fillers(proposal.type, trigger)
    if fillers is None:
        return proposal
    judged = tuple(replace(c, chance=fillers.chance(c.role, reading.tokens(c.what.span))) for c in proposal.candidates)
    return replace(proposal, candidates=judged, chance=opinion.chance(proposal.type, trigger), fillers=fillers)
