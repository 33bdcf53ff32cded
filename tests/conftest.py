"""What tests share: the ontology, and the language pipeline for those marked `model`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor, make_extractor
from kg.extract.lexicon import load_lexicon
from kg.frames import load_frames
from kg.model import Article, Extraction
from kg.nlp import load_language
from kg.ontology import Ontology, load_ontology
from kg.resources import ontology_folder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    folders = [ontology_folder()]
    return make_extractor(load_language(), ontology, load_frames(ontology, folders), load_lexicon(folders))


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[..., Extraction]:
    """Return a function from a text, and optionally a date and title, to its extraction."""

    def run(text: str, *, date: str | None = "2024-06-15", title: str = "") -> Extraction:
        article = Article("t", "d0000000000000000", title, text, text, date=date)
        return next(extractor.extract([article]))

    return run
