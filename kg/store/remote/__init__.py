"""Stores behind SPARQL 1.1 endpoints: any server that takes queries and updates over HTTP."""

from __future__ import annotations

from kg.store.remote.engine import RemoteEngine
from kg.store.remote.store import RemoteStore

__all__ = ["RemoteEngine", "RemoteStore"]
