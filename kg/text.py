"""The canonical text and its sentences; `slug` makes names the tails of IRIs.

Every offset in the product counts code points of the canonical text, so `canonical` is idempotent: what it returned
once it returns again. It knows nothing of Markdown or HTML; `kg.sources` takes those away first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from kg.lexicon import slug
from kg.model import Span

__all__ = ["canonical", "reflowed", "sentences", "slug"]

LONGEST_WRAPPED_LINE = 160
"""A line longer than this was not wrapped by hand or by a mailer: each line of its block is a paragraph."""

NEWLINES = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ODD_SPACES = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, zero-width and bidirectional marks, controls, lone surrogates, noncharacters. The two joiners stay
# within Arabic and Indic scripts, where they are spelling.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
STRAY_JOINERS = re.compile(r"(?<![\u0600-\u1fff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0600-\u1fff\u200c\u200d])")
BLANK_LINES = re.compile(r"\n(?: *\n)+")
SPACES = re.compile(r"  +")

BULLET = re.compile(r"[-*•‣▪◦●○■□➢➤·\uf0b7] +(?=\S)|[•‣▪◦●➢➤\uf0b7](?=\w)")
DASH = re.compile(r"[–—] +(?=\S)")
LONE_MARK = re.compile(r"^ *([-*•‣▪◦●○■□➢➤·\uf0b7–—]) *\n *", re.MULTILINE)
NUMBER = re.compile(r"(?:\d{1,2}|[a-z])[.)](?: |$)")
LABEL = re.compile(r"[A-Z][A-Za-z]*(?: [A-Za-z]+){0,3}:")
UNFINISHED = re.compile(r"(?:,|(?<=[ \n])(?:a|an|and|as|at|by|for|from|in|its|of|on|or|our|that|the|their|to|with))$")
ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")


def canonical(raw: str) -> str:
    r"""Bring *raw* plain text into the form that all offsets refer to.

    Unicode NFC; spaces of all kinds become plain ones; soft hyphens, zero-width and control characters go. Hard wraps
    are undone: each paragraph and each list item is one line. The items of a list follow each other line by line, each
    with a leading ``- `` (or its number); one blank line stands between all else.

    >>> canonical("The two sides\nmet today.\n\n\n• Trade\n• Ports\nand roads")
    'The two sides met today.\n\n- Trade\n- Ports and roads'
    """
    return reflowed(_plain_characters(raw))


def reflowed(text: str) -> str:
    """Undo the hard wraps of *text*, in which all characters are in canonical form already; the rest of `canonical`."""
    units: list[tuple[bool, str]] = []
    for block in BLANK_LINES.split(text):
        for is_item, line in _units(block):
            if units and not is_item and _goes_on(units[-1][1], line):
                units[-1] = (units[-1][0], f"{units[-1][1]} {line}")
            else:
                units.append((is_item, line))
    before = [False, *(is_item for is_item, _ in units)]
    seams = (
        "\n" if is_item and after_item else "\n\n" for (is_item, _), after_item in zip(units, before, strict=False)
    )
    return "".join(seam + line for seam, (_, line) in zip(seams, units, strict=True)).lstrip("\n")


def _goes_on(before: str, line: str) -> bool:
    """Tell whether the sentence of the unit *before* goes on in *line*: a page break tore it apart."""
    return line[0].islower() and UNFINISHED.search(before, max(0, len(before) - 8)) is not None


def _plain_characters(raw: str) -> str:
    text = unicodedata.normalize("NFC", NEWLINES.sub("\n", raw.replace("\r\n", "\n")))
    text = ODD_SPACES.sub(" ", text)
    if INVISIBLE.search(text):
        text = INVISIBLE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = STRAY_JOINERS.sub("", text)
    # Once more, since what was dropped may have stood between a letter and its accent.
    return SPACES.sub(" ", unicodedata.normalize("NFC", text))


def _units(block: str) -> Iterator[tuple[bool, str]]:
    """Undo the hard wraps of a block without blank lines; yield its paragraphs, and its list items as such (True)."""
    if "\n" not in block:
        if line := block.strip():
            yield _unit(line)
        return
    lines = [line for line in map(str.strip, LONE_MARK.sub(r"\1 ", block).split("\n")) if line]
    if not lines:
        return
    width = max(map(len, lines))
    apart = width > LONGEST_WRAPPED_LINE or _is_column(lines)
    is_item, current = _unit(lines[0])
    for previous, line in pairwise(lines):
        if _begins_item(line, previous, is_item) or apart or _is_break(previous, line, width):
            yield is_item, current
            is_item, current = _unit(line)
        else:
            current += " " + line
    yield is_item, current


def _unit(line: str) -> tuple[bool, str]:
    """Return the first line of a unit, as a list item with its normal mark (True) if it has one."""
    if line[0].isupper():
        return False, line
    if found := BULLET.match(line) or DASH.match(line):
        return True, "- " + line[found.end() :]
    return NUMBER.match(line) is not None, line


def _begins_item(line: str, previous: str, in_list: bool) -> bool:
    """Tell whether a list item begins with *line*, rather than a dash or a number of a sentence wrapped before it."""
    if line[0].isupper():
        return False
    if DASH.match(line):
        return in_list or ENDS_SENTENCE.search(previous) is not None
    return BULLET.match(line) is not None or (
        NUMBER.match(line) is not None and (in_list or previous.endswith((".", ";", ":", ",")))
    )


def _is_column(lines: list[str]) -> bool:
    """Tell whether the lines are a list without marks: names or headings, none of them running on into the next."""
    return (
        len(lines) > 2
        and all(len(line) < 60 and line[0].isupper() for line in lines)
        and not any(line.endswith((".", ",", ";")) for line in lines)
    )


def _is_break(line: str, following: str, width: int) -> bool:
    """Tell whether a new paragraph begins after *line*, though no blank line stands there.

    So it is where a sentence ends and the next word would still have fitted, or where a label follows.
    """
    if not following[0].isupper() or not ENDS_SENTENCE.search(line) or _is_abbreviation(line):
        return False
    first_word = following.split(" ", 1)[0]
    return len(line) + 1 + len(first_word) <= width or LABEL.match(following) is not None


# --- sentences --------------------------------------------------------------------------------------------------


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEVER_FINAL = _words(
    "Dr Drs Ma Md Mohd Mr Mrs Ms Mx Messrs Smt Mme Mlle Prof Rev Hon Fr Msgr Sen Sens Rep Reps Gov Govs Pres Sec "
    "Dep Asst Atty Dir Amb Gen Lt Col Maj Capt Cpt Cmdr Cdr Sgt Adm Brig Supt Insp Engr Eng St Ste Mt Ft H.E "
    "H.R.H H.M Rt Art Arts para vs cf e.g i.e approx ca Retd Nr bzw"
)
"""Abbreviations that stand before a name or an example, so that no sentence ends with them."""

SELDOM_FINAL = _words("Jr Sr Inc Co Corp Ltd Bros Esq Ph.D M.D etc al a.m p.m")
"""Abbreviations that end a sentence only where a typical first word follows."""

BEFORE_NUMBER = _words("No Nos Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec pp p Vol vol Sec Res S.Res H.Res")
"""Abbreviations that end no sentence where a figure follows."""

OPENERS = _words(
    "The They Their These This Those That There He She His Her It Its We Our I You In On At As By For From During "
    "After Before Following Both Each Such Also And But However With While When Where Since Through Today Tomorrow "
    "Yesterday Finally Additionally Moreover Meanwhile To If All Other Among Under Over Participants Leaders Officials "
    "Ms Mr Mrs Separately Together Building Recognizing"
)
"""Words with which a sentence begins far more often than a name does."""

OF_THE_CAPITAL = _words("Mayor Council Councilmember Circuit National Police Superior Attorney Government Department")
"""Words that follow "D.C." within a sentence: "the D.C. Council"."""

GERMAN_MONTHS = _words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")

# The end of a sentence, as far as one can see without its words.
CANDIDATE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?= [\"'“‘«(\[]*[^\W_a-z])")
LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W_]+$|[^\W_]+$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
NEXT_WORD = re.compile(r" [\"'“‘«(\[]*(\w+)(?!\.\s?\w)")
LINE = re.compile(r"[^\n]*\S[^\n]*")
ITEM_MARK = re.compile(r" *(?:[-*•] +|(?:\d{1,2}|[a-z])[.)] +)(?=\S)")


def sentences(text: str) -> tuple[Span, ...]:
    """Split canonical *text* into sentences, in order, without the white space and the list marks between them.

    Headings, titles and list items are sentences of their own. Closing quotes and brackets belong to the sentence.

    >>> text = "Dr. J. R. Ewe met Gen. Oak at 9 a.m. today. They spoke."
    >>> [span.of(text) for span in sentences(text)]
    ['Dr. J. R. Ewe met Gen. Oak at 9 a.m. today.', 'They spoke.']
    """
    return tuple(span for line in LINE.finditer(text) for span in _in_line(text, line.start(), line.end()))


def _in_line(text: str, start: int, end: int) -> Iterator[Span]:
    if mark := ITEM_MARK.match(text, start, end):
        start = mark.end()
    for found in CANDIDATE.finditer(text, start, end):
        if found.start() > start and _is_end(text, start, found):
            yield _trimmed(text, start, found.end())
            start = found.end()
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether the mark *found* ends the sentence that began at *start*, rather than an abbreviation in it."""
    if found.group()[0] != "." or found.group().startswith(".."):
        return True
    word = _word_before(text, start, found.start())
    following = NEXT_WORD.match(text, found.end())
    after = following.group(1) if following else ""
    if word in NEVER_FINAL:
        return False
    if word in BEFORE_NUMBER and after[:1].isdigit():
        return False
    if word == "D.C":  # ends many a sentence; what it qualifies is little
        return after not in OF_THE_CAPITAL
    if word in SELDOM_FINAL or INITIALS.match(word):
        return after in OPENERS
    return not (word.isdigit() and len(word) < 3 and after in GERMAN_MONTHS)


def _word_before(text: str, start: int, stop: int) -> str:
    """Return the word that ends at *stop*, with the points within it (``U.S``)."""
    found = LAST_WORD.search(text, max(start, stop - 24, text.rfind(" ", start, stop)), stop)
    return found.group() if found else ""


def _is_abbreviation(line: str) -> bool:
    """Tell whether *line* ends with an abbreviation, so that its sentence may go on."""
    if not line.endswith("."):
        return False
    word = _word_before(line, 0, len(line) - 1)
    return word in NEVER_FINAL or word in SELDOM_FINAL or word in BEFORE_NUMBER or INITIALS.match(word) is not None
