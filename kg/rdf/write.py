"""Turn resolved knowledge into quads: what each article contributes in its own graph, what is merged in another.

The merged graph holds entities, events with their roles and numbers, and the shortcut edges. An article's graph holds
its description, its claims, the places where roles are filled, and all words that serve as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.iris import DEFAULT_BASE, MERGED, iris
from kg.model import Article, Edge, Entity, Event, Kind, Knowledge, RoleFiller, Value, ValueKind, When
from kg.ontology import Ontology
from kg.rdf import terms
from kg.rdf.context import Context, Triple, in_graph, quantity_node, types
from kg.rdf.support import support
from kg.rdf.terms import kg, name, text


def to_quads(knowledge: Knowledge, ontology: Ontology, *, base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Yield the quads of the whole graph; some may come twice. Raises `UsageError` for a base that is none."""
    context = Context(
        mint=iris(base),
        ontology=ontology,
        articles={article.key: article for article in knowledge.articles},
        entities={entity.id: entity for entity in knowledge.entities},
    )
    merged = context.graph(MERGED)
    for article in knowledge.articles:
        yield from in_graph(context.graph(article.key), _article(context, article))
    for entity in knowledge.entities:
        yield from in_graph(merged, _entity(context, entity))
        yield from _mentioned(context, entity)
    for event in knowledge.events:
        yield from in_graph(merged, _event(context, event))
        yield from support(context, event)
    symmetric = _symmetric_predicates(ontology)
    for edge in knowledge.edges:
        yield from in_graph(merged, _edge(context, edge, symmetric))


def _article(context: Context, article: Article) -> Iterator[Triple]:
    node, title = context.article(article.key), NamedNode(context.mint.title(article.key))
    yield from types(node, ("schema:NewsArticle", "prov:Entity", "nif:Context"))
    yield node, name("dcterms:identifier"), text(article.id)
    yield node, name("schema:headline"), text(article.title)
    yield node, name("dcterms:language"), text(article.language)
    yield node, name("dcterms:hasPart"), title
    yield title, name("rdf:type"), name("nif:Context")
    yield title, name("nif:isString"), text(article.title)
    if article.date:
        yield node, name("schema:datePublished"), terms.date(article.date)
    if article.url:
        yield node, name("schema:url"), text(article.url)
    if article.publisher:
        yield node, name("dcterms:publisher"), text(article.publisher)


def _entity(context: Context, entity: Entity) -> Iterator[Triple]:
    node = context.entity(entity.id)
    yield from types(node, terms.KIND_CLASSES[entity.kind])
    yield node, name("rdfs:label"), text(entity.label)
    yield node, kg("named"), terms.boolean(entity.named)
    for alias in entity.aliases:
        yield node, name("skos:altLabel"), text(alias)
    if entity.located_in:
        yield node, kg("locatedIn"), context.entity(entity.located_in)
    if entity.part_of:
        yield node, kg("partOf"), context.entity(entity.part_of)
        if entity.kind is Kind.UNIT:
            yield node, name("org:unitOf"), context.entity(entity.part_of)
        if entity.kind is Kind.POST:
            yield node, name("org:postIn"), context.entity(entity.part_of)


def _mentioned(context: Context, entity: Entity) -> Iterator[Quad]:
    for key in entity.articles:
        yield Quad(context.article(key), name("schema:mentions"), context.entity(entity.id), context.graph(key))


def _event(context: Context, event: Event) -> Iterator[Triple]:
    node, type_ = context.event(event.id), context.ontology.types[event.type]
    yield from types(node, ("kg:Event", "sem:Event", f"kg:{event.type}", f"kg:{type_.group}Event"))
    yield node, name("sem:eventType"), kg(event.type)
    yield node, name("rdfs:label"), text(event.label)
    yield node, kg("status"), terms.status(event.status)
    yield node, kg("confidence"), terms.confidence(event.confidence)
    if event.conflict:
        yield node, kg("hasConflict"), terms.true()
    if event.when:
        yield from _event_time(node, event.when)
    for filler in event.roles:
        yield from _role(context, event, filler)


def _event_time(node: NamedNode, when: When) -> Iterator[Triple]:
    yield node, kg("edtf"), text(when.edtf)
    yield node, kg("timeText"), text(when.span.text)
    yield node, name("sem:hasEarliestBeginTimeStamp"), terms.date(when.earliest)
    yield node, name("sem:hasLatestEndTimeStamp"), terms.date(when.latest)


def _role(context: Context, event: Event, filler: RoleFiller) -> Iterator[Triple]:
    node = context.event(event.id)
    if filler.entity:
        yield node, kg(filler.role), context.entity(filler.entity)
        yield from _participant(context, node, filler)
    elif filler.value and filler.value.kind in terms.QUANTITY_CLASSES:
        quantity = quantity_node(context, event, filler.role, filler.value)
        yield node, kg("quantity"), quantity
        yield from _quantity(quantity, filler.role, filler.value)
    elif filler.value:
        yield node, kg(filler.role), text(filler.value.text)


def _participant(context: Context, event: NamedNode, filler: RoleFiller) -> Iterator[Triple]:
    """Say in SEM's words who acts and where, so that a query need not know the roles."""
    assert filler.entity is not None
    entity = context.entities[filler.entity]
    if entity.kind in terms.ACTORS:
        yield event, name("sem:hasActor"), context.entity(entity.id)
    if entity.kind is Kind.PLACE:
        yield event, name("sem:hasPlace"), context.entity(entity.id)
    if entity.kind is Kind.FACILITY and entity.located_in:
        yield event, name("sem:hasPlace"), context.entity(entity.located_in)


def _quantity(node: NamedNode, role: str, value: Value) -> Iterator[Triple]:
    yield from types(node, (terms.QUANTITY_CLASSES[value.kind], f"kg:{value.kind.value}"))
    yield node, kg("role"), text(role)
    yield node, kg("text"), text(value.text)
    if value.number is not None:
        yield node, name("schema:value"), terms.number(value.number)
    if value.maximum is not None and value.number is not None:
        yield node, name("schema:minValue"), terms.number(value.number)
        yield node, name("schema:maxValue"), terms.number(value.maximum)
    if value.currency:
        yield node, name("schema:currency"), text(value.currency)
    if unit := value.unit or (terms.PERCENT_UNIT if value.kind is ValueKind.PERCENT else None):
        yield node, name("schema:unitText"), text(unit)
    if value.currency_assumed:
        yield node, kg("currencyAssumed"), terms.true()
    if value.per:
        yield node, kg("per"), terms.rate(value.per)
    for label, words in (("bound", value.bound), ("direction", value.direction)):
        if words:
            yield node, kg(label), text(words)


def _edge(context: Context, edge: Edge, symmetric: frozenset[str]) -> Iterator[Triple]:
    subject, predicate, object_ = context.entity(edge.subject), kg(edge.predicate), context.entity(edge.object)
    yield subject, predicate, object_
    if edge.predicate in symmetric:
        yield object_, predicate, subject
    if edge.events:
        node = NamedNode(context.mint.edge(edge.subject, edge.predicate, edge.object))
        yield node, name("rdf:type"), name("rdf:Statement")
        yield node, name("rdf:subject"), subject
        yield node, name("rdf:predicate"), predicate
        yield node, name("rdf:object"), object_
        for event in edge.events:
            yield node, name("prov:wasDerivedFrom"), context.event(event)


def _symmetric_predicates(ontology: Ontology) -> frozenset[str]:
    """Return the predicates that join two fillers of one role: if A merged with B, B merged with A."""
    shortcuts = (type_.shortcut for type_ in ontology.types.values() if type_.shortcut)
    same = [shortcut for shortcut in shortcuts if shortcut.subject == shortcut.object]
    return frozenset(name for shortcut in same for name in (shortcut.predicate, shortcut.planned) if name)
