"""Bytes to text, within limits: opening, unpacking, decoding, and telling formats apart."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import PurePath
from typing import BinaryIO, Literal, cast, get_args

from charset_normalizer import from_bytes

from kg.errors import NotFound, UnknownFormat, Unreadable
from kg.sources.source import RdfFormat, Source

__all__ = [
    "HEAD",
    "LARGEST_DOCUMENT",
    "LARGEST_RDF",
    "Format",
    "as_it_is",
    "decode",
    "format_of",
    "lines",
    "opened",
    "read_all",
]

LARGEST_DOCUMENT = 20 << 20
"""Bytes of one document, or of one record of a container, after unpacking."""
LARGEST_RDF = 256 << 20
"""Bytes of one RDF file, after unpacking."""
LARGEST_RATIO = 100
"""A gzip file that unpacks to more than so many times its size is taken for a bomb."""
RATIO_FREE = 1 << 20
"""Bytes that may come out of any gzip file before its ratio counts."""
HEAD = 4096
"""Bytes that are looked at to tell a format."""

Format = Literal["text", "markdown", "html", "json", "jsonl", "feed", "parquet", "warc"] | RdfFormat

EXTENSIONS: dict[str, Format] = {
    ".txt": "text", ".text": "text", "": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".rss": "feed", ".atom": "feed",
    ".parquet": "parquet", ".warc": "warc", ".wet": "warc",
    ".ttl": "ttl", ".trig": "trig", ".nt": "nt", ".nq": "nq", ".rdf": "rdf", ".owl": "rdf", ".jsonld": "jsonld",
}  # fmt: skip

MAGIC = (
    (b"%PDF-", "a PDF file: convert it to text or HTML first"),
    (b"PK\x03\x04", "a ZIP archive or an office document: unpack it, or save it as text or HTML, first"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as text or HTML first"),
    (b"{\\rtf", "a Rich Text file: save it as text or HTML first"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"BZh", "compressed with bzip2: unpack it, or use gzip"),
    (b"\xfd7zXZ", "compressed with xz: unpack it, or use gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it, or use gzip"),
    (b"SQLite format 3", "a database"),
)  # fmt: skip


class _Unpacked(gzip.GzipFile):
    """A gzip stream that refuses to become a bomb: memory stays flat, since it is read in pieces."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed)
        self.packed = packed

    def read(self, size: int | None = -1) -> bytes:
        got = super().read(size)
        self.check()
        return got

    def readline(self, size: int | None = -1) -> bytes:
        got = super().readline(size)
        self.check()
        return got

    def check(self) -> None:
        out = self.tell()
        if out > RATIO_FREE and out > LARGEST_RATIO * self.packed.tell():
            raise Unreadable(f"unpacks to more than {LARGEST_RATIO} times its size: not read")


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open *source*, unpacking it if it is gzipped, whatever its name, at the place where its part begins.

    Raises:
        NotFound: there is no such file.
        Unreadable: it may not be read, or is damaged; also while reading within the block.
        RemoteFailed, MissingExtra: it lies elsewhere and can't be had.
    """
    try:
        with as_it_is(source) as stream:
            begin = source.part.offset if source.part else 0
            stream.seek(begin)
            packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(begin)
            yield cast(BinaryIO, _Unpacked(stream)) if packed else stream
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unreadable(f"damaged gzip file ({error})") from error
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error


def as_it_is(source: Source) -> AbstractContextManager[BinaryIO]:
    """Return the file of *source*, open to be read at any place, packed if it is.

    Raises:
        NotFound, Unreadable, OSError, RemoteFailed, MissingExtra: as `opened`.
    """
    if source.url:
        from kg.sources import remote

        return remote.opened(source.url)
    if not source.path:
        return io.BytesIO(source.data or b"")
    if not source.path.is_file():
        kind = "a folder" if source.path.is_dir() else "no regular file"
        raise Unreadable(kind) if source.path.exists() else NotFound("no such file")
    return source.path.open("rb")


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """Return all bytes of *stream*; raise `Unreadable` if there are none, or more than *limit*."""
    data = bytearray()
    while piece := stream.read(1 << 20):
        data += piece
        if len(data) > limit:
            raise Unreadable(f"too large: more than {limit >> 20} MB")
    if not data.strip():
        raise Unreadable("empty")
    return bytes(data)


def lines(stream: BinaryIO, at: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of *stream* that are not blank, numbered from *at* on, never holding more than one."""
    number = at - 1
    while line := stream.readline(LARGEST_DOCUMENT + 1):
        number += 1
        if len(line) > LARGEST_DOCUMENT:
            raise Unreadable(f"line {number} is too large: more than {LARGEST_DOCUMENT >> 20} MB")
        if line.strip():
            yield number, line.strip()


# --- formats ------------------------------------------------------------------------------------------------------

HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed)\b[^>]*>|<rdf:RDF[^>]*purl\.org/rss/1\.0", re.S)
RDF_XML = re.compile(rb"<(?:\w+:)?RDF\b[^>]*22-rdf-syntax-ns")
FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n[\w-]+[ \t]*:")
TURTLE = re.compile(rb"\s*(?:#.*\n\s*)*(?:@prefix|@base|prefix)\s[^\n]*<[^>\n]*>", re.I)
N_QUADS = re.compile(rb"\s*(?:<[a-z][\w+.-]*:[^>\s]*>|_:\w+)\s+<[a-z][\w+.-]*:[^>\s]*>\s", re.I)
JSON_LINE = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def format_of(name: str, head: bytes) -> Format:
    """Tell the format of a document by its file *name* and by its first bytes, which win where they are plain.

    Raises:
        UnknownFormat: there is no reader for it.
        Unreadable: it is binary.
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    for magic, what in MAGIC:
        if head.startswith(magic):
            raise UnknownFormat(what)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    known = EXTENSIONS.get(suffix)
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        if b"\0" in head:
            raise Unreadable("binary data, not text")
        if seen := _by_content(head.lstrip(), known):
            return seen
    if known:
        return known
    raise UnknownFormat(f"no reader for {suffix} files; there are readers for {' '.join(filter(None, EXTENSIONS))}")


def _by_content(head: bytes, known: Format | None) -> Format | None:
    """Return the format that the content plainly has, or None if the name has to tell."""
    if HTML.match(head):
        return "html"
    if head.startswith(b"<"):
        if FEED.search(head):
            return "feed"
        if RDF_XML.search(head):
            return "rdf"
        if known is None and not N_QUADS.match(head):
            raise UnknownFormat("XML of an unknown kind; feeds (RSS, Atom), RDF/XML and HTML can be read")
    if known in get_args(RdfFormat):
        return None
    if FRONT_MATTER.match(head):
        return "markdown"
    if TURTLE.match(head):
        return "trig"
    if N_QUADS.match(head):
        return "nq"
    if head.startswith((b"{", b"[{")) and known in ("text", "json", None):
        return "jsonl" if JSON_LINE.match(head) else "json" if known != "text" or head.startswith(b'{"') else None
    return None


# --- characters ---------------------------------------------------------------------------------------------------

MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """Return *data* as text: UTF-8 or UTF-16 by its mark, UTF-8, the declared encoding, else the likeliest one.

    Raises:
        Unreadable: it is binary, damaged UTF-8, or in no encoding that can be told.
    """
    text = _decoded(data)
    if len(CONTROLS.findall(text[:HEAD])) > len(text[:HEAD]) // 50:
        raise Unreadable("binary data, not text")
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if found := CHARSET.search(data, 0, HEAD):
            named = (found.group(1) or found.group(2)).decode("ascii", "replace")
            if named.lower() not in ("utf-8", "utf8"):
                return _strictly(data, named)
        if len(MULTIBYTE.findall(data)) > len(MULTIBYTE.sub(b"", data).translate(None, bytes(range(128)))):
            raise Unreadable(f"damaged UTF-8 at byte {error.start}: save it as UTF-8") from error
    return _likeliest(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(f"not in the encoding that it declares ({encoding}): save it as UTF-8") from error


def _likeliest(data: bytes) -> str:
    """Decode what is not UTF-8: Western text has few letters beyond ASCII; for the rest, statistics decide."""
    beyond = len(data.translate(None, bytes(range(128))))
    if beyond * 10 < len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[: 1 << 18]).best()
    if best is None or best.encoding is None:
        raise Unreadable("in no encoding that can be told: save it as UTF-8")
    return _strictly(data, best.encoding)
