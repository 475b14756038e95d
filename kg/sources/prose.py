"""Plain text and Markdown, with or without front matter or a block of header lines."""

from __future__ import annotations

import re
from typing import Any

import yaml

from kg.errors import Unreadable
from kg.sources import page
from kg.sources.draft import FIELDS, Draft, metadata
from kg.sources.markup import has_blocks, plain

__all__ = ["read"]

FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LONGEST_FRONT_MATTER = 1 << 16
HEADER = re.compile(r"\s*((?:[A-Za-z][\w -]{1,24}:[ \t]+\S.*\n)+)[ \t]*\n")
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same loader twice; the one in C is ten times as fast and comes with the usual wheels."""


def read(text: str) -> Draft:
    """Read plain text or Markdown.

    Raises:
        Unreadable: the front matter is not YAML, or no mapping of names to values.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta, body = _front_matter(text) or _header(text) or ({}, text)
    return Draft(page.read(body).body if has_blocks(body) else plain(body), meta)


def _front_matter(text: str) -> tuple[dict[str, str], str] | None:
    found = FRONT_MATTER.match(text, 0, LONGEST_FRONT_MATTER)
    if not found:
        return None
    try:
        loaded = yaml.load(found.group(1), Loader=Loader)  # noqa: S506  # it is the safe loader
    except yaml.YAMLError as error:
        raise Unreadable(_complaint(error)) from error
    except (ValueError, RecursionError) as error:  # a date like 2024-13-45; nesting without end
        raise Unreadable(f"malformed front matter: {str(error) or 'nested too deeply'}") from error
    if loaded is None:
        return {}, text[found.end() :]
    if not isinstance(loaded, dict):
        if re.match(r"\s*[\w-]+[ \t]*:", found.group(1)):
            raise Unreadable("malformed front matter: it must give values by name, like `title: …`")
        return None  # a text that begins with a ruled line
    return metadata(loaded), text[found.end() :]


def _complaint(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 2}" if mark else ""  # counted from 0, after the line ---
    return (
        f"malformed front matter{where}: {getattr(error, 'problem', None) or 'not YAML'}; is a value in need of quotes?"
    )


def _header(text: str) -> tuple[dict[str, str], str] | None:
    """Read a block of lines like ``Title: …`` and ``Date: …`` at the beginning, as saved pages and mails have it."""
    found = HEADER.match(text, 0, LONGEST_FRONT_MATTER)
    if not found:
        return None
    pairs = (line.split(":", 1) for line in found.group(1).splitlines())
    fields = {name.strip(): value.strip() for name, value in pairs}
    meta = metadata(fields)
    known = {name for names in FIELDS.values() for name in names}
    first = next(iter(fields)).lower().replace(" ", "_")
    return (meta, text[found.end() :]) if first in known and "title" in meta else None
