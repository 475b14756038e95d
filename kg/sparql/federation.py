"""Queries that ask other endpoints too (SPARQL 1.1 Federated Query), by a list of those that may be asked.

The processes that evaluate queries have no network, and get none. So each `SERVICE <iri> { … }` is asked for here, and
what comes of it is put in its place as VALUES, which means the same: the rest is an ordinary query of our own data.

The bound side goes first. What the rest of the pattern binds of the variables of the SERVICE is asked of our own data
(SELECT DISTINCT), and sent along in batches of VALUES: so the other endpoint computes no more than can be joined. The
rest is what restricts the SERVICE in truth, which depends on where it stands; see `_Restriction`.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryForbidden, ResultTooLarge, ServiceFailed, TooBusy, TooComplex
from kg.sparql.formats import GRAPHS, RESULTS
from kg.sparql.groups import Element, Group, Patterns
from kg.sparql.outline import outline
from kg.sparql.remote import Endpoint, Solutions, read_solutions, select
from kg.store.tokens import outside, tokens

__all__ = ["NOWHERE", "Ask", "Federation", "reaches_out", "simplest"]

Ask = Callable[[str, bool], bytes]
"""Answers a query from our own data, in the `simplest` format; where the second argument is true, from no data."""
NOWHERE = "urn:readout-kg:nowhere"
"""A graph that nobody has: as the default graph, without named ones, it makes a dataset of no data."""

_SERVICES = 8
_AT_ONCE = 4
_GENID = "urn:readout-kg:genid:"


_LETTERS = re.compile("service", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def reaches_out(text: str) -> bool:
    """Tell whether the query *text* has a SERVICE."""
    return bool(_LETTERS.search(text)) and any(outside(word) == "SERVICE" for word in tokens(text, cautious=False))


def simplest(text: str) -> str:
    """Return the media type of the answer to *text* that `Ask` gives."""
    return (GRAPHS[1] if outline(text).form in ("CONSTRUCT", "DESCRIBE") else RESULTS[0]).media_type


class Federation:
    """Puts the answers of other endpoints into queries; threads may share it.

    Args:
        endpoints: those that may be asked, as `Endpoint.parse` reads them.
        timeout: seconds that the other endpoints may take together for one query.
        bindings: how many rows of our own may be sent along for one SERVICE.
        batch: how many of them at a time.
        rows: how many rows may come back for one SERVICE.
        limit: bytes that may come back for one SERVICE.

    Raises:
        InputError: an endpoint is no web address.
    """

    def __init__(
        self,
        endpoints: Sequence[str],
        *,
        timeout: float = 30.0,
        bindings: int = 5000,
        batch: int = 200,
        rows: int = 20_000,
        limit: int = 16 << 20,
    ) -> None:
        self._known = {endpoint.iri: endpoint for endpoint in map(Endpoint.parse, endpoints)}
        self._timeout = timeout
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
        ask(
            _as_our_own(text), True
        )  # what is wrong with it is said of the text as it was sent, before anybody is asked
        found = _Services(text)
        if not self._free.acquire(blocking=False):
            raise TooBusy("other queries are asking other endpoints: try again in a moment")
        try:
            return self._followed(found, ask, _Before(base_iri, prefixes or {}))
        finally:
            self._free.release()

    def _followed(self, found: _Services, ask: Ask, before: _Before) -> str:
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
                found.put(service, _values(answer))
        return found.text()

    def _endpoint(self, found: _Services, service: _Service, ask: Ask) -> Endpoint:
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
        found: _Services,
        service: _Service,
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
        prologue = before.prologue(found, service)
        left = self._limit
        variables: tuple[str, ...] = ()
        rows: list[tuple[str | None, ...]] = []
        for number, piece in enumerate(pieces):
            query = f"{prologue}SELECT * WHERE {{ {service.joined(found, piece)} }}"
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise ServiceFailed(f"other endpoints took longer than {self._timeout:g} s: make the query narrower")
            data = select(endpoint, query, seconds=seconds, limit=left)
            left -= len(data)
            blank = _Blanks(f"{endpoint.iri} {service.element.start} {number}")
            answer = read_solutions(data, blank)
            if answer.variables != variables:
                variables, rows = _aligned(variables, rows, answer.variables)
            index = [answer.variables.index(name) if name in answer.variables else None for name in variables]
            rows += [tuple(None if at is None else row[at] for at in index) for row in answer.rows]
            if len(rows) > self._rows:
                raise ResultTooLarge(f"SERVICE <{endpoint.iri}> gives more than {self._rows} rows: make it narrower")
        return Solutions(variables, tuple(rows))

    def _bound(self, found: _Services, service: _Service, ask: Ask) -> Solutions:
        """Return what the rest of the pattern binds of the variables of *service*, as far as it can be sent.

        A variable that is unbound in one of the rows, or a blank node there, does not restrict the others: it is left
        out, so that no row can come back for two of those sent.
        """
        rest = _Restriction(found, service).pattern()
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

    def prologue(self, found: _Services, service: _Service) -> str:
        """Return what must be said to another endpoint, before the pattern of *service*."""
        base = f"BASE <{self.base_iri}>\n" if self.base_iri and service.is_relative(found) else ""
        usual = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())
        return base + usual + found.patterns.prologue


@dataclass(frozen=True, slots=True)
class _Service:
    """A SERVICE: its `element`, the endpoint that it names as written, and the way to it.

    `path` are the groups that it stands in, from the outermost, each with the part of it that leads on. `variables` are
    those of its pattern.
    """

    element: Element
    constant: str
    path: tuple[tuple[Group, Element], ...]
    variables: frozenset[str]

    @property
    def body(self) -> Group:
        """Its pattern."""
        return self.element.groups[0]

    def after(self, found: _Services) -> frozenset[str]:
        """Return its variables that stand behind it, too."""
        return self.variables & found.patterns.variables(self.element.end, found.patterns.where.end)

    def joined(self, found: _Services, sent: Solutions) -> str:
        """Return the pattern to send: its own, joined with what is *sent* along."""
        body = found.patterns.text[self.body.start : self.body.end]
        if not sent.variables:
            return body
        if self._begins_with(found, set(sent.variables)):
            return f"{_values(sent)}\n{body[1:-1]}"  # means the same, and all endpoints evaluate it from there
        return f"{_values(sent)}\n{body}"

    def is_relative(self, found: _Services) -> bool:
        """Tell whether an IRI in its pattern, or in the prologue, is to be resolved against a base."""
        end = len(found.patterns.prologue)
        parts = (
            token for token in found.patterns.words() if token.at < end or self.body.start < token.at < self.body.end
        )
        return any(token.kind == "iri" and not _ABSOLUTE.match(token.text) for token in parts)

    def _begins_with(self, found: _Services, names: set[str]) -> bool:
        """Tell whether the triples at its beginning bind all of *names*."""
        for element in () if self.body.select else self.body.elements:
            if element.kind != "triples":
                break
            names = names - found.patterns.variables(element.start, element.end)
        return not names


class _Services:
    """The SERVICEs of a query, in the order of the text, and what was put in the place of each."""

    def __init__(self, text: str) -> None:
        self.patterns = Patterns(text)
        self._put: dict[int, str] = {}
        self.services = [self._service(*found) for found in _services(self.patterns.where, ())]
        if len(self.services) > _SERVICES:
            raise TooComplex(f"the query asks {len(self.services)} times for another endpoint, {_SERVICES} are allowed")
        words = sum(outside(word) == "SERVICE" for word in self.patterns.words())
        if words != len(self.services):
            raise QueryForbidden(
                "SERVICE within an expression or within SERVICE can't be followed, nor one that is written together"
                " with the next word: make it a part of a group, and put blanks around it"
            )

    def _service(self, path: tuple[tuple[Group, Element], ...], element: Element) -> _Service:
        body = element.groups[0]
        return _Service(element, self._constant(path, element), path, self.patterns.variables(body.start, body.end))

    def _constant(self, path: tuple[tuple[Group, Element], ...], element: Element) -> str:
        """Return the name of the endpoint, or the only value of the variable that stands for it."""
        if element.name[0] not in "?$":
            return element.name
        for group, on in reversed(path):
            for other in group.elements[: group.elements.index(on)]:
                words = self.patterns.text[other.start : other.end].split() if other.kind == "values" else []
                if len(words) == 5 and words[1][1:] == element.name[1:]:
                    return words[3]
            if group.select or on.kind not in ("service", "groups", "graph", "optional"):
                break
        raise QueryForbidden(
            f"SERVICE {element.name} can't be followed: name the endpoint, or give the variable one value before it, as"
            f" in 'VALUES {element.name} {{ <https://a.example/sparql> }}'"
        )

    def put(self, service: _Service, text: str) -> None:
        """Put *text* in the place of *service*."""
        self._put[service.element.start] = text

    def waits(self, start: int, end: int) -> bool:
        """Tell whether there is a SERVICE between two offsets that was not asked for yet."""
        return any(
            start <= service.element.start < end and service.element.start not in self._put for service in self.services
        )

    def text(self, start: int = 0, end: int | None = None) -> str:
        """Return the text between two offsets, with what was put into it."""
        pieces, at = [], start
        for service in self.services:
            put = self._put.get(service.element.start)
            if put is not None and start <= service.element.start and (end is None or service.element.end <= end):
                pieces += [self.patterns.text[at : service.element.start], put]
                at = service.element.end
        return "".join(pieces) + self.patterns.text[at:end]


class _Restriction:
    """What surely holds of all solutions that a SERVICE can be joined with.

    Of its own group, the parts before it, and those behind it that are joined; going outwards, the same of each group
    around it. An OPTIONAL, MINUS or EXISTS on the way is tried for each solution of what stands before it: no more than
    that restricts it. A query within the query (LIMIT, COUNT) may not be restricted from outside at all. FILTERs are
    kept if nothing that they speak of is in the SERVICE, or was left out.
    """

    def __init__(self, found: _Services, service: _Service) -> None:
        self._found = found
        self._service = service

    def pattern(self) -> str:
        """Return it as the inside of a group; empty if there is nothing."""
        inner = ""
        for group, on in reversed(self._service.path):
            if on.kind == "service" or not group.select:
                inner = self._level(group, on, inner)
            if group.select or on.kind in ("optional", "minus", "filter"):
                break
        return inner

    def _level(self, group: Group, on: Element, inner: str) -> str:
        """Return what *group* has beside the part *on*, with *inner* in the place of that part."""
        at = group.elements.index(on)
        tried = on.kind in ("optional", "minus")
        kept = [element for element in group.elements[:at] if element.kind != "filter" and not self._waits(element)]
        late = [] if tried else [element for element in group.elements[at + 1 :] if self._is_joined(element)]
        silent = set(group.elements) - {*kept, *late}
        spoken = frozenset[str]().union(
            *(self._variables(element) for element in silent if element.kind != "filter" or element is on)
        )
        filters = [
            element
            for element in group.elements
            if element.kind == "filter"
            and element is not on
            and not self._waits(element)
            and not spoken & self._variables(element)
            and not self._is_condition(group)
        ]
        parts = [self._shown(element) for element in kept]
        if inner.strip():
            parts.append(f"GRAPH {on.name} {{ {inner} }}" if on.kind == "graph" else f"{{ {inner} }}")
        parts += [self._shown(element) for element in (*late, *filters)]
        return "\n".join(parts)

    def _is_condition(self, group: Group) -> bool:
        """Tell whether the filters of *group* see variables from outside of it: it is that of an OPTIONAL or EXISTS."""
        return any(group in on.groups and on.kind in ("optional", "filter") for _, on in self._service.path)

    def _is_joined(self, element: Element) -> bool:
        return element.kind in ("triples", "values", "graph", "groups") and not self._waits(element)

    def _waits(self, element: Element) -> bool:
        return self._found.waits(element.start, element.end)

    def _variables(self, element: Element) -> frozenset[str]:
        return self._found.patterns.variables(element.start, element.end)

    def _shown(self, element: Element) -> str:
        return self._found.text(element.start, element.end) + (" ." if element.kind == "triples" else "")


class _Blanks:
    """Names the blank nodes of one answer: VALUES can't hold them, and none is a node that is known elsewhere."""

    def __init__(self, scope: str) -> None:
        self._scope = hashlib.sha256(scope.encode()).hexdigest()[:16]

    def __call__(self, label: str) -> str:
        return f"<{_GENID}{self._scope}-{hashlib.sha256(label.encode()).hexdigest()[:16]}>"


def _services(
    group: Group, path: tuple[tuple[Group, Element], ...]
) -> Iterator[tuple[tuple[tuple[Group, Element], ...], Element]]:
    """Yield each SERVICE within *group*, and the way to it."""
    for element in group.elements:
        here = (*path, (group, element))
        if element.kind == "service":
            yield here, element
        else:
            for inner in element.groups:
                yield from _services(inner, here)


def _as_our_own(text: str) -> str:
    """Return *text* with the pattern of each SERVICE as if it were of our own data: every word at its place."""
    pieces: list[str] = []
    naming = False  # between SERVICE and the brace
    for token in tokens(text, cautious=False):
        naming = outside(token) == "SERVICE" or (naming and token.text != "{")
        pieces.append(re.sub(r"\S", " ", token.text) if naming and token.kind != "comment" else token.text)
    return "".join(pieces)


def _values(solutions: Solutions) -> str:
    rows = "\n".join(f"({' '.join(term or 'UNDEF' for term in row)})" for row in solutions.rows)
    return f"VALUES ({' '.join(solutions.variables)}) {{\n{rows}\n}}"


def _batches(rows: Sequence[tuple[str | None, ...]], size: int) -> Iterator[tuple[tuple[str | None, ...], ...]]:
    for start in range(0, len(rows), size):
        yield tuple(rows[start : start + size])


def _aligned(
    variables: tuple[str, ...], rows: list[tuple[str | None, ...]], more: Sequence[str]
) -> tuple[tuple[str, ...], list[tuple[str | None, ...]]]:
    """Give *rows* a column for each variable that an answer has beyond those of the answers before it."""
    added = tuple(name for name in more if name not in variables)
    return variables + added, [row + (None,) * len(added) for row in rows]
