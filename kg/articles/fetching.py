"""Fetch a page when the user asks for it: public addresses only, with limits of size and time."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kg.articles.decoding import FILE_LIMIT
from kg.errors import ArticleError

TIMEOUT: Final = 20.0  # seconds for the whole page
REDIRECTS: Final = 5
CHUNK: Final = 65_536  # bytes
PORTS: Final = {"http": 80, "https": 443}
HEADERS: Final = {
    "User-Agent": "corporate-events-kg (reads one page at its user's request)",
    "Accept": "text/html, */*;q=0.5",
    "Accept-Encoding": "identity",
}
URL_SIGNS: Final = "/?%:@!$&'()*+,;=~-._[]"  # what stands in an address as it is
TYPES: Final = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/json",
    "application/feed+json",
)
REDIRECTING: Final = (301, 302, 303, 307, 308)
REMEDY: Final = "check the address, or save the page and give the file"

Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes, the encoding its server names, and the address after redirects."""

    url: str
    data: bytes
    charset: str


def is_public(address: str) -> bool:
    """Tell whether a numeric address lies on the public internet: not on this machine, nor in a private network."""
    parsed = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not parsed.is_multicast


def fetch_page(url: str, *, allowed: Allowed = is_public, timeout: float = TIMEOUT) -> Page:
    """Fetch a page, following redirects; every server on the way must have an `allowed` address.

    Raises `ArticleError` if it cannot be had within `timeout` seconds and `FILE_LIMIT` bytes.
    """
    deadline = time.monotonic() + timeout
    here = url
    for _ in range(REDIRECTS + 1):
        try:
            answer = _get(here, url, allowed, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ArticleError(url, f"cannot be fetched: {error}", REMEDY) from error
        if isinstance(answer, Page):
            return answer
        here = answer
    raise ArticleError(url, f"more than {REDIRECTS} redirects", REMEDY)


def _get(here: str, url: str, allowed: Allowed, deadline: float) -> Page | str:
    """Return the page at an address, or the address that it redirects to."""
    parts = urlsplit(here)
    if parts.scheme.lower() not in PORTS or not parts.hostname or parts.username is not None:
        raise ArticleError(url, f"not a plain web address: {here}", "give an http or https address")
    connection = _connect(parts, url, allowed, deadline)
    # A server that sends a byte now and then never meets a socket's timeout; shutting the socket ends the reading.
    watchdog = Timer(_left(deadline), _shut, (connection.sock,))
    watchdog.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", quote(target, safe=URL_SIGNS), headers=HEADERS)
        response = connection.getresponse()
        if response.status in REDIRECTING and (location := response.headers.get("Location")):
            return urljoin(here, location)
        _check(response, url)
        return Page(here, _body(response, url, deadline), response.headers.get_content_charset() or "")
    finally:
        watchdog.cancel()
        connection.close()


def _connect(parts: SplitResult, url: str, allowed: Allowed, deadline: float) -> http.client.HTTPConnection:
    """Open a connection to the very address that was checked: a name could give another one when asked again."""
    scheme, host = parts.scheme.lower(), parts.hostname or ""
    port = parts.port or PORTS[scheme]
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(allowed(address) for address in addresses):
        raise ArticleError(url, f"{host} is not on the public internet", "save the page and give the file")
    plain = socket.create_connection((addresses[0], port), timeout=_left(deadline))
    connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
    connection.sock = (
        plain if scheme == "http" else ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    )
    return connection


def _check(response: http.client.HTTPResponse, url: str) -> None:
    if response.status != http.client.OK:
        raise ArticleError(url, f"the server answered {response.status} {response.reason}", REMEDY)
    kind = response.headers.get_content_type()
    if not kind.startswith(TYPES):
        raise ArticleError(url, f"{kind}, not a page of text", REMEDY)


def _body(response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        if len(data) > FILE_LIMIT:
            raise ArticleError(url, f"more than {FILE_LIMIT / 1e6:g} MB", REMEDY)
    _left(deadline)
    return bytes(data)


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # it may have been closed meanwhile
        sock.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    """Return the seconds left; raises `TimeoutError` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no complete answer in time")
    return left
