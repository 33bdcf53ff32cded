"""The learned weights fit the ontology and the frames that they are used with."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import chain

import pytest

from kg.extract.scoring import SCORES, load_scores
from kg.frames import load_frames
from kg.model import Status
from kg.ontology import Ontology
from kg.resources import ontology_folder

WEIGHTS = load_scores([ontology_folder()]).frames.weights
PLAIN = frozenset({"frame", "required", "title"})
VALUED = frozenset({"actor", "dep", "determiner", "early", "fillers", "named", "pos", "role", "rule", "status", "type"})
RULE = re.compile(r"frame:(\w+)/(verb|noun|adjective)/(.+)")


def parts(feature: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values that a feature joins: type=Merger,role=party."""
    for part in feature.split(",") if feature.startswith("type=") else [feature]:
        name, _, value = part.partition("=")
        yield name, value


def values(name: str) -> set[str]:
    return {value for found, value in chain.from_iterable(map(parts, WEIGHTS)) if found == name}


def test_weights_are_of_known_features() -> None:
    names = {name for name, _ in chain.from_iterable(map(parts, WEIGHTS))}
    assert names <= PLAIN | VALUED


def test_weights_refer_only_to_types_of_the_ontology(ontology: Ontology) -> None:
    assert values("type") <= set(ontology.types)


def test_weights_refer_only_to_roles_of_their_types(ontology: Ontology) -> None:
    pairs = [dict(parts(feature)) for feature in WEIGHTS if ",role=" in feature]
    assert [pair for pair in pairs if pair["role"] not in ontology.types[pair["type"]].role_names] == []


def test_weights_refer_only_to_statuses() -> None:
    assert values("status") <= set(Status)


def test_weights_refer_only_to_rules_of_types_that_have_frames(ontology: Ontology) -> None:
    # A trigger that its frame has no more weighs nothing; a type that has gone is a mistake.
    known = {frame.type for frame in load_frames(ontology, [ontology_folder()])}
    rules = {rule: RULE.fullmatch(rule) for rule in values("rule")}
    assert [rule for rule, match in rules.items() if match is None or match[1] not in known] == []


@pytest.mark.parametrize("feature", ["frame", "required"])
def test_what_speaks_for_an_event_weighs_more_than_nothing(feature: str) -> None:
    assert WEIGHTS[feature] > 0


def test_the_file_is_sorted_and_rounded_so_that_changes_can_be_read() -> None:
    text = (ontology_folder() / SCORES).read_text(encoding="utf-8")
    data = json.loads(text)
    for part in data.values():
        part["weights"] = dict(sorted(part["weights"].items()))
    assert text == json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    weights = [weight for part in data.values() for weight in part["weights"].values()]
    assert all(math.isclose(weight, round(weight, 3)) for weight in weights)
