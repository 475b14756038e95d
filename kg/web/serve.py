"""Runs the site on a production server, in this process: waitress, which is the same on Linux, macOS and Windows.

Chosen over granian 2.8, which is faster by a third on the smallest requests, for what was seen of both: granian ends a
stream that failed half-way as if it were complete, lets a second server share a port that is in use (Linux), can't tell
the port that it was given for 0, and leaves its worker process behind when its main process is killed. Waitress also
takes the answer to a slow reader off the hands of the worker that made it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server

from kg.errors import AddressUnavailable, KgError
from kg.store.workers import QueryWorkers
from kg.web.app import create_app
from kg.web.service import Service

__all__ = ["serve"]

_DRAIN_SECONDS = 10.0
_SPARE_THREADS = 8
_OVERHEAD = 1 << 20
_FORWARDED = "x-forwarded-for x-forwarded-host x-forwarded-proto x-forwarded-port"


def serve(
    store: str | Path | None = None,
    host: str | None = None,
    port: int | None = None,
    *,
    announce: Callable[[str], None] = lambda line: print(line, flush=True),  # noqa: T201  # the command's only output
    **config: Any,  # noqa: ANN401  # see create_app
) -> None:
    """Serve the store at the path *store* until SIGINT or SIGTERM comes, then finish the requests that are running.

    Args:
        store: the folder of a store; this and the next two by default as the settings say (see `create_app`).
        host: a name or an address of this machine. Anything but the loopback lets others in.
        port: 0 for any free one.
        announce: is given one line with the address, once it can be reached.
        config: settings for `create_app`.

    Raises:
        AddressUnavailable: nothing can listen there.
        StoreMissing: there is no store at that place.
        InputError: a setting is unfit.
    """
    app = create_app(store, host=host, port=port, **config)
    data: Service = app.extensions["kg"]
    settings, engine = data.settings, data.engine
    assert isinstance(engine, QueryWorkers)
    try:
        with _listener(settings.host, settings.port) as listener:
            proxy = {"trusted_proxy_headers": _FORWARDED, "clear_untrusted_proxy_headers": True}
            server = create_server(
                app,
                sockets=[listener],
                threads=engine.capacity + _SPARE_THREADS,  # a full queue of queries leaves threads for the rest
                ident=None,
                channel_timeout=60,
                connection_limit=500,
                asyncore_use_poll=True,
                max_request_body_size=settings.upload + _OVERHEAD if settings.write else _OVERHEAD,
                outbuf_high_watermark=1 << 26,
                **({"trusted_proxy": settings.trusted_proxy} | proxy if settings.trusted_proxy else {}),
            )
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
            logging.getLogger("waitress").addFilter(_brief)
            engine.warm()
            announce(f"Serving {settings.store} at {_address(listener)}")
            _run(server, engine.retire)
    finally:
        data.close()


def _brief(record: logging.LogRecord) -> bool:
    """Say in a line, instead of a traceback, that an answer broke off for a reason that we know."""
    error = record.exc_info and record.exc_info[1]
    if isinstance(error, KgError):
        record.msg, record.args, record.exc_info = f"{record.getMessage()}: it broke off: {error}", (), None
    return True


@contextmanager
def _listener(host: str, port: int) -> Iterator[socket.socket]:
    """Open the socket ourselves, so that what is wrong with it can be said in a line."""
    if not 0 <= port < 1 << 16:
        raise AddressUnavailable(f"there is no port {port}: name one from 1 to 65535, or 0 for any that is free")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server(address[:2], family=family, backlog=128)
    except OSError as error:
        # `create_server` adds to the system's words; the resolver has numbers of its own.
        system = error.errno is not None and not isinstance(error, socket.gaierror)
        reason = os.strerror(error.errno or 0) if system else error.strerror
        raise AddressUnavailable(f"cannot listen at {host} port {port}: {reason}; choose another --port") from error
    with listener:
        yield listener


def _run(server: TcpWSGIServer, retire: Callable[[], None]) -> None:
    """Loop until a signal comes; then accept no more, and loop until all answers are out or the patience ends."""
    stopping = False

    def stop(signum: int, _: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        signal.signal(signum, signal.SIG_DFL)  # a second one ends it at once
        server.pull_trigger()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not stopping:
            _turn(server, 1.0)
        wasyncore.dispatcher.close(server)
        retire()
        deadline = time.monotonic() + _DRAIN_SECONDS
        while _busy(server) and time.monotonic() < deadline:
            _turn(server, 0.1)
        server.task_dispatcher.shutdown(timeout=1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _turn(server: TcpWSGIServer, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, use_poll=True, map=server._map, count=1)


def _busy(server: TcpWSGIServer) -> bool:
    return any(channel.requests or channel.total_outbufs_len for channel in server.active_channels.values())


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"
