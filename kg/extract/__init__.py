"""From a readout to everything that it says: people and posts, bodies, places, encounters, statements.

A deterministic grammar over the words of the lexicon; the same text gives the same extraction. Each stage reads the
`Scene` that the stages before it have filled.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.cast import cast
from kg.extract.complete import completed
from kg.extract.encounters import find_meetings
from kg.extract.initiatives import find_events, find_initiatives
from kg.extract.scene import Rejected, Scene
from kg.extract.statements import find_statements
from kg.lexicon import Lexicon, default_lexicon
from kg.model import Extraction, Readout
from kg.text import sentences

__all__ = ["Scene", "cast", "extract"]


def extract(readout: Readout, lexicon: Lexicon | None = None, *, rejected: list[Rejected] | None = None) -> Extraction:
    """Return what *readout* says, by the text alone; `kg.resolve.resolve` then adds who is who.

    Args:
        readout: in canonical form, as `kg.sources` gives it.
        lexicon: background knowledge and the words of the grammar; by default what comes with the package.
        rejected: a list to which the stages add what they nearly took, and why they did not.
    """
    lexicon = lexicon or default_lexicon()
    scene = cast(Scene(readout, lexicon, sentences(readout.text), rejected=rejected))
    scene = replace(scene, events=find_events(scene))
    scene = replace(scene, initiatives=find_initiatives(scene))
    scene = replace(scene, meetings=find_meetings(scene))
    statements, topics = find_statements(scene)
    return completed(
        Extraction(
            readout=readout,
            people=scene.people,
            agencies=scene.agencies,
            initiatives=scene.initiatives,
            events=scene.events,
            places=scene.places,
            topics=topics,
            meetings=scene.meetings,
            statements=statements,
        ),
        lexicon,
    )
