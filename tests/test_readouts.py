"""Golden cases: a short readout, and the graph that a careful reader expects of it, checked line by line.

A case is a folder of `tests/readouts/` with `readout.txt` or `readout.md`, and `expected.ttl`. The two graphs must have
the same triples (there are no blank nodes in them), but for how sure the program is, which rule of it spoke, and what
follows from a phrase's IRI. The words of each phrase stand beside it as a comment.
"""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.extract import extract
from kg.rdf import to_rdf
from kg.resolve import resolve
from kg.sources import read
from kg.vocab import ITSRDF, NIF, READOUT

CASES = sorted(path.parent for path in (Path(__file__).parent / "readouts").glob("*/expected.ttl"))
MISREAD: dict[str, str] = {}
"""What the program still gets wrong; a case that comes right fails here until it is struck off."""
APART = {READOUT.confidence, READOUT.rule, READOUT.extractor, READOUT.sha256, ITSRDF.taConfidence}
"""Not a matter of what the text says: estimates, names of rules, the version, the bytes of the file."""
PHRASE = {NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf}
"""What follows from a phrase's IRI and the text; the shapes hold it."""


def lines(triples) -> list[str]:
    return sorted(f"{t} ." for t in triples if t.predicate not in APART | PHRASE and t.object != NIF.Phrase)


def params():
    for case in CASES:
        reason = MISREAD.get(case.name)
        marks = pytest.mark.xfail(reason=reason, strict=True) if reason else ()
        yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_a_readout_becomes_the_graph_that_a_careful_reader_expects(case):
    [readout] = [found for path in case.glob("readout.*") for found in read(path)]
    expected = [quad.triple for quad in parse(path=case / "expected.ttl", format=RdfFormat.TURTLE)]
    found = [Triple(quad.subject, quad.predicate, quad.object) for quad in to_rdf(resolve(extract(readout)))]
    assert lines(found) == lines(expected)


def test_there_are_cases():
    assert len(CASES) >= 6
