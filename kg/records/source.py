"""Where records come from: whatever answers a SELECT, and the base of the store's IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.errors import InputError
from kg.sparql.template import Value, sparql
from kg.store import Term
from kg.store.answer import text_of
from kg.vocab import PREFIXES

__all__ = ["Source", "clipped", "local"]

LONGEST = 2000
"""How many characters of a value are given: values are made by others, and may be a megabyte."""


@dataclass(frozen=True, slots=True)
class Source:
    """Asks a store. `rows` answers a SELECT with its rows; `base` is what the store's own IRIs begin with."""

    rows: Callable[[str], Iterable[tuple[Term | None, ...]]]
    base: str

    def ask(self, text: str, **values: Value) -> list[tuple[str, ...]]:
        """Return the rows of a query of our own (see `kg.sparql.template.sparql`) as text; unbound is ``""``."""
        return [tuple(map(text_of, row)) for row in self.rows(sparql(text, **values))]

    def iri(self, name: str) -> str:
        """Return the IRI that *name* is, or is the tail of.

        Raises:
            InputError: it is neither.

        >>> Source(lambda text: (), "https://a.example/").iri("official/ada-example")
        'https://a.example/official/ada-example'
        """
        name = name.strip()
        try:
            iri = name if ":" in name else self.base + quote(unquote(name).lstrip("/"), safe="/-._~")
            return ox.NamedNode(iri).value
        except ValueError:
            raise InputError(f"{name[:80]!r} is no IRI, nor the tail of one such as official/ada-example") from None

    def short(self, iri: str) -> str:
        """Return an IRI as people write it: with a usual prefix, as a tail under the base, or as it is."""
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and namespace != self.base:
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return unquote(iri.removeprefix(self.base)) if iri.startswith(self.base) else iri


def local(iri: str) -> str:
    """Return the last part of an IRI: the name of a kind, a mode or a class.

    >>> local("https://w3id.org/readout/ontology#Meeting"), local("https://w3id.org/readout/kind/call")
    ('Meeting', 'call')
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def clipped(text: str, longest: int = LONGEST) -> str:
    """Shorten *text* to what an answer can bear."""
    return text if len(text) <= longest else text[:longest].rstrip() + "…"
