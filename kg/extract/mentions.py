"""Find what a role can be filled with: names, common-noun phrases and pronouns, each by its head word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from spacy.tokens import Doc, Token

from kg.extract.lexicon import Lexicon
from kg.extract.names import Name
from kg.extract.tree import Tree, prepositional, tree_of
from kg.model import Kind

PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod", "npadvmod", "advmod", "punct", "poss", "case"})
DETERMINERS = frozenset({"det", "predet", "poss", "case", "nummod", "quantmod"})
BEFORE_NOUN = MODIFIERS | DETERMINERS
POINTABLE = frozenset({Kind.FACILITY, Kind.UNIT})
CALLED_IN_FULL = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT, Kind.PERSON})  # "court in Lyon", "widow of Al Roe"
LINKS = ("of", "in")
LINK_LIMIT = 4  # words between a noun and an *of* phrase that still belongs to its name


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
    for index, token in enumerate(doc):
        if index in inside:
            continue
        if token.tag_ in PRONOUN_TAGS:
            found[index] = Mention(index, index + 1, index, Form.PRONOUN, Kind.THING, token.text)
        elif token.pos_ in ("NOUN", "PROPN") and _can_refer(token, lexicon):
            found[index] = _nominal(token, lexicon)
    return tuple(found[head] for head in sorted(found))


def _can_refer(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun refers to something: not as a modifier, unless one can point to it ("plant closures")."""
    label = noun.dep_
    if noun.is_space or label == "quantmod":
        return False
    return label != "compound" or lexicon.noun_kinds.get(noun.lemma_.lower()) in POINTABLE


def _name_head(doc: Doc, name: Name) -> int:
    return int(doc[name.start : name.end].root.i)


def _nominal(head: Token, lexicon: Lexicon) -> Mention:
    start, index, kind = phrase_start(head), head.i, noun_kind(head, lexicon)
    text = phrase_text(head, start)
    if kind in CALLED_IN_FULL:
        text += long_text(head, index, LINKS).removeprefix(head.text)
    return Mention(start, index + 1, index, Form.NOMINAL, kind, text)


def noun_kind(head: Token, lexicon: Lexicon) -> Kind:
    """Return the kind of a common noun, by its last two words or its last: "data centre", "factory"."""
    lemma = head.lemma_.lower()
    if head.i and (kind := lexicon.noun_kinds.get(f"{head.nbor(-1).lower_} {lemma}")):
        return kind
    return lexicon.noun_kinds.get(lemma, Kind.THING)


def phrase_start(head: Token) -> int:
    """Return the index of the first word of a noun phrase: its modifiers to the left, without relative clauses."""
    doc, tree, index = head.doc, tree_of(head.doc), head.i
    start = index
    for child in tree.below[index]:
        if child < index and tree.labels[child] in BEFORE_NOUN:
            start = min(start, doc[child].left_edge.i)
    return start


def phrase_text(head: Token, start: int) -> str:
    """Return the phrase without determiners and possessors."""
    doc, tree, end = head.doc, tree_of(head.doc), head.i
    while start < end and _is_determiner(tree, start, end):
        start = max(start + 1, doc[start].right_edge.i + 1) if tree.labels[start] == "poss" else start + 1
    return str(doc[start].text if start == end else doc[start : end + 1].text)


def _is_determiner(tree: Tree, index: int, head: int) -> bool:
    top = index
    while (above := tree.heads[top]) != head and above != top and above < head:
        top = above
    return tree.heads[top] == head and (tree.labels[top] in DETERMINERS or tree.words[top] == "own")


def long_text(head: Token, start: int, links: Sequence[str] = ("of", "for")) -> str:
    """Return a noun phrase with its short *of* and *for* phrases, as it stands."""
    end = head.i + 1
    for preposition in links:
        for token in prepositional(head, preposition):
            if 0 <= token.i - end <= LINK_LIMIT:
                end = token.i + 1
    return str(head.doc[start:end].text)
