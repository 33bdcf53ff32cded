"""The graph in Python: what `import kg` gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export import export
from kg.model import Entity, Event, Kind, Knowledge, Status
from kg.network import Network, to_network
from kg.ontology import Ontology, load_ontology
from kg.query import Answer, ask
from kg.resources import ontology_folder
from kg.store import GraphStore
from kg.validate import Report, validate
from kg.views import network_page, write_page

if TYPE_CHECKING:
    import rdflib

VIEW_LIMIT = 300  # boxes on a page; more is unreadable


class Graph:
    """A knowledge graph of corporate events, as `kg.build` leaves it in a folder and `kg.open` finds it there."""

    def __init__(self, store: GraphStore, *, folders: Sequence[Path] = ()) -> None:
        self.store = store
        self.folders = tuple(folders)

    @cached_property
    def ontology(self) -> Ontology:
        """The schema: event types, roles, statuses."""
        return load_ontology((ontology_folder(), *self.folders))

    @cached_property
    def knowledge(self) -> Knowledge:
        """The whole content as values."""
        return self.store.knowledge()

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        """The names of each entity, without case."""
        return {e.id: {name.casefold() for name in (e.id, e.label, *e.aliases)} for e in self.knowledge.entities}

    def __len__(self) -> int:
        return len(self.knowledge.events)

    def __repr__(self) -> str:
        return f"<Graph: {len(self.knowledge.articles)} articles, {len(self.knowledge.events)} events>"

    def events(
        self,
        *,
        type: str | None = None,
        status: str | None = None,
        about: str | None = None,
        min_confidence: float = 0.0,
    ) -> tuple[Event, ...]:
        """Return the events, if asked only those of a type or group, of a status, or with an entity of this name.

        Raises `UsageError` for an unknown type or status.
        """
        types = self._types(type) if type else None
        if status is not None and status not in frozenset(Status):
            raise UsageError(status, "no such status", f"statuses: {', '.join(Status)}")
        return tuple(
            event
            for event in self.knowledge.events
            if (types is None or event.type in types)
            and (status is None or event.status == status)
            and (about is None or self._is_about(event, about.casefold()))
            and event.confidence >= min_confidence
        )

    def entities(self, *, kind: str | None = None) -> tuple[Entity, ...]:
        """Return the entities, if asked only those of one kind. Raises `UsageError` for an unknown kind."""
        if kind is not None and kind not in frozenset(Kind):
            raise UsageError(kind, "no such kind of entity", f"kinds: {', '.join(Kind)}")
        return tuple(entity for entity in self.knowledge.entities if kind is None or entity.kind == kind)

    def query(self, query: str, **parameters: str) -> Answer:
        """Answer a named question, SPARQL, or the SPARQL of a `.rq` file. Raises `QueryError`."""
        return ask(self.store, query, values=parameters, folders=self.folders)

    def to_rdf(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset; its default graph holds everything."""
        return self.store.to_rdflib()

    def to_network(self) -> Network:
        """Return the graph as a networkx multigraph: entities and events, roles and direct edges."""
        return to_network(self.knowledge)

    def view(
        self,
        path: str | Path,
        *,
        title: str = "Corporate events",
        limit: int = VIEW_LIMIT,
        about: str | None = None,
        depth: int = 1,
    ) -> Path:
        """Write a self-contained HTML page and return where it is. Raises `UsageError` and `OutputError`."""
        html = network_page(self.knowledge, self.ontology, title=title, limit=limit, about=about, depth=depth)
        write_page(Path(path), html)
        return Path(path)

    def export(self, format: str, path: str | Path) -> tuple[Path, ...]:
        """Write the graph to a file, or for csv into a folder. Raises `UsageError` and `OutputError`."""
        return export(self.store, format, Path(path))

    def validate(self) -> Report:
        """Check the graph against its SHACL shapes."""
        return validate(self.store, folders=self.folders)

    def _types(self, name: str) -> frozenset[str]:
        types = self.ontology.types
        found = frozenset(id_ for id_, type_ in types.items() if name in (id_, type_.group))
        if not found:
            raise UsageError(name, "no such event type or group", "kg schema lists them")
        return found

    def _is_about(self, event: Event, name: str) -> bool:
        return any(filler.entity and name in self._names[filler.entity] for filler in event.roles)


def open_graph(folder: str | Path, *, ontology: Sequence[str | Path] = ()) -> Graph:
    """Open the graph that a build left in a folder. Raises `OutputError` if there is none."""
    return Graph(GraphStore.open(Path(folder)), folders=[Path(path) for path in ontology])
