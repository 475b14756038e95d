"""Memory does not grow with the corpus: what is held is a slice's worth, and in a store an entry for each document."""

import sys
import tracemalloc
from pathlib import Path

import pytest

from benchmarks.scale import measured
from kg.load import load_paths
from kg.load.plan import planned
from kg.store import open_store
from tests.load.conftest import SLICE, record
from tests.load.test_interrupted import KG


def corpus(path: Path, number: int) -> Path:
    with path.open("w") as file:
        file.writelines(record(each) + "\n" for each in range(number))
    return path


def peak(do) -> int:
    """The most bytes that Python held at a time while it did something."""
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_plan_takes_no_more_memory_for_a_hundred_times_the_input(tmp_path):
    small, large = corpus(tmp_path / "small.jsonl", 300), corpus(tmp_path / "large.jsonl", 30_000)
    least, most = (peak(lambda path=path: sum(1 for _ in planned([path], SLICE))) for path in (small, large))
    assert most < least + (4 << 20)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    """Corpora of 80 and of 400 documents, converted: the folder of each, and what the largest process took."""
    folder = tmp_path_factory.mktemp("sizes")
    paths = {number: corpus(folder / f"{number}.jsonl", number) for number in (80, 400)}
    words = ("--slice", SLICE / (1 << 20), "--jobs", 1)
    costs = {
        number: measured(*KG, "convert", path, "-o", f"{folder / str(number)}/", *words)
        for number, path in paths.items()
    }
    return {number: (folder / str(number), cost.memory) for number, cost in costs.items()}


@pytest.mark.skipif(sys.platform != "linux", reason="counts resident bytes as Linux does")
def test_converting_takes_no_more_memory_for_five_times_the_documents(sizes):
    assert sizes[400][1] < 1.15 * sizes[80][1]


def test_loading_holds_an_entry_for_each_document_and_never_its_statements(sizes, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.load.writing._AHEAD", 5)

    def load(number):
        with open_store(tmp_path / str(number), mode="write") as store:
            assert load_paths(store, [sizes[number][0]]).loaded == number

    per_document = (peak(lambda: load(400)) - peak(lambda: load(80))) / 320
    statements = 169 * 100  # of one of these documents, in bytes at least
    assert per_document < statements / 4
