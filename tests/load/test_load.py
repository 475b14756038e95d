"""The loader: what changed is loaded, what did not is left, what can't be is set aside, nothing is lost."""

import gzip
import json
import multiprocessing
import os
import signal
import sys
import time

import pytest

from kg.load import SetAside, convert_paths
from kg.store import open_store
from tests.load.conftest import load, record, text
from tests.store.conftest import lines, values

MEETINGS = "SELECT ?m WHERE { ?m a <https://w3id.org/readout/ontology#Meeting> }"


def counts(report) -> tuple[int, int, int, int]:
    return report.loaded, report.replaced, report.unchanged, len(report.set_aside)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store"


def contents(path) -> list[str]:
    with open_store(path) as store:
        assert list(store.check()) == []
        return lines(store)


# --- what is loaded -----------------------------------------------------------------------------------------------


def test_a_folder_is_loaded_and_then_unchanged(path, corpus):
    assert counts(load(path, corpus)) == (12, 0, 0, 0)
    before = contents(path)
    assert counts(load(path, corpus)) == (0, 0, 12, 0)
    assert contents(path) == before
    with open_store(path) as store:
        assert len(values(store, MEETINGS)) == 12


def test_only_what_has_changed_is_replaced(path, corpus):
    load(path, corpus)
    (corpus / "call-03.txt").write_text(text(3, "fisheries"))
    (corpus / "call-12.txt").write_text(text(12))
    assert counts(load(path, corpus)) == (1, 1, 11, 0)
    assert any("fisheries" in line for line in contents(path))


def test_force_converts_again_and_changes_nothing(path, corpus):
    load(path, corpus)
    before = contents(path)
    assert counts(load(path, corpus, force=True)) == (0, 12, 0, 0)
    assert contents(path) == before


def test_another_base_is_another_configuration(path, corpus):
    load(path, corpus)
    assert counts(load(path, corpus, base="https://kg.example/")) == (12, 0, 0, 0)


def test_the_order_and_number_of_workers_does_not_show(corpus, tmp_path):
    (tmp_path / "calls.jsonl").write_text("\n".join(record(i) for i in range(40)))
    paths = [str(corpus), str(tmp_path / "calls.jsonl")]
    one, three = ([outcome.graphs for outcome in convert_paths(paths, jobs=jobs)] for jobs in (1, 3))
    assert one == three
    assert len(one) == 52


def test_a_large_file_is_shared_by_the_workers_and_comes_out_in_order(path, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.load.pool._SHARED", 1000)
    broken = {7: "{", 8: json.dumps({"title": "nothing"}), 90: "{"}
    records = [broken.get(i) or record(i) for i in range(100)]
    (tmp_path / "calls.jsonl").write_text("\n".join(records))
    outcomes = list(convert_paths([tmp_path / "calls.jsonl"], jobs=3))
    assert len(outcomes) == 100
    assert [i for i, outcome in enumerate(outcomes) if isinstance(outcome, SetAside)] == [7, 8, 90]
    ids = [write.id for outcome in outcomes if not isinstance(outcome, SetAside) for write in outcome.writes]
    assert [int(id.rsplit("-", 1)[1]) for id in ids] == [i for i in range(100) if i not in broken]


def test_rdf_is_loaded_as_it_is(path, tmp_path):
    (tmp_path / "a.ttl").write_text("@prefix e: <urn:e:> . e:a e:p [ e:q 'v' ] .")
    (tmp_path / "b.trig").write_text(
        "<urn:g1> { <urn:a> <urn:p> 1 } <urn:g2> { <urn:a> <urn:p> 2 } <urn:b> <urn:p> 3 ."
    )
    (tmp_path / "c.nq.gz").write_bytes(gzip.compress(b"<urn:c> <urn:p> <urn:o> <urn:g3> .\n"))
    (tmp_path / "d.jsonld").write_text('{"@id": "urn:d", "urn:p": "x"}')
    (tmp_path / "e.nt").write_text("<urn:e> <urn:p> <urn:o> .\n")
    (tmp_path / "f.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
        '<rdf:Description rdf:about="urn:f"><u:p>x</u:p></rdf:Description></rdf:RDF>'
    )
    files = sorted(tmp_path.glob("?.*"))
    assert counts(load(path, *files)) == (6, 0, 0, 0)
    with open_store(path) as store:
        assert {"urn:g1", "urn:g2", "urn:g3"} <= store.journal().keys()
        assert len(store.journal()) == 3 + 5, "what names no graph gets one of the file's own"
    before = contents(path)
    assert counts(load(path, *files)) == (0, 0, 6, 0)
    assert contents(path) == before


def test_an_export_loads_into_another_store_without_loss(path, corpus, tmp_path):
    load(path, corpus)
    exported = contents(path)
    (tmp_path / "all.nq").write_text("\n".join(exported) + "\n")
    load(tmp_path / "other", tmp_path / "all.nq")
    assert contents(tmp_path / "other") == exported


def test_a_file_of_several_graphs_of_which_one_is_gone_is_loaded_again(path, tmp_path):
    (tmp_path / "b.trig").write_text("<urn:g1> { <urn:a> <urn:p> 1 } <urn:g2> { <urn:a> <urn:p> 2 }")
    load(path, tmp_path / "b.trig")
    with open_store(path, mode="write") as store:
        store.delete(["urn:g2"])
    assert counts(load(path, tmp_path / "b.trig")) == (0, 1, 0, 0)
    with open_store(path) as store:
        assert set(store.journal()) == {"urn:g1", "urn:g2"}


def test_readers_see_what_was_loaded_while_it_goes_on(path, corpus, monkeypatch):
    monkeypatch.setattr("kg.load.writing.STATEMENTS", 1)
    monkeypatch.setattr("kg.load.writing._PUBLISH_EVERY", 0)
    seen = []

    def look(report, outcome):
        time.sleep(0.05)  # the writer is a thread of its own
        with open_store(path) as reader:
            seen.append(len(reader.journal()))
            assert list(reader.check()) == []

    load(path, corpus, progress=look)
    assert any(0 < number < 12 for number in seen)
    assert seen == sorted(seen)


# --- what is set aside --------------------------------------------------------------------------------------------


def test_what_is_unfit_is_set_aside_with_its_reason_and_the_rest_is_loaded(path, corpus, tmp_path):
    (corpus / "binary.txt").write_bytes(b"\x00\x01\x02")
    (corpus / "empty.txt").write_text("")
    (corpus / "poem.txt").write_text("The fog comes on little feet over the harbor and the town, then it moves on.\n")
    (corpus / "bad.ttl").write_text("<urn:a> <urn:p> .")
    (corpus / "unknown.xyz").write_text("?")
    (corpus / "none.nq").write_text("# nothing\n")
    report = load(path, corpus, tmp_path / "missing.txt")
    assert report.loaded == 12
    reasons = {issue.origin.rsplit("/", 1)[-1]: issue for issue in report.set_aside}
    assert set(reasons) == {"binary.txt", "empty.txt", "poem.txt", "bad.ttl", "unknown.xyz", "none.nq", "missing.txt"}
    assert reasons["poem.txt"].code == "NotAReadout"
    assert reasons["missing.txt"].code == "NotFound"
    assert "line 1" in reasons["bad.ttl"].reason
    assert all("\n" not in issue.reason and issue.origin in issue.reason for issue in report.set_aside)


def test_two_documents_that_claim_one_id_are_never_a_silent_loss(path, tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "call.txt").write_text(text(1, folder))
    report = load(path, tmp_path / "x", tmp_path / "y")
    assert counts(report) == (1, 0, 0, 1)
    assert str(tmp_path / "x" / "call.txt") in report.set_aside[0].reason
    assert "same document" in report.set_aside[0].reason
    assert counts(load(path, tmp_path / "x", tmp_path / "y")) == (0, 0, 1, 1)
    twice = tmp_path / "twice.jsonl"
    twice.write_text("\n".join([record(1, text=text(1, "bread")), record(1, text=text(1, "wine"))]))
    assert counts(load(tmp_path / "second", twice)) == (1, 0, 0, 1)


def test_what_is_set_aside_is_kept_until_it_can_be_loaded(path, corpus, tmp_path):
    kept = path / "quarantine"
    bad, good = b"<urn:a> <urn:p> .", b"<urn:a> <urn:p> 1 ."
    (corpus / "bad.ttl").write_bytes(bad)
    load(path, corpus, quarantine=kept)
    (data,) = kept.glob("*.data")
    assert data.read_bytes() == bad
    record = json.loads(data.with_suffix(".json").read_text())
    assert record["code"] == "Unreadable"
    assert record["origin"].endswith("bad.ttl")
    assert record["converter"].startswith("readout-kg/")
    (corpus / "bad.ttl").write_bytes(good)
    data.rename(kept / f"{__import__('hashlib').sha256(good).hexdigest()}.data")  # as if these had been refused before
    load(path, corpus, quarantine=kept)
    assert not list(kept.glob("*.data"))


# --- what is hostile ----------------------------------------------------------------------------------------------


def deep_triple_term() -> str:
    depth = 100_000
    return "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * depth + "<urn:o>" + " )>>" * depth + " .\n"


def test_rdf_that_kills_its_reader_is_set_aside_and_the_rest_is_loaded(path, corpus):
    (corpus / "call-05-hostile.nq").write_text(deep_triple_term())
    report = load(path, corpus, quarantine=path / "quarantine")
    assert counts(report) == (12, 0, 0, 1)
    assert "ended the process that read it" in report.set_aside[0].reason
    assert len(list((path / "quarantine").glob("*.data"))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there can the memory of a process be limited")
def test_rdf_that_wants_all_memory_is_set_aside_and_the_rest_is_loaded(path, corpus):
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    (corpus / "bomb.rdf").write_text(
        f'<!DOCTYPE r [<!ENTITY e0 "bombbomb">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
        '<rdf:Description rdf:about="urn:f"><u:p>&e9;</u:p></rdf:Description></rdf:RDF>'
    )
    assert counts(load(path, corpus)) == (12, 0, 0, 1)


def test_what_takes_too_long_is_set_aside_and_the_rest_is_loaded(path, corpus):
    depth = 60_000  # nested as deep as this, RDF/XML takes the parser many seconds
    (corpus / "slow.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
        + "<rdf:Description><u:p>" * depth
        + "</u:p></rdf:Description>" * depth
        + "</rdf:RDF>"
    )
    report = load(path, corpus, seconds=0.3)
    assert counts(report) == (12, 0, 0, 1)
    assert "took too long" in report.set_aside[0].reason


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_a_worker_that_is_killed_from_outside_costs_nothing(path, tmp_path):
    (tmp_path / "calls.jsonl").write_text("\n".join(record(i) for i in range(300)))
    seen, killed = [], []

    def kill_one(report, outcome):
        seen.append(outcome)
        if len(seen) % 80 == 0:
            worker = multiprocessing.active_children()[0]
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    report = load(path, tmp_path / "calls.jsonl", progress=kill_one)
    assert counts(report) == (300, 0, 0, 0), report.set_aside
    assert len(set(killed)) == 3
    assert not multiprocessing.active_children()


def test_a_fault_of_our_own_stops_one_document_only(path, corpus):
    """`resolve` and `extract` are not ours to break here: a document whose id makes no IRI does it."""
    from kg.load.convert import Settings, convert, problem
    from kg.sources import Source

    outcome = convert(Source("x.txt", data=b"text"), object(), Settings())  # type: ignore[arg-type]
    assert isinstance(outcome, SetAside)
    assert "a fault of this program" in outcome.issue.reason
    assert problem("x", MemoryError()).reason == "x: needs more memory than a worker may take: split it"
