"""What the writers of triples share: the minter of IRIs and the values they look up by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode, Quad

from kg.iris import Iris
from kg.model import Article, Entity, Event, Span, Value
from kg.ontology import Ontology
from kg.rdf import terms
from kg.rdf.terms import Term, name

Triple = tuple[NamedNode, NamedNode, Term]


@dataclass(frozen=True, slots=True)
class Context:
    """Where writers look things up."""

    mint: Iris
    ontology: Ontology
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]

    def entity(self, id_: str) -> NamedNode:
        """Return the node of an entity."""
        return NamedNode(self.mint.entity(id_))

    def event(self, id_: str) -> NamedNode:
        """Return the node of an event."""
        return NamedNode(self.mint.event(id_))

    def article(self, key: str) -> NamedNode:
        """Return the node of an article."""
        return NamedNode(self.mint.article(key))

    def graph(self, key: str) -> NamedNode:
        """Return the node of a named graph."""
        return NamedNode(self.mint.graph(key))

    def mention(self, key: str, span: Span) -> NamedNode:
        """Return the node of some words of an article."""
        return NamedNode(self.mint.mention(self.articles[key], span))


def quantity_node(context: Context, event: Event, role: str, value: Value) -> NamedNode:
    """Return the node of a number: the same number in other words, or from another article, is the same node."""
    parts = (value.number, value.maximum, value.currency, value.unit, value.bound, value.per, value.direction)
    known = [terms.number(part).value if isinstance(part, Decimal) else part or "" for part in parts]
    words = value.text if value.number is None else ""
    return NamedNode(context.mint.quantity(role, event.id, value.kind.value, *known, words))


def in_graph(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield triples as quads of one graph."""
    return (Quad(*triple, graph) for triple in triples)


def types(node: NamedNode, classes: Iterable[str]) -> Iterator[Triple]:
    """Yield the classes of a node, given as `prefix:name`."""
    return ((node, name("rdf:type"), name(class_)) for class_ in classes)
