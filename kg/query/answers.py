"""Write an answer: as a table for people, or as CSV, JSON or Turtle for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import compact
from kg.query.cells import csv_text, safe_cell, table_text
from kg.rdf.serialize import turtle

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
_TRIPLE_COLUMNS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: rows (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    details: frozenset[str] = frozenset()  # columns that a table leaves out

    def __bool__(self) -> bool:
        """Tell whether the answer is yes, or holds anything."""
        return bool(self.boolean or self.rows or self.triples)


def format_answer(answer: Answer, format_: str, prefixes: Mapping[str, str]) -> str:
    """Return an answer as text that ends in a line break. Raises `QueryError` for a format that does not fit it."""
    if format_ not in FORMATS:
        raise QueryError(format_, "no such format", f"formats: {', '.join(FORMATS)}")
    return FORMATS[format_](answer, prefixes)


def _table(answer: Answer, prefixes: Mapping[str, str]) -> str:
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    if answer.triples is not None:
        return _turtle(answer, prefixes)
    if not answer.rows:
        return "nothing found\n"
    kept = [number for number, column in enumerate(answer.columns) if column not in answer.details]
    rows = [[_shown(row[number], prefixes) for number in kept] for row in answer.rows]
    return table_text([answer.columns[number] for number in kept], rows)


def _csv(answer: Answer, _: Mapping[str, str]) -> str:
    if answer.boolean is not None:
        return csv_text(("answer",), [(str(answer.boolean).lower(),)])
    if answer.triples is not None:
        return csv_text(_TRIPLE_COLUMNS, [[_cell(term) for term in triple] for triple in answer.triples])
    return csv_text(answer.columns, [[_cell(term) for term in row] for row in answer.rows])


def _json(answer: Answer, _: Mapping[str, str]) -> str:
    """Return SPARQL 1.1 results in JSON, or triples as JSON-LD."""
    if answer.triples is not None:
        return (ox.serialize(answer.triples, format=ox.RdfFormat.JSON_LD) or b"").decode() + "\n"
    if answer.boolean is not None:
        return json.dumps({"head": {}, "boolean": answer.boolean}) + "\n"
    rows = [_binding(answer.columns, row) for row in answer.rows]
    result = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _turtle(answer: Answer, prefixes: Mapping[str, str]) -> str:
    if answer.triples is None:
        raise QueryError("turtle", "the answer is not made of triples", "take table, csv or json, or ask by CONSTRUCT")
    return turtle(answer.triples, prefixes).decode()


def _shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        return compact(term.value, dict(prefixes))
    return term.value if isinstance(term, ox.Literal) else str(term or "")


def _cell(term: Term | None) -> str:
    if isinstance(term, ox.Literal):
        return term.value if term.datatype.value in _NUMBERS else safe_cell(term.value)
    return term.value if isinstance(term, ox.NamedNode) else str(term or "")


def _binding(columns: Sequence[str], row: Row) -> dict[str, dict[str, str]]:
    return {column: _json_term(term) for column, term in zip(columns, row, strict=True) if term is not None}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    plain = term.datatype.value == _XSD + "string"
    return found if plain else found | {"datatype": term.datatype.value}


FORMATS: Mapping[str, Callable[[Answer, Mapping[str, str]], str]] = MappingProxyType(
    {"table": _table, "csv": _csv, "json": _json, "turtle": _turtle}
)
