"""Find what a role can be filled with: names, common-noun phrases and pronouns, each by its head word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from spacy.tokens import Doc, Token

from kg.extract.lexicon import Lexicon
from kg.extract.names import Name
from kg.extract.syntax import prepositional
from kg.model import Kind

PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod", "npadvmod", "advmod", "punct", "poss", "case"})
DETERMINERS = frozenset({"det", "predet", "poss", "case", "nummod", "quantmod"})


class Form(Enum):
    """How a mention refers."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that refers to something: token offsets (end exclusive), its head's index, what it is."""

    start: int
    end: int
    head: int
    form: Form
    kind: Kind
    text: str  # without article and possessive ending


def find_mentions(doc: Doc, names: Sequence[Name], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions of the document in order of their heads, one a head word."""
    inside = {index: name for name in names for index in range(name.start, name.end)}
    found: dict[int, Mention] = {}
    for name in names:
        head = _name_head(doc, name)
        found[head] = Mention(name.start, name.end, head, Form.NAME, name.kind, name.text)
    for token in doc:
        if token.i in inside:
            continue
        if token.tag_ in PRONOUN_TAGS:
            found[token.i] = Mention(token.i, token.i + 1, token.i, Form.PRONOUN, Kind.THING, token.text)
        elif token.pos_ in ("NOUN", "PROPN") and _can_refer(token, lexicon):
            found[token.i] = _nominal(token, lexicon)
    return tuple(found[head] for head in sorted(found))


def _can_refer(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun refers to something: not as a modifier, unless of a thing one can point to ("plant closures")."""
    if noun.is_space or noun.dep_ == "quantmod":
        return False
    return noun.dep_ != "compound" or lexicon.noun_kinds.get(noun.lemma_.lower()) in (Kind.FACILITY, Kind.UNIT)


def _name_head(doc: Doc, name: Name) -> int:
    return int(doc[name.start : name.end].root.i)


def _nominal(head: Token, lexicon: Lexicon) -> Mention:
    start = phrase_start(head)
    return Mention(start, head.i + 1, head.i, Form.NOMINAL, noun_kind(head, lexicon), phrase_text(head, start))


def noun_kind(head: Token, lexicon: Lexicon) -> Kind:
    """Return the kind of a common noun, by its last two words or its last: "data centre", "factory"."""
    lemma = head.lemma_.lower()
    if head.i and (kind := lexicon.noun_kinds.get(f"{head.nbor(-1).lower_} {lemma}")):
        return kind
    return lexicon.noun_kinds.get(lemma, Kind.THING)


def phrase_start(head: Token) -> int:
    """Return the index of the first word of a noun phrase: its modifiers to the left, without relative clauses and the like."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in MODIFIERS | DETERMINERS:
            start = min(start, child.left_edge.i)
    return start


def phrase_text(head: Token, start: int) -> str:
    """Return the phrase without determiners and possessors."""
    while start < head.i and _is_determiner(head.doc[start], head):
        start = max(start + 1, head.doc[start].right_edge.i + 1) if head.doc[start].dep_ == "poss" else start + 1
    return head.doc[start : head.i + 1].text


def _is_determiner(token: Token, head: Token) -> bool:
    top = token
    while top.head != head and top.head != top and top.head.i < head.i:
        top = top.head
    return top.head == head and (top.dep_ in DETERMINERS or top.lower_ == "own")


def long_text(head: Token, start: int) -> str:
    """Return a noun phrase with its short *of* and *for* phrases, as it stands."""
    end = head.i + 1
    for preposition in ("of", "for"):
        for token in prepositional(head, preposition):
            if token.i - end <= 4 and token.i >= end:
                end = token.i + 1
    return head.doc[start:end].text
