"""Where the participants of a word stand in its sentence: the places that frames name (`docs/frames.md`).

Functions return tokens in sentence order.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import MAX_CLIMB, PASSIVE_SUBJECTS, RELATIVE, SUBJECTS, VERBAL, is_passive, with_conjuncts
from kg.extract.tree import children, prepositional

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM")


class Places:
    """Finds the tokens that stand at a named place of a trigger word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._verb: dict[str, Callable[[Token], list[Token]]] = {
            "subject": self.verb_subjects,
            "object": self.verb_objects,
            "dative": _dative,
            "attribute": _attribute,
            "complement": _complement,
            "verb": _governing_verb,
        }
        self._noun: dict[str, Callable[[Token], list[Token]]] = {
            "subject": self.noun_subjects,
            "object": noun_objects,
            "possessor": _possessor,
            "compound": _compound,
            "head": _head,
            "apposition": _apposition,
            "attribute": self._copula_subject,
            "complement": _complement,
            "self": lambda noun: [noun],
            "verb": _governing_verb,
        }
        self._adjective: dict[str, Callable[[Token], list[Token]]] = {
            "subject": self._adjective_subjects,
            "head": _head,
            "self": lambda adjective: [adjective],
            "verb": _governing_verb,
        }

    def at(self, place: str, trigger: Token, pos: str | None = None) -> list[Token]:
        """Return the tokens at a place of the trigger; conjuncts are included.

        "as/of" goes on from one place to the next: "as chief executive **of Ikea**". `pos` is the part of speech that a
        frame gives the trigger, which the tagger may see otherwise.
        """
        first, _, rest = place.partition("/")
        named = self._table(trigger, pos).get(first)
        found = with_conjuncts(named(trigger) if named else self.prepositional(first, trigger))
        return [token for step in found for token in self.at(rest, step)] if rest else found

    def _table(self, trigger: Token, pos: str | None) -> dict[str, Callable[[Token], list[Token]]]:
        if pos == "adjective":
            return self._adjective
        verbal = pos == "verb" if pos else trigger.pos_ in VERBAL
        return self._verb if verbal else self._noun

    # -- verbs

    def verb_subjects(self, verb: Token, climb: int = MAX_CLIMB) -> list[Token]:
        """Return who does it."""
        if is_passive(verb):
            return _agents(verb)
        return self.surface_subjects(verb, climb)

    def verb_objects(self, verb: Token) -> list[Token]:
        """Return what it is done to."""
        if is_passive(verb):
            return self.surface_subjects(verb, MAX_CLIMB)
        direct = [_antecedent(token, verb) for token in children(verb, "dobj")]
        if direct:
            return direct
        if verb.dep_ == "relcl" and children(verb, *SUBJECTS) and not _relative_subject(verb):
            return [verb.head]
        shared = [child for child in children(verb, "conj") if child.pos_ == "VERB" and child.i - verb.i <= 2]
        return children(shared[0], "dobj") if shared else []

    def surface_subjects(self, verb: Token, climb: int) -> list[Token]:
        """Return the grammatical subject, through control, coordination, relative and participial clauses."""
        own = children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
        if own:
            return [_antecedent(token, verb) for token in own if token.dep_ not in ("csubj", "csubjpass")]
        if climb == 0 or verb.head == verb:
            return []
        return self._inherited_subjects(verb, climb - 1)

    def _inherited_subjects(self, verb: Token, climb: int) -> list[Token]:
        head = verb.head
        if verb.dep_ in ("acl", "relcl") and head.pos_ not in VERBAL:
            return self._clause_noun_subjects(verb, head, climb)
        if verb.dep_ == "pcomp":
            return self._owners(head.head, climb)
        if verb.dep_ == "conj" and head.pos_ not in VERBAL:
            return self.noun_subjects(head, climb)
        if head.pos_ in VERBAL and verb.dep_ in ("xcomp", "ccomp", "conj", "advcl", "dep", "prep", "ROOT"):
            controlled = children(head, "dobj") if verb.dep_ in ("xcomp", "ccomp") else []
            if controlled and head.lemma_ in self.lexicon.object_control:
                return controlled
            return self.surface_subjects(head, climb)
        if head.pos_ in ("ADJ", "ADV") and verb.dep_ in ("xcomp", "ccomp", "advcl"):  # "is likely to buy"
            return self._owners(head.head, climb)
        return []

    def _clause_noun_subjects(self, verb: Token, noun: Token, climb: int) -> list[Token]:
        infinitive = any(child.tag_ == "TO" for child in verb.children)
        if infinitive:  # "its plan to buy", "the Philips plan to buy"
            return self.noun_subjects(noun, climb) or [child for child in _compound(noun) if child.pos_ == "PROPN"]
        return [noun]

    def _owners(self, token: Token, climb: int) -> list[Token]:
        """Return who stands behind a governing verb or noun."""
        if climb <= 0:
            return []
        if token.pos_ in VERBAL:
            return self.surface_subjects(token, climb - 1)
        return self.noun_subjects(token, climb - 1)

    # -- nouns

    def noun_subjects(self, noun: Token, climb: int = MAX_CLIMB) -> list[Token]:
        """Return who does what the noun names."""
        by = prepositional(noun, "by")
        if by:
            return by
        owners = _possessor(noun)
        if owners:
            return owners
        if climb <= 0:
            return []
        return self._supporting_subjects(noun, climb - 1)

    def _supporting_subjects(self, noun: Token, climb: int) -> list[Token]:
        """Return who acts by the word that supports the noun: "X completed the purchase", "X's plan for a merger"."""
        head = noun.head
        if noun.dep_ == "conj" and head.pos_ == "NOUN":
            return self.noun_subjects(head, climb)
        if noun.dep_ == "attr":
            return self.surface_subjects(head, climb)
        if noun.dep_ == "dobj" and head.lemma_ in self.lexicon.support_verbs:
            return self.verb_subjects(head, climb)
        if noun.dep_ == "nsubjpass" and head.lemma_ in self.lexicon.support_verbs:
            return _agents(head)
        if noun.dep_ == "pobj":
            return self._subjects_over_preposition(head, climb)
        return []

    def _subjects_over_preposition(self, preposition: Token, climb: int) -> list[Token]:
        governor = preposition.head
        if governor.pos_ == "NOUN" and governor.lemma_ in self.lexicon.support_nouns:
            return self.noun_subjects(governor, climb)
        if governor.pos_ == "VERB" and preposition.dep_ == "prep" and governor.lemma_ in self.lexicon.support_verbs:
            return self.verb_subjects(governor, climb)
        if governor.lemma_ == "be":  # "is in talks to buy"
            return self.surface_subjects(governor, climb)
        return []

    def _copula_subject(self, noun: Token) -> list[Token]:
        return self.surface_subjects(noun.head, 2) if noun.dep_ == "attr" else []

    def _adjective_subjects(self, adjective: Token) -> list[Token]:
        if adjective.dep_ in ("acomp", "oprd", "attr"):  # "is insolvent"
            return self.surface_subjects(adjective.head, 2)
        return self.verb_subjects(adjective) if adjective.pos_ in VERBAL else _head(adjective)

    # -- prepositions

    def prepositional(self, place: str, trigger: Token) -> list[Token]:
        """Return the objects of a preposition attached to the trigger, its object or the verb that supports it."""
        found = prepositional(trigger, place)
        if found:
            return found
        bearers = [*self.verb_objects(trigger), *children(trigger, "dobj")] if trigger.pos_ in VERBAL else []
        if (
            trigger.pos_ == "NOUN"
            and trigger.dep_ in ("dobj", "nsubjpass")
            and trigger.head.lemma_ in self.lexicon.support_verbs
        ):
            bearers = [trigger.head]
        if trigger.pos_ == "NOUN":
            bearers += prepositional(trigger, "of")
        bearers += children(trigger, "acomp", "oprd", "prt")
        return [token for bearer in bearers for token in prepositional(bearer, place)]


def noun_objects(noun: Token) -> list[Token]:
    """Return what the event that a noun names is done to."""
    of = prepositional(noun, "of")
    if of:
        return of
    compound = _compound(noun)
    if compound:
        return compound
    return _possessor(noun) if prepositional(noun, "by") else []


def _agents(verb: Token) -> list[Token]:
    return [token for agent in children(verb, "agent") for token in children(agent, "pobj")]


def _relative_subject(verb: Token) -> bool:
    return any(token.lower_ in RELATIVE for token in children(verb, *SUBJECTS, *PASSIVE_SUBJECTS))


def _antecedent(token: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for, or the token itself."""
    if token.lower_ not in RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    clause = verb
    while clause.dep_ == "conj" and clause.head.pos_ in VERBAL:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else token


def _governing_verb(token: Token) -> list[Token]:
    """Return the verb that the word depends on, over nouns and prepositions: "expects revenue of"."""
    for above in token.ancestors:
        if above.pos_ in VERBAL:
            return [above]
    return []


def _dative(verb: Token) -> list[Token]:
    return [token for token in children(verb, "dative") if token.pos_ in NOMINAL] + prepositional(verb, "to")


def _attribute(verb: Token) -> list[Token]:
    return children(verb, "attr", "oprd", "acomp")


def _complement(token: Token) -> list[Token]:
    return children(token, "xcomp", "ccomp", "acl")


def _possessor(noun: Token) -> list[Token]:
    """Return whose it is, also in front of a name: "its rival Alstom"."""
    return children(noun, "poss") or (children(noun.head, "poss") if noun.dep_ == "compound" else [])


def _compound(noun: Token) -> list[Token]:
    return [child for child in children(noun, "compound", "nmod", "amod") if child.pos_ in ("NOUN", "PROPN")]


def _head(token: Token) -> list[Token]:
    return [token.head] if token.dep_ in ("compound", "amod", "nmod", "poss") else []


def _apposition(noun: Token) -> list[Token]:
    return children(noun, "appos") + ([noun.head] if noun.dep_ == "appos" else [])
