"""Load the ontology: link what the files declare and list all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import OntologyError
from kg.iris import KG
from kg.model import Status
from kg.ontology.kinds import KINDS, kinds_of
from kg.ontology.schema import AnyKind, Group, Ontology, Role
from kg.ontology.triples import DEFINITION, GROUP_ENDING, LABEL, Triples, local, read_triples
from kg.ontology.types import event_types


def load_ontology(folders: Sequence[Path]) -> Ontology:
    """Read every `*.ttl` directly in the folders. Raises `OntologyError` that lists all faults at once."""
    triples = read_triples(folders)
    groups = {group.id: group for group in _groups(triples)}
    roles = {role.id: role for role in _roles(triples)}
    predicates = {local(iri): triples.text(iri, LABEL) for iri in triples.declared["Shortcut"]}
    types = {found.id: found for found in event_types(triples, groups, roles, predicates)}
    if not types:
        triples.faults.append("no file declares an event type")
    if triples.faults:
        faults = "".join(f"\n  {fault}" for fault in triples.faults)
        raise OntologyError("ontology", faults, "mend the files (ontology/README.md describes them)")
    return Ontology(
        groups=groups,
        types=types,
        roles=roles,
        statuses=tuple(Status),
        predicates=predicates,
        classes=_classes(triples),
    )


def _groups(triples: Triples) -> Iterator[Group]:
    for iri in triples.declared["EventGroup"]:
        name = local(iri)
        if not name.endswith(GROUP_ENDING):
            triples.faults.append(f"{name} is a group, so its name must end in {GROUP_ENDING}")
        yield Group(name.removesuffix(GROUP_ENDING), triples.text(iri, LABEL), triples.text(iri, DEFINITION))


def _roles(triples: Triples) -> Iterator[Role]:
    for iri in triples.declared["Role"]:
        name = local(iri)
        kinds = kinds_of(triples, iri, name)
        yield Role(name, triples.text(iri, LABEL), triples.text(iri, DEFINITION), kinds)


def _classes(triples: Triples) -> dict[AnyKind, tuple[str, ...]]:
    found = {kind: tuple(triples.items(triples.one(KG + name, KG + "writtenAs"))) for name, kind in KINDS.items()}
    return {kind: classes for kind, classes in found.items() if classes}
