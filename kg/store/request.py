"""What an engine is asked: one object for all that a query depends on, from whoever takes the request to the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["QueryRequest"]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, and how it is to be answered.

    `media_type` is what the answer is serialised as, `base_iri` what relative IRIs are resolved against.
    `default_graphs` and `named_graphs` are IRIs of the graphs that make up the dataset; None leaves it to the text.
    `timeout` is in seconds, and can only shorten what the engine gives. `client` tells clients apart, that no one takes
    all there is; None is nobody in particular.
    """

    text: str
    media_type: str
    base_iri: str | None = None
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    timeout: float | None = None
    client: str | None = None
