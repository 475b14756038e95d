"""The one writer: a process that may die, run as a script by `kg.store.writers`.

It speaks as the query workers do (`kg.store.worker`): requests on standard input, pieces of answers on standard output.
What a request comes to is worked out on a draft, under limits. Then the process says that it is ready, and waits for
the word to write: so whoever stops it before knows that nothing was written, and nobody stops it after. Should it die
while it writes, it has said by what one sees whether the change is there.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, KgError, QueryError, StoreError, StoreLocked, UnknownFormat, Unreadable, one_line
from kg.store import confinement, worker
from kg.store.draft import Change, Drafts
from kg.store.embedded import EmbeddedStore
from kg.store.files import turn

__all__ = ["parse", "unpack"]

_LOOK_SECONDS = 0.02


class _Writer:
    """Does one request after another; holds the store from the first until it is told to ``close``."""

    def __init__(self, path: Path, patience: float, requests: worker.Requests, answers: worker.Answers) -> None:
        self._path = path
        self._patience = patience
        self._requests = requests
        self._answers = answers
        self._store: EmbeddedStore | None = None

    def run(self) -> None:
        """Answer until there are no more requests."""
        while (request := self._requests.next()) is not None:
            try:
                answer = self._do(request)
            except Exception as error:  # whatever it is, the parent tells the client
                if isinstance(error, StoreError):  # after a full disk, say, it writes again only once it is opened anew
                    self._store = None
                worker.send(self._answers, worker.ERROR, json.dumps(_told(error)).encode())
            else:
                worker.send(self._answers, worker.DATA, json.dumps(answer).encode())
                worker.send(self._answers, worker.END, b"")

    def _do(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "publish":
                return {"generation": self._open().publish()}
            case "key":
                known = self._open().journal().get(request["graph"])
                return {"key": known and known.key}
            case "close":
                store, self._store = self._store, None
                if store is not None:
                    store.close()
                return {}
        return self._change(request)

    def _change(self, request: dict[str, Any]) -> dict[str, Any]:
        store = self._open()
        with Drafts(store) as drafts:
            change = _worked_out(drafts, request)
        answer = {"created": change.created, "changed": len(change.writes) + len(change.gone)}
        ready = {"ready": _sign(change), "answer": answer}
        worker.send(self._answers, worker.DATA, json.dumps(ready).encode())
        if self._requests.next() is None:
            raise SystemExit
        store.change(change.writes, change.gone)
        return answer

    def _open(self) -> EmbeddedStore:
        if self._store is None:
            there = self._path.is_dir() and any(self._path.iterdir())
            with turn(self._path / "turn", self._patience) if there else nullcontext():
                self._store = self._opened(time.monotonic() + self._patience)
        return self._store

    def _opened(self, deadline: float) -> EmbeddedStore:
        """Open the store; wait until the *deadline* for another process that writes to it."""
        while True:
            try:
                return EmbeddedStore(self._path, write=True)
            except StoreLocked:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_LOOK_SECONDS)


def _sign(change: Change) -> tuple[str, str | None] | None:
    """Return what tells that *change* was made: a graph, and the key that its document has then, None if it is gone.

    One is enough, since a change is made as a whole.
    """
    if change.writes:
        return change.writes[0].graph, change.writes[0].key
    return (change.gone[0], None) if change.gone else None


def _worked_out(drafts: Drafts, request: dict[str, Any]) -> Change:
    if request["do"] == "update":
        return drafts.update(request["text"], request["base"], request["using"], request["using_named"])
    drafts.expect(request["graph"], request["match"], request["none"])
    if request["do"] == "patch":
        return drafts.patch(request["graph"], request["text"], request["base"])
    if request["do"] == "delete":
        return drafts.delete(request["graph"])
    statements = _statements(request)
    change = drafts.put if request["do"] == "put" else drafts.add
    return change(request["graph"], statements)


def _statements(request: dict[str, Any]) -> Iterator[ox.Quad]:
    for file, media_type in request["files"]:
        data = Path(file).read_bytes()
        yield from parse(unpack(data, request["limit"]) if request["packed"] else data, media_type, request["graph"])


def unpack(data: bytes, limit: int) -> bytes:
    """Undo gzip; never more than *limit* bytes.

    Raises:
        Unreadable: it is no gzip, or unpacks to more.
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise Unreadable(f"the body is said to be packed with gzip, and is not: {error}") from error
    if len(found) > limit:
        raise Unreadable(f"the body unpacks to more than {limit >> 20} MB")
    if not unpacker.eof:
        raise Unreadable("the packed body ends too early")
    return found


def parse(data: bytes, media_type: str, base: str) -> Iterator[ox.Quad]:
    """Yield the statements of one graph, from *data* in one of the formats of RDF.

    Nothing is fetched (JSON-LD contexts), and a document type is refused, by which XML could grow without bounds.

    Raises:
        UnknownFormat: there is no reader for *media_type*.
        Unreadable: it is malformed.
        InputError: it has named graphs in it.
    """
    format = ox.RdfFormat.from_media_type(media_type)
    if format is None:
        known = "Turtle, N-Triples, RDF/XML, JSON-LD, TriG, N-Quads"
        raise UnknownFormat(f"no reader for {media_type[:60] or 'an unnamed type'}; there are {known}")
    if format == ox.RdfFormat.RDF_XML:
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise Unreadable(f"RDF/XML is read in UTF-8 alone; byte {error.start} is not") from error
        if "<!DOCTYPE" in text:
            raise Unreadable("RDF/XML with a document type (<!DOCTYPE …>) is refused: write IRIs in full")
    try:
        for quad in ox.parse(data, format, base_iri=base):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise InputError(f"one graph is asked for, and the body names {quad.graph_name}")
            yield quad
    except SyntaxError as error:
        raise Unreadable(f"the body is no {format.name}: {' '.join(str(error).split())}") from error


def _told(error: Exception) -> dict[str, Any]:
    """Return what the parent needs to raise *error* again."""
    line, column = (error.line, error.column) if isinstance(error, QueryError) else (None, None)
    kind = type(error).__name__ if isinstance(error, KgError) else "StoreError"
    return {"kind": kind, "message": one_line(error), "line": line, "column": column}


def main() -> None:
    """Take on the limits and answer until there are no more requests."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the parent, which lets a running request finish
        signal.signal(number, signal.SIG_IGN)
    requests, answers = worker.Requests(os.dup(0)), worker.Answers(os.dup(1))
    os.dup2(2, 1)  # what anything prints must not get among the answers
    settings = requests.next()
    if settings is None:
        return
    confinement.limit(settings["memory"], files=True)
    threading.Thread(target=confinement.watch, args=(settings["parent"],), daemon=True).start()
    confinement.no_network()
    try:
        _Writer(Path(settings["path"]), settings["patience"], requests, answers).run()
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
