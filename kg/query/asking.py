"""Put a question to the graph."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.answers import Answer
from kg.query.labels import with_labels
from kg.query.parameters import bind
from kg.query.questions import Question, load_questions
from kg.resources import ontology_folder
from kg.store import Answer as Raw
from kg.store import GraphStore


def ask(
    store: GraphStore,
    query: str,
    *,
    values: Mapping[str, str] | None = None,
    folders: Sequence[Path] = (),
) -> Answer:
    """Answer a named question, or SPARQL, or the SPARQL of a `.rq` file.

    `values` are a question's parameters as a user types them. `folders` hold questions beside our own.
    Raises `QueryError` for an unknown name, a bad parameter, and a faulty query.
    """
    question = _question(query, (ontology_folder(), *folders))
    terms = bind(store, question, values or {})
    answer = _answer(store.query(question.text, substitutions=terms), question.inputs)
    return replace(with_labels(store, answer, question.labels), details=question.details)


def _question(query: str, folders: Sequence[Path]) -> Question:
    named = load_questions(folders)
    if query in named:
        return named[query]
    if query.endswith(".rq") and "\n" not in query:
        return Question(query, query, "", (), _read(Path(query)))
    if not query.strip() or _is_a_name(query):
        near = difflib.get_close_matches(query, named) or named
        raise QueryError(query or "query", "no question has this name", f"questions: {', '.join(near)}")
    return Question("query", "", "", (), query)


def _is_a_name(query: str) -> bool:
    """Tell whether the text is one word: no SPARQL is that short."""
    return len(query.split()) == 1 and "{" not in query and "<" not in query


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(str(path), "cannot be read", "give a text file with SPARQL in it") from error


def _answer(raw: Raw, hidden: frozenset[str]) -> Answer:
    """Collect an answer, without the columns that only hold what the user gave."""
    if isinstance(raw, ox.QueryBoolean):
        return Answer(boolean=bool(raw))
    if isinstance(raw, ox.QueryTriples):
        return Answer(triples=tuple(sorted(set(raw), key=str)))
    columns = [variable.value for variable in raw.variables]
    shown = [number for number, column in enumerate(columns) if column not in hidden]
    return Answer(
        columns=tuple(columns[number] for number in shown),
        rows=tuple(tuple(row[number] for number in shown) for row in raw),
    )
