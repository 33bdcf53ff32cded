"""Put an extractor together out of a language pipeline and the contents of ontology folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from kg.extract.decoder import MIN_CONFIDENCE
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.learned.scorer import load_scorer
from kg.extract.lexicon import load_lexicon
from kg.extract.scoring import load_scores
from kg.frames import load_frames
from kg.ontology import Ontology


def assemble(
    nlp: Language, ontology: Ontology, folders: Sequence[Path], *, min_confidence: float = MIN_CONFIDENCE
) -> Extractor:
    """Return an extractor that knows the frames and word lists of the folders, which hold the ontology too.

    Raises `OntologyError` for faulty files, `ModelError` for a faulty network, `UsageError` if `min_confidence` does
    not lie between 0 and 1.
    """
    return make_extractor(
        nlp,
        ontology,
        load_frames(ontology, folders),
        load_lexicon(folders),
        load_scores(folders),
        scorer=load_scorer(folders),
        min_confidence=min_confidence,
    )
