"""Keep the answers of a build folder, so that the same question is asked once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kg.errors import OutputError
from kg.extract.asking.answers import FormError, Told, read_answer
from kg.extract.asking.client import REMEDY, UnansweredError
from kg.extract.asking.questions import Body

GIVE_UP = 3  # questions in a row without an answer; then the server is not troubled any more


class Asks(Protocol):
    """What puts a question to a model."""

    def complete(self, body: Body) -> str:
        """Return the answer. Raises `UnansweredError`."""
        ...


class Letterbox:
    """Answers questions from its file or else from the model, whose answers go to the file as they come.

    `address` is part of each question: models of the same name on two servers may differ. Only answers of the form that
    was asked for are kept.
    """

    def __init__(self, path: Path, client: Asks, address: str) -> None:
        self.path = path
        self.client = client
        self.address = address
        self._known = dict(_kept(path))
        self._failures = 0

    def answer(self, body: Body) -> tuple[Told, ...]:
        """Return the events that the model tells of. Raises `UnansweredError`, or `OutputError` if the disk refuses."""
        key = self._key(body)
        if key in self._known:
            return read_answer(self._known[key])
        if self._failures >= GIVE_UP:
            raise UnansweredError(
                self.address, f"not asked, after {GIVE_UP} questions in a row without an answer", REMEDY
            )
        try:
            text = self.client.complete(body)
            told = read_answer(text)
        except UnansweredError:
            self._failures += 1
            raise
        except FormError as error:
            self._failures += 1
            raise UnansweredError(self.address, f"an answer {error}", REMEDY) from error
        self._failures = 0
        self._keep(key, text)
        return told

    def _key(self, body: Body) -> str:
        content = json.dumps([self.address, body], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def _keep(self, key: str, text: str) -> None:
        self._known[key] = text
        line = json.dumps({"question": key, "answer": text}, ensure_ascii=True)
        try:
            with self.path.open("ab+") as file:
                file.write(_break(file.tell(), self.path) + line.encode() + b"\n")
        except OSError as error:
            problem, remedy = f"cannot be written ({error.strerror or error})", "make room, or choose another folder"
            raise OutputError(str(self.path), problem, remedy) from error


def _break(size: int, path: Path) -> bytes:
    """Return the line break that a killed build did not come to write."""
    return b"\n" if size and path.read_bytes()[-1:] != b"\n" else b""


def _kept(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the questions and answers of a file. Half a line, left by a killed build, is passed over."""
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines():
        try:
            row = json.loads(line)
            key, text = row["question"], row["answer"]
            read_answer(text)
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
        yield key, text
