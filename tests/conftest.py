"""What tests share: the ontology, and the language pipeline for those marked `model`."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from kg import pipeline
from kg.extract.extractor import Extractor, make_extractor
from kg.extract.learned.scorer import load_scorer
from kg.extract.lexicon import load_lexicon
from kg.extract.scoring import load_scores
from kg.frames import load_frames
from kg.graph import Graph, open_graph
from kg.model import Article, Extraction
from kg.nlp import load_language
from kg.ontology import Ontology, load_ontology
from kg.resources import ontology_folder, sample_folder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score" / "score_events.py"


@pytest.fixture(scope="session")
def scorer() -> ModuleType:
    """Return the reference scorer, for tests that are skipped where it is absent."""
    spec = importlib.util.spec_from_file_location("score_events", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology([ontology_folder()])


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    """Return an extractor without the network: for tests of what the rules do by themselves."""
    folders = [ontology_folder()]
    frames = load_frames(ontology, folders)
    return make_extractor(load_language(), ontology, frames, load_lexicon(folders), load_scores(folders))


@pytest.fixture(scope="session")
def shipped(extractor: Extractor) -> Extractor:
    """Return the extractor of a build: rules and network."""
    return replace(extractor, scorer=load_scorer([ontology_folder()]))


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[..., Extraction]:
    """Return a function from a text, and optionally a date and title, to its extraction."""

    def run(text: str, *, date: str | None = "2024-06-15", title: str = "") -> Extraction:
        article = Article("t", "d0000000000000000", title, text, text, date=date)
        return next(extractor.extract([article]))

    return run


@pytest.fixture(scope="session")
def sample_folder_built(shipped: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build of the sample articles, made once for all tests. For reading only."""
    out = tmp_path_factory.mktemp("sample") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "open_extractor", lambda *_: shipped)
        pipeline.build([str(sample_folder())], out)
    return out


@pytest.fixture(scope="session")
def sample_graph(sample_folder_built: Path) -> Graph:
    """Return the graph of the sample articles. For tests marked `model`."""
    return open_graph(sample_folder_built)
