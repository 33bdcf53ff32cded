"""Talk to the server: one request, one answer as text, within limits of time and size."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from kg.errors import KgError, UsageError
from kg.extract.asking.questions import Body
from kg.extract.asking.setup import Asking

KEY: Final = "KG_LLM_KEY"  # not OPENAI_API_KEY: that one is meant for one company's server, and this may be another
NO_KEY: Final = "none"  # servers on one's own machine ask for none, but the library does
WAITS: Final = (1.0, 4.0)  # seconds before the second and the third attempt
BYTES: Final = 1_000_000  # of an answer; a full one has some thousand
REMEDY: Final = "the next build asks again"


class UnansweredError(KgError):
    """The model gave no answer that could be used. The build goes on without it."""


class Client:
    """Asks one model on one server. Raises `UsageError` if the library for it is not installed."""

    def __init__(self, asking: Asking, *, waits: Sequence[float] = WAITS) -> None:
        self.asking = asking
        self._waits = waits
        self._library = _library("openai")
        self._http = _library("httpx2")  # what openai speaks through; its errors come up while an answer is read
        self._passing = (
            self._library.APIConnectionError,  # timeouts included
            self._library.RateLimitError,
            self._library.InternalServerError,
            self._http.TransportError,
        )
        self._client = self._library.OpenAI(
            base_url=asking.url,
            api_key=_key(),
            timeout=asking.timeout,
            max_retries=0,
            http_client=self._library.DefaultHttpxClient(follow_redirects=False),
        )

    def complete(self, body: Body) -> str:
        """Return the model's answer. What may pass is tried again after a while. Raises `UnansweredError`."""
        for wait in self._waits:
            try:
                return self._attempt(body)
            except self._passing:
                time.sleep(wait)
        try:
            return self._attempt(body)
        except self._passing as error:
            raise self._unanswered(self._reason(error)) from error

    def _attempt(self, body: Body) -> str:
        deadline = time.monotonic() + self.asking.timeout
        try:
            with self._client.chat.completions.with_streaming_response.create(**body) as response:
                return self._content(self._read(response, deadline))
        except self._passing:
            raise
        except self._library.APIError as error:
            raise self._unanswered(self._reason(error)) from error

    def _read(self, response: Any, deadline: float) -> bytes:
        """Return the bytes of a response. A server that sends one now and then never meets the socket's timeout."""
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > BYTES:
                raise self._unanswered(f"an answer of more than {BYTES / 1e6:g} MB")
            if time.monotonic() > deadline:
                raise self._unanswered(self._late())
        return bytes(data)

    def _content(self, data: bytes) -> str:
        try:
            content = json.loads(data)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise self._unanswered("an answer that is not in the OpenAI protocol") from error
        if not isinstance(content, str):
            raise self._unanswered("an answer without words")
        return content

    def _reason(self, error: Exception) -> str:
        """Return what went wrong, without the server's words: they could repeat the key."""
        if isinstance(error, self._library.APIStatusError):
            return f"the server answered {error.status_code}"
        if isinstance(error, (self._library.APITimeoutError, self._http.TimeoutException)):
            return self._late()
        return "the server cannot be reached, or broke off"

    def _late(self) -> str:
        return f"no answer within {self.asking.timeout:g} seconds"

    def _unanswered(self, problem: str) -> UnansweredError:
        return UnansweredError(self.asking.url, problem, REMEDY)


def _key() -> str:
    """Return the key that the user has set. It is kept in memory only."""
    key = os.environ.get(KEY, "").strip() or NO_KEY
    if not (key.isascii() and key.isprintable()):
        raise UsageError(KEY, "it holds signs that no key can hold", "copy the key again")
    return key


def _library(name: str) -> ModuleType:
    """Import a library of the extra when it is needed: who asks no model need not have it."""
    try:
        return import_module(name)
    except ImportError as error:
        remedy = "pip install 'corporate-events-kg[llm]'"
        raise UsageError("asking a language model", f"the library {name} is not installed", remedy) from error
