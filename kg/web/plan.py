"""What a query's answer depends on, decided before it is computed: once for all ways that a request can take."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from kg.sparql import (
    GRAPHS,
    HTML,
    MAX_QUERY_BYTES,
    RESULTS,
    Format,
    Lookup,
    Query,
    admit,
    choose,
    named,
    plain_form,
    read_lookup,
)
from kg.store.request import QueryRequest

__all__ = ["MAX_BODY", "OPEN", "ROW_COUNT", "SAFE", "SMALL", "Plan", "described", "planned", "request_of", "tag_of"]

MAX_BODY = 3 * MAX_QUERY_BYTES + 16 * 1024
"""Bytes of a body with a query: a form triples the length of a text at worst; and the graphs it names need room."""
SMALL = 48 * 1024
"""Bytes up to which an answer is made as a whole before any of it is sent."""
OPEN = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag, Kg-Rows, Retry-After"))
"""Headers that let scripts of any site read the answer; there are no credentials that they could use."""
SAFE = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer: they keep a browser from being turned against its user."""
ROW_COUNT = "Kg-Rows"
"""The header that tells how many rows, or statements, an answer has, where that is known before it is sent."""
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """How to answer `query`: in which `form`, of which `offers`.

    `steady` tells that the same data always give the same answer, `outside` that others must be asked too. `lookup` is
    what to look up where that is all (see `kg.web.lookups`).
    """

    query: Query
    form: Format
    offers: tuple[Format, ...]
    steady: bool
    outside: bool
    lookup: Lookup | None


def planned(query: Query, accept: str | None, *, federated: bool = False) -> Plan:
    """Look at *query*, and choose the form of its answer for a client whose header Accept is *accept*.

    Text that is no query gets any form: the engine will say what is wrong with it. *federated*: others may be asked.

    Raises:
        QueryForbidden, TooComplex: no worker should be tried with it.
        NotAcceptable: the client takes no form that there is.
    """
    lookup = None if query.has_dataset else read_lookup(query.text)
    form, steady, outside = lookup.form if lookup else plain_form(query.text), True, False
    if form is None:
        seen = query.outline()
        admit(seen, federated=federated)
        form, steady, outside = seen.form, seen.steady and not seen.reaches_out, seen.reaches_out
    offers = GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    if query.format:
        chosen = named(query.format, (*offers, HTML))
    elif accept and len(accept) > _LONGEST:
        chosen = choose(accept, (*offers, HTML))
    else:
        chosen = _chosen(accept, offers is GRAPHS)
    return Plan(query, chosen, offers, steady, outside, lookup)


@lru_cache(maxsize=256)
def _chosen(accept: str | None, graph: bool) -> Format:
    return choose(accept, (*(GRAPHS if graph else RESULTS), HTML))


def request_of(query: Query, media_type: str, address: str, client: str | None) -> QueryRequest:
    """Return what an engine is asked for *query*, which *client* has sent to the endpoint at *address*."""
    default, named = (query.default_graphs, query.named_graphs) if query.has_dataset else (None, None)
    return QueryRequest(query.text, media_type, address, default, named, query.timeout, client)


def tag_of(state: str, query: Query, form: Format) -> str:
    """Return the entity tag of the answer to *query* in *form*, from the data in *state* (see `Engine.state`)."""
    hashed = hashlib.sha256(query.text.encode())
    hashed.update(repr((state, query.default_graphs, query.named_graphs, form.name)).encode())
    return hashed.hexdigest()[:32]


def described(tag: str | None) -> tuple[tuple[str, str], ...]:
    """Return the headers that say what an answer depends on.

    The tag is weak: rows without an order may come in another one the next time.
    """
    kept = (("Cache-Control", "no-cache"), ("ETag", f'W/"{tag}"')) if tag else (("Cache-Control", "no-store"),)
    return ("Vary", "Accept, Accept-Encoding"), *kept
