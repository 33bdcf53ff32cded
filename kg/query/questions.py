"""Read the named questions: SPARQL files in `ontology/queries/` that begin with a description of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.errors import QueryError

KINDS = ("entity", "type", "status", "date", "number", "text")

_HEADER = re.compile(r"#\s*(title|description|param|inputs|labels|details):\s*(.+)")
_PARAMETER = re.compile(r"(?P<name>[a-z]\w*) (?P<kind>[a-z]+)(?: = (?P<default>.+?))?(?: -- (?P<help>.+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that the user may set. Without a default and a value it stays free: any value fits."""

    name: str
    kind: str  # one of KINDS
    default: str | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A named question."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    inputs: frozenset[str] = frozenset()  # variables that only hold what the user gave; no column shows them
    labels: frozenset[str] = frozenset()  # columns that show names for people and not IRIs
    details: frozenset[str] = frozenset()  # columns that a table leaves out

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter by its name, or None."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


def load_questions(folders: Sequence[Path]) -> Mapping[str, Question]:
    """Read every `queries/*.rq` under the ontology folders, by name. A later folder's question replaces an earlier one.

    Raises `QueryError` that lists all faults of all files at once.
    """
    found: dict[str, Question] = {}
    faults: list[str] = []
    for path in (path for folder in folders for path in sorted((folder / "queries").glob("*.rq"))):
        question = _read(path, faults)
        found[question.name] = question
    if faults:
        raise QueryError("queries", "\n  " + "\n  ".join(faults), "mend the files (docs/queries.md describes them)")
    return MappingProxyType(dict(sorted(found.items())))


def _read(path: Path, faults: list[str]) -> Question:
    text = path.read_text(encoding="utf-8", errors="replace")
    header = _header(text.splitlines())
    titles = [words for key, words in header if key == "title"]
    if len(titles) != 1:
        faults.append(f"{path.name}: give exactly one '# title:'")
    return Question(
        name=path.stem,
        title=titles[0] if titles else path.stem,
        description=" ".join(words for key, words in header if key == "description"),
        parameters=tuple(_parameters(path.name, [words for key, words in header if key == "param"], faults)),
        text=text,
        inputs=_names(header, "inputs"),
        labels=_names(header, "labels"),
        details=_names(header, "details"),
    )


def _names(header: Iterable[tuple[str, str]], wanted: str) -> frozenset[str]:
    return frozenset(name for key, words in header if key == wanted for name in words.split())


def _header(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return the keys and words of the comment lines at the top."""
    found = []
    for line in lines:
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line.strip()):
            found.append((match[1], match[2].strip()))
    return found


def _parameters(place: str, rows: Iterable[str], faults: list[str]) -> Iterable[Parameter]:
    for row in rows:
        match = _PARAMETER.fullmatch(row)
        if not match:
            faults.append(f"{place}: {row!r} is not 'name kind = default -- help'")
        elif match["kind"] not in KINDS:
            faults.append(f"{place}: {match['kind']!r} is not a kind of parameter; they are {', '.join(KINDS)}")
        else:
            yield Parameter(match["name"], match["kind"], match["default"], match["help"] or "")
