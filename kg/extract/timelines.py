"""Date events whose time stands in another sentence: "the deal should close in March", shares that fell on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.extract.syntax import VERBAL, children
from kg.extract.times import find_time
from kg.model import EventMention, Status, When

AHEAD = frozenset({Status.ANNOUNCED, Status.COMMITTED, Status.PLANNED, Status.EXPECTED})
# Nouns by which a later sentence takes up what was announced, and verbs for its taking place.
SUMMARIES = frozenset(
    {"deal", "transaction", "acquisition", "merger", "takeover", "sale", "purchase", "move", "offer", "cut", "transfer"}
    | {"agreement", "plan", "project", "closure", "spin-off", "spinoff", "split", "listing", "restructuring", "completion"}
)
COMPLETIONS = frozenset(
    {"close", "complete", "finalise", "finalize", "conclude", "finish", "take", "happen", "occur", "start", "begin"}
    | {"schedule", "expect", "end", "go"}
)
DEFINITE = frozenset({"the", "this", "that", "its", "their"})
MAX_CLIMB = 3


def date_by_sequel(
    reading: Reading, told: Sequence[tuple[Token, EventMention]], lexicon: Lexicon
) -> tuple[EventMention, ...]:
    """Return the mentions, those of coming events with the time that a later sentence gives for their completion."""
    found = {token.i: when for token, when in _sequels(reading, lexicon)}
    mentions = [mention for _, mention in told]
    for place, when in sorted(found.items()):
        number = _last_ahead(told, place)
        if number is not None and (mentions[number].when is None or mentions[number].dated_by_statement):
            mentions[number] = replace(mentions[number], when=when, dated_by_statement=False)
    return tuple(mentions)


def _last_ahead(told: Sequence[tuple[Token, EventMention]], place: int) -> int | None:
    """Return the number of the last coming event told before a place of the text."""
    before = [number for number, (token, mention) in enumerate(told) if token.i < place and mention.status in AHEAD]
    return before[-1] if before else None


def _sequels(reading: Reading, lexicon: Lexicon) -> Iterable[tuple[Token, When]]:
    """Yield the nouns that take an event up again and the time given for its completion."""
    for token in reading.doc:
        if token.lemma_.lower() in SUMMARIES and token.pos_ == "NOUN" and _is_definite(token):
            verb = _course(token)
            dated = find_time(reading, verb, Status.PLANNED, lexicon) if verb is not None else None
            if dated and not dated.of_statement:
                yield token, dated.when


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in DEFINITE for child in children(noun, "det", "poss"))


def _course(noun: Token) -> Token | None:
    """Return the lowest verb of completion that an event is the subject of: "is expected to close"."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in VERBAL:
        return None
    lower = [verb, *children(verb, "xcomp")]
    return next((word for word in reversed(lower) if word.lemma_.lower() in COMPLETIONS), None)
