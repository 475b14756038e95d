"""The page of a post: who held it when, and the encounters in which somebody took part in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.vocab import ORG
from kg.web.views import encounters
from kg.web.views.drawing import life_line
from kg.web.views.posts import held, spans
from kg.web.views.thing import Thing

__all__ = ["WHICH", "gather"]

WHICH = "?part readout:post $thing . ?meeting readout:participation ?part"


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``post.html`` shows of a post."""
    found = encounters.moments(WHICH, thing=thing.iri)
    holders = held("VALUES ?post { $thing }", thing.iri)
    of = thing.values(ORG.postIn)
    return {
        "label": f"{thing.label}, {of[0].label}" if of else thing.label,
        "name": thing.label,
        "of": of,
        "holders": holders,
        "life": life_line(found, spans([(one.person.label, one) for one in holders])),
        "history": encounters.shown(found),
        "json_ld": {"@type": "Role", "roleName": thing.label},
    }
