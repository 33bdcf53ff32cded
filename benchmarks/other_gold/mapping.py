"""Which of our roles and statuses say what the annotations of others say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import SKOS

from kg.model import Status
from kg.resources import ontology_folder

ROLES = Path(__file__).with_name("mapping.json")
ALIGNMENTS = "alignments.ttl"
FACTORS = ("certainty", "time", "polarity")
_GRASP = re.compile(r"grasp#(\w+?)_(NON_FUTURE|FUTURE|u)_(\w+)$")
UNSAID = "u"


@cache
def roles(name: str) -> frozenset[str]:
    """Return our roles that play a part: actor, undergoer, buyer, bought ..."""
    return frozenset(json.loads(ROLES.read_text(encoding="utf-8"))[name])


@cache
def factuality() -> Mapping[Status, Mapping[str, str]]:
    """Return what each status says of certainty, time and polarity, by the ontology's alignment with GRASP."""
    graph = Graph().parse(ontology_folder() / ALIGNMENTS)
    found: dict[Status, Mapping[str, str]] = {}
    for status, value in graph.subject_objects(SKOS.closeMatch):
        if match := _GRASP.search(str(value)):
            said = dict(zip(FACTORS, match.groups(), strict=True))
            found[Status(str(status).rpartition("#")[2])] = {key: word for key, word in said.items() if word != UNSAID}
    return found
