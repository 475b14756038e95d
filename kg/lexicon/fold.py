"""Two simplified forms of a name: one to compare by, one to write into an identifier."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "slug"]

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "ə": "e",
        "Ə": "E",
        "ħ": "h",
        "Ħ": "H",
    }
)
_APOSTROPHES = re.compile("['`’‘ʻʼʿʾ′]")
_SEPARATORS = re.compile(r"[\W_]+")


def _ascii(text: str) -> str:
    """Drop the accents, and write letters that are no plain letter plus accent with plain ones."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in parts if not unicodedata.combining(character))


@lru_cache(maxsize=32768)
def fold(name: str) -> str:
    """Return *name* in the form names are compared by: no case, accents, apostrophes, dots; one space between words.

    >>> fold("Jean-Yves Le Drian"), fold("Côte d’Ivoire"), fold("U.S."), fold("Joseph R. Biden, Jr.")
    ('jean yves le drian', 'cote divoire', 'us', 'joseph r biden jr')
    """
    plain = _APOSTROPHES.sub("", _ascii(name)).replace(".", "")
    return _SEPARATORS.sub(" ", plain).strip().casefold()


@lru_cache(maxsize=32768)
def slug(name: str) -> str:
    """Return *name* as the tail of an identifier: plain lower-case words joined by hyphens.

    >>> slug("Côte d'Ivoire"), slug("São Tomé and Príncipe")
    ('cote-d-ivoire', 'sao-tome-and-principe')
    """
    return _SEPARATORS.sub("-", _ascii(name)).strip("-").lower()
