"""What is acknowledged survives a cut of the power: what no process has flushed to the disk by then is taken away.

`strace` tells which bytes were written, and which of them were synced, before the acknowledgement. A copy of the store
is then cut down to what was synced: that is what a disk has at worst, where a file system orders its metadata (ext4,
XFS and btrfs do). The test is left out where there is no strace, or it may not look at processes.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_store

ROOT = Path(__file__).parents[2]
CALLS = "write,pwrite64,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,openat"
UPDATES = """
import os, sys
from pathlib import Path
from kg.store.writers import Writer
writer = Writer(sys.argv[1])
for number in range(3):
    writer.update(f"INSERT DATA {{ GRAPH <urn:own> {{ <urn:a> <urn:p> {number} }} }}", "urn:base:")
file = Path(sys.argv[1]).with_name("body")
file.write_text("<urn:b> <urn:p> 1 .")
writer.load("urn:put", [(file, "text/turtle")], add=False)
os.write(1, b"DONE\\n")
os._exit(0)
"""
WRITES = """
import os, sys
from pyoxigraph import Literal, NamedNode, Triple
from kg.store import DocumentWrite, open_store
with open_store(sys.argv[1], mode="write") as store:
    for graph in ("urn:own", "urn:put"):
        numbers = range(3 if graph == "urn:own" else 1)
        statements = [Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal(n)) for n in numbers]
        store.put([DocumentWrite.of(graph, statements, sha256=graph, converter="test", source="here")])
    os.write(1, b"DONE\\n")
    os._exit(0)
"""


def traced(program, store, log):
    """Run a program of Python on *store* and return what it did to files, one call a line."""
    if not shutil.which("strace"):
        pytest.skip("there is no strace")
    command = ["strace", "-f", "-y", "-qq", "-s", "8", "-o", log, "-e", f"trace={CALLS}"]
    command += [sys.executable, "-c", program, store]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120)
    if b"PTRACE" in done.stderr or b"ptrace" in done.stderr:
        pytest.skip("strace may not look at processes here")
    assert done.stdout == b"DONE\n", done.stderr.decode()
    return whole(log.read_text(encoding="utf-8", errors="replace").splitlines())


def whole(lines):
    """Yield each call in one line, at the time when it ended."""
    begun = {}
    for line in lines:
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>")
        elif resumed := re.match(r"<\.\.\. \w+ resumed>", call):
            yield begun.pop(process) + call[resumed.end() :]
        else:
            yield call


class Disk:
    """Follows how many bytes of each file were written, and how many of them are on the disk for sure."""

    def __init__(self, folder):
        self.files = {str(path): [path.stat().st_size] * 2 for path in folder.rglob("*") if path.is_file()}
        self._folder = str(folder)

    def see(self, call):
        """Follow one call."""
        found = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", call)
        if not found or int(found[3]) < 0 or self._folder not in call:
            return
        name, arguments, result = found[1], found[2], int(found[3])
        place = re.match(r"\d+<([^>]*)>", arguments)
        file = self.files.get(place[1]) if place else None
        paths = re.findall(r'"([^"]*)"', arguments)
        if name == "openat" and "O_CREAT" in arguments:
            if "O_TRUNC" in arguments or paths[0] not in self.files:
                self.files[paths[0]] = [0, 0]
        elif name.startswith("rename"):
            self._rename(*paths[:2])
        elif name.startswith("link"):
            self.files[paths[1]] = self.files[paths[0]]
        elif name.startswith("unlink"):
            self.files.pop(paths[0], None)
        elif file is not None and name in ("write", "writev"):
            file[0] += result
        elif file is not None and name == "pwrite64":
            file[0] = max(file[0], int(arguments.rpartition(",")[2]) + result)
        elif file is not None and name == "ftruncate":
            file[0] = int(arguments.rpartition(",")[2])
            file[1] = min(file)
        elif file is not None and name in ("fsync", "fdatasync"):
            file[1] = file[0]

    def _rename(self, old, new):
        for path in list(self.files):
            if path == old or path.startswith(old + "/"):
                self.files[new + path.removeprefix(old)] = self.files.pop(path)

    def cut(self, copy):
        """Take away from *copy*, which was made of the folder, what is not on the disk for sure. Return how much."""
        lost = 0
        for path, (written, synced) in self.files.items():
            file = copy / Path(path).relative_to(self._folder)
            if file.exists() and synced < written:
                size = file.stat().st_size
                lost += max(0, size - synced)
                with file.open("r+b") as opened:
                    opened.truncate(min(size, synced))
        return lost


@pytest.fixture
def place(tmp_path):
    with open_store(tmp_path / "store", mode="write"):
        pass
    return tmp_path / "store"


def after_the_cut(place, program, tmp_path):
    """Return a copy of the store as a disk has it at worst, once *program* was acknowledged what it had asked for."""
    disk = Disk(place)
    for call in traced(program, place, tmp_path / "trace"):
        disk.see(call)
        if '"DONE\\n"' in call:
            break
    copy = shutil.copytree(place, tmp_path / "copy")
    disk.cut(copy)
    return copy


@pytest.mark.parametrize("program", [UPDATES, WRITES], ids=["updates of clients", "documents of a program"])
def test_what_was_acknowledged_is_there_after_a_cut_of_the_power(place, tmp_path, program):
    copy = after_the_cut(place, program, tmp_path)
    with open_store(copy, mode="write") as store:
        assert not list(store.check())
        assert {graph: document.quads for graph, document in store.journal().items()} == {"urn:own": 3, "urn:put": 1}
    with open_store(copy) as store:
        assert len(list(store.query("SELECT * { GRAPH <urn:own> { ?s ?p ?o } }").rows())) == 3


ENGINE = """
import os, sys
import pyoxigraph as ox
store = ox.Store(sys.argv[1])
store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
if sys.argv[2:]:
    store.flush()
os.write(1, b"DONE\\n")
os._exit(0)
"""


@pytest.mark.parametrize("flushed", [True, False])
def test_the_engine_alone_loses_what_it_was_not_told_to_flush(tmp_path, flushed):
    """So the tests above mean something."""
    place = tmp_path / "engine"
    ox.Store(str(place)).flush()
    copy = after_the_cut(place, ENGINE.replace("sys.argv[2:]", str(flushed)), tmp_path)
    assert len(ox.Store(str(copy))) == flushed


def test_the_cut_takes_away_what_was_not_synced(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "before").write_text("kept")
    program = """
import os, sys
for name, synced in (("synced", True), ("not", False)):
    with open(f"{sys.argv[1]}/{name}", "w") as file:
        file.write("12345")
        file.flush()
        if synced:
            os.fsync(file.fileno())
        os.rename(file.name, file.name + "-renamed")
os.write(1, b"DONE\\n")
"""
    disk = Disk(folder)
    for call in traced(program, folder, tmp_path / "trace"):
        disk.see(call)
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert disk.cut(copy) == 5
    assert {file.name: file.read_text() for file in copy.iterdir()} == {
        "before": "kept",
        "synced-renamed": "12345",
        "not-renamed": "",
    }
