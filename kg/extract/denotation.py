"""What a word of the sentence denotes when a role asks for certain kinds: an entity, a value or a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.clusters import Cluster
from kg.extract.mentions import Form, Mention, long_text, phrase_start
from kg.extract.reading import Found, Reading
from kg.extract.values import FoundValue
from kg.model import Kind, Span, Value, ValueKind

NAMED_SCORE = 1.0
NOMINAL_SCORE = 0.8
PRONOUN_SCORE = 0.85
COERCED_SCORE = 0.5  # a name of another or unknown kind that the role takes for what it needs
NUMERIC = frozenset({ValueKind.MONEY, ValueKind.PERCENT, ValueKind.COUNT, ValueKind.QUANTITY})
PERIOD_NOUNS = frozenset({"quarter", "year", "half", "month", "period", "week", "season", "decade", "fiscal"})
# Kinds a name may have been given wrongly, and so may be taken for another when the grammar says so.
COERCIBLE = {
    Kind.ORGANIZATION: frozenset({Kind.THING, Kind.PERSON, Kind.PRODUCT, Kind.FACILITY, Kind.GOVERNMENT}),
    Kind.PERSON: frozenset({Kind.THING, Kind.ORGANIZATION}),
    Kind.PRODUCT: frozenset({Kind.THING, Kind.ORGANIZATION, Kind.PERSON}),
    Kind.FACILITY: frozenset({Kind.THING}),
    Kind.UNIT: frozenset({Kind.THING, Kind.ORGANIZATION}),
    Kind.PLACE: frozenset({Kind.THING}),
    Kind.GOVERNMENT: frozenset({Kind.THING, Kind.ORGANIZATION}),
    Kind.MARKET: frozenset({Kind.THING, Kind.PRODUCT}),
}


@dataclass(frozen=True, slots=True)
class Denotation:
    """What a phrase stands for: exactly one of `cluster` and `value` is given."""

    kind: Kind | ValueKind
    span: Span
    token: int
    score: float
    cluster: Cluster | None = None
    value: Value | None = None


def denote(reading: Reading, token: Token, kinds: Sequence[Kind | ValueKind]) -> Denotation | None:
    """Return what the token denotes, as the first of the kinds that fits; None if none fits."""
    for kind in _in_turn(reading, token, kinds):
        if kind is ValueKind.PHRASE and ValueKind.PERIOD in kinds and token.lemma_ not in PERIOD_NOUNS:
            continue
        found = _as_kind(reading, token, kind)
        if found:
            return found
    taken = next((found for kind in kinds if (found := _coerced(reading, token, kind))), None)
    return taken or (_as_kind(reading, token, Kind.THING) if Kind.THING in kinds else None)


def _in_turn(reading: Reading, token: Token, kinds: Sequence[Kind | ValueKind]) -> Sequence[Kind | ValueKind]:
    """Return the kinds to try. A name known as no more than a thing is taken for what the role asks for first."""
    cluster = reading.cluster_at(token)
    doubtful = (
        cluster is not None and cluster.named and cluster.kind is Kind.THING and kinds and kinds[0] is not Kind.THING
    )
    return [kind for kind in kinds if kind is not Kind.THING] if doubtful else kinds


def _as_kind(reading: Reading, token: Token, kind: Kind | ValueKind) -> Denotation | None:
    if kind in NUMERIC:
        return _number(reading, token, kind)
    if kind is ValueKind.PERIOD:
        return _period(reading, token)
    if kind is ValueKind.PHRASE:
        return _phrase(reading, token)
    return _entity(reading, token, kind)


def _number(reading: Reading, token: Token, kind: Kind | ValueKind) -> Denotation | None:
    """Return the number at the token, or among the modifiers of its noun: "a 16 % stake"."""
    for place in _phrase_tokens(token):
        found = reading.values.get(place.i)
        if found and found.item.value.kind == kind:
            return value_denotation(reading, found)
    return None


def value_denotation(reading: Reading, found: Found[FoundValue]) -> Denotation:
    """Return a found value as a denotation."""
    value = found.item.value
    return Denotation(value.kind, reading.span(found.start, found.end), found.start, NAMED_SCORE, value=value)


def _phrase_tokens(token: Token) -> Iterable[Token]:
    yield token
    if token.pos_ in ("NOUN", "PROPN", "SYM", "NUM"):
        start = phrase_start(token)
        yield from (token.doc[index] for index in range(token.i - 1, start - 1, -1))


def _period(reading: Reading, token: Token) -> Denotation | None:
    found = reading.times.get(token.i)
    if not found:
        return None
    span = reading.span(found.start, found.end)
    return Denotation(ValueKind.PERIOD, span, found.start, NAMED_SCORE, value=Value(ValueKind.PERIOD, span.text))


def _phrase(reading: Reading, token: Token) -> Denotation | None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM") or token.i in reading.times:
        return None
    span = reading.span(*_noun_phrase(token)) if token.pos_ in ("NOUN", "PROPN") else reading.span(token.i, token.i + 1)
    return Denotation(ValueKind.PHRASE, span, token.i, NOMINAL_SCORE, value=Value(ValueKind.PHRASE, span.text))


def _noun_phrase(noun: Token) -> tuple[int, int]:
    """Return the tokens of a noun with its modifiers and short *of* and *for* phrases, without determiners."""
    start = phrase_start(noun)
    while start < noun.i and (noun.doc[start].pos_ in ("DET", "PRON") or noun.doc[start].is_punct):
        start += 1
    first = noun.doc[start].idx
    phrase = noun.doc.char_span(first, first + len(long_text(noun, start)))
    return start, phrase.end if phrase is not None else noun.i + 1


def _entity(reading: Reading, token: Token, kind: Kind | ValueKind) -> Denotation | None:
    mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
    if mention is None or cluster is None or cluster.kind != kind or _is_value(reading, token, mention):
        return None
    return _mention_denotation(reading, mention, cluster, Kind(kind), _form_score(mention))


def _coerced(reading: Reading, token: Token, kind: Kind | ValueKind) -> Denotation | None:
    """Take a name of a doubtful kind for the kind that the role needs."""
    mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
    if mention is None or cluster is None or not cluster.named or not isinstance(kind, Kind):
        return None
    if cluster.kind not in COERCIBLE.get(kind, frozenset()) or _is_value(reading, token, mention):
        return None
    return _mention_denotation(reading, mention, cluster, kind, COERCED_SCORE)


def as_mention(reading: Reading, token: Token) -> Denotation | None:
    """Return what the token refers to, of whatever kind it is."""
    mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
    if mention is None or cluster is None:
        return None
    return _mention_denotation(reading, mention, cluster, cluster.kind, _form_score(mention))


def _mention_denotation(reading: Reading, mention: Mention, cluster: Cluster, kind: Kind, score: float) -> Denotation:
    return Denotation(kind, reading.span(mention.start, mention.end), mention.head, score, cluster=cluster)


def _form_score(mention: Mention) -> float:
    return {Form.NAME: NAMED_SCORE, Form.NOMINAL: NOMINAL_SCORE, Form.PRONOUN: PRONOUN_SCORE}[mention.form]


def _is_value(reading: Reading, token: Token, mention: Mention) -> bool:
    """Tell whether a common noun is part of an amount or date ("3 billion euros", "last year"), not a thing."""
    if mention.form is not Form.NOMINAL:
        return False
    found = reading.values.get(token.i)
    return token.i in reading.times or bool(found and found.item.value.kind in (ValueKind.MONEY, ValueKind.PERCENT))
