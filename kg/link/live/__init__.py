"""Wikidata over the network: asked politely, remembered, and never needed."""

from __future__ import annotations

from kg.link.live.cache import Cache
from kg.link.live.client import Client, Limits
from kg.link.live.facts import claims_about, claims_queries
from kg.link.live.items import rows_of
from kg.link.live.learn import learn, looked_for, searches
from kg.link.live.refresh import Listing, listings, refreshed
from kg.link.live.request import Request, user_agent
from kg.link.live.wikidata import API, ENDPOINT, Query, Wikidata, queries, query

__all__ = [
    "API",
    "ENDPOINT",
    "Cache",
    "Client",
    "Limits",
    "Listing",
    "Query",
    "Request",
    "Wikidata",
    "claims_about",
    "claims_queries",
    "learn",
    "listings",
    "looked_for",
    "queries",
    "query",
    "refreshed",
    "rows_of",
    "searches",
    "user_agent",
]
