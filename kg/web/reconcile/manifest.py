"""The manifest: what a client has to know of a service."""

from __future__ import annotations

from typing import Any

from flask import url_for

from kg import __version__
from kg.web.reconcile.source import Source
from kg.web.reconcile.wire import MOST_QUESTIONS, Draft
from kg.web.service import service

__all__ = ["manifest"]

_SIZE = {"width": 400, "height": 260}


def manifest(source: Source, version: str, root: str) -> dict[str, Any]:
    """Return the manifest of *source*, whose endpoint is at *root*, as *version* has it."""
    shared = {
        "versions": [version],
        "name": source.name,
        "identifierSpace": source.identifier_space,
        "schemaSpace": source.schema_space,
        "documentation": url_for("pages.api", _external=True, _anchor="reconcile"),
        "logo": url_for("static", filename="icon.svg", _external=True),
        "serviceVersion": __version__,
        "batchSize": MOST_QUESTIONS,
    }
    if service().settings.private:
        shared["authentication"] = {"type": "apiKey", "name": "Authorization", "in": "header"}
    return shared | (_draft(source) if version == Draft.version else _old(source, root))


def _old(source: Source, root: str) -> dict[str, Any]:
    return {
        "view": {"url": source.view},
        "defaultTypes": [{"id": sort.id, "name": sort.name} for sort in source.types],
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", **_SIZE},
        "suggest": {
            kind: {"service_url": root, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def _draft(source: Source) -> dict[str, Any]:
    names = {sort.id: sort.name for sort in source.types}
    return {
        "view": {"url": source.view.replace("{{id}}", "{id}")},
        "defaultTypes": [
            {"id": each.id, "name": each.name, "broader": [{"id": id, "name": names[id]} for id in each.broader]}
            for each in source.types
        ],
        "preview": _SIZE,
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
        "lang": "en",
    }
