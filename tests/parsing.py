"""What tests of the extraction share: a text read as the extractor reads it, and the words in it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.clusters import Cluster
from kg.extract.extractor import Extractor
from kg.extract.frame_proposer import FrameProposer
from kg.extract.places import Places
from kg.extract.reading import Reading, analysed_text
from kg.extract.triggers import TriggerFinder
from kg.frames import Frame, Trigger
from kg.model import Article, LocalEvent


def article(text: str, *, title: str = "", date: str | None = "2024-06-15") -> Article:
    return Article("t", "d0000000000000000", title, text, text, date=date)


def read(extractor: Extractor, text: str, *, title: str = "") -> Reading:
    given = article(text, title=title)
    analysed, shift = analysed_text(given)
    return extractor.read(extractor.nlp(analysed), given, shift)


def word(reading: Reading, text: str) -> Token:
    """Return the first token with the text."""
    return next(token for token in reading.doc if token.text == text)


def texts(tokens: Iterable[Token]) -> list[str]:
    return [token.text for token in tokens]


def cluster(reading: Reading, text: str) -> Cluster:
    """Return the entity that the first token with the text refers to."""
    found = reading.cluster_at(word(reading, text))
    assert found is not None, f"{text!r} refers to nothing"
    return found


def fillers(event: LocalEvent, role: str) -> list[str]:
    return [filler.span.text for filler in event.fillers if filler.role == role]


def proposing(extractor: Extractor, *triggers: Trigger) -> FrameProposer:
    """Return a proposer that knows the triggers and no others."""
    frames = [Frame(trigger.type, (trigger,)) for trigger in triggers]
    return FrameProposer(extractor.ontology, TriggerFinder(frames, Places(extractor.lexicon)))
