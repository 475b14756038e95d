"""The way to one server: where it takes queries and updates, and how all of a long answer is had from it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product

from kg.errors import ResultTooLarge, StoreError
from kg.store.answer import Answer, Term
from kg.store.remote.client import Client, Reply
from kg.store.remote.discovery import Location, find_query, find_update
from kg.store.remote.reply import accepted, answer_of

__all__ = ["Row", "Session"]

Row = tuple[Term | None, ...]
_PORTION = 5000


class Session:
    """Asks the server at *location*, and changes it if it was opened to `write`. Threads may share it to ask.

    Raises:
        StoreUnreachable: the server does not answer, has no SPARQL there, or does not let us in.
        InputError: the address is none.
    """

    def __init__(self, location: str, *, write: bool, timeout: float, attempts: int, connections: int) -> None:
        place = Location.parse(location)
        self.address = place.address
        self._client: Client | None = Client(place.address, timeout=timeout, attempts=attempts, connections=connections)
        self._query = find_query(self._client, place)
        self._update = find_update(self._client, place, self._query) if write else None

    @property
    def _open(self) -> Client:
        if self._client is None:
            raise StoreError(f"the store at {self.address} was closed")
        return self._client

    @property
    def portion(self) -> int:
        """How many rows to ask for at once: as many as the server gives, as far as it has said so."""
        return min(_PORTION, self._open.most or _PORTION)

    def send(self, fields: Sequence[tuple[str, str]], accept: str, seconds: float | None = None) -> Reply:
        """Send a query as the protocol has it; return the reply, of which no more is read yet. See `Client.send`."""
        return self._open.send(self._query, fields, accept=accept, timeout=seconds)

    def ask(self, fields: Sequence[tuple[str, str]], form: str = "SELECT") -> Answer:
        """Send a query of this *form* as the protocol has it; return its answer."""
        return answer_of(self.send(fields, accepted(form)))

    def rows(self, query: str, default: str | None = None) -> list[Row]:
        """Return the rows of a query of our own about graphs that it names, or about the *default* graph."""
        graphs = [("default-graph-uri", default)] if default else []
        return list(self.ask([("query", query), *graphs]).rows())

    def everything(self, variables: Sequence[str], pattern: str, hashed: str, expected: int | None) -> Iterator[Row]:
        """Yield all rows of *variables*, also from a server that gives only so many at once.

        Where it says that it left some out, or there are fewer than *expected*, they are asked for in parts, by the
        first digits of a hash of the expression *hashed*.

        Raises:
            StoreError: some are missing even so.
        """
        select = f"SELECT {' '.join(f'?{name}' for name in variables)} WHERE {{ {pattern}"
        found: list[Row] = []
        with suppress(ResultTooLarge):
            found = self.rows(f"{select} }}")
            if expected is None or len(found) >= expected:
                yield from found
                return
        digits = max(1, math.ceil(math.log(max(1, 2 * (expected or 0) / (len(found) or _PORTION)), 16)))
        number = 0
        for prefix in map("".join, product("0123456789abcdef", repeat=digits)):
            for row in self.rows(f'{select} FILTER (STRSTARTS(LCASE(MD5({hashed})), "{prefix}")) }}'):
                number += 1
                yield row
        if expected is not None and number < expected:
            raise StoreError(f"{self.address} gives {number} of {expected} rows only: load the documents again")

    def writable(self) -> None:
        """See that it was opened to write.

        Raises:
            StoreError: it was not.
        """
        if self._update is None:
            raise StoreError(f"the store at {self.address} was opened to be read: open it with mode='write'")

    def update(self, text: str) -> None:
        """Do an update.

        Raises:
            StoreError: this was opened to read, or closed; the server does not answer.
            QueryError: the server refuses it.
        """
        client = self._open
        self.writable()
        assert self._update is not None
        client.read(client.send(self._update, text))

    def close(self) -> None:
        """Close all connections. Closing twice is allowed."""
        if self._client is not None:
            self._client.close()
        self._client = None
