"""From what a reader found, body and metadata, to a `Readout`: names of fields, publisher, date, title, identity."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from kg.errors import Unreadable
from kg.lexicon import Lexicon, Publisher
from kg.model import Readout, Span
from kg.sources.dates import dateline, day, day_in_address, day_in_name, stamp
from kg.sources.debris import tidy
from kg.sources.markup import plain
from kg.text import canonical, reflowed, slug

__all__ = ["FIELDS", "Draft", "finish", "metadata"]

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name"),
    "date": (
        "date", "published_time", "published", "issued", "date_published", "datepublished", "publication_date",
        "published_at", "first_published_at", "published_on", "posted_on", "posted", "pubdate", "release_date",
        "dc.date", "dcterms.issued", "dcterms.date", "created",
    ),
    "url": ("source_url", "url", "canonical_url", "permalink", "link", "source", "uri"),
    "publisher": ("publisher", "agency", "organization", "organisation", "site_name", "site", "source"),
    "id": ("id", "identifier", "guid", "uuid", "slug"),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip
"""The names under which sources give what we ask for, best first; case, hyphens and underscores don't matter."""

NO_LETTERS = re.compile(r"[\W_]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found in one document, nothing of it checked yet."""

    body: str
    """Plain text without markup, paragraphs separated by blank lines."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """Values by the keys of `FIELDS`; what the source does not give is absent."""
    record: str | None = None
    """Where in a container it stood, e.g. the number of the line; None for a file of its own."""


def metadata(found: Mapping[str, object]) -> dict[str, str]:
    """Pick from *found*, whose fields may have any of the usual names, the values that `Draft.meta` has."""
    values = {_key(name): text for name, value in found.items() if (text := _scalar(value))}
    meta = {}
    for key, names in KEYS.items():
        fitting = (values[name] for name in names if name in values)
        if key in ("url", "publisher"):  # `source` names either
            fitting = (value for value in fitting if (address(value) is not None) == (key == "url"))
        if value := next(fitting, None):
            meta[key] = value
    return meta


def _key(name: object) -> str:
    return str(name).lower().replace("_", "").replace("-", "")


KEYS = {key: tuple(map(_key, names)) for key, names in FIELDS.items()}
"""`FIELDS` as they are compared."""


def _scalar(value: object) -> str | None:
    if isinstance(value, Mapping):  # schema.org: {"@type": "Organization", "name": "…"}
        value = value.get("name") or value.get("@value") or value.get("@id")
    elif isinstance(value, list) and value:
        return _scalar(value[0]) if not isinstance(value[0], list) else None
    if isinstance(value, str | int | float | datetime | date) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


def address(value: str) -> str | None:
    """Return *value* as an http or https address fit to be an IRI, without its fragment; None if it is none."""
    value = value.strip()
    if not value.lower().startswith(("http://", "https://")) or len(value) > 4000:
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    if not host:
        return None
    return quote(urlunsplit(parts._replace(fragment="")), safe=":/?#[]@!$&'()*+,;=%-._~")


# --- the readout ----------------------------------------------------------------------------------------------------


def finish(draft: Draft, name: str, data: bytes, lexicon: Lexicon) -> Readout:
    """Make the readout of *draft*, which was read from *data*, in the file called *name* (empty if there is none).

    Raises:
        Unreadable: no text is left.
    """
    meta = draft.meta
    url = address(meta.get("url", ""))
    text, title = _text(draft.body, meta.get("title"), lexicon)
    paragraphs = text.split("\n\n")
    lines = [line for line in map(str.strip, draft.body.split("\n")) if line]
    publisher, publisher_slug = _publisher(meta.get("publisher"), url, paragraphs, lines, lexicon)
    digest = sha256(data).hexdigest()
    issued = (
        day(meta.get("date", ""))
        or (day_in_address(url) if url else None)
        or dateline(paragraphs)
        or stamp(draft.body)
        or day_in_name(name if draft.record is None else "")
    )
    heading = title.of(text) if title else None
    tail = _tail(url, meta.get("id"), name, heading, draft.record, issued) or digest[:12]
    language = meta.get("language", "").replace("_", "-")
    return Readout(
        id=f"{publisher_slug}/{tail}",
        text=text,
        title=title,
        issued=issued,
        publisher=publisher,
        source=url,
        identifier=_identifier(draft, name),
        language=language if LANGUAGE.fullmatch(language) else None,
        sha256=digest,
    )


def _identifier(draft: Draft, name: str) -> str | None:
    if draft.record is None:
        return name or None
    return draft.meta.get("id") or f"{name}#{draft.record}"


def _text(body: str, given: str | None, lexicon: Lexicon) -> tuple[str, Span | None]:
    """Return the canonical text with its title, if there is one, as its first paragraph, and the title's span."""
    text = tidy(body)
    if not text:
        raise Unreadable("no text in it")
    title = canonical(plain(html.unescape(given))).replace("\n", " ").replace("  ", " ") if given else None
    paragraphs = text.split("\n\n")
    if title:
        same = next((n for n, paragraph in enumerate(paragraphs[:6]) if _is_same(paragraph, title)), None)
    else:
        same = _heading(paragraphs, lexicon)
        title = paragraphs[same] if same is not None else None
    if not title:
        return text, None
    if same is not None:
        del paragraphs[same]
    if not paragraphs:
        raise Unreadable("no text in it besides the title")
    text = reflowed("\n\n".join((title, *paragraphs)))
    return text, Span(0, len(title)) if text.startswith(title) else None


def _is_same(paragraph: str, title: str) -> bool:
    """Tell whether a paragraph is the title, whatever its marks and the case of its letters."""
    bare = _bare(title)
    begins = bare.startswith(_bare(paragraph[: len(title)]))  # most paragraphs are long, and differ at once
    return begins and _bare(paragraph) == bare


def _bare(text: str) -> str:
    return NO_LETTERS.sub("", text).casefold()


def _heading(paragraphs: list[str], lexicon: Lexicon) -> int | None:
    """Return the number of the paragraph that is the heading of a plain text: before the first sentence, if any."""
    for number, paragraph in enumerate(paragraphs[:6]):
        if paragraph.endswith((".", ",", ";", ":", "”")) or len(paragraph) > 300 or "\n" in paragraph:
            return None
        is_letterhead = len(paragraph) < 40 and len(paragraph.split()) < 6
        if not is_letterhead and not dateline([paragraph]) and not lexicon.publisher(name=paragraph):
            return number if len(paragraphs) > number + 1 else None
    return None


# --- the publisher --------------------------------------------------------------------------------------------------

SIGNATURE = re.compile(r"(?:source|issued by|published by|press release by|released by|from)\s*:\s*(.{3,120})", re.I)
SEAM = re.compile(r"\s*[,|–—\n]\s*")
MARGIN = 4
"""A publisher signs within so many paragraphs, or lines, of the beginning or the end."""


def _margins(parts: list[str]) -> list[str]:
    return [*parts[:MARGIN], *parts[-MARGIN:]]


def _publisher(
    given: str | None, url: str | None, paragraphs: list[str], lines: list[str], lexicon: Lexicon
) -> tuple[str | None, str]:
    """Return the publisher's name, None if nobody says so, and the slug under which its documents are filed."""
    if known := lexicon.publisher(name=given, url=url):
        return known.name, known.slug
    if given:
        return given, slug(given)
    signed = _signed(_margins(paragraphs), _margins(lines), lexicon)
    if isinstance(signed, Publisher):
        return signed.name, signed.slug
    if signed:
        return signed, slug(signed)
    host = urlsplit(url).hostname if url else None
    return None, slug(host.removeprefix("www.")) if host else "unknown"


def _signed(paragraphs: Iterable[str], lines: Iterable[str], lexicon: Lexicon) -> Publisher | str | None:
    """Return who signed: a publisher that we know, named in a line of its own, or whoever "Source: …" names."""
    named = None
    for paragraph in paragraphs:
        found = SIGNATURE.fullmatch(paragraph)
        if not found and len(paragraph) > 120:
            continue
        words = found.group(1) if found else paragraph
        for part in (words, *SEAM.split(words)):
            if known := lexicon.publisher(name=part):
                return known
        if found and named is None and not address(found.group(1)):
            named = found.group(1).rstrip(".")
    return next(filter(None, (lexicon.publisher(name=line) for line in lines)), named)


# --- the identity ---------------------------------------------------------------------------------------------------

INDEX = ("index", "default", "home")
SUFFIX = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
EMPTY_WORDS = re.compile(r"(?:page|article|content|view|item|node|detail|media|news|en|de|fr|\d+)")


def _tail(
    url: str | None, given: str | None, name: str, heading: str | None, record: str | None, issued: date | None
) -> str | None:
    """Return the tail of the document's id, from the best of what the publisher gave; None if it gave nothing."""
    for value in filter(None, (url, given)):
        if not address(value):
            return slug(value)
        if own := _from_address(value):
            return _dated(own, issued)
    stem = name.partition(".")[0] if record is None else ""
    return slug(stem) if stem else _dated(slug(heading), issued) if heading else None


def _dated(tail: str, issued: date | None) -> str:
    return tail if issued is None or tail.startswith(str(issued)) else f"{issued}-{tail}"


def _from_address(url: str) -> str | None:
    """Return the last telling part of an address as a slug: the segments from it on, and what the query asks for."""
    parts = urlsplit(url)
    segments = [SUFFIX.sub("", unquote(part)) for part in parts.path.split("/") if part]
    while segments and segments[-1].lower() in INDEX:
        segments.pop()
    kept: list[str] = []
    for segment in reversed(segments):
        kept.insert(0, segment)
        if not EMPTY_WORDS.fullmatch(segment.lower()):
            break
    kept += [value for key, value in parse_qsl(parts.query) if not key.lower().startswith(("utm_", "lang"))]
    return slug("-".join(kept)) if kept else None
