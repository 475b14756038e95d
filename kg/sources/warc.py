"""WARC, as crawlers write it: pages that were found, and texts that others took from pages (WET).

Taken are responses with status 200, resources and conversions, of HTML or plain text; requests, metadata, redirects
and pictures are no documents. When a page was crawled says nothing of when it was issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from kg.errors import MissingExtra, Unreadable
from kg.sources import page, prose
from kg.sources.draft import Draft
from kg.sources.raw import LARGEST_DOCUMENT, decode
from kg.sources.source import Part

__all__ = ["cuts", "read"]

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)


def read(stream: BinaryIO, part: Part | None = None) -> Iterator[tuple[str, partial[tuple[Draft, bytes]]]]:
    """Yield how to make a document of each page in *stream*, unpacked, with the number of its record (``#12``).

    Raises:
        MissingExtra: warcio is not installed.
        Unreadable: it is damaged.
    """
    number = part.at - 1 if part else 0
    for record in _records(stream):
        number += 1
        if part and part.stop is not None and number >= part.stop:
            return
        if (not part or number >= part.first) and (kind := _kind(record)):
            yield f"#{number}", partial(_made, kind, _address(record), _content(record), str(number))


def cuts(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield where parts of about *size* bytes begin: number of the record, and byte in the file.

    *stream* is the file as it is, packed or not. Files that are packed as a whole, not record by record, have one part.

    Raises:
        MissingExtra, Unreadable: as `read`.
    """
    last = number = 0
    reader = _iterator(stream)
    try:
        for _ in reader:
            number += 1
            offset = reader.get_record_offset()
            if number == 1 or offset - last >= size:
                yield number, offset
                last = offset
    except Exception as error:
        raise Unreadable(f"damaged WARC: {error}") from error


def _made(kind: str, address: str, data: bytes, number: str) -> tuple[Draft, bytes]:
    if len(data) > LARGEST_DOCUMENT:
        raise Unreadable(f"too large: more than {LARGEST_DOCUMENT >> 20} MB")
    if not data.strip():
        raise Unreadable("empty")
    draft = page.read(decode(data)) if kind in _PAGES else prose.read(decode(data))
    given = {"url": address} if address else {}
    return Draft(draft.body, {**draft.meta, **given}, number), data


def _records(stream: BinaryIO) -> Iterator[Any]:
    try:
        yield from _iterator(stream)
    except (MissingExtra, GeneratorExit):
        raise
    except Exception as error:  # warcio has errors of its own, and lets those of what it reads through
        raise Unreadable(f"damaged WARC: {' '.join(str(error).split())}") from error


def _iterator(stream: BinaryIO) -> Any:  # noqa: ANN401  # of a package that may be absent
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise MissingExtra("reading WARC needs an extra: pip install 'readout-kg[warc]'") from None
    return ArchiveIterator(stream)


def _kind(record: Any) -> str:  # noqa: ANN401
    """Return the media type of a record that is a document, or nothing."""
    http = record.http_headers
    if record.rec_type == "response":
        if http is None or http.get_statuscode() != "200":
            return ""
        named = http.get_header("Content-Type")
    elif record.rec_type in ("resource", "conversion"):
        named = record.rec_headers.get_header("WARC-Identified-Payload-Type") or record.content_type
    else:
        return ""
    kind = (named or "").partition(";")[0].strip().lower()
    return kind if kind in _PAGES + _TEXTS else ""


def _address(record: Any) -> str:  # noqa: ANN401
    return str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _content(record: Any) -> bytes:  # noqa: ANN401
    """Return the page without the codings of its transfer, and one byte more than is taken if it is longer."""
    stream, data = record.content_stream(), bytearray()
    while len(data) <= LARGEST_DOCUMENT and (piece := stream.read(1 << 20)):
        data += piece
    return bytes(data[: LARGEST_DOCUMENT + 1])
