"""Read the ontology: event types, roles, statuses and shortcut predicates, out of the Turtle files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Kind, Status, ValueKind

KG = "https://w3id.org/corporate-events/ns#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SH = "http://www.w3.org/ns/shacl#"
_TYPE, _FIRST, _REST, _NIL = _RDF + "type", _RDF + "first", _RDF + "rest", _RDF + "nil"
_LABEL, _DEFINITION, _PARENT = _RDFS + "label", _SKOS + "definition", _RDFS + "subClassOf"
_DECLARED = ("EventGroup", "EventType", "Role", "Shortcut")
_UNIVERSAL = ("place", "amount")  # roles that every type has without listing them

AnyKind = Kind | ValueKind


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what it is called and what may fill it, the likeliest kind first."""

    id: str
    label: str
    definition: str
    kinds: tuple[AnyKind, ...]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The direct edge an event gives: `subject` and `object` are role names, predicates are local names."""

    subject: str
    object: str
    predicate: str
    planned: str | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of corporate event.

    `roles` stand in the order of the file, the universal ones (place, amount) last. Their kinds are those of this type,
    which may differ from the role's in general. `required` are those it lacks only where the text is silent.
    """

    id: str
    group: str
    label: str
    definition: str
    roles: tuple[Role, ...]
    required: tuple[str, ...]
    identity: tuple[str, ...]  # roles whose fillers tell two events of the type apart
    repeatable: bool  # True if the same participants can have it again: time then belongs to its identity
    shortcut: Shortcut | None = None
    iri: str = ""

    @property
    def role_names(self) -> frozenset[str]:
        """Return the names of the roles, the universal ones (place, amount) included."""
        return frozenset(role.id for role in self.roles)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of event types."""

    id: str
    label: str
    definition: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole schema.

    `predicates` gives the label of every direct edge, `classes` the RDF classes of every kind, the main one first.
    """

    groups: Mapping[str, Group]
    types: Mapping[str, EventType]
    roles: Mapping[str, Role]
    statuses: tuple[Status, ...]
    predicates: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[AnyKind, tuple[str, ...]] = field(default_factory=dict)


def load_ontology(folders: Sequence[Path]) -> Ontology:
    """Read every `*.ttl` directly in the folders. Raises `OntologyError` that lists all faults at once."""
    faults: list[str] = []
    source = _read(folders, faults)
    groups = {group.id: group for group in _groups(source, faults)}
    roles = {role.id: role for role in _roles(source, faults)}
    predicates = {_local(iri): source.text(iri, _LABEL, faults) for iri in source.declared["Shortcut"]}
    types = {found.id: found for found in _types(source, groups, roles, predicates, faults)}
    if faults:
        raise OntologyError(
            "ontology", "\n  " + "\n  ".join(faults), "mend the files (ontology/README.md describes them)"
        )
    return Ontology(
        groups=groups,
        types=types,
        roles=roles,
        statuses=tuple(Status),
        predicates=predicates,
        classes=_classes(source),
    )


class _Source:
    """The triples of all files, by subject and predicate, and what they declare, in the order of the files."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.declared: dict[str, list[str]] = {kind: [] for kind in _DECLARED}

    def one(self, subject: str, predicate: str) -> str | None:
        """Return the first object, or None."""
        found = self.all(subject, predicate)
        return found[0] if found else None

    def all(self, subject: str, predicate: str) -> Sequence[str]:
        """Return all objects."""
        return self.objects[subject].get(predicate, ()) if subject in self.objects else ()

    def items(self, head: str | None) -> Iterator[str]:
        """Yield the items of an RDF list."""
        seen: set[str] = set()
        while head and head != _NIL and head not in seen:
            seen.add(head)
            yield from self.all(head, _FIRST)
            head = self.one(head, _REST)

    def text(self, subject: str, predicate: str, faults: list[str]) -> str:
        """Return a label or definition; a missing one is a fault."""
        found = self.one(subject, predicate)
        if not found:
            faults.append(f"{_local(subject)} has no {_prefixed(predicate)}")
        return found or ""


def _read(folders: Iterable[Path], faults: list[str]) -> _Source:
    source = _Source()
    homes: dict[tuple[str, str], str] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.ttl"))):
        try:
            triples = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            faults.append(f"{path.name}: not valid Turtle: {error}")
            continue
        for triple in triples:
            _add(source, str(path), triple)
        faults.extend(_twice(source, path.name, triples, homes))
    return source


def _add(source: _Source, place: str, triple: ox.Quad) -> None:
    if isinstance(triple.object, ox.Literal) and triple.object.language not in (None, "en"):
        return
    subject, value = _name(triple.subject, place), _name(triple.object, place)
    source.objects[subject][triple.predicate.value].append(value)


def _name(term: object, place: str) -> str:
    """Return a term's words; a blank node's carry the file, for two files may use the same one."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value} {place}"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _twice(source: _Source, file: str, triples: Iterable[ox.Quad], homes: dict[tuple[str, str], str]) -> Iterator[str]:
    """Note what a file declares and yield a fault for each name that is declared already."""
    for triple in triples:
        if triple.predicate.value != _TYPE or not isinstance(triple.object, ox.NamedNode):
            continue
        kind = triple.object.value.removeprefix(KG)
        if kind not in _DECLARED:
            continue
        iri = _name(triple.subject, file)
        key = (kind, _local(iri))
        if key in homes:
            yield f"{file}: {key[1]} is declared already in {homes[key]}"
            continue
        homes[key] = file
        source.declared[kind].append(iri)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _prefixed(iri: str) -> str:
    return {_LABEL: "rdfs:label", _DEFINITION: "skos:definition"}.get(iri, "kg:" + _local(iri))


def _groups(source: _Source, faults: list[str]) -> Iterator[Group]:
    for iri in source.declared["EventGroup"]:
        notation = source.one(iri, _SKOS + "notation") or _local(iri).removesuffix("Event")
        yield Group(notation, source.text(iri, _LABEL, faults), source.text(iri, _DEFINITION, faults), iri)


def _roles(source: _Source, faults: list[str]) -> Iterator[Role]:
    for iri in source.declared["Role"]:
        kinds = _kinds(source, iri, faults)
        yield Role(_local(iri), source.text(iri, _LABEL, faults), source.text(iri, _DEFINITION, faults), kinds)


def _kinds(source: _Source, subject: str, faults: list[str]) -> tuple[AnyKind, ...]:
    """Return what `kg:filledBy` lists; an empty list or an unknown kind is a fault."""
    names = [_local(iri) for iri in source.items(source.one(subject, KG + "filledBy"))]
    place = "a refinement" if subject.startswith("_:") else _local(subject)
    if not names:
        faults.append(f"{place} has no kg:filledBy")
    faults.extend(f"{place} is filled by {name}, which is not a kind" for name in names if name not in _KINDS)
    return tuple(_KINDS[name] for name in names if name in _KINDS)


_KINDS: Mapping[str, AnyKind] = {kind.value: kind for family in (Kind, ValueKind) for kind in family}


def _classes(source: _Source) -> dict[AnyKind, tuple[str, ...]]:
    found = {kind: tuple(source.items(source.one(KG + name, KG + "writtenAs"))) for name, kind in _KINDS.items()}
    return {kind: classes for kind, classes in found.items() if classes}


def _types(
    source: _Source,
    groups: Mapping[str, Group],
    roles: Mapping[str, Role],
    predicates: Mapping[str, str],
    faults: list[str],
) -> Iterator[EventType]:
    of_iri = {group.iri: group.id for group in groups.values()}
    shapes = _shapes(source)
    for iri in source.declared["EventType"]:
        parents = source.all(iri, _PARENT)
        group = next((of_iri[parent] for parent in parents if parent in of_iri), None)
        if group is None:
            faults.append(
                f"{_local(iri)} belongs to no known group: {', '.join(map(_local, parents)) or 'no rdfs:subClassOf'}"
            )
        if iri not in shapes:
            faults.append(f"{_local(iri)} has no shape (sh:targetClass)")
        own = _own_roles(source, iri, roles, faults)
        needed = _needed(source, shapes.get(iri, ()))
        yield EventType(
            id=_local(iri),
            group=group or "",
            label=source.text(iri, _LABEL, faults),
            definition=source.text(iri, _DEFINITION, faults),
            roles=own,
            required=tuple(role.id for role in own if role.id in needed),
            identity=_identity(source, iri, own, faults),
            repeatable=source.one(iri, KG + "repeatable") == "true",
            shortcut=_shortcut(source, iri, own, predicates, faults),
            iri=iri,
        )


def _own_roles(source: _Source, iri: str, roles: Mapping[str, Role], faults: list[str]) -> tuple[Role, ...]:
    """Return a type's roles, refined as it says, and the universal ones after them."""
    lists = source.all(iri, KG + "roles")
    if len(lists) != 1:
        faults.append(f"{_local(iri)} must have kg:roles once, it has it {len(lists)} times")
    listed = [_local(role) for head in lists for role in source.items(head)]
    faults.extend(
        f"{_local(iri)} lists {role}, which is not declared as a role" for role in listed if role not in roles
    )
    names = [role for role in dict.fromkeys((*listed, *_UNIVERSAL)) if role in roles]
    refined: dict[str, tuple[AnyKind, ...]] = {}
    for node in source.all(iri, KG + "refines"):
        role = _local(source.one(node, KG + "onRole") or "nothing")
        if role not in names:
            faults.append(f"{_local(iri)} refines {role}, which is not one of its roles")
        refined[role] = _kinds(source, node, faults)
    return tuple(replace(roles[name], kinds=refined.get(name, roles[name].kinds)) for name in names)


def _identity(source: _Source, iri: str, own: Iterable[Role], faults: list[str]) -> tuple[str, ...]:
    """Return the identity roles; a type that lists none is told apart by its first role."""
    names = [role.id for role in own]
    listed = [_local(role) for role in source.items(source.one(iri, KG + "identityRoles"))]
    faults.extend(f"{_local(iri)} has the identity role {role}, which it lacks" for role in listed if role not in names)
    return tuple(listed or names[:1])


def _shortcut(
    source: _Source, iri: str, own: Iterable[Role], predicates: Mapping[str, str], faults: list[str]
) -> Shortcut | None:
    keys = ("shortcutSubject", "shortcutObject", "shortcutPredicate", "shortcutPlannedPredicate")
    found = {key: _local(value) for key in keys if (value := source.one(iri, KG + key))}
    if not found:
        return None
    faults.extend(f"{_local(iri)} has a direct edge without kg:{key}" for key in keys[:3] if key not in found)
    names = {role.id for role in own}
    faults.extend(
        f"{_local(iri)}: its direct edge names the role {found[key]}, which it lacks"
        for key in keys[:2]
        if key in found and found[key] not in names
    )
    faults.extend(
        f"{_local(iri)}: its direct edge {found[key]} is not declared as a kg:Shortcut"
        for key in keys[2:]
        if key in found and found[key] not in predicates
    )
    subject, target, predicate = (found.get(key, "") for key in keys[:3])
    return Shortcut(subject, target, predicate, found.get(keys[3]))


def _shapes(source: _Source) -> dict[str, list[str]]:
    """Return the shapes of every target class."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for subject in list(source.objects):
        for target in source.all(subject, _SH + "targetClass"):
            shapes[target].append(subject)
    return shapes


def _needed(source: _Source, shapes: Iterable[str]) -> set[str]:
    """Return the roles whose absence the shapes call a warning."""
    properties = (found for shape in shapes for found in source.all(shape, _SH + "property"))
    warned = (found for found in properties if source.one(found, _SH + "severity") == _SH + "Warning")
    counted = (
        found for found in warned if source.one(found, _SH + "minCount") or source.one(found, _SH + "qualifiedMinCount")
    )
    return {_local(_path(source, source.one(found, _SH + "path") or "")) for found in counted}


def _path(source: _Source, path: str) -> str:
    """Return the property of a path; of alternatives, the first."""
    return next(source.items(source.one(path, _SH + "alternativePath")), path)
