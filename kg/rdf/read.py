"""Read resolved knowledge back out of its quads, for explanations, views and exports."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Quad

from kg.iris import local_name
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
from kg.rdf import terms
from kg.rdf.facts import Facts, index

_KINDS = {classes[0]: kind for kind, classes in terms.KIND_CLASSES.items()}
Spans = dict[str, Span]  # by the IRI of the mention


def read_knowledge(quads: Iterable[Quad]) -> Knowledge:
    """Return what `to_quads` wrote, but for the texts of the articles, which are not in the graph.

    Confidences come back with the digits that the graph keeps.
    """
    facts = index(quads)
    articles = {node: _article(facts, node) for node in facts.instances("schema:NewsArticle")}
    entities = _entities(facts, articles)
    return Knowledge(
        articles=tuple(sorted(articles.values(), key=lambda article: article.key)),
        entities=entities,
        events=_events(facts, _spans(facts, articles)),
        edges=_edges(facts, entities),
    )


def _article(facts: Facts, node: str) -> Article:
    return Article(
        id=facts.one(node, "dcterms:identifier"),
        key=local_name(node),
        title=facts.one(node, "schema:headline"),
        text="",
        clean="",
        date=facts.maybe(node, "schema:datePublished"),
        url=facts.maybe(node, "schema:url"),
        publisher=facts.maybe(node, "dcterms:publisher"),
        language=facts.one(node, "dcterms:language"),
    )


def _spans(facts: Facts, articles: dict[str, Article]) -> Spans:
    titles = {facts.one(node, "dcterms:hasPart"): article for node, article in articles.items()}
    spans = {}
    for node in facts.instances("nif:OffsetBasedString"):
        title = titles.get(facts.one(node, "nif:referenceContext"))
        shift = len(title.title + TITLE_BREAK) if title else 0
        start, end = (int(facts.one(node, edge)) - shift for edge in ("nif:beginIndex", "nif:endIndex"))
        spans[node] = Span(start, end, facts.one(node, "nif:anchorOf"))
    return spans


def _entities(facts: Facts, articles: dict[str, Article]) -> tuple[Entity, ...]:
    mentioned: dict[str, list[str]] = {}
    for node, article in articles.items():
        for entity in facts.all(node, "schema:mentions"):
            mentioned.setdefault(entity, []).append(article.key)
    kinds = {node: kind for class_, kind in _KINDS.items() for node in facts.instances(class_)}
    # A facility is a place as well: the table of kinds lists it after places, so that it wins.
    entities = (_entity(facts, node, kind, sorted(mentioned.get(node, ()))) for node, kind in kinds.items())
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _entity(facts: Facts, node: str, kind: Kind, articles: list[str]) -> Entity:
    return Entity(
        id=local_name(node),
        kind=kind,
        label=facts.one(node, "rdfs:label"),
        named=facts.one(node, "kg:named") == "true",
        aliases=tuple(facts.all(node, "skos:altLabel")),
        located_in=facts.id(node, "kg:locatedIn"),
        part_of=facts.id(node, "kg:partOf"),
        articles=tuple(articles),
    )


def _events(facts: Facts, spans: Spans) -> tuple[Event, ...]:
    claims = _by_event(facts, "kg:Claim", "kg:claims")
    fillers = _by_event(facts, "kg:Filler", "kg:fills")
    events = (
        _event(
            facts,
            node,
            roles=tuple(_filler(facts, spans, filler) for filler in fillers.get(node, ())),
            claims=tuple(_claim(facts, spans, claim) for claim in claims.get(node, ())),
        )
        for node in facts.instances("kg:Event")
    )
    return tuple(sorted(events, key=lambda event: event.id))


def _by_event(facts: Facts, class_: str, link: str) -> dict[str, list[str]]:
    """Return the nodes of a class by the event they belong to, best first."""
    found: dict[str, list[str]] = {}
    for node in sorted(facts.instances(class_), key=lambda node: (int(facts.one(node, "kg:rank")), node)):
        found.setdefault(facts.one(node, link), []).append(node)
    return found


def _event(facts: Facts, node: str, *, roles: tuple[RoleFiller, ...], claims: tuple[Claim, ...]) -> Event:
    return Event(
        id=local_name(node),
        type=facts.local(node, "sem:eventType"),
        label=facts.one(node, "rdfs:label"),
        status=Status(facts.local(node, "kg:status")),
        confidence=float(facts.one(node, "kg:confidence")),
        roles=roles,
        claims=claims,
        when=_event_time(facts, node, claims),
        conflict=facts.maybe(node, "kg:hasConflict") == "true",
    )


def _event_time(facts: Facts, node: str, claims: tuple[Claim, ...]) -> When | None:
    """Return the event's time, with the place of its words in the claim it was taken from."""
    edtf = facts.maybe(node, "kg:edtf")
    if edtf is None:
        return None
    words = facts.one(node, "kg:timeText")
    told = (claim.when for claim in claims if claim.when)
    same = (when for when in told if when.edtf == edtf and when.span.text == words)
    bounds = (facts.one(node, f"sem:{edge}TimeStamp") for edge in ("hasEarliestBegin", "hasLatestEnd"))
    return next(same, None) or When(Span(0, 0, words), edtf, *bounds)


def _claim(facts: Facts, spans: Spans, node: str) -> Claim:
    agents = facts.all(node, "prov:wasAttributedTo")
    return Claim(
        id=local_name(node),
        event=facts.local(node, "kg:claims"),
        article=facts.local(node, "prov:hadPrimarySource"),
        status=Status(facts.local(node, "kg:factuality")),
        cue=facts.maybe(node, "kg:cue") or "",
        confidence=float(facts.one(node, "kg:confidence")),
        rule=facts.one(node, "kg:rule"),
        sentence=spans[facts.one(node, "kg:evidence")],
        trigger=spans[facts.one(node, "kg:trigger")],
        said_by=tuple(sorted(_sources(facts, spans, node, agents), key=lambda source: source.span)),
        when=_claim_time(facts, spans, node),
        in_headline=facts.maybe(node, "kg:inHeadline") == "true",
    )


def _sources(facts: Facts, spans: Spans, node: str, agents: list[str]) -> Iterable[Source]:
    for words in facts.all(node, "kg:sourceEvidence"):
        for agent in agents:
            if words in facts.all(agent, "gaf:denotedBy"):
                yield Source(spans[words], None if facts.is_a(agent, "prov:Agent") else local_name(agent))


def _claim_time(facts: Facts, spans: Spans, node: str) -> When | None:
    words = facts.maybe(node, "kg:timeEvidence")
    if words is None:
        return None
    return When(spans[words], *(facts.one(node, f"kg:claim{part}") for part in ("Edtf", "Earliest", "Latest")))


def _filler(facts: Facts, spans: Spans, node: str) -> RoleFiller:
    words = facts.one(node, "kg:evidence")
    kind = facts.id(node, "kg:valueKind")
    return RoleFiller(
        role=facts.one(node, "kg:role"),
        article=facts.article_of(words),
        span=spans[words],
        entity=None if kind else facts.id(node, "kg:filledWith"),
        value=_value(facts, node, ValueKind(kind)) if kind else None,
    )


def _value(facts: Facts, filler: str, kind: ValueKind) -> Value:
    quantity = facts.maybe(filler, "kg:filledWith") or filler
    number, maximum = (facts.maybe(quantity, f"schema:{part}") for part in ("value", "maxValue"))
    return Value(
        kind=kind,
        text=facts.one(filler, "kg:text"),
        number=Decimal(number) if number else None,
        maximum=Decimal(maximum) if maximum else None,
        currency=facts.maybe(quantity, "schema:currency"),
        currency_assumed=facts.maybe(filler, "kg:currencyAssumed") == "true",
        unit=None if kind is ValueKind.PERCENT else facts.maybe(quantity, "schema:unitText"),
        bound=facts.maybe(quantity, "kg:bound"),
        per=facts.maybe(quantity, "kg:per"),
        direction=facts.maybe(quantity, "kg:direction"),
        edtf=facts.maybe(filler, "kg:edtf"),
    )


def _edges(facts: Facts, entities: tuple[Entity, ...]) -> tuple[Edge, ...]:
    """Return the shortcut edges with their events, and the edges that entities carry themselves."""
    edges = [
        Edge(
            subject=facts.local(node, "rdf:subject"),
            predicate=facts.local(node, "rdf:predicate"),
            object=facts.local(node, "rdf:object"),
            events=tuple(sorted(map(local_name, facts.all(node, "prov:wasDerivedFrom")))),
        )
        for node in facts.instances("rdf:Statement")
    ]
    edges += [Edge(entity.id, "locatedIn", entity.located_in, ()) for entity in entities if entity.located_in]
    edges += [Edge(entity.id, "partOf", entity.part_of, ()) for entity in entities if entity.part_of]
    return tuple(sorted(edges, key=lambda edge: (edge.subject, edge.predicate, edge.object)))
