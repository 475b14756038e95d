"""JSON and JSON Lines: records whose fields have one of the usual names (also JSON Feed, also schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kg.errors import Unreadable
from kg.sources import page, prose
from kg.sources.draft import Draft, metadata

__all__ = ["PAGES", "TEXTS", "load", "read", "record"]

TEXTS = ("text", "body", "content_text", "articleBody", "markdown", "content")
PAGES = ("html", "content_html", "body_html", "content", "description")
LISTS = ("items", "documents", "records", "results", "articles", "releases", "data", "@graph")


def read(text: str) -> Iterator[tuple[str, object]]:
    """Yield the records of the JSON *text* with their numbers: of a list, of an object that holds one, or itself.

    Raises:
        Unreadable: it is not JSON.
    """
    loaded = load(text)
    if isinstance(loaded, dict):
        inside = next((loaded[name] for name in LISTS if isinstance(loaded.get(name), list)), None)
        loaded = [loaded] if inside is None or _text(loaded) else inside
    if not isinstance(loaded, list):
        raise Unreadable("JSON without records: neither an object nor a list of objects")
    yield from ((str(number), item) for number, item in enumerate(loaded, start=1))


def load(text: str) -> object:
    """Parse JSON; raise `Unreadable` with the place where it is malformed, or if it is nested absurdly deep."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise Unreadable(f"malformed JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise Unreadable("malformed JSON: nested too deeply") from error
    except ValueError as error:  # e.g. an integer of more digits than Python converts
        raise Unreadable(f"malformed JSON: {error}") from error


def record(item: object, number: str | None) -> Draft:
    """Make a draft of one record.

    Raises:
        Unreadable: it is no object, or no field of it has text.
    """
    if not isinstance(item, Mapping):
        raise Unreadable("no record: a JSON object with a field `text` is needed")
    meta = metadata(item)
    if text := _text(item):
        draft = prose.read(text)
    elif html := next((value for name in PAGES if isinstance(value := item.get(name), str) and value.strip()), None):
        draft = page.read(html)
    else:
        raise Unreadable(f"no text: the record has none of the fields {', '.join(dict.fromkeys(TEXTS + PAGES))}")
    return Draft(draft.body, {**draft.meta, **meta}, number)


def _text(item: Mapping[str, object]) -> str | None:
    return next((value for name in TEXTS if isinstance(value := item.get(name), str) and value.strip()), None)
