"""Which kinds of entity and value may fill something."""

from __future__ import annotations

from collections.abc import Mapping

from kg.iris import KG
from kg.model import Kind, ValueKind
from kg.ontology.schema import AnyKind
from kg.ontology.triples import Triples, local

KINDS: Mapping[str, AnyKind] = {kind.value: kind for family in (Kind, ValueKind) for kind in family}


def kinds_of(triples: Triples, subject: str, place: str) -> tuple[AnyKind, ...]:
    """Return what `kg:filledBy` lists; an empty list or an unknown kind is a fault of the place."""
    names = [local(iri) for iri in triples.items(triples.one(subject, KG + "filledBy"))]
    if not names:
        triples.faults.append(f"{place} has no kg:filledBy")
    triples.faults.extend(f"{place} is filled by {name}, which is not a kind" for name in names if name not in KINDS)
    return tuple(KINDS[name] for name in names if name in KINDS)
