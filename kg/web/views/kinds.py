"""Which page a thing has: by its classes, the most specific first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.vocab import READOUT, SCHEMA, SKOS
from kg.web.views import body, document, encounters, fact, land, matter, meeting, other, person, post
from kg.web.views.asking import sparql
from kg.web.views.thing import Thing

__all__ = ["Kind", "kind_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: what it is called, what it shows, and the query of the table in it.

    `gather` returns the variables of the template; among them, ``json_ld`` (what schema.org has for the thing),
    ``label``, ``description`` and ``citation`` go into the frame. `search` is the type that the search knows it by.
    """

    name: str
    plural: str
    search: str
    template: str
    gather: Callable[[Thing], Mapping[str, Any]]
    table: str

    def query(self, thing: Thing) -> str:
        """Return the query behind the page of *thing*, which gives its table."""
        return sparql(self.table, thing=thing.iri)


def _met(which: str) -> str:
    return encounters.TABLE.replace("$which", which)


def _matter(name: str, plural: str, search: str) -> Kind:
    return Kind(name, plural, search, "matter.html", matter.gather, _met(matter.WHICH))


def _fact(name: str, plural: str, search: str = "") -> Kind:
    return Kind(name, plural, search, "fact.html", fact.gather, other.TABLE)


_OTHER = Kind("Thing", "Things", "", "other.html", other.gather, other.TABLE)
_KINDS: Mapping[str, Kind] = {
    READOUT.Readout.value: Kind("Readout", "Readouts", "readout", "document.html", document.gather, document.TABLE),
    READOUT.Meeting.value: Kind("Encounter", "Encounters", "meeting", "meeting.html", meeting.gather, meeting.TABLE),
    READOUT.Official.value: Kind("Official", "Officials", "official", "person.html", person.gather, _met(person.WHICH)),
    READOUT.Person.value: Kind("Person", "Persons", "person", "person.html", person.gather, _met(person.WHICH)),
    READOUT.Agency.value: Kind("Agency", "Agencies", "agency", "body.html", body.gather, _met(body.WHICH)),
    READOUT.Organization.value: Kind(
        "Organisation", "Organisations", "organization", "body.html", body.gather, _met(body.WHICH)
    ),
    READOUT.Country.value: Kind("Country", "Countries", "country", "land.html", land.gather, _met(land.WHICH)),
    SCHEMA.Country.value: Kind("Country", "Countries", "country", "land.html", land.gather, _met(land.WHICH)),
    READOUT.Place.value: Kind("Place", "Places", "place", "land.html", land.gather, _met(land.WHICH)),
    READOUT.Initiative.value: _matter("Initiative", "Initiatives", "initiative"),
    READOUT.Event.value: _matter("Event", "Events", "event"),
    SKOS.Concept.value: _matter("Topic", "Topics", "topic"),
    READOUT.Post.value: Kind("Post", "Posts", "post", "post.html", post.gather, _met(post.WHICH)),
    READOUT.Statement.value: _fact("Statement", "Statements", "statement"),
    READOUT.Participation.value: _fact("Part in an encounter", "Parts in encounters"),
    READOUT.Holding.value: _fact("Holding of a post", "Holdings of posts"),
}


def kind_of(thing: Thing) -> Kind:
    """Return the kind of page that a thing has; one of no class of ours is a plain thing."""
    return next((kind for cls, kind in _KINDS.items() if cls in thing.classes), _OTHER)
