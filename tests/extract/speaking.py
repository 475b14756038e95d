"""Meetings made by hand at which something is said: Ada Hill of the United States and whom she met."""

from kg.extract.scene import Scene
from kg.extract.statements import find_statements
from kg.lexicon import default_lexicon
from kg.model import Meeting, Mention, Participation, Person, Place, Readout, Role, Span, Statement
from kg.text import sentences

BOTH = ("hill", "dahl")


def person(text: str, key: str, *forms: str) -> Person:
    spans = [Span(at, at + len(form)) for form in forms for at in range(len(text)) if text.startswith(form, at)]
    return Person(id=f"official/{key}", name=key, mentions=tuple(Mention(span, "test") for span in spans))


def place(text: str, key: str, *forms: str) -> Place:
    spans = [Span(at, at + len(form)) for form in forms for at in range(len(text)) if text.startswith(form, at)]
    mentions = tuple(Mention(span, "test") for span in spans)
    return Place(id=f"place/{key}", name=key, country=True, mentions=mentions)


def meeting(number: int, at: int, *who: tuple[str, str, Role], groups: tuple[str, ...] = (), kind="meeting") -> Meeting:
    evidence = Mention(Span(at, at + 1), "test")
    parts = tuple(
        Participation(person=f"official/{key}", side=f"place/{side}", role=role, evidence=evidence)
        for key, side, role in who
    )
    sides = tuple(dict.fromkeys(f"place/{side}" for _, side, _ in who))
    return Meeting(
        number=number,
        kind=kind,
        mode="in-person",
        participations=parts,
        groups=groups,
        sides=sides,
        evidence=(evidence,),
    )


def scene(
    text: str, people: tuple[Person, ...], meetings: tuple[Meeting, ...], places: tuple[Place, ...] = ()
) -> Scene:
    readout = Readout(id="x/y", text=text, publisher="The White House")
    return Scene(readout, default_lexicon(), sentences(text), people=people, places=places, meetings=meetings)


def bilateral(text: str) -> tuple[Statement, ...]:
    """Read a text of a meeting between Ada Hill (United States) and Bo Dahl (Norway)."""
    people = (person(text, "hill", "Ada Hill", "The Secretary", "She"), person(text, "dahl", "Bo Dahl", "the Minister"))
    places = (place(text, "united-states", "United States", "U.S."), place(text, "norway", "Norway", "Norwegian"))
    met = meeting(1, 0, ("hill", "united-states", "lead"), ("dahl", "norway", "member"), groups=("aides",))
    return find_statements(scene(text, people, (met,), places))[0]


def speakers(text: str) -> list[tuple[str, ...]]:
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in bilateral(text)]


def hosted(text: str, *guests: tuple[str, str, Role], groups: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return who speaks at a gathering that Ada Hill hosted at home."""
    people = (person(text, "hill", "Ada Hill", "She"), *(person(text, key, key.title()) for key, _, _ in guests))
    held = meeting(1, 0, ("hill", "united-states", "host"), *guests, groups=groups, kind="convening")
    found, _ = find_statements(scene(text, people, (held,)))
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]


def alone(text: str, *groups: str) -> list[tuple[str, ...]]:
    """Return who speaks at a meeting of Ada Hill with people of whom none is named."""
    people = (person(text, "hill", "Ada Hill", "The Secretary", "She"),)
    met = meeting(1, 0, ("hill", "united-states", "member"), groups=groups)
    found = find_statements(scene(text, people, (met,)))[0]
    return [tuple(one.removeprefix("official/") for one in statement.speakers) for statement in found]
