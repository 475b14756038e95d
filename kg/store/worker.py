"""One query worker: a process that may die, run as a script by `kg.store.workers`. It imports as little as it can.

It reads requests from standard input and writes pieces of answers to standard output, each with a head of its kind (one
byte) and its length (four bytes, network order). Requests may come before those ahead of them are answered; answers are
in the same order. It limits its own memory, gives up the network for good, and ends when its parent does.
"""

from __future__ import annotations

import gc
import io
import json
import marshal
import os
import signal
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.store.confinement import limit, no_network, watch
from kg.store.rows import RowCounter

PIECE = 1 << 16
DATA, END, ERROR, LATE = b"D", b"E", b"X", b"L"
FIGURES = struct.Struct("!QI")
"""What comes with the end of an answer: its rows, and the microseconds it took."""
_HEAD = struct.Struct("!cI")
_LENGTH = 4
_HOLD_SECONDS = 0.002
_LONGEST = (1 << 32) - 1
WITH_PREFIXES = ("text/turtle", "application/trig", "application/rdf+xml")
_LINES = ("application/n-triples", "application/n-quads")


class TooLarge(OSError):
    """The answer has more bytes, or more rows, than are allowed."""


class Requests:
    """The messages of the parent, written by the same Python; what goes the other way is never unmarshalled."""

    def __init__(self, source: int) -> None:
        """Read them from the file descriptor *source*."""
        self._source = source
        self._come = b""

    def next(self) -> dict[str, Any] | None:
        """Wait for the next message, and return it, or None if there are no more."""
        while not self.waiting:
            data = os.read(self._source, PIECE)
            if not data:
                return None
            self._come += data
        end = self._end()
        message, self._come = self._come[_LENGTH:end], self._come[end:]
        found: dict[str, Any] = marshal.loads(message)  # noqa: S302  # see above
        return found

    @property
    def waiting(self) -> bool:
        """Whether another message has come already."""
        return len(self._come) >= _LENGTH and len(self._come) >= self._end()

    def _end(self) -> int:
        return _LENGTH + int.from_bytes(self._come[:_LENGTH], "big")


class Answers:
    """What is written for the parent. What may wait goes out with what comes next, or after a moment."""

    def __init__(self, output: int) -> None:
        """Write to the file descriptor *output*."""
        self._output = output
        self._lock = threading.Lock()
        self._held = bytearray()
        self._holding = threading.Event()

    def send(self, data: bytes | bytearray, *, hold: bool = False) -> None:
        """Write *data*, or *hold* it for a moment."""
        with self._lock:
            if hold:
                self._held += data
            else:
                self._write(self._held + data if self._held else data)
        if hold and not self._holding.is_set():
            self._holding.set()

    def keep_moving(self) -> None:
        """Write what is held after a moment, again and again, while another thread answers what may take long."""
        with suppress(BrokenPipeError):  # the parent is no more, which the other thread sees as well
            while True:
                self._holding.wait()
                time.sleep(_HOLD_SECONDS)
                self._holding.clear()
                with self._lock:
                    self._write(self._held)

    def _write(self, data: bytes | bytearray) -> None:
        """Write *data*, which begins with all that was held."""
        view = memoryview(data)
        self._held = bytearray()
        while view:
            view = view[os.write(self._output, view) :]


class _Sink(io.RawIOBase):
    """Gathers what the engine writes (8 KiB at a time) into pieces, and stops it at the limits; counts `rows`."""

    def __init__(self, answers: Answers, limit: int, most_rows: int | None, media_type: str) -> None:
        super().__init__()
        self._answers = answers
        self._whole = True
        self._left = limit
        self._most_rows = most_rows
        self._counter = RowCounter(media_type)
        self._buffer = bytearray()
        self.rows = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401  # any buffer
        size = len(data)
        self._left -= size
        if self._left < 0:
            raise TooLarge("the answer is larger than this endpoint gives: ask for less, as with LIMIT")
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self.count()
            self._whole = False
            self.send(b"")
        return size

    def count(self) -> None:
        """Count the rows in what was gathered since the last piece was sent."""
        if self._counter.known:
            self._counter.see(bytes(self._buffer))
            self._count(self._counter.rows)

    def counted(self, triples: ox.QueryTriples) -> Iterator[ox.Triple]:
        """Pass *triples* on, and count them where the bytes do not tell how many they are."""
        for number, triple in enumerate(triples, 1):
            self._count(number)
            yield triple

    def _count(self, rows: int) -> None:
        self.rows = rows
        if self._most_rows is not None and rows > self._most_rows:
            raise TooLarge(f"the answer has more than {self._most_rows} rows, which is all that this endpoint gives")

    def send(self, rest: bytes, *, hold: bool = False) -> None:
        """Write out what was gathered, and *rest* with it; *hold* it back if it is the whole answer."""
        head = _HEAD.pack(DATA, len(self._buffer)) if self._buffer else b""
        self._answers.send(head + self._buffer + rest, hold=hold and self._whole)
        self._buffer.clear()


class _Worker:
    """Answers one request after another. Keeps the generation open that it was asked for last."""

    def __init__(self, answers: Answers, prefixes: dict[str, str]) -> None:
        self._answers = answers
        self._prefixes = prefixes
        self._path = ""
        self._store: ox.Store | None = None

    def answer(self, request: dict[str, Any], more: bool) -> None:
        """Answer *request*, or say that it is late: what it waited for was slow, and another worker may have it by now.

        The clock is that of the parent, too. If there is *more* to answer, the parent need not be woken at once.
        """
        if "until" in request and time.monotonic() > request["until"]:
            self._answers.send(_HEAD.pack(LATE, 0), hold=more)
            return
        begin = time.thread_time()
        sink = _Sink(self._answers, request["limit"], request["rows"], request["media_type"])
        try:
            self._open(request["path"])
            self._evaluate(request, sink)
            sink.count()
        except Exception as error:  # whatever it is, the parent tells the client
            kind = type(error).__name__
            payload = json.dumps({"kind": kind, "message": str(error)}).encode()
            sink.send(_HEAD.pack(ERROR, len(payload)) + payload)
        else:
            took = min(int((time.thread_time() - begin) * 1e6), _LONGEST)
            sink.send(_HEAD.pack(END, FIGURES.size) + FIGURES.pack(sink.rows, took), hold=more)

    def _open(self, path: str) -> None:
        if path != self._path:
            self._store, self._path = None, ""
            try:
                self._store, self._path = ox.Store.read_only(path), path
            except OSError as error:
                raise FileNotFoundError(str(error)) from error

    def _evaluate(self, request: dict[str, Any], sink: _Sink) -> None:
        assert self._store is not None
        default, named = request["default_graphs"], request["named_graphs"]
        native = self._store.query(
            request["text"],
            base_iri=request["base_iri"],
            default_graph=None if default is None else [ox.NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [ox.NamedNode(iri) for iri in named],
            prefixes=self._prefixes if request["undeclared"] else None,
        )
        media_type = request["media_type"]
        output = cast(IO[bytes], sink)
        if not isinstance(native, ox.QueryTriples):
            native.serialize(output, ox.QueryResultsFormat.from_media_type(media_type))
            sink.rows += isinstance(native, ox.QueryBoolean)
        elif media_type not in _LINES:  # the slower way: the quicker one knows no prefixes, and could not be counted
            prefixes = self._prefixes if media_type in WITH_PREFIXES else None
            ox.serialize(sink.counted(native), output, ox.RdfFormat.from_media_type(media_type), prefixes=prefixes)
        else:
            native.serialize(output, ox.RdfFormat.from_media_type(media_type))


def main() -> None:
    """Take on the limits, say that the worker is ready by waiting for requests, and answer until there are no more."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the parent, which lets running queries finish
        signal.signal(number, signal.SIG_IGN)
    requests, answers = Requests(os.dup(0)), Answers(os.dup(1))
    os.dup2(2, 1)  # what anything prints must not get among the answers
    settings = requests.next()
    if settings is None:
        return
    limit(settings["memory"])
    worker = _Worker(answers, settings["prefixes"])
    # The parent says who it is: one that was killed while this process began would be taken for its own successor.
    threading.Thread(target=watch, args=(settings["parent"],), daemon=True).start()
    threading.Thread(target=answers.keep_moving, daemon=True).start()
    no_network()
    gc.freeze()
    while (request := requests.next()) is not None:
        try:
            worker.answer(request, requests.waiting)
        except BrokenPipeError:
            return


def send(answers: Answers, kind: bytes, payload: bytes) -> None:
    """Write one piece with its head."""
    answers.send(_HEAD.pack(kind, len(payload)) + payload)


if __name__ == "__main__":
    main()
