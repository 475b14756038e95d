"""From a source to what the store takes: the work of one worker process, without the process."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import KgError, NotAReadout, Unreadable, one_line
from kg.extract import extract
from kg.lexicon import lexicon_with
from kg.model import Issue, Readout
from kg.rdf import EXTRACTOR, graph_iri, to_lines
from kg.resolve import resolve
from kg.sources import RdfDocument, Source, documents
from kg.store import DocumentWrite, Skolemiser
from kg.text import slug
from kg.vocab import BASE

__all__ = [
    "Converted",
    "Known",
    "Outcome",
    "SetAside",
    "Settings",
    "Unchanged",
    "convert",
    "converter",
    "problem",
    "read",
    "warmed",
]

_LARGEST_COPY = 20 << 20
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the store already: the key of each graph, and the graphs of each key of which none is missing."""

    keys: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to convert: where entities live, what need not be converted again, and which files extend the lexicon.

    `copies`: what is set aside comes with its bytes, if they are no more than that.
    """

    base: str = BASE
    known: Known = Known()
    lexicon: tuple[Path, ...] = ()
    copies: int = _LARGEST_COPY


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as it goes into the store: one graph, or several for RDF that names them."""

    origin: str
    writes: tuple[DocumentWrite, ...]

    @property
    def graphs(self) -> tuple[str, ...]:
        """The graphs that it writes."""
        return tuple(write.graph for write in self.writes)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that the store has already, read from the same bytes by the same converter."""

    origin: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that cannot be taken: why, and its bytes, as far as they can be had.

    They can be read again as a file whose name ends with `suffix`.
    """

    issue: Issue
    sha256: str = ""
    data: bytes = b""
    suffix: str = ""


Outcome: TypeAlias = Converted | Unchanged | SetAside
Read: TypeAlias = Readout | RdfDocument | Issue


def read(source: Source, settings: Settings) -> Iterator[Read]:
    """Yield the documents of *source*. What stops the reading comes as an `Issue`, never as an error."""
    try:
        yield from documents(source, lexicon_with(*settings.lexicon))
    except Exception as error:  # one source must not end the others
        yield problem(source.origin, error)


def warmed(settings: Settings) -> None:
    """Read the lexicon and compile its grammar, which every document needs, once.

    Raises:
        NotFound, InputError: a file of the user's does not fit; the message names it.
    """
    text = "Today, President Ada Example of Kenya met with Prime Minister Bo Sample of Norway to discuss trade."
    extract(Readout(id="warm/up", text=text), lexicon_with(*settings.lexicon))


def convert(source: Source, document: Read, settings: Settings) -> Outcome:
    """Make of a *document* of *source* what the store takes. Never raises an error that the document caused."""
    try:
        if isinstance(document, Issue):
            return _set_aside(source, document, most=settings.copies)
        if isinstance(document, RdfDocument):
            return _rdf(document, settings)
        return _readout(source, document, settings)
    except Exception as error:  # one document must not end the others; it is kept, with the reason
        return _set_aside(source, problem(_origin(source, document), error), document, most=settings.copies)


def problem(origin: str, error: Exception) -> Issue:
    """Make the record of what stopped a document, in a line that names it."""
    reason, code = str(error), type(error).__name__
    if isinstance(error, MemoryError):
        reason, code = "needs more memory than a worker may take: split it", "Unreadable"
    elif not isinstance(error, KgError):
        reason, code = f"{code}: {error} (a fault of this program: please report it)", "Fault"
    return Issue(origin=origin, reason=" ".join(f"{origin}: {reason}".split()), code=code)


@cache
def converter(knowledge: str = "") -> str:
    """Name the converter: its version, and a digest of all its code and data, so that any change of it is a new one.

    *knowledge* is the digest of what a user has added to the lexicon.
    """
    package = Path(__file__).resolve().parent.parent
    parts = ("text.py", "rdf", "vocab.py", "resolve.py", "model.py", "sources", "extract", "lexicon")
    digest = sha256()
    for part in parts:
        path = package / part
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return "+".join(filter(None, (EXTRACTOR, digest.hexdigest()[:12], knowledge[:12])))


def _origin(source: Source, document: Read) -> str:
    """Return what messages call *document*: its file, and its own id if it is one of several in there."""
    name = document.identifier if isinstance(document, Readout) else None
    return source.origin if name in (None, source.name) else f"{source.origin} ({name})"


def _key(digest: str, converter: str, *configuration: str) -> str:
    return sha256("\0".join((digest, converter, *configuration)).encode()).hexdigest()


def _readout(source: Source, readout: Readout, settings: Settings) -> Outcome:
    graph = graph_iri(readout.id, settings.base).value
    lexicon = lexicon_with(*settings.lexicon)
    by = converter(lexicon.digest)
    key = _key(readout.sha256, by, settings.base, graph)
    if settings.known.keys.get(graph) == key:
        return Unchanged(_origin(source, readout), (graph,))
    extraction = resolve(extract(readout, lexicon), lexicon)
    if not extraction.meetings:
        raise NotAReadout("tells of no call, meeting or visit")
    write = DocumentWrite.of_lines(
        graph,
        to_lines(extraction, settings.base),
        id=readout.id,
        key=key,
        sha256=readout.sha256,
        converter=by,
        source=_origin(source, readout),
    )
    return Converted(write.source, (write,))


def _rdf(document: RdfDocument, settings: Settings) -> Outcome:
    """Take RDF as it is: its named graphs under their names, the rest as a graph named after the file."""
    digest = sha256(document.data).hexdigest()
    own = f"{settings.base}graph/file/{slug(Path(document.origin).name) or digest[:16]}"
    key = _key(digest, converter(), own)
    if there := settings.known.graphs.get(key):
        return Unchanged(document.origin, there)
    graphs = _graphs(document, own)
    if not graphs:
        raise Unreadable("holds no statement")
    try:
        writes = tuple(
            DocumentWrite.of(
                graph,
                triples,
                key=key,
                sha256=digest,
                converter="as it is",
                source=document.origin,
                parts=len(graphs),
            )
            for graph, triples in graphs.items()
        )
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return Converted(document.origin, writes)


def _graphs(document: RdfDocument, own: str) -> dict[str, list[ox.Triple]]:
    named = Skolemiser(own)
    graphs: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    try:
        for statement in ox.parse(document.data, _FORMATS[document.format], base_iri=own):
            graph = named.graph(statement.graph_name) if isinstance(statement, ox.Quad) else None
            graphs[graph or own].append(named(statement))
    except (SyntaxError, ValueError) as error:
        reason = one_line(error)
        raise Unreadable(f"not well-formed {document.format}: {reason}") from error
    return graphs


def _set_aside(source: Source, problem: Issue, document: Read | None = None, *, most: int) -> SetAside:
    """Set a document aside, with a copy of *most* bytes at most, which can be read again by its suffix."""
    if isinstance(document, RdfDocument):
        data, suffix = document.data, f".{document.format}"
    elif isinstance(document, Readout) and document.sha256 != _digest(source):
        data, suffix = _record(document), ".json"
    else:
        data, suffix = _bytes(source), Path(source.name).suffix
    digest = document.sha256 if isinstance(document, Readout) else sha256(data).hexdigest() if data else ""
    return SetAside(problem, digest, data if len(data) <= most else b"", suffix)


def _record(readout: Readout) -> bytes:
    """Return a readout that was one of several in its file, as a file of its own: a record of JSON."""
    title = readout.title
    given = {
        "id": readout.identifier or readout.id,
        "title": title.of(readout.text) if title else None,
        "date": readout.issued and readout.issued.isoformat(),
        "publisher": readout.publisher,
        "url": readout.source,
        "language": readout.language,
        "text": readout.text[title.end :].strip() if title else readout.text,
    }
    return json.dumps({name: value for name, value in given.items() if value}, ensure_ascii=False).encode()


def _bytes(source: Source) -> bytes:
    """Return the bytes of *source* as they are, or none if it is a part of a file, or too large to keep a copy of."""
    if source.part is not None:
        return b""
    if source.data is not None:
        return source.data
    try:
        if source.path and source.path.is_file() and source.path.stat().st_size <= _LARGEST_COPY:
            return source.path.read_bytes()
    except OSError:
        pass
    return b""


def _digest(source: Source) -> str:
    return sha256(_bytes(source)).hexdigest()
