"""Find who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.extract.syntax import Places, children, is_passive, with_conjuncts
from kg.model import Kind, Source

SPEAKERS = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT, Kind.PERSON, Kind.POST, Kind.UNIT, Kind.PLACE})
CLAUSE = frozenset(
    {
        "ccomp",
        "parataxis",
        "pcomp",
        "advcl",
        "acl",
        "relcl",
        "conj",
        "dobj",
        "xcomp",
        "prep",
        "pobj",
        "nsubj",
        "nsubjpass",
        "attr",
    }
)


def find_sources(
    reading: Reading, trigger: Token, places: Places, lexicon: Lexicon
) -> tuple[tuple[Token, Source], ...]:
    """Return the heads and sources of those who say what the trigger's clause says; nobody if the article itself does."""
    speakers = list(_reporting_subjects(trigger, places, lexicon)) or list(_according_to(reading, trigger))
    found = []
    for token in with_conjuncts(speakers):
        source = _source(reading, token)
        if source:
            found.append((token, source))
    return tuple(found)


def _reporting_subjects(trigger: Token, places: Places, lexicon: Lexicon) -> Iterable[Token]:
    """Yield the subject of the nearest reporting verb whose content clause holds the trigger."""
    below = trigger
    for above in trigger.ancestors:
        if (
            above.pos_ in ("VERB", "AUX")
            and above.lemma_ in lexicon.reporting_verbs
            and below.dep_ in ("ccomp", "parataxis", "dobj")
        ):
            if is_passive(above):
                return
            speakers = places.surface_subjects(above, 3)
            if speakers:
                yield from speakers
                return
        if below.dep_ == "ROOT":
            return
        below = above


def _according_to(reading: Reading, trigger: Token) -> Iterable[Token]:
    for token in reading.sentence_tokens(trigger):
        if token.lower_ == "according":
            yield from (speaker for to in children(token, "prep") for speaker in children(to, "pobj"))


def _source(reading: Reading, token: Token) -> Source | None:
    mention, cluster = reading.mentions.get(token.i), reading.cluster_at(token)
    if mention is None or (cluster is not None and not cluster.named and cluster.kind not in SPEAKERS):
        return None
    return Source(reading.span(mention.start, mention.end), cluster.key if cluster else None)
