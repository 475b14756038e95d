"""Puts the application together: configuration, blueprints, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from kg import __version__
from kg.errors import InputError, KgError, StoreMissing
from kg.saved import load_saved
from kg.store import Store
from kg.store.workers import QueryWorkers
from kg.vocab import BASE
from kg.web import linked, pages, protocol
from kg.web.cache import AnswerCache
from kg.web.problems import on_error, on_http_error
from kg.web.service import Direct, Service

__all__ = ["create_app"]

_DEFAULTS = {
    "BASE": BASE,
    "SITE_NAME": "Readouts",
    "TIMEOUT": 10.0,
    "MEMORY": 2 << 30,
    "WORKERS": None,
    "CACHE": 64 << 20,
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(store: Store | str | Path | None = None, **config: Any) -> Flask:  # noqa: ANN401  # Flask's own config
    """Make the WSGI application.

    Args:
        store: the folder of a store, by default what ``KG_STORE`` names: its queries run in processes of their own,
            which the caller ends with ``app.extensions["kg"].engine.close()``. Or a store that the caller has opened:
            its queries run in this process, which is for one's own queries only.
        config: settings over the defaults and over the variables ``KG_…`` of the environment; Flask's own are among
            them. ``BASE``: what the IRIs of the store's entities begin with. ``SITE_NAME``: the heading of the pages.
            ``TIMEOUT``: seconds that a query may take. ``MEMORY``: bytes that it may use. ``WORKERS``: how many
            processes answer queries. ``CACHE``: bytes of answers to keep for the next who asks the same.

    Raises:
        StoreMissing: no store is named, or there is none at that place.
        InputError: a setting is no number.
    """
    app = Flask("kg.web")
    app.config.from_mapping(_DEFAULTS)
    app.config.from_prefixed_env("KG")
    app.config.from_mapping({name.upper(): value for name, value in config.items()})
    app.extensions["kg"] = _service(store or app.config.get("STORE"), app.config)
    for blueprint in (pages.blueprint, protocol.blueprint, linked.blueprint):
        app.register_blueprint(blueprint)
    app.after_request(_finish)
    app.register_error_handler(KgError, on_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.context_processor(lambda: {"site": app.config["SITE_NAME"], "version": __version__})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    engine = app.extensions["kg"].engine
    app.wsgi_app = AnswerCache(app.wsgi_app, lambda: engine.generation, int(_positive(app.config, "CACHE")))  # type: ignore[method-assign]
    return app


def _service(store: object, config: Mapping[str, Any]) -> Service:
    if store is None:
        raise StoreMissing("no store is named: give its folder, or set KG_STORE to it")
    base = str(config["BASE"])
    saved = {name: query.rebased(base) for name, query in load_saved().items()}
    engine = Direct(store) if isinstance(store, Store) else _workers(Path(str(store)), config)
    return Service(engine, saved, base)


def _workers(folder: Path, config: Mapping[str, Any]) -> QueryWorkers:
    size = config["WORKERS"] and int(_positive(config, "WORKERS"))
    memory = int(_positive(config, "MEMORY"))
    return QueryWorkers(folder, size=size, timeout=_positive(config, "TIMEOUT"), memory=memory)


def _positive(config: Mapping[str, Any], name: str) -> float:
    try:
        value = float(config[name])
    except (TypeError, ValueError):
        value = 0.0
    if not 0 < value < float("inf"):
        raise InputError(f"the setting {name} (or KG_{name}) must be a number above 0, not {config[name]!r}")
    return value


def _finish(response: Response) -> Response:
    """Give every answer the headers that keep a browser from being turned against its user."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
