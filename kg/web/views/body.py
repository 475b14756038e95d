"""The page of an agency or another organisation: who holds posts in it, and the encounters of its people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.vocab import READOUT
from kg.web.views import encounters
from kg.web.views.drawing import life_line
from kg.web.views.elsewhere import elsewhere
from kg.web.views.posts import held
from kg.web.views.statements import latest
from kg.web.views.tally import counted, tally
from kg.web.views.thing import Thing

__all__ = ["WHICH", "gather"]

WHICH = """{ ?meeting readout:side $thing } UNION {
        ?post org:postIn $thing . ?part readout:post ?post . ?meeting readout:participation ?part }"""
_SIDES = counted(
    "?meeting", "?matter", "?meeting readout:side $thing . ?meeting readout:side ?matter . FILTER(?matter != $thing)"
)


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``body.html`` shows of a body."""
    found = encounters.moments(WHICH, thing=thing.iri)
    posts = held("?post org:postIn $thing .", thing.iri)
    return {
        "country": thing.values(READOUT.country),
        "posts": posts,
        "life": life_line(found),
        "history": encounters.shown(found),
        "others": tally(_SIDES, thing=thing.iri),
        "said": latest("?statement readout:about $thing .", thing=thing.iri),
        "elsewhere": elsewhere(thing),
        "json_ld": _json_ld(thing),
    }


def _json_ld(thing: Thing) -> Mapping[str, Any]:
    """Return what schema.org has for a body."""
    government = READOUT.Agency.value in thing.classes
    return {"@type": "GovernmentOrganization" if government else "Organization"}
