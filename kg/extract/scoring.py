"""Tell how likely a proposal is an event of its type, and a candidate its filler: visible, weighted sums of features.

The weights are learned from annotated articles by `training/fit_scores.py` and lie in `ontology/scores.json`. Features
that they do not know, such as the triggers of a user's own frames, weigh nothing; the frame's own score still counts.
Where a learned model has an opinion, a second sum adds it to what the frames say; the frames' sum alone decides about
types that the model does not know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from kg.errors import OntologyError
from kg.extract.proposals import Candidate, Ground, Proposal, actor_role
from kg.extract.reading import Reading
from kg.model import Kind, Status
from kg.ontology import EventType

SCORES = "scores.json"
MAX_FILLERS = 4  # more tell no more
EARLY_SENTENCES = 3  # the news stands first
PARTS = ("frames", "events", "fillers", "statuses", "speakers", "times")
SMALLEST_CHANCE = 0.002
FRAME = "frame:"

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature, and the bias."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely it is, between 0 and 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return (1 + math.tanh(total / 2)) / 2  # the logistic function, without its overflow


@dataclass(frozen=True, slots=True)
class Scores:
    """What each kind of decision rests on: `frames` alone; with a learned model, all the others."""

    frames: Logistic = Logistic()
    events: Logistic = Logistic()
    fillers: Logistic = Logistic()
    statuses: Logistic = Logistic()
    speakers: Logistic = Logistic()
    times: Logistic = Logistic()

    def event(
        self, reading: Reading, proposal: Proposal, chosen: Sequence[Candidate], event_type: EventType, status: Status
    ) -> float:
        """Return how likely a proposal with its fillers is an event."""
        alone = self.frames.probability(frame_features(reading, proposal, chosen, event_type, status))
        if proposal.chance is None:
            return alone
        return self.events.probability(event_features(reading, proposal, chosen, event_type, status, alone))

    def filler(self, proposal: Proposal, candidate: Candidate) -> float:
        """Return how likely a candidate fills its role; its proposer's score where no model has an opinion."""
        if candidate.chance is None:
            return candidate.score
        return self.fillers.probability(filler_features(proposal, candidate))


def load_scores(folders: Sequence[Path]) -> Scores:
    """Read the weights from the last folder that has some. Raises `OntologyError` if none has, or they are faulty."""
    paths = [folder / SCORES for folder in folders if (folder / SCORES).is_file()]
    if not paths:
        raise OntologyError(SCORES, "no weights were found", "install the package again")
    try:
        data = json.loads(paths[-1].read_text(encoding="utf-8"))
        return Scores(*(_logistic(data[name]) for name in PARTS))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise OntologyError(
            str(paths[-1]), f"faulty weights ({error})", "train them again: training/README.md"
        ) from error


def _logistic(data: Any) -> Logistic:
    return Logistic(_finite(data["bias"]), {name: _finite(weight) for name, weight in data["weights"].items()})


def _finite(number: Any) -> float:
    if not math.isfinite(found := float(number)):
        raise ValueError(f"{number} is no weight")
    return found


def logit(chance: float) -> float:
    """Return the log of the odds, within bounds."""
    kept = min(max(chance, SMALLEST_CHANCE), 1 - SMALLEST_CHANCE)
    return math.log(kept / (1 - kept))


def event_features(
    reading: Reading,
    proposal: Proposal,
    chosen: Sequence[Candidate],
    event_type: EventType,
    status: Status,
    alone: float,
) -> Features:
    """Return what speaks for and against an event by name, where `alone` is how likely it is by the frames."""
    names = [
        f"by={_source(proposal)}",
        f"pos={proposal.token.pos_}",
        f"group={event_type.group}",
        f"early={reading.sentence_number(proposal.token) < EARLY_SENTENCES}",
        f"status={status.value}",
        f"fillers={min(len(chosen), MAX_FILLERS)}",
        *_actor_features(event_type, chosen),
    ]
    if reading.in_title(proposal.token):
        names.append("title")
    by_frame = proposal.rule.startswith(FRAME)
    return dict.fromkeys(names, 1.0) | {
        "model": logit(proposal.chance or 0.0),
        "any": logit(reading.opinion.any_chance((proposal.start, proposal.end)) if reading.opinion else 0.0),
        "frames": logit(alone) if by_frame else 0.0,
        "shape": 0.0 if by_frame else logit(alone),
        "required": _share(event_type.required, chosen),
        "surest": max((c.score for c in chosen if c.role in event_type.required), default=0.0),
    }


def filler_features(proposal: Proposal, candidate: Candidate) -> Features:
    """Return what speaks for and against a filler by name."""
    what = candidate.what
    names = [f"role={candidate.role}", f"kind={what.kind.value}", f"by={_source(proposal)}"]
    if candidate.score and isinstance(what.kind, Kind):
        names.append("grammar=entity")
    elif candidate.score:
        names.append("grammar=value")
    if what.cluster is not None:
        names.append(f"known={what.cluster.identified}")
    return dict.fromkeys(names, 1.0) | {
        "model": logit(candidate.chance or 0.0),
        "score": candidate.score,
        "fit": what.score,
    }


def _source(proposal: Proposal) -> str:
    return "frame" if proposal.rule.startswith(FRAME) else proposal.rule


def frame_features(
    reading: Reading, proposal: Proposal, chosen: Sequence[Candidate], event_type: EventType, status: Status
) -> Features:
    """Return what speaks for and against an event by name, apart from any learned model."""
    token = proposal.token
    named = [c for c in chosen if c.what.cluster and c.what.cluster.identified]
    names = [
        f"type={proposal.type}",
        f"rule={proposal.rule}",
        f"pos={token.pos_}",
        f"dep={token.dep_}",
        f"type={proposal.type},pos={token.pos_}",
        f"status={status.value}",
        f"named={min(len(named), MAX_FILLERS)}",
        f"fillers={min(len(chosen), MAX_FILLERS)}",
        f"determiner={_determiner(token)}",
        f"early={reading.sentence_number(token) < EARLY_SENTENCES}",
        *_actor_features(event_type, chosen),
        *(f"type={proposal.type},role={role}" for role in sorted({c.role for c in chosen})),
    ]
    if reading.in_title(token):
        names.append("title")
    return dict.fromkeys(names, 1.0) | {"frame": proposal.score, "required": _share(event_type.required, chosen)}


def _share(required: Iterable[str], chosen: Sequence[Candidate]) -> float:
    needed = set(required)
    return len(needed & {candidate.role for candidate in chosen}) / len(needed) if needed else 1.0


def _actor_features(event_type: EventType, chosen: Sequence[Candidate]) -> list[str]:
    """Say whether the actor stands there, follows from its things, or is only who the article is about."""
    actor = actor_role(event_type)
    ways = {candidate.ground for candidate in chosen if actor and candidate.role == actor.id}
    best = next((way for way in Ground if way in ways), None)
    return [f"actor={best.value if best else 'none'}"]


def _determiner(token: Token) -> str:
    """Return the article or possessive before a noun: "the acquisition" is often told elsewhere."""
    for child in token.lefts:
        if child.dep_ in ("det", "poss"):
            return child.lower_ if child.dep_ == "det" else "poss"
    return ""
