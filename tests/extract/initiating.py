"""Initiatives, found in a text whose people and bodies are told beforehand, in a form that reads well in a claim."""

from kg.extract.initiatives.find import find_initiatives
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Agency, Initiative, Mention, Person, Place, Readout, Span
from kg.text import sentences

PLACES = ("Norway", "Ghana", "Samoa", "Oslo")


def found(text: str, people: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> tuple[Initiative, ...]:
    """Return the initiatives of the text; *people* and *bodies* are the persons and bodies that it names."""

    def mentions(name: str) -> tuple[Mention, ...]:
        return tuple(Mention(Span(at, at + len(name)), "test") for at in range(len(text)) if text.startswith(name, at))

    scene = Scene(
        Readout(id="x/y", text=text),
        default_lexicon(),
        sentences(text),
        people=tuple(Person(id=f"official/{name}", name=name, mentions=mentions(name)) for name in people),
        agencies=tuple(Agency(id=f"agency/{name}", name=name, mentions=mentions(name)) for name in bodies),
        places=tuple(Place(id=f"place/{name}", name=name, mentions=mentions(name)) for name in PLACES),
    )
    return find_initiatives(scene)


def names(text: str, **known: tuple[str, ...]) -> list[str]:
    """Return the names of the initiatives of the text, in order."""
    return [initiative.name for initiative in found(text, **known)]
