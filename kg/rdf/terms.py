"""The names and literals that writer and reader share."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.iris import FACT, KG, VOCABULARIES
from kg.model import Kind, Status, ValueKind

Subject = NamedNode
Term = NamedNode | Literal

# The classes an entity of a kind is written with. The first is the one it is read back by.
# The ontology's kg:writtenAs says the same to users; a test keeps the two equal.
KIND_CLASSES = {
    Kind.ORGANIZATION: ("schema:Corporation", "org:Organization"),
    Kind.GOVERNMENT: ("schema:GovernmentOrganization",),
    Kind.PERSON: ("schema:Person",),
    Kind.PLACE: ("schema:Place",),
    Kind.FACILITY: ("kg:Facility", "schema:Place"),
    Kind.PRODUCT: ("schema:ProductGroup",),
    Kind.UNIT: ("org:OrganizationalUnit",),
    Kind.POST: ("org:Post",),
    Kind.MARKET: ("kg:Market",),
    Kind.THING: ("kg:Thing",),
}
# Kinds of value that are nodes, each with a class of its own beside schema.org's; the others are literals.
QUANTITY_CLASSES = {
    ValueKind.MONEY: "schema:MonetaryAmount",
    ValueKind.PERCENT: "schema:QuantitativeValue",
    ValueKind.COUNT: "schema:QuantitativeValue",
    ValueKind.QUANTITY: "schema:QuantitativeValue",
}
ACTORS = frozenset({Kind.ORGANIZATION, Kind.GOVERNMENT, Kind.PERSON, Kind.UNIT, Kind.POST})
NEGATIVE = frozenset({Status.DENIED, Status.CANCELLED})
PERCENT_UNIT = "percent"
CONFIDENCE_PLACES = 4

# Durations that every RDF library writes the same way; 12 months or a week would come back as something else.
_STABLE_DURATION = re.compile(r"P([1-9]\d{0,3}Y|([1-9]|1[01])M|[1-9]\d{0,3}D)")
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@cache
def name(curie: str) -> NamedNode:
    """Return the vocabulary term of a `prefix:local` name."""
    prefix, local = curie.split(":", 1)
    return NamedNode(VOCABULARIES[prefix] + local)


@cache
def kg(local: str) -> NamedNode:
    """Return a term of our own ontology: a role, a type, a shortcut predicate."""
    return NamedNode(KG + local)


def status(value: Status) -> NamedNode:
    """Return the individual of a status."""
    return NamedNode(FACT + value.value)


def text(value: str) -> Literal:
    """Return a plain literal. Lone surrogates, which no RDF file can hold, become question marks."""
    return Literal(value.encode("utf-8", "replace").decode("utf-8"))


def true() -> Literal:
    """Return the literal true."""
    return Literal(True)


def boolean(value: bool) -> Literal:
    """Return a boolean literal."""
    return Literal(value)


def integer(value: int) -> Literal:
    """Return an integer literal."""
    return Literal(str(value), datatype=name("xsd:integer"))


def number(value: Decimal) -> Literal:
    """Return a number in the form that all libraries keep: an integer if whole, else without trailing zeros."""
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=name("xsd:integer"))
    return Literal(format(value.normalize(), "f"), datatype=name("xsd:decimal"))


def confidence(value: float) -> Literal:
    """Return a confidence, rounded to `CONFIDENCE_PLACES` digits, as a decimal."""
    rounded = round(Decimal(repr(value)), CONFIDENCE_PLACES).normalize()
    return Literal(format(rounded, "f"), datatype=name("xsd:decimal"))


def date(value: str) -> Literal:
    """Return a day as `xsd:date`; a month or year alone stays a string, since libraries disagree about those."""
    return Literal(value, datatype=name("xsd:date")) if _FULL_DATE.fullmatch(value) else text(value)


def rate(per: str) -> Literal:
    """Return what a rate is counted by: `xsd:duration` for a year, month or day, else words (share)."""
    return Literal(per, datatype=name("xsd:duration")) if _STABLE_DURATION.fullmatch(per) else text(per)
