"""The parameters of an address, read strictly: who misspells one would take the answer for another."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

from kg.errors import InputError

__all__ = ["only", "whole_number"]


def only(known: Collection[str]) -> None:
    """Refuse an address with a parameter that is not *known*.

    Raises:
        InputError: it has one; the message tells those that there are.
    """
    if unknown := sorted(request.args.keys() - set(known)):
        raise InputError(f"there is no parameter {unknown[0][:40]!r}; there are {', '.join(known)}")


def whole_number(name: str, default: int, *, least: int = 1, most: int = 999_999) -> int:
    """Return the parameter *name*, or *default* where it is absent or empty.

    Raises:
        InputError: it is no whole number from *least* to *most*.
    """
    text = request.args.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
        raise InputError(f"{name}={text[:40]} is no whole number from {least} to {most}")
    return int(text)
