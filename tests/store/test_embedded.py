"""What the embedded store promises beyond the contract: about folders, locks, disks and crashes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreFull, StoreLocked, StoreMissing
from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.files import atomically, claim
from kg.store.ledger import Entry, Ledger
from tests.store.conftest import document, lines, triple, values

ALL = "SELECT ?s ?o WHERE { ?s <urn:says> ?o }"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "store"


def filled(path: Path, *names: str) -> Path:
    with open_store(path, mode="write") as store:
        for name in names:
            store.put([document(name, triple(name, 1))])
    return path


def generations(path: Path) -> list[str]:
    return sorted(folder.name for folder in (path / "generations").iterdir())


# --- what is at the path ------------------------------------------------------------------------------------------


def test_reading_needs_a_store(path):
    with pytest.raises(StoreMissing, match="kg load"):
        open_store(path)
    path.mkdir()
    with pytest.raises(StoreMissing):
        open_store(path)


def test_a_store_whose_maker_was_killed_before_it_had_its_mark_is_made_anew(path):
    (path / "generations").mkdir(parents=True)
    (path / ".readout-kg.json.x.tmp").write_text("{")
    with pytest.raises(StoreMissing):
        open_store(path)
    with open_store(path, mode="write") as store:
        assert store.stats().documents == 0


def test_a_folder_of_something_else_is_left_alone(path):
    path.mkdir()
    (path / "letter.txt").write_text("Dear Sir")
    for mode in ("read", "write"):
        with pytest.raises(StoreError, match="something else than a store"):
            open_store(path, mode=mode)
    assert [file.name for file in path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_store(path):
    path.write_text("text")
    for mode in ("read", "write"):
        with pytest.raises(StoreError):
            open_store(path, mode=mode)


def test_a_store_of_a_newer_format_is_not_touched(path):
    filled(path, "a")
    (path / "readout-kg.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="format 99"):
        open_store(path, mode="write")


def test_a_damaged_store_says_so(path):
    filled(path, "a")
    for file in (path / "live").glob("CURRENT"):
        file.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(path, mode="write")


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="the superuser may write anywhere")
def test_a_place_that_cannot_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot make a store"):
        open_store(tmp_path / "store", mode="write")


# --- one writer, many readers -------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_in_one_line(path):
    with open_store(path, mode="write"), pytest.raises(StoreLocked, match="another process is writing") as caught:
        open_store(path, mode="write")
    assert "\n" not in str(caught.value)
    open_store(path, mode="write").close()


def test_a_writer_in_another_process_keeps_writers_out_and_lets_readers_in(path):
    filled(path, "a")
    script = (
        "import sys; from kg.store import open_store\n"
        "with open_store(sys.argv[1], mode='write'): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", script, path], stdin=-1, stdout=-1, cwd=Path.cwd()) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreLocked):
            open_store(path, mode="write")
        with open_store(path) as reader:
            assert values(reader, ALL) == [("urn:a", "1")]
        other.stdin.close()
    assert other.returncode == 0


def test_generations_that_nobody_reads_are_swept(path):
    filled(path, "a", "b")
    reader = open_store(path)
    with open_store(path, mode="write") as writer:
        for number in range(3):
            writer.put([document("c", triple("c", number))])
            writer.publish()
        assert len(generations(path)) == 2, "the one that is read, and the newest"
        assert values(reader, ALL) == [("urn:a", "1"), ("urn:b", "1")]
        reader.close()
        writer.put([document("c", triple("c", 9))])
        writer.publish()
        assert len(generations(path)) == 1


def test_what_a_killed_writer_left_half_made_is_swept(path):
    filled(path, "a")
    (path / "generations" / "making-99").mkdir()
    (path / "generations" / "98").mkdir()
    filled(path, "b")
    assert generations(path) == [(path / "current").read_text().strip()]


def test_opening_to_write_without_writing_makes_no_new_generation(path):
    filled(path, "a")
    before = (path / "current").read_text()
    filled(path)
    assert (path / "current").read_text() == before


def test_a_reader_needs_no_right_to_write(path):
    filled(path, "a")
    subprocess.run(["chmod", "-R", "a-w", str(path)], check=True)
    try:
        with open_store(path) as reader:
            assert values(reader, ALL) == [("urn:a", "1")]
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(path)], check=True)


def test_an_open_view_of_rdflib_keeps_its_generation(path):
    filled(path, "a")
    with open_store(path, mode="write") as writer:
        view = writer.graph
        for number in range(3):
            writer.put([document("a", triple("a", "new", number))])
            writer.publish()
        assert len(generations(path)) == 2
        assert len(view.graph("urn:graph:a")) == 1


# --- disks --------------------------------------------------------------------------------------------------------


def test_a_disk_with_too_little_room_is_not_written_to(path):
    store = EmbeddedStore(path, write=True, reserve=1 << 60)
    with store, pytest.raises(StoreFull, match="MB are free"):
        store.put([document("a", triple("a", 1))])
    with open_store(path) as reader:
        assert values(reader, ALL) == []


def test_a_long_batch_ends_before_the_disk_is_full_and_nothing_of_it_is_written(path):
    with EmbeddedStore(path, write=True, reserve=1) as store:

        def documents():
            for number in range(1000):
                yield document(f"d{number}", triple("s", number))
                if number == 300:
                    store._reserve = 1 << 60  # somebody else has filled it

        with pytest.raises(StoreFull, match="MB are free"):
            store.put(documents())
        assert len(store.journal()) == 0
        store._reserve = 1
        store.put([document("a", triple("a", 1))])
        assert list(store.check()) == []


def test_a_document_that_the_disk_lost_is_reported_and_can_be_loaded_again(path, tmp_path):
    filled(path, "a")
    shutil.copytree(path / "live", tmp_path / "older")
    filled(path, "b")
    shutil.rmtree(path / "live")  # what a truncated write-ahead log amounts to: an older state, and no word of it
    shutil.copytree(tmp_path / "older", path / "live")
    with open_store(path, mode="write") as store:
        assert list(store.lost) == ["urn:graph:b"]
        assert "urn:graph:b" not in store.journal()
        assert any("is lost" in line for line in store.check())
        store.put([document("c", triple("c", 1))])
    with open_store(path, mode="write") as store:
        assert list(store.lost) == ["urn:graph:b"], "it stays so until it is there again"
        store.put([document("b", triple("b", 1))])
        assert list(store.lost) == []
    with open_store(path) as reader:
        assert values(reader, ALL) == [("urn:a", "1"), ("urn:b", "1"), ("urn:c", "1")]
        assert list(reader.check()) == []


def test_a_lost_replacement_is_reported_too(path, tmp_path):
    filled(path, "a")
    shutil.copytree(path / "live", tmp_path / "older")
    with open_store(path, mode="write") as store:
        store.put([document("a", triple("a", "newer"), key="newer")])
    shutil.rmtree(path / "live")
    shutil.copytree(tmp_path / "older", path / "live")
    with open_store(path, mode="write") as store:
        assert list(store.lost) == ["urn:graph:a"]
        assert store.journal()["urn:graph:a"].key == "key", "so the loader does not take the newer file for unchanged"


def test_a_deletion_is_no_loss(path):
    filled(path, "a", "b")
    with open_store(path, mode="write") as store:
        store.delete(["urn:graph:a"])
    with open_store(path, mode="write") as store:
        assert list(store.lost) == []


def test_what_was_written_but_not_acknowledged_is_adopted(path):
    filled(path, "a", "b")
    ledger = path / "ledger.jsonl"
    kept = ledger.read_text().splitlines(keepends=True)[:-1]
    ledger.write_text("".join(kept) + '{"revision": 3, "gra')  # killed while it wrote the last line
    with open_store(path, mode="write") as store:
        assert list(store.lost) == []
        assert len(store.journal()) == 2
    assert {entry.graph for entry in Ledger(ledger).entries()} == {"urn:graph:a", "urn:graph:b"}


def test_check_finds_what_was_changed_behind_the_back_of_the_store(path):
    filled(path, "a", "b")
    with open_store(path, mode="write") as store:
        store._live.update(
            "INSERT DATA { <urn:new> <urn:p> 1 ."
            " GRAPH <urn:graph:a> { <urn:x> <urn:p> 2 } GRAPH <urn:stray> { <urn:y> <urn:p> 3 } }"
        )
        found = "\n".join(store.check())
    assert "urn:graph:a: the journal says 1 statements, the graph has 2" in found
    assert "urn:stray: the journal does not know this graph" in found
    assert "the default graph has 1 statements that no document has" in found
    assert "the default graph lacks 2 statements of the documents" in found


def test_an_old_ledger_is_written_anew(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for revision in range(30):
        ledger.append([Entry(revision, f"urn:{i}", "k", 1) for i in range(100)])
    ledger.append([Entry(31, "urn:0", None, 0)])
    there = {f"urn:{i}": 29 for i in range(1, 99)}  # number 0 was deleted, and 99 was lost
    audit = ledger.audit(there.get)
    assert (audit.revision, audit.lost, audit.undeleted) == (31, ("urn:99",), ())
    ledger.compact(audit, there.get)
    assert [entry.graph for entry in ledger.entries()] == [f"urn:{i}" for i in range(1, 100)]
    assert ledger.audit(there.get).lost == ("urn:99",)


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_is_whole_or_as_it_was(tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("before")

    def fail():
        with atomically(target) as output:
            output.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert target.read_text() == "before"
    with atomically(target) as output:
        output.write(b"after")
    assert target.read_text() == "after"
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]


def test_a_claim_ends_with_its_descriptor(tmp_path):
    from kg.store.files import unclaimed

    path = tmp_path / "in-use"
    path.touch()
    descriptor = claim(path)
    with unclaimed(path) as free:
        assert not free
    os.close(descriptor)
    with unclaimed(path) as free:
        assert free


def test_the_ledger_says_what_was_put(path):
    filled(path, "a")
    (line,) = (path / "ledger.jsonl").read_text().splitlines()
    assert json.loads(line) == {"revision": 2, "graph": "urn:graph:a", "key": "key", "quads": 1}
    with open_store(path) as reader:
        assert lines(reader) == ['<urn:a> <urn:says> "1" <urn:graph:a> .']
