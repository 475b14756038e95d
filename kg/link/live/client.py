"""One polite way to ask a server for JSON: one request at a time, spaced out, patient, and never twice the same.

It keeps to what Wikimedia asks of programs: a User-Agent that names the program and somebody to write to, requests
one after another, ``Retry-After`` honoured, answers compressed. See https://meta.wikimedia.org/wiki/User-Agent_policy.
"""

from __future__ import annotations

import json
import random
import socket
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

from kg.errors import RemoteFailed
from kg.link.live.cache import Cache
from kg.link.live.request import Request, user_agent

__all__ = ["Answer", "Client", "Limits"]

_PASSING = {429, 500, 502, 503, 504}
"""Statuses of troubles that pass."""
_LATER = {"maxlag", "ratelimited"}
"""Errors by which a Wikibase says, in an answer of status 200, that it has too much to do."""
_TOO_SLOW = "TimeoutException"
"""What the public query service says, in an error or behind half an answer, when it has ended a query."""
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON that came, and when (UTC)."""

    value: Any
    asked: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a client is.

    `spacing` between two requests, `timeout` for one answer, `first_wait` and `longest_wait` before another attempt are
    in seconds, `largest` is in bytes (unpacked).
    """

    spacing: float = 1.0
    timeout: float = 70.0  # the public query service ends a query after 60
    attempts: int = 5
    first_wait: float = 2.0
    longest_wait: float = 300.0
    largest: int = 64 << 20


class Client:
    """Asks servers for JSON. Not for more than one thread.

    Args:
        contact: an e-mail address or a web page, by which the owner of a server reaches whoever runs the program. With
            ``None``, only what the cache holds can be had.
        cache: answers that were had before; each new one is put there before it is returned.
        limits: how patient to be.
        sleep, clock, now: for tests.

    Raises:
        InputError: the contact is neither.
    """

    def __init__(
        self,
        contact: str | None,
        cache: Cache,
        limits: Limits = Limits(),
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._agent = None if contact is None else user_agent(contact)
        self._cache = cache
        self._limits = limits
        self._sleep, self._clock, self._now = sleep, clock, now
        self._free_at = 0.0
        self._opener = urllib.request.build_opener(_SameHost)
        self.asked = 0

    def known(self, request: Request) -> bool:
        """Tell whether the answer is at hand."""
        return self._cache.get(request.key, self._now()) is not None

    def unanswered(self, requests: Iterable[Request]) -> list[Request]:
        """Return those of *requests* that would be sent, each once."""
        return [request for request in dict.fromkeys(requests) if not self.known(request)]

    def json(self, request: Request) -> Answer:
        """Return the answer to *request*, from the cache if it is there.

        A trouble that passes (too many requests, a busy or broken server, a timeout, an answer that breaks off or is
        no JSON) is waited out, as long as the server asks for or else twice as long each time.

        Raises:
            RemoteFailed: there is no such server, it refuses, sends elsewhere or too much, or the trouble did not pass.
        """
        if kept := self._cache.get(request.key, self._now()):
            return Answer(json.loads(kept.body), kept.asked)
        for attempt in range(1, self._limits.attempts + 1):
            try:
                body = self._asked_once(request)
            except _PassingTrouble as trouble:
                self._wait(request, trouble, attempt)
            else:
                asked = self._now()
                self._cache.put(request.key, request.address, body, asked)
                return Answer(json.loads(body), asked)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, request: Request, trouble: _PassingTrouble, attempt: int) -> None:
        host = urlsplit(request.url).netloc
        if attempt == self._limits.attempts:
            raise RemoteFailed(f"{host}: {trouble}, {attempt} times; what was had is kept, so run it again later")
        backoff = self._limits.first_wait * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)  # noqa: S311  # to spread
        wait = max(trouble.after, backoff) if trouble.after else backoff
        if wait > self._limits.longest_wait:
            raise RemoteFailed(
                f"{host}: {trouble}, and asks to be left alone for {wait:.0f} seconds: run it again then"
            )
        self._sleep(wait)

    def _asked_once(self, request: Request) -> bytes:
        """Return an answer that is JSON."""
        self._sleep(max(0.0, self._free_at - self._clock()))
        try:
            with self._opener.open(self._prepared(request), timeout=self._limits.timeout) as response:
                body = self._read(response)
                headers = response.headers
        except urllib.error.HTTPError as error:
            raise _refusal(request, error) from None
        except (OSError, HTTPException, zlib.error) as error:
            raise _trouble(request, error) from None
        finally:
            self._free_at = self._clock() + self._limits.spacing
            self.asked += 1
        return _checked(request, body, headers)

    def _prepared(self, request: Request) -> urllib.request.Request:
        if self._agent is None:
            raise RemoteFailed(f"{request.url}: is not asked, since there is nobody to write to")
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", "Accept": request.accept}
        if request.method == "GET":
            return urllib.request.Request(request.address, headers=headers)  # noqa: S310  # checked by Request
        data = urlencode(request.parameters).encode()
        return urllib.request.Request(request.url, data, headers)  # noqa: S310

    def _read(self, response: Any) -> bytes:  # noqa: ANN401  # what urllib returns has no public type
        """Return the body, unpacked, unless it is too large or takes too long."""
        until = self._clock() + self._limits.timeout
        packed = response.headers.get("Content-Encoding", "").lower() == "gzip"
        unpack = zlib.decompressobj(31) if packed else None
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += unpack.decompress(chunk, self._limits.largest + 1 - len(body)) if unpack else chunk
            if len(body) > self._limits.largest:
                raise RemoteFailed(f"{response.url}: answers with more than {self._limits.largest:,} bytes")
            if self._clock() > until:
                raise TimeoutError
        declared = response.headers.get("Content-Length")
        if (unpack and not unpack.eof) or (declared and response.length):
            raise _PassingTrouble("its answer breaks off")
        return bytes(body)


class _PassingTrouble(Exception):
    """Something that may be over soon; `after` is how many seconds the server asks to wait, or None."""

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect of a GET to the same host, or from http to https there, and no other."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Return the request that follows, or raise what is told to the user."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        upgraded = (old.scheme, new.scheme) == ("http", "https") and old.hostname == new.hostname
        if not upgraded and (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise RemoteFailed(f"{old.netloc}: sends elsewhere, to {newurl}, which is not followed; name that address")
        if req.data is not None:
            raise RemoteFailed(f"{old.netloc}: sends a long query elsewhere, to {newurl}; name that address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refusal(request: Request, error: urllib.error.HTTPError) -> Exception:
    """Return what a status means that is no success."""
    with error, suppress(OSError, HTTPException):
        said = error.read(_CHUNK).decode("utf-8", "replace")
        if _TOO_SLOW in said:
            return _slow(request)
        if error.code not in _PASSING:
            plain = "" if said.lstrip().startswith("<") else f": {' '.join(said.split())[:300]}"
            return RemoteFailed(f"{request.url}: answers {error.code} ({error.reason}){plain.removesuffix(': ')}")
    return _PassingTrouble(f"answers {error.code} ({error.reason})", _seconds(error.headers))


def _slow(request: Request) -> RemoteFailed:
    return RemoteFailed(
        f"{request.url}: the query takes longer than the server allows; ask for less, or another server"
    )


def _trouble(request: Request, error: Exception) -> Exception:
    """Return what it means that no whole answer came."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return _PassingTrouble("does not answer in time")
    if isinstance(reason, ConnectionResetError | BrokenPipeError | HTTPException | zlib.error):
        return _PassingTrouble("breaks the connection off")
    unknown = isinstance(reason, socket.gaierror)
    what = "there is no such server, or no network" if unknown else f"cannot be reached ({reason})"
    return RemoteFailed(f"{urlsplit(request.url).netloc}: {what}")


def _checked(request: Request, body: bytes, headers: HTTPMessage) -> bytes:
    """Return *body* if it is JSON that answers the question."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        if _TOO_SLOW.encode() in body[-_CHUNK:]:
            raise _slow(request) from None
        kind = headers.get_content_type()
        what = "breaks off" if kind.endswith("json") else f"is {kind} instead of JSON"
        raise _PassingTrouble(f"its answer {what}") from None
    error = value.get("error") if isinstance(value, dict) else None
    if isinstance(error, dict):
        what = f"answers “{error.get('info') or error.get('code')}”"
        if error.get("code") in _LATER:
            raise _PassingTrouble(what, _seconds(headers))
        raise RemoteFailed(f"{request.url}: {what}")
    return body


def _seconds(headers: Message) -> float | None:
    """Return how long ``Retry-After`` asks to wait; it has seconds, or a day and time."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
