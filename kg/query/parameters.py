"""Turn what a user types into the terms that a question's variables stand for."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iris import FACT, KG, expand, local_name
from kg.model import Status
from kg.query.questions import Parameter, Question
from kg.store import GraphStore

Term = NamedNode | Literal

NEAR_NAMES = 3
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BY_IRI = "SELECT ?entity { ?entity kg:named ?named }"
_BY_NAME = (  # a label counts for more than an alias
    "SELECT ?entity ?name { ?entity rdfs:label ?name ; kg:named ?named } ORDER BY ?entity ?name",
    "SELECT ?entity ?name { ?entity skos:altLabel ?name ; kg:named ?named } ORDER BY ?entity ?name",
)
_TYPES = "SELECT DISTINCT ?type { ?event sem:eventType ?type } ORDER BY ?type"


def bind(store: GraphStore, question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """Return a term for each parameter that has a value or a default.

    Raises `QueryError` for a parameter the question has not, and for a value that fits nothing in the graph.
    """
    for name in values:
        if question.parameter(name) is None:
            known = ", ".join(parameter.name for parameter in question.parameters) or "none"
            raise QueryError(question.name, f"it has no parameter {name!r}", f"its parameters: {known}")
    given = {parameter: values.get(parameter.name, parameter.default) for parameter in question.parameters}
    return {parameter.name: _term(store, parameter, value) for parameter, value in given.items() if value is not None}


def _term(store: GraphStore, parameter: Parameter, value: str) -> Term:
    match parameter.kind:
        case "entity":
            return _entity(store, parameter.name, value.strip())
        case "type":
            return _event_type(store, parameter.name, value.strip())
        case "status":
            return _status(parameter.name, value.strip())
        case "date":
            return _date(parameter.name, value.strip())
        case "number":
            return _number(parameter.name, value.strip())
    return Literal(value)


def _entity(store: GraphStore, place: str, value: str) -> NamedNode:
    """Return the entity of an IRI, id, label or alias, spelt as it is or, failing that, with other capitals."""
    found = _by_iri(store, value) or _by_exact_name(store, value) or _by_folded_name(store, value)
    if not found:
        names = (row["name"].value for query in _BY_NAME for row in store.select(query))
        raise QueryError(place, f"nothing is called {value!r}", _advice(value, names))
    if len(found) > 1:
        ids = ", ".join(local_name(iri) for iri in found)
        raise QueryError(place, f"several entities are called {value!r}", f"name one of them: {ids}")
    return NamedNode(found[0])


def _by_iri(store: GraphStore, value: str) -> list[str]:
    for iri in (expand(value, store.iris.prefixes()), store.iris.entity(value)):
        with contextlib.suppress(ValueError):  # no IRI, so a name
            if list(store.select(_BY_IRI, entity=NamedNode(iri))):
                return [iri]
    return []


def _by_exact_name(store: GraphStore, value: str) -> list[str]:
    answers = ([row["entity"].value for row in store.select(query, name=Literal(value))] for query in _BY_NAME)
    return next(filter(None, answers), [])


def _by_folded_name(store: GraphStore, value: str) -> list[str]:
    wanted = value.casefold()
    for query in _BY_NAME:
        rows = store.select(query)
        if found := sorted({row["entity"].value for row in rows if row["name"].value.casefold() == wanted}):
            return found
    return []


def _event_type(store: GraphStore, place: str, value: str) -> NamedNode:
    types = [row["type"].value.removeprefix(KG) for row in store.select(_TYPES)]
    wanted = value.removeprefix("kg:").removeprefix(KG)
    if wanted not in types:
        raise QueryError(place, f"no event is of type {value!r}", _advice(wanted, types))
    return NamedNode(KG + wanted)


def _status(place: str, value: str) -> NamedNode:
    if value not in tuple(Status):
        raise QueryError(place, f"{value!r} is no status", f"statuses: {', '.join(Status)}")
    return NamedNode(FACT + value)


def _date(place: str, value: str) -> Literal:
    """Return a day; a month or a year means its first day."""
    full = value + {4: "-01-01", 7: "-01"}.get(len(value), "")
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", full):
            raise ValueError
        date.fromisoformat(full)
    except ValueError as error:
        raise QueryError(place, f"{value!r} is no date", "write it as 2024-03-31, 2024-03 or 2024") from error
    return Literal(full, datatype=NamedNode(_XSD + "date"))


def _number(place: str, value: str) -> Literal:
    try:
        number = Decimal(value.replace(",", "").replace("_", ""))
    except InvalidOperation as error:
        raise QueryError(place, f"{value!r} is no number", "write it as 300000 or 4.5") from error
    if not number.is_finite():
        raise QueryError(place, f"{value!r} is no number", "write it as 300000 or 4.5")
    return Literal(format(number, "f"), datatype=NamedNode(_XSD + "decimal"))


def _advice(value: str, names: Iterable[str]) -> str:
    """Return a remedy that names what is spelt like the value, or holds it as a word."""
    by_fold = {name.casefold(): name for name in sorted(set(names), reverse=True)}
    wanted = value.casefold()
    near = difflib.get_close_matches(wanted, by_fold, n=NEAR_NAMES)
    near += [name for name in sorted(by_fold) if wanted and wanted in name and name not in near]
    if not near:
        return "look at what the graph holds: kg export OUT --format csv"
    return f"did you mean {' or '.join(by_fold[name] for name in near[:NEAR_NAMES])}?"
