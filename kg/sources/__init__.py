"""Documents in, readouts out: files of all kinds that hold press releases, read within limits.

Two steps, so that the second can run in many processes:

    expand(paths)      → sources, one for each file: cheap and picklable, nothing opened
    documents(source)  → what is in it: `Readout`, `RdfDocument` (RDF is handed on unparsed), or `Issue`

Nothing that is wrong with one document stops the others: it becomes an `Issue`, one line that names the file (and the
line or record), what was wrong and what to do; its `code` is the name of the class in `kg.errors` that fits.

Formats, told by content first and file name second, gzipped or not: plain text; Markdown, with YAML front matter or a
block of header lines; HTML; JSON Lines; JSON; RSS and Atom; RDF in Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD;
Parquet and WARC, with an extra each. Addresses (``s3://…``, ``https://…``) are read through fsspec.

    divided(source, n) → sources for parts of about n bytes of a large container, which many processes can share

    read(*paths)       → readouts only, for a program that wants an exception, or a callback, instead of issues
    readout(text)      → the readout of a text at hand
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast, get_args
from xml.etree import ElementTree  # only to write

from kg import errors
from kg.errors import InputError, KgError, Unreadable
from kg.lexicon import Lexicon, default_lexicon
from kg.model import Issue, Readout
from kg.sources import feed, page, parquet, prose, records, warc
from kg.sources.draft import Draft, finish, metadata
from kg.sources.parts import divided, state
from kg.sources.raw import HEAD, LARGEST_DOCUMENT, LARGEST_RDF, Format, decode, format_of, lines, opened, read_all
from kg.sources.source import STDIN, Part, RdfDocument, RdfFormat, Source, expand, issue

__all__ = [
    "LARGEST_DOCUMENT",
    "LARGEST_RDF",
    "STDIN",
    "Part",
    "RdfDocument",
    "RdfFormat",
    "Source",
    "divided",
    "documents",
    "expand",
    "read",
    "readout",
    "state",
]

Outcome = Readout | RdfDocument | Issue
Making = Callable[[], tuple[Draft, bytes]]
"""Makes the draft of one document, and the bytes it was read from; may raise."""


def documents(source: Source, lexicon: Lexicon | None = None) -> Iterator[Outcome]:
    """Read what is in *source*; each thing that is wrong is an issue, and the reading goes on where it can.

    Args:
        source: from `expand`, or made by hand: ``Source("note.md", data=b"…")``.
        lexicon: knows the publishers; the default one if none is given.
    """
    if source.problem:
        yield source.problem
        return
    try:
        with opened(source) as stream:
            yield from _in_stream(stream, source, lexicon or default_lexicon())
    except KgError as error:
        yield _issue(source.origin, error)


def read(*paths: str | Path, on_issue: Callable[[Issue], None] | None = None) -> Iterator[Readout]:
    """Yield the readouts in files, folders and globs.

    Args:
        paths: as for `expand`.
        on_issue: called with everything that could not be read, RDF documents included.

    Raises:
        KgError: without *on_issue*, the first thing that could not be read, as the class of error that fits.
    """
    for source in expand(paths):
        for found in documents(source):
            if isinstance(found, Readout):
                yield found
                continue
            if isinstance(found, RdfDocument):
                found = _issue(found.origin, InputError("RDF holds no press releases to read: load it as it is"))
            if on_issue is None:
                raise getattr(errors, found.code, InputError)(found.reason)
            on_issue(found)


def readout(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    id: str | None = None,  # the name it has everywhere
) -> Readout:
    """Make the readout of *text*, plain or Markdown, with or without front matter, or HTML.

    Without *url* and *id*, the document's id comes from the title, or from the hash of the text.

    Raises:
        Unreadable: it has no text, or malformed front matter.
    """
    data = text.encode("utf-8", "surrogatepass")
    draft = page.read(text) if format_of("", data[:HEAD]) == "html" else prose.read(text)
    given = metadata({"title": title, "date": date, "url": url, "publisher": publisher, "id": id})
    made = Draft(draft.body, {**draft.meta, **given})
    return finish(made, "", data, default_lexicon())


def _issue(origin: str, error: KgError) -> Issue:
    prefix = "standard input" if origin == STDIN else origin
    return issue(origin, type(error)(f"{prefix}: {error}"))


def _in_stream(stream: BinaryIO, source: Source, lexicon: Lexicon) -> Iterator[Outcome]:
    head = stream.read(HEAD)
    part = source.part
    kind = part.format if part else format_of("" if source.origin == STDIN else source.name, head)
    rest = cast(BinaryIO, _Rejoined(head, stream))
    if kind in get_args(RdfFormat):
        yield RdfDocument(source.origin, read_all(rest, LARGEST_RDF), cast(RdfFormat, kind))
        return
    name = "" if source.origin == STDIN else source.name.removesuffix(".gz")
    if kind == "parquet":
        makings = _rows(stream, part)
    elif kind == "warc":
        makings = warc.read(rest, part)
    elif kind == "jsonl":
        makings = _lines(rest, part or Part("jsonl", 1, None))
    else:
        makings = _makings(kind, rest)
    for where, make in makings:
        try:
            draft, data = make()
            yield finish(draft, name, data, lexicon)
        except KgError as error:
            yield _issue(source.origin + where, error)


def _makings(kind: Format, stream: BinaryIO) -> Iterator[tuple[str, Making]]:
    """Yield how to make each document in *stream*, with where it stands in the file (``#12``, or nothing)."""
    data = read_all(stream, LARGEST_DOCUMENT)
    text = decode(data)
    if kind == "json":
        for where, item in records.read(text):
            yield f"#{where}", partial(_from_item, item, where)
    elif kind == "feed":
        for where, entry, shared in feed.read(text):
            yield f"#{where}", partial(_from_entry, entry, where, shared)
    else:
        reader = page.read if kind == "html" else prose.read
        yield "", lambda: (reader(text), data)


def _lines(stream: BinaryIO, part: Part) -> Iterator[tuple[str, Making]]:
    """Yield how to make a document of each line of *part*, with where it stands in the file (``:12``)."""
    number = 0
    for number, line in lines(stream, part.at):
        if part.stop and number >= part.stop:
            return
        if number >= part.first:
            yield f":{number}", partial(_from_line, line, str(number))
    if not number and part.first == 1:
        raise Unreadable("empty")


def _rows(stream: BinaryIO, part: Part | None) -> Iterator[tuple[str, Making]]:
    for number, row in parquet.read(stream, part):
        yield f"#{number}", partial(_from_item, row, str(number))


def _from_line(line: bytes, number: str) -> tuple[Draft, bytes]:
    return records.record(records.load(decode(line)), number), line


def _from_item(item: object, number: str) -> tuple[Draft, bytes]:
    return records.record(item, number), json.dumps(item, sort_keys=True, ensure_ascii=False, default=str).encode()


def _from_entry(entry: ElementTree.Element, number: str, shared: dict[str, str]) -> tuple[Draft, bytes]:
    return feed.record(entry, number, shared), ElementTree.tostring(entry)


class _Rejoined:
    """A stream of which the first bytes were read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def read(self, size: int) -> bytes:
        head, self.head = self.head, b""
        return head or self.stream.read(size)

    def readline(self, size: int) -> bytes:
        line, newline, self.head = self.head.partition(b"\n")
        return line + newline if newline else line + self.stream.readline(size)
