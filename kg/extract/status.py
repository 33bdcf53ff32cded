"""Tell how far an event has come, from tense, modality, negation and the words that govern it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import MAX_CLIMB, VERBAL, children
from kg.model import Status

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
POSSIBLE = frozenset({"may", "might", "could"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
DONE = (Status.HAPPENED, Status.ONGOING)
# A reporting verb adds nothing to what a finite clause says of itself, unless it is one of these.
DOUBTS = frozenset({Status.EXPECTED, Status.DENIED, Status.RUMOURED, Status.UNDISCLOSED, Status.OPINION})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status and the words that decided it."""

    status: Status
    cue: str


class StatusJudge:
    """Judges the status of the event that a word names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def judge(self, token: Token, *, given: Status | None = None, in_title: bool = False) -> Judgement:
        """Return the status at a trigger word. `given` is the status that the frame gives the word itself."""
        found = (
            self._verb(token, MAX_CLIMB, in_title) if token.pos_ in VERBAL else self._noun(token, MAX_CLIMB, in_title)
        )
        if given and found.status in DONE:
            return Judgement(given, token.text)
        return found

    # -- verbs

    def _verb(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        own = self._own(verb, climb, in_title)
        if own.status not in (Status.DENIED, Status.CANCELLED) and _is_negated(verb):
            own = Judgement(self._negated(verb), _words(verb, "neg", "aux"))
        adverb = self._adverb(verb)
        if adverb and own.status not in (Status.DENIED, Status.CANCELLED):
            return adverb
        return own

    def _own(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        modal = next((child for child in children(verb, "aux") if child.tag_ == "MD"), None)
        if modal is not None:
            return self._under_report(verb, Judgement(_modal_status(modal), _words(verb, "aux")), climb)
        if _is_finite(verb):
            return self._under_report(
                verb, Judgement(_tense_status(verb, in_title), _words(verb, "aux", "auxpass")), climb
            )
        return self._governed(verb, climb, in_title)

    def _under_report(self, verb: Token, own: Judgement, climb: int) -> Judgement:
        """Let "denied that", "expects that", "if" and "whether" speak about a finite clause."""
        if any(child.lower_ in ("if", "whether", "unless") for child in children(verb, "mark")):
            return self._open_question(verb)
        if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not children(verb, "nsubj", "nsubjpass") and climb:
            return self._under_report(verb.head, own, climb - 1)
        if verb.dep_ in ("ccomp", "acl") and climb:
            cue = self._cue(verb.head)
            if cue in DOUBTS and verb.head.lemma_ != "say":
                return Judgement(cue, verb.head.text)
        return own

    def _open_question(self, verb: Token) -> Judgement:
        head = verb.head
        secret = head.lemma_ in self.lexicon.secrecy_verbs or self._cue(head) is Status.UNDISCLOSED
        governor = head if not children(head, "aux") or head.head == head else head.head
        withheld = _is_negated(head) or self._cue(governor) is Status.DENIED or self._cue(head.head) is Status.DENIED
        if secret and (withheld or self._cue(head) is Status.UNDISCLOSED):
            return Judgement(Status.UNDISCLOSED, head.text)
        return Judgement(Status.RUMOURED, _words(verb, "mark"))

    def _governed(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        """Judge an infinitive or participle by what governs it."""
        head = verb.head
        infinitive = any(child.tag_ == "TO" for child in verb.children)
        if climb == 0 or head == verb:
            return Judgement(Status.PLANNED if infinitive else Status.HAPPENED, verb.text)
        if verb.dep_ == "conj":
            return self._governed_by(head, climb - 1, in_title, infinitive=infinitive, cue=False)
        if verb.dep_ == "acl" and not infinitive:
            return Judgement(Status.HAPPENED if verb.tag_ == "VBN" else Status.ONGOING, verb.text)
        if verb.dep_ == "pcomp":
            head = head.head
        if infinitive and head.lemma_ == "be" and verb.dep_ == "xcomp":
            return Judgement(Status.PLANNED, f"{head.text} to")
        return self._governed_by(head, climb - 1, in_title, infinitive=infinitive, cue=True)

    def _governed_by(self, head: Token, climb: int, in_title: bool, *, infinitive: bool, cue: bool) -> Judgement:
        governor = self._verb(head, climb, in_title) if head.pos_ in VERBAL else self._noun(head, climb, in_title)
        status = self._cue(head) if cue else None
        if status is None and infinitive and cue and governor.status in DONE:
            status = Status.PLANNED
        return combine(Judgement(status, head.text) if status else None, governor)

    def _negated(self, verb: Token) -> Status:
        if verb.lemma_ in self.lexicon.secrecy_verbs and children(verb, "ccomp"):
            return Status.UNDISCLOSED
        return Status.DENIED

    # -- nouns and adjectives

    def _noun(self, noun: Token, climb: int, in_title: bool) -> Judgement:
        for child in children(noun, "amod", "compound", "nmod"):
            status = self.lexicon.cues.adjectives.get(child.lower_)
            if status:
                return Judgement(status, child.text)
        if any(child.lower_ == "no" for child in children(noun, "det")):
            return Judgement(Status.DENIED, f"no {noun.text}")
        return self._noun_governed(noun, climb, in_title) if climb else Judgement(Status.HAPPENED, noun.text)

    def _noun_governed(self, noun: Token, climb: int, in_title: bool) -> Judgement:
        head = noun.head
        if noun.dep_ == "conj" and head.pos_ == "NOUN":
            return self._noun(head, climb - 1, in_title)
        if noun.dep_ == "compound" and head.pos_ == "NOUN":  # "takeover talks"
            return self._governed_by(head, climb - 1, in_title, infinitive=False, cue=True)
        if noun.dep_ == "pobj" and head.head.pos_ in (*VERBAL, "NOUN") and head.head != head:
            carries = self._cue(head.head) is not None or head.head.lemma_ in self.lexicon.support_verbs
            return (
                self._governed_by(head.head, climb - 1, in_title, infinitive=False, cue=True)
                if carries
                else Judgement(Status.HAPPENED, noun.text)
            )
        if noun.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "oprd") and head.pos_ in VERBAL:
            return self._governed_by(
                head,
                climb - 1,
                in_title,
                infinitive=False,
                cue=noun.dep_ != "nsubj" or head.lemma_ in ("fail", "collapse", "close"),
            )
        return Judgement(Status.HAPPENED, noun.text)

    # -- cues

    def _cue(self, word: Token) -> Status | None:
        cues = self.lexicon.cues
        table = cues.verbs if word.pos_ in VERBAL else cues.adjectives if word.pos_ == "ADJ" else cues.nouns
        return table.get(word.lemma_.lower())

    def _adverb(self, verb: Token) -> Judgement | None:
        for child in children(verb, "advmod"):
            status = self.lexicon.cues.adverbs.get(child.lower_)
            if status is Status.RUMOURED or status is Status.EXPECTED:
                return Judgement(status, child.text)
        return None


def combine(cue: Judgement | None, governor: Judgement) -> Judgement:
    """Return the status of an event whose governing word gives `cue` and stands itself as `governor` says.

    "agreed to buy": announced, because agreeing happened. "may agree to buy": rumoured. "did not agree to buy": denied.
    """
    if governor.status is Status.DENIED:
        denies = cue is not None and cue.status in (Status.DENIED, Status.CANCELLED)
        return Judgement(Status.RUMOURED, governor.cue) if denies else governor
    if cue is None:
        return governor
    if governor.status in DONE or cue.status not in (Status.HAPPENED, Status.ONGOING, Status.ANNOUNCED):
        return cue
    return governor


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return any(child.tag_ in ("VBD", "VBZ", "VBP") for child in children(verb, "aux", "auxpass"))


def _modal_status(modal: Token) -> Status:
    if modal.lower_ in FUTURE:
        return Status.PLANNED
    if modal.lower_ in POSSIBLE:
        return Status.RUMOURED
    return Status.EXPECTED if modal.lower_ in ("should", "must") else Status.ONGOING


def _tense_status(verb: Token, in_title: bool) -> Status:
    """Return happened for past and perfect, ongoing for the present; a headline's present is the past."""
    auxiliaries = children(verb, "aux", "auxpass")
    if verb.tag_ == "VBG":
        past = any(child.tag_ == "VBD" and child.lemma_ == "be" for child in auxiliaries)
        return Status.HAPPENED if past else Status.ONGOING
    if verb.tag_ in ("VBZ", "VBP") and not in_title:
        return Status.ONGOING
    return Status.HAPPENED


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in NEGATIONS for child in verb.children)


def _words(verb: Token, *labels: str) -> str:
    """Return the verb with some of its dependents, in the order of the text."""
    tokens: Iterable[Token] = sorted([*children(verb, *labels), verb], key=lambda token: token.i)
    return " ".join(token.text for token in tokens)
