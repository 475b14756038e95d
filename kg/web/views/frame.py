"""What surrounds the content of a page: its address, its way down, its data, its query, its citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import request, url_for

from kg import __version__
from kg.sparql import GRAPHS
from kg.vocab import SKOS
from kg.web.service import service
from kg.web.views.dates import human
from kg.web.views.thing import Thing

if TYPE_CHECKING:
    from kg.web.views.kinds import Kind

__all__ = ["Alternate", "Crumb", "Page", "cited", "list_page", "thing_page"]

DATA = GRAPHS[:4]
"""The forms in which the statements about a thing are had."""
_FOLLOWED = {
    **dict.fromkeys(("official", "person"), "official"),
    **dict.fromkeys(("agency", "organization"), "agency"),
    **dict.fromkeys(("country", "place"), "country"),
    **dict.fromkeys(("initiative", "event", "topic"), "initiative"),
}
"""What has a feed of its new encounters, and by which parameter (`kg.web.feeds`)."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A link with its text: a step of the way to a page, of which the last has no address, or a question."""

    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form."""

    label: str
    media_type: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The frame of one page. Addresses are absolute where others will keep them."""

    title: str
    description: str
    canonical: str
    permalink: str
    citation: str
    crumbs: Sequence[Crumb] = ()
    alternates: Sequence[Alternate] = ()
    query: str = ""
    questions: Sequence[Crumb] = ()
    iri: str = ""
    json_ld: Mapping[str, Any] = field(default_factory=dict)

    @property
    def report(self) -> str | None:
        """Where an error of this page is reported, if the one who runs the site wants to know."""
        where = service().settings.report
        if where.startswith(("https://", "http://")):
            return where.replace("{page}", quote(self.permalink, safe=""))
        return f"mailto:{where}?subject={quote(f'Error in {self.permalink}', safe='')}" if where else None


def thing_page(
    thing: Thing,
    *,
    kind: Kind,
    description: str,
    json_ld: Mapping[str, Any],
    citation: str = "",
) -> Page:
    """Return the frame of the page of a thing, whose *kind* knows the query of its table.

    *json_ld* is what schema.org knows of it beyond name and address.
    """
    permalink = url_for("linked.identity", tail=thing.tail, _external=True)
    same = [match.target.iri for match in thing.matches if match.relation != SKOS.closeMatch.value]
    return Page(
        title=thing.label,
        description=description,
        canonical=url_for("linked.page", tail=thing.tail, _external=True),
        permalink=permalink,
        citation=citation or cited(f"“{thing.label}”"),
        crumbs=(
            Crumb("Home", url_for("pages.start")),
            Crumb(kind.plural, url_for("search.search", type=kind.search or None)),
            Crumb(thing.label),
        ),
        alternates=(
            *(
                Alternate(f.label, f.media_type, url_for("linked.data", tail=thing.tail, extension=f.name))
                for f in DATA
            ),
            Alternate("CSV", "text/csv", url_for("linked.rows", tail=thing.tail)),
            *_feed(thing, kind),
        ),
        query=kind.query(thing),
        questions=list(_questions(thing)),
        iri=thing.iri,
        json_ld={
            "@context": "https://schema.org",
            "@id": thing.iri,
            "name": thing.label,
            "url": permalink,
            **({"sameAs": same} if same else {}),
            **json_ld,
        },
    )


def _feed(thing: Thing, kind: Kind) -> Iterator[Alternate]:
    if kind.search in _FOLLOWED:
        about: dict[str, Any] = {_FOLLOWED[kind.search]: thing.tail}
        yield Alternate("Atom", "application/atom+xml", url_for("feeds.feed", **about))


def _questions(thing: Thing) -> Iterator[Crumb]:
    """Yield the saved questions that can be asked about such a thing: one of their values is by default of its kind."""
    sort = thing.tail.partition("/")[0] + "/"
    for saved in service().saved.values():
        fitting = [one.name for one in saved.parameters if one.type == "iri" and one.default.startswith(sort)]
        if fitting and not any(one.name == "endpoint" for one in saved.parameters):
            values: dict[str, Any] = {fitting[0]: thing.tail}
            yield Crumb(saved.title, url_for("pages.question", name=saved.name, **values))


def list_page(title: str, description: str, query: str = "", json_ld: Mapping[str, Any] | None = None) -> Page:
    """Return the frame of a page of the site itself; the *query* behind it gives its CSV and JSON."""
    address = request.base_url
    forms = (("CSV", "text/csv", "csv"), ("JSON", "application/sparql-results+json", "json"))
    return Page(
        title=title,
        description=description,
        canonical=address,
        permalink=request.url,
        citation=cited(f"“{title}”"),
        crumbs=(Crumb("Home", url_for("pages.start")), Crumb(title)),
        alternates=[
            Alternate(label, media_type, url_for("protocol.sparql", query=query, format=name))
            for label, media_type, name in forms
            if query
        ],
        query=query,
        json_ld=json_ld or {"@context": "https://schema.org", "@type": "WebPage", "name": title, "url": address},
    )


def cited(what: str, by: str = "") -> str:
    """Return a citation in the manner of APA, with the day of access; *by* is who published what is cited."""
    site = f"{service().settings.site_name} (readout-kg {__version__})"
    return f"{by + ' ' if by else ''}{what}. In {site}. Retrieved {human(date.today().isoformat())}, from"
