"""Put the names of other articles into an article, so that what is learned is not who the companies were."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

from training.annotations import Record

SWAPPED = ("Organization", "Person")

Pool = Mapping[str, Sequence[tuple[str, str]]]  # by kind: full name, short name


def name_pool(golds: Sequence[Record]) -> Pool:
    """Return the names of the entities of articles by kind, each with its shortest alias."""
    pool: dict[str, set[tuple[str, str]]] = {kind: set() for kind in SWAPPED}
    for gold in golds:
        for entity in gold["entities"]:
            if entity["kind"] in pool and entity["name"][:1].isupper():
                names = [entity["name"], *(a for a in entity.get("aliases", ()) if a[:1].isupper())]
                pool[entity["kind"]].add((entity["name"], min(names, key=len)))
    return {kind: sorted(names) for kind, names in pool.items()}


def swap_names(
    sentences: Sequence[tuple[int, str]], gold: Record, pool: Pool, chance: random.Random, share: float
) -> tuple[list[tuple[int, str]], list[Any]]:
    """Return sentences and events with a share of the names exchanged for others of their kind."""
    table: dict[str, str] = {}
    for entity in gold["entities"]:
        if entity["kind"] not in pool or chance.random() > share:
            continue
        full, short = chance.choice(pool[entity["kind"]])
        table |= {alias: short for alias in entity.get("aliases", ()) if alias[:1].isupper()}
        table[entity["name"]] = full
    if not table:
        return list(sentences), list(gold["events"])
    longest_first = sorted(table, key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def swap(text: str) -> str:
        return pattern.sub(lambda m: table[m[0]], text)

    return [(number, swap(text)) for number, text in sentences], [_swapped(event, swap) for event in gold["events"]]


def _swapped(event: Record, swap: Any) -> dict[str, Any]:
    def filler(found: Record) -> dict[str, Any]:
        return {**found, "text": swap(found["text"])} if "text" in found else dict(found)

    lists = {key: [filler(f) for f in event.get(key, ())] for key in ("roles", "said_by", "place")}
    return {**event, **lists, "trigger": swap(event["trigger"])}
