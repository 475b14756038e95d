"""Scenes made by hand for the stage of meetings: the text says in braces what earlier stages found.

``{Ana Ruiz|Minister|Peru}`` is a person with an office, whose words stand right before the name; ``{@Lima|Peru}``
is a place in a country, ``{@Peru}`` the country itself, ``{#EU}`` a body, ``{!Lima Compact}`` an initiative and
``{^She|Ana Ruiz}`` another mention of a person.
"""

import re
from datetime import date

from kg.extract.encounters import find_meetings
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Agency, Holding, Initiative, Mention, Person, Place, Post, Readout, Span
from kg.text import sentences, slug

MARK = re.compile(r"\{([@#!^]?)([^{}|]+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}")
WEDNESDAY = date(2024, 3, 13)

RUIZ = "Secretary {Ana Ruiz|Secretary|United States}"
OSEI = "Minister {Kofi Osei|Minister|Ghana}"
MOE = "Minister {Lea Moe|Minister|Norway}"
ROCA = "Minister {Luis Roca|Minister|Peru}"


def scene(marked, *, title=None, issued=WEDNESDAY, publisher="The White House"):
    """Return the scene of a release with the marks taken out of its text."""
    found, text, head = [], "", 0
    whole = f"{title}\n\n{marked}" if title else marked
    if title:
        head = len(MARK.sub(lambda mark: mark[2], title))
    last = 0
    for mark in MARK.finditer(whole):
        text += whole[last : mark.start()]
        found.append((mark, Span(len(text), len(text) + len(mark[2]))))
        text += mark[2]
        last = mark.end()
    text += whole[last:]
    readout = Readout(
        id="test/1", text=text, title=Span(0, head) if title else None, issued=issued, publisher=publisher
    )
    return Scene(
        readout,
        default_lexicon(),
        sentences(text),
        people=tuple(_people(text, found)),
        agencies=tuple(
            Agency(id=f"agency/{slug(m[2])}", name=m[2], mentions=(Mention(span, "test"),), country=_of(m[3]))
            for m, span in found
            if m[1] == "#"
        ),
        places=tuple(_places(found)),
        initiatives=tuple(
            Initiative(id=f"initiative/{slug(m[2])}", name=m[2], mentions=(Mention(span, "test"),))
            for m, span in found
            if m[1] == "!"
        ),
    )


def told(marked, **how):
    """Return the encounters of which a release tells."""
    return find_meetings(scene(marked, **how))


def who(meeting):
    """Return who took part in it, as the tails of their ids."""
    return {part.person.removeprefix("official/") for part in meeting.participations}


def _of(name):
    return f"place/{slug(name)}" if name else None


def _people(text, found):
    named = {}
    for mark, span in found:
        if mark[1] in ("", "^"):
            named.setdefault(mark[3] if mark[1] else mark[2], []).append((mark, span))
    for name, marks in named.items():
        holdings = tuple(
            Holding(post=Post(title=m[3], of=_of(m[4])), evidence=Mention(_with_title(text, m[3], span), "test"))
            for m, span in marks
            if not m[1] and m[3]
        )
        mentions = tuple(Mention(span, "test") for _, span in marks)
        yield Person(id=f"official/{slug(name)}", name=name, mentions=mentions, holdings=holdings)


def _with_title(text, title, span):
    start = span.start - len(title) - 1
    return Span(start, span.end) if text[max(0, start) : span.start - 1] == title else span


def _places(found):
    named = {}
    for mark, span in found:
        if mark[1] == "@":
            named.setdefault(mark[2], (mark[3], []))[1].append(Mention(span, "test"))
    for name, (country, mentions) in named.items():
        yield Place(
            id=f"place/{slug(name)}", name=name, country=not country, within=_of(country), mentions=tuple(mentions)
        )


__all__ = ["WEDNESDAY", "scene"]
