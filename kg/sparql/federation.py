"""Queries that ask other endpoints too (SPARQL 1.1 Federated Query), by a list of those that may be asked.

The processes that evaluate queries have no network, and get none. So each `SERVICE <iri> { … }` is asked for here, and
what comes of it is put in its place as VALUES, which means the same: the rest is an ordinary query of our own data.

The bound side goes first. What the rest of the pattern binds of the variables of the SERVICE is asked of our own data
(SELECT DISTINCT), and sent along in batches of VALUES: so the other endpoint computes no more than can be joined. The
rest is what restricts the SERVICE in truth, which depends on where it stands: see `kg.sparql.services.Restriction`.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryForbidden, ResultTooLarge, ServiceFailed, TooBusy
from kg.link.live.request import user_agent
from kg.sparql.formats import GRAPHS, RESULTS
from kg.sparql.outline import outline
from kg.sparql.remote import AGENT, Endpoint, Solutions, read_solutions, select
from kg.sparql.services import Restriction, Service, Services, as_our_own, reaches_out, values

__all__ = ["NOWHERE", "Ask", "Federation", "reaches_out", "simplest"]

Ask = Callable[[str, bool], bytes]
"""Answers a query from our own data, in the `simplest` format; where the second argument is true, from no data."""
NOWHERE = "urn:readout-kg:nowhere"
"""A graph that nobody has: as the default graph, without named ones, it makes a dataset of no data."""

_AT_ONCE = 4
_GENID = "urn:readout-kg:genid:"


def simplest(text: str) -> str:
    """Return the media type of the answer to *text* that `Ask` gives."""
    return (GRAPHS[1] if outline(text).form in ("CONSTRUCT", "DESCRIBE") else RESULTS[0]).media_type


class Federation:
    """Puts the answers of other endpoints into queries; threads may share it.

    Args:
        endpoints: those that may be asked, as `Endpoint.parse` reads them.
        timeout: seconds that the other endpoints may take together for one query.
        contact: an e-mail address or a web page by which the owners of other endpoints reach whoever runs the program.
        bindings: how many rows of our own may be sent along for one SERVICE.
        batch: how many of them at a time.
        rows: how many rows may come back for one SERVICE.
        limit: bytes that may come back for one SERVICE.

    Raises:
        InputError: an endpoint is no web address, or the contact is neither.
    """

    def __init__(
        self,
        endpoints: Sequence[str],
        *,
        timeout: float = 30.0,
        contact: str = "",
        bindings: int = 5000,
        batch: int = 200,
        rows: int = 20_000,
        limit: int = 16 << 20,
    ) -> None:
        self._known = {endpoint.iri: endpoint for endpoint in map(Endpoint.parse, endpoints)}
        self._timeout = timeout
        self._agent = user_agent(contact) if contact else AGENT
        self._bindings, self._batch, self._rows, self._limit = bindings, batch, rows, limit
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def follow(
        self, text: str, ask: Ask, *, base_iri: str | None = None, prefixes: Mapping[str, str] | None = None
    ) -> str:
        """Return the query *text* with VALUES in the place of each SERVICE; without one, as it is.

        Args:
            text: the query.
            ask: answers from our own data.
            base_iri: what relative IRIs are resolved against.
            prefixes: those that the text may use undeclared.

        Raises:
            QueryForbidden: an endpoint is not on the list, or a SERVICE stands where it can't be followed.
            ServiceFailed: another endpoint gave no answer, and there is no SILENT.
            ResultTooLarge: too much would have to be sent, or came back.
            TooBusy: as many queries as may ask other endpoints already.
            QueryError: it does not parse, or what *ask* says of it.
        """
        if not reaches_out(text):
            return text
        ask(as_our_own(text), True)  # what is wrong with it is said of the text as it was sent, before anybody is asked
        found = Services(text)
        if not self._free.acquire(blocking=False):
            raise TooBusy("other queries are asking other endpoints: try again in a moment")
        try:
            return self._followed(found, ask, _Before(base_iri, prefixes or {}))
        finally:
            self._free.release()

    def _followed(self, found: Services, ask: Ask, before: _Before) -> str:
        deadline = time.monotonic() + self._timeout
        places = [(service, self._endpoint(found, service, ask)) for service in found.services]
        for service, endpoint in places:
            try:
                answer = self._asked(found, service, endpoint, ask, before, deadline)
            except ServiceFailed:
                if not service.element.silent:
                    raise
                found.put(service, "{}")  # one solution that binds nothing (SPARQL 1.1 Federated Query, §2.3)
            else:
                found.put(service, values(answer))
        return found.text()

    def _endpoint(self, found: Services, service: Service, ask: Ask) -> Endpoint:
        """Return the endpoint that *service* names: the engine resolves what is written."""
        name = service.constant
        query = f"{found.patterns.prologue}SELECT ?iri {{ VALUES ?iri {{ {name} }} }}"
        (row,) = read_solutions(ask(query, True), str).rows
        iri = str(row[0])[1:-1]
        if iri not in self._known:
            listed = ", ".join(self._known) or "none"
            raise QueryForbidden(f"SERVICE <{iri[:200]}> is not on the list of endpoints that may be asked: {listed}")
        return self._known[iri]

    def _asked(
        self,
        found: Services,
        service: Service,
        endpoint: Endpoint,
        ask: Ask,
        before: _Before,
        deadline: float,
    ) -> Solutions:
        """Ask *endpoint* for the solutions of *service* that can be joined."""
        sent = self._bound(found, service, ask)
        if sent.variables and not sent.rows:
            return Solutions(tuple(sorted(service.variables)), ())
        pieces = [Solutions(sent.variables, part) for part in _batches(sent.rows, self._batch)] or [sent]
        gathered, left = _Gathered(), self._limit
        for number, piece in enumerate(pieces):
            query = f"{before.prologue(found, service)}SELECT * WHERE {{ {service.joined(found, piece)} }}"
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise ServiceFailed(f"other endpoints took longer than {self._timeout:g} s: make the query narrower")
            data = select(endpoint, query, seconds=seconds, limit=left, agent=self._agent)
            left -= len(data)
            blanks = _Blanks(f"{endpoint.iri} {service.element.start} {number}")
            gathered.add(read_solutions(data, blanks, self._rows - len(gathered.rows)))
        return Solutions(gathered.variables, tuple(gathered.rows))

    def _bound(self, found: Services, service: Service, ask: Ask) -> Solutions:
        """Return what the rest of the pattern binds of the variables of *service*, as far as it can be sent.

        A variable that is unbound in one of the rows, or a blank node there, does not restrict the others: it is left
        out, so that no row can come back for two of those sent.
        """
        rest = Restriction(found, service).pattern()
        names = sorted(service.variables & found.patterns.variables(0, service.element.start) | service.after(found))
        if not rest or not names:
            return Solutions((), ())
        limit = self._bindings + 1
        query = (
            f"{found.patterns.prologue}SELECT DISTINCT {' '.join(names)} {found.patterns.datasets}"
            f" WHERE {{ {rest} }} LIMIT {limit}"
        )
        local = read_solutions(ask(query, False), lambda label: None)
        if len(local.rows) == limit:
            raise ResultTooLarge(
                f"what stands beside SERVICE has more than {self._bindings} different solutions: make it narrower"
            )
        if not local.rows:
            return Solutions(tuple(names), ())
        kept = [at for at in range(len(names)) if all(row[at] is not None for row in local.rows)]
        rows = dict.fromkeys(tuple(row[at] for at in kept) for row in local.rows)
        return Solutions(tuple(names[at] for at in kept), tuple(rows) if kept else ())


@dataclass(frozen=True, slots=True)
class _Before:
    """What a query stands for without saying it: the base of its IRIs, and prefixes that it may use undeclared."""

    base_iri: str | None
    prefixes: Mapping[str, str]

    def prologue(self, found: Services, service: Service) -> str:
        """Return what must be said to another endpoint, before the pattern of *service*."""
        base = f"BASE <{self.base_iri}>\n" if self.base_iri and service.is_relative(found) else ""
        usual = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())
        return base + usual + found.patterns.prologue


class _Gathered:
    """The rows of several answers, whose variables need not be the same or in one order."""

    def __init__(self) -> None:
        self.variables: tuple[str, ...] = ()
        self.rows: list[tuple[str | None, ...]] = []

    def add(self, answer: Solutions) -> None:
        """Add the rows of *answer*; a variable that is new is unbound in the rows before."""
        new = tuple(name for name in answer.variables if name not in self.variables)
        if new:
            self.variables += new
            self.rows = [row + (None,) * len(new) for row in self.rows]
        places = {name: at for at, name in enumerate(answer.variables)}
        order = [places.get(name) for name in self.variables]
        self.rows += [tuple(None if at is None else row[at] for at in order) for row in answer.rows]


class _Blanks:
    """Names the blank nodes of one answer: VALUES can't hold them, and none is a node that is known elsewhere."""

    def __init__(self, scope: str) -> None:
        self._scope = hashlib.sha256(scope.encode()).hexdigest()[:16]

    def __call__(self, label: str) -> str:
        return f"<{_GENID}{self._scope}-{hashlib.sha256(label.encode()).hexdigest()[:16]}>"


def _batches(rows: Sequence[tuple[str | None, ...]], size: int) -> Iterator[tuple[tuple[str | None, ...], ...]]:
    for start in range(0, len(rows), size):
        yield tuple(rows[start : start + size])
