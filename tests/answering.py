"""A language model for tests: a server on this machine that answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kg.extract.asking.setup import Asking

TYPES = {"content-type": "application/json"}


@dataclass(frozen=True)
class Reply:
    """An HTTP answer: `delay` seconds pass before it comes, `pause` between its bytes; `cut` breaks off half-way."""

    body: bytes = b""
    status: int = 200
    delay: float = 0.0
    pause: float = 0.0
    cut: bool = False
    headers: Mapping[str, str] = field(default_factory=lambda: TYPES)


@dataclass
class Server:
    """What a running server is to answer, in turn, the last for good; and what it was asked."""

    url: str
    replies: list[Reply]
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def asking(self, **options: Any) -> Asking:
        return Asking(self.url, "parrot", **({"timeout": 5.0} | options))

    def sentences(self) -> list[str]:
        """Return the sentences that it was asked about."""
        return [json.loads(body["messages"][1]["content"])["sentence"] for body in self.asked]


def saying(content: Any) -> Reply:
    """Return the reply of a model that says something; what is no string is said as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    body = {"id": "1", "object": "chat.completion", "model": "parrot", "choices": [{"index": 0, "message": message}]}
    return Reply(json.dumps(body).encode())


def event(type_: str, trigger: str, *, status: str = "happened", cue: str = "", **roles: str | Sequence[str]) -> Any:
    """Return an event as a model writes it."""
    pairs = [(role, text) for role, texts in roles.items() for text in ([texts] if isinstance(texts, str) else texts)]
    rows = [{"role": role, "text": text} for role, text in pairs]
    return {"type": type_, "trigger": trigger, "status": status, "cue": cue, "roles": rows}


def telling(*events: Any) -> Reply:
    return saying({"events": list(events)})


@contextmanager
def serving(*replies: Reply) -> Iterator[Server]:
    """Run a server on a free port of this machine."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    listening.daemon_threads = True
    server = Server(f"http://127.0.0.1:{listening.server_address[1]}/v1", list(replies))
    listening.RequestHandlerClass.server_of_tests = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_of_tests: Server

        def do_POST(self) -> None:
            server = self.server_of_tests
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            reply = server.replies[min(len(server.asked), len(server.replies) - 1)]
            server.asked.append(body)
            server.keys.append(self.headers.get("authorization", ""))
            time.sleep(reply.delay)
            try:
                self._send(reply)
            except OSError:  # who asked has hung up
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            body = reply.body[: len(reply.body) // 2] if reply.cut else reply.body
            self.close_connection = reply.cut
            pieces = [body] if not reply.pause else [bytes([byte]) for byte in body]
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(reply.pause)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
