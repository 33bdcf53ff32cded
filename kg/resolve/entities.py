"""Decide which entities of different articles are one, by name. Conservative: what only looks alike stays apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.namekeys import base_name
from kg.iris import digest, slug
from kg.model import Entity, Extraction, Kind, LocalEntity

PLANT = "plant"
PLANTS = frozenset({"plant", "factory", "facility"})
LocalKey = tuple[str, str]  # article key, entity key in that article

# A name's kind is unsure between these; a company and a ministry of one name are one.
KIND_GROUPS = {Kind.GOVERNMENT: Kind.ORGANIZATION}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of the graph, and which of them each local entity is."""

    entities: tuple[Entity, ...]
    ids: Mapping[LocalKey, str]


def resolve_entities(extractions: Sequence[Extraction]) -> Resolution:
    """Group local entities by identity and give each group an id and its fullest name."""
    groups: dict[tuple[str, ...], list[tuple[str, LocalEntity]]] = defaultdict(list)
    for extraction in extractions:
        locals_ = {entity.key: entity for entity in extraction.entities}
        for entity in extraction.entities:
            groups[_identity(extraction.article.key, entity, locals_)].append((extraction.article.key, entity))
    ids = _ids(groups)
    of = {(article, entity.key): ids[identity] for identity, rows in groups.items() for article, entity in rows}
    entities = (_entity(ids[identity], rows, of) for identity, rows in groups.items())
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.id)), of)


def _identity(article: str, entity: LocalEntity, others: Mapping[str, LocalEntity]) -> tuple[str, ...]:
    """Return what an entity shares with its mentions elsewhere; the nameless without a named owner stay apart."""
    kind = KIND_GROUPS.get(entity.kind, entity.kind)
    if entity.named:
        return (kind, base_name(_without_region(entity)))
    owner = others.get(entity.part_of or "")
    if owner is not None and owner.named and entity.kind in (Kind.FACILITY, Kind.UNIT, Kind.POST):
        return (kind, base_name(owner.label), _plain(entity.label))
    if entity.kind in (Kind.PRODUCT, Kind.MARKET):
        return (kind, entity.label.casefold())
    return (kind, entity.label.casefold(), article, entity.key)


def _without_region(entity: LocalEntity) -> str:
    """Return the name of a place without the country or state behind it, which other articles leave out."""
    placed = entity.kind is Kind.PLACE and entity.located_in is not None
    return entity.label.rpartition(", ")[0] or entity.label if placed else entity.label


def _plain(label: str) -> str:
    """Return a description with one word for any plant, so that "Lego factory, Billund" is "Lego plant, Billund"."""
    what, comma, where = label.casefold().partition(", ")
    *before, last = what.split()
    return " ".join((*before, PLANT if last in PLANTS else last)) + comma + where


def _ids(groups: Mapping[tuple[str, ...], Sequence[tuple[str, LocalEntity]]]) -> dict[tuple[str, ...], str]:
    """Return a readable id for each identity; where two would share one, kind or a hash tells them apart."""
    slugs = {identity: slug(_label(rows)) for identity, rows in groups.items()}
    taken = Counter(slugs.values())
    ids = {}
    for identity, name in slugs.items():
        if taken[name] == 1:
            ids[identity] = name
        elif len(identity) == 2:
            ids[identity] = name if identity[0] == _first_kind(name, slugs) else f"{name}-{identity[0].lower()}"
        else:
            ids[identity] = f"{name}-{digest(*identity)[:6]}"
    return ids


def _first_kind(name: str, slugs: Mapping[tuple[str, ...], str]) -> str:
    order = [kind.value for kind in Kind]
    return min(
        (identity[0] for identity, other in slugs.items() if other == name and len(identity) == 2), key=order.index
    )


def _label(rows: Iterable[tuple[str, LocalEntity]]) -> str:
    """Return the fullest name, the most frequent of equals."""
    counts = Counter(entity.label for _, entity in rows)
    return max(counts, key=lambda label: (len(label.split()), counts[label], len(label), label))


def _entity(id_: str, rows: Sequence[tuple[str, LocalEntity]], ids: Mapping[LocalKey, str]) -> Entity:
    label = _label(rows)
    names = {name for _, entity in rows for name in (entity.label, *entity.aliases)} - {label}
    return Entity(
        id=id_,
        kind=_kind({entity.kind for _, entity in rows}),
        label=label,
        named=any(entity.named for _, entity in rows),
        aliases=tuple(sorted(names)),
        located_in=_most_common(ids[article, entity.located_in] for article, entity in rows if entity.located_in),
        part_of=_most_common(ids[article, entity.part_of] for article, entity in rows if entity.part_of),
        articles=tuple(sorted({article for article, _ in rows})),
    )


def _kind(kinds: set[Kind]) -> Kind:
    """Return the kind of an entity; where articles differ, the wider one, which fits wherever the other does."""
    return next(iter(kinds)) if len(kinds) == 1 else next(KIND_GROUPS.get(kind, kind) for kind in sorted(kinds))


def _most_common(ids: Iterable[str]) -> str | None:
    counts = Counter(ids)
    return min(counts, key=lambda id_: (-counts[id_], id_)) if counts else None
