"""Hold what a model tells against the sentence; what stands there and fits the schema becomes a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from kg.extract.asking.answers import Told
from kg.extract.asking.doubts import Doubt
from kg.extract.decoder import has_needed_role
from kg.extract.denotation import denote
from kg.extract.mentions import Form
from kg.extract.proposals import Candidate, Proposal
from kg.extract.reading import Reading
from kg.model import Status
from kg.ontology import Ontology, Role

SCORE = 0.9  # of a proposal whose words stand in the text; a frame's good triggers have as much
TRIGGER_WORDS = 6  # more is a clause, not the name of an event
TRIGGER_PARTS = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})


def proposals_of(
    reading: Reading, doubt: Doubt, told: Iterable[Told], ontology: Ontology, *, rule: str
) -> list[Proposal]:
    """Return the events that the sentence bears out, each with the roles that it bears out."""
    found = (_proposal(reading, doubt, event, ontology, rule) for event in told)
    return [proposal for proposal in found if proposal is not None]


def _proposal(reading: Reading, doubt: Doubt, told: Told, ontology: Ontology, rule: str) -> Proposal | None:
    event_type, trigger = ontology.types.get(told.type), find_words(reading, doubt, told.trigger)
    if event_type is None or trigger is None or not _names_event(reading, trigger):
        return None
    roles = {role.id: role for role in event_type.roles}
    given = [(roles[name], text) for name, text in told.roles if name in roles]
    candidates = _candidates(reading, doubt, given)
    if not has_needed_role(event_type, candidates):
        return None
    status = _status(reading, doubt, told)
    return Proposal(told.type, trigger.root, trigger.start, trigger.end, candidates, SCORE, rule, status)


def find_words(reading: Reading, doubt: Doubt, text: str) -> SpacySpan | None:
    """Return the tokens where the words stand in the sentence, letter by letter but for white space."""
    sentence = reading.doc[doubt.start : doubt.end]
    words = text.split()
    if not words or len(text) > 2 * len(sentence.text):
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for match in pattern.finditer(reading.text, sentence.start_char, sentence.end_char):
        span = reading.doc.char_span(*match.span())  # None where it begins or ends within a word
        if span is not None:
            return span
    return None


def _names_event(reading: Reading, trigger: SpacySpan) -> bool:
    """Tell whether the words can name an event: a verb, noun or adjective with what belongs to it, and not a name."""
    return (
        len(trigger) <= TRIGGER_WORDS
        and trigger.root.pos_ in TRIGGER_PARTS
        and not any(_in_name(reading, token) for token in trigger)
    )


def _in_name(reading: Reading, token: Token) -> bool:
    mention = reading.mentions.get(token.i)
    return mention is not None and mention.form is Form.NAME


def _candidates(reading: Reading, doubt: Doubt, given: Iterable[tuple[Role, str]]) -> tuple[Candidate, ...]:
    found = (_candidate(reading, doubt, role, text) for role, text in given)
    return tuple(candidate for candidate in found if candidate is not None)


def _candidate(reading: Reading, doubt: Doubt, role: Role, text: str) -> Candidate | None:
    """Return the filler if its words stand in the sentence and denote something of a kind that the role takes."""
    span = find_words(reading, doubt, text)
    what = denote(reading, span.root, role.kinds) if span is not None else None
    if span is None or what is None:
        return None
    begin, end = span.start_char - reading.shift, span.end_char - reading.shift
    if what.span.end <= begin or end <= what.span.start:  # an amount beside the words, not in them
        return None
    return Candidate(role.id, what, SCORE * what.score)


def _status(reading: Reading, doubt: Doubt, told: Told) -> Status | None:
    """Return the status if its cue stands in the sentence; else the grammar tells it, as of any other proposal."""
    known = told.status in frozenset(Status)
    return Status(told.status) if known and find_words(reading, doubt, told.cue) is not None else None
