"""The graph as users see it: SPARQL, quads, values, rdflib."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OutputError, QueryError
from kg.iris import DEFAULT_BASE, Iris
from kg.model import Knowledge
from kg.rdf import read_knowledge
from kg.store.current import read_current
from kg.store.sparql import check, names_graphs, syntax_error

if TYPE_CHECKING:
    import rdflib

OPEN_ATTEMPTS = 5  # a build may replace the store between reading its name and opening it

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class GraphStore:
    """A graph to read: query it, walk its quads, see it as rdflib. A query sees all named graphs as one."""

    def __init__(self, store: ox.Store, *, base: str = DEFAULT_BASE) -> None:
        self._store = store
        self.iris = Iris(base)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], *, base: str = DEFAULT_BASE) -> GraphStore:
        """Return a store in memory."""
        store = ox.Store()
        store.bulk_extend(quads)
        return cls(store, base=base)

    @classmethod
    def open(cls, folder: Path) -> GraphStore:
        """Open the current graph of an output folder, for reading. Raises `OutputError` if there is none."""
        for _ in range(OPEN_ATTEMPTS):
            current = read_current(folder)
            with contextlib.suppress(OSError, RuntimeError):  # how oxigraph tells of files that are gone
                return cls(ox.Store.read_only(str(folder / current["store"])), base=current["base"])
        raise OutputError(str(folder), "its graph cannot be opened", "build it again: kg build SOURCE... -o FOLDER")

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self._store)

    def query(self, text: str, *, substitutions: Mapping[str, ox.NamedNode | ox.Literal] | None = None) -> Answer:
        """Run SPARQL with the graph's prefixes known; nothing but this graph can be reached.

        A substituted variable must stand in the SELECT clause. Raises `QueryError` for a faulty query.
        """
        prefixes = self.iris.prefixes()
        check(text)
        try:
            return self._store.query(
                text,
                prefixes=prefixes,
                use_default_graph_as_union=not names_graphs(text),
                substitutions={ox.Variable(key): value for key, value in (substitutions or {}).items()},
            )
        except SyntaxError as error:
            raise syntax_error(text, str(error), prefixes) from error
        except RuntimeError as error:  # a substituted variable that the query does not select
            raise QueryError("query", str(error), "add the variable to the SELECT clause") from error

    def select(self, text: str, **substitutions: ox.NamedNode | ox.Literal) -> ox.QuerySolutions:
        """Run a SELECT query. Raises `QueryError` for any other."""
        answer = self.query(text, substitutions=substitutions)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("query", "it gives no rows", "ask by SELECT")
        return answer

    def knowledge(self) -> Knowledge:
        """Read the graph back as values."""
        return read_knowledge(self)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset whose default graph is the union of all graphs, prefixes bound.

        It reads the same store and answers SPARQL, given as strings, with the same engine.
        """
        from kg.store.face import dataset  # rdflib takes long to load, and most commands do without

        return dataset(self._store, self.iris.prefixes())
