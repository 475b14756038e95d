"""`/feed.atom`: new encounters as a feed (RFC 4287): all, or those of an official, agency, country, initiative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

from flask import Blueprint, Response, request, url_for

from kg.errors import InputError
from kg.records import Source, records, thing
from kg.web.parameters import only
from kg.web.service import service, tagged_page
from kg.web.views import body, land, matter, person

__all__ = ["blueprint"]

blueprint = Blueprint("feeds", __name__)

_ATOM = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_UNDATED = "1970-01-01"
"""The day of an entry whose readout has none: Atom demands one."""
_KINDS: Mapping[str, str] = {
    "official": person.WHICH,
    "agency": body.WHICH,
    "country": land.WHICH,
    "initiative": matter.WHICH,
}
"""What encounters a feed has: the pattern for each parameter of its address."""
_NEWEST = """
SELECT ?meeting ?issued WHERE {
  { SELECT DISTINCT ?meeting WHERE { $which } }
  ?meeting readout:status status:held .
  ?document readout:reports ?meeting
  OPTIONAL { ?document dcterms:issued ?issued }
} ORDER BY DESC(STR(?issued)) ?meeting LIMIT $limit"""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")

Xml.register_namespace("", _NAMESPACE)


@blueprint.get("/feed.atom")
def feed() -> Response:
    """Give the encounters of the newest readouts, each with its sentence."""
    return tagged_page(_rendered, f"{_ATOM}; charset=utf-8")


def _rendered() -> str:
    source = service().source
    title, which, values, address = _wanted(source)
    rows = source.ask(_NEWEST.replace("$which", which), limit=_ENTRIES, **values)
    issued: dict[str, str] = {}
    for meeting, day in rows:
        issued.setdefault(meeting, _day(day))
    entries = [_entry(record, issued[record["iri"]]) for record in records(source, list(issued))]
    root = Xml.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", f"{max(issued.values(), default=_UNDATED)}T00:00:00Z")
    _add(_add(root, "author"), "name", service().settings.site_name)
    _add(root, "link", rel="self", type=_ATOM, href=address)
    _add(root, "link", rel="alternate", type="text/html", href=url_for("pages.start", _external=True))
    root.extend(entries)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _wanted(source: Source) -> tuple[str, str, dict[str, str], str]:
    """Return title, pattern, values for the pattern, and address of the feed that is asked for.

    Raises:
        InputError: there is no such parameter.
        NotFound: nothing is known of whom it is about.
    """
    only(_KINDS)
    if len(request.args) > 1:
        raise InputError("a feed is narrowed down by one thing at a time")
    site = service().settings.site_name
    for name, which in _KINDS.items():
        if given := request.args.get(name):
            iri = source.iri(given)
            label = thing(source, iri)["label"]
            address = url_for("feeds.feed", _external=True, **{name: service().tail(iri) or iri})
            return f"{site}: encounters of {label}", which, {"thing": iri}, address
    return f"{site}: new encounters", "?meeting a readout:Meeting", {}, url_for("feeds.feed", _external=True)


def _entry(record: Mapping[str, Any], day: str) -> Xml.Element:
    """Make the entry of an encounter. Its id is the IRI, which stays whatever is learnt about it."""
    entry = Xml.Element(_tag("entry"))
    quote: Mapping[str, Any] = next(iter(record["evidence"]), {})
    _add(entry, "id", record["iri"])
    _add(entry, "title", record["label"] or record["iri"])
    _add(entry, "updated", f"{day}T00:00:00Z")
    _add(entry, "published", f"{day}T00:00:00Z")
    if publisher := quote.get("publisher"):
        _add(_add(entry, "author"), "name", publisher)
    _add(entry, "link", rel="alternate", type="text/html", href=_page(record["iri"]))
    if (origin := quote.get("source", "")).startswith(("http://", "https://")):
        _add(entry, "link", rel="via", href=origin)
    _add(entry, "category", term=record.get("kind", "meeting"))
    _add(entry, "summary", quote.get("sentence") or record["label"])
    return entry


def _page(iri: str) -> str:
    tail = service().tail(iri)
    return iri if tail is None else url_for("linked.page", tail=tail, _external=True)


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    """Add an element, without what no XML can hold: texts and names are made by others."""
    made = Xml.SubElement(parent, _tag(name), {key: _NO_XML.sub("", value) for key, value in attributes.items()})
    made.text = _NO_XML.sub("", text) or None
    return made


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _day(text: str) -> str:
    found = _DAY.match(text)
    return found[1] if found else _UNDATED
