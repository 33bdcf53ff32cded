"""The word lists of `ontology/gazetteer/`, read once and handed to the steps that need them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.model import Kind, Status

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class StatusCues:
    """Words that give a governed event its status, by part of speech."""

    verbs: Mapping[str, Status]
    nouns: Mapping[str, Status]
    adjectives: Mapping[str, Status]
    adverbs: Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists: lemmas in lower case, names as they are written."""

    noun_kinds: Mapping[str, Kind]
    name_kinds: Mapping[str, Kind]  # full names
    name_words: Mapping[str, Kind]  # words that mark a name: Inc, Ministry
    titles: Words  # before a person's name: mr, president
    no_names: Words  # capitalised all the same: monday, ceo
    particles: Words  # small words inside a name: du, dos
    parts: Words  # in a name that is longer than a firm's: its aerospace or capital arm
    reporting_verbs: Words
    reporting_nouns: Words
    support_verbs: Words
    support_nouns: Words
    object_control: Words
    secrecy_verbs: Words
    copulas: Words
    cues: StatusCues


def load_lexicon(folders: Sequence[Path]) -> Lexicon:
    """Read `gazetteer/*.toml` of the ontology folders; later folders add to earlier ones."""
    verbs = _merge(folders, "verbs.toml")
    nouns = _merge(folders, "nouns.toml")
    names = _merge(folders, "organizations.toml")
    edges = _merge(folders, "names.toml")
    return Lexicon(
        noun_kinds={
            word: Kind(kind) for kind, rows in nouns.items() if kind in frozenset(Kind) for word in rows["nouns"]
        },
        name_kinds=_names(names),
        name_words=_name_words(names),
        titles=_words(edges, "title", "words"),
        no_names=_words(edges, "never", "words"),
        particles=_words(edges, "particle", "words"),
        parts=_words(edges, "part", "words"),
        reporting_verbs=_words(verbs, "reporting", "verbs"),
        reporting_nouns=_words(verbs, "reporting", "nouns"),
        support_verbs=_words(verbs, "support", "verbs"),
        support_nouns=_words(verbs, "support", "nouns"),
        object_control=_words(verbs, "object_control", "verbs"),
        secrecy_verbs=_words(verbs, "secrecy", "verbs"),
        copulas=_words(verbs, "copula", "verbs"),
        cues=_cues(verbs.get("status", {})),
    )


def _merge(folders: Sequence[Path], name: str) -> dict[str, Any]:
    """Read one file from every folder that has it; lists of the same name add up."""
    merged: dict[str, Any] = {}
    for folder in folders:
        path = folder / "gazetteer" / name
        if path.is_file():
            _add(merged, _read(path))
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(path.name, f"not valid TOML: {error}", "mend the file") from error


def _add(into: dict[str, Any], rows: Mapping[str, Any]) -> None:
    for key, row in rows.items():
        if isinstance(row, dict):
            _add(into.setdefault(key, {}), row)
        else:
            into[key] = [*into.get(key, ()), *row]


def _words(rows: Mapping[str, Any], table: str, key: str) -> Words:
    return frozenset(rows.get(table, {}).get(key, ()))


def _names(rows: Mapping[str, Any]) -> dict[str, Kind]:
    kinds = {"company": Kind.ORGANIZATION, "exchange": Kind.ORGANIZATION, "government": Kind.GOVERNMENT}
    return {name: kind for table, kind in kinds.items() for name in rows.get(table, {}).get("names", ())}


def _name_words(rows: Mapping[str, Any]) -> dict[str, Kind]:
    suffixes = dict.fromkeys(rows.get("suffix", {}).get("words", ()), Kind.ORGANIZATION)
    government = dict.fromkeys(rows.get("government", {}).get("words", ()), Kind.GOVERNMENT)
    return suffixes | government | dict.fromkeys(rows.get("place", {}).get("words", ()), Kind.PLACE)


def _cues(rows: Mapping[str, Mapping[str, list[str]]]) -> StatusCues:
    """Turn the lists round. A word listed under several statuses keeps the first, in the file's order."""
    tables: dict[str, dict[str, Status]] = defaultdict(dict)
    for status, lists in rows.items():
        for pos, words in lists.items():
            for word in words:
                tables[pos].setdefault(word, Status(status))
    return StatusCues(tables["verbs"], tables["nouns"], tables["adjectives"], tables["adverbs"])
