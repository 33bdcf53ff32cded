"""The dependency tree of a document, collected once.

spaCy makes a new `Token` at every access and looks for the children of a word by walking over all it governs, so that
asking the same questions again and again costs more than the answers are worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

PREPOSITIONAL = ("prep", "agent", "dative", "prt")  # how a preposition hangs on what it belongs to
_KEY = "kg.tree"  # in the doc's user data


@dataclass(frozen=True, slots=True)
class Tree:
    """Columns by token index. `below` holds the direct dependents in the order of the sentence."""

    heads: tuple[int, ...]  # the root is its own head
    labels: tuple[str, ...]
    words: tuple[str, ...]  # in lower case
    below: tuple[tuple[int, ...], ...]

    def children(self, index: int, *labels: str) -> list[int]:
        """Return the dependents with one of the labels."""
        return [child for child in self.below[index] if self.labels[child] in labels]

    def prepositional(self, index: int, preposition: str) -> list[int]:
        """Return the objects of one preposition that hangs on the word; "out of" and "due to" chains are followed."""
        *before, last = preposition.split()
        found: list[int] = []
        for child in self.children(index, *PREPOSITIONAL):
            for link in (child, *self.children(child, "prep", "pcomp")):
                if self.words[link] == last and (not before or self.words[child] == before[-1]):
                    found += self.children(link, "pobj")
        return found


def tree_of(doc: Doc) -> Tree:
    """Return the tree of a parsed document, which must not change any more."""
    tree: Tree | None = doc.user_data.get(_KEY)
    if tree is None:
        tree = doc.user_data[_KEY] = _grow(doc)
    return tree


def children(token: Token, *labels: str) -> list[Token]:
    """Return the dependents with one of the labels."""
    doc = token.doc
    return [doc[child] for child in tree_of(doc).children(token.i, *labels)]


def prepositional(token: Token, preposition: str) -> list[Token]:
    """Return the objects of one preposition that hangs on the token."""
    doc = token.doc
    return [doc[found] for found in tree_of(doc).prepositional(token.i, preposition)]


def _grow(doc: Doc) -> Tree:
    heads = tuple(token.head.i for token in doc)
    below: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != index:
            below[head].append(index)
    return Tree(
        heads=heads,
        labels=tuple(token.dep_ for token in doc),
        words=tuple(token.lower_ for token in doc),
        below=tuple(map(tuple, below)),
    )
