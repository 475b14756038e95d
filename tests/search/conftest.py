"""Invented readouts in a small index, made as `kg.store.finder` makes it, and asked as the pages ask it."""

from dataclasses import dataclass

import pytest

from kg.search import Entry, Index, Question, find, make


@dataclass(frozen=True)
class Asked:
    """An index with a shorter way to ask it."""

    index: Index

    def __call__(self, words="", **facets):
        given = {name: (value,) if isinstance(value, str) else value for name, value in facets.items()}
        return find(self.index, Question(words, given, limit=100))

    def labels(self, words="", **facets):
        return [hit.label for hit in self(words, **facets).hits]


def person(slug, name, *names, offices=(), country="norland", years=("2021",), kind="official"):
    facets = {("country", f"https://example.org/place/{country}"), *(("year", year) for year in years)}
    return Entry(
        f"urn:official/{slug}",
        kind,
        name,
        names,
        offices,
        detail=offices[0] if offices else "",
        facets=frozenset(facets),
    )


def country(slug, name):
    return Entry(
        f"https://example.org/place/{slug}",
        "country",
        name,
        facets=frozenset({("country", f"https://example.org/place/{slug}")}),
    )


HARBOUR = (
    "Readout of Harbour Talks\n\nMinister Zoë Ångström met with Ambassador Ravi d’Souza. They agreed to dredge the "
    "Sund before winter, and spoke about <b>rice</b> prices & freight."
)
DOCUMENTS = [
    (
        "urn:graph/1",
        "1",
        [
            person("susan-rice", "Susan Rice", "Ambassador Rice", offices=("Envoy, Norland",)),
            Entry("urn:topic/rice", "topic", "rice"),
            Entry("urn:topic/rice-prices", "topic", "rice prices"),
            country("norland", "Norland"),
            country("ivory", "Côte d’Ivoire"),
            Entry(
                "urn:document/1",
                "readout",
                "Readout of Harbour Talks",
                text=HARBOUR,
                detail="Norland Foreign Office",
                date="2021-03-01",
                facets=frozenset({("year", "2021"), ("publisher", "Norland Foreign Office")}),
            ),
            Entry(
                "urn:statement/1",
                "statement",
                "agreed to dredge the Sund before winter",
                text="agreed to dredge the Sund before winter",
                date="2021-03-01",
                facets=frozenset({("act", "agree"), ("year", "2021")}),
            ),
        ],
    ),
    (
        "urn:graph/2",
        "1",
        [
            person("susan-rice", "Susan Rice", "Susan E. Rice", years=("2022",)),
            person(
                "zoe-angstrom",
                "Zoë Ångström",
                offices=("Foreign Minister, Sudoria",),
                country="sudoria",
                years=("2022",),
            ),
            person("ricardo-lund", "Ricardo Lund", years=("2022",), kind="person"),
            country("sudoria", "Sudoria"),
            country("norland", "Norland"),
        ],
    ),
]


@pytest.fixture
def documents():
    return [(graph, state, list(entries)) for graph, state, entries in DOCUMENTS]


@pytest.fixture
def index(tmp_path, documents):
    make(tmp_path / "index.sqlite", documents, 7)
    index = Index(tmp_path / "index.sqlite")
    yield index
    index.close()


@pytest.fixture
def ask(index):
    return Asked(index)


@pytest.fixture(scope="session")
def demonstration_writes():
    """Ten readouts of the demonstration, ready to be put into a store."""
    from itertools import islice
    from pathlib import Path

    from kg.load import Converted, convert_paths

    folder = Path(__file__).resolve().parents[2] / "kg" / "demo" / "readouts"
    outcomes = convert_paths(sorted(folder.iterdir())[:14], jobs=1)
    converted = (outcome for outcome in outcomes if isinstance(outcome, Converted))
    return [write for outcome in islice(converted, 10) for write in outcome.writes]
