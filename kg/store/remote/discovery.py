"""Where a server takes queries, updates and graphs: as it was told, as it describes itself, or as servers have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import InputError, KgError, StoreUnreachable
from kg.store.remote.client import Client

__all__ = ["JSON", "Location", "find_query", "find_update"]

JSON: Final = "application/sparql-results+json"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_HARMLESS = "DROP SILENT GRAPH <urn:readout-kg:probe>"
_UPDATES: Mapping[str, tuple[str, ...]] = {
    "query": ("update",),
    "sparql": ("sparql", "update", "statements"),
}
"""By the last part of the address of queries, what stands in its place in the address of updates."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a remote store is: an address, and those of its operations that it names itself.

    >>> Location.parse("https://example.org/repositories/r#update=/repositories/r/statements")
    Location(address='https://example.org/repositories/r', update='https://example.org/repositories/r/statements')
    """

    address: str
    update: str | None = None

    @classmethod
    def parse(cls, text: str) -> Location:
        """Read ``https://host/path#update=…``; what is named behind the # may be relative.

        Raises:
            InputError: it is no address, has a password in it, or names something else.
        """
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"{text} is no address of a store: write it like https://example.org/sparql")
        if parts.username or parts.password:
            raise InputError("no passwords in addresses: set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN")
        address = urlunsplit(parts._replace(fragment=""))
        named = dict(parse_qsl(parts.fragment, keep_blank_values=True))
        if unknown := sorted(named.keys() - {"update"}):
            raise InputError(f"{text}: behind the # an address can be named with update=…, not with {unknown[0]!r}")
        return cls(address, urljoin(address, named["update"]) if "update" in named else None)


def find_query(client: Client, location: Location) -> str:
    """Return the address that answers queries: *location*'s own, or ``/query`` or ``/sparql`` beneath it.

    Raises:
        StoreUnreachable: none does.
    """
    base = location.address.rstrip("/")
    refusals: list[KgError] = []
    for candidate in dict.fromkeys((location.address, f"{base}/query", f"{base}/sparql")):
        try:
            reply = client.send(candidate, [("query", "ASK {}")], accept=JSON)
            if isinstance(ox.parse_query_results(client.read(reply), ox.QueryResultsFormat.JSON), ox.QueryBoolean):
                return candidate
            refusals.append(StoreUnreachable(f"{candidate} gives no answers to queries"))
        except StoreUnreachable as error:
            if "no answer" in str(error):  # nor will there be one at another address of the same server
                raise
            refusals.append(error)
        except (KgError, SyntaxError, ValueError) as error:
            refusals.append(
                StoreUnreachable(f"{candidate} is no SPARQL endpoint: {' '.join(str(error).split())[:120]}")
            )
    raise next((error for error in refusals if "does not allow" in str(error)), refusals[0])


def find_update(client: Client, location: Location, query: str) -> str:
    """Return the address that takes updates, by trying one that changes nothing.

    Raises:
        StoreUnreachable: none does, or none lets us.
    """
    refusals: list[KgError] = []
    for candidate in [location.update] if location.update else dict.fromkeys(_update_candidates(client, query)):
        try:
            client.read(client.send(candidate, _HARMLESS))
        except KgError as error:
            refusals.append(error)
        else:
            return candidate
    for refusal in refusals:
        if "does not allow" in str(refusal) or "no answer" in str(refusal):
            raise refusal
    tried = ", ".join(map(str, refusals[:3]))
    raise StoreUnreachable(f"nothing at {location.address} takes updates ({tried}): name it, as in URL#update=/update")


def _update_candidates(client: Client, query: str) -> Iterator[str]:
    yield from _described(client, query)
    stem, _, last = query.rstrip("/").rpartition("/")
    for name in _UPDATES.get(last, ()):
        yield f"{stem}/{name}"
    yield f"{query.rstrip('/')}/statements"
    yield query


def _described(client: Client, query: str) -> Iterator[str]:
    """Yield what the service description (SPARQL 1.1) says takes updates, if it is of the same server."""
    with suppress(KgError, SyntaxError, ValueError):
        data = client.read(client.send(query, accept="text/turtle"))
        graph = list(ox.parse(data, ox.RdfFormat.TURTLE, base_iri=query))
        takes = {
            quad.subject
            for quad in graph
            if quad.predicate.value == f"{_SD}supportedLanguage" and str(quad.object) == f"<{_SD}SPARQL11Update>"
        }
        for quad in graph:
            if quad.subject in takes and quad.predicate.value == f"{_SD}endpoint":
                address = getattr(quad.object, "value", "")
                if address.startswith(f"{client.origin}/"):  # credentials stay with the server that was named
                    yield address
