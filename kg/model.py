"""The values that every part of the project passes around. All of them are frozen.

An article is read (`Article`), its language analysed into entities and event mentions (`Extraction`), and the
extractions of all articles are resolved into one `Graph` of `Entity`, `Event` and `Claim`.

Offsets are Python string indices into `Article.text`, end exclusive. A negative offset lies in the title: it
indexes `title + TITLE_BREAK` from the end, so `(title + TITLE_BREAK)[start:end]` gives the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

TITLE_BREAK = "\n\n"


class Kind(StrEnum):
    """What an entity is."""

    ORGANIZATION = "Organization"
    GOVERNMENT = "Government"
    PERSON = "Person"
    PLACE = "Place"
    FACILITY = "Facility"
    PRODUCT = "Product"
    UNIT = "Unit"
    POST = "Post"
    MARKET = "Market"
    THING = "Thing"


class ValueKind(StrEnum):
    """What a value measures."""

    MONEY = "Money"
    PERCENT = "Percent"
    COUNT = "Count"
    QUANTITY = "Quantity"
    PERIOD = "Period"
    PHRASE = "Phrase"


class Status(StrEnum):
    """How far an event has come, or how sure its source is of it. The taxonomy's factuality values."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    ANNOUNCED = "announced"
    COMMITTED = "committed"
    PLANNED = "planned"
    EXPECTED = "expected"
    RUMOURED = "rumoured"
    UNDISCLOSED = "undisclosed"
    DENIED = "denied"
    CANCELLED = "cancelled"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of an article: offsets into its text (or, when negative, its title) and the words themselves."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read.

    `text` is the text as given. `clean` has the same length, with page furniture, repeated headlines and stray
    full stops blanked out by spaces, so that an offset into one is an offset into the other. `id` is unique in a
    build; `key` is `d` and the first 16 hex digits of the SHA-256 of title, text and date, and names the article in
    IRIs.
    """

    id: str
    key: str
    title: str
    text: str
    clean: str
    date: str | None = None  # ISO date, or a prefix of one: 2021, 2021-11, 2021-11-27
    url: str | None = None
    publisher: str | None = None
    language: str = "en"
    source: str = ""  # file or URL it was read from, for messages; never in the graph


@dataclass(frozen=True, slots=True)
class When:
    """A time: its words, its EDTF and its bounds.

    EDTF is ISO 8601-2: 2021, 2021-11, 2021-33 a quarter, 2024-40 a half, `/` between the ends of an interval.
    """

    span: Span
    edtf: str
    earliest: str  # ISO date, inclusive
    latest: str  # ISO date, inclusive


@dataclass(frozen=True, slots=True)
class Value:
    """A number, period or phrase that fills a role.

    `number` holds the amount, percentage, count or quantity in base units (dollars, not millions). `text` is always
    the words as they stand.
    """

    kind: ValueKind
    text: str
    number: Decimal | None = None
    maximum: Decimal | None = None  # upper end of a range
    currency: str | None = None  # ISO 4217
    currency_assumed: bool = False  # "$" read as USD
    unit: str | None = None  # singular noun: car, tonne, share
    bound: str | None = None  # about, moreThan, lessThan, upTo, almost
    per: str | None = None  # ISO 8601 duration (P1Y) or a noun (share)
    direction: str | None = None  # up, down
    edtf: str | None = None  # of a period


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity of one article: a cluster of mentions under its fullest name.

    `located_in` and `part_of` are `key`s of other entities of the same article.
    """

    key: str
    kind: Kind
    label: str
    named: bool  # False for "the factory" and other things without a name of their own
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    located_in: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills one role of an event mention: an entity of the article (`entity` is its key) or a value."""

    role: str
    span: Span
    score: float = 1.0
    entity: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to have said it: the words, and the entity if it is one."""

    span: Span
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One sentence's assertion of an event."""

    type: str
    trigger: Span
    sentence: Span
    status: Status
    fillers: tuple[Filler, ...]
    rule: str  # what produced it, e.g. frame:Acquisition/verb/acquire
    confidence: float
    cue: str = ""  # the words that decided the status
    said_by: tuple[Source, ...] = ()
    when: When | None = None
    in_headline: bool = False
    dated_by_statement: bool = False  # `when` tells when it was said, for want of a better time
    definite: bool = False  # told as something known: "the acquisition", "this recall"


@dataclass(frozen=True, slots=True)
class LocalEvent:
    """An event of one article: its mentions, best first, merged into one set of fillers and one status."""

    type: str
    status: Status
    fillers: tuple[Filler, ...]
    mentions: tuple[EventMention, ...]
    confidence: float
    said_by: tuple[Source, ...] = ()
    when: When | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read out of one article. What a build keeps on disk per article."""

    article: Article
    entities: tuple[LocalEntity, ...]
    events: tuple[LocalEvent, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph. `id` is the local name of its IRI; `located_in` and `part_of` are ids."""

    id: str
    kind: Kind
    label: str
    named: bool
    aliases: tuple[str, ...] = ()
    located_in: str | None = None
    part_of: str | None = None
    articles: tuple[str, ...] = ()  # keys of the articles that mention it


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """What fills one role of an event: an entity id or a value. `article` and `span` say where it stands."""

    role: str
    article: str
    span: Span
    entity: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of one article that asserts, plans, expects, rumours or denies an event."""

    id: str
    event: str
    article: str  # key
    status: Status
    cue: str
    confidence: float
    rule: str
    sentence: Span
    trigger: Span
    said_by: tuple[Source, ...] = ()  # entity holds an entity id
    when: When | None = None
    in_headline: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A real-world event: what the claims about it agree on. `id` is the local name of its IRI."""

    id: str
    type: str
    label: str
    status: Status
    confidence: float
    roles: tuple[RoleFiller, ...]
    claims: tuple[Claim, ...]  # best first
    when: When | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A direct edge between two entities, and the events it is derived from. `predicate` is a local name: builds."""

    subject: str
    predicate: str
    object: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The resolved content of a graph: articles, entities, events and shortcut edges, each sorted by id."""

    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    edges: tuple[Edge, ...] = field(default=())
