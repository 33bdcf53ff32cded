"""Write the reference of the ontology: one table a group, then the roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.ontology.schema import EventType, Ontology, Role

INTRODUCTION = """\
# The ontology: types, roles, direct edges

Written by `python docs/reference.py` out of `ontology/*.ttl`; do not edit. `ontology/README.md` says how to add to it.

Roles in bold are those a type lacks only where the text is silent. Every type may also have `place` and `amount`, a
time and sources. *Identity*: the roles that tell two events of a type apart; "and time" where the same participants can
have it again. *Edge*: the direct edge for events that happened or are under way, then the one for events to come.
"""


def reference(ontology: Ontology) -> str:
    """Return the reference as Markdown."""
    return "\n".join((INTRODUCTION, *_groups(ontology), *_roles(ontology)))


def _groups(ontology: Ontology) -> Iterator[str]:
    for group in ontology.groups.values():
        rows = [_type_row(found) for found in ontology.types.values() if found.group == group.id]
        yield f"## {group.label} (`{group.id}`)\n\n{group.definition}\n"
        yield _table(("Type", "What happens", "Roles", "Identity", "Edge"), rows)


def _type_row(found: EventType) -> tuple[str, ...]:
    edge = found.shortcut
    edges = " / ".join(f"`{name}`" for name in (edge.predicate, edge.planned) if name) if edge else ""
    ends = f": {edge.subject} → {edge.object}" if edge else ""
    identity = ", ".join(found.identity) + (" and time" if found.repeatable else "")
    return f"`{found.id}`", found.definition, _role_list(found), identity, edges + ends


def _role_list(found: EventType) -> str:
    """Return the roles that the type lists itself. The universal ones that it does not list stand last."""
    names = [role.id for role in found.roles]
    listed = names[:-1] if names[-1] == "place" else names[:-2]
    return ", ".join(f"**{name}**" if name in found.required else name for name in listed)


def _roles(ontology: Ontology) -> Iterator[str]:
    yield "## Roles\n\nWhat may fill a role, the likeliest first; a type may differ, as noted.\n"
    rows = [_role_row(role, ontology) for role in ontology.roles.values()]
    yield _table(("Role", "Meaning", "Filled by", "Differs in"), rows)


def _role_row(role: Role, ontology: Ontology) -> tuple[str, ...]:
    own = [(found.id, mine) for found in ontology.types.values() for mine in found.roles if mine.id == role.id]
    differing = [f"{name} ({_kinds(mine)})" for name, mine in own if mine.kinds != role.kinds]
    return f"`{role.id}`", role.definition, _kinds(role), "; ".join(differing)


def _kinds(role: Role) -> str:
    return ", ".join(role.kinds)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
