"""The graph as a networkx network: entities and events as nodes, roles and direct edges between them."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any, TypeAlias

import networkx as nx

from kg.model import Edge, Entity, Event, Knowledge

EVENT_KIND = "Event"
Network: TypeAlias = "nx.MultiDiGraph[str]"


def to_network(knowledge: Knowledge) -> Network:
    """Return a network of all entities and events.

    Nodes carry `label` and `kind`, the kind of entity or "Event"; events also `type`, `status`, `confidence`, `time`.
    An edge between entities carries `predicate` (builds) and `events`, the ids it comes from, with spaces between;
    an edge from an event to an entity the role as `predicate`. Edge keys are predicates. All attributes are scalars.
    """
    network: Network = nx.MultiDiGraph()
    for entity in knowledge.entities:
        network.add_node(entity.id, **_entity(entity))
    for event in knowledge.events:
        network.add_node(event.id, **_event(event))
        for role, filler in _roles(event):
            network.add_edge(event.id, filler, key=role, predicate=role, events=event.id)
    for edge in knowledge.edges:
        network.add_edge(edge.subject, edge.object, key=edge.predicate, **_edge(edge))
    return network


def graphml(network: Network) -> bytes:
    """Return a network as GraphML, nodes and edges in the order of the network, without what XML cannot hold."""
    out = BytesIO()
    nx.write_graphml_xml(_for_xml(network), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def _entity(entity: Entity) -> dict[str, Any]:
    return {"label": entity.label, "kind": entity.kind.value, "named": entity.named}


def _event(event: Event) -> dict[str, Any]:
    return {
        "label": event.label,
        "kind": EVENT_KIND,
        "type": event.type,
        "status": event.status.value,
        "confidence": round(event.confidence, 4),
        "time": event.when.edtf if event.when else "",
    }


def _roles(event: Event) -> list[tuple[str, str]]:
    return sorted({(filler.role, filler.entity) for filler in event.roles if filler.entity})


def _edge(edge: Edge) -> dict[str, Any]:
    return {"predicate": edge.predicate, "events": " ".join(edge.events)}


def _for_xml(network: Network) -> Network:
    """Return a copy whose strings XML 1.0 can hold: control characters become the replacement character."""
    clean: Network = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        clean.add_node(node, **{key: _xml_text(value) for key, value in data.items()})
    for start, end, key, data in network.edges(keys=True, data=True):
        clean.add_edge(start, end, key=key, **{name: _xml_text(value) for name, value in data.items()})
    return clean


def _xml_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(c if _fits_xml(c) else "\N{REPLACEMENT CHARACTER}" for c in value)


def _fits_xml(c: str) -> bool:
    return c in "\t\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
