"""RSS and Atom feeds, parsed without DTDs and entities, so that no feed can expand or reach out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree  # what makes it dangerous is refused first, see _refuse_dtd
from xml.parsers import expat

from kg.errors import Unreadable
from kg.sources import prose
from kg.sources.draft import Draft, metadata

__all__ = ["read", "record"]

# Fields of an entry by the name that `metadata` knows; namespaces don't matter, the first that has text counts.
FIELDS = {
    "title": ("title",),
    "date": ("pubDate", "published", "issued", "date", "updated"),
    "id": ("guid", "id"),
    "language": ("language",),
}
TEXTS = ("encoded", "content", "description", "summary")
PREFIX = re.compile(r"(</?)\w+:")
Element = ElementTree.Element


def read(text: str) -> Iterator[tuple[str, Element, dict[str, str]]]:
    """Yield the entries of the feed *text* with their numbers, and what the feed says of all of them.

    Raises:
        Unreadable: it is malformed, or declares a document type.
    """
    root = _parsed(text)
    channel = next((node for node in root.iter() if _name(node) in ("channel", "feed")), root)
    common = {"publisher": _first(channel, ("publisher", "title")), "language": _first(channel, ("language",))}
    shared = metadata({key: value for key, value in common.items() if value})
    entries = [node for node in root.iter() if _name(node) in ("item", "entry")]
    if not entries:
        raise Unreadable("a feed without entries")
    yield from ((str(number), entry, shared) for number, entry in enumerate(entries, start=1))


def record(entry: Element, number: str, shared: dict[str, str]) -> Draft:
    """Make a draft of one entry; raise `Unreadable` if it has no text."""
    found: dict[str, object] = {key: _first(entry, names) for key, names in FIELDS.items()}
    found["url"] = _link(entry)
    body = next((text for name in TEXTS for node in entry if _name(node) == name and (text := _content(node))), None)
    if not body:
        raise Unreadable("no text: the entry has neither content nor a description")
    return Draft(prose.read(body).body, {**shared, **metadata(found)}, number)


def _parsed(text: str) -> Element:
    data = text.encode()
    try:
        _refuse_dtd(data)
        return ElementTree.fromstring(data, ElementTree.XMLParser(encoding="utf-8"))  # noqa: S314  # no DTD in it
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise Unreadable(f"malformed XML: {error}") from error


def _refuse_dtd(data: bytes) -> None:
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> None:
        raise Unreadable("XML with a document type declaration is not read: remove the line <!DOCTYPE …>")

    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _first(parent: Element, names: tuple[str, ...]) -> str | None:
    texts = ((node.text or "").strip() for name in names for node in parent if _name(node) == name)
    return next(filter(None, texts), None)


def _content(node: Element) -> str:
    """Return the content of *node*: its escaped text, or its markup where it holds elements (Atom's xhtml)."""
    if len(node):
        return PREFIX.sub(r"\1", ElementTree.tostring(node, encoding="unicode"))
    return (node.text or "").strip()


def _link(entry: Element) -> str | None:
    links = [node for node in entry if _name(node) == "link"]
    for node in links:
        if node.get("rel", "alternate") == "alternate" and (target := node.get("href") or (node.text or "").strip()):
            return target
    guid = _first(entry, ("guid", "id"))
    return guid if guid and guid.startswith("http") else None
