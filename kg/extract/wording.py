"""What a run of words denotes that is known to fill a role, whatever its head and whatever its kind.

`denotation.denote` asks of one word whether it fits; here it is settled that the words fit, and the question is which
of them names the filler: "11 of their planes", "a spokesman for Acme", "68 percent of Acme", "the shares".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from kg.extract.clusters import ACTORS, Cluster
from kg.extract.denotation import COERCED_SCORE, NUMERIC, Denotation, as_mention, denote, value_denotation
from kg.extract.mentions import Form
from kg.extract.reading import Reading
from kg.extract.tree import children, prepositional
from kg.model import Kind, Value, ValueKind

GUESSED_SCORE = 0.4  # no word in the span fits the kinds of the role
QUANTIFIERS = frozenset(
    ["all", "any", "both", "each", "half", "many", "most", "number", "one", "part", "percent", "rest", "some", "%"]
)
BELONGING = ("of", "for", "at", "from", "in")  # what stands behind a spokesman, a share, a report
STANDS_FOR_OWNER = frozenset({Kind.POST, Kind.PERSON, Kind.THING, Kind.UNIT})


def denote_words(reading: Reading, start: int, end: int, kinds: Sequence[Kind | ValueKind]) -> Denotation | None:
    """Return what the tokens from `start` to `end` (exclusive) denote in a role of the given kinds."""
    words = reading.doc[start:end]
    found = _value(reading, words, kinds)
    if found is not None:
        return found
    wanted = [Kind(kind) for kind in kinds if isinstance(kind, Kind)]
    return _entity(reading, words, wanted) if wanted else _phrase(reading, words, kinds)


def denote_each(reading: Reading, start: int, end: int, kinds: Sequence[Kind | ValueKind]) -> tuple[Denotation, ...]:
    """Return what the tokens denote, the members of "both companies" one by one; empty if nothing."""
    found = denote_words(reading, start, end, kinds)
    if found is None:
        return ()
    members = found.cluster.members if found.cluster is not None else ()
    fitting = [replace(found, kind=member.kind, cluster=member) for member in members if member.kind in kinds]
    return tuple(fitting) or (found,)


def _value(reading: Reading, words: SpacySpan, kinds: Sequence[Kind | ValueKind]) -> Denotation | None:
    """Return the first number or period among the words that the role can take."""
    for token in words:
        value = reading.values.get(token.i)
        if value and value.item.value.kind in kinds and value.item.value.kind in NUMERIC:
            return value_denotation(reading, value)
    if ValueKind.PERIOD in kinds:
        for token in words:
            if token.i in reading.times:
                return denote(reading, token, (ValueKind.PERIOD,))
    return None


def _phrase(reading: Reading, words: SpacySpan, kinds: Sequence[Kind | ValueKind]) -> Denotation | None:
    if ValueKind.PHRASE not in kinds:
        return None
    span = reading.span(words.start, words.end)
    return Denotation(ValueKind.PHRASE, span, words.root.i, COERCED_SCORE, value=Value(ValueKind.PHRASE, span.text))


def _entity(reading: Reading, words: SpacySpan, kinds: Sequence[Kind]) -> Denotation | None:
    head = _head(words)
    return (
        denote(reading, head, kinds)
        or _behind(reading, head, kinds)
        or next((found for token in words if (found := _named(reading, token, kinds))), None)
        or next((found for token in (head, *reversed(list(words))) if (found := _guessed(reading, token, kinds))), None)
    )


def _head(words: SpacySpan) -> Token:
    """Return the word that names the thing: behind "of" where only an amount stands before it."""
    head = words.root
    while head.like_num or head.lemma_.lower() in QUANTIFIERS:
        inner = [token for token in prepositional(head, "of") if words.start <= token.i < words.end]
        if not inner:
            break
        head = inner[0]
    return head


def _behind(reading: Reading, head: Token, kinds: Sequence[Kind]) -> Denotation | None:
    """Return the company that a spokesman, a report or a share stands for where a role asks for companies."""
    mention, cluster = reading.mentions.get(head.i), reading.cluster_at(head)
    if mention is None or cluster is None or mention.form is not Form.NOMINAL or cluster.kind not in STANDS_FOR_OWNER:
        return None
    if not ACTORS.intersection(kinds):
        return None
    for token in _owners(head):
        found = _named(reading, token, kinds)
        if found is not None and found.cluster is not None:
            return _as_owner(reading, head, found.cluster, found.kind)
    owner = cluster.owner
    return _as_owner(reading, head, owner, owner.kind) if owner is not None and owner.kind in kinds else None


def _owners(head: Token) -> Iterator[Token]:
    yield from children(head, "poss", "compound", "nmod")
    for preposition in BELONGING:
        yield from prepositional(head, preposition)


def _as_owner(reading: Reading, head: Token, owner: Cluster, kind: Kind | ValueKind) -> Denotation:
    mention = reading.mentions[head.i]
    return Denotation(kind, reading.span(mention.start, mention.end), head.i, COERCED_SCORE, cluster=owner)


def _named(reading: Reading, token: Token, kinds: Sequence[Kind]) -> Denotation | None:
    mention = reading.mentions.get(token.i)
    return denote(reading, token, kinds) if mention is not None and mention.form is Form.NAME else None


def _guessed(reading: Reading, token: Token, kinds: Sequence[Kind]) -> Denotation | None:
    """Take a thing of any kind for what the role asks for first."""
    found = as_mention(reading, token)
    return replace(found, kind=kinds[0], score=GUESSED_SCORE) if found is not None else None
