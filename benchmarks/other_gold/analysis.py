"""Run the extraction over annotated documents and lay what it finds beside what is annotated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from benchmarks.other_gold.gold import GoldDocument, Marked, Sort
from kg.articles.cleaning import clean
from kg.extract.extractor import BATCH_SIZE, Extractor
from kg.extract.reading import Reading, analysed_text
from kg.model import Article, EventMention, Extraction, Filler, Span
from kg.ontology import load_ontology
from kg.pipeline import Settings, open_extractor


@dataclass(frozen=True, slots=True)
class Analysis:
    """An annotated document with its parse and what the extraction found. Offsets are those of the gold text."""

    gold: GoldDocument
    reading: Reading
    extraction: Extraction
    roots: Mapping[str, int]  # by the id of an annotated mention: its head word's token index
    heads: Mapping[str, frozenset[int]]  # by the key of an entity we found: its mentions' head words

    @property
    def doc(self) -> Doc:
        """Return the parse."""
        return self.reading.doc

    def marked(self, sort: Sort) -> list[Marked]:
        """Return the mentions of a sort that lie in what was annotated, one a head word: the shortest."""
        chosen: dict[int, Marked] = {}
        for mention in sorted(self.gold.mentions, key=lambda mention: (mention.last - mention.first, mention.first)):
            if mention.sort is sort and self.gold.covers(self.gold.span(mention)[0]):
                chosen.setdefault(self.roots[mention.id], mention)
        return [chosen[root] for root in sorted(chosen)]

    def root(self, mention: Marked) -> Token:
        """Return the head word of an annotated mention."""
        return self.doc[self.roots[mention.id]]

    def meets(self, span: Span, mention: Marked) -> bool:
        """Tell whether words that we found hold the head word of an annotated mention, or the reverse."""
        if self._holds(span, self.root(mention)):
            return True
        shift = self.reading.shift
        found = self.doc.char_span(span.start + shift, span.end + shift, alignment_mode="expand")
        start, end = self.gold.span(mention)
        return found is not None and start <= found.root.idx - shift < end

    def events_at(self, mention: Marked) -> list[tuple[int, EventMention]]:
        """Return our event mentions whose trigger holds an annotated event's head word, with their event's number."""
        return [
            (number, said)
            for number, event in enumerate(self.extraction.events)
            for said in event.mentions
            if self._holds(said.trigger, self.root(mention))
        ]

    def _holds(self, span: Span, token: Token) -> bool:
        return span.start + self.reading.shift < token.idx + len(token) and token.idx < span.end + self.reading.shift

    def fills(self, filler: Filler, mention: Marked) -> bool:
        """Tell whether a filler is what an annotated mention stands for: the same entity; the same words of a value."""
        if filler.entity is None:
            return self.meets(filler.span, mention)
        chain = {self.roots[other.id] for other in self.gold.mentions if other.chain == mention.chain}
        return bool(self.heads.get(filler.entity, frozenset()) & chain)


def analyse(documents: Iterable[GoldDocument], extractor: Extractor) -> Iterator[Analysis]:
    """Yield the analysis of each document, in order."""
    pairs = (
        (text, (gold, article, shift))
        for gold, article in _articles(documents)
        for text, shift in [analysed_text(article)]
    )
    for doc, (gold, article, shift) in extractor.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
        reading = extractor.read(doc, article, shift)
        roots = {mention.id: _root(doc, gold, mention, shift) for mention in gold.mentions}
        yield Analysis(gold, reading, extractor.extract_doc(doc, article, shift), roots, _heads(reading))


def make_extractor() -> Extractor:
    """Return the extractor of a build with default settings."""
    settings = Settings()
    return open_extractor(load_ontology(settings.folders), settings)


def _articles(documents: Iterable[GoldDocument]) -> Iterator[tuple[GoldDocument, Article]]:
    for gold in documents:
        text = gold.layout.text
        yield gold, Article(gold.id, gold.id, gold.title, text, clean(text, gold.title), date=gold.date)


def _root(doc: Doc, gold: GoldDocument, mention: Marked, shift: int) -> int:
    start, end = gold.span(mention)
    span = doc.char_span(start + shift, end + shift, alignment_mode="expand")
    assert span is not None, (gold.id, mention)
    return int(span.root.i)


def _heads(reading: Reading) -> dict[str, frozenset[int]]:
    clusters = {cluster.key: cluster for cluster in reading.clusters.values()}
    return {key: frozenset(mention.head for mention in cluster.mentions) for key, cluster in clusters.items()}
