"""The bundles of the front end, where they were built (``kg/web/frontend``): their addresses, and serving them.

The pages do without them. Their names carry a hash of their content, so a browser may keep them for ever.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_from_directory, url_for

from kg.errors import NotFound

__all__ = ["Bundle", "build_name", "bundle", "bundle_files", "register"]

BUILT = Path(__file__).resolve().parent / "static" / "build"
_FOREVER = "public, max-age=31536000, immutable"
_UNHASHED = ("manifest.json", "THIRD-PARTY-LICENSES.txt")

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Addresses of a bundle on this site: the `script`, a module, and the `styles` that belong to it.

    In a template it stands for the address of its script.
    """

    script: str
    styles: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.script


def bundle(name: str) -> Bundle | None:
    """Return the bundle called *name* (``pages`` or ``editor``), or None where the front end was not built."""
    entry = bundle_files().get(f"src/{name}.ts")
    return entry and Bundle(_address(entry.script), tuple(map(_address, entry.styles)))


def bundle_files() -> Mapping[str, Bundle]:
    """Return the files of the bundles by the name of their source; nothing where the front end was not built."""
    return _read()[0]


def build_name() -> str:
    """Return what names this build, the same on every machine; pages that name its files are of one build."""
    return _read()[1]


def register(app: Flask) -> None:
    """Serve the bundles of *app*, let its templates name them (``bundle("pages")``), and tell scripts the base."""
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"bundle": bundle, "entity_base": app.extensions["kg"].base})


@blueprint.get("/static/build/<path:name>")
def built(name: str) -> Response:
    """Serve a file of the build, packed if the client takes that and there is a packed one."""
    packed = request.accept_encodings["gzip"] > 0 and (BUILT / f"{name}.gz").is_file()
    if not packed and not (BUILT / name).is_file():
        raise NotFound(f"there is no file {name!r} in the build")
    response = send_from_directory(BUILT, f"{name}.gz" if packed else name, mimetype=_type(name))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "no-cache" if name in _UNHASHED else _FOREVER
    return response


def _read() -> tuple[Mapping[str, Bundle], str]:
    try:
        path = f"{BUILT}/manifest.json"
        return _manifest(path, os.stat(path).st_mtime_ns)  # noqa: PTH116  # at each request, and pathlib takes longer
    except OSError:
        return {}, ""


@lru_cache(maxsize=4)
def _manifest(path: str, changed: int) -> tuple[Mapping[str, Bundle], str]:
    """Read vite's manifest once for each time it was written: a developer builds while the server runs."""
    text = Path(path).read_bytes()
    entries = ((name, entry) for name, entry in json.loads(text).items() if entry.get("isEntry"))
    bundles = {name: Bundle(entry["file"], tuple(entry.get("css", ()))) for name, entry in entries}
    return bundles, hashlib.sha256(text).hexdigest()[:16]


def _address(name: str) -> str:
    return url_for("assets.built", name=name)


def _type(name: str) -> str:
    kinds = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".txt": "text/plain"}
    return kinds.get(Path(name).suffix, "application/octet-stream")
