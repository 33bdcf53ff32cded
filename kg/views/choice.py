"""Choose what to draw: the surroundings of something, the most central events, the part a page opens on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.errors import UsageError
from kg.model import Kind, Knowledge
from kg.views.scene import Link, Scene, entity_key, event_key
from kg.views.words import fold

FOCUS_SIZE = 28  # boxes that read well at once
WHOLE_UP_TO = 36  # boxes shown at once rather than their busiest part
FOCI = 4  # entities whose surroundings get a drawing of their own
DAMPING = 0.85  # PageRank's usual one
RANK_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """The keys of the boxes on the page, and those left out because of its limit."""

    keys: frozenset[str]
    left_out: int
    events_left_out: int


def to_network(scene: Scene) -> nx.Graph[str]:
    """Return the boxes and links of the event view as an undirected graph, nodes and edges in a fixed order."""
    return _network(scene.boxes, scene.links)


def to_direct_network(scene: Scene, keys: Iterable[str]) -> nx.Graph[str]:
    """Return the direct view of some boxes: the entities that a direct link holds, and where they are."""
    known = frozenset(keys)
    direct = [
        link
        for link in scene.direct
        if known.issuperset((link.source, link.target)) and not known.isdisjoint(link.events)
    ]
    held = {key for link in direct for key in (link.source, link.target)}
    context = [
        link for link in scene.links if link.weight == "context" and link.source in held and link.target in known
    ]
    return _network(held.union(link.target for link in context), (*direct, *context))


def _network(keys: Iterable[str], links: Iterable[Link]) -> nx.Graph[str]:
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted(keys))
    for link in sorted(links, key=lambda link: (link.source, link.target, link.label)):
        network.add_edge(link.source, link.target, label=link.label)
    return network


def rank(network: nx.Graph[str]) -> dict[str, float]:
    """Return how central each box is (PageRank), rounded so that it is the same on every machine."""
    number = {key: at for at, key in enumerate(network)}
    arcs = [(number[key], number[other]) for key in network for other in network[key]]
    source, target = np.array(arcs, dtype=int).reshape(-1, 2).T
    degrees = np.array([len(network[key]) for key in network])
    ranks = even = np.full(len(number), 1 / max(len(number), 1))
    for _ in range(RANK_ROUNDS):  # networkx's own takes longer to load a solver than this takes in all
        given = ranks / np.maximum(degrees, 1)
        passed = np.bincount(target, given[source], len(number))
        ranks = DAMPING * (passed + ranks[degrees == 0].sum() * even) + (1 - DAMPING) * even
    return {key: round(float(value), 9) for key, value in zip(network, ranks, strict=True)}


def find(knowledge: Knowledge, about: str) -> str:
    """Return the key of the entity or event that `about` names by id, label or alias. Raises `UsageError`."""
    for event in knowledge.events:
        if about == event.id:
            return event_key(event.id)
    for entity in knowledge.entities:
        if about == entity.id:
            return entity_key(entity.id)
    names: dict[str, str] = {}
    for entity in knowledge.entities:
        for name in (entity.label, *entity.aliases):
            names.setdefault(fold(name), entity_key(entity.id))
    if fold(about) in names:
        return names[fold(about)]
    near = difflib.get_close_matches(fold(about), names, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "name an entity or event of the graph"
    raise UsageError(about, "nothing in the graph has this name", hint)


def surroundings(network: nx.Graph[str], scene: Scene, centre: str, *, depth: int) -> nx.Graph[str]:
    """Keep what lies within `depth` events of a box. An event among them keeps all that takes part in it."""
    near = set(nx.ego_graph(network, centre, radius=2 * depth))
    near |= {other for key in near if scene.boxes[key].sort == "event" for other in network[key]}
    return network.subgraph(near).copy()


def choose(network: nx.Graph[str], scene: Scene, ranks: Mapping[str, float], *, limit: int) -> Choice:
    """Take the most central events with all that takes part in them, up to `limit` boxes."""
    events = [key for key in network if scene.boxes[key].sort == "event"]
    tied = {other for key in events for other in network[key]}
    wanted = tied.union(events)
    wanted |= {other for key in tied for other in network[key]}  # where they are, what they belong to
    kept = _grow(network, _by_weight(events, network, ranks), limit)
    kept |= set(sorted(wanted - kept - set(events), key=lambda key: (-ranks[key], key))[: max(limit - len(kept), 0)])
    return Choice(frozenset(kept), len(wanted - kept), sum(key not in kept for key in events))


def busiest(network: nx.Graph[str], scene: Scene, keys: Iterable[str]) -> list[str]:
    """Return entities by the number of their events, companies first."""

    def order(key: str) -> tuple[bool, int, str]:
        events = sum(scene.boxes[other].sort == "event" for other in network[key])
        return scene.boxes[key].family != Kind.ORGANIZATION, -events, key

    return sorted((key for key in keys if scene.boxes[key].sort == "entity"), key=order)


def focus(
    network: nx.Graph[str], scene: Scene, centre: str, ranks: Mapping[str, float], *, size: int = FOCUS_SIZE
) -> frozenset[str]:
    """Return about `size` boxes around a centre: its events first, then those of its neighbours."""
    chosen = {centre}
    for radius in (2, 4):  # an entity and its event are one step apart, two entities of an event two
        near = nx.single_source_shortest_path_length(network, centre, cutoff=radius)
        events = [key for key, steps in near.items() if scene.boxes[key].sort == "event" and steps < radius]
        chosen = _grow(network, _by_weight(events, network, ranks), size, start=chosen)
    return frozenset(chosen)


def _by_weight(events: Iterable[str], network: nx.Graph[str], ranks: Mapping[str, float]) -> list[str]:
    return sorted(events, key=lambda key: (-ranks[key] - max((ranks[n] for n in network[key]), default=0.0), key))


def _grow(network: nx.Graph[str], events: Iterable[str], limit: int, *, start: Iterable[str] = ()) -> set[str]:
    kept = set(start)
    for key in events:
        grown = kept.union([key], network[key])
        if len(grown) <= limit:
            kept = grown
    return kept
