"""Which language model to ask, and how much. Off unless the user names one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import UsageError

QUESTIONS = 5  # in most news articles no more sentences are in doubt
TIMEOUT = 60.0  # seconds; a small model on a laptop needs most of it for the first question
SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Asking:
    """A server that speaks the OpenAI protocol, a model on it, questions an article at most, seconds for an answer.

    Raises `UsageError` for what cannot be asked.
    """

    url: str
    model: str
    questions: int = QUESTIONS
    timeout: float = TIMEOUT

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not self.model.strip():
            raise UsageError("language model", "it has no name", "name one that the server knows")
        if self.questions < 1:
            raise UsageError(str(self.questions), "not a number of questions", "give 1 or more, or ask no model")
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise UsageError(str(self.timeout), "not a time to wait", "give seconds, more than 0")

    @property
    def details(self) -> tuple[str, ...]:
        """Return what decides which answers come."""
        return self.url, self.model, str(self.questions)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        plain = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        plain = False
    if not plain:
        raise UsageError(url, "not the address of a server", "give one such as http://localhost:8080/v1")
    if parts.username is not None or parts.password is not None:  # it would be kept with the answers
        raise UsageError(parts.hostname or "", "the address holds a name or password", "set KG_LLM_KEY instead")
