"""Tell how far an event has come, from tense, modality, negation and the words that govern it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spacy.tokens import Token

from kg.extract.cues import (
    CIRCUMSTANCES,
    DONE,
    FINAL,
    NOTHING,
    Judgement,
    combine,
    find_cue,
    is_finite,
    is_negated,
    modal_status,
    shares_auxiliary,
    tense_status,
    words,
)
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import MAX_CLIMB, SUBJECTS, VERBAL, is_passive
from kg.extract.tree import children
from kg.frames import Meanings
from kg.model import Status

# What a reporting verb says of its clause counts only when it is one of these; "said" adds nothing.
DOUBTS = frozenset({Status.EXPECTED, Status.DENIED, Status.RUMOURED, Status.UNDISCLOSED, Status.OPINION})
HEARSAY = frozenset({"say", "believe", "think", "understand", "allege", "claim", "rumour", "rumor", "hear"})
WISHES = frozenset(
    {"hope", "hop", "plan", "intend", "want", "try", "attempt", "aim", "seek"}
)  # "hop": the model's lemma of "hoped"
OWN_FORECASTS = frozenset({"expect", "anticipate"})
FORESIGHT = frozenset({Status.EXPECTED, Status.OPINION})
TALK = frozenset({Status.PLANNED, Status.RUMOURED})
CONDITIONS = frozenset({"if", "whether", "unless"})
TIME_LINKS = frozenset({"when", "after", "once", "before", "until", "as"})
RANKS = frozenset({"first", "second", "third", "last", "only", "latest", "next"})
# Verbs whose subject is an event that takes its course; with others ("the merger surprised many") it stands fast.
COURSES = frozenset(
    {
        "take",
        "happen",
        "occur",
        "go",
        "proceed",
        "close",
        "complete",
        "begin",
        "start",
        "end",
        "finish",
        "continue",
        "fail",
        "collapse",
        "fall",
        "remain",
        "follow",
    }
)
NO_MEANINGS: Mapping[str, Meanings] = MappingProxyType({})


class StatusJudge:
    """Judges the status of the event that a word names. `meanings` holds, by type, what a status comes to."""

    def __init__(self, lexicon: Lexicon, meanings: Mapping[str, Meanings] = NO_MEANINGS) -> None:
        self.lexicon = lexicon
        self.meanings = meanings

    def judge(self, token: Token, type_: str = "", *, given: Status | None = None, in_title: bool = False) -> Judgement:
        """Return the status at a trigger word of an event type; its cue is empty where no word decided it.

        `given` is the status that the frame gives the word itself.
        """
        found = self._own_name(token, self._word(token, MAX_CLIMB, in_title))
        if given and (found.status in DONE or not found.cue):
            return Judgement(given, "" if given is Status.ONGOING else token.text)
        return Judgement(self.meanings.get(type_, {}).get(found.status, found.status), found.cue)

    def _own_name(self, token: Token, found: Judgement) -> Judgement:
        """Let "restructuring plan" and "merger talks" tell by their last word what they are."""
        if token.pos_ in VERBAL or not children(token, "compound"):
            return found
        status = find_cue(self.lexicon, token)
        return combine(Judgement(status, token.text), found) if status in TALK else found

    def _word(self, token: Token, climb: int, in_title: bool) -> Judgement:
        return self._verb(token, climb, in_title) if token.pos_ in VERBAL else self._noun(token, climb, in_title)

    # -- verbs

    def _verb(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        own = self._own(verb, climb, in_title)
        if own.status in FINAL:
            return own
        if is_negated(verb):
            return Judgement(self._negated(verb), words(verb, "neg", "aux"))
        return self._adverb(verb) or own

    def _own(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        if climb and shares_auxiliary(verb):
            return self._own(verb.head, climb - 1, in_title)
        modal = next((child for child in children(verb, "aux") if child.tag_ == "MD"), None)
        if modal is not None:
            return self._under_report(verb, Judgement(modal_status(modal, verb), words(verb, "aux")), climb)
        if is_finite(verb):
            own = Judgement(tense_status(verb, in_title), words(verb, "aux", "auxpass"))
            if own.status is Status.ONGOING and climb and self._awaited(verb, climb - 1, in_title):
                return Judgement(Status.PLANNED, own.cue)
            return self._under_report(verb, own, climb)
        return self._governed(verb, climb, in_title)

    def _awaited(self, verb: Token, climb: int, in_title: bool) -> bool:
        """Tell whether a clause of time belongs to something yet to come: "work will start after it buys the rest"."""
        linked = any(child.lower_ in TIME_LINKS for child in children(verb, "mark", "advmod"))
        return linked and verb.dep_ == "advcl" and self._word(verb.head, climb, in_title).status is Status.PLANNED

    def _under_report(self, verb: Token, own: Judgement, climb: int) -> Judgement:
        """Let "announced that", "denied that", "expects that", "if" and "whether" speak about a finite clause."""
        if any(child.lower_ in CONDITIONS for child in children(verb, "mark")):
            return self._open_question(verb)
        head = verb.head
        if verb.dep_ == "conj" and head.pos_ in VERBAL and not children(verb, *SUBJECTS, "nsubjpass") and climb:
            return self._under_report(head, own, climb - 1)
        if verb.dep_ not in ("ccomp", "acl") or not climb:
            return own
        cue = find_cue(self.lexicon, head)
        if cue in FORESIGHT and is_negated(head):
            return Judgement(Status.DENIED, words(head, "neg", "aux"))
        if cue in DOUBTS and head.lemma_ != "say":
            return Judgement(cue, head.text)
        return self._reported(verb, own, head, cue)

    def _reported(self, verb: Token, own: Judgement, head: Token, cue: Status | None) -> Judgement:
        """Read "announced it will", "announced it was closing" and "said it was closing", whose past is a present."""
        progressive = verb.tag_ == "VBG"
        wish = find_cue(self.lexicon, verb) is Status.PLANNED
        intended = (progressive and own.status is Status.HAPPENED) or (wish and own.status in DONE)
        if cue is Status.ANNOUNCED and (own.status is Status.PLANNED or intended):
            return Judgement(Status.ANNOUNCED, head.text)
        if progressive and own.status is Status.HAPPENED and head.lemma_ in self.lexicon.reporting_verbs:
            return Judgement(Status.ONGOING, own.cue)
        return own

    def _open_question(self, verb: Token) -> Judgement:
        head = verb.head
        cue = find_cue(self.lexicon, head)
        secret = head.lemma_ in self.lexicon.secrecy_verbs or cue is Status.UNDISCLOSED
        governor = head if not children(head, "aux") or head.head == head else head.head
        refused = (find_cue(self.lexicon, word) is Status.DENIED for word in (governor, head.head))
        if secret and (is_negated(head) or cue is Status.UNDISCLOSED or any(refused)):
            return Judgement(Status.UNDISCLOSED, head.text)
        return Judgement(Status.RUMOURED, words(verb, "mark"))

    def _governed(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        """Judge an infinitive or participle by what governs it."""
        head = verb.head
        infinitive = any(child.tag_ == "TO" for child in verb.children)
        if climb == 0 or head == verb:
            return Judgement(Status.PLANNED if infinitive else Status.HAPPENED, verb.text)
        if verb.dep_ == "conj":
            apart = infinitive and is_finite(head)  # "intends to be leaner and to build"
            return self._governed_by(head, climb - 1, in_title, infinitive=infinitive, cue=apart)
        if verb.dep_ == "acl" and not infinitive:
            return Judgement(Status.HAPPENED if verb.tag_ == "VBN" else Status.ONGOING, verb.text)
        if verb.dep_ == "pcomp":
            head = head.head
        if not infinitive:
            return self._governed_by(head, climb - 1, in_title, infinitive=False, cue=True)
        if head.lemma_ == "be" and verb.dep_ == "xcomp":
            return self._under_report(head, Judgement(Status.PLANNED, f"{head.text} to"), climb - 1)
        return self._infinitive(verb, head, climb - 1, in_title)

    def _infinitive(self, verb: Token, head: Token, climb: int, in_title: bool) -> Judgement:
        if any(child.lower_ in RANKS for child in children(head, "amod", "nummod")):  # "the first firm to launch"
            return Judgement(Status.HAPPENED, head.text)
        if head.lemma_ in HEARSAY and is_passive(head):  # "is said to be closing"
            return Judgement(Status.RUMOURED, words(head, "auxpass"))
        if head.lemma_ in WISHES and any(child.lower_ == "had" for child in children(head, "aux")):
            return Judgement(Status.CANCELLED, words(head, "aux"))  # "had hoped to buy", and did not
        if head.lemma_ in OWN_FORECASTS and verb.dep_ == "xcomp" and not is_passive(head):
            return combine(Judgement(Status.PLANNED, head.text), self._word(head, climb, in_title))
        return self._governed_by(head, climb, in_title, infinitive=True, cue=True)

    def _governed_by(self, head: Token, climb: int, in_title: bool, *, infinitive: bool, cue: bool) -> Judgement:
        governor = self._word(head, climb, in_title)
        status = find_cue(self.lexicon, head) if cue else None
        if status is None and infinitive and cue and governor.status in DONE:
            return Judgement(Status.PLANNED, "")  # a purpose: "bought land to build a plant"
        return combine(Judgement(status, head.text) if status else None, governor)

    def _negated(self, verb: Token) -> Status:
        if verb.lemma_ in self.lexicon.secrecy_verbs and children(verb, "ccomp"):
            return Status.UNDISCLOSED
        return Status.DENIED

    # -- nouns and adjectives

    def _noun(self, noun: Token, climb: int, in_title: bool) -> Judgement:
        if any(child.lower_ == "no" for child in children(noun, "det")):
            return Judgement(Status.DENIED, f"no {noun.text}")
        adjective = self._adjective(noun)
        if adjective and adjective.status in DONE:
            return adjective
        governor = self._noun_governed(noun, climb - 1, in_title) if climb else NOTHING
        return combine(adjective, governor)

    def _adjective(self, noun: Token) -> Judgement | None:
        for child in children(noun, "amod", "compound", "nmod"):
            status = self.lexicon.cues.adjectives.get(child.lower_)
            if status:
                return Judgement(status, child.text)
        return None

    def _noun_governed(self, noun: Token, climb: int, in_title: bool) -> Judgement:
        head = noun.head
        if noun.dep_ == "conj" and head.pos_ == "NOUN":
            return self._noun(head, climb, in_title)
        if noun.dep_ in ("compound", "poss") and head.pos_ == "NOUN":  # "takeover talks", "the merger's completion"
            return self._governed_by(head, climb, in_title, infinitive=False, cue=True)
        if noun.dep_ == "pobj":
            return self._over_preposition(head, climb, in_title)
        if noun.dep_ == "nsubj" and head.pos_ in VERBAL:
            return self._as_subject(head, climb, in_title)
        if noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and head.pos_ in VERBAL:
            return self._governed_by(head, climb, in_title, infinitive=False, cue=True)
        return NOTHING

    def _over_preposition(self, preposition: Token, climb: int, in_title: bool) -> Judgement:
        governor = preposition.head
        if preposition.lower_ in CIRCUMSTANCES or governor.pos_ not in (*VERBAL, "NOUN") or governor == preposition:
            return NOTHING
        if find_cue(self.lexicon, governor) is None and governor.lemma_ not in self.lexicon.support_verbs:
            return NOTHING
        return self._governed_by(governor, climb, in_title, infinitive=False, cue=True)

    def _as_subject(self, verb: Token, climb: int, in_title: bool) -> Judgement:
        """Judge an event that is the subject: "the merger is likely", "the sale will close"."""
        governor = self._verb(verb, climb, in_title)
        cues = (find_cue(self.lexicon, child) for child in children(verb, "acomp", "oprd", "xcomp"))
        predicate = next((status for status in cues if status), None)
        if verb.lemma_ == "be" and predicate:
            return combine(Judgement(predicate, verb.text), governor)
        if verb.lemma_ in COURSES:
            status = find_cue(self.lexicon, verb)
            return combine(Judgement(status, verb.text) if status else None, governor)
        return Judgement(Status.PLANNED, "") if governor.status is Status.PLANNED else NOTHING

    # -- adverbs

    def _adverb(self, verb: Token) -> Judgement | None:
        for child in children(verb, "advmod"):
            status = self.lexicon.cues.adverbs.get(child.lower_)
            if status is Status.RUMOURED or status is Status.EXPECTED:
                return Judgement(status, child.text)
        return None
