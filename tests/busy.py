"""Larger graphs for tests of the pages: invented companies doing things at random, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterable

from kg.model import (
    Article,
    Claim,
    Edge,
    Entity,
    Event,
    Kind,
    Knowledge,
    RoleFiller,
    Source,
    Span,
    Status,
    Value,
    ValueKind,
    When,
)
from kg.ontology import EventType, Ontology

COMPANIES = (
    *("Norvik Motors", "Tessaly", "Halden Cells", "Orla Foods", "Brisa Foods", "Kestrel Air", "Blue Harbour Shipping"),
    *("Quanta Robotics", "Meridian Bank", "Sable Pharma", "Lumen Grid", "Aster Semiconductors", "Fjord Telecom"),
    *(
        "Cobalt Games",
        "Verdant Paper",
        "Pike & Sons",
        "Nimbus Cloud",
        "Zéphyr Énergie",
        "Omnia Retail",
        "Tern Logistics",
    ),
)
PLACES = ("Gothenburg", "Lisbon", "Poland", "Berlin", "Texas", "Osaka", "Lyon", "Pune", "Ontario", "Busan")
PRODUCTS = ("electric van", "battery packs", "regional jet", "insulin pen", "warehouse robot", "5G modem")
PEOPLE = ("Anna Lind", "Maria Costa", "Jonas Weber", "Aiko Tanaka", "Ravi Menon", "Claire Dubois")
FILLERS = {
    "person": (PEOPLE, Kind.PERSON),
    "product": (PRODUCTS, Kind.PRODUCT),
    "facility": (tuple(f"{place} plant" for place in PLACES), Kind.FACILITY),
    "place": (PLACES, Kind.PLACE),
    "market": (PLACES, Kind.MARKET),
    "to": (PLACES, Kind.PLACE),
    "unit": (("battery division", "games unit", "cloud unit"), Kind.UNIT),
}
AMOUNTS = ("$1.5 billion", "about 300 million euros", "£40m")
ARTICLES = 12
DONE = (Status.HAPPENED, Status.ONGOING)


def busy_knowledge(ontology: Ontology, *, events: int, companies: Iterable[str] = COMPANIES) -> Knowledge:
    """Return a graph of some events; a few companies take part in most of them."""
    chance = random.Random(1)
    names = tuple(companies)
    articles = tuple(
        Article(f"a{at}", f"d{at:04d}", f"In brief, part {at}", "", "", date="2025-03-04", publisher="Harbour Daily")
        for at in range(ARTICLES)
    )
    types = [found for found in ontology.types.values() if found.shortcut]
    entities: dict[str, Entity] = {}
    made = [
        _event(number, chance, chance.choice(types), chance.choice(articles), names, entities)
        for number in range(events)
    ]
    return Knowledge(
        articles=articles,
        entities=tuple(sorted(entities.values(), key=lambda entity: entity.id)),
        events=tuple(sorted(made, key=lambda event: event.id)),
        edges=tuple(_edges(made, ontology)),
    )


def _event(
    number: int,
    chance: random.Random,
    found: EventType,
    article: Article,
    names: tuple[str, ...],
    entities: dict[str, Entity],
) -> Event:
    assert found.shortcut
    status = chance.choices(list(Status), [8, 3, 3, 2, 3, 2, 2, 1, 1, 1, 1])[0]
    wanted = [found.shortcut.subject, found.shortcut.object] + ["place"] * (chance.random() < 0.3)
    fillers: dict[str, RoleFiller] = {}
    for role in wanted:
        label, entity = _entity(role, chance, names)
        entities[entity.id] = entity
        fillers.setdefault(entity.id, RoleFiller(role, article.key, Span(0, len(label), label), entity=entity.id))
    roles = list(fillers.values())
    if chance.random() < 0.5:
        value = Value(ValueKind.MONEY, chance.choice(AMOUNTS))
        roles.append(RoleFiller("amount", article.key, Span(0, 1, value.text), value=value))
    year = chance.choice((2023, 2024, 2025))
    when = (
        When(Span(0, 4, str(year)), f"{year}-05", f"{year}-05-01", f"{year}-05-31") if chance.random() < 0.6 else None
    )
    name = f"{found.id.lower()}-{number:04d}"
    sentence = f"{roles[0].span.text} said on Tuesday that it would go on with it, people close to the matter said."
    start = sentence.index("go on")
    claim = Claim(
        f"c{number}", name, article.key, status, "would", 0.7, "frame:test", Span(0, len(sentence), sentence),
        Span(start, start + 5, "go on"), (Source(Span(0, 1, "a spokesman")),), when,
    )  # fmt: skip
    label = f"{roles[0].span.text}: {found.label}"
    return Event(name, found.id, label, status, 0.7, tuple(roles), (claim,), when, conflict=chance.random() < 0.06)


def _entity(role: str, chance: random.Random, names: tuple[str, ...]) -> tuple[str, Entity]:
    labels, kind = FILLERS.get(role, (names, Kind.ORGANIZATION))
    weights = [1 / (at + 1) for at in range(len(labels))] if labels is names else None
    label = chance.choices(labels, weights)[0]
    return label, Entity(label.lower().replace(" ", "-"), kind, label, named=True)


def _edges(events: Iterable[Event], ontology: Ontology) -> Iterable[Edge]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for event in events:
        shortcut = ontology.types[event.type].shortcut
        assert shortcut
        ends = {filler.role: filler.entity for filler in event.roles if filler.entity}
        predicate = shortcut.predicate if event.status in DONE else shortcut.planned
        if predicate and shortcut.subject in ends and shortcut.object in ends and shortcut.subject != shortcut.object:
            found.setdefault((str(ends[shortcut.subject]), predicate, str(ends[shortcut.object])), []).append(event.id)
    return [Edge(*key, tuple(names)) for key, names in sorted(found.items())]
