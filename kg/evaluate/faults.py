"""Errors of an evaluation, and the checks on fields of files that raise them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import KgError

FORMAT = "docs/evaluate.md describes the format"

Record = Mapping[str, Any]


class GoldError(KgError):
    """Gold, predictions or a baseline cannot be read, or do not fit together."""


class AccuracyError(KgError):
    """A figure is worse than the baseline allows."""


def read_text(path: Path) -> str:
    """Return a file's text. Raises `GoldError`."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise GoldError(str(path), f"cannot be read ({reason})", "give a file that can") from error


def parse(text: str, place: str) -> Any:
    """Return a JSON value. Raises `GoldError`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GoldError(place, f"not valid JSON ({error})", "mend it") from error


def json_lines(path: Path) -> Iterator[tuple[str, Record]]:
    """Yield each line of a file of JSON objects with its place. Raises `GoldError`."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            place = f"{path}:{number}"
            yield place, record(parse(line, place), place)


def record(value: Any, place: str) -> Record:
    """Return a value that has to be an object. Raises `GoldError`."""
    if not isinstance(value, dict):
        raise GoldError(place, "not a JSON object", FORMAT)
    return value


def records(owner: Record, name: str, place: str) -> Sequence[Record]:
    """Return a list of objects in a field, empty when it is missing or null. Raises `GoldError`."""
    found = owner.get(name) or []
    if not isinstance(found, list):
        raise GoldError(place, f"`{name}` is not a list", FORMAT)
    return [record(item, f"{place}, {name} {number}") for number, item in enumerate(found, 1)]


def string(owner: Record, name: str, place: str) -> str:
    """Return the string in a field. Raises `GoldError` if there is none."""
    found = owner.get(name)
    if not isinstance(found, str):
        raise GoldError(place, f"`{name}` is missing or no string", FORMAT)
    return found


def optional_string(owner: Record, name: str, place: str) -> str | None:
    """Return the string in a field, None when it is missing or null. Raises `GoldError` for anything else."""
    return None if owner.get(name) is None else string(owner, name, place)


def integer(owner: Record, name: str, place: str) -> int:
    """Return the integer in a field. Raises `GoldError` if there is none."""
    found = owner.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise GoldError(place, f"`{name}` is missing or no whole number", FORMAT)
    return found


def strings(owner: Record, name: str, place: str) -> tuple[str, ...]:
    """Return the strings of a list in a field, empty when it is missing or null. Raises `GoldError`."""
    found = owner.get(name) or []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise GoldError(place, f"`{name}` is not a list of strings", FORMAT)
    return tuple(found)


def integers(owner: Record, name: str, place: str) -> tuple[int, ...]:
    """Return the integers of a list in a field, empty when it is missing or null. Raises `GoldError`."""
    found = owner.get(name) or []
    if not isinstance(found, list) or not all(type(item) is int for item in found):
        raise GoldError(place, f"`{name}` is not a list of whole numbers", FORMAT)
    return tuple(found)
