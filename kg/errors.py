"""Every error that a user can cause, as one tree.

Each class knows the exit status of the command line (BSD sysexits where one fits) and the status of an HTTP answer.
The message is one line: what was wrong, where, what to do.

    KgError                     1   500
     ├─ InputError             65   400   a document or a value that the user gave is unfit
     │   ├─ UnknownFormat      65   415   no reader for this kind of file
     │   ├─ Unreadable         65   400   empty, binary, too large, undecodable, malformed
     │   ├─ NotAReadout        65   422   readable, but no press release of an encounter
     │   └─ InvalidGraph       65   422   a graph that breaks the shapes
     ├─ NotFound               66   404   a path, a document or a saved query that does not exist
     ├─ QueryError             65   400   SPARQL that does not parse or cannot be evaluated
     │   ├─ QueryForbidden     77   403   SPARQL that would reach outside the store (SERVICE, LOAD)
     │   ├─ TooComplex         65   400   nested too deep, or too many parts, to be planned in reasonable time
     │   ├─ TooLong            65   413   more text than is taken
     │   ├─ QueryTimeout       75   504   stopped after the time that it may take
     │   ├─ QueryTooHeavy      75   503   ended the process that evaluated it: too deep, or too much memory
     │   ├─ ResultTooLarge     65   400   an answer of more bytes or rows than are given
     │   └─ ServiceFailed      75   502   another endpoint, which the query asks too, gave no answer
     ├─ NotAcceptable          64   406   a result format that the answer cannot take
     ├─ WrongMethod            64   405   an operation that has no such HTTP method
     ├─ ConditionFailed        75   412   what is to be changed is not as the client knows it
     ├─ Forbidden              77   403   the client may not do this
     │   ├─ Unauthorised       77   401   the client did not say who it is, or is not known
     │   └─ TooMany            75   429   more requests than one client may send
     ├─ TooBusy                75   503   no worker is free, and as many requests wait as may
     ├─ RemoteFailed           75   502   another server did not answer, or not with what was asked for
     ├─ AddressUnavailable     75   500   nothing can listen at this address
     ├─ StoreError             74   500   the store cannot be read or written
     │   ├─ StoreMissing       66   503   there is no store at this path
     │   ├─ StoreLocked        75   503   another process is writing to it
     │   ├─ StoreUnreachable   75   503   the server of a remote store does not answer, or does not let us in
     │   ├─ StoreFull          75   507   no space left to write safely
     │   └─ DocumentsRefused   74   500   the server of a store has refused documents; the others are there
     └─ MissingExtra           69   501   needs an optional package that is not installed
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = [
    "AddressUnavailable",
    "ConditionFailed",
    "DocumentsRefused",
    "Forbidden",
    "InputError",
    "InvalidGraph",
    "KgError",
    "MissingExtra",
    "NotAReadout",
    "NotAcceptable",
    "NotFound",
    "QueryError",
    "QueryForbidden",
    "QueryTimeout",
    "QueryTooHeavy",
    "RemoteFailed",
    "ResultTooLarge",
    "ServiceFailed",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreMissing",
    "StoreUnreachable",
    "TooBusy",
    "TooComplex",
    "TooLong",
    "TooMany",
    "Unauthorised",
    "UnknownFormat",
    "Unreadable",
    "WrongMethod",
    "one_line",
]


class KgError(Exception):
    """Root of the tree: catch this to catch everything that the package raises on purpose."""

    exit_code = 1
    http_status = 500


class InputError(KgError):
    """A document or a value that the user gave is unfit."""

    exit_code = 65
    http_status = 400


class UnknownFormat(InputError):
    """There is no reader for this kind of file."""

    http_status = 415


class Unreadable(InputError):
    """Empty, binary, too large, in no known encoding, or malformed."""


class NotAReadout(InputError):
    """Readable, but it tells of no encounter."""

    http_status = 422


class InvalidGraph(InputError):
    """The graph breaks the shapes of `ontology/shapes.ttl`."""

    http_status = 422


class NotFound(KgError):
    """A path, a document or a saved query does not exist."""

    exit_code = 66
    http_status = 404


class QueryError(KgError):
    """The SPARQL text does not parse, or cannot be evaluated. `line` and `column`, from 1, say where, if known."""

    exit_code = 65
    http_status = 400

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryForbidden(QueryError):
    """The query would reach outside the store."""

    exit_code = 77
    http_status = 403


class TooComplex(QueryError):
    """The query is nested too deep or has too many parts to be planned in reasonable time."""


class TooLong(QueryError):
    """The text is longer than is taken."""

    http_status = 413


class QueryTimeout(QueryError):
    """It took longer than it may, and was stopped."""

    exit_code = 75
    http_status = 504


class QueryTooHeavy(QueryError):
    """It ended the process that evaluated it: it is nested too deep, or needs too much memory."""

    exit_code = 75
    http_status = 503


class ResultTooLarge(QueryError):
    """The answer has more bytes, or more rows, than are given."""


class ServiceFailed(QueryError):
    """Another endpoint that the query asks too (SERVICE) gave no answer that can be used."""

    exit_code = 75
    http_status = 502


class NotAcceptable(KgError):
    """The answer has no form in the format that was asked for."""

    exit_code = 64
    http_status = 406


class WrongMethod(KgError):
    """The operation has no such HTTP method; `allowed` are those that it has, as in the header `Allow`."""

    exit_code = 64
    http_status = 405

    def __init__(self, message: str, allowed: str) -> None:
        super().__init__(message)
        self.allowed = allowed


class ConditionFailed(KgError):
    """What is to be changed is not as the client knows it (If-Match, If-None-Match): it has changed meanwhile."""

    exit_code = 75
    http_status = 412


class Forbidden(KgError):
    """The client may not do this."""

    exit_code = 77
    http_status = 403


class Unauthorised(Forbidden):
    """The client did not say who it is, or is not known."""

    http_status = 401


class TooMany(Forbidden):
    """The client sends more requests than it may. `retry_after`: seconds after which to try again."""

    exit_code = 75
    http_status = 429
    retry_after = 1


class TooBusy(KgError):
    """All workers are busy, and as many requests wait as may. `retry_after`: seconds after which to try again."""

    exit_code = 75
    http_status = 503
    retry_after = 2


class RemoteFailed(KgError):
    """Another server did not answer, or not with what was asked for. What was had before is kept."""

    exit_code = 75
    http_status = 502


class AddressUnavailable(KgError):
    """The address to listen at is in use, not allowed, or not one of this machine's."""

    exit_code = 75


class StoreError(KgError):
    """The store cannot be read or written."""

    exit_code = 74
    http_status = 500


class StoreMissing(StoreError):
    """There is no store at this path."""

    exit_code = 66
    http_status = 503


class StoreLocked(StoreError):
    """Another process is writing to the store."""

    exit_code = 75
    http_status = 503


class StoreUnreachable(StoreError):
    """The server of a remote store does not answer, or does not let us in."""

    exit_code = 75
    http_status = 503


class StoreFull(StoreError):
    """There is not enough space left to write safely."""

    exit_code = 75
    http_status = 507


class DocumentsRefused(StoreError):
    """The server of a store has refused documents; the others of their batch are there.

    `documents` has each (a `kg.store.DocumentWrite`), and why.
    """

    def __init__(self, documents: Sequence[tuple[Any, str]]) -> None:
        super().__init__("; ".join(f"{write.id} {reason}" for write, reason in documents))
        self.documents = documents


class MissingExtra(KgError):
    """An optional package is needed and not installed."""

    exit_code = 69
    http_status = 501


def one_line(error: object) -> str:
    """Return the error's words on one line; empty if it has none."""
    return " ".join(str(error).split())
