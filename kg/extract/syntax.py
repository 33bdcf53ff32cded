"""What the dependency tree of a sentence says about its words: coordination, lists of names, the passive.

Works on spaCy's English dependency labels (ClearNLP style). Functions return tokens in sentence order.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.tree import children

MAX_CLIMB = 6  # governing words followed upwards before giving up
RELATIVE = frozenset({"who", "which", "that", "whom"})
SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
VERBAL = ("VERB", "AUX")
COMPARISONS = frozenset({"than", "against", "versus", "vs", "vs.", "compared"})
COMPARED = frozenset({"compare", "compared"})  # what comes after "compared with" and "compared to"


def with_conjuncts(tokens: list[Token]) -> list[Token]:
    """Add the words coordinated with each token: "X and Y"."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        found += with_conjuncts(children(token, "conj"))
    return sorted(dict.fromkeys(found), key=lambda token: token.i)


def instances(token: Token) -> list[Token]:
    """Return the names that a common noun introduces: "rivals such as X and Y", "makers including X"."""
    if token.pos_ != "NOUN":
        return []
    found = []
    for child in children(token, "prep"):
        such = child.lower_ == "as" and any(word.lower_ == "such" for word in child.children)
        if such or child.lower_ in ("including", "like"):
            found += [name for name in with_conjuncts(children(child, "pobj")) if name.pos_ == "PROPN"]
    return found


def only_compared(token: Token) -> bool:
    """Tell whether a word is only what something is compared with: "against a profit of", "compared with a loss"."""
    link = token.head
    if token.dep_ != "pobj":
        return False
    return link.lower_ in COMPARISONS or (link.lower_ in ("with", "to") and link.head.lower_ in COMPARED)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive: "was bought", "the firm bought by X"."""
    if children(verb, "auxpass", *PASSIVE_SUBJECTS):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl" or (verb.dep_ == "advcl" and not children(verb, "aux", "mark", *SUBJECTS)):
        return not children(verb, "dobj")
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        return is_passive(verb.head) and not children(verb, "aux", *SUBJECTS, "dobj")
    return False
