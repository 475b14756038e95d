"""Puts the application together: configuration, blueprints, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from kg import __version__
from kg.errors import InputError, KgError
from kg.saved import SavedQuery, load_saved
from kg.sparql.federation import Federation
from kg.store import Store, is_address
from kg.store.finder import Finder
from kg.store.snapshot import Follower, place_at
from kg.store.workers import QueryWorkers
from kg.store.writers import Writer
from kg.web import (
    assets,
    crawling,
    editor,
    feeds,
    linked,
    machines,
    operations,
    pages,
    protocol,
    reconcile,
    search,
    writes,
)
from kg.web.access import Access
from kg.web.cache import AnswerCache
from kg.web.plan import SAFE
from kg.web.problems import on_error, on_http_error
from kg.web.service import Direct, Service, service
from kg.web.settings import Settings
from kg.web.watch import Limiter, Watch

__all__ = ["create_app"]

_MODULES = (pages, protocol, linked, search, reconcile, writes, operations, editor, feeds, crawling, machines)


def create_app(store: Store | str | Path | None = None, **config: Any) -> Flask:  # noqa: ANN401  # Flask's own config
    """Make the WSGI application.

    Args:
        store: the folder of a store, by default what ``KG_STORE`` names: its queries run in processes of their own,
            which the caller ends with ``app.extensions["kg"].close()``. Or a store that the caller has opened:
            its queries run in this process, which is for one's own queries only. Or the address of a SPARQL server,
            which then answers them.
        config: settings by the names of `kg.web.settings.Settings`, in any case of letters, over the variables
            ``KG_…`` of the environment; and Flask's own, in capitals.

    Raises:
        StoreMissing: there is no store at that place.
        InputError: a setting is unfit, or clients may write, and nobody has a token.
    """
    app = Flask("kg.web")
    app.config.from_mapping({name: value for name, value in config.items() if name.isupper()})
    given = dict(config) if store is None or isinstance(store, Store) else config | {"store": str(store)}
    settings = Settings.read(given)
    reconcile.check(settings.gazetteer)
    app.extensions["kg"] = _service(store if isinstance(store, Store) else None, settings)
    limiter = Limiter(settings.rate)
    app.before_request(lambda: None if protocol.FAILED in request.environ else limiter.check(request.remote_addr))
    app.before_request(_private)
    for module in _MODULES:
        app.register_blueprint(module.blueprint)
    assets.register(app)
    app.after_request(_finish)
    app.register_error_handler(KgError, on_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.context_processor(lambda: {"site": settings.site_name, "version": __version__})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    engine = app.extensions["kg"].engine
    cache = AnswerCache(app.wsgi_app, lambda: engine.state + assets.build_name(), settings.cache)
    watch = Watch(cache, settings.access_log, settings.slow)
    app.wsgi_app = watch  # type: ignore[method-assign]
    app.extensions |= {"kg.cache": cache, "kg.watch": watch, "kg.limiter": limiter}
    return app


def _service(store: Store | None, settings: Settings) -> Service:
    saved = {name: query.rebased(settings.base) for name, query in load_saved().items()}
    access = Access.read(settings.tokens, settings.tokens_file)
    if (settings.write or settings.private) and not access.known:
        raise InputError("nobody has a token: make one with 'kg token NAME', and set KG_TOKENS or KG_TOKENS_FILE to it")
    if store is not None:
        finder = Finder.of(store)
        return Service(Direct(store), saved, settings.base, settings, access, None, finder, _federation(settings))
    if is_address(settings.store):
        return _before_server(saved, settings, access)
    folder = Path(settings.store)
    follower = _follower(settings, folder) if settings.follow else None
    engine = QueryWorkers(
        folder,
        size=settings.workers,
        timeout=settings.timeout,
        memory=settings.memory,
        limit=settings.limit,
        rows=settings.rows,
        waiting=settings.waiting,
        profiles=True,
    )
    writer = Writer(folder, timeout=settings.write_timeout, memory=settings.memory) if settings.write else None
    return Service(
        engine, saved, settings.base, settings, access, writer, engine.finder, _federation(settings), follower
    )


def _follower(settings: Settings, folder: Path) -> Follower:
    """Return what keeps the store in *folder* in step with what is published elsewhere, at work already."""
    if settings.write:
        raise InputError(f"clients can't write to a store that follows {settings.follow}")
    follower = Follower(place_at(settings.follow), folder)
    follower.begin()
    follower.start(settings.follow_every)
    return follower


def _before_server(saved: Mapping[str, SavedQuery], settings: Settings, access: Access) -> Service:
    """Return a service that passes queries on to the server that has the store."""
    from kg.store.remote import RemoteEngine

    if settings.write:
        raise InputError(f"clients can write to a store on this machine only, and {settings.store} is an address")
    engine = RemoteEngine(
        settings.store,
        size=settings.workers,
        timeout=settings.timeout,
        limit=settings.limit,
        rows=settings.rows,
        waiting=settings.waiting,
    )
    return Service(engine, saved, settings.base, settings, access, None, engine.finder, _federation(settings))


def _federation(settings: Settings) -> Federation | None:
    if not settings.federate:
        return None
    return Federation(settings.federate, timeout=settings.federate_timeout, contact=settings.contact)


def _private() -> None:
    """Let only those in who may read, if not everybody may. Writing needs scopes of its own."""
    data = service()
    reads = (
        request.endpoint not in ("writes.update", "operations.health", "operations.ready", "operations.metrics")
        and request.method != "OPTIONS"
        and not reconcile.is_manifest()
    )
    if data.settings.private and reads and (request.method in ("GET", "HEAD") or request.endpoint != "writes.graphs"):
        data.access.require(request, "read")


def _finish(response: Response) -> Response:
    """Give every answer the headers that keep a browser from being turned against its user."""
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    return response
