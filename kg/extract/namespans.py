"""Find where names begin and end: the pipeline's entities and the gazetteer's names, mended by their surroundings.

A name is cut where two of them ran together ("LYON - Acme", "Acme (AC", "Lyon-based Acme") and joined where one was
torn apart ("Banque du Lac", "Acme UK"). Words that the pipeline labelled as nothing are names when they look like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import Lexicon
from kg.extract.tree import tree_of
from kg.model import Kind

NER_KINDS = {
    "ORG": Kind.ORGANIZATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.FACILITY,
    "PERSON": Kind.PERSON,
    "PRODUCT": Kind.PRODUCT,
    "WORK_OF_ART": Kind.PRODUCT,
}
ARTICLES = ("the", "a", "an")
DOUBTFUL = frozenset({"", "NORP", "EVENT", "LAW", "LANGUAGE"})  # labels of words that may be names all the same
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr", "oprd", "poss"})
NOUN_TAGS = frozenset({"NN", "NNP"})
HEADLINE_SHARE = 0.7
HALF_NAME = 4  # letters
SHORT_CAPITALS = 2  # letters of a word in capitals that may be initials
DASHES = frozenset({"-", "–", "—", "--"})
BASED = frozenset({"based", "-based", "headquartered", "listed", "-listed", "owned", "-owned"})
BEFORE_NAMES = frozenset({Kind.POST, Kind.PERSON, Kind.ORGANIZATION})  # nouns in front of a name of their own
HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "compound", "appos", "ROOT", "attr", "nmod"})
_LETTER = re.compile(r"[^\W\d_]")
_INNER_CAPITAL = re.compile(r"[^\W\d_]?[a-z]{1,2}[A-Z][a-zA-Z]+")  # iThing, eWare
_SITE = re.compile(r"[\w-]{3,}(?:\.[a-z]{2,3}){1,2}")  # fenwickdale.com
_MODEL = re.compile(r"\d+[a-z]{0,2}|[A-Z]?\d+[A-Z]?")
_COMPANY_TAIL = re.compile(r"(?:[^\W\d_]+ )?(?:&|and) (?:Co\b|Company|Sons|Partners|Brothers)")


def name_spans(doc: Doc, listed: Iterable[Span], lexicon: Lexicon) -> list[Span]:
    """Return the spans of all names in the order of the text, without overlaps; `listed` are the gazetteer's."""
    entities = [piece for entity in doc.ents if entity.label_ in NER_KINDS for piece in _pieces(entity, lexicon)]
    strong = longest([span for span in [*listed, *entities] if _is_name(span, lexicon)])
    loose = _runs(doc, _covered(strong), lexicon)
    found = _joined(sorted([*strong, *loose], key=lambda span: span.start), lexicon)
    echoes = _echoes(doc, found, lexicon)
    return sorted([*found, *echoes], key=lambda span: span.start)


def _is_name(span: Span, lexicon: Lexicon) -> bool:
    """Tell whether a span looks like a name: it has a capital letter, stays on its line and is no weekday or post."""
    text = span.text
    looks_like_one = any(map(str.isupper, text)) or bool(_SITE.fullmatch(text))
    return looks_like_one and "\n" not in text and text.lower() not in lexicon.no_names


def longest(spans: Iterable[Span]) -> list[Span]:
    """Keep the longest of overlapping spans, the earlier one of equals."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        covered = range(span.start, span.end)
        if taken.isdisjoint(covered):
            kept.append(span)
            taken.update(covered)
    return kept


def _covered(spans: Iterable[Span]) -> set[int]:
    return {index for span in spans for index in range(span.start, span.end)}


# -- cutting


def _pieces(entity: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Cut an entity where it holds more than one name, and trim each piece."""
    start = entity.start
    for index in range(entity.start, entity.end):
        if _is_cut(entity, index, lexicon):
            yield from _trimmed(entity.doc, start, index)
            start = index + 1
    yield from _trimmed(entity.doc, start, entity.end)


def _is_cut(entity: Span, index: int, lexicon: Lexicon) -> bool:
    token = entity.doc[index]
    if token.text in "()[]" or token.lower_ in BASED or "://" in token.text:
        return True
    if token.text in DASHES:
        return bool(index and token.nbor(-1).whitespace_ and token.whitespace_)
    if token.text == ",":
        return "&" not in entity.text and " and " not in entity.text and not _is_suffix(token, lexicon)
    inside = entity.start < index < entity.end - 1
    return inside and token.is_lower and lexicon.noun_kinds.get(token.lemma_) in BEFORE_NAMES


def _is_suffix(comma: Token, lexicon: Lexicon) -> bool:
    """Tell whether a legal form follows a comma: "Acme, Inc."."""
    return comma.i + 1 < len(comma.doc) and comma.nbor().text in lexicon.name_words


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """Yield the span without articles, a heading noun, trailing possessives, prepositions and punctuation, if any."""
    while start < end and _begins_no_name(doc[start]):
        start += 1
    if end - start > 2 and doc[start].tag_ in ("NN", "NNS") and doc[start + 1].lower_ in ("in", "of"):
        start += 2  # "Shares in Acme"
    elif end - start > 1 and doc[start].tag_ == "NNS" and doc[start].is_sent_start and doc[start + 1].is_title:
        start += 1  # "Owners Acme Group"
    while start < end and _ends_no_name(doc[end - 1]):
        end -= 1
    if start < end:
        yield doc[start:end]


def _begins_no_name(token: Token) -> bool:
    return token.lower_ in ARTICLES or (not _LETTER.search(token.text) and not token.is_digit)


def _ends_no_name(token: Token) -> bool:
    return bool(token.is_punct or token.is_space or token.tag_ == "POS" or (token.is_lower and token.is_stop))


# -- words without a label


def _runs(doc: Doc, taken: Set[int], lexicon: Lexicon) -> list[Span]:
    """Return runs of words that look like names and that the pipeline labelled as nothing."""
    runs: list[Span] = []
    start = None
    headline = _headline_words(doc)
    for index, token in enumerate(doc):
        if index not in taken and _is_unlabelled_name(token, lexicon, in_headline=index in headline):
            start = index if start is None else start
        elif start is not None:
            runs.append(doc[start:index])
            start = None
    return runs if start is None else [*runs, doc[start : len(doc)]]


def _is_unlabelled_name(token: Token, lexicon: Lexicon, *, in_headline: bool) -> bool:
    if token.ent_type_ not in DOUBTFUL or token.lower_ in lexicon.no_names:
        return False
    if _INNER_CAPITAL.fullmatch(token.text) or _SITE.fullmatch(token.text):
        return True
    if not token.text[:1].isupper():
        return False
    if token.ent_type_ or token.pos_ != "PROPN":
        return token.dep_ in ARGUMENTS and token.tag_ in NOUN_TAGS and not token.is_sent_start and not in_headline
    return True


def _headline_words(doc: Doc) -> set[int]:
    """Return the words of sentences in which a capital letter says nothing, as most words have one."""
    found: set[int] = set()
    for sentence in doc.sents:
        words = [token for token in sentence if token.is_alpha and not token.is_stop]
        if sum(token.text[:1].isupper() for token in words) > HEADLINE_SHARE * len(words):
            found.update(range(sentence.start, sentence.end))
    return found


# -- joining


def _joined(spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Put together what belongs to one name, and stretch names over words that the pipeline left outside."""
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if last is not None and _are_one(last, span, lexicon):
            out[-1] = span.doc[last.start : span.end]
        else:
            out.append(_stretched(span, last.end if last is not None else 0, lexicon))
    return out


def _are_one(left: Span, right: Span, lexicon: Lexicon) -> bool:
    """Tell whether two neighbouring names are one: "Banque" du "Lac", "Adler", "Gorton & Co"."""
    doc = left.doc
    between = doc[left.end : right.start]
    if len(between) == 0:
        return _is_torn(left, right, lexicon)
    if len(between) > 2 or any(doc[index].is_sent_start for index in range(left.end, right.start + 1)):
        return False
    if between.text == ",":
        return bool(_COMPANY_TAIL.match(right.text)) and left.label_ != "GPE"
    return all(token.lower_ in lexicon.particles and token.is_lower for token in between)


def _is_torn(left: Span, right: Span, lexicon: Lexicon) -> bool:
    """Tell whether a name runs on into the word behind it: "Acme" "Group", "Ana" "Zelner", "Acme" "UK"."""
    if not left[-1].whitespace_ or left[-1].is_sent_end:
        return False
    if len(right) == 1 and lexicon.name_words.get(right.text) is Kind.ORGANIZATION:
        return tree_of(left.doc).heads[left.root.i] == right.start
    plain = not any(token.lower_ in lexicon.titles or token.lower_ in lexicon.noun_kinds for token in left)
    runs_on = right.root.ent_type_ in ("GPE", "PERSON") and not left[-1].ent_type_
    return plain and runs_on and tree_of(left.doc).heads[left.root.i] in range(right.start, right.end)


def _stretched(span: Span, floor: int, lexicon: Lexicon) -> Span:
    """Take in the words before a bare "Group" or surname, and a number behind a name ("Aero 360")."""
    doc, start, end = span.doc, span.start, span.end
    generic = len(span) == 1 and (span.text in lexicon.name_words)
    person = span.root.ent_type_ == "PERSON"
    while start > floor and (generic or person) and _belongs_before(doc[start - 1], lexicon, generic=generic):
        start -= 1
    while start > floor and _goes_on_in_capitals(doc[start - 1], doc[start]):
        start -= 1
    if end + 1 < len(doc) and _is_hyphenated(doc, end):
        end += 2
    if end < len(doc) and _MODEL.fullmatch(doc[end].text) and doc[end].head.i in range(start, end):
        end += 1
    return doc[start:end]


def _goes_on_in_capitals(before: Token, word: Token) -> bool:
    """Tell whether a name written in capitals begins earlier: "NORTHERN ALPINE" "BANK"."""
    long = min(len(before), len(word)) > SHORT_CAPITALS
    return long and before.is_upper and word.is_upper and before.is_alpha and before.whitespace_ != "" and word.is_alpha


def _is_hyphenated(doc: Doc, hyphen: int) -> bool:
    """Tell whether a short word in front of a hyphen is half a name: "Ko-op"."""
    before, after = doc[hyphen - 1], doc[hyphen + 1]
    tight = doc[hyphen].text == "-" and not before.whitespace_ and not doc[hyphen].whitespace_
    return tight and before.is_title and len(before) < HALF_NAME and after.lower_ not in BASED


def _belongs_before(token: Token, lexicon: Lexicon, *, generic: bool) -> bool:
    """Tell whether a word continues a name to the left."""
    if token.is_sent_end or token.lower_ in lexicon.titles or token.lower_ in lexicon.no_names:
        return False
    joined = token.text == "-" or (not token.whitespace_ and token.is_alpha)
    if generic and (joined or token.ent_type_ == "NORP"):
        return token.text == "-" or token.is_title or not token.whitespace_
    return token.text[:1].isupper() and token.pos_ == "PROPN" and not token.ent_type_


# -- words that begin a sentence


def _echoes(doc: Doc, found: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Return further mentions of the names found that the pipeline took for ordinary words."""
    known = {span.text for span in found if len(span) == 1}
    known |= {span[-1].text for span in found if len(span) > 1 and span.root.ent_type_ == "PERSON"}
    known |= {span[0].text for span in found if len(span) > 1 and span.root.ent_type_ == "ORG"}
    taken = _covered(found)
    return [
        doc[index : index + 1]
        for index, token in enumerate(doc)
        if index not in taken and token.text in known and _can_be_name(token, lexicon)
    ]


def _can_be_name(token: Token, lexicon: Lexicon) -> bool:
    plain = token.ent_type_ == "" and token.lower_ not in lexicon.no_names and token.text[:1].isupper()
    return plain and token.dep_ in HEADS and not token.is_stop
