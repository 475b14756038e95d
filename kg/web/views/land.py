"""The page of a country or another place: whom it met, through whom, on what; and what happened there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.vocab import READOUT, SCHEMA
from kg.web.views import encounters
from kg.web.views.drawing import coordinates, life_line
from kg.web.views.elsewhere import elsewhere
from kg.web.views.posts import held
from kg.web.views.statements import latest
from kg.web.views.tally import counted, tally
from kg.web.views.thing import Thing

__all__ = ["WHICH", "gather"]

WHICH = "{ ?meeting readout:side $thing } UNION { ?meeting schema:location $thing }"
_WHOM = counted(
    "?meeting", "?other", "?meeting readout:side $thing . ?meeting readout:side ?other . FILTER(?other != $thing)", 20
)
_THROUGH = counted(
    "?meeting",
    "?person",
    "?part readout:side $thing . ?part readout:person ?person . ?meeting readout:participation ?part",
)
_ON = counted("?meeting", "?matter", "?meeting readout:side $thing . ?meeting readout:addresses ?matter")


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``land.html`` shows of a place."""
    found = encounters.moments(WHICH, thing=thing.iri)
    country = _is_country(thing)
    return {
        "country": country,
        "within": thing.values(READOUT.within),
        "whom": tally(_WHOM, thing=thing.iri) if country else [],
        "through": tally(_THROUGH, thing=thing.iri) if country else [],
        "matters": tally(_ON, thing=thing.iri) if country else [],
        "posts": held("?post org:postIn $thing .", thing.iri, most=12) if country else [],
        "life": life_line(found),
        "history": encounters.shown(found),
        "said": latest("?statement readout:about $thing .", thing=thing.iri),
        "elsewhere": elsewhere(thing),
        "json_ld": _json_ld(thing),
    }


def _is_country(thing: Thing) -> bool:
    """Tell whether a place is a state, named in a text or only implied."""
    return bool(thing.classes & {READOUT.Country.value, SCHEMA.Country.value})


def _json_ld(thing: Thing) -> Mapping[str, Any]:
    """Return what schema.org has for a place."""
    known = coordinates().get(thing.iri.rsplit("/", 1)[-1]) if _is_country(thing) else None
    geo = {"geo": {"@type": "GeoCoordinates", "latitude": known[0], "longitude": known[1]}} if known else {}
    return {"@type": "Country" if _is_country(thing) else "Place", **geo}
