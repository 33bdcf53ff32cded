"""The store as rdflib sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.query import Result
from rdflib.term import Identifier

from kg.errors import QueryError
from kg.store.sparql import check, names_graphs

Triple = tuple[Any, Any, Any]


class RdflibFace(OxigraphStore):
    """oxrdflib's store, with strings as rdflib itself reads them: without `xsd:string`, equal to `Literal("...")`."""

    def triples(
        self, triple_pattern: Triple, context: Graph | None = None
    ) -> Iterator[tuple[Triple, Iterator[Graph | None]]]:
        """Yield the triples that match, strings plain."""
        for (subject, predicate, object_), contexts in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(object_)), contexts

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803, rdflib's name
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Run SPARQL given as a string, strings plain. Raises `QueryError` for SERVICE and for prepared queries."""
        if not isinstance(query, str):
            raise QueryError("query", "it has been prepared by rdflib", "pass the text of the query")
        check(query)
        graph = "" if names_graphs(query) else queryGraph  # or the union would win over FROM
        result: Result = super().query(query, initNs, initBindings, graph, **kwargs)
        if result.type == "SELECT":
            rows: Any = [{key: _plain(value) for key, value in row.items()} for row in result.bindings]
            result.bindings = rows
        elif result.type == "CONSTRUCT" and result.graph is not None:
            result.graph = _plain_graph(result.graph)
        return result


def dataset(store: ox.Store, prefixes: Mapping[str, str]) -> Dataset:
    """Return a store as a dataset whose default graph is the union of all graphs, prefixes bound."""
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # or FROM would fetch from the network, were rdflib to run it
    found = Dataset(store=RdflibFace(store=store), default_union=True)
    for prefix, namespace in prefixes.items():
        found.bind(prefix, namespace)
    return found


def _plain(term: Any) -> Any:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term


def _plain_graph(graph: Graph) -> Graph:
    plain = Graph()
    for subject, predicate, object_ in graph:
        plain.add((subject, predicate, _plain(object_)))
    return plain
