"""Writes of strangers: on a draft, in a process that may die, with merge, journal and ledger in step."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.errors import (
    InputError,
    KgError,
    NotFound,
    QueryError,
    QueryForbidden,
    QueryTimeout,
    QueryTooHeavy,
    StoreLocked,
    Unreadable,
)
from kg.store import DocumentWrite, open_store
from kg.store import writers as writers_module
from kg.store.document import JOURNAL, UNNAMED
from kg.store.writer import unpack
from kg.store.writers import Writer

BASE = "http://base.example/"
A, B = "http://a.example/g", "http://b.example/g"


@pytest.fixture
def path(tmp_path):
    """A store with two documents that share a statement."""
    shared = Triple(NamedNode("urn:shared"), NamedNode("urn:p"), Literal("both"))
    with open_store(tmp_path / "store", mode="write") as store:
        for graph in (A, B):
            own = Triple(NamedNode(graph), NamedNode("urn:p"), Literal(1))
            store.put([DocumentWrite.of(graph, [shared, own], sha256=graph, converter="test", source="here")])
    return tmp_path / "store"


@pytest.fixture
def writer(path):
    writer = Writer(path, timeout=20)
    yield writer
    writer.close()


def sound(path):
    with open_store(path) as store:
        return not list(store.check())


def rows(path, query):
    with open_store(path) as store:
        return sorted(tuple(getattr(term, "value", None) for term in row) for row in store.query(query).rows())


def load(writer, tmp_path, graph, text, media_type="text/turtle", **options):
    file = tmp_path / "upload"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    options = {"add": False, "packed": False, "limit": 1 << 20} | options
    return writer.load(graph, [(file, media_type)], **options)


def test_an_update_is_there_when_it_is_answered(path, writer):
    answer = writer.update(f"INSERT DATA {{ GRAPH <{A}> {{ <x> <urn:p> 2 }} }}", BASE)
    with open_store(path) as store:
        assert store.generation == answer["generation"]
    assert rows(path, f"SELECT ?o {{ GRAPH <{A}> {{ <{BASE}x> ?p ?o }} }}") == [("2",)]
    assert rows(path, f"SELECT ?o {{ <{BASE}x> ?p ?o }}") == [("2",)]
    assert sound(path)


def test_what_another_document_says_stays_in_the_merge(path, writer):
    writer.update(f"DELETE DATA {{ GRAPH <{A}> {{ <urn:shared> <urn:p> 'both' }} }}", BASE)
    assert rows(path, "SELECT ?o { <urn:shared> ?p ?o }") == [("both",)]
    writer.update(f"DELETE WHERE {{ GRAPH <{B}> {{ <urn:shared> ?p ?o }} }}", BASE)
    assert rows(path, "SELECT ?o { <urn:shared> ?p ?o }") == []
    assert sound(path)


def test_an_update_of_the_unnamed_graph_leaves_documents_as_they_are(path, writer):
    writer.update("INSERT DATA { <urn:new> <urn:p> 1, 2 }", BASE)
    assert rows(path, "SELECT ?o { <urn:new> ?p ?o }") == [("1",), ("2",)]
    writer.update("CLEAR DEFAULT", BASE)
    assert rows(path, "SELECT ?s { ?s ?p ?o }") == [(A,), (B,), ("urn:shared",)]
    writer.update("DELETE WHERE { ?s ?p ?o }", BASE)
    assert len(rows(path, "SELECT ?s { ?s ?p ?o }")) == 3
    assert sound(path)


def test_graphs_that_variables_name_are_found(path, writer):
    move = "DELETE { GRAPH ?g { ?s ?p 1 } } INSERT { GRAPH ?h { ?s ?p 11 } } WHERE { GRAPH ?g { ?s ?p 1 } %s }"
    writer.update(move % "BIND(IRI(CONCAT(STR(?g), '/new')) AS ?h)", BASE)
    found = rows(path, "SELECT ?g { GRAPH ?g { ?s <urn:p> 11 } }")
    assert found == [(f"{A}/new",), (f"{B}/new",)]
    assert rows(path, "SELECT ?s { ?s ?p 1 }") == []
    assert sound(path)


def test_a_request_of_many_operations_is_done_as_a_whole_or_not_at_all(path, writer):
    with pytest.raises(QueryError):
        writer.update(f"CLEAR GRAPH <{A}>; CREATE GRAPH <{B}>", BASE)
    assert len(rows(path, "SELECT ?s { GRAPH ?g { ?s <urn:p> 1 } }")) == 2
    with open_store(path) as store:
        before = store.generation
    writer.update(f"DROP GRAPH <{A}>; INSERT DATA {{ GRAPH <urn:c> {{ <urn:s> a <urn:t> }} }}", BASE)
    with open_store(path) as store:
        assert store.generation == before + 1
        assert set(store.journal()) == {B, "urn:c"}
    assert sound(path)


def test_a_changed_document_keeps_its_id_and_is_loaded_again_when_its_bytes_come_again(path, writer):
    with open_store(path) as store:
        before = store.journal()[A]
    writer.update(f"INSERT DATA {{ GRAPH <{A}> {{ <urn:s> <urn:p> 'noted' }} }}", BASE)
    with open_store(path) as store:
        after = store.journal()[A]
    assert (after.id, after.source) == (before.id, before.source)
    assert after.key != before.key
    assert after.quads == 3


def test_blank_nodes_of_two_updates_are_not_the_same(path, writer):
    for _ in range(2):
        writer.update("INSERT DATA { [] <urn:blank> 1 }", BASE)
    assert rows(path, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <urn:blank> 1 }") == [("2",)]


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        f"INSERT DATA {{ GRAPH {JOURNAL} {{ <urn:a> <urn:b> 1 }} }}",
        f"DROP GRAPH {JOURNAL}",
        "PREFIX kg: <urn:readout-kg:> CLEAR GRAPH kg:journal",
        f"COPY <{A}> TO {JOURNAL}",
        f"WITH {JOURNAL} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ],
)
def test_the_journal_and_the_network_are_out_of_reach(path, writer, text):
    with pytest.raises(QueryForbidden):
        writer.update(text, BASE)
    assert sound(path)


def test_the_journal_outlives_the_clearing_of_everything(path, writer):
    writer.update("INSERT DATA { <urn:s> <urn:p> 1 }", BASE)
    writer.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o FILTER(?o = 1 || isIRI(?g)) } }", BASE)
    with open_store(path) as store:
        assert not set(store.journal())
    assert sound(path)
    writer.update(f"INSERT DATA {{ <urn:s> <urn:p> 1 . GRAPH <{A}> {{ <urn:s> <urn:p> 2 }} }}", BASE)
    for what, left in (("CLEAR NAMED", {UNNAMED.value}), ("DROP ALL", set())):
        writer.update(what, BASE)
        with open_store(path) as store:
            assert set(store.journal()) == left
        assert sound(path)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p",
        "SELECT * { ?s ?p ?o }",
        "INSERT DATA { ?s <urn:p> 1 }",
        "DELETE { <urn:a> <urn:p> 1 } WHERE { trueGRAPH <urn:g> {} }",
    ],
)
def test_what_is_no_update_is_refused_with_its_place(writer, text):
    with pytest.raises(QueryError, match="line 1, column"):
        writer.update(text, BASE)


def test_a_runaway_update_is_stopped_and_harms_nobody(path):
    writer = Writer(path, timeout=3)
    cross = " ".join(f"GRAPH ?g{n} {{ ?a{n} ?p{n} ?o{n} }}" for n in range(30))
    runaway = f"INSERT {{ <urn:x> <urn:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {cross} }} }}"
    with ThreadPoolExecutor(4) as pool:
        slow = pool.submit(writer.update, runaway, BASE)
        quick = [pool.submit(writer.update, f"INSERT DATA {{ <urn:q{n}> <urn:p> 1 }}", BASE) for n in range(3)]
        assert all(result.result()["generation"] for result in quick)
        with pytest.raises(QueryTimeout):
            slow.result()
    writer.close()
    assert len(rows(path, "SELECT ?s { ?s <urn:p> 1 FILTER(STRSTARTS(STR(?s), 'urn:q')) }")) == 3
    assert sound(path)


def test_an_update_that_kills_its_process_is_too_heavy(path, writer):
    with pytest.raises(QueryTooHeavy):
        writer.update(
            "INSERT { <urn:a> <urn:p> ?x } WHERE { BIND(" + "STR(" * 5000 + "1" + ")" * 5000 + " AS ?x) }", BASE
        )
    assert writer.update("INSERT DATA { <urn:a> <urn:p> 1 }", BASE)["changed"] == 1
    assert sound(path)


def test_many_threads_write_and_each_reads_its_own_write(path, writer):
    def write(number):
        writer.update(f"INSERT DATA {{ GRAPH <urn:g{number % 4}> {{ <urn:t{number}> <urn:p> {number} }} }}", BASE)
        return rows(path, f"SELECT ?o {{ <urn:t{number}> ?p ?o }}") == [(str(number),)]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write, range(24)))
    assert sound(path)


def test_the_store_is_left_to_others_when_nothing_is_written(path, writer):
    writer.update("INSERT DATA { <urn:a> <urn:p> 1 }", BASE)
    for _ in range(100):
        try:
            with open_store(path, mode="write") as store:
                store.delete([A])
            break
        except StoreLocked:
            threading.Event().wait(0.1)
    else:
        pytest.fail("the writer holds the store for ever")
    writer.update("INSERT DATA { <urn:b> <urn:p> 1 }", BASE)
    with open_store(path) as store:
        assert set(store.journal()) == {B, UNNAMED.value}


def test_a_store_that_another_process_holds_for_long_is_said_so(path):
    writer = Writer(path, timeout=20, patience=0.2)
    with open_store(path, mode="write"), pytest.raises(StoreLocked):
        writer.update("INSERT DATA { <urn:a> <urn:p> 1 }", BASE)
    writer.close()


def test_several_services_write_to_one_store_in_turns(path, monkeypatch):
    """Each is always busy, and none keeps the others out; what each was told is done, is there."""
    monkeypatch.setattr(writers_module, "_HOLD_SECONDS", 0.3)
    writers = [Writer(path, timeout=20, patience=20) for _ in range(3)]
    done = [0, 0, 0]
    end = time.monotonic() + 2

    def write(number):
        while time.monotonic() < end or not done[number]:
            text = f"INSERT DATA {{ GRAPH <urn:{number}> {{ <urn:s> <urn:p> {done[number]} }} }}"
            writers[number].update(text, BASE)
            done[number] += 1

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    for writer in writers:
        writer.close()
    assert all(done)
    for number in range(3):
        assert len(rows(path, f"SELECT ?o {{ GRAPH <urn:{number}> {{ ?s ?p ?o }} }}")) == done[number]
    assert sound(path)


# --- whole graphs -----------------------------------------------------------------------------------------------------


def test_a_graph_is_put_added_to_and_deleted(path, writer, tmp_path):
    graph = "urn:new"
    assert load(writer, tmp_path, graph, "<urn:a> <urn:p> [] .")["created"]
    assert not load(writer, tmp_path, graph, "<urn:a> <urn:p> [] .")["created"]
    assert len(rows(path, "SELECT ?o { GRAPH <urn:new> { <urn:a> ?p ?o } }")) == 1
    load(writer, tmp_path, graph, "<urn:a> <urn:p> [] .", add=True)
    assert len(rows(path, "SELECT ?o { GRAPH <urn:new> { <urn:a> ?p ?o } }")) == 2
    writer.delete(graph)
    assert rows(path, "SELECT ?o { GRAPH <urn:new> { ?s ?p ?o } }") == []
    with pytest.raises(NotFound):
        writer.delete(graph)
    assert sound(path)


@pytest.mark.parametrize(
    ("text", "media_type", "error"),
    [
        ("<urn:a> <urn:p", "text/turtle", Unreadable),
        ("<urn:a> <urn:p> 1 .", "application/pdf", InputError),
        ("<urn:a> <urn:p> <urn:o> <urn:g> .", "application/n-quads", InputError),
        ('<!DOCTYPE r [<!ENTITY a "b">]><r/>', "application/rdf+xml", Unreadable),
        ('<?xml version="1.0" encoding="UTF-16"?><r/>'.encode("utf-16"), "application/rdf+xml", Unreadable),
        ('{"@context": "http://127.0.0.1:9/", "name": "x"}', "application/ld+json", Unreadable),
        ("<<(" * 100_000, "application/n-triples", KgError),
        ('{"urn:p":' * 20_000, "application/ld+json", KgError),
        (b"\xff\xfe", "text/turtle", Unreadable),
    ],
)
def test_a_body_that_is_unfit_changes_nothing(path, writer, tmp_path, text, media_type, error):
    with pytest.raises(error):
        load(writer, tmp_path, A, text, media_type)
    assert rows(path, f"SELECT ?o {{ <{A}> ?p ?o }}") == [("1",)]
    assert sound(path)


def test_a_packed_body_is_unpacked_up_to_the_limit(path, writer, tmp_path):
    import gzip

    load(writer, tmp_path, "urn:z", gzip.compress(b"<urn:a> <urn:p> 1 ."), packed=True)
    assert rows(path, "SELECT ?o { GRAPH <urn:z> { ?s ?p ?o } }") == [("1",)]
    bomb = gzip.compress(b" " * 50_000_000)
    with pytest.raises(Unreadable, match="more than 1 MB"):
        load(writer, tmp_path, "urn:z", bomb, packed=True)
    with pytest.raises(Unreadable):
        unpack(bomb[:1000], 1 << 30)
    with pytest.raises(Unreadable):
        unpack(b"plain", 100)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files")
def test_nothing_of_a_draft_is_left(path, writer):
    writer.update("INSERT DATA { <urn:a> <urn:p> 1 }", BASE)
    assert not (path / "draft").exists()


def test_the_documents_that_an_update_made_can_be_exported(path, writer):
    writer.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }", BASE)
    with open_store(path) as store:
        assert b"<urn:a> <urn:p>" in b"".join(store.dump(RdfFormat.N_QUADS, "urn:g"))


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.4, 0.8])
def test_a_writer_that_dies_has_written_all_or_nothing_and_says_which(path, writer, tmp_path, delay):
    writer.update("INSERT DATA { GRAPH <urn:first> { <urn:a> <urn:p> 1 } }", BASE)
    text = "".join(f"<urn:{number}> <urn:p> 'some words' .\n" for number in range(20_000))
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load, writer, tmp_path, "urn:big", text)
        time.sleep(delay)
        writer._worker.kill()
        try:
            loading.result()
        except QueryTooHeavy:
            expected = "0"
        else:
            expected = "20000"
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:big> { ?s ?p ?o } }"
    assert rows(path, count) == [(expected,)]
    assert sound(path)
