"""Link the event types with their groups, roles, shapes and direct edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.iris import KG
from kg.ontology.kinds import kinds_of
from kg.ontology.schema import AnyKind, EventType, Group, Role, Shortcut
from kg.ontology.triples import DEFINITION, GROUP_ENDING, LABEL, PARENT, Triples, local

SH = "http://www.w3.org/ns/shacl#"
UNIVERSAL = ("place", "amount")  # roles that every type has without listing them
_SHORTCUT = ("shortcutSubject", "shortcutObject", "shortcutPredicate", "shortcutPlannedPredicate")


def event_types(
    triples: Triples, groups: Mapping[str, Group], roles: Mapping[str, Role], predicates: Mapping[str, str]
) -> Iterator[EventType]:
    """Yield every declared type in the order of the files. What does not link is noted as a fault."""
    shapes = _shapes(triples)
    for iri in triples.declared["EventType"]:
        own = _own_roles(triples, iri, roles)
        needed = _needed(triples, iri, shapes.get(iri, ()))
        yield EventType(
            id=local(iri),
            group=_group(triples, iri, groups),
            label=triples.text(iri, LABEL),
            definition=triples.text(iri, DEFINITION),
            roles=own,
            required=tuple(role.id for role in own if role.id in needed),
            identity=_identity(triples, iri, own),
            repeatable=triples.one(iri, KG + "repeatable") == "true",
            separate=triples.one(iri, KG + "separate") == "true",
            shortcut=_shortcut(triples, iri, own, predicates),
        )


def _group(triples: Triples, iri: str, groups: Mapping[str, Group]) -> str:
    parents = triples.all(iri, PARENT)
    found = [group for group in groups if f"{KG}{group}{GROUP_ENDING}" in parents]
    if len(found) != 1:
        named = ", ".join(local(parent) for parent in parents) or "no class"
        triples.faults.append(f"{local(iri)} must be a subclass of one group; it is a subclass of {named}")
    return found[0] if found else ""


def _own_roles(triples: Triples, iri: str, roles: Mapping[str, Role]) -> tuple[Role, ...]:
    """Return a type's roles, refined as it says, and the universal ones after them."""
    lists = triples.all(iri, KG + "roles")
    if len(lists) != 1:
        triples.faults.append(f"{local(iri)} must have kg:roles once; it has it {len(lists)} times")
    listed = [local(role) for head in lists for role in triples.items(head)]
    unknown = [role for role in listed if role not in roles]
    triples.faults.extend(f"{local(iri)} lists {role}, which is not declared as a role" for role in unknown)
    names = [role for role in dict.fromkeys((*listed, *UNIVERSAL)) if role in roles]
    refined = _refinements(triples, iri, names)
    return tuple(replace(roles[name], kinds=refined.get(name, roles[name].kinds)) for name in names)


def _refinements(triples: Triples, iri: str, names: Sequence[str]) -> dict[str, tuple[AnyKind, ...]]:
    refined: dict[str, tuple[AnyKind, ...]] = {}
    for node in triples.all(iri, KG + "refines"):
        role = local(triples.one(node, KG + "onRole") or "a role without kg:onRole")
        if role not in names:
            triples.faults.append(f"{local(iri)} refines {role}, which is not one of its roles")
        refined[role] = kinds_of(triples, node, f"{local(iri)}, refinement of {role},")
    return refined


def _identity(triples: Triples, iri: str, own: Sequence[Role]) -> tuple[str, ...]:
    """Return the identity roles; a type that lists none is told apart by its first role."""
    names = [role.id for role in own]
    listed = [local(role) for role in triples.items(triples.one(iri, KG + "identityRoles"))]
    foreign = [role for role in listed if role not in names]
    triples.faults.extend(f"{local(iri)} has the identity role {role}, which it lacks" for role in foreign)
    return tuple(listed or names[:1])


def _shortcut(triples: Triples, iri: str, own: Iterable[Role], predicates: Mapping[str, str]) -> Shortcut | None:
    found = {key: local(value) for key in _SHORTCUT if (value := triples.one(iri, KG + key))}
    if not found:
        return None
    faults = _shortcut_faults(found, {role.id for role in own}, predicates)
    triples.faults.extend(f"{local(iri)}: its direct edge {fault}" for fault in faults)
    subject, target, predicate = (found.get(key, "") for key in _SHORTCUT[:3])
    return Shortcut(subject, target, predicate, found.get(_SHORTCUT[3]))


def _shortcut_faults(found: Mapping[str, str], names: Iterable[str], predicates: Mapping[str, str]) -> Iterator[str]:
    yield from (f"has no kg:{key}" for key in _SHORTCUT[:3] if key not in found)
    for key, name in found.items():
        if key in _SHORTCUT[:2] and name not in names:
            yield f"names the role {name}, which it lacks"
        if key in _SHORTCUT[2:] and name not in predicates:
            yield f"{name} is not declared as a kg:Shortcut"


def _shapes(triples: Triples) -> Mapping[str, Sequence[str]]:
    """Return the shapes of every target class."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for subject in triples.subjects():
        for target in triples.all(subject, SH + "targetClass"):
            shapes[target].append(subject)
    return shapes


def _needed(triples: Triples, iri: str, shapes: Sequence[str]) -> set[str]:
    """Return the roles whose absence a shape of the type calls a warning."""
    if not shapes:
        triples.faults.append(f"{local(iri)} has no shape (sh:targetClass)")
    properties = [found for shape in shapes for found in triples.all(shape, SH + "property")]
    warned = [found for found in properties if triples.one(found, SH + "severity") == SH + "Warning"]
    counted = [found for found in warned if _counts(triples, found)]
    return {local(_property(triples, triples.one(found, SH + "path") or "")) for found in counted}


def _counts(triples: Triples, shape: str) -> bool:
    return any(triples.one(shape, SH + key) for key in ("minCount", "qualifiedMinCount"))


def _property(triples: Triples, path: str) -> str:
    """Return the property of a path; of alternatives, the first."""
    return next(triples.items(triples.one(path, SH + "alternativePath")), path)
