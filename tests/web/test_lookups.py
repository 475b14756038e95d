"""Lookups are answered without a worker, and nobody can tell but by the time it takes."""

import hashlib
import json
import os
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import KgError
from kg.sparql import GRAPHS, RESULTS, read_lookup
from kg.store import DocumentWrite, open_store
from kg.store.request import QueryRequest
from kg.store.workers import QueryWorkers
from kg.web import lookups
from kg.web.access import new_grant
from kg.web.lookups import Lookups
from tests.web.test_front import SLOW, ask, at, figures

JSON = "application/sparql-results+json"
TURTLE = "text/turtle"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
EX = "https://a.example/"
VALUES = (
    NamedNode(EX + "b"),
    NamedNode("urn:x:y"),
    *(Literal(f"a{character}b") for character in '"\\/\b\f\n\r\t\0\x1f\x7f\x85\u2028\ufeff<&é\U0001f600'),
    Literal("Größe", language="de"),
    Literal("x", language="en-GB"),
    Literal(7),
    Literal(1.5),
    Literal(True),
    Literal("2021-05-03", datatype=NamedNode(XSD + "date")),
    Literal("odd", datatype=NamedNode(EX + "kind")),
)


def statements():
    for subject in ("a", "b", "c"):
        yield Triple(NamedNode(EX + subject), NamedNode(RDF + "type"), NamedNode(EX + "Thing"))
        yield Triple(NamedNode(EX + subject), NamedNode(RDFS + "label"), Literal(f"Thing {subject}", language="en"))
    for number, value in enumerate(VALUES):
        yield Triple(NamedNode(EX + "a"), NamedNode(f"{EX}p{number % 3}"), value)
    for number in range(lookups._MOST + 1):
        yield Triple(NamedNode(EX + "large"), NamedNode(EX + "p1"), Literal(number))
    yield Triple(NamedNode(EX + "long"), NamedNode(EX + "p1"), Literal("long " * 4000))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("lookups") / "store"
    with open_store(path, mode="write") as store:
        store.put([DocumentWrite.of("urn:g", statements(), sha256="0", converter="test", source="here")])
    return path


@pytest.fixture(scope="module")
def workers(folder):
    workers = QueryWorkers(folder, size=1)
    yield workers
    workers.close()


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Nothing counts as slow here, however busy the machine is."""
    monkeypatch.setattr(lookups, "_SLOW", 60)


def looking_up(workers):
    """Return lookups whose data are open."""
    found = Lookups(workers)
    deadline = time.monotonic() + 20
    while found.answer(read_lookup("ASK { ?s ?p ?o }"), JSON) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


@pytest.fixture(scope="module")
def looking(workers):
    found = looking_up(workers)
    yield found
    found.close()


def by_worker(workers, text, media_type):
    """Return the bytes and the rows that a worker gives, or None where it finds a mistake."""
    rows = []
    try:
        return b"".join(workers.answer(QueryRequest(text, media_type, "https://here.example/"), rows.append)), rows[0]
    except KgError:
        return None


def media_types(lookup):
    return [each.media_type for each in (GRAPHS if lookup.form in ("CONSTRUCT", "DESCRIBE") else RESULTS)]


def check(workers, looking, text):
    """Hold that *text* is no lookup, or is answered as by a worker in each format; return how often it was answered."""
    lookup = read_lookup(text)
    answered = 0
    for media_type in media_types(lookup) if lookup else ():
        if found := looking.answer(lookup, media_type):
            assert (found.body, found.rows) == by_worker(workers, text, media_type)
            answered += 1
    return answered


# --- what is answered -------------------------------------------------------------------------------------------------

PREFIXES = f"PREFIX ex: <{EX}> PREFIX rdfs: <{RDFS}>\nprefix : <{EX}>#c\n"
ANSWERED = (
    "ASK { ex:a ?p ?o }",
    "ASK { ex:nobody ?p ?o }",
    "ask where { ?s a ex:Thing . }",
    f"ASK{{<{EX}a> <{EX}p1> ?o.}}",
    "ASK { ?s ?p ?o } # any",
    "SELECT ?l { ex:a rdfs:label ?l }",
    "SELECT ?l WHERE { :b rdfs:label ?l }",
    "SELECT * { ex:a ?z ?b }",
    "SELECT ?o $p { ex:a $p ?o } LIMIT 3",
    "SELECT ?p { ex:a ?p ?o }",
    "SELECT ?s { ?s a ex:Thing } LIMIT 2",
    "SELECT ?s { ?s a ex:Thing } LIMIT 0",
    "SELECT ?s { ?s ?p ?o } LIMIT 100",
    "SELECT ?p { ex:large ?p ?o } LIMIT 200",
    "SELECT ?o { ex:nobody rdfs:label ?o }",
    "CONSTRUCT { ex:a ?p ?o } { ex:a ?p ?o }",
    "CONSTRUCT { ex:a ?p ?o } WHERE { ex:a ?p ?o } LIMIT 4",
    "CONSTRUCT WHERE { ex:a ?p ?o }",
    "DESCRIBE ex:a",
    f"describe <{EX}nobody>",
)


@pytest.mark.parametrize("query", ANSWERED)
def test_a_lookup_is_answered_byte_by_byte_as_by_a_worker(workers, looking, query):
    assert check(workers, looking, PREFIXES + query) >= 1


NEARLY = (
    "ASK { ?s ?p ?p }",
    "ASK { ex:a ?p $p }",
    "ASK { ex:a ?p ?o ; ?q ?r }",
    "ASK { ex:a ?p ?o , ?q }",
    "ASK { ex:a ?p ?o . ?o ?q ?r }",
    "ASK { ex:a ?p ?o FILTER(?o) }",
    "ASK { ex:a rdfs:label+ ?o }",
    "ASK { ex:a rdfs:label? ?o }",
    "ASK { ex:a ^rdfs:label ?o }",
    "ASK { ex:a ex:p1/ex:p2 ?o }",
    "ASK { ex:a (ex:p1) ?o }",
    "ASK { ex:a A ?o }",
    "ASK { { ex:a ?p ?o } }",
    "ASK { GRAPH <urn:g> { ex:a ?p ?o } }",
    "ASK { _:b ?p ?o }",
    "ASK { [] ?p ?o }",
    "ASK { other:a ?p ?o }",
    "ASK { <a> ?p ?o }",
    "ASK { ex:a <urn:%zz> ?o }",
    "ASK { ex:a\\u0020 ?p ?o }",
    'ASK { ex:a ?p "x" }',
    "ASK { ex:a ?p 1 }",
    "ASK FROM <urn:g> { ex:a ?p ?o }",
    "ASK { ex:a ?p ?o } LIMIT 0",
    "ASK { ex:a ?p ?o } VALUES ?o { 1 }",
    "ASK { ex:a readout:matches ?o }",
    "ASK { ex:a ?p ?o } # SERVICE",
    "ASK { ex:a ?p ?o } ASK { ex:a ?p ?o }",
    "ASK { ex:a ?p ?o } # PREFIX x: <urn:x>\n }",
    "ASK { <http://a.example/> ?p <<( ?s ?q ?o )>> }",
    "SELECT DISTINCT ?p { ex:a ?p ?o }",
    "SELECT REDUCED ?p { ex:a ?p ?o }",
    "SELECT ?p { ex:a ?p ?o } ORDER BY ?p",
    "SELECT ?p { ex:a ?p ?o } LIMIT 2 OFFSET 1",
    "SELECT ?p { ex:a ?p ?o } OFFSET 1",
    "SELECT ?p { ex:a ?p ?o } GROUP BY ?p",
    "SELECT (STR(?p) AS ?q) { ex:a ?p ?o }",
    "SELECT ?p ?p { ex:a ?p ?o }",
    "SELECT ?other { ex:a ?p ?o }",
    "SELECT * { ex:a rdfs:label ex:b }",
    "SELECT ?s { ?s ?p ?o }",
    "SELECT ?s { ?s a ex:Thing } LIMIT 101",
    "CONSTRUCT { ex:b ?p ?o } { ex:a ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    "CONSTRUCT {} { ex:a ?p ?o }",
    "DESCRIBE ?s { ?s a ex:Thing }",
    "DESCRIBE ex:a ex:b",
    "DESCRIBE ex:a LIMIT 1",
    "DESCRIBE ex:a FROM <urn:g>",
    "BASE <urn:x> DESCRIBE ex:a",
    "",
)


@pytest.mark.parametrize("query", NEARLY)
def test_what_is_nearly_a_lookup_is_none(query):
    assert read_lookup(PREFIXES + query) is None


@pytest.mark.parametrize(
    "prologue",
    ["PREFIX ex: <a>", "PREFIX ex:x: <urn:x>", "PREFIX ex: <urn: >", "PREFIX <urn:x>", "# PREFIX ex: <urn:x>"],
)
def test_prefixes_that_the_engine_refuses_make_no_lookup(prologue):
    assert read_lookup(f"{prologue}\nASK {{ ?s ?p ?o }}") is None or prologue[0] == "#"
    assert read_lookup(f"{prologue}\nASK {{ ex:a ?p ?o }}") is None


GAPS = [" "] * 20 + ["", "\n", "\t ", "\r\n", " # c\n", "#{\r", " # PREFIX : <urn:x>\n"]
ODD = (
    *("a", "A", ":", "ex:", "ex:a.b", "ex:-a", "ex:a-", "ex:a:b", "ex:a?o", "?s?o", "_:b", "'a'", "1", "<a>", "<>"),
    *("<HTTP://A.example/../b>", "<http://é.example/>", "<urn:service'x>", "<urn:load#x>", "<urn:x:y>"),
)
SUBJECTS = ["ex:a", ":b", f"<{EX}a>", "ex:large", "ex:nobody", "?s"] * 40 + [*ODD]
PREDICATES = ["?p", "$p", "a", "rdfs:label", ":p0", f"<{EX}p1>"] * 40 + [*ODD]
OBJECTS = ["?o", "?0", "?o", "ex:Thing", f"<{EX}b>"] * 40 + ["?s", "?p", *ODD]
HEADS = ["ASK", "SELECT *", "select *", "SELECT ?o", "SELECT ?p ?o", "CONSTRUCT", "CONSTRUCT WHERE", "ASK WHERE"]
TAILS = [""] * 8 + ["LIMIT 3", "LIMIT 100", "limit 007", "LIMIT 0"] * 2 + ["LIMIT3", "LIMIT -1", ".", "}", "#"]


def invented(choose):
    """Return a text that looks like a lookup, and is one once in five times."""
    subject, predicate, object = map(choose, (SUBJECTS, PREDICATES, OBJECTS))
    pattern = (
        "{" + "".join(choose(GAPS) + term for term in (subject, predicate, object)) + choose(GAPS) + choose(["}", ".}"])
    )
    head = choose(HEADS)
    parts = ["DESCRIBE", subject] if not choose(range(9)) else [head, pattern]
    if head == "CONSTRUCT":
        parts.append(choose([pattern, f"WHERE{pattern}", f"WHERE {pattern}", pattern + " "]))
    parts.insert(0, choose([PREFIXES, PREFIXES, PREFIXES + "PREFIX ex: <urn:x:>", ""]))
    return "".join(part + choose(GAPS) for part in [*parts, choose(TAILS)])


def test_whatever_is_taken_for_a_lookup_is_what_the_engine_takes_it_for(workers, looking):
    choose = random.Random(7).choice
    answered = sum(check(workers, looking, invented(choose)) for _ in range(1500))
    assert answered > 500


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(ANSWERED), st.data())
def test_a_lookup_with_one_change_means_to_us_what_it_means_to_the_engine(workers, looking, query, data):
    text = f"PREFIX ex: <{EX}> PREFIX rdfs: <{RDFS}> PREFIX : <{EX}> {query}"
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from(["", *"{}?$<>.:;,#\n\r*/|^+()[]a1-_\\'\"é\0"]))
    check(workers, looking, text[:at] + put + text[at + data.draw(st.integers(0, 1)) :])


# --- what goes to a worker --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["DESCRIBE ex:large", "SELECT * { ex:large ?p ?o }", "DESCRIBE ex:long"])
def test_what_is_large_is_left_to_a_worker(looking, query):
    lookup = read_lookup(PREFIXES + query)
    assert [looking.answer(lookup, media_type) for media_type in media_types(lookup)] == [None] * len(
        media_types(lookup)
    )


@pytest.mark.parametrize("limits", [{"rows": 2}, {"limit": 200}])
def test_the_limits_of_the_endpoint_hold_for_lookups(folder, limits):
    workers = QueryWorkers(folder, size=1, **limits)
    looking = looking_up(workers)
    assert looking.answer(read_lookup(f"SELECT * {{ <{EX}b> ?p ?o }} LIMIT 1"), JSON)
    assert looking.answer(read_lookup(f"SELECT * {{ <{EX}a> ?p ?o }}"), JSON) is None
    looking.close()
    workers.close()


def test_after_a_slow_lookup_there_are_none_for_a_while(workers, monkeypatch):
    looking = looking_up(workers)
    lookup = read_lookup("ASK { ?s ?p ?o }")
    monkeypatch.setattr(lookups, "_SLOW", 0)
    monkeypatch.setattr(lookups, "_REST", 1e9)
    assert looking.answer(lookup, JSON)
    assert looking.answer(lookup, JSON) is None
    looking.close()


def test_what_cannot_be_opened_is_left_to_a_worker(tmp_path):
    with open_store(tmp_path / "store", mode="write") as store:
        store.put([DocumentWrite.of("urn:g", statements(), sha256="0", converter="test", source="here")])
    workers = QueryWorkers(tmp_path / "store", size=1)
    for file in (tmp_path / "store" / "generations").glob("*/*.sst"):
        file.unlink()
    looking = Lookups(workers)
    lookup = read_lookup("ASK { ?s ?p ?o }")
    assert looking.answer(lookup, JSON) is None
    looking._opening.shutdown()
    assert looking.answer(lookup, JSON) is None
    workers.close()


# --- a server ---------------------------------------------------------------------------------------------------------

LABELS = f"CONSTRUCT WHERE {{ <urn:s> <{RDFS}label> ?l }}"


def test_lookups_are_answered_while_all_workers_are_busy(folder, serving, background):
    server = serving(folder, "--workers", "1")
    ask(server, "GET", at("ASK { ?s ?p ?o }"), {}, b"")
    background(ask, server, "GET", at(SLOW.replace("?f .", "?f . ?g ?h ?i .")), {}, b"")
    while figures(server)["kg_workers_idle"]:
        time.sleep(0.01)
    found = ask(server, "GET", at(f"DESCRIBE <{EX}a>"), {"Accept": "application/n-triples"}, b"")
    assert (found[0], found[1]["Kg-Rows"]) == (200, str(found[2].count(b"\n")))
    assert not figures(server)["kg_workers_idle"]


def test_a_subject_of_any_size_is_described_whole(folder, serving):
    server = serving(folder)
    for _ in range(2):
        status, _, body = ask(server, "GET", at(f"DESCRIBE <{EX}large>", format="nt"), {}, b"")
        assert (status, body.count(b"\n")) == (200, lookups._MOST + 1)


def test_who_has_written_finds_it_by_a_lookup_at_once(tmp_path, serving):
    path = tmp_path / "store"
    generations = path / "generations"

    def write(number):
        with open_store(path, mode="write") as store:
            label = Triple(NamedNode("urn:s"), NamedNode(RDFS + "label"), Literal(str(number)))
            store.put([DocumentWrite.of("urn:g", [label], sha256=str(number), converter="test", source="here")])

    write(0)
    server = serving(path)
    tags = set()
    for number in range(1, 6):
        write(number)
        for _ in range(3):
            _, headers, body = ask(server, "GET", at(LABELS, format="nt"), {}, b"")
            assert body == f'<urn:s> <{RDFS}label> "{number}" .\n'.encode()
        tags.add(headers["ETag"])
        time.sleep(0.05)
    assert len(tags) == 5
    assert len(list(generations.iterdir())) <= 3  # what is no longer asked is let go of


def test_a_lookup_is_private_where_all_is(folder, serving):
    token, grant = new_grant("reader", ["read"])
    server = serving(folder, env=os.environ | {"KG_PRIVATE": "1", "KG_TOKENS": grant.line})
    for _ in range(3):
        assert ask(server, "GET", at("ASK { ?s ?p ?o }"), {"Authorization": f"Bearer {token}"}, b"")[0] == 200
        assert ask(server, "GET", at("ASK { ?s ?p ?o }"), {}, b"")[0] == 401


def test_a_lookup_is_logged_and_counted_like_any_other_query(folder, serving):
    server = serving(folder, env=os.environ | {"KG_ACCESS_LOG": "json"})
    found = set()
    for number in range(4):  # the first goes to a worker, while the data are opened
        query = f"SELECT ?p {{ <{EX}b> ?p ?o }} # {number}"
        _, headers, body = ask(server, "GET", at(query), {}, b"")
        line = json.loads(server.process.stderr.readline())
        assert line["query"] == hashlib.sha256(query.encode()).hexdigest()[:16]
        found.add((line["status"], line["rows"], line["bytes"] - len(body), headers["Kg-Rows"]))
        time.sleep(0.05)
    assert found == {(200, 2, 0, "2")}
    assert figures(server)['kg_requests_total{path="/sparql",method="GET",status="200"}'] == 4


def test_lookups_count_among_what_a_client_may_ask(folder, serving):
    server = serving(folder, "--trusted-proxy", "127.0.0.1", env=os.environ | {"KG_RATE": "1"})
    ask(server, "GET", at("ASK { ?s ?p ?o }"), {}, b"")
    told = {"X-Forwarded-For": "192.0.2.1"}
    statuses = [ask(server, "GET", at(f"ASK {{ ?s ?p ?o }} #{number}"), told, b"")[0] for number in range(6)]
    assert (statuses[:4], statuses[5]) == ([200] * 4, 429)
