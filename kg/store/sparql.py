"""Look at SPARQL text before it runs: nothing may leave this machine, and errors should be findable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import QueryError

ALTERNATIVES = 6  # more of what the parser would accept is no help

# What can hold any words without meaning them: comments, IRIs, strings, variables, language tags.
_OPAQUE = re.compile(
    r"""\#[^\n\r]*
      | <[^<>"{}|^`\\\x00-\x20]*>
      | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | \'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | [?$]\w+
      | @[A-Za-z]+(?:-[A-Za-z0-9]+)*""",
    re.VERBOSE | re.DOTALL,
)
# A prefixed name: its local part can be any word too, its prefix cannot, or SERVICE:x would slip through.
_PREFIXED = re.compile(r"([\w-]*):(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)*")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def check(text: str) -> None:
    """Refuse a query that would fetch from another endpoint. Raises `QueryError`."""
    if re.search("service", _keywords(text), re.IGNORECASE):
        raise QueryError("query", "SERVICE would send a request over the network", "ask this graph alone")


def names_graphs(text: str) -> bool:
    """Tell whether the query has FROM clauses, so that its default graph is the union of those graphs alone."""
    return bool(re.search("from", _keywords(text), re.IGNORECASE))


def syntax_error(text: str, message: str, known: Iterable[str]) -> QueryError:
    """Return an error that says where a query is faulty, and names an undeclared prefix, the likeliest fault."""
    if unknown := _undeclared(text, known):
        remedy = f"declare it: PREFIX {unknown}: <...>"
        return QueryError("query", f"the prefix {unknown}: is not declared", remedy)
    if match := _PLACE.fullmatch(message):
        line, column, expected = match.groups()
        words = text.splitlines()[int(line) - 1].strip() if text else ""
        return QueryError(f"query, line {line}, column {column}", f"syntax error in {words!r}", _remedy(expected))
    return QueryError("query", message, "mend the query")


def _remedy(expected: str) -> str:
    """Return what the parser would have accepted, but for what is its own shorthand or not allowed here."""
    words = re.split(r", | or ", expected.removeprefix("expected ").removeprefix("one of "))
    wanted = [word for word in words if word not in ("LATERAL", "SERVICE", "EOF") and "[" not in word]
    few = 0 < len(wanted) <= ALTERNATIVES
    return f"there should be {' or '.join(wanted)}" if few else "something is missing there, or too much"


def _undeclared(text: str, known: Iterable[str]) -> str | None:
    bare = _OPAQUE.sub(" ", text)
    declared = {*known, *re.findall(r"prefix\s+([\w-]*):", bare, re.IGNORECASE), "_"}
    return next((prefix for prefix in _PREFIXED.findall(bare) if prefix not in declared), None)


def _keywords(text: str) -> str:
    """Return the query without anything that is not a keyword, so that a word in it is one."""
    return _PREFIXED.sub(r" \1 ", _OPAQUE.sub(" ", text))
