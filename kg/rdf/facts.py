"""An index of triples by subject and predicate, to read values from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import local_name
from kg.rdf.terms import name

_TITLE = "-title"


@dataclass(frozen=True, slots=True)
class Facts:
    """All triples. Terms are strings: an IRI, or what a literal says."""

    by_subject: Mapping[str, Mapping[str, Set[str]]]
    by_class: Mapping[str, Set[str]]

    def all(self, node: str, term: str) -> list[str]:
        """Return all objects of a property, sorted."""
        return sorted(self.by_subject.get(node, {}).get(name(term).value, ()))

    def maybe(self, node: str, term: str) -> str | None:
        """Return the object of a property, or None. The first in sorted order, should there be several."""
        return next(iter(self.all(node, term)), None)

    def one(self, node: str, term: str) -> str:
        """Return the object of a property that the writer always writes."""
        return self.all(node, term)[0]

    def id(self, node: str, term: str) -> str | None:
        """Return the local name of a property's object, or None."""
        iri = self.maybe(node, term)
        return local_name(iri) if iri else None

    def local(self, node: str, term: str) -> str:
        """Return the local name of a property's object that the writer always writes."""
        return local_name(self.one(node, term))

    def instances(self, class_: str) -> list[str]:
        """Return all nodes of a class, sorted."""
        return sorted(self.by_class.get(name(class_).value, ()))

    def is_a(self, node: str, class_: str) -> bool:
        """Tell whether a node is of a class."""
        return node in self.by_class.get(name(class_).value, ())

    def article_of(self, words: str) -> str:
        """Return the key of the article that some words stand in, be it in the text or in the title."""
        return self.local(words, "nif:referenceContext").removesuffix(_TITLE)


def index(quads: Iterable[Quad]) -> Facts:
    """Index quads, whatever their graph."""
    by_subject: dict[str, dict[str, set[str]]] = {}
    by_class: dict[str, set[str]] = {}
    type_ = name("rdf:type").value
    for quad in quads:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            continue  # blank nodes and quoted triples are not ours
        subject, predicate, object_ = quad.subject.value, quad.predicate.value, quad.object.value
        by_subject.setdefault(subject, {}).setdefault(predicate, set()).add(object_)
        if predicate == type_:
            by_class.setdefault(object_, set()).add(subject)
    return Facts(by_subject, by_class)
