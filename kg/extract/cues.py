"""The parts of a status: what one word tells by its tense, its auxiliary, its negation or its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import VERBAL
from kg.extract.tree import children
from kg.model import Status

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
POSSIBLE = frozenset({"may", "might", "could"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
MERELY = frozenset({"only", "just", "merely", "simply"})
# Of what stands in these relations the governing words tell nothing: "during the merger", "because of the strike".
CIRCUMSTANCES = frozenset(
    {
        "during",
        "after",
        "before",
        "since",
        "following",
        "amid",
        "despite",
        "because",
        "due",
        "under",
        "until",
        "through",
        "without",
        "like",
        "as",
    }
)
DONE = (Status.HAPPENED, Status.ONGOING)
FINAL = (Status.DENIED, Status.CANCELLED)
UNSURE = frozenset({Status.RUMOURED, Status.UNDISCLOSED, Status.OPINION, Status.EXPECTED})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status and the words that decided it; no words where nothing did and the status is a guess."""

    status: Status
    cue: str


NOTHING = Judgement(Status.HAPPENED, "")


def combine(cue: Judgement | None, governor: Judgement) -> Judgement:
    """Return the status of an event whose governing word gives `cue` and stands itself as `governor` says.

    "agreed to buy": announced, because agreeing happened. "may agree to buy": rumoured. "did not agree to buy": denied.
    "announced plans to buy": announced. "dropped its opposition to the sale": rumoured, as one denial undoes another.
    """
    if cue is None:
        return governor
    if governor.status in FINAL:
        return Judgement(Status.RUMOURED, governor.cue) if cue.status in FINAL else governor
    if governor.status in UNSURE or (governor.status not in DONE and cue.status in (*DONE, *_FIRM)):
        return governor
    return cue


_FIRM = (Status.ANNOUNCED, Status.PLANNED)


def find_cue(lexicon: Lexicon, word: Token) -> Status | None:
    """Return the status that a governing word stands for: a verb, also with its particle, a noun or an adjective."""
    cues = lexicon.cues
    table = cues.verbs if word.pos_ in VERBAL else cues.adjectives if word.pos_ == "ADJ" else cues.nouns
    lemma = word.lemma_.lower()
    phrases = (f"{lemma} {rest}" for rest in _particles(word)) if word.pos_ in VERBAL else ()
    return next((table[phrase] for phrase in phrases if phrase in table), table.get(lemma))


def _particles(verb: Token) -> Iterable[str]:
    """Yield what may belong to a verb: "off", "on hold"."""
    for child in children(verb, "prt", "prep", "advmod", "acomp"):
        yield child.lower_
        yield from (f"{child.lower_} {noun.lower_}" for noun in children(child, "pobj"))


def is_finite(verb: Token) -> bool:
    """Tell whether a verb without a modal has a tense."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return any(child.tag_ in ("VBD", "VBZ", "VBP") for child in children(verb, "aux", "auxpass"))


def shares_auxiliary(verb: Token) -> bool:
    """Tell whether a coordinated verb goes on with the auxiliary of the first: "will close one plant and sell two"."""
    head = verb.head
    if verb.dep_ != "conj" or head.pos_ not in VERBAL or children(verb, "aux", "auxpass", "nsubj", "nsubjpass"):
        return False
    if verb.tag_ in ("VB", "VBP"):
        return head.tag_ == "VB"
    return verb.tag_ in ("VBN", "VBG") and verb.tag_ == head.tag_ and bool(children(head, "aux", "auxpass"))


def modal_status(modal: Token, verb: Token) -> Status:
    """Return what an auxiliary tells: will, may, should; "would" under a condition is no more than talk."""
    conditional = any(mark.lower_ == "if" for clause in children(verb, "advcl") for mark in children(clause, "mark"))
    if modal.lower_ in POSSIBLE or (modal.lower_ == "would" and conditional):
        return Status.RUMOURED
    if modal.lower_ in FUTURE:
        return Status.PLANNED
    return Status.EXPECTED if modal.lower_ in ("should", "must") else Status.ONGOING


def tense_status(verb: Token, in_title: bool) -> Status:
    """Return happened for past and perfect, ongoing for the present; a headline's present is the past."""
    auxiliaries = children(verb, "aux", "auxpass")
    if verb.tag_ == "VBG" or any(child.lower_ == "being" for child in auxiliaries):
        past = any(child.tag_ == "VBD" and child.lemma_ == "be" for child in auxiliaries)
        return Status.HAPPENED if past else Status.ONGOING
    if verb.tag_ in ("VBZ", "VBP") and not in_title:
        return Status.ONGOING
    return Status.HAPPENED


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated; "not only" is no negation."""
    return any(_negates(child) for child in verb.children)


def _negates(word: Token) -> bool:
    if word.dep_ != "neg" and word.lower_ not in NEGATIONS:
        return False
    following = word.doc[word.i + 1 : word.i + 2]
    return not any(token.lower_ in MERELY for token in following)


def words(verb: Token, *labels: str) -> str:
    """Return the verb with some of its dependents, in the order of the text."""
    tokens: Iterable[Token] = sorted([*children(verb, *labels), verb], key=lambda token: token.i)
    return " ".join(token.text for token in tokens)
