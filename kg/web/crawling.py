"""What programs that walk through the site are told: `/robots.txt`, `/sitemap.xml` and its parts, `/llms.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from flask import Blueprint, Response, render_template, url_for

from kg.errors import NotFound
from kg.web.service import service, tagged_page
from kg.web.views.asking import ask

__all__ = ["blueprint"]

blueprint = Blueprint("crawling", __name__)

_PART = 10_000
"""Addresses in a part of the site map; the protocol allows 50,000, but a query has to find them in time."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MENTIONED = "OPTIONAL { ?phrase itsrdf:taIdentRef ?thing ; nif:referenceContext ?in . ?in dcterms:issued ?issued }"
_CLASSES = {
    "readout": ("Readout", "OPTIONAL { ?thing dcterms:issued ?issued }"),
    "meeting": ("Meeting", "OPTIONAL { ?in readout:reports ?thing ; dcterms:issued ?issued }"),
    "official": ("Official", _MENTIONED),
    "agency": ("Agency", _MENTIONED),
    "organization": ("Organization", _MENTIONED),
    "initiative": ("Initiative", _MENTIONED),
    "event": ("Event", _MENTIONED),
    "country": ("Country", _MENTIONED),
    "place": ("Place", _MENTIONED),
}
"""What has pages that others should find: its class, and the readouts that its page changes with."""
_PAGES = ("start", "timeline", "world", "questions", "about", "api")
_THINGS = """
SELECT ?thing (MAX(STR(?issued)) AS ?last) WHERE {
  { SELECT DISTINCT ?thing WHERE { ?thing a readout:$class } ORDER BY ?thing LIMIT $limit OFFSET $start }
  $when
} GROUP BY ?thing ORDER BY ?thing"""
_ROBOTS = """\
# Pages may be read by anybody. Queries, searches and files are for those who ask for something: /llms.txt tells how.
User-agent: *
Disallow: /sparql
Disallow: /search
Disallow: /data/
Disallow: /compare/
Disallow: /api/
Disallow: /reconcile
Disallow: /graphs
Disallow: /update

Sitemap: {sitemap}
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Say what crawlers may read: pages, and nothing that computes."""
    text = _ROBOTS.format(sitemap=url_for(".index", _external=True))
    return tagged_page(lambda: text, "text/plain; charset=utf-8")


@blueprint.get("/llms.txt")
def llms() -> Response:
    """Tell language models what is here and how to ask (llmstxt.org)."""
    return tagged_page(lambda: render_template("llms.txt", saved=service().saved.values()), "text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """List the parts of the site map (sitemaps.org)."""

    def rendered() -> str:
        parts = [url_for(".part", kind="pages", number=1, _external=True), *_parts()]
        return _xml("sitemapindex", "sitemap", [(address, "") for address in parts])

    return tagged_page(rendered, "application/xml; charset=utf-8")


@blueprint.get("/sitemap/<kind>-<int:number>.xml")
def part(kind: str, number: int) -> Response:
    """List pages of one kind, with the day of the newest readout that each depends on."""

    def rendered() -> str:
        if kind == "pages" and number == 1:
            return _xml("urlset", "url", [(url_for(f"pages.{name}", _external=True), "") for name in _PAGES])
        if kind not in _CLASSES or not (found := list(_things(kind, number))):
            raise NotFound(f"the site map has no part {kind}-{number}")
        return _xml("urlset", "url", found)

    return tagged_page(rendered, "application/xml; charset=utf-8")


def _parts() -> Iterator[str]:
    counts = service().counts()
    for kind, (cls, _) in _CLASSES.items():
        for number in range(-(-counts.get(cls, 0) // _PART)):
            yield url_for(".part", kind=kind, number=number + 1, _external=True)


def _things(kind: str, number: int) -> Iterator[tuple[str, str]]:
    cls, when = _CLASSES[kind]
    text = _THINGS.replace("$class", cls).replace("$when", when)
    for iri, last in ask(text, limit=_PART, start=_PART * (number - 1)):
        if (tail := service().tail(iri)) is not None:
            yield url_for("linked.page", tail=tail, _external=True), last


def _xml(root: str, item: str, found: list[tuple[str, str]]) -> str:
    made = Xml.Element(root, xmlns=_NAMESPACE)
    for address, last in found:
        each = Xml.SubElement(made, item)
        Xml.SubElement(each, "loc").text = address
        if last:
            Xml.SubElement(each, "lastmod").text = last[:10]
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(made, encoding="unicode") + "\n"
