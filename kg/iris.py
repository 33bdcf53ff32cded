"""Mint the IRIs of the graph: flat, stable, readable where there is something to read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.model import TITLE_BREAK, Article, Span

DEFAULT_BASE = "https://w3id.org/corporate-events/"
KG = DEFAULT_BASE + "ns#"
FACT = DEFAULT_BASE + "ns/factuality#"
VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "fact": FACT,
    "gaf": "http://groundedannotationframework.org/gaf#",
    "kg": KG,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DATA_PREFIXES = {
    "clm": "claim",
    "doc": "doc",
    "edg": "edge",
    "ent": "entity",
    "evt": "event",
    "fil": "filler",
    "gph": "graph",
    "men": "mention",
    "qty": "quantity",
    "rul": "rule",
    "src": "source",
}
MERGED = "merged"  # the graph of entities, events and edges, beside one graph an article
SLUG_LENGTH = 60
DIGEST_LENGTH = 12  # hex digits: one clash is to be expected among some 16 million things of a kind
NAME_HASH_LENGTH = 6

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
)


@dataclass(frozen=True, slots=True)
class Iris:
    """Mint data IRIs under one base. `base` ends in `/` or `#`."""

    base: str = DEFAULT_BASE

    def entity(self, id_: str) -> str:
        """Return the IRI of an entity."""
        return f"{self.base}entity/{id_}"

    def event(self, id_: str) -> str:
        """Return the IRI of an event."""
        return f"{self.base}event/{id_}"

    def claim(self, id_: str) -> str:
        """Return the IRI of a claim."""
        return f"{self.base}claim/{id_}"

    def article(self, key: str) -> str:
        """Return the IRI of an article, which is also the context that its offsets count in."""
        return f"{self.base}doc/{key}"

    def title(self, key: str) -> str:
        """Return the IRI of an article's title, a context of its own."""
        return f"{self.base}doc/{key}-title"

    def graph(self, name: str) -> str:
        """Return the IRI of a named graph: an article's key, or `MERGED`."""
        return f"{self.base}graph/{name}"

    def mention(self, article: Article, span: Span) -> str:
        """Return the IRI of some words of an article. Words of the title are counted from the title's start."""
        if span.start < 0:
            shift = len(article.title + TITLE_BREAK)
            return f"{self.base}mention/m{article.key}-t{span.start + shift}-{span.end + shift}"
        return f"{self.base}mention/m{article.key}-{span.start}-{span.end}"

    def filler(self, role: str, *parts: str) -> str:
        """Return the IRI of one place in an article that fills a role."""
        return f"{self.base}filler/{role}-{digest(role, *parts)}"

    def quantity(self, role: str, *parts: str) -> str:
        """Return the IRI of a number that fills a role."""
        return f"{self.base}quantity/{role}-{digest(role, *parts)}"

    def source(self, words: str, article: str) -> str:
        """Return the IRI of a source that has no name; another article's "analysts" are others."""
        return f"{self.base}source/{slug(words)}-{digest(article, words, length=NAME_HASH_LENGTH)}"

    def rule(self, rule: str) -> str:
        """Return the IRI of a rule or model."""
        return f"{self.base}rule/{slug(rule)}-{digest(rule, length=NAME_HASH_LENGTH)}"

    def edge(self, subject: str, predicate: str, object_: str) -> str:
        """Return the IRI of the statement that tells where a shortcut edge comes from."""
        return f"{self.base}edge/{predicate}-{digest(subject, predicate, object_)}"

    def prefixes(self) -> dict[str, str]:
        """Return all prefixes of the graph, sorted by prefix."""
        data = {prefix: f"{self.base}{folder}/" for prefix, folder in DATA_PREFIXES.items()}
        return dict(sorted((VOCABULARIES | data).items()))


def iris(base: str = DEFAULT_BASE) -> Iris:
    """Return the minter for a base. Raises `UsageError` unless the base is an http(s) IRI that ends in `/` or `#`."""
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc or not re.fullmatch(r"[^\s<>\"{}|\\^`]+[/#]", base):
        raise UsageError(
            base, "not a base for IRIs", f"give an http(s) address that ends in / or #, such as {DEFAULT_BASE}"
        )
    return Iris(base)


def local_name(iri: str) -> str:
    """Return what follows the last `/` or `#`.

    >>> local_name("https://w3id.org/corporate-events/entity/xiaomi")
    'xiaomi'
    """
    return re.split(r"[/#]", iri)[-1]


def compact(iri: str, prefixes: dict[str, str]) -> str:
    """Return `prefix:name` if a prefix fits, else the IRI as it is. `expand` is its opposite."""
    for prefix, namespace in prefixes.items():
        name = iri.removeprefix(namespace)
        if name != iri and re.fullmatch(r"[\w-]+", name):
            return f"{prefix}:{name}"
    return iri


def expand(name: str, prefixes: dict[str, str]) -> str:
    """Return the IRI of `prefix:name`, or the name as it is if it starts with no known prefix."""
    prefix, colon, rest = name.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else name


def digest(*parts: str, length: int = DIGEST_LENGTH) -> str:
    """Return hex digits that stand for the parts in this order; parts never run together.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def event_id(type_: str, *parts: str) -> str:
    """Return an event's id, made of its type and whatever tells it apart from others of the type."""
    return f"{kebab(type_)}-{digest(type_, *parts)}"


def claim_id(article: str, number: int) -> str:
    """Return the id of the nth claim of an article, counted from 0."""
    return f"c{article}-{number}"


def kebab(name: str) -> str:
    """Return a CamelCase name in kebab-case.

    >>> kebab("FacilityConstruction")
    'facility-construction'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def slug(text: str) -> str:
    """Return an ASCII kebab-case name that starts with a letter and keeps different names apart.

    A name that loses letters on the way to ASCII, or that is cut to `SLUG_LENGTH`, ends in a hash of the whole.

    >>> slug("Société Générale")
    'societe-generale'
    >>> slug("3M Co.")
    'n-3m-co'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in folded if not unicodedata.combining(c))).strip("-")
    lost = any(c.isalnum() and not c.isascii() for c in folded)
    if not plain or lost or len(plain) > SLUG_LENGTH:
        plain = "-".join(filter(None, (plain[:SLUG_LENGTH].strip("-"), digest(text, length=NAME_HASH_LENGTH))))
    return plain if plain[0].isalpha() else f"n-{plain}"
