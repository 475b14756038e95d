"""Markdown and stray HTML tags to plain text: the words stay, the marks go.

Lenient, since real files mix both, and linear in the length of the text, since some are hostile.
"""

from __future__ import annotations

import html
import re

__all__ = ["has_blocks", "plain"]

BLOCK_TAGS = (
    "address article aside blockquote body dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p "
    "pre section table tbody thead tr ul"
)
INLINE_TAGS = (
    "a abbr b big center cite code del em figcaption font i img ins mark o:p q s small span strike strong sub sup "
    "td th time tt u wbr"
)


def _tag(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\\)</?(?:{'|'.join(names.split())})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE)


BLOCK, INLINE, BREAK, ITEM = _tag(BLOCK_TAGS), _tag(INLINE_TAGS), _tag("br"), re.compile(r"<li\b[^<>]{0,2000}>", re.I)
PARAGRAPH = re.compile(r"<(?:p|div|br|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
AUTOLINK = re.compile(r"(?<!\\)<(?:https?://|mailto:)[^<>\s]{1,2000}>")

IMAGE = re.compile(r"!\[[^\]\[]{0,500}\]\([^()\n]{0,2000}\)")
EMPTY_LINK = re.compile(r"^\[\]\([^()\s]{0,2000}\)[ \t]*\n", re.MULTILINE)
LINK = re.compile(
    r"(?<!\\)\[([^\]\[]{0,1000})\]"
    r"(?:\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s+[\"'][^\n]{0,500}?[\"'])?\)|\[[\w -]{0,100}\])"
)
DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]: +(?:<|https?:|mailto:|/|#).*$", re.MULTILINE)
FOOTNOTE = re.compile(r"\[\^[\w-]{1,20}\]")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n(?=[ \t]{0,40}[^\sa-z])")
HEADING = re.compile(r"^ {0,3}#{1,6} +(.*)$", re.MULTILINE)
RULE = re.compile(r"^[ >]*(?:(?:[-_*=~#][ \xa0]?){3,}|(?:# ?)+)[ \t\xa0]*$", re.MULTILINE)
QUOTED = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
FENCE = re.compile(r"^ *(?:```|~~~).*$", re.MULTILINE)
ROW = re.compile(r"^ *\|(.*)\|[ \t]*$", re.MULTILINE)
BOLD_LINE = re.compile(r"^[ \t]*(\*{1,3}|__)(?=[^\s*_])([^*\n]+?)\1(:?)[ \t\xa0]*$", re.MULTILINE)
STARS = re.compile(r"\*(?:\*+|(?=\S)|(?<=\S\*))")
UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")


def has_blocks(text: str) -> bool:
    """Tell whether *text* is HTML rather than text with a tag here and there."""
    return len(PARAGRAPH.findall(text[:100_000])) > 1


def plain(text: str) -> str:
    r"""Take the marks of Markdown and HTML out of *text*. Blank lines go on separating its paragraphs.

    Headings and lines in bold become paragraphs. Images, comments and addresses go, a link's words stay.

    >>> plain("**Participants:**\n* [Ana Oak](https://example.org), *Mayor*\\*\n\\###").split("\n")
    ['', '', 'Participants:', '', '', '* Ana Oak, Mayor', '', '', '']
    """
    text = text.replace("\r\n", "\n")
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = html.unescape(text)
    if "[" in text:
        for pattern in (IMAGE, FOOTNOTE, DEFINITION, EMPTY_LINK):
            text = pattern.sub("", text)
        text = LINK.sub(r"\1", text)
    if "\\" in text:
        text = ESCAPE.sub(r"\1", text)
    return _without_marks(text)


def _without_tags(text: str) -> str:
    for opening, closing in (
        ("<!--", "-->"),
        ("<figure", "</figure>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
    ):
        text = _cut(text, opening, closing)
    text = BREAK.sub("  \n", BLOCK.sub("\n\n", ITEM.sub("\n- ", text)))
    return AUTOLINK.sub("", INLINE.sub("", text)).replace("</li>", "")


def _cut(text: str, opening: str, closing: str) -> str:
    """Remove all that stands between *opening* and *closing*; what is never closed stays."""
    kept, at = [], 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join((*kept, text[at:]))


def _without_marks(text: str) -> str:
    if "  \n" in text or "\\\n" in text:
        text = HARD_BREAK.sub("\n\n", text)
    text = HEADING.sub(_heading, RULE.sub("\n\n", text))
    if "```" in text or "~~~" in text:
        text = FENCE.sub("\n\n", text)
    if "|" in text:
        text = ROW.sub(_row, text)
    if ">" in text:
        text = QUOTED.sub("", text)
    if "*" in text or "__" in text:
        text = STARS.sub("", BOLD_LINE.sub(_bold_line, text))
    if "_" in text:
        text = UNDERSCORES.sub("", text)
    return text.replace("~~", "")


def _heading(found: re.Match[str]) -> str:
    return f"\n\n{found.group(1).rstrip(' #')}\n\n"


def _bold_line(found: re.Match[str]) -> str:
    """Make a line that is wholly in bold or italics a paragraph, unless it only happens to be wrapped like that."""
    words = found.group(2).rstrip() + found.group(3)
    before = found.string[max(0, found.start() - 80) : found.start()].rstrip(" \t\xa0")
    apart = not before or before[:-1].rstrip(" \t\xa0").endswith("\n")
    return f"\n\n{words}\n\n" if apart or words.endswith(":") else words


def _row(found: re.Match[str]) -> str:
    cells = [cell.strip() for cell in found.group(1).split("|")]
    return "\n\n" + ", ".join(cell for cell in cells if cell.strip("-: ")) + "\n\n"
