"""The first stage, run on a text: who and what it finds, in a form that reads well in a claim."""

from datetime import date

from kg.extract.cast import cast
from kg.extract.scene import Scene
from kg.lexicon import default_lexicon
from kg.model import Readout, Span
from kg.text import canonical, sentences

JUNE_2022 = date(2022, 6, 15)


def read(body, *, title=None, publisher="The White House", issued=JUNE_2022, lexicon=None):
    """Return the scene of a release after its people, bodies and places have been read."""
    text = canonical(f"{title}\n\n{body}" if title else body)
    readout = Readout(
        id="test/1", text=text, title=Span(0, len(title)) if title else None, issued=issued, publisher=publisher
    )
    return cast(Scene(readout, lexicon or default_lexicon(), sentences(text)))


def names(scene):
    """Return the names of the persons, as the text has them, in order."""
    return [person.name for person in scene.people if not person.inferred]


def posts(scene):
    """Return "name: title @ what it is of" for each office, in order."""
    return [
        f"{person.name}: {holding.post.title} @ {(holding.post.of or '?').partition('/')[2] or '?'}"
        for person in scene.people
        for holding in person.holdings
    ]


def meant(scene, name):
    """Return the phrases that mean the person of that name, in order."""
    person = next(person for person in scene.people if person.name == name)
    return [mention.span.of(scene.text) for mention in person.mentions]
