"""No query gets out: not by keywords in disguise, and not by what the engine reads differently than we do."""

import random
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from pyoxigraph import Store as Engine

from kg.errors import QueryForbidden
from kg.store.guard import explained, refuse_outside

PREFIXES = "PREFIX : <{0}> PREFIX ex: <http://x.example/> "
PIECES = (
    *("SERVICE", "service", "SILENT", ":x", "ex:b", "<{0}>", "{{}}", "{{?s ?p ?o}}", "{{", "}}", "?s", "?p", "?o"),
    *(".", ";", " ", "\n", "#", "# c\n", '"a"', '"', "'", '"""', "'''", '"""a"b"""', "\\", "1", "1.", "1.0", "true"),
    *("a", "_:b", "@en", "-", "<", ">", "?s<?o", "FILTER(", "(", ")", "?a<?b", "BIND(1 AS ?z)", "OPTIONAL", "UNION"),
    *("\\u0053ERVICE", "\\u0022", "\\u0023", "^^", "[]", ",", "/", "|", "<<(", "GRAPH", "%23", "<a#b>"),
)
BEFORE = (
    "?s ?p ",
    "?s ex:p ex:b",
    "?s ?p 1",
    "?s ?p _:b",
    "?s ?p true",
    "",
    "FILTER(?a<?b)",
    '?s ?p "x"@en',
    "?s ?p ?o",
)
AFTER = ("<{0}>{{}}", ":x{{}}", "?s{{}}", "")
ENDS = ("}}", '}}#"', '"}}', "")


@pytest.fixture(scope="module")
def canary():
    """The address of a server that counts who comes."""
    visits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", visits
        server.shutdown()
        thread.join()


def test_the_canary_sings(canary):
    """Otherwise the next test would prove nothing."""
    address, visits = canary
    before = len(visits)
    with pytest.raises(Exception):  # noqa: B017, PT011  # it gives no SPARQL results
        list(Engine().query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
    assert len(visits) > before


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_passes_makes_the_engine_reach_out(canary, seed):
    address, visits = canary
    chance = random.Random(seed)
    engine = Engine()
    passed = 0
    visits.clear()
    for _ in range(5000):
        middle = [chance.choice(PIECES) for _ in range(chance.randrange(6))]
        keyword = chance.choice(("SERVICE", "service", "", ""))
        text = "".join((chance.choice(BEFORE), *middle, keyword, chance.choice(AFTER), chance.choice(ENDS)))
        query = (PREFIXES + "SELECT * {{" + text).format(address)
        try:
            refuse_outside(query)
        except QueryForbidden:
            continue
        passed += 1
        try:
            list(engine.query(query))
            problem = ""
        except SyntaxError as error:
            problem = str(explained(error, query))
        except (RuntimeError, ValueError, OSError) as error:
            problem = str(error)
        assert "service" not in problem.lower() or "unexpected" in problem or "is missing before" in problem, query
        assert not visits, query
    assert passed > 500


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT $LOAD { ?s ?p $LOAD }",
        'SELECT * { ?s ?p "SERVICE <http://a.example/> {}" }',
        "SELECT * { ?s ?p '''a ' SERVICE''' }",
        'SELECT * { ?s ?p "an escaped \\" SERVICE" }',
        "SELECT * { ?s <http://a.example/SERVICE#LOAD> ?o }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://a.example/>",
        "PREFIX ex: <http://a.example/> SELECT * { ?s ex:service ex:LOAD }",
        'SELECT * { ?s ?p "x"@service }',
    ],
)
def test_the_words_themselves_are_free(text):
    refuse_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://a.example/> {} }",
        "SELECT * { sErViCe<http://a.example/>{} }",
        "SELECT * { SERVICE?s{} }",
        "SELECT * { ?s ?p 1SERVICE?s{} }",
        "SELECT * { ?s ?p trueservice?s{} }",
        "PREFIX : <http://a.example/> SELECT * { SERVICE:x {} }",
        "SELECT * { SERVICESILENT<http://a.example/>{} }",
        "SELECT * { SERVICE # <>\n <http://a.example/> {} }",
        "SELECT * { ?s ?p 'x' # '\n SERVICE <http://a.example/> {} }",
        "SELECT * { \\u0053ERVICE <http://a.example/> {} }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o) SERVICE <http://a.example/> {} }",
        "LOAD <http://a.example/>",
        "INSERT DATA { <urn:a> <urn:b> 1 }; load silent <http://a.example/>",
    ],
)
def test_reaching_out_is_refused_with_its_place(text):
    with pytest.raises(QueryForbidden, match=r"line \d+, column \d+: \w+ would reach outside"):
        refuse_outside(text)


@pytest.mark.parametrize(
    "text", ["." * 60_000, '"' * 60_001, "a" * 60_000, "<" * 60_000, "'''" * 20_001, "\\" * 60_000]
)
def test_a_hostile_text_does_not_keep_the_guard_busy(text):
    """With a quadratic scan each of these would take minutes."""
    from time import process_time

    started = process_time()
    refuse_outside(text)
    assert process_time() - started < 5


def test_a_line_end_of_unicode_within_a_query_moves_no_error():
    text = 'SELECT * {\n ?s ?p "a\u2028b\x85c" . \n ?s ?p }'
    with pytest.raises(SyntaxError) as caught:
        Engine().query(text)
    assert str(explained(caught.value, text)) == "line 3, column 8: a triple ends too early: its object is missing"
