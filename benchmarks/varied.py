"""Readouts by the million for measurements: the demonstration's texts with other names, places and days.

Number n is the same text in every corpus. Names of persons and of cities are exchanged for others of the lexicon, the
day of issue is any of the years 2009 to 2025, and so are the years in the text.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kg.lexicon import default_lexicon
from kg.model import Readout
from kg.sources import read

__all__ = ["records"]

_DEMO = Path(__file__).resolve().parent.parent / "kg" / "demo" / "readouts"
_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_FIRST_DAY = date(2009, 1, 20)
_DAYS = 6000


def records(number: int) -> Iterator[str]:
    """Yield *number* readouts, each as a line of JSON Lines."""
    texts = sorted(read(_DEMO), key=lambda readout: readout.id)
    for each in range(number):
        yield json.dumps(_varied(texts[each % len(texts)], each), ensure_ascii=False) + "\n"


def _varied(readout: Readout, number: int) -> dict[str, str]:
    chance = random.Random(number)  # noqa: S311  # it has to be the same each time
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    text = _exchanged(readout.text, chance)
    text = re.sub(r"\b20[0-2]\d\b", str(day.year), text)
    title, _, body = text.partition("\n\n")
    return {
        "id": f"varied-{number:09}",
        "title": title,
        "date": day.isoformat(),
        "publisher": readout.publisher or "The White House",
        "text": body,
    }


def _exchanged(text: str, chance: random.Random) -> str:
    """Give persons and cities other names, each the same new one throughout; a surname alone follows its full name."""
    persons, cities, words = _names()
    new: dict[str, str] = {}
    for name in dict.fromkeys(words.findall(text)):
        if name in cities:
            new[name] = chance.choice(cities)
        elif name in persons:
            new[name] = chance.choice(persons)
            new[name.split()[1]] = new[name].split()[1]
    if not new:
        return text
    pattern = "|".join(sorted(map(re.escape, new), key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda found: new[found[0]], text)


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    """Return the persons of the lexicon with two plain names, its cities, and what finds either."""
    lexicon = default_lexicon()
    persons = tuple(dict.fromkeys(term.person for term in lexicon.terms if _NAME.fullmatch(term.person)))
    cities = tuple(place.name for place in lexicon.places if place.type == "city" and place.name.isalpha())
    words = "|".join(sorted((*persons, *cities), key=len, reverse=True))
    return persons, cities, re.compile(rf"\b(?:{words})\b")
