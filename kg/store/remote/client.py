"""HTTP to a SPARQL server: who we are, patience, and what its refusals mean.

Every request that goes through here can be sent twice without harm: queries change nothing, and our updates put a state
in the place of another. So a request whose answer got lost is sent again.
"""

from __future__ import annotations

import base64
import logging
import os
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError

from kg import __version__
from kg.errors import InputError, QueryError, QueryTimeout, ResultTooLarge, StoreUnreachable, one_line

__all__ = ["FORM", "Client", "Reply", "credentials", "said_by", "unreachable"]

FORM: Final = "application/x-www-form-urlencoded"
UPDATE: Final = "application/sparql-update"
_PASSING = (429, 502, 503, 504)
_CONNECT_SECONDS = 10.0
_ATTEMPTS = 5
_SHOWN = 300
_CUT = "X-SPARQL-MaxRows"
"""How Virtuoso says that there would have been more rows."""

Reply = urllib3.BaseHTTPResponse

logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)  # a retry is nothing that a user needs to know


def credentials(environment: Mapping[str, str] | None = None, prefix: str = "KG_STORE") -> dict[str, str]:
    """Return the header that says who we are: ``KG_STORE_TOKEN``, or ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``.

    They come from the environment alone: what is in an address ends up in histories and logs.

    >>> credentials({"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "secret"})
    {'Authorization': 'Basic ZGJhOnNlY3JldA=='}

    Raises:
        InputError: there are both.
    """
    environment = os.environ if environment is None else environment
    token, user = environment.get(f"{prefix}_TOKEN"), environment.get(f"{prefix}_USER")
    if token and user:
        raise InputError(f"{prefix}_TOKEN and {prefix}_USER are both set: a server wants one or the other")
    if token:
        return {"Authorization": f"Bearer {token}"}
    if user:
        pair = f"{user}:{environment.get(f'{prefix}_PASSWORD', '')}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return {}


class _Patience(urllib3.Retry):
    """Sends again what failed in a way that may pass; what took too long would do so again."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Reply | None = None,
        error: Exception | None = None,
        _pool: Any = None,  # noqa: ANN401  # passed on
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


class Client:
    """Sends requests to one server. Threads may share it.

    Args:
        address: any address of the server; credentials go to its origin and to no other.
        timeout: seconds to wait for an answer to begin, or to go on.
        attempts: how often a request is sent at most where it fails in a way that may pass.
        connections: how many are kept open.
    """

    def __init__(
        self, address: str, *, timeout: float = 300.0, attempts: int = _ATTEMPTS, connections: int = 4
    ) -> None:
        self.origin = _origin(address)
        self.most: int | None = None
        """How many rows the server gives at most, once it has said so."""
        self._credentials = credentials()
        self._timeout = timeout
        self._retry = _Patience(
            total=attempts - 1,
            redirect=0,
            status_forcelist=_PASSING if attempts > 1 else (),
            allowed_methods=None,  # POST too: see above
            backoff_factor=0.25,
            backoff_max=10,
            backoff_jitter=0.25,
            raise_on_status=False,
            raise_on_redirect=False,
        )
        self._pool = urllib3.PoolManager(
            maxsize=connections, headers={"User-Agent": f"readout-kg/{__version__}", "Accept-Encoding": "identity"}
        )

    def send(
        self,
        url: str,
        body: str | Sequence[tuple[str, str]] | None = None,
        *,
        accept: str = "*/*",
        timeout: float | None = None,
    ) -> Reply:
        """Send an update (a text), a form (fields), or nothing (GET); return the reply, of which no more is read yet.

        Raises:
            QueryError: the server refuses what it was asked, with the reason that it gives; QueryTimeout: it took too
                long; ResultTooLarge: it says that it left rows out.
            StoreUnreachable: it does not answer, or does not let us in.
        """
        headers = {"Accept": accept} | (self._credentials if _origin(url) == self.origin else {})
        data: bytes | None = None
        if isinstance(body, str):
            data, headers["Content-Type"] = body.encode(), UPDATE
        elif body is not None:
            data, headers["Content-Type"] = urlencode(body).encode(), FORM
        seconds = timeout or self._timeout
        try:
            reply = self._pool.request(
                "GET" if data is None else "POST",
                url,
                body=data,
                headers=self._pool.headers | headers,  # type: ignore[operator]  # a dict, as it was given
                timeout=urllib3.Timeout(connect=min(_CONNECT_SECONDS, seconds), read=seconds),
                retries=self._retry,
                redirect=False,
                preload_content=False,
            )
        except HTTPError as error:
            raise unreachable(url, error) from error
        self._check(url, reply)
        return reply

    def read(self, reply: Reply) -> bytes:
        """Return all of a reply's body.

        Raises:
            StoreUnreachable: it breaks off.
        """
        try:
            return reply.read()
        except HTTPError as error:
            raise unreachable(self.origin, error) from error
        finally:
            reply.release_conn()

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()

    def _check(self, url: str, reply: Reply) -> None:
        if 200 <= reply.status < 300:
            if cut := reply.headers.get(_CUT):
                reply.close()
                self.most = int(cut) if cut.isdecimal() else None
                raise ResultTooLarge(f"{self.origin} gives no more than {cut} rows: ask for less, or raise its limit")
            return
        if 300 <= reply.status < 400:
            raise StoreUnreachable(f"{url} sends on to {reply.headers.get('Location')}: use that address")
        said = _first_line(self.read(reply))
        if reply.status in (401, 403) or "No permission to execute" in said or "SPARQL_UPDATE" in said:
            raise StoreUnreachable(
                f"{url} does not allow this ({reply.status}; {said}): set KG_STORE_TOKEN, or KG_STORE_USER and"
                " KG_STORE_PASSWORD, or have the account permitted to do it"
            )
        if reply.status in (404, 405, 406, 410, 415):
            raise StoreUnreachable(f"{url} is no place for this ({reply.status}; {said})")
        if reply.status in _PASSING:
            raise StoreUnreachable(f"{url} is too busy or out of order ({reply.status}; {said}): try again later")
        raise QueryError(f"the server refuses it: {said}")


def unreachable(url: str, error: Exception) -> StoreUnreachable | QueryTimeout:
    """Return what it means that nothing (more) came from *url*."""
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(reason, ReadTimeoutError):
        return QueryTimeout(f"{_origin(url)} gave no answer in time")
    return StoreUnreachable(f"no answer from {_origin(url)}: {said_by(reason)}")


def said_by(error: Exception) -> str:
    """Return what went wrong on the network, without the names of the library's objects around it."""
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    return one_line(reason).rpartition(": ")[2] or type(reason).__name__


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _first_line(body: bytes) -> str:
    lines = (line.strip() for line in body.decode(errors="replace").splitlines())
    return next(filter(None, lines), "no reason given")[:_SHOWN]
