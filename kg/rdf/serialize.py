"""Write quads as files, the same bytes for the same content.

Sorting lines of N-Quads is many times faster than sorting quads, so everything starts from those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

_TYPE = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_FIRST = b" <!> "  # sorts before any predicate


def lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Return quads as lines of N-Quads, sorted, each once."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(set(text.split(b"\n")) - {b""}, key=_order)


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as N-Quads, one a line, sorted."""
    return b"".join(line + b"\n" for line in lines(quads))


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle, sorted, the types of each subject first."""
    ordered = ox.parse(nquads(ox.Quad(*triple) for triple in triples), format=ox.RdfFormat.N_QUADS)
    found = ox.serialize((quad.triple for quad in ordered), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    return _sort_prefixes(found or b"")


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Return quads as TriG, sorted by graph, then as Turtle is."""
    found = ox.serialize(_by_graph(quads), format=ox.RdfFormat.TRIG, prefixes=dict(prefixes))
    return _sort_prefixes(found or b"")


def json_ld(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as expanded JSON-LD, sorted as TriG is."""
    return (ox.serialize(_by_graph(quads), format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def flatten(quads: Iterable[ox.Quad]) -> Iterable[ox.Triple]:
    """Return the triples of quads, whatever their graph."""
    return (quad.triple for quad in quads)


def _by_graph(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    ordered = sorted(lines(quads), key=lambda line: line[line.rindex(b" <") :])
    return ox.parse(b"\n".join(ordered), format=ox.RdfFormat.N_QUADS)


def _order(line: bytes) -> bytes:
    return line.replace(_TYPE, _FIRST, 1)


def _sort_prefixes(text: bytes) -> bytes:
    """Sort the prefix lines at the top, which the serialiser writes in the order of a hash table."""
    rows = text.splitlines(keepends=True)
    end = next((number for number, row in enumerate(rows) if not row.startswith(b"@prefix ")), len(rows))
    return b"".join([*sorted(rows[:end]), *rows[end:]])
