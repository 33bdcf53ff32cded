"""Write what supports an event: the claims of each article, the places where it fills the roles, and the words."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.model import TITLE_BREAK, Claim, Event, RoleFiller, Source, Span, Value, When
from kg.rdf import terms
from kg.rdf.context import Context, Triple, in_graph, quantity_node, types
from kg.rdf.terms import kg, name, text


def support(context: Context, event: Event) -> Iterator[Quad]:
    """Yield what each article contributes to an event: its claims and the places where it fills the roles."""
    for rank, claim in enumerate(event.claims):
        yield from in_graph(context.graph(claim.article), _claim(context, claim, rank))
    for rank, filler in enumerate(event.roles):
        yield from in_graph(context.graph(filler.article), _filler(context, event, filler, rank))


def _claim(context: Context, claim: Claim, rank: int) -> Iterator[Triple]:
    node, event = NamedNode(context.mint.claim(claim.id)), context.event(claim.event)
    rule = NamedNode(context.mint.rule(claim.rule))
    sentence, trigger = (context.mention(claim.article, span) for span in (claim.sentence, claim.trigger))
    yield from types(node, ("kg:Claim", "prov:Entity"))
    yield node, kg("claims"), event
    yield node, kg("rank"), terms.integer(rank)
    yield node, kg("factuality"), terms.status(claim.status)
    yield node, kg("polarity"), text("negative" if claim.status in terms.NEGATIVE else "positive")
    yield node, kg("confidence"), terms.confidence(claim.confidence)
    yield node, kg("rule"), text(claim.rule)
    yield node, name("prov:wasGeneratedBy"), rule
    yield rule, name("rdf:type"), name("prov:Activity")
    yield rule, name("rdfs:label"), text(claim.rule)
    yield node, name("prov:hadPrimarySource"), context.article(claim.article)
    yield node, kg("evidence"), sentence
    yield node, kg("trigger"), trigger
    yield event, name("gaf:denotedBy"), trigger
    if claim.cue:
        yield node, kg("cue"), text(claim.cue)
    if claim.in_headline:
        yield node, kg("inHeadline"), terms.true()
    yield from _words(context, claim.article, claim.sentence)
    yield from _words(context, claim.article, claim.trigger)
    if claim.when:
        yield from _claim_time(context, node, claim.article, claim.when)
    for source in claim.said_by:
        yield from _source(context, node, claim.article, source)


def _claim_time(context: Context, node: NamedNode, article: str, when: When) -> Iterator[Triple]:
    yield node, kg("claimEdtf"), text(when.edtf)
    yield node, kg("claimEarliest"), terms.date(when.earliest)
    yield node, kg("claimLatest"), terms.date(when.latest)
    yield node, kg("timeEvidence"), context.mention(article, when.span)
    yield from _words(context, article, when.span)


def _source(context: Context, claim: NamedNode, article: str, source: Source) -> Iterator[Triple]:
    words = context.mention(article, source.span)
    if source.entity:
        agent = context.entity(source.entity)
    else:
        agent = NamedNode(context.mint.source(source.span.text, article))
        yield agent, name("rdf:type"), name("prov:Agent")
        yield agent, name("rdfs:label"), text(source.span.text)
    yield claim, name("prov:wasAttributedTo"), agent
    yield claim, kg("sourceText"), text(source.span.text)
    yield claim, kg("sourceEvidence"), words
    yield agent, name("gaf:denotedBy"), words
    yield from _words(context, article, source.span)


def _filler(context: Context, event: Event, filler: RoleFiller, rank: int) -> Iterator[Triple]:
    """Yield one place in one article that fills a role: what makes an edge of the graph explainable."""
    words = context.mention(filler.article, filler.span)
    node = NamedNode(
        context.mint.filler(filler.role, event.id, words.value, filler.entity or "", _value_key(filler.value))
    )
    yield node, name("rdf:type"), kg("Filler")
    yield node, kg("fills"), context.event(event.id)
    yield node, kg("role"), text(filler.role)
    yield node, kg("rank"), terms.integer(rank)
    yield node, kg("evidence"), words
    yield from _words(context, filler.article, filler.span)
    if filler.entity:
        yield node, kg("filledWith"), context.entity(filler.entity)
        yield context.entity(filler.entity), name("gaf:denotedBy"), words
    if filler.value:
        yield from _filler_value(context, node, event, filler.role, filler.value)


def _value_key(value: Value | None) -> str:
    return f"{value.kind.value} {value.text}" if value else ""


def _filler_value(context: Context, node: NamedNode, event: Event, role: str, value: Value) -> Iterator[Triple]:
    yield node, kg("valueKind"), kg(value.kind.value)
    yield node, kg("text"), text(value.text)
    if value.kind in terms.QUANTITY_CLASSES:
        yield node, kg("filledWith"), quantity_node(context, event, role, value)
    if value.edtf:
        yield node, kg("edtf"), text(value.edtf)
    if value.currency_assumed:
        yield node, kg("currencyAssumed"), terms.true()


def _words(context: Context, key: str, span: Span) -> Iterator[Triple]:
    """Yield the words of an article with offsets into its text, or into its title, which is a context of its own."""
    node, shift, where = context.mention(key, span), 0, context.article(key)
    if span.start < 0:
        shift = len(context.articles[key].title + TITLE_BREAK)
        where = NamedNode(context.mint.title(key))
    yield node, name("rdf:type"), name("nif:OffsetBasedString")
    yield node, name("nif:referenceContext"), where
    yield node, name("nif:beginIndex"), terms.integer(span.start + shift)
    yield node, name("nif:endIndex"), terms.integer(span.end + shift)
    yield node, name("nif:anchorOf"), text(span.text)
