"""Web pages: the main text, without what stands around it, and what the page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.errors import Unreadable
from kg.sources.dates import day
from kg.sources.draft import Draft, metadata

__all__ = ["read"]

NOISE = (
    "script,style,noscript,template,iframe,object,svg,canvas,figure,picture,img,video,audio,nav,aside,form,button,input,"
    "select,textarea,dialog,footer,[hidden],[aria-hidden=true],[role=navigation],[role=search],[role=banner],"
    "[role=contentinfo],[role=complementary]"
)
# Classes and ids of what surrounds an article, as whole words of the name ("share-bar", not "shared-values").
NOISE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|widgets?|footer|masthead|banner|cookies?|consent|"
    r"share|sharing|social|sharedaddy|addtoany|comments?|respond|related|jp-relatedposts|recommended|newsletter|"
    r"subscribe|pagination|pager|skip|screen-reader-text|visually-hidden|sr-only|advert|ads|promo|print|toolbar|search)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
MAIN = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".post-body", ".article-body", ".article__body",
    ".body-content", ".press-release", ".field--name-body", ".article-content", "article", "main", "[role=main]",
    "#main-content", "#content", "#main",
)  # fmt: skip
BLOCK_TAGS = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(BLOCK_TAGS.split())
ENOUGH = 200
"""Characters of text that make a part of the page its main part, though a wider one has more."""
SHARE = 0.4
"""A part with less than this share of the text of a wider one is a teaser or a caption, not the article."""
LINK_SHARE = 0.7
"""A paragraph of a page without a main part is navigation if more of it than this are links."""


def read(text: str) -> Draft:
    """Read the HTML page (or fragment) *text*.

    Raises:
        Unreadable: there is no text in it, or it is built to exhaust whoever parses it.
    """
    _refuse_bombs(text)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise Unreadable("HTML without text")
    meta = _metadata(tree)
    for node in tree.css(NOISE):
        node.decompose()
    body = "\n\n".join(_main_blocks(tree.body))
    if not body.strip():
        raise Unreadable("HTML without text: perhaps a script fills the page in the browser")
    return Draft(body, meta)


# --- bombs ----------------------------------------------------------------------------------------------------------

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})([^>]*)>")
VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
SEPARATOR = re.compile(r"[\s/]+")
ALONE_TAGS = "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option"
ALONE = frozenset(ALONE_TAGS.split())
"""Elements that have no end, or whose end may be left out."""
FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
FORMATTING = frozenset(FORMATTING_TAGS.split())
MOST_TAGS = 300_000
DEEPEST = 1000
MOST_ATTRIBUTES = 500
MOST_REOPENED = 3_000_000
"""Limit of tags times formatting elements left open, each of which HTML opens again in each new paragraph."""


def _refuse_bombs(text: str) -> None:
    """Refuse what costs a parser time or memory out of proportion: depth, tags, attributes, unclosed formatting."""
    tags = depth = deepest = formatting = most_formatting = 0
    for closing, raw_name, attributes in TAG.findall(text):
        tags += 1
        name = raw_name.lower()
        step = -1 if closing else 1
        if name not in ALONE:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
        if name in FORMATTING:
            formatting = max(0, formatting + step)
            most_formatting = max(most_formatting, formatting)
        if len(attributes) > MOST_ATTRIBUTES and len(SEPARATOR.findall(VALUE.sub("", attributes))) > MOST_ATTRIBUTES:
            raise Unreadable(f"HTML with more than {MOST_ATTRIBUTES} attributes in a tag")
    if deepest > DEEPEST:
        raise Unreadable(f"HTML nested more than {DEEPEST} deep")
    if tags > MOST_TAGS or tags * most_formatting > MOST_REOPENED:
        raise Unreadable("HTML with too many tags for a press release")


# --- the text -------------------------------------------------------------------------------------------------------


def _main_blocks(body: LexborNode) -> list[str]:
    """Return the paragraphs of the most specific part that has enough text, also beside the wider ones."""
    parts = [part for selector in MAIN if (part := max(map(_clean_blocks, body.css(selector)), key=_size, default=[]))]
    most = max(map(_size, parts), default=0)
    for part in parts:
        if _size(part) >= max(ENOUGH, most * SHARE):
            return part
    if most > ENOUGH / 4:
        return max(parts, key=_size)
    for node in body.css("header"):
        node.decompose()
    return [*_blocks(body, links=False)] or [*_blocks(body)]


def _size(blocks: list[str]) -> int:
    return sum(map(len, blocks))


def _clean_blocks(node: LexborNode) -> list[str]:
    """Return the paragraphs within *node* without share bars and the like, unless nothing else is in it."""
    before = len(node.text(deep=True))
    noisy = [inner for inner in node.css("[class],[id]") if inner.mem_id != node.mem_id and _is_noise(inner)]
    if sum(len(inner.text(deep=True)) for inner in noisy) < before / 2:
        for inner in noisy:
            inner.decompose()
    return [*_blocks(node)]


def _is_noise(node: LexborNode) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return NOISE_NAME.search(names) is not None and not any(node.css(selector) for selector in MAIN[:3])


def _blocks(root: LexborNode, *, links: bool = True) -> Iterator[str]:
    """Yield the paragraphs under *root*, list items with a leading ``- ``; without *links*, no mere navigation."""
    parts: list[str] = []
    linked = 0
    mark = ""
    for node, opening in _walk(root):
        tag = node.tag
        if opening and tag == "-text":
            words = re.sub(r"[ \t\n\r\f]+", " ", node.text_content or "")
            parts.append(words)
            linked += len(words) if not links and _within_link(node) else 0
        elif opening and tag == "br":
            parts.append("\v")
        elif tag in BLOCKS:
            if block := _block("".join(parts)):
                if links or linked < LINK_SHARE * len(block):
                    yield mark + block
                mark = ""
            parts, linked = [], 0
            if tag == "li":
                mark = "- " if opening else ""
    if block := _block("".join(parts)):
        yield mark + block


def _block(text: str) -> str:
    """Lay out one paragraph, whose line breaks are its own, unless a sentence runs on over one of them."""
    lines = [line.strip() for line in text.split("\v")]
    wrapped = any(line[:1].islower() for line in lines[1:])
    return ("\n" if wrapped else "\n\n").join(lines).strip()


def _within_link(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag not in BLOCKS:
        if parent.tag == "a":
            return True
        parent = parent.parent
    return False


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Walk the tree in order without recursion: each node as it opens (True), each element also as it closes."""
    stack = [(root, True)]
    while stack:
        node, opening = stack.pop()
        yield node, opening
        if opening and node.tag != "-text":
            stack.append((node, False))
            stack += [(child, True) for child in reversed([*node.iter(include_text=True)])]


# --- what the page says of itself -----------------------------------------------------------------------------------

DATES = (
    "article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "pubdate", "publish-date", "publish_date", "publication_date", "article.published",
    "parsely-pub-date", "sailthru.date", "release_date",
)  # fmt: skip
DATE_ELEMENTS = (
    "[class*=publish-date],[class*=published],[class*=post-date],[class*=article-date],[class*=date-display],.date"
)
PUBLISHERS = ("publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "application-name")
SITE = re.compile(r"\s+(?:\||::|»|«|•)\s+[^|»«•]{2,80}$|\s+[-–—]\s+[^-–—]{2,80}$")


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    named = _meta_elements(tree)
    schema = _schema(tree)
    site = next((named[name] for name in PUBLISHERS if name in named), "")
    found: dict[str, object] = {
        "title": _heading(tree) or schema.get("headline") or named.get("og:title") or _page_title(tree, site),
        "date": next((named[name] for name in DATES if name in named), None)
        or schema.get("datePublished")
        or _attribute(tree, "[itemprop=datePublished][content]", "content")
        or _attribute(tree, "time[datetime]", "datetime")
        or _visible_date(tree),
        "url": _attribute(tree, "link[rel=canonical]", "href") or named.get("og:url") or schema.get("url"),
        "publisher": schema.get("publisher") or site,
        "language": _attribute(tree, "html[lang]", "lang") or named.get("og:locale"),
    }
    return metadata(found)


def _meta_elements(tree: LexborHTMLParser) -> dict[str, str]:
    named: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if content := (attributes.get("content") or "").strip():
            named.setdefault(name, content)
    return named


def _schema(tree: LexborHTMLParser) -> Mapping[str, object]:
    """Return the first schema.org object of the page that is dated or has a headline."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            loaded = json.loads(script.text_content or script.text() or "")
        except (ValueError, RecursionError):
            continue  # as other readers do: what the page says of itself is no use then, its text is
        items = loaded if isinstance(loaded, list) else [loaded]
        for item in items:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in graph if isinstance(graph, list) else [item]:
                if isinstance(thing, dict) and ("datePublished" in thing or "headline" in thing):
                    return thing
    return {}


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(name) if node else None


def _visible_date(tree: LexborHTMLParser) -> str | None:
    """Return the day that stands in an element whose class says that it is the date."""
    texts = (" ".join(node.text(deep=True, separator=" ").split()) for node in tree.css(DATE_ELEMENTS))
    return next((text for text in texts if day(text)), None)


def _heading(tree: LexborHTMLParser) -> str | None:
    """Return the heading of the page, if exactly one, or one within its main part, is plainly that."""
    for selector in ("article h1", "main h1", "h1"):
        found = [text for node in tree.css(selector) if (text := " ".join(node.text(deep=True, separator=" ").split()))]
        if len(set(found)) == 1 and len(found[0]) > 10:
            return found[0]
    return None


def _page_title(tree: LexborHTMLParser, site: str) -> str | None:
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node else ""
    if site and title.lower().endswith(site.lower()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" |-–—:»«•")
    return SITE.sub("", title) or None
