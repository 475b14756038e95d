"""How values are worded on pages: the filters and functions of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint

from kg.lexicon import slug
from kg.web.views.dates import human, time_tag
from kg.web.views.thing import address, clipped, is_here

__all__ = ["ACTS", "did", "guessed", "register"]

ACTS = {
    "agree": "agreed",
    "commit": "committed",
    "request": "asked",
    "concern": "voiced concern",
    "reaffirm": "reaffirmed",
    "appreciate": "appreciated",
    "discuss": "discussed",
    "inform": "informed",
}
"""What was done by saying it, in the order of weight in which pages list statements."""


def did(act: str) -> str:
    """Word an act of speech, by its name."""
    return ACTS.get(act, act)


def guessed(path: str) -> str:
    """Guess from an address that leads nowhere what was looked for.

    >>> guessed("/page/official/ada-nyberg"), guessed("/")
    ('ada nyberg', '')
    """
    return " ".join(re.findall(r"\w+", path.rsplit("/", 1)[-1]))[:100]


def register(blueprint: Blueprint) -> None:
    """Give the templates of the application their filters."""
    filters: dict[str, Callable[..., object]] = {
        "when": time_tag,
        "human": human,
        "did": did,
        "clipped": clipped,
        "address": address,
        "slugged": slug,
        "guessed": guessed,
        "showable": is_here,
    }
    for name, function in filters.items():
        blueprint.add_app_template_filter(function, name)
