"""Write quads as files, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle, sorted, the type of each subject first."""
    found = ox.serialize(sorted(set(triples), key=_order), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    return _sort_prefixes(found or b"")


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Return quads as TriG, sorted by graph, then as Turtle is."""
    found = ox.serialize(_by_graph(quads), format=ox.RdfFormat.TRIG, prefixes=dict(prefixes))
    return _sort_prefixes(found or b"")


def json_ld(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as expanded JSON-LD, sorted as TriG is."""
    return (ox.serialize(_by_graph(quads), format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as N-Quads, one a line, sorted."""
    return ox.serialize(_by_graph(quads), format=ox.RdfFormat.N_QUADS) or b""


def flatten(quads: Iterable[ox.Quad]) -> Iterable[ox.Triple]:
    """Return the triples of quads, whatever their graph."""
    return (quad.triple for quad in quads)


def _by_graph(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_order(quad)))


def _order(statement: ox.Triple | ox.Quad) -> tuple[str, bool, str, str]:
    predicate = statement.predicate.value
    return str(statement.subject), predicate != _TYPE, predicate, str(statement.object)


def _sort_prefixes(text: bytes) -> bytes:
    """Sort the prefix lines at the top, which the serialiser writes in the order of a hash table."""
    lines = text.splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:end]), *lines[end:]])
