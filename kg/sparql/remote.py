"""Asks other SPARQL endpoints: those of a list, and no address behind them that the list does not mean.

A name of the list is resolved first and its address looked at, then the connection goes to that very address, so that
nothing can be told apart in between (DNS rebinding). There are no redirects, no proxies, no credentials, no cookies.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg import __version__
from kg.errors import InputError, ResultTooLarge, ServiceFailed, one_line

__all__ = ["AGENT", "Endpoint", "Solutions", "read_solutions", "select"]

AGENT = f"readout-kg/{__version__} (https://w3id.org/readout; SPARQL 1.1 federated query)"
"""Who asks, where whoever runs the program has not said whom to write to."""
_JSON = "application/sparql-results+json"
_HEADERS = {
    "Accept": _JSON,
    "Accept-Encoding": "identity",
    "Content-Type": "application/x-www-form-urlencoded",
    "Connection": "close",
}
_PIECE = 1 << 16
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_VARIABLE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint that may be asked: its `iri`, and whether it may lie in a `private` network or on this machine."""

    iri: str
    private: bool = False

    @classmethod
    def parse(cls, entry: str) -> Self:
        """Read an entry of the list: a web address, with ``private:`` before it if a private network is meant.

        An address in figures, and ``localhost``, say themselves where they are.

        Raises:
            InputError: it is no web address, or has a password in it.

        >>> Endpoint.parse("http://127.0.0.1:7878/query").private, Endpoint.parse("http://a.example/sparql").private
        (True, False)
        """
        iri = entry.strip().removeprefix("private:")
        try:
            parts = urlsplit(iri)
            fit = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
        except ValueError:
            fit = False
        if not fit or parts.fragment or not iri.isprintable() or " " in iri:
            raise InputError(f"{entry[:80]!r} is no web address of an endpoint, such as https://a.example/sparql")
        if "@" in parts.netloc:
            raise InputError(f"the address of the endpoint at {parts.hostname} has a name or a password: leave it out")
        itself = parts.hostname == "localhost" or _figures(parts.hostname or "")
        return cls(iri, itself or entry.strip().startswith("private:"))


@dataclass(frozen=True, slots=True)
class Solutions:
    """Rows: for each of the `variables` (``?name``) a term as SPARQL writes it, or None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def select(endpoint: Endpoint, query: str, *, seconds: float, limit: int, agent: str = AGENT) -> bytes:
    """Return the answer of *endpoint* to a SELECT, in SPARQL JSON: all of it within *seconds*, at most *limit* bytes.

    *agent* says who asks.

    Raises:
        ServiceFailed: there is none, for whatever reason.
    """
    host = urlsplit(endpoint.iri).hostname
    try:
        with _connected(endpoint, seconds) as connection:
            path = urlsplit(endpoint.iri)._replace(scheme="", netloc="").geturl() or "/"
            connection.request("POST", path, urlencode({"query": query}).encode(), _HEADERS | {"User-Agent": agent})
            with closing(connection.getresponse()) as response:
                _check(response, host)
                body = _read(response, limit, host)
            if connection.expired:  # where the end of the connection is the end of the answer, this looked like it
                raise TimeoutError
            return body
    except TimeoutError as error:
        raise ServiceFailed(f"the endpoint at {host} took longer than {seconds:.3g} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or one_line(error)[:80] or type(error).__name__
        raise ServiceFailed(f"the endpoint at {host} could not be asked: {reason}") from error


def _figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _address(endpoint: Endpoint) -> tuple[str, int]:
    """Return the address to connect to, which is one that the entry means.

    Raises:
        ServiceFailed: the name leads to a private network, and the entry does not say so.
    """
    parts = urlsplit(endpoint.iri)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = {str(info[4][0]) for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    if not endpoint.private and not all(map(_is_public, found)):
        raise ServiceFailed(f"the endpoint at {parts.hostname} leads to a private address and is not asked")
    return min(found, key=lambda address: (":" in address, address)), port


def _is_public(address: str) -> bool:
    """Tell whether an address belongs to the internet; one that wraps another is as public as that.

    >>> [_is_public(address) for address in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        within = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in _NAT64:
            within = ipaddress.IPv4Address(found.packed[-4:])
        if within:
            return within.is_global and not within.is_multicast
    return found.is_global and not found.is_multicast


class _Connection(http.client.HTTPConnection):
    """A connection to one checked address, with TLS for the name in the IRI if `context` is given."""

    def __init__(self, host: str, port: int, address: str, seconds: float, context: ssl.SSLContext | None) -> None:
        self.default_port = 443 if context else 80
        super().__init__(host, port, timeout=seconds)
        self._address, self._context = address, context
        self.raw: socket.socket | None = None
        self.expired = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        self.raw = self.sock.dup()  # to be shut down by another thread, whatever TLS makes of the first
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def shut_down(self) -> None:
        """Let whoever waits for the other side wait no more."""
        self.expired = True
        if self.raw is not None:
            with suppress(OSError):
                self.raw.shutdown(socket.SHUT_RDWR)


@contextmanager
def _connected(endpoint: Endpoint, seconds: float) -> Iterator[_Connection]:
    """Give a connection that ends after *seconds*, even if the other side sends a byte now and then."""
    start = time.monotonic()
    address, port = _address(endpoint)
    parts = urlsplit(endpoint.iri)
    left = max(0.1, seconds - (time.monotonic() - start))
    context = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _Connection(parts.hostname or "", port, address, left, context)
    clock = threading.Timer(left, connection.shut_down)
    clock.daemon = True
    clock.start()
    try:
        yield connection
    except (OSError, http.client.HTTPException, ValueError, ServiceFailed) as error:
        if connection.expired:  # a socket that was shut down fails in many ways
            raise TimeoutError from error
        raise
    finally:
        clock.cancel()
        connection.close()
        if connection.raw is not None:
            connection.raw.close()


def _check(response: http.client.HTTPResponse, host: str | None) -> None:
    kind = _shown(response.headers.get_content_type())
    if 300 <= response.status < 400:
        place = _shown(response.headers.get("Location", "nowhere"))
        raise ServiceFailed(f"the endpoint at {host} redirects to {place!r}, which is not followed")
    if response.status != 200:
        said = _shown(f"{response.reason}: {response.read1(400).decode('utf-8', 'replace')}")
        raise ServiceFailed(f"the endpoint at {host} answered {response.status} {said}")
    if kind not in (_JSON, "application/json") or response.headers.get("Content-Encoding", "identity") != "identity":
        raise ServiceFailed(f"the endpoint at {host} answered with {kind}, not with {_JSON}")


def _shown(text: str) -> str:
    """Return what a stranger said, as a part of a line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _read(response: http.client.HTTPResponse, limit: int, host: str | None) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise ServiceFailed(f"the endpoint at {host} answers with more than {limit >> 20} MB: ask for less")
    if response.length:
        raise ServiceFailed(f"the endpoint at {host} broke off its answer")
    return b"".join(pieces)


def read_solutions(data: bytes, blank: Callable[[str], str | None], most: int | None = None) -> Solutions:
    """Read SPARQL JSON; *blank* says what stands for a blank node with a given label. No engine parses it.

    Raises:
        ServiceFailed: it is none.
        ResultTooLarge: it has more than *most* rows.

    >>> data = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a"}}, {}]}}'
    >>> read_solutions(data, str)
    Solutions(variables=('?x',), rows=(('<urn:a>',), (None,)))
    """
    try:
        found = json.loads(data)
        names = found["head"]["vars"]
        if not all(map(_VARIABLE.fullmatch, names)):
            raise ValueError("a variable without a name")
        if most is not None and len(found["results"]["bindings"]) > most:
            raise ResultTooLarge(f"SERVICE gives more than {most} rows: make it narrower")
        rows = [
            tuple(_term(row[name], blank) if name in row else None for name in names)
            for row in found["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ServiceFailed(f"the answer is no SPARQL JSON: {' '.join(str(error).split())[:80]}") from error
    return Solutions(tuple(f"?{name}" for name in names), tuple(rows))


def _term(term: dict[str, Any], blank: Callable[[str], str | None]) -> str | None:
    match term["type"], term["value"]:
        case "uri", str(iri):
            return str(ox.NamedNode(iri))
        case "bnode", str(label):
            return blank(label)
        case "literal" | "typed-literal", str(value):
            if language := term.get("xml:lang"):
                return str(ox.Literal(value, language=language))
            datatype = term.get("datatype")
            return str(ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None))
        case kind, _:
            raise ValueError(f"a term of the type {str(kind)[:40]!r}")
