"""The IRIs that are minted: from the publisher's document id, an entity's id and text order alone."""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import Post
from kg.text import slug
from kg.vocab import BASE

__all__ = ["document_iri", "graph_iri", "iri", "meeting_iri", "post_tail", "quoted"]


def document_iri(document_id: str, base: str = BASE) -> NamedNode:
    """Mint the IRI of a readout.

    >>> document_iri("us-state/2024-03-05-qatar").value
    'https://w3id.org/readout/document/us-state/2024-03-05-qatar'
    """
    return iri(base, f"document/{document_id}")


def graph_iri(document_id: str, base: str = BASE) -> NamedNode:
    """Mint the IRI of the named graph that holds what reading this readout gave.

    >>> graph_iri("us-state/2024-03-05-qatar").value
    'https://w3id.org/readout/graph/us-state/2024-03-05-qatar'
    """
    return iri(base, f"graph/{document_id}")


def meeting_iri(document_id: str, number: int, base: str = BASE) -> NamedNode:
    """Mint the IRI of the *number*-th meeting, from 1 in text order, that a readout reports.

    Only what the publisher gave goes into it, never extracted names: a better extractor must not move an IRI that
    others already cite.

    Raises:
        ValueError: *number* is below 1.

    >>> meeting_iri("us-state/2024-03-05-qatar", 1).value
    'https://w3id.org/readout/meeting/us-state/2024-03-05-qatar/1'
    """
    if number < 1:
        raise ValueError(f"meetings are numbered from 1, not {number}")
    return iri(base, f"meeting/{document_id}/{number}")


def post_tail(post: Post) -> str:
    """Return the tail of a post's IRI: the body it belongs to, then the title.

    >>> post_tail(Post(title="Prime Minister", of="place/belgium"))
    'post/belgium/prime-minister'
    """
    holder = post.of.split("/", 1)[1] if post.of else "unknown"
    return f"post/{holder}/{slug(post.title)}"


def quoted(tail: str) -> str:
    """Return *tail* with all escaped that an IRI's path may not have."""
    return quote(tail, safe="/-._~")


def iri(base: str, tail: str) -> NamedNode:
    """Return the IRI at the *tail* of *base*."""
    return NamedNode(base + quoted(tail))
