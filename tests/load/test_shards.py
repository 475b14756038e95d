"""A corpus into shards and from there into a store: each document once, whoever is killed, whoever converts."""

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError, StoreError, StoreLocked
from kg.load import convert_paths
from kg.load.packing import best, opened
from kg.store import open_store
from kg.store.files import claim
from tests.load.conftest import SLICE, contents, convert, load, record, text
from tests.load.test_interrupted import KG, ROOT
from tests.store.conftest import lines


def quads(folder: Path) -> list[str]:
    files = sorted((folder / "shards").iterdir())
    return [line for file in files for line in gzip.decompress(file.read_bytes()).decode().splitlines()]


def set_aside(folder: Path) -> list[dict]:
    files = sorted((folder / "quarantine").iterdir())
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def manifest(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def stored(path: Path) -> list[str]:
    with open_store(path) as store:
        assert list(store.check()) == []
        return lines(store)


# --- what is written ----------------------------------------------------------------------------------------------


def test_shards_hold_what_converting_into_one_file_gives(calls, converted):
    one = [write.nquads for outcome in convert_paths([calls]) for write in getattr(outcome, "writes", ())]
    assert quads(converted) == "".join(one).splitlines()


def test_one_worker_and_three_write_the_same_bytes(calls, converted, tmp_path):
    for jobs in (1, 3):
        convert(tmp_path / str(jobs), calls, jobs=jobs)
        assert contents(tmp_path / str(jobs)) == contents(converted)


def test_the_manifest_says_what_there_is_and_whereof_it_was_made(converted):
    head, *shards = manifest(converted)
    assert head["shards"] == len(shards) > 3
    assert head["converter"].startswith("readout-kg/")
    assert (head["documents"], head["set_aside"]) == (198, 2)
    assert head["statements"] == len(quads(converted))
    for name in ("documents", "statements", "set_aside"):
        assert head[name] == sum(shard["counts"][name] for shard in shards)
    parts = [shard["slice"]["sources"][0]["part"] for shard in shards]
    assert [part["first"] for part in parts[1:]] == [part["stop"] for part in parts[:-1]]
    for file in (file for shard in shards for file in shard["files"]):
        assert hashlib.sha256((converted / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_what_cannot_be_taken_is_listed_with_its_reason_and_place(calls, converted):
    broken, poem = set_aside(converted)
    assert (broken["origin"], broken["code"]) == (f"{calls}:61", "Unreadable")
    assert "malformed JSON" in broken["reason"]
    assert (poem["origin"], poem["code"]) == (f"{calls} (poem)", "NotAReadout")


def test_what_was_set_aside_can_be_converted_again_from_its_copy(calls, converted, tmp_path):
    broken, poem = set_aside(converted)
    assert broken["copy"] is None, "a line of a large file: it is in its place"
    (copy,) = (converted / "copies").rglob("*.json")
    assert copy.name == poem["copy"]
    convert(tmp_path / "again", converted / "copies")
    (again,) = set_aside(tmp_path / "again")
    assert (again["code"], again["sha256"]) == ("NotAReadout", hashlib.sha256(copy.read_bytes()).hexdigest())
    copy = (tmp_path / "again" / "copies").rglob("*.json")
    assert json.loads(next(copy).read_text()) == json.loads(calls.read_text().splitlines()[100])


def test_small_files_share_shards_and_one_that_kills_its_reader_costs_itself_alone(corpus, tmp_path):
    depth = 100_000
    deep = "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * depth + "<urn:o>" + " )>>" * depth + " .\n"
    (corpus / "call-05-hostile.nq").write_text(deep)
    (corpus / "empty.txt").write_text("")
    state = convert(tmp_path / "out", corpus, tmp_path / "missing.txt", size=1 << 23)
    assert (state.slices, state.counts.documents) == (1, 12)
    killed, empty, missing = set_aside(tmp_path / "out")
    assert "ended the process that read it" in killed["reason"]
    assert (empty["code"], missing["code"]) == ("Unreadable", "NotFound")


def test_a_document_that_comes_again_in_another_shard_is_set_aside_there(tmp_path):
    path = tmp_path / "calls.jsonl"
    again = record(3, text=text(3, "wine")) + "\n"
    path.write_text("".join(record(n) + "\n" for n in range(60)) + again)
    for run in range(2):
        counts = convert(tmp_path / "out", path, size=5000).counts
        assert (counts.documents, counts.set_aside) == (60, 1), run
        assert "which came first" in set_aside(tmp_path / "out")[-1]["reason"]
    assert not any("wine" in line for line in quads(tmp_path / "out"))
    path.write_text("".join(record(n) + "\n" for n in range(4, 60)) + again)
    assert convert(tmp_path / "out", path, size=5000).counts.set_aside == 0
    assert any("wine" in line for line in quads(tmp_path / "out")), "once the first is gone, the second is taken"


# --- what is run again --------------------------------------------------------------------------------------------


def test_a_second_run_converts_what_has_changed_and_no_more(tmp_path):
    paths = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for path in paths:
        path.write_text("".join(record(ord(path.name[0]) * 100 + n) + "\n" for n in range(10)))
    convert(tmp_path / "out", *paths, size=4000)
    before = contents(tmp_path / "out")
    assert convert(tmp_path / "out", *paths, size=4000).slices_kept == 3
    assert contents(tmp_path / "out") == before
    with paths[2].open("a") as file:
        file.write(record(7) + "\n")
    state = convert(tmp_path / "out", *paths, size=4000)
    assert (state.slices_kept, state.counts.documents) == (2, 31)


def test_a_shard_that_is_gone_is_made_again_as_it_was(calls, converted, out):
    (out / "shards" / "000001.nq.gz").unlink()
    assert convert(out, calls).slices_kept == len(manifest(converted)) - 2
    assert contents(out) == contents(converted)


def test_a_shard_that_was_damaged_at_equal_size_is_made_again(calls, converted, out):
    shard = out / "shards" / "000001.nq.gz"
    shard.write_bytes(shard.read_bytes()[:-1] + b"x")
    assert convert(out, calls).slices_kept == len(manifest(converted)) - 2
    assert contents(out) == contents(converted)


def test_a_shard_that_was_written_once_more_behind_our_back_is_told_anew(calls, converted, out):
    done = out / "done" / "000002.json"
    done.write_bytes(done.read_bytes().replace(b'"settled": false', b'"settled": true'))
    assert convert(out, calls).slices_kept == len(manifest(converted)) - 1
    assert manifest(out)[3]["settled"] is True


def test_other_input_leaves_no_shards_of_the_old(out, tmp_path):
    (tmp_path / "one.jsonl").write_text(record(1) + "\n")
    assert convert(out, tmp_path / "one.jsonl").counts.documents == 1
    assert len(list((out / "shards").iterdir())) == 1
    assert load(tmp_path / "store", out).loaded == 1


def test_a_folder_with_something_else_in_it_is_left_alone(calls):
    with pytest.raises(StoreError, match="something other than shards"):
        convert(calls.parent, calls)


def test_two_runs_cannot_write_into_one_folder(calls, out):
    held = claim(out / ".lock")
    try:
        with pytest.raises(StoreLocked, match="another process converts"):
            convert(out, calls)
    finally:
        os.close(held)


def test_standard_input_cannot_be_divided(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    with pytest.raises(InputError, match="standard input"):
        convert(tmp_path / "out", "-")


# --- from shards into a store -------------------------------------------------------------------------------------


def test_a_store_of_shards_is_the_store_of_their_input(calls, converted, tmp_path):
    report = load(tmp_path / "bulk", converted)
    assert (report.loaded, report.unchanged) == (198, 0)
    load(tmp_path / "plain", calls)
    assert stored(tmp_path / "bulk") == stored(tmp_path / "plain")
    assert load(tmp_path / "bulk", converted).unchanged == 198
    assert load(tmp_path / "bulk", calls).unchanged == 198, "the journal says what it would say of the input"


def test_rdf_passes_through_shards_as_it_is(tmp_path):
    (tmp_path / "b.trig").write_text("<urn:g1> { <urn:a> <urn:p> 1, '\\n <urn:x> .' } <urn:g2> { <urn:a> <urn:p> 2 }")
    (tmp_path / "c.nt").write_text("<urn:a> <urn:p> <<( <urn:a> <urn:p> <urn:o> )>> .\n")
    files = [tmp_path / "b.trig", tmp_path / "c.nt"]
    convert(tmp_path / "out", *files)
    assert load(tmp_path / "bulk", tmp_path / "out").loaded == 2
    load(tmp_path / "plain", *files)
    assert stored(tmp_path / "bulk") == stored(tmp_path / "plain")


def test_a_shard_that_was_damaged_is_set_aside_and_the_others_are_loaded(out, tmp_path):
    shard = out / "shards" / "000001.nq.gz"
    shard.write_bytes(shard.read_bytes()[:-1] + b"x")
    report = load(tmp_path / "store", out)
    (issue,) = report.set_aside
    assert "shards/000001.nq.gz is not what the manifest says of it: remove it, and convert again" in issue.reason
    assert report.loaded == 198 - manifest(out)[2]["counts"]["documents"]


def test_shards_that_are_not_complete_are_not_loaded(out, tmp_path):
    (out / "manifest.jsonl").unlink()
    with pytest.raises(StoreError, match="did not come to an end"):
        load(tmp_path / "store", out)


@pytest.mark.parametrize("packing", ["gz", best()])
def test_a_shard_of_which_nothing_is_left_is_a_packed_file_all_the_same(tmp_path, packing):
    (tmp_path / "a.jsonl").write_text(record(1) + "\n")
    (tmp_path / "b.jsonl").write_text(record(1, text=text(1, "wine")) + "\n{\n")
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    assert convert(tmp_path / "out", *paths, packing=packing, size=300).slices == 2
    with opened(tmp_path / "out" / "shards" / f"000001.nq.{packing}") as file:
        assert file.read() == ""
    report = load(tmp_path / "store", tmp_path / "out")
    assert (report.loaded, report.set_aside) == (1, [])


# --- the command, and its end -------------------------------------------------------------------------------------


def command(*words, cwd=ROOT):
    env = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    env |= {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*KG, *map(str, words)], cwd=cwd, env=env, start_new_session=True, **streams)


def done(folder: Path) -> int:
    return len(list((folder / "done").glob("*.json"))) if folder.exists() else 0


def wait_for(condition, running=None, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        assert running is None or running.poll() is None, running.communicate()
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGINT"])
def test_a_run_that_is_ended_goes_on_where_it_was(calls, converted, tmp_path, number):
    folder = tmp_path / "out"
    words = ("convert", calls, "-o", f"{folder}/", "--jobs", 1, "--slice", SLICE / (1 << 20), "--pack", "gz")
    with command(*words) as running:
        wait_for(lambda: done(folder), running)
        running.send_signal(getattr(signal, number))
        _, errors = running.communicate(timeout=60)
    assert "Traceback" not in errors.decode()
    assert not (folder / "manifest.jsonl").exists()
    kept = done(folder)
    with command(*words) as running:
        _, errors = running.communicate(timeout=120)
    assert running.returncode == 1, errors
    assert f"({kept} of them before)" in errors.decode()
    assert contents(folder) == contents(converted)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("-o", "new/", "--format", "ttl"), 2, "shards are N-Quads"),
        (("-o", "x.nq", "--dask", "local"), 2, "--dask is for shards"),
        (("-o", "new/", "--dask", "tcp://127.0.0.1:9"), 75, "no scheduler of Dask answers at tcp://127.0.0.1:9"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(calls, tmp_path, words, status, said):
    with command("convert", calls, *words, cwd=tmp_path) as running:
        _, errors = running.communicate(timeout=120)
    assert running.returncode == status, errors
    assert said in errors.decode()
    assert "Traceback" not in errors.decode()
