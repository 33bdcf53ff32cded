"""Find who is said to have said it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.places import Places
from kg.extract.quotes import inside_quotes, sentences_round
from kg.extract.reading import Reading
from kg.extract.syntax import VERBAL, is_passive, with_conjuncts
from kg.extract.tree import children, prepositional
from kg.model import Kind, Source

SPEAKERS = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT, Kind.PERSON, Kind.POST, Kind.UNIT, Kind.PLACE})
CONTENT = frozenset({"ccomp", "parataxis", "dobj"})  # what is said, under a verb of saying
OWNERS = ("for", "from", "by", "of")  # "a spokesman for", "a statement from"
TOPICS = frozenset({"at", "of", "about", "on"})  # "hinted at", "warned of"
INSERTED = frozenset({"appos", "amod", "nmod"})  # "its rival", "the founder": known, and said by nobody
ESTIMATORS = frozenset({"analyst", "economist", "broker", "forecaster"})
SELDOM_SAYS = frozenset({"post", "cite", "show", "describe", "explain", "note", "declare", "find", "write", "add"})
MAX_CLIMB = 3

Sources = tuple[tuple[Token, Source], ...]


def find_sources(reading: Reading, trigger: Token, places: Places, lexicon: Lexicon) -> Sources:
    """Return the heads and sources of those who say what the trigger's clause says; none if the article itself does."""
    if trigger.dep_ in INSERTED:
        return ()
    ways: tuple[Callable[[], Iterable[Token]], ...] = (
        lambda: _reporting_subjects(trigger, places, lexicon),
        lambda: _according_to(reading, trigger),
        lambda: _speakers_of_quote(reading, trigger, lexicon),
        lambda: _speakers_of_lead(reading, trigger, places, lexicon),
    )
    found = (_sources(reading, way(), lexicon) for way in ways)
    return next((sources for sources in found if sources), ())


def _sources(reading: Reading, speakers: Iterable[Token], lexicon: Lexicon) -> Sources:
    found = ((token, _source(reading, token, lexicon)) for token in with_conjuncts(list(speakers)))
    return tuple((token, source) for token, source in found if source)


def _reporting_subjects(trigger: Token, places: Places, lexicon: Lexicon) -> Iterable[Token]:
    """Return the subject of the nearest word of saying whose content holds the trigger."""
    if _says(trigger, lexicon) and children(trigger, "dobj", "ccomp") and not is_passive(trigger):
        return places.surface_subjects(trigger, MAX_CLIMB)  # "it reported revenue of"
    estimators = [token for token in children(trigger, "nsubj") if token.lemma_ in ESTIMATORS]
    if estimators:  # "analysts had looked for a profit"
        return estimators
    below = trigger
    for above in trigger.ancestors:
        if below.dep_ in INSERTED:
            return ()
        speakers = _speakers(above, below, places, lexicon)
        if speakers:
            return speakers
        below = above
    return ()


def _speakers(above: Token, below: Token, places: Places, lexicon: Lexicon) -> list[Token]:
    """Return who speaks by one word above the trigger: a verb of saying, "the announcement that"."""
    if above.pos_ == "NOUN" and above.lemma_ in lexicon.reporting_nouns and below.dep_ in ("acl", "ccomp"):
        return places.noun_subjects(above, MAX_CLIMB)
    if above.pos_ not in VERBAL or above.lemma_ not in lexicon.reporting_verbs:
        return []
    if is_passive(above):  # "is said by X to be closing"
        return prepositional(above, "by") if below.dep_ in ("xcomp", "ccomp") else []
    about = below.dep_ == "prep" and below.lower_ in TOPICS
    if not about and (below.dep_ not in CONTENT or (below.dep_ == "dobj" and above.lemma_ in SELDOM_SAYS)):
        return []
    return places.surface_subjects(above, MAX_CLIMB)


def _says(token: Token, lexicon: Lexicon) -> bool:
    return token.pos_ in VERBAL and token.lemma_ in lexicon.reporting_verbs and token.lemma_ not in SELDOM_SAYS


def _according_to(reading: Reading, trigger: Token) -> Iterable[Token]:
    for token in reading.sentence_tokens(trigger):
        if token.lower_ == "according":
            yield from (speaker for to in children(token, "prep") for speaker in children(to, "pobj"))


def _speakers_of_quote(reading: Reading, trigger: Token, lexicon: Lexicon) -> Iterable[Token]:
    """Return who speaks in the quotation that the trigger stands in, named beside it or in a sentence nearby."""
    if not inside_quotes(reading, trigger):
        return
    for sentence in sentences_round(reading, trigger):
        for token in sentence:
            if token != trigger and _says(token, lexicon) and not inside_quotes(reading, token):
                yield from children(token, "nsubj")
                return


def _speakers_of_lead(reading: Reading, trigger: Token, places: Places, lexicon: Lexicon) -> Iterable[Token]:
    """Return who speaks in the first sentence of the body, which a headline is short for."""
    if not reading.in_title(trigger):
        return []
    first = next((token for token in reading.doc if not reading.in_title(token) and not token.is_space), None)
    root = reading.sentence_tokens(first).root if first is not None else None
    if root is None or not _says(root, lexicon) or is_passive(root):
        return []
    return places.surface_subjects(root, MAX_CLIMB)


def _source(reading: Reading, token: Token, lexicon: Lexicon) -> Source | None:
    """Return a speaker: who is named, whose spokesman or statement it is, someone unnamed, or the document itself."""
    mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
    named = cluster is not None and cluster.named
    speaks_for_others = token.lemma_ in lexicon.reporting_nouns and not named
    owner = _owner(reading, token) if speaks_for_others else None
    if owner:
        return owner
    if mention is not None and (cluster is None or named or cluster.kind in SPEAKERS):
        return Source(reading.span(mention.start, mention.end), cluster.key if cluster else None)
    if speaks_for_others:
        return Source(reading.span(token.left_edge.i, token.i + 1), None)
    return _owner(reading, token)


def as_source(reading: Reading, start: int, end: int, lexicon: Lexicon) -> Source | None:
    """Return the speaker that the tokens from `start` to `end` (exclusive) name."""
    words = reading.doc[start:end]
    heads = [words.root, *(token for token in words if token != words.root)]
    return next((source for token in heads if (source := _source(reading, token, lexicon))), None)


def _owner(reading: Reading, noun: Token) -> Source | None:
    """Return for whom a noun speaks: "Philips's report", "a Bayer spokesman", "a statement from the union"."""
    behind = [token for preposition in OWNERS for token in prepositional(noun, preposition)]
    for token in [*children(noun, "appos", "poss", "compound"), *behind]:
        mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
        if mention is not None and cluster is not None and cluster.named and cluster.kind in SPEAKERS:
            return Source(reading.span(mention.start, mention.end), cluster.key)
    return None
