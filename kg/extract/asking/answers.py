"""Read what a model answered. Nothing in it is believed yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST = 8  # events of one sentence; more is a model that repeats itself


class FormError(ValueError):
    """The answer does not have the form that was asked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as the model tells it: all words are the model's own. `roles` pairs names of roles with texts."""

    type: str
    trigger: str
    status: str
    cue: str
    roles: tuple[tuple[str, str], ...]


def read_answer(text: str) -> tuple[Told, ...]:
    """Return the events of an answer. Raises `FormError` if any of it is not of the form that was asked for.

    >>> read_answer('{"events": []}')
    ()
    """
    try:
        rows = json.loads(text)["events"]
        if not isinstance(rows, list):
            raise TypeError("events is no list")
        return tuple(_told(row) for row in rows)[:MOST]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise FormError(f"not of the form that was asked for ({type(error).__name__})") from error


def _told(row: Mapping[str, Any]) -> Told:
    roles = tuple((_text(role, "role"), _text(role, "text")) for role in row["roles"])
    return Told(_text(row, "type"), _text(row, "trigger"), _text(row, "status"), _text(row, "cue"), roles)


def _text(row: Mapping[str, Any], key: str) -> str:
    if not isinstance(value := row[key], str):
        raise TypeError(f"{key} is no text")
    return value
