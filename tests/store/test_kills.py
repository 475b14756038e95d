"""A writer that is killed at any moment loses nothing that it acknowledged, and leaves nothing half done."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import open_store

WRITER = """
import sys
from pyoxigraph import Literal, NamedNode, Triple
from kg.store import DocumentWrite, open_store

path, start = sys.argv[1], int(sys.argv[2])
with open_store(path, mode="write") as store:
    print("open", flush=True)
    for turn in range(start, start + 1000):
        # Ten new documents, and the ten before them in a new version.
        batch = []
        for number in range(10 * turn - 10, 10 * turn + 10):
            if number >= 0:
                shared = Triple(NamedNode("urn:shared"), NamedNode("urn:p"), Literal(number % 7))
                subject, predicate = NamedNode(f"urn:d{number}"), NamedNode("urn:p")
                own = (Triple(subject, predicate, Literal(f"{turn} {i}")) for i in range(40))
                batch.append(DocumentWrite.of(
                    f"urn:graph:{number}", [shared, *own], sha256="", converter="", source="", key=str(turn)))
        store.put(batch)
        print(turn, flush=True)
        if turn % 3 == 0:
            store.publish()
"""


ENDLESS = """
import itertools, sys
from kg.store import DocumentWrite, open_store

def documents():
    for number in itertools.count():
        lines = (f"<urn:d{number}> <urn:p{i}> <urn:o{i}>" for i in range(5000))
        yield DocumentWrite.of_lines(f"urn:g{number}", lines, id="", key="", sha256="", converter="", source="")

with open_store(sys.argv[1], mode="write") as store:
    store.put(documents())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_twenty_kills_lose_nothing_and_leave_nothing_half_done(tmp_path):
    path, chance, turn = tmp_path / "store", random.Random(2), 0
    for kill in range(20):
        acknowledged = killed_after(path, turn, chance.uniform(0, 0.7))
        with open_store(path, mode="write") as store:
            assert list(store.check()) == [], f"kill {kill}"
            assert list(store.lost) == []
            journal = store.journal()
            for last in acknowledged[-1:]:
                assert {f"urn:graph:{number}" for number in range(10 * last + 10)} <= journal.keys()
                assert all(int(journal[f"urn:graph:{n}"].key) >= last for n in range(max(0, 10 * last - 10), 10 * last))
            turn = len(journal) // 10
            assert len(journal) == 10 * turn
    assert turn > 20, "it did write between the kills"
    with open_store(path) as reader:
        assert list(reader.check()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_a_writer_that_is_killed_in_the_midst_of_a_long_batch_leaves_nothing_of_it_on_the_disk(tmp_path):
    path = tmp_path / "store"
    open_store(path, mode="write").close()
    before = sum(file.stat().st_size for file in path.rglob("*.sst"))
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(path)], cwd=Path(__file__).parents[2]) as writer:
        while not list((path / "live").glob("bulk-*.sst")):
            assert writer.poll() is None
            time.sleep(0.05)
        writer.send_signal(signal.SIGKILL)
    with open_store(path, mode="write") as store:
        assert len(store.journal()) == 0
        assert list(store.check()) == list(store.lost) == []
    assert sum(file.stat().st_size for file in path.rglob("*.sst")) == before


def killed_after(path: Path, start: int, seconds: float) -> list[int]:
    """Let a writer write for some time, kill it, and return the turns that it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        return [int(line) for line in writer.stdout.read().split()]
