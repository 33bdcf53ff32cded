"""Tell how likely a proposal with its fillers is an event of its type: a visible, weighted sum of features.

The weights are learned from annotated articles by `training/fit_scores.py` and lie in `ontology/scores.json`. Features
that they do not know, such as the triggers of a user's own frames, weigh nothing; the frame's own score still counts.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from kg.errors import OntologyError
from kg.extract.bridging import BRIDGED_SCORE
from kg.extract.proposals import Candidate, Proposal, actor_role
from kg.extract.reading import Reading
from kg.model import Status
from kg.ontology import EventType

SCORES = "scores.json"
MAX_FILLERS = 4  # more tell no more
EARLY_SENTENCES = 3  # the news stands first

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Weights by feature, and the bias."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely the event is, between 0 and 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return (1 + math.tanh(total / 2)) / 2  # the logistic function, without its overflow


def load_scores(folders: Sequence[Path]) -> Scores:
    """Read the weights from the last folder that has some. Raises `OntologyError` if none has, or they are faulty."""
    paths = [folder / SCORES for folder in folders if (folder / SCORES).is_file()]
    if not paths:
        raise OntologyError(SCORES, "no weights were found", "install the package again")
    try:
        data = json.loads(paths[-1].read_text(encoding="utf-8"))
        return Scores(_finite(data["bias"]), {name: _finite(weight) for name, weight in data["weights"].items()})
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise OntologyError(
            str(paths[-1]), f"faulty weights ({error})", "train them again: training/README.md"
        ) from error


def _finite(number: Any) -> float:
    if not math.isfinite(found := float(number)):
        raise ValueError(f"{number} is no weight")
    return found


def features_of(
    reading: Reading, proposal: Proposal, chosen: Sequence[Candidate], event_type: EventType, status: Status
) -> Features:
    """Return what speaks for and against an event, by name."""
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
    scores = [candidate.score for candidate in chosen if actor and candidate.role == actor.id]
    if not scores:
        return ["actor=none"]
    if max(scores) > BRIDGED_SCORE:
        return ["actor=stated"]
    return ["actor=implied" if max(scores) == BRIDGED_SCORE else "actor=topic"]


def _determiner(token: Token) -> str:
    """Return the article or possessive before a noun: "the acquisition" is often told elsewhere."""
    for child in token.lefts:
        if child.dep_ in ("det", "poss"):
            return child.lower_ if child.dep_ == "det" else "poss"
    return ""
