"""How a server is talked to: what is sent, and what becomes of answers that are late, broken or none."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from kg.errors import UsageError
from kg.extract.asking import client as module
from kg.extract.asking.client import Client, UnansweredError
from kg.extract.asking.setup import Asking
from tests.answering import Reply, Server, saying, serving

pytest.importorskip("openai")

BODY = {"model": "parrot", "messages": [{"role": "user", "content": "Bosch bought Denso."}], "temperature": 0}
AT_ONCE = (0.0, 0.0)
DENIED = 0.4  # seconds that a test waits for an answer in vain


def ask(server: Server, *, timeout: float = 5.0) -> str:
    return Client(server.asking(timeout=timeout), waits=AT_ONCE).complete(BODY)


def fails(server: Server, *, timeout: float = 5.0) -> str:
    with pytest.raises(UnansweredError) as caught:
        ask(server, timeout=timeout)
    return str(caught.value)


def test_the_words_of_the_model_come_back_as_they_are() -> None:
    with serving(saying('{"events": []} ')) as server:
        assert ask(server) == '{"events": []} '
    assert server.asked == [BODY]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with serving(Reply(status=status), Reply(status=status), saying("yes")) as server:
        assert ask(server) == "yes"
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [429, 500])
def test_what_does_not_pass_is_given_up(status: int) -> None:
    with serving(Reply(status=status)) as server:
        assert f"the server answered {status}" in fails(server)
    assert len(server.asked) == len(AT_ONCE) + 1


@pytest.mark.parametrize("status", [302, 400, 401, 404])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    headers = {"location": "http://127.0.0.1:9/"} if status == 302 else {}
    with serving(Reply(status=status, headers=headers)) as server:
        assert f"the server answered {status}" in fails(server)
    assert len(server.asked) == 1


def test_the_waits_between_attempts_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    with serving(Reply(status=500)) as server:
        asking = Client(server.asking())
        monkeypatch.setattr(module, "time", SimpleNamespace(sleep=waits.append, monotonic=time.monotonic))
        with pytest.raises(UnansweredError):
            asking.complete(BODY)
    assert waits == list(module.WAITS) == sorted(module.WAITS)


def test_an_answer_that_is_late_is_not_waited_for() -> None:
    with serving(Reply(delay=3 * DENIED)) as server:
        started = time.monotonic()
        assert f"no answer within {DENIED:g} seconds" in fails(server, timeout=DENIED)
        assert time.monotonic() - started < 3 * DENIED + 3
    assert len(server.asked) == len(AT_ONCE) + 1


def test_an_answer_that_comes_in_drops_is_not_waited_for() -> None:
    with serving(Reply(saying("x").body, pause=DENIED / 4)) as server:
        assert "no answer within" in fails(server, timeout=DENIED)


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    with serving(Reply(saying("yes").body, cut=True), saying("yes")) as server:
        assert ask(server) == "yes"
    assert len(server.asked) == 2


def test_an_answer_that_stops_half_way_is_not_waited_for() -> None:
    with serving(Reply(saying("x").body, pause=2 * DENIED)) as server:
        assert "no answer within" in fails(server, timeout=DENIED)
    assert len(server.asked) == len(AT_ONCE) + 1


def test_an_answer_too_large_is_not_read_to_its_end() -> None:
    with serving(saying("x" * (module.BYTES + 1))) as server:
        assert "more than 1 MB" in fails(server)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad gateway</html>",
        b'{"choices": []}',
        b'{"choices": "none"}',
        b'{"choices": [{"message": {}}]}',
        b'{"error": "overloaded"}',
        b"\xff\xfe\x00",
        b"[" * 50_000,
        b"null",
    ],
)
def test_what_is_not_the_protocol_is_no_answer(body: bytes) -> None:
    with serving(Reply(body)) as server:
        assert "not in the OpenAI protocol" in fails(server)


def test_a_refusal_without_words_is_no_answer() -> None:
    with serving(Reply(b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}')) as server:
        assert "without words" in fails(server)


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with serving(saying("")) as server:
        pass
    assert "cannot be reached" in fails(server)


def test_the_key_comes_from_the_environment_and_is_told_to_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(module.KEY, "abc-secret-xyz")
    caplog.set_level(logging.INFO)
    with serving(Reply(b'{"error": {"message": "wrong key abc-secret-xyz"}}', status=401)) as server:
        message = fails(server)
    assert server.keys == ["Bearer abc-secret-xyz"]
    assert "secret" not in message + caplog.text


def test_the_key_of_another_service_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "abc-secret-xyz")
    monkeypatch.delenv(module.KEY, raising=False)
    with serving(saying("yes")) as server:
        ask(server)
    assert server.keys == [f"Bearer {module.NO_KEY}"]


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel"])
def test_a_key_that_cannot_be_one_is_a_wrong_use(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(module.KEY, key)
    with pytest.raises(UsageError, match=module.KEY) as caught:
        Client(Asking("http://localhost/v1", "parrot"))
    assert key not in str(caught.value)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(UsageError, match=r"corporate-events-kg\[llm\]"):
        Client(Asking("http://localhost/v1", "parrot"))


def test_the_library_is_not_loaded_before_it_is_asked_for() -> None:
    code = "import sys, kg.extract.asking.opinion; print({'openai', 'httpx2'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("url", "options", "problem"),
    [
        ("localhost:8080", {}, "not the address"),
        ("ftp://localhost/v1", {}, "not the address"),
        ("http://", {}, "not the address"),
        ("http://[x/v1", {}, "not the address"),
        ("http://me:pass@localhost/v1", {}, "name or password"),
        ("http://localhost/v1", {"model": " "}, "no name"),
        ("http://localhost/v1", {"questions": 0}, "not a number of questions"),
        ("http://localhost/v1", {"timeout": 0.0}, "not a time"),
        ("http://localhost/v1", {"timeout": float("nan")}, "not a time"),
    ],
)
def test_what_cannot_be_asked_is_a_wrong_use(url: str, options: dict[str, object], problem: str) -> None:
    with pytest.raises(UsageError, match=problem) as caught:
        Asking(url, **({"model": "parrot"} | options))  # type: ignore[arg-type]
    assert "pass@" not in str(caught.value)
