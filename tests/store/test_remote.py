"""What stores behind servers promise beyond the contract: finding the way, what differs, and what is never lost."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError, ResultTooLarge, StoreError, StoreUnreachable
from kg.load import load_bulk, load_paths
from kg.resources import demonstration
from kg.store import JOURNAL, open_store
from kg.store.remote import RemoteStore, writing
from kg.store.remote.client import Client
from kg.store.remote.marks import between, read_marks
from tests.store import servers
from tests.store.conftest import SERVERS, STORES, document, emptied, lines, triple, values
from tests.store.relay import relaying

ALL = "SELECT ?s ?o WHERE { ?s <urn:says> ?o }"
XSD = "http://www.w3.org/2001/XMLSchema#"

ROOT = Path(__file__).resolve().parents[2]
on_servers = pytest.mark.parametrize("location", SERVERS, indirect=True)


# --- finding the way ----------------------------------------------------------------------------------------------


def test_the_addresses_of_a_server_are_found(oxigraph_server, virtuoso_server):
    for address in (oxigraph_server, f"{oxigraph_server}query", oxigraph_server.rstrip("/"), virtuoso_server):
        emptied(address)


def test_an_address_of_updates_can_be_named(oxigraph_server):
    named = f"{oxigraph_server}query#update=/update"
    with open_store(emptied(named), mode="write") as store:
        store.put([document("a", triple("x", 1))])
    with pytest.raises(StoreUnreachable, match=r"nothing at .* takes updates"):
        open_store(f"{oxigraph_server}query#update=/elsewhere", mode="write")


def test_what_is_no_endpoint_says_so_in_a_line(oxigraph_server):
    with pytest.raises(StoreUnreachable, match=r"no place for this|no SPARQL endpoint"):
        open_store(f"{oxigraph_server}nothing/here")
    with pytest.raises(InputError, match="no passwords in addresses"):
        open_store("http://dba:secret@127.0.0.1/sparql")
    with pytest.raises(InputError, match="update="):
        open_store("http://127.0.0.1/sparql#graphs=x")


def test_a_server_that_is_not_there_is_unreachable():
    with pytest.raises(StoreUnreachable, match=r"no answer from http://127.0.0.1:9: "):
        RemoteStore("http://127.0.0.1:9/sparql", write=False, attempts=1)


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_STORE_TOKEN": "secret"}, "Bearer secret"),
        ({"KG_STORE_USER": "ada", "KG_STORE_PASSWORD": "pöss"}, "Basic YWRhOnDDtnNz"),
    ],
)
def test_who_we_are_comes_from_the_environment(oxigraph_server, monkeypatch, environment, header):
    with relaying(oxigraph_server) as relay:
        relay.authorization = header
        with pytest.raises(StoreUnreachable, match=r"does not allow this \(401; who are you\?\): set KG_STORE_TOKEN"):
            open_store(relay.address)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with open_store(relay.address, mode="write") as store:
            store.put([document("a", triple("x", 1))])
            assert values(store, ALL) == [("urn:x", "1")]
            store.delete(["urn:graph:a"])


def test_what_fails_in_a_way_that_may_pass_is_tried_again(oxigraph_server):
    emptied(oxigraph_server)
    with relaying(oxigraph_server) as relay, open_store(relay.address, mode="write") as store:
        relay.failures = 2
        store.put([document("a", triple("x", 1))])
        relay.failures = 2
        assert values(store, ALL) == [("urn:x", "1")]
        relay.failures = 99
        with pytest.raises(StoreUnreachable, match=r"too busy or out of order \(503; try later\)"):
            RemoteStore(relay.address, write=False, attempts=1)
        relay.failures = 0


# --- what differs between servers ---------------------------------------------------------------------------------


def test_what_a_server_can_do_is_tried_and_said(oxigraph_server, virtuoso_server, union_server):
    found = {}
    for address in (oxigraph_server, virtuoso_server, union_server):
        with open_store(address, mode="write") as store:
            found[address] = (store.layout.kind, store.layout.atomic, " ".join(store.remarks))
    assert found[oxigraph_server][:2] == ("unnamed", True)
    assert found[virtuoso_server][:2] == ("named", False)
    assert found[union_server][:2] == ("union", True)
    assert "no transaction" in found[virtuoso_server][2]
    assert "xsd:duration" in found[virtuoso_server][2]
    assert "union of all graphs" in found[union_server][2]


def test_a_server_with_nothing_but_a_union_keeps_documents_whole(union_server):
    with open_store(emptied(union_server), mode="write") as store:
        store.put([document(name, triple("x", "shared"), triple(name, 1)) for name in "ab"])
        store.put([document("a", triple("y", 1))])
        store.delete(["urn:graph:b"])
        assert values(store, ALL) == [("urn:y", "1")]
        assert list(store.check()) == []


@on_servers
def test_a_reader_sees_writes_at_once_and_is_told_of_them(opener):
    writer, reader = opener("write"), opener()
    before = reader.generation
    assert not reader.refresh()
    writer.put([document("a", triple("x", 1))])
    assert values(reader, ALL) == [("urn:x", "1")]
    assert reader.refresh()
    assert reader.generation == writer.generation > before
    assert [entry.id for entry in reader.documents()] == ["a"]


@on_servers
def test_the_merge_is_no_graph_that_a_query_comes_across(store):
    store.put([document(name, triple("x", 1)) for name in "ab"])
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s <urn:says> ?o } ?s <urn:says> ?o }"
    assert values(store, graphs) == [("urn:graph:a",), ("urn:graph:b",)]
    both = "ASK { GRAPH <urn:graph:a> { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } FILTER (?g != <urn:graph:a>) }"
    assert store.query(both).truth
    from_one = "SELECT ?s FROM <urn:graph:a> { ?s ?p ?o }"
    assert values(store, from_one) == [("urn:x",)]


def test_an_account_that_may_not_write_is_told_so_and_a_server_that_cuts_answers_is_found_out(tmp_path):
    with servers.virtuoso(tmp_path, rows=50) as server:
        with open_store(server.address) as reader:
            assert not reader.journal()
        with pytest.raises(StoreUnreachable, match="does not allow this"):
            open_store(server.address, mode="write")
        server.grant()
        with open_store(server.address, mode="write") as store:
            store.put([document("large", *(triple("y", i) for i in range(120)))])
            store.put([document(f"small{i}", triple("x", i)) for i in range(60)])
        with open_store(server.address) as store:
            with pytest.raises(ResultTooLarge, match="no more than 50 rows"):
                store.query(ALL)
            assert len(store.journal()) == 61
            assert len(lines(store)) == 180
            assert list(store.check()) == []


def test_a_document_that_a_server_refuses_is_named_and_the_others_are_kept(virtuoso_server):
    lasts = Triple(NamedNode("urn:x"), NamedNode("urn:lasts"), Literal("P1D", datatype=NamedNode(f"{XSD}duration")))
    with open_store(emptied(virtuoso_server), mode="write") as store:
        with pytest.raises(StoreError, match="b can't be stored at"):
            store.put([document("a", triple("x", 1)), document("b", lasts), document("c", triple("z", 1))])
        assert [entry.id for entry in store.documents()] == ["a", "c"]


def test_a_load_sets_aside_what_a_server_refuses_and_goes_on(virtuoso_server, tmp_path):
    names = [tmp_path / f"{name}.nt" for name in "abc"]
    for name, value in zip(names, ("1", "P1D", "3"), strict=True):
        kind = "duration" if value == "P1D" else "integer"
        name.write_text(f'<urn:{name.stem}> <urn:p> "{value}"^^<{XSD}{kind}> .\n')
    with open_store(emptied(virtuoso_server), mode="write") as store:
        report = load_paths(store, names, jobs=1, quarantine=tmp_path / "quarantine")
        assert (report.loaded, report.statements, len(store.journal())) == (2, 2, 2)
    (issue,) = report.set_aside
    assert issue.origin.endswith("b.nt")
    assert "can't be stored at" in issue.reason
    (copy,) = (tmp_path / "quarantine").glob("*.data")
    assert b"P1D" in copy.read_bytes()


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("location", ["virtuoso"], indirect=True)  # where a request is no transaction
def test_a_write_that_was_cut_off_ends_well_once_it_is_done_again(location, steps):
    old, shared = document("a", triple("x", "old"), triple("x", "shared")), document("b", triple("x", "shared"))
    new = document("a", triple("x", "new"), key="new")
    with open_store(location, mode="write") as store:
        store.put([old, shared])
        sequence = list(writing.putting(store.layout, new, 9, fresh=False))
        assert len(sequence) == 6
        client = Client(location)
        for step in sequence[:steps]:
            client.read(client.send(location, step))
        client.close()
    with open_store(location, mode="write") as store:
        assert "urn:graph:b" in store.journal()
        store.put([new])
        assert values(store, ALL) == [("urn:x", "new"), ("urn:x", "shared")]
        assert list(store.check()) == []
        assert lines(store, "urn:graph:a") == ['<urn:x> <urn:says> "new" <urn:graph:a> .']


def test_a_writer_waits_until_a_request_that_was_left_behind_has_ended(virtuoso_server):
    with open_store(emptied(virtuoso_server), mode="write") as store:
        begin, end = between(store.layout, ())
        store.session.update(begin)
        left = threading.Timer(0.5, store.session.update, [end])
        left.start()
        with open_store(virtuoso_server, mode="write") as other:
            assert not read_marks(other.session).unfinished
        left.join()


def test_a_request_that_never_ended_keeps_nobody_from_writing(virtuoso_server):
    with open_store(emptied(virtuoso_server), mode="write") as store:
        begin, _ = between(store.layout, ())
        store.session.update(begin)
        with open_store(virtuoso_server, mode="write") as other:
            other.put([document("a", triple("x", 1))])
            assert not read_marks(other.session).unfinished
            assert list(other.check()) == []


def test_a_load_that_was_killed_ends_well_once_it_is_run_again(virtuoso_server, tmp_path):
    emptied(virtuoso_server)
    graphs = [f"https://w3id.org/readout/graph/test/{number:03}" for number in range(300)]
    shard = tmp_path / "shard.nq"
    shard.write_text(
        "".join(f'<urn:x> <urn:says> "shared" <{g}> .\n<urn:x> <urn:says> "{g}" <{g}> .\n' for g in graphs)
    )
    command = [sys.executable, "-m", "kg", "load", "--bulk", str(shard), "--store", virtuoso_server]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as load, open_store(virtuoso_server) as reader:
        count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {JOURNAL} {{ ?s <urn:readout-kg:journal#key> ?o }} }}"
        while load.poll() is None and values(reader, count) == [("0",)]:
            time.sleep(0.01)
        load.kill()
    again = subprocess.run([*command, "--json"], cwd=ROOT, check=True, capture_output=True)
    report = json.loads(again.stdout)
    assert report["unchanged"] > 0
    assert report["loaded"] + report["unchanged"] == 300
    with open_store(virtuoso_server, mode="write") as store:
        assert len(values(store, ALL)) == 301
        assert list(store.check()) == []
        assert store.delete(graphs) == 300
        assert values(store, ALL) == []


# --- from one to the other ----------------------------------------------------------------------------------------

LITERALS = [
    *(Literal(value, datatype=NamedNode(f"{XSD}{kind}")) for value, kind in [
        ("2014-08-05", "date"), ("2014-08", "gYearMonth"), ("2014", "gYear"), ("0.50", "decimal"), ("7", "integer"),
        ("true", "boolean"), ("2014-08-05T12:30:00Z", "dateTime"), ("https://example.org/", "anyURI"),
    ]),
    *(Literal("word", language=tag) for tag in ("en", "en-gb", "zh-hant")),
    Literal("a \"b\" \\ 'c'\n\td\r\n\u2028 é e\u0301 😀 <i>&amp;</i> {} ?x $y # z"),
    Literal("long " * 2000), Literal(""), Literal(" "), Literal("\\u0041"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shard(tmp_path_factory):
    """Some readouts, and literals of all kinds, as N-Quads."""
    folder = tmp_path_factory.mktemp("shard")
    with open_store(folder / "store", mode="write") as store:
        load_paths(store, sorted(demonstration().glob("*.md"))[:4], jobs=1)
        subject = NamedNode("https://example.org/things/é%20?q=1#f")
        store.put([document("kinds", *(Triple(subject, NamedNode("urn:p"), literal) for literal in LITERALS))])
        with (folder / "all.nq").open("wb") as file:
            file.writelines(store.dump(RdfFormat.N_QUADS))
    return folder / "all.nq"


def canonical(data: bytes) -> set[str]:
    dataset = Dataset(parse(data, RdfFormat.N_QUADS))
    return set(map(str, dataset))


# Each kind of store comes after each other one.
WAY = ("embedded", "oxigraph", "virtuoso", "embedded", "virtuoso", "oxigraph", "embedded")


def test_a_graph_moves_from_each_store_to_each_other_without_loss(request, tmp_path, shard):
    expected, moved = canonical(shard.read_bytes()), shard
    for step, name in enumerate(WAY):
        place = tmp_path / str(step) if name == "embedded" else STORES[name](request)
        with open_store(place, mode="write") as store:
            report = load_bulk(store, [moved])
            assert (report.loaded, report.set_aside) == (5, [])
            assert list(store.check()) == []
            data = b"".join(store.dump(RdfFormat.N_QUADS))
        assert canonical(data) == expected
        moved = tmp_path / f"{step}.nq"
        moved.write_bytes(data)
