"""Date events whose time stands in another sentence: "the deal should close in March", shares that fell on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from kg.extract.calendar import read_anchor
from kg.extract.dates import TimeExpression
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Found, Reading
from kg.extract.syntax import VERBAL
from kg.extract.times import find_time, when_of
from kg.extract.tree import children
from kg.model import EventMention, Status, When
from kg.ontology import Ontology

AHEAD = frozenset({Status.ANNOUNCED, Status.COMMITTED, Status.PLANNED, Status.EXPECTED})
# Nouns by which a later sentence takes up what was announced, and verbs for its taking place.
SUMMARIES = frozenset(
    {"deal", "transaction", "acquisition", "merger", "takeover", "sale", "purchase", "move", "offer", "cut", "transfer"}
    | {
        "agreement",
        "plan",
        "project",
        "closure",
        "spin-off",
        "spinoff",
        "split",
        "listing",
        "restructuring",
        "completion",
    }
)
COMPLETIONS = frozenset(
    {"close", "complete", "finalise", "finalize", "conclude", "finish", "take", "happen", "occur", "start", "begin"}
    | {"schedule", "expect", "end", "go"}
)
SECURITIES = "Securities"  # the group of events on the stock exchange
FRESH = timedelta(days=3)  # news tells of the last trading day, over a weekend at most
DEFINITE = frozenset({"the", "this", "that", "its", "their"})


def date_across(
    reading: Reading, told: Sequence[tuple[Token, EventMention]], lexicon: Lexicon, ontology: Ontology
) -> tuple[EventMention, ...]:
    """Return the mentions, those without a time of their own with the one that other sentences give."""
    mentions = [mention for _, mention in told]
    for place, when in _sequels(reading, lexicon):
        number = _last_ahead(told, place)
        if number is not None and (mentions[number].when is None or mentions[number].dated_by_statement):
            mentions[number] = replace(mentions[number], when=when, dated_by_statement=False)
    for number, (token, mention) in enumerate(told):
        if mentions[number].when is None:
            borrowed = _borrowed(reading, token, mention, lexicon, ontology)
            mentions[number] = replace(mention, when=borrowed, dated_by_statement=borrowed is not None)
    return tuple(mentions)


def _borrowed(
    reading: Reading, token: Token, mention: EventMention, lexicon: Lexicon, ontology: Ontology
) -> When | None:
    """Return the time of the lead for a headline, the trading day for a move of shares."""
    if mention.in_headline:
        return _lead_time(reading, mention.status, lexicon)
    if ontology.types[mention.type].group == SECURITIES and mention.status is Status.HAPPENED:
        return _day_before(reading, token)
    return None


def _lead_time(reading: Reading, status: Status, lexicon: Lexicon) -> When | None:
    """Return the time of the main clause of the first sentence of the body."""
    first = next((token for token in reading.doc if not reading.in_title(token) and not token.is_space), None)
    if first is None:
        return None
    root = reading.sentence_tokens(first).root
    said = root.lemma_ in lexicon.reporting_verbs
    dated = find_time(reading, root, Status.HAPPENED if said else status, lexicon)
    return dated.when if dated else None


def _day_before(reading: Reading, token: Token) -> When | None:
    """Return the last day named before a token, if the article is news of it."""
    days = (_day(reading, found) for place, found in sorted(reading.times.items(), reverse=True) if place < token.i)
    return next((day for day in days if day and _is_news(reading, day)), None)


def _day(reading: Reading, found: Found[TimeExpression]) -> When | None:
    when = when_of(reading, found, "past")
    return when if when and when.earliest == when.latest else None


def _is_news(reading: Reading, day: When) -> bool:
    anchor = read_anchor(reading.article.date)
    written = anchor.date if anchor else None
    return written is not None and timedelta() <= written - date.fromisoformat(day.earliest) <= FRESH


def _last_ahead(told: Sequence[tuple[Token, EventMention]], place: int) -> int | None:
    """Return the number of the last coming event told before a place of the text."""
    before = [number for number, (token, mention) in enumerate(told) if token.i < place and mention.status in AHEAD]
    return before[-1] if before else None


def _sequels(reading: Reading, lexicon: Lexicon) -> Iterable[tuple[int, When]]:
    """Yield the places of nouns that take an event up again and the time given for its completion."""
    for token in reading.doc:
        if token.lemma_.lower() in SUMMARIES and token.pos_ == "NOUN" and _is_definite(token):
            verb = _course(token)
            dated = find_time(reading, verb, Status.PLANNED, lexicon) if verb is not None else None
            if dated and not dated.of_statement:
                yield token.i, dated.when


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in DEFINITE for child in children(noun, "det", "poss"))


def _course(noun: Token) -> Token | None:
    """Return the lowest verb of completion that an event is the subject of: "is expected to close"."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in VERBAL:
        return None
    lower = [verb, *children(verb, "xcomp")]
    return next((word for word in reversed(lower) if word.lemma_.lower() in COMPLETIONS), None)
