"""What stands around a press release and is none of it: buttons, comments, page numbers, marks of the end.

Attributions stay ("The below is attributable to …", "Source: …"): they name persons, posts and the publisher.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kg.text import canonical

__all__ = ["tidy"]

NETWORK = "(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|tumblr|pinterest|instagram|youtube|e-?mail|rss)"

# One regular expression a line. Each has to cover a line or a paragraph as a whole, whatever the case of its letters:
# text that merely contains such words is left alone.
PATTERNS = rf"""
(?:# ?)+
- ?30 ?-
end(?:s| of (?:press )?(?:release|statement|text))?
for immediate release[.:]?
(?:click to )?(?:share|tweet|pin)(?: (?:this|it|on|to|via|by|with|page|article|post)\b.{{0,60}})?:?
(?:click to )?(?:e-?mail|print|save|like|follow)(?: (?:this|us)\b.{{0,60}})?:?
blog ?this!?
print(?:er)?[- ](?:friendly|version).{{0,20}}
link copied!?|copy link
{NETWORK}(?:[\s|,·/]*{NETWORK})*
\(?opens in (?:a )?new (?:window|tab)\)?
skip to .{{1,30}}
(?:main |site )?(?:menu|navigation)|search.{{0,10}}|home
back(?: to .{{1,30}})?|top(?: of page)?
(?:newer|older|next|previous|prev)(?: (?:post|article|story|page|release|news)s?)?:?
(?:load|read|show|see|view) (?:more|less|all)\b.{{0,30}}
posted (?:by|in|at|on)\b.{{0,80}}
(?:filed under|tags?|labels?|categor(?:y|ies)|keywords): ?.{{0,200}}
subscribe(?: (?:to|now|here|for)\b.{{0,60}})?|sign up\b.{{0,80}}
related (?:posts|articles|news|content|stories|links|items):?
reactions:?|reply|permalink|advertisement|loading\.*
leave a (?:reply|comment)|comments? (?:are )?(?:closed|off|disabled)\.?
(?:we use|this (?:web)?site uses) cookies\b.{{0,200}}|(?:accept|reject)(?: all)?(?: cookies)?
(?:all rights reserved|©|copyright ©).{{0,120}}
(?:please )?(?:click|tap) (?:here|on the)\b.{{0,400}}
(?:read|view|watch|see|download|find|listen to)\b[^.]{{0,120}}\bhere\.?
teilen|drucken|weiterempfehlen|nach oben|zum seitenanfang|partager|imprimer
"""
DEBRIS = re.compile("|".join(PATTERNS.split("\n")[1:-1]), re.IGNORECASE)
RELEASE = re.compile(r"^[ \t*]*for immediate release[ \t*:.–—-]*", re.IGNORECASE | re.MULTILINE)
END_MARK = re.compile(r"(?<=\S)[ \t]+(?:# ?){3,}[ \t]*$", re.MULTILINE)
PAGE_NUMBER = re.compile(r"(?:page )?[-–(\[]?\s?\d{1,4}\s?[-–)\]]?|(?:page )?\d{1,4} ?(?:/|of) ?\d{1,4}", re.IGNORECASE)
COMMENTS = re.compile(
    r"^[ \t]*(?:(?:no|\d{1,5}) (?:comments?|responses?|replies)(?: (?:to|on)\b.{0,200})?:?|post a comment|"
    r"leave a (?:reply|comment)|add (?:a|your) comment|comments:?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
WORD = re.compile(r"[^\W_]")
ENOUGH = 200
"""Characters that must stand before the comments of a page, or else all of it stays."""
LONGEST_DEBRIS = 440


def tidy(raw: str) -> str:
    """Bring plain text without markup into canonical form (see `kg.text.canonical`), leaving the debris out."""
    if found := COMMENTS.search(raw):
        raw = raw[: found.start()] if found.start() >= ENOUGH else COMMENTS.sub("", raw)
    raw = RELEASE.sub("", raw)
    lines = (END_MARK.sub("", raw) if "#" in raw else raw).split("\n")
    kept = (
        "" if _is_debris(line) and not after.lstrip()[:1].islower() else line for line, after in pairwise([*lines, ""])
    )
    text = canonical("\n".join(kept))
    paragraphs = text.split("\n\n")
    good = [paragraph for paragraph in paragraphs if not _is_debris_by_itself(paragraph)]
    return text if len(good) == len(paragraphs) else canonical("\n\n".join(good))


def _is_debris_by_itself(paragraph: str) -> bool:
    """Tell whether a whole *paragraph* is debris: within one, a line of figures or marks may belong to a sentence."""
    return _is_debris(paragraph) or PAGE_NUMBER.fullmatch(paragraph) is not None or not WORD.search(paragraph)


def _is_debris(line: str) -> bool:
    """Tell whether the whole *line* is debris; one in lower case goes on a sentence."""
    bare = line.strip(" \t\xa0[]")
    return len(bare) <= LONGEST_DEBRIS and not bare[:1].islower() and DEBRIS.fullmatch(bare) is not None
