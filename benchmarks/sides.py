"""One side of a comparison, in a process of its own: `python benchmarks/sides.py SIDE ARTICLES`.

Prints one line of JSON with CPU seconds (user and system, this process and its children) and figures. `pipe` is the
bare spaCy pipeline, `build` the whole of `kg build`; both say apart what loading the language model took. `parts` goes
through a build step by step.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
import texts
from spacy.language import Language

from kg import pipeline
from kg.export import export
from kg.extract.extractor import BATCH_SIZE, Extractor
from kg.extract.reading import analysed_text
from kg.model import Article, Extraction, Knowledge
from kg.nlp import DEFAULT_MODEL, load_language
from kg.ontology import Ontology, load_ontology
from kg.rdf import to_quads
from kg.resolve import resolve
from kg.shelf import Record, Shelf
from kg.store import GraphStore, write_graph, write_lock

Figures = dict[str, Any]


def cpu() -> float:
    """Return the CPU seconds that this process and its children have used."""
    return sum(os.times()[:4])


@dataclass(slots=True)
class Meter:
    """Adds up CPU seconds by the name of what was done."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add the CPU of what is done inside to a name."""
        before = cpu()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + cpu() - before


def pipe(path: Path) -> Figures:
    """Run the language model over the texts that a build would give it, and do nothing with the result."""
    articles = [analysed_text(article)[0] for article in texts.read(path)]
    meter = Meter()
    with meter.of("loading"):
        nlp = spacy.load(DEFAULT_MODEL)
    with meter.of("work"):
        tokens = sum(len(doc) for doc in nlp.pipe(articles, batch_size=BATCH_SIZE))
    return {**meter.seconds, "tokens": tokens, "articles": len(articles)}


def build(path: Path) -> Figures:
    """Build a graph of the articles in a new folder."""
    meter = Meter()

    def load(model: str) -> Language:
        with meter.of("loading"):
            return load_language(model)

    pipeline.load_language = load  # to tell loading the model from the work
    with tempfile.TemporaryDirectory() as folder, meter.of("work"):
        report = pipeline.build([str(path)], Path(folder) / "out")
    meter.seconds["work"] -= meter.seconds["loading"]
    return {**meter.seconds, "articles": report.articles, "events": report.events, "claims": report.claims}


def parts(path: Path) -> Figures:
    """Go through a build step by step."""
    meter = Meter()
    settings = pipeline.Settings()
    nlp = load_language()
    pipeline.load_language = lambda _: nlp  # so that it is not counted
    with meter.of("reading articles"):
        articles = texts.read(path)
    with meter.of("ontology, frames, word lists"):
        ontology = load_ontology(settings.folders)
        extractor = pipeline.open_extractor(ontology, settings)
    with tempfile.TemporaryDirectory() as folder:
        extractions = list(_extract(meter, extractor, articles, Shelf(Path(folder))))
        with meter.of("resolving"):
            knowledge = resolve(extractions, ontology)
        _store(meter, knowledge, ontology, Path(folder))
    return meter.seconds


def _extract(meter: Meter, extractor: Extractor, articles: Iterable[Article], shelf: Shelf) -> Iterator[Extraction]:
    """Parse and read the articles; the language model runs batch by batch, as in a build."""
    pairs = ((text, (article, shift)) for article in articles for text, shift in [analysed_text(article)])
    docs = extractor.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE)
    while True:
        with meter.of("language model"):
            row = next(docs, None)
        if row is None:
            return
        doc, (article, shift) = row
        with meter.of("extraction"):
            extraction = extractor.extract_doc(doc, article, shift)
        with meter.of("keeping extractions"):
            shelf.put(Record("", extraction))
        yield extraction


def _store(meter: Meter, knowledge: Knowledge, ontology: Ontology, folder: Path) -> None:
    """Write the graph and the files that lie beside it."""
    with write_lock(folder) as lock:
        with meter.of("RDF"):
            quads = list(to_quads(knowledge, ontology))
        with meter.of("store"):
            write_graph(lock, quads)
    store = GraphStore.open(folder)
    for format_, name in pipeline.FILES.items():
        with meter.of(name):
            export(store, format_, folder / name)


SIDES: dict[str, Callable[[Path], Figures]] = {"pipe": pipe, "build": build, "parts": parts}

if __name__ == "__main__":
    print(json.dumps(SIDES[sys.argv[1]](Path(sys.argv[2]))))
