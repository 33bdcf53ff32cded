"""Read Turtle files into triples by subject and predicate, with the faults found on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.iris import KG, VOCABULARIES

RDF, RDFS, SKOS = (VOCABULARIES[prefix] for prefix in ("rdf", "rdfs", "skos"))
LABEL, DEFINITION, PARENT = RDFS + "label", SKOS + "definition", RDFS + "subClassOf"
DECLARED = ("EventGroup", "EventType", "Role", "Shortcut")  # classes of the ontology whose members it lists
GROUP_ENDING = "Event"  # kg:FacilityEvent is the class of the group Facility
_NAMES = {LABEL: "rdfs:label", DEFINITION: "skos:definition"}


class Triples:
    """What the files say: words of objects by subject and predicate, names declared by class, faults."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.declared: dict[str, list[str]] = {kind: [] for kind in DECLARED}
        self._objects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._homes: dict[tuple[str, str], str] = {}

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Add a triple."""
        self._objects[subject][predicate].append(value)

    def declare(self, kind: str, iri: str, file: str) -> None:
        """Note that the file declares a member of the class; one in a foreign namespace or a second one is a fault."""
        key = (kind, local(iri))
        if not iri.startswith(KG):
            self.faults.append(f"{file}: {iri} must be named in the namespace {KG}, in which the graph is written")
        if key in self._homes:
            self.faults.append(f"{file}: {key[1]} is declared already in {self._homes[key]}")
            return
        self._homes[key] = file
        self.declared[kind].append(iri)

    def subjects(self) -> Sequence[str]:
        """Return all subjects in the order of the files."""
        return list(self._objects)

    def all(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the objects in the order of the files."""
        return self._objects[subject].get(predicate, ()) if subject in self._objects else ()

    def one(self, subject: str, predicate: str) -> str | None:
        """Return the first object, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def items(self, head: str | None) -> Iterator[str]:
        """Yield the items of an RDF list. A list that runs in a circle ends where it began."""
        seen: set[str] = set()
        while head and head not in seen:
            seen.add(head)
            yield from self.all(head, RDF + "first")
            head = self.one(head, RDF + "rest")

    def text(self, subject: str, predicate: str) -> str:
        """Return a label or definition; a missing one is a fault."""
        found = self.one(subject, predicate)
        if not found:
            self.faults.append(f"{local(subject)} has no {_NAMES.get(predicate, local(predicate))}")
        return found or ""


def read_triples(folders: Iterable[Path]) -> Triples:
    """Read every `*.ttl` directly in the folders, sorted by name in each."""
    triples = Triples()
    for folder in folders:
        if not folder.is_dir():
            triples.faults.append(f"{folder} is not a folder")
        for path in sorted(folder.glob("*.ttl")):
            _read_file(path, triples)
    return triples


def local(iri: str) -> str:
    """Return the local name.

    >>> local("https://w3id.org/corporate-events/ns#Acquisition")
    'Acquisition'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _read_file(path: Path, triples: Triples) -> None:
    try:
        found = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, OSError) as error:
        triples.faults.append(f"{path.name}: cannot be read as Turtle: {error}")
        return
    for triple in found:
        if isinstance(triple.object, ox.Literal) and triple.object.language not in (None, "en"):
            continue
        subject, predicate, value = _name(triple.subject, path), triple.predicate.value, _name(triple.object, path)
        triples.add(subject, predicate, value)
        if predicate == RDF + "type" and (kind := value.removeprefix(KG)) in DECLARED:
            triples.declare(kind, subject, path.name)


def _name(term: object, path: Path) -> str:
    """Return a term's words. A blank node's carry the file, for two files may use the same one."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value} {path}"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
