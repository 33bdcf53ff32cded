"""Join what several proposers say of one trigger, and weigh its fillers by all that speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.learned.proposer import RULE, with_chances
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading


def join(reading: Reading, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return one proposal for each trigger and type of a frame, and those of the model for which no frame stands.

    A frame's proposal takes over the fillers that the model finds for the same trigger.
    """
    ordered = list(proposals)
    learned = [proposal for proposal in ordered if proposal.rule == RULE]
    others = [proposal for proposal in ordered if proposal.rule != RULE]
    joined = [_joined(proposal, [same for same in learned if _same_trigger(proposal, same)]) for proposal in others]
    alone = [same for same in learned if not any(_same_trigger(proposal, same) for proposal in others)]
    return [with_chances(reading, proposal) for proposal in (*joined, *alone)]


def _same_trigger(one: Proposal, other: Proposal) -> bool:
    return one.type == other.type and one.start < other.end and other.start < one.end


def _joined(proposal: Proposal, learned: Sequence[Proposal]) -> Proposal:
    known = {_filler(candidate) for candidate in proposal.candidates}
    new: dict[tuple[str, object], Candidate] = {}
    for candidate in (candidate for other in learned for candidate in other.candidates):
        if _filler(candidate) not in known:
            new.setdefault(_filler(candidate), candidate)
    return replace(proposal, candidates=(*proposal.candidates, *new.values()))


def _filler(candidate: Candidate) -> tuple[str, object]:
    cluster = candidate.what.cluster
    return candidate.role, cluster.key if cluster else candidate.what.token
