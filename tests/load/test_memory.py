"""Memory does not grow with the corpus: what is held is a slice's worth, or what one transaction of the store takes."""

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


def test_loading_holds_no_more_for_five_times_the_documents(sizes, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.load.writing.STATEMENTS", 2000)  # of a stretch it is held which documents it has
    monkeypatch.setattr("kg.load.writing._AHEAD", 1)

    def load(number, run):
        with open_store(tmp_path / f"{number}-{run}", mode="write") as store:
            return load_paths(store, [sizes[number][0]])

    # The least of three: the queue between two threads is now full and now empty.
    least, most = (min(peak(lambda n=n, run=run: load(n, run)) for run in range(3)) for n in (80, 400))
    entry = 670  # bytes of what the journal says of a document
    assert most < least + 320 * entry / 2
    assert load(400, 0).unchanged == 400
    assert peak(lambda: load(400, 0)) < most
