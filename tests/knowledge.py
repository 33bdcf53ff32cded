"""A small hand-made graph for tests: four invented articles, their entities, events, claims and edges.

It holds what the parts must cope with: a headline that its body contradicts, an event told by two articles, a denial,
a rumour, a secret, rivals actual and intended, a capacity, a price, a pledge, phrases, sources without a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kg.model import (
    TITLE_BREAK,
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


def sample_knowledge() -> Knowledge:
    """Return the sample graph, each tuple sorted by id as a build leaves it."""
    return Knowledge(
        articles=tuple(sorted(ARTICLES.values(), key=lambda article: article.key)),
        entities=tuple(sorted(_entities(), key=lambda entity: entity.id)),
        events=tuple(sorted(_events(), key=lambda event: event.id)),
        edges=EDGES,
    )


def span(key: str, words: str, nth: int = 0) -> Span:
    """Return the nth place of the words in the article's text."""
    return _find(ARTICLES[key].text, words, nth, shift=0)


def title_span(key: str, words: str) -> Span:
    """Return the first place of the words in the article's title, as negative offsets."""
    title = ARTICLES[key].title
    return _find(title, words, 0, shift=-len(title + TITLE_BREAK))


def _find(text: str, words: str, nth: int, *, shift: int) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start + shift, start + len(words) + shift, words)


PLANT, DEAL, SALE, FOODS = "d1a1a1a1a1a1a1a1a", "d2b2b2b2b2b2b2b2b", "d3c3c3c3c3c3c3c3c", "d4d4d4d4d4d4d4d4d"

S_BUILD = (
    "Norvik Motors is building a battery plant in Gothenburg that can produce 300,000 battery packs a year, "
    "the city council said on Tuesday."
)
S_START = "The plant is expected to start production in 2027, chief executive Anna Lind said."
S_PLEDGE = "Norvik pledged to invest 2 billion euros in its battery division over ten years."
S_RIVAL = "The company intends to compete with Tessaly."
S_SECRET = "It has not yet revealed whether it will build a second plant in Poland."
S_BUY = "Tessaly said it had agreed to buy Halden Cells, a Norwegian battery maker, for about $1.5 billion."
S_COMPETES = "Tessaly competes with Norvik Motors in Europe."
S_VAN = "It plans to launch an electric van, analysts said."
S_BOUGHT = "Tessaly completed the acquisition of Halden Cells on Thursday."
S_DENIAL = "Norvik Motors denied that it had made a rival approach to buy Halden Cells."
S_NAMED = "Orla Foods, based in Lisbon, appointed Maria Costa chief executive."
S_REVENUE = "Its revenue fell 4.5 percent in the second quarter."
S_MERGER = "Orla will merge with Brisa Foods, two people familiar with the matter said."
S_PARTNERS = "Orla works with Norvik Motors on delivery vans."


def _article(key: str, name: str, title: str, date: str, *sentences: str, url: str | None = None) -> Article:
    text = " ".join(sentences)
    return Article(name, key, title, text, text, date=date, url=url, publisher="Harbour Business Daily")


ARTICLES = {
    article.key: article
    for article in (
        _article(
            PLANT,
            "norvik-plant",
            "Norvik Motors has built a battery plant in Gothenburg",
            "2025-03-04",
            *(S_BUILD, S_START, S_PLEDGE, S_RIVAL, S_SECRET),
            url="https://example.org/norvik-plant",
        ),
        _article(
            DEAL,
            "tessaly-deal",
            "Tessaly to buy Halden Cells",
            "2025-05-12",
            *(S_BUY, S_COMPETES, S_VAN),
            url="https://example.org/tessaly-deal",
        ),
        _article(SALE, "halden-sale", "Halden Cells changes hands", "2025-11-20", S_BOUGHT, S_DENIAL),
        _article(FOODS, "orla-foods", "People on the move", "2025-08", S_NAMED, S_REVENUE, S_MERGER, S_PARTNERS),
    )
}

ENTITY_ROWS = (
    ("norvik-motors", Kind.ORGANIZATION, "Norvik Motors", ("Norvik",), (PLANT, DEAL, SALE, FOODS)),
    ("tessaly", Kind.ORGANIZATION, "Tessaly", (), (PLANT, DEAL, SALE)),
    ("halden-cells", Kind.ORGANIZATION, "Halden Cells", (), (DEAL, SALE)),
    ("orla-foods", Kind.ORGANIZATION, "Orla Foods", ("Orla",), (FOODS,)),
    ("brisa-foods", Kind.ORGANIZATION, "Brisa Foods", (), (FOODS,)),
    ("gothenburg-city-council", Kind.GOVERNMENT, "Gothenburg city council", ("the city council",), (PLANT,)),
    ("anna-lind", Kind.PERSON, "Anna Lind", (), (PLANT,)),
    ("maria-costa", Kind.PERSON, "Maria Costa", (), (FOODS,)),
    ("gothenburg", Kind.PLACE, "Gothenburg", (), (PLANT,)),
    ("lisbon", Kind.PLACE, "Lisbon", (), (FOODS,)),
    ("poland", Kind.PLACE, "Poland", (), (PLANT,)),
)
THING_ROWS = (
    ("norvik-battery-plant-gothenburg", Kind.FACILITY, "battery plant, Gothenburg", "gothenburg", None, (PLANT,)),
    ("norvik-second-plant-poland", Kind.FACILITY, "second plant, Poland", "poland", None, (PLANT,)),
    ("norvik-battery-division", Kind.UNIT, "Norvik battery division", None, "norvik-motors", (PLANT,)),
    ("battery-packs", Kind.PRODUCT, "battery packs", None, None, (PLANT,)),
    ("tessaly-electric-van", Kind.PRODUCT, "electric van", None, None, (DEAL,)),
)


def _entities() -> list[Entity]:
    named = [Entity(row[0], row[1], row[2], True, aliases=row[3], articles=row[4]) for row in ENTITY_ROWS]
    things = [
        Entity(row[0], row[1], row[2], False, located_in=row[3], part_of=row[4], articles=row[5]) for row in THING_ROWS
    ]
    return named + things


def _who(role: str, key: str, words: str, entity: str, nth: int = 0) -> RoleFiller:
    return RoleFiller(role, key, span(key, words, nth), entity=entity)


def _what(role: str, key: str, value: Value) -> RoleFiller:
    return RoleFiller(role, key, span(key, value.text), value=value)


def _said(key: str, words: str, entity: str | None = None, nth: int = 0) -> tuple[Source, ...]:
    return (Source(span(key, words, nth), entity),)


def _claim(number: int, key: str, status: Status, sentence: str, trigger: str, cue: str, confidence: float) -> Claim:
    return Claim(
        f"c{key}-{number}", "", key, status, cue, confidence, "", span(key, sentence), trigger=span(key, trigger)
    )


def _event(name: str, type_: str, label: str, roles: Iterable[RoleFiller], *claims: Claim) -> Event:
    """Return an event with the status, confidence and time of its best claim, the first."""
    best = claims[0]
    own = tuple(replace(claim, event=name, rule=f"frame:{type_}/verb/{claim.trigger.text}") for claim in claims)
    return Event(name, type_, label, best.status, best.confidence, tuple(roles), own, when=best.when)


BUILDING = "facility-construction-0a1b2c3d4e5f"
SECOND = "facility-construction-1b2c3d4e5f60"
STARTING = "production-start-2c3d4e5f6071"
PLEDGE = "investment-commitment-3d4e5f607182"
RIVALRY_AHEAD = "competition-4e5f60718293"
BUYING = "acquisition-5f60718293a4"
RIVALRY = "competition-60718293a4b5"
VAN = "product-launch-718293a4b5c6"
DENIED = "acquisition-8293a4b5c6d7"
NAMED = "executive-appointment-93a4b5c6d7e8"
REVENUE = "revenue-change-a4b5c6d7e8f9"
MERGER = "merger-b5c6d7e8f90a"
PARTNERS = "partnership-c6d7e8f90a1b"

IN_2027 = When(span(PLANT, "2027"), "2027", "2027-01-01", "2027-12-31")
THURSDAY = When(span(SALE, "on Thursday"), "2025-11-20", "2025-11-20", "2025-11-20")

CAPACITY = Value(ValueKind.QUANTITY, "300,000 battery packs a year", Decimal(300000), unit="battery pack", per="P1Y")
PLEDGED = Value(ValueKind.MONEY, "2 billion euros", Decimal(2_000_000_000), currency="EUR")
DECADE = Value(ValueKind.PERIOD, "ten years")
PRICE = replace(
    Value(ValueKind.MONEY, "about $1.5 billion", Decimal(1_500_000_000), currency="USD"),
    currency_assumed=True,
    bound="about",
)
POSITION = Value(ValueKind.PHRASE, "chief executive")
FALL = Value(ValueKind.PERCENT, "4.5 percent", Decimal("4.5"), direction="down")
QUARTER = Value(ValueKind.PERIOD, "the second quarter", edtf="2025-34")


def _events() -> list[Event]:
    return [_building(), *_norvik_events(), _buying(), *_tessaly_events(), *_orla_events()]


def _building() -> Event:
    roles = (
        _who("agent", PLANT, "Norvik Motors", "norvik-motors"),
        _who("facility", PLANT, "a battery plant", "norvik-battery-plant-gothenburg"),
        _who("place", PLANT, "Gothenburg", "gothenburg"),
        _what("capacity", PLANT, CAPACITY),
    )
    body = _claim(1, PLANT, Status.ONGOING, S_BUILD, "building", "is building", 0.93)
    body = replace(body, said_by=_said(PLANT, "the city council", "gothenburg-city-council"))
    headline = Claim(
        id=f"c{PLANT}-0",
        event="",
        article=PLANT,
        status=Status.HAPPENED,
        cue="has built",
        confidence=0.6,
        rule="",
        sentence=title_span(PLANT, ARTICLES[PLANT].title),
        trigger=title_span(PLANT, "built"),
        in_headline=True,
    )
    label = "Norvik Motors builds battery plant, Gothenburg"
    return replace(_event(BUILDING, "FacilityConstruction", label, roles, body, headline), conflict=True)


def _norvik_events() -> Iterable[Event]:
    agent = _who("agent", PLANT, "Norvik Motors", "norvik-motors")
    product = _who("product", PLANT, "battery packs", "battery-packs")
    plant = _who("facility", PLANT, "The plant", "norvik-battery-plant-gothenburg")
    start = _claim(2, PLANT, Status.EXPECTED, S_START, "start production", "expected to", 0.8)
    start = replace(start, said_by=_said(PLANT, "chief executive Anna Lind", "anna-lind"), when=IN_2027)
    label = "Norvik Motors starts production of battery packs"
    yield _event(STARTING, "ProductionStart", label, (agent, product, plant), start)

    norvik = _who("agent", PLANT, "Norvik", "norvik-motors", 1)
    division = _who("recipient", PLANT, "its battery division", "norvik-battery-division")
    money = (_what("amount", PLANT, PLEDGED), _what("period", PLANT, DECADE))
    pledge = _claim(3, PLANT, Status.COMMITTED, S_PLEDGE, "invest", "pledged", 0.88)
    pledge = replace(pledge, said_by=_said(PLANT, "Norvik", "norvik-motors", 1))
    label = "Norvik Motors pledges 2 billion euros to Norvik battery division"
    yield _event(PLEDGE, "InvestmentCommitment", label, (norvik, division, *money), pledge)

    company, rival = (
        _who("agent", PLANT, "The company", "norvik-motors"),
        _who("competitor", PLANT, "Tessaly", "tessaly"),
    )
    claim = _claim(4, PLANT, Status.PLANNED, S_RIVAL, "compete", "intends to", 0.7)
    yield _event(RIVALRY_AHEAD, "Competition", "Norvik Motors competes with Tessaly", (company, rival), claim)

    it = _who("agent", PLANT, "It", "norvik-motors")
    second = _who("facility", PLANT, "a second plant", "norvik-second-plant-poland")
    poland = _who("place", PLANT, "Poland", "poland")
    claim = _claim(5, PLANT, Status.UNDISCLOSED, S_SECRET, "build a second", "has not yet revealed", 0.65)
    label = "Norvik Motors builds second plant, Poland"
    yield _event(SECOND, "FacilityConstruction", label, (it, second, poland), claim)


def _buying() -> Event:
    roles = (
        _who("acquirer", SALE, "Tessaly", "tessaly"),
        _who("acquirer", DEAL, "Tessaly", "tessaly"),
        _who("target", SALE, "Halden Cells", "halden-cells"),
        _who("target", DEAL, "Halden Cells", "halden-cells"),
        _what("price", DEAL, PRICE),
    )
    done = _claim(0, SALE, Status.HAPPENED, S_BOUGHT, "acquisition", "completed", 0.95)
    agreed = _claim(0, DEAL, Status.COMMITTED, S_BUY, "buy", "had agreed to", 0.9)
    agreed = replace(agreed, said_by=_said(DEAL, "Tessaly", "tessaly"))
    claims = (replace(done, when=THURSDAY), agreed)
    return _event(BUYING, "Acquisition", "Tessaly acquires Halden Cells", roles, *claims)


def _tessaly_events() -> Iterable[Event]:
    tessaly = _who("agent", DEAL, "Tessaly", "tessaly", 1)
    norvik = _who("competitor", DEAL, "Norvik Motors", "norvik-motors")
    claim = _claim(1, DEAL, Status.ONGOING, S_COMPETES, "competes", "competes", 0.9)
    yield _event(RIVALRY, "Competition", "Tessaly competes with Norvik Motors", (tessaly, norvik), claim)

    it, van = _who("agent", DEAL, "It", "tessaly"), _who("product", DEAL, "an electric van", "tessaly-electric-van")
    claim = _claim(2, DEAL, Status.PLANNED, S_VAN, "launch", "plans to", 0.75)
    claim = replace(claim, said_by=_said(DEAL, "analysts"))
    yield _event(VAN, "ProductLaunch", "Tessaly launches electric van", (it, van), claim)

    acquirer = _who("acquirer", SALE, "Norvik Motors", "norvik-motors")
    target = _who("target", SALE, "Halden Cells", "halden-cells", 1)
    claim = _claim(1, SALE, Status.DENIED, S_DENIAL, "buy", "denied", 0.7)
    claim = replace(claim, said_by=_said(SALE, "Norvik Motors", "norvik-motors"))
    yield _event(DENIED, "Acquisition", "Norvik Motors acquires Halden Cells", (acquirer, target), claim)


def _orla_events() -> Iterable[Event]:
    orla, costa = (
        _who("employer", FOODS, "Orla Foods", "orla-foods"),
        _who("person", FOODS, "Maria Costa", "maria-costa"),
    )
    claim = _claim(0, FOODS, Status.HAPPENED, S_NAMED, "appointed", "appointed", 0.92)
    roles = (orla, costa, _what("position", FOODS, POSITION))
    yield _event(NAMED, "ExecutiveAppointment", "Orla Foods appoints Maria Costa", roles, claim)

    roles = (_who("agent", FOODS, "Its", "orla-foods"), _what("change", FOODS, FALL), _what("period", FOODS, QUARTER))
    claim = _claim(1, FOODS, Status.HAPPENED, S_REVENUE, "fell", "fell", 0.81)
    yield _event(REVENUE, "RevenueChange", "Orla Foods revenue falls 4.5 percent", roles, claim)

    orla, brisa = _who("party", FOODS, "Orla", "orla-foods", 1), _who("party", FOODS, "Brisa Foods", "brisa-foods")
    claim = _claim(2, FOODS, Status.RUMOURED, S_MERGER, "merge", "familiar with the matter", 0.6)
    claim = replace(claim, said_by=_said(FOODS, "two people familiar with the matter"))
    yield _event(MERGER, "Merger", "Orla Foods merges with Brisa Foods", (orla, brisa), claim)

    orla, norvik = _who("party", FOODS, "Orla", "orla-foods", 2), _who("party", FOODS, "Norvik Motors", "norvik-motors")
    claim = _claim(3, FOODS, Status.ONGOING, S_PARTNERS, "works", "works", 0.85)
    yield _event(PARTNERS, "Partnership", "Norvik Motors partners with Orla Foods", (orla, norvik), claim)


EDGES = (
    Edge("norvik-battery-division", "partOf", "norvik-motors", ()),
    Edge("norvik-battery-plant-gothenburg", "locatedIn", "gothenburg", ()),
    Edge("norvik-motors", "builds", "norvik-battery-plant-gothenburg", (BUILDING,)),
    Edge("norvik-motors", "commitsToInvestIn", "norvik-battery-division", (PLEDGE,)),
    Edge("norvik-motors", "partnersWith", "orla-foods", (PARTNERS,)),
    Edge("norvik-motors", "plansToCompeteWith", "tessaly", (RIVALRY_AHEAD,)),
    Edge("norvik-motors", "plansToProduce", "battery-packs", (STARTING,)),
    Edge("norvik-second-plant-poland", "locatedIn", "poland", ()),
    Edge("orla-foods", "appointed", "maria-costa", (NAMED,)),
    Edge("tessaly", "acquired", "halden-cells", (BUYING,)),
    Edge("tessaly", "competesWith", "norvik-motors", (RIVALRY,)),
    Edge("tessaly", "plansToLaunch", "tessaly-electric-van", (VAN,)),
)
