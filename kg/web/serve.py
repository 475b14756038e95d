"""Runs the site on a server of its own, in this process: an event loop (`kg.web.http`), and threads for Flask.

Granian 2.8.7 was measured beside it and not taken, for what was seen: it ends a stream that failed half-way as if it
were complete, lets a second server share a port that is in use (Linux), can't tell the port that it was given for 0,
and leaves its worker process behind when its main process is killed. Waitress does not, at 1,800 requests a second.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import AddressUnavailable
from kg.store.remote import RemoteEngine
from kg.store.workers import QueryWorkers
from kg.web.app import create_app
from kg.web.front import Front
from kg.web.http import Connection
from kg.web.service import Service
from kg.web.site import Limits, Site

__all__ = ["serve"]

_DRAIN_SECONDS = 10.0
_SPARE_THREADS = 8
_OVERHEAD = 1 << 20


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
        store: the folder of a store, or the address of a server that has one; this and the next two by default as the
            settings say (see `create_app`).
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
    assert isinstance(engine, QueryWorkers | RemoteEngine)
    try:
        with _listener(settings.host, settings.port) as listener:
            engine.warm()
            if data.finder is not None:
                data.finder.prepare()
            # A full queue of queries leaves threads for the rest.
            front = Front(app, engine.capacity + _SPARE_THREADS, streams=sys.platform != "win32")
            site = Site(
                front.handle,
                limits=Limits(body=settings.upload + _OVERHEAD if settings.write else _OVERHEAD),
                port=listener.getsockname()[1],
            )
            gc.freeze()  # what is there now stays, and need not be looked through again and again
            with asyncio.Runner(loop_factory=_loop()) as runner:
                announce(f"Serving {settings.store} at {_address(listener)}")
                runner.run(_run(site, front, listener, engine.retire))
    finally:
        data.close()


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


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the event loop: uvloop's where it is installed, since it takes half the time."""
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop


async def _run(site: Site, front: Front, listener: socket.socket, retire: Callable[[], None]) -> None:
    """Serve until a signal comes; then accept no more, and go on until all answers are out or the patience ends."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signum, _: _stop(signum, loop, stopping))
    site.tick()
    server = await loop.create_server(lambda: Connection(site), sock=listener, backlog=128)
    await stopping.wait()
    server.close()
    site.close()
    retire()
    deadline = loop.time() + _DRAIN_SECONDS
    while site.connections and loop.time() < deadline:
        await asyncio.sleep(0.02)
    front.close()


def _stop(signum: int, loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    signal.signal(signum, signal.SIG_DFL)  # a second one ends it at once
    loop.call_soon_threadsafe(stopping.set)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"
