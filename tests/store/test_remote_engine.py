"""What strangers can do who ask a server through us (`kg.store.remote.engine`)."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import QueryError, QueryForbidden, QueryTimeout, ResultTooLarge, StoreUnreachable, TooBusy
from kg.saved import load_saved
from kg.store import open_store
from kg.store.remote import RemoteEngine
from kg.store.remote.standard import refuse_extensions
from kg.store.request import QueryRequest
from tests.store.conftest import document, emptied, triple
from tests.store.relay import relaying

CSV, JSON, TURTLE = "text/csv", "application/sparql-results+json", "text/turtle"
BASE = "https://example.org/sparql"
ALL = "SELECT ?s ?o { ?s <urn:says> ?o }"

# Each of these was seen to fetch the address, on Virtuoso 7.2.5, for anybody who may ask.
REACHING = [
    'SELECT (bif:http_get("{}") AS ?x) {{}}',
    'PREFIX f: <bif:> SELECT (f:http_get("{}") AS ?x) {{}}',
    'PREFIX f: <\\u0062if:> SELECT (f:http_get("{}") AS ?x) {{}}',
    'SELECT (<LONG::bif:http_get>("{}") AS ?x) {{}}',
    'SELECT (<SHORT::bif:http_get>("{}") AS ?x) {{}}',
    'SELECT (<SQLVAL::bif:http_get>("{}") AS ?x) {{}}',
    'SELECT (`bif:http_get("{}")` AS ?x) {{}}',
    'SELECT * FROM <{}> OPTION (get:soft "replace") {{ ?s ?p ?o }}',
    'SELECT * FROM NAMED <{}> OPTION (get:soft "soft") {{ GRAPH ?g {{ ?s ?p ?o }} }}',
    'define get:soft "replace" SELECT * FROM <{}> {{ ?s ?p ?o }}',
    "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    'SELECT * {{ ?s ?p ?a FILTER (?a<?b#>"x" || bif:http_get("{}"))\n}}',
]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def address(request):
    address = emptied(request.getfixturevalue(f"{request.param}_server"))
    with open_store(address, mode="write") as store:
        store.put([document(name, triple("x", "shared"), *(triple(name, i) for i in range(100))) for name in "ab"])
    return address


@pytest.fixture(scope="module")
def engine(address):
    engine = RemoteEngine(address, timeout=20)
    yield engine
    engine.close()


def ask(engine, text, media_type=CSV, counted=None, **options):
    return b"".join(engine.answer(QueryRequest(text, media_type, BASE, **options), counted)).decode()


@pytest.fixture
def canary():
    """A server that should never be reached; gives its address, and the list of those who did."""
    hits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", hits
        server.shutdown()


def test_answers_come_in_our_forms_whatever_the_server_speaks(engine):
    assert ask(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n\r\n201\r\n"
    assert ask(engine, "ASK { ?s ?p ?o }", JSON) == '{"head":{},"boolean":true}'
    assert '"xml:lang"' not in ask(engine, f"{ALL} LIMIT 1", JSON)
    assert '<urn:x> <urn:says> "shared"' in ask(engine, "CONSTRUCT { <urn:x> ?p ?o } { <urn:x> ?p ?o }", TURTLE)
    assert ask(engine, ALL, default_graphs=["urn:graph:b"]).count("\r\n") == 102


@pytest.mark.parametrize("text", REACHING)
def test_nothing_reaches_outside(engine, canary, text):
    place, hits = canary
    with pytest.raises(QueryForbidden):
        ask(engine, text.format(place))
    assert not hits


def test_graphs_by_an_address_are_not_fetched(engine, canary):
    place, hits = canary
    ask(engine, f"SELECT * FROM <{place}> {{ ?s ?p ?o }}")
    ask(engine, f"ASK {{ GRAPH <{place}> {{ ?s ?p ?o }} }}")
    ask(engine, f"DESCRIBE <{place}>", TURTLE)
    assert not hits


def test_words_of_the_standard_pass():
    for saved in load_saved().values():
        if "SERVICE" not in saved.text:
            refuse_extensions(saved.text)
    refuse_extensions('# define\nSELECT ?option ("sql:" AS ?bif) { ?define <urn:bif:x> "OPTION" }')


def test_a_fault_is_told_without_the_server_s_address(engine):
    with pytest.raises(QueryError) as caught:
        ask(engine, "SELECT * { ?s ?p }")
    assert "127.0.0.1" not in str(caught.value)


def test_what_takes_too_long_is_given_up(engine):
    cross = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(5))
    with pytest.raises(QueryTimeout, match="longer than 1 s"):
        ask(engine, f"SELECT (COUNT(*) AS ?n) {{ {cross} FILTER (?o0 != ?o1) }}", timeout=1)


def test_an_answer_has_as_many_bytes_and_rows_as_are_given(address):
    small = RemoteEngine(address, limit=500, rows=50)
    with pytest.raises(ResultTooLarge, match="larger than this endpoint gives"):
        ask(small, ALL)
    small.close()
    few = RemoteEngine(address, rows=50)
    counted = []
    for text, form in ((ALL, CSV), ("CONSTRUCT WHERE { ?s ?p ?o }", TURTLE)):
        with pytest.raises(ResultTooLarge, match="more than 50 rows"):
            ask(few, text, form)
        ask(few, f"{text} LIMIT 40", form, counted=counted.append)
    assert counted == [40, 40]
    few.close()


def test_more_than_may_wait_are_sent_away_and_a_closed_engine_takes_none(address):
    engine = RemoteEngine(address, size=1, waiting=0)
    with engine._turn(1), pytest.raises(TooBusy, match="too many queries"):
        ask(engine, ALL)
    engine.retire()
    with pytest.raises(TooBusy, match="closing"):
        ask(engine, ALL)
    engine.close()


def test_the_state_is_the_servers_and_moves_with_each_write(address):
    first, second = RemoteEngine(address), RemoteEngine(address)
    assert first.state == second.state
    with open_store(address, mode="write") as store:
        store.put([document("c", triple("c", 1))])
        store.delete(["urn:graph:c"])
        for engine in (first, second):
            engine._looked = 0.0
            assert engine.state == str(store.generation)
            engine.close()


def test_a_server_that_is_out_of_order_is_not_named_to_strangers(oxigraph_server):
    emptied(oxigraph_server)
    with relaying(oxigraph_server) as relay:
        engine = RemoteEngine(relay.address)
        relay.failures = 99
        with pytest.raises(StoreUnreachable, match="the store behind this service gives no answer") as caught:
            ask(engine, ALL)
        assert str(relay.server_port) not in str(caught.value)
        engine._looked = 0.0
        assert engine.generation  # what was known is served on
        engine.close()
