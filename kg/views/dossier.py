"""What the page says about each event: roles, date, status, and every claim with its sentence, speaker and article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model import Article, Claim, Entity, Event, Knowledge, Source, Span
from kg.ontology import Ontology
from kg.views.scene import entity_key, event_details, event_key, event_title, main_roles
from kg.views.words import capital, date_words, edtf_words, fold, spaced

SAFE_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One filler of a role. `key` is the entity's box, empty for a value."""

    role: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One claim: its sentence around the trigger, who said it, where it stands. `url` is empty or safe to link."""

    before: str
    trigger: str
    after: str
    said_by: str
    status: str
    cue: str
    confidence: str
    rule: str
    in_headline: bool
    article: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the list. `search` is its words as a search compares them."""

    key: str
    title: str
    details: str
    type: str
    type_label: str
    group: str
    group_label: str
    status: str
    date: str
    confidence: str
    conflict: bool
    articles: tuple[str, ...]
    roles: tuple[RoleRow, ...]
    quotes: tuple[Quote, ...]
    search: str


def entries(knowledge: Knowledge, ontology: Ontology, keys: frozenset[str]) -> tuple[Entry, ...]:
    """Return the entries of the events whose boxes are among `keys`, earliest first, those without a date last."""
    names = {entity.id: entity for entity in knowledge.entities}
    articles = {article.key: article for article in knowledge.articles}
    shown = [event for event in knowledge.events if event_key(event.id) in keys]
    shown.sort(key=lambda event: (event.when is None, event.when.earliest if event.when else "", event.id))
    return tuple(_entry(event, ontology, names, articles) for event in shown)


def safe_url(url: str | None) -> str:
    """Return a web address if it may be linked, else nothing: http or https, with a host, without a password.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)"), safe_url("http://user:pw@example.org")
    ('https://example.org/a', '', '')
    """
    if not url or any(sign.isspace() or not sign.isprintable() for sign in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed [ in the host
        return ""
    return url if parts.scheme in SAFE_SCHEMES and parts.hostname and "@" not in parts.netloc else ""


def _entry(event: Event, ontology: Ontology, names: Mapping[str, Entity], articles: Mapping[str, Article]) -> Entry:
    event_type = ontology.types.get(event.type)
    group = ontology.groups.get(event_type.group) if event_type else None
    roles = tuple(_roles(event, ontology, names))
    quotes = tuple(_quote(claim, names, articles) for claim in event.claims)
    title = event.label or _title(event, ontology, roles)
    return Entry(
        key=event_key(event.id),
        title=title,
        details=" · ".join(event_details(event, ontology)),
        type=event.type,
        type_label=capital(event_type.label if event_type else spaced(event.type)),
        group=group.id if group else "",
        group_label=group.label if group else "Other",
        status=event.status.value,
        date=date_words(event.when),
        confidence=f"{event.confidence:.0%}",
        conflict=event.conflict,
        articles=tuple(sorted({claim.article for claim in event.claims})),
        roles=roles,
        quotes=quotes,
        search=fold(" ".join([title, event_title(event, ontology), event.type, *(row.text for row in roles)])),
    )


def _title(event: Event, ontology: Ontology, roles: tuple[RoleRow, ...]) -> str:
    main = [row.text for row in roles if row.key][:2]
    return f"{event_title(event, ontology)}: {', '.join(main)}" if main else event_title(event, ontology)


def _roles(event: Event, ontology: Ontology, names: Mapping[str, Entity]) -> Iterator[RoleRow]:
    """Yield each filler once, the main roles first."""
    first = main_roles(ontology.types.get(event.type))
    ordered = sorted(event.roles, key=lambda filler: first.index(filler.role) if filler.role in first else len(first))
    rows: dict[tuple[str, str], RoleRow] = {}
    for filler in ordered:
        known = ontology.roles.get(filler.role)
        label = capital(known.label if known else spaced(filler.role))
        if filler.entity and filler.entity in names:
            row = RoleRow(label, names[filler.entity].label, entity_key(filler.entity))
        elif filler.value and filler.value.edtf:
            row = RoleRow(label, edtf_words(filler.value.edtf), "")
        else:
            row = RoleRow(label, filler.value.text if filler.value else filler.span.text, "")
        rows.setdefault((row.role, row.key or row.text), row)
    yield from rows.values()


def _quote(claim: Claim, names: Mapping[str, Entity], articles: Mapping[str, Article]) -> Quote:
    article = articles.get(claim.article)
    before, trigger, after = _around(claim.sentence, claim.trigger)
    return Quote(
        before=before,
        trigger=trigger,
        after=after,
        said_by=", ".join(dict.fromkeys(_speaker(source, names) for source in claim.said_by)),
        status=claim.status.value,
        cue=claim.cue,
        confidence=f"{claim.confidence:.0%}",
        rule=claim.rule,
        in_headline=claim.in_headline,
        article=article.title or article.id if article else claim.article,
        publisher=(article.publisher or "") if article else "",
        date=edtf_words(article.date or "") if article else "",
        url=safe_url(article.url) if article else "",
    )


def _speaker(source: Source, names: Mapping[str, Entity]) -> str:
    return names[source.entity].label if source.entity and source.entity in names else source.span.text


def _around(sentence: Span, trigger: Span) -> tuple[str, str, str]:
    """Split a sentence at its trigger; a trigger that is not in it leaves the sentence whole."""
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    if 0 <= start < end <= len(sentence.text):
        return sentence.text[:start], sentence.text[start:end], sentence.text[end:]
    return sentence.text, "", ""
