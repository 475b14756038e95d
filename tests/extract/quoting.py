"""Which quotes are found in a sentence of made-up people and places."""

from kg.extract.scene import Scene
from kg.extract.statements.acts import acts_of
from kg.extract.statements.clauses import clauses
from kg.extract.statements.names import Names
from kg.extract.words import Words
from kg.lexicon import default_lexicon
from kg.model import Mention, Person, Place, Readout, Span

PEOPLE = ("Minister Adaeze Obi", "President Lund", "Ms. Obi", "the President", "The President", "She")
PLACES = ("Norway", "Ghana", "Oslo", "The United States", "the United States", "Italy")


def scene_of(text: str) -> Scene:
    """Make a scene whose people and places are the usual ones."""

    def mentions(name: str) -> tuple[Mention, ...]:
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        return tuple(Mention(Span(at, at + len(name)), "test") for at in starts)

    people = tuple(Person(id=f"official/{i}", name=name, mentions=mentions(name)) for i, name in enumerate(PEOPLE))
    places = tuple(Place(id=f"place/{name}", name=name, country=True, mentions=mentions(name)) for name in PLACES)
    readout = Readout(id="x/y", text=text)
    return Scene(readout, default_lexicon(), (Span(0, len(text)),), people=people, places=places)


def quotes(text: str) -> list[tuple[str, str]]:
    """Return act and quote of each clause of the sentence *text*."""
    scene = scene_of(text)
    span = scene.sentences[0]
    words = Words.of(text, span)
    acts = acts_of(scene.lexicon)
    found = clauses(words, Names.of(scene, span, words), acts)
    return [
        (str(acts.act(clause.cue, words, clause.stop, joint=False)), words.span(clause.first, clause.stop).of(text))
        for clause in found
    ]
