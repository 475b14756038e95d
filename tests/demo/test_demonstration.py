"""The demonstration texts are read whole, fit the shapes, and are understood nearly as a careful reader does."""

import json
import subprocess
import sys
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import NamedNode, RdfFormat, serialize
from rdflib import Graph

from kg.rdf import graph_iri, to_quads
from kg.resources import demonstration as folder
from kg.resources import ontology

GOLD = Path(__file__).parent / "gold"
SCORER = Path(__file__).parents[3] / "shared" / "eval" / "score.py"


def test_every_file_gives_its_readouts_with_day_publisher_and_title(extractions):
    readouts = [extraction.readout for extraction in extractions]
    assert len(readouts) == 21
    assert all(readout.issued and readout.publisher and readout.title for readout in readouts)
    assert len({readout.id.split("/")[0] for readout in readouts}) == 10
    assert {path.stem for path in GOLD.iterdir()} == {readout.identifier for readout in readouts}


def test_all_formats_are_shown():
    assert {path.suffix for path in folder().iterdir()} == {".md", ".txt", ".html", ".jsonl"}


def test_every_text_says_that_it_is_a_demonstration():
    for path in folder().iterdir():
        assert path.read_text(encoding="utf-8").count("emonstration text, written for this project") >= 1, path.name


def test_no_debris_of_a_page_is_left(extractions):
    text = "\n".join(extraction.readout.text for extraction in extractions)
    assert not [
        word for word in ("Privacy", "Contact us", "Help us improve", "rights reserved", "<", "###") if word in text
    ]


def test_every_graph_of_the_demonstration_fits_the_shapes(demonstration):
    shapes = Graph().parse(ontology() / "shapes.ttl")
    graphs = list(demonstration.named_graphs())
    assert len(graphs) == 21
    for name in graphs:
        quads = demonstration.quads_for_pattern(None, None, None, name)
        triples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
        fits, _, report = pyshacl.validate(Graph().parse(data=triples, format="nt"), shacl_graph=shapes, inplace=True)
        assert fits, f"{name.value}: {report}"


def test_each_readout_lies_in_its_own_graph(extractions, demonstration):
    expected = {graph_iri(extraction.readout.id) for extraction in extractions}
    assert {name for name in demonstration.named_graphs() if isinstance(name, NamedNode)} == expected


def test_the_demonstration_is_understood_nearly_as_a_careful_reader_does(extractions, tmp_path):
    if not SCORER.exists():
        pytest.skip("the scorer lies outside the project, in ../shared")
    data, figures = tmp_path / "demo.nq", tmp_path / "figures.json"
    quads = (quad for extraction in extractions for quad in to_quads(extraction))
    data.write_bytes(serialize(quads, format=RdfFormat.N_QUADS))
    subprocess.run([sys.executable, SCORER, GOLD, data, "--json", figures], check=True, capture_output=True)
    measures = json.loads(figures.read_text())
    assert measures["overall"]["f1"] >= 0.95
