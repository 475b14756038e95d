"""The W3C's SPARQL 1.1 suite over HTTP: query evaluation, query syntax, the protocol's query half, service description.

All data of the suite lie in one store, each file in a graph named by its address; a test names its dataset in the
protocol. So the suite also exercises `default-graph-uri` and `named-graph-uri`.
"""

import itertools
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from w3c import BASE, MF, QT, RS, SD, SUITE, canonical, local, needed, plain, requests, send, suite, text_of

from kg.store.folder import Folder

EVALUATION = (
    *("aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions", "grouping"),
    *("json-res", "negation", "project-expression", "property-path", "subquery"),
)
NOWHERE = "urn:nowhere"

EXCEPTIONS = {
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT keeps the language that all its values have",
    "aggregates/agg-groupconcat-06": "GROUP_CONCAT keeps the language that all its values have",
    "aggregates/agg-empty-group-count-graph": "a subselect in GRAPH ?g is not evaluated once for each graph",
    "bindings/graph": "VALUES in GRAPH ?g is not joined with the names of the graphs",
    "csv-tsv-res/csv03": "the store keeps numbers by value and of their primitive type, not as they were spelled",
    "csv-tsv-res/tsv03": "the store keeps numbers by value and of their primitive type, not as they were spelled",
    "functions/bnode01": "BNODE(?x) gives one node for equal strings of different rows",
    "negation/graph-minus": "the variable of an outer GRAPH counts as shared by the sides of a MINUS",
    "property-path/zero_or_more_set_start": "a path of length zero does not match a term that is not in the data",
    "property-path/zero_or_more_set_end": "a path of length zero does not match a term that is not in the data",
    "property-path/zero_or_one_set_start": "a path of length zero does not match a term that is not in the data",
    "property-path/zero_or_one_set_end": "a path of length zero does not match a term that is not in the data",
    "syntax-query/test_4": "an unknown function is refused before evaluation, not an error in the row",
}
"""What the engine itself fails, by the test's address below `BASE`, with the cause."""

pytestmark = needed


@pytest.fixture(scope="module")
def w3c(tmp_path_factory, start_server_in):
    """A server over a store with every data file of the suite."""
    folder = Folder(tmp_path_factory.mktemp("w3c") / "store")
    folder.create()
    live = ox.Store(folder.live)
    for name in EVALUATION:
        for path in sorted((SUITE / name).iterdir()):
            format = ox.RdfFormat.from_extension(path.suffix[1:])
            if format and path.name != "manifest.ttl":
                iri = f"{BASE}{name}/{path.name}"
                live.load(path.read_bytes(), format, base_iri=iri, to_graph=ox.NamedNode(iri))
    for number in (1, 2, 3):
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
        live.load((SUITE / f"protocol/data{number}.nt").read_bytes(), ox.RdfFormat.N_TRIPLES, to_graph=graph)
    folder.publish(1, lambda target: live.backup(str(target)))
    return start_server_in(folder.path)


def evaluate(server, text, iri, default=(), named=(), accept="*/*"):
    parameters = [("default-graph-uri", graph) for graph in default] + [("named-graph-uri", graph) for graph in named]
    if "FROM" in text:
        parameters = []
    elif not default:
        parameters.append(("default-graph-uri", NOWHERE))
    address = "/sparql?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters)
    body = f"BASE <{iri}>\n{text}".encode()
    return send(server, "POST", address, body, {"Content-Type": "application/sparql-query", "Accept": accept}.items())


def rows_as_graph(variables, rows, ordered=False):
    """A result as triples: a node for each row, so that blank nodes can be matched across rows."""
    for number, row in enumerate(rows):
        node = ox.BlankNode()
        yield ox.Triple(node, ox.NamedNode("urn:row"), ox.Literal(number if ordered else 0))
        for variable, term in zip(variables, row, strict=True):
            if term is not None:
                yield ox.Triple(node, ox.NamedNode(f"urn:column:{variable}"), term)


class Result:
    """What a query gave: a truth, rows, or a graph."""

    def __init__(self, truth=None, variables=(), rows=None, triples=None, ordered=False):
        self.truth, self.variables, self.rows, self.triples, self.ordered = truth, variables, rows, triples, ordered

    @classmethod
    def parsed(cls, data, format):
        result = ox.parse_query_results(data, format)
        if isinstance(result, ox.QueryBoolean):
            return cls(truth=bool(result))
        return cls(variables=[v.value for v in result.variables], rows=[tuple(solution) for solution in result])

    def agrees(self, expected):
        if expected.truth is not None:
            return self.truth == expected.truth
        if expected.triples is not None:
            return canonical(self.triples) == canonical(expected.triples)
        if set(self.variables) != set(expected.variables):
            return False
        order = [self.variables.index(v) for v in expected.variables]
        mine = [tuple(row[n] for n in order) for row in self.rows]
        flags = (expected.variables, expected.ordered)
        if len(mine) != len(expected.rows):
            return False
        if not any(isinstance(term, ox.BlankNode) for row in itertools.chain(mine, expected.rows) for term in row):
            values = [
                [tuple(plain(t) and str(plain(t)) for t in row) for row in rows] for rows in (mine, expected.rows)
            ]
            return values[0] == values[1] if expected.ordered else Counter(values[0]) == Counter(values[1])
        return canonical(rows_as_graph(flags[0], mine, flags[1])) == canonical(
            rows_as_graph(flags[0], expected.rows, flags[1])
        )


def expected_result(iri):
    path = local(iri)
    format = ox.QueryResultsFormat.from_extension(path.suffix[1:])
    if format and path.suffix != ".xml":
        return Result.parsed(path.read_bytes(), format)
    triples = [quad.triple for quad in ox.parse(path=str(path), base_iri=iri)]
    roots = [t.subject for t in triples if t.object == ox.NamedNode(RS + "ResultSet")]
    return from_result_set(triples, roots[0]) if roots else Result(triples=triples)


def from_result_set(triples, root):
    values = {}
    for triple in triples:
        values.setdefault((triple.subject, triple.predicate.value.removeprefix(RS)), []).append(triple.object)
    if truth := values.get((root, "boolean")):
        return Result(truth=truth[0].value == "true")
    variables = [term.value for term in values.get((root, "resultVariable"), [])]
    solutions = values.get((root, "solution"), [])
    ordered = all((solution, "index") in values for solution in solutions) and bool(solutions)
    if ordered:
        solutions.sort(key=lambda solution: int(values[solution, "index"][0].value))
    rows = []
    for solution in solutions:
        bound = {
            values[binding, "variable"][0].value: values[binding, "value"][0]
            for binding in values.get((solution, "binding"), [])
        }
        rows.append(tuple(bound.get(variable) for variable in variables))
    return Result(variables=variables, rows=rows, ordered=ordered)


@pytest.mark.parametrize(
    ("manifest", "node", "kind"), suite(EXCEPTIONS, EVALUATION, "QueryEvaluationTest", "CSVResultFormatTest")
)
def test_a_query_gives_what_the_suite_expects(w3c, manifest, node, kind):
    action = manifest.one(node, MF + "action")
    query = manifest.one(action, QT + "query").value
    default = [data.value for data in manifest.all(action, QT + "data")]
    named = [data.value for data in manifest.all(action, QT + "graphData")]
    wanted = manifest.one(node, MF + "result").value
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}.get(
        Path(wanted).suffix, "application/sparql-results+xml, text/turtle"
    )
    status, media_type, body = evaluate(w3c, text_of(query), query, default, named, accept)
    assert status == 200, body
    if kind == "CSVResultFormatTest":
        assert csv_rows(body.decode()) == csv_rows(text_of(wanted))
        return
    if media_type == "text/turtle":
        found = Result(triples=[quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)])
    else:
        found = Result.parsed(body, ox.QueryResultsFormat.from_media_type(media_type))
    assert found.agrees(expected_result(wanted))


def csv_rows(text):
    """Rows of CSV by column, blank nodes by the order in which they are named first, as the format cannot tell more."""
    import csv

    head, *rows = list(csv.reader(text.splitlines()))
    columns = sorted(range(len(head)), key=lambda n: head[n])
    names = {}

    def cell(value):
        return names.setdefault(value, f"_:{len(names)}") if value.startswith("_:") else value

    body = sorted((["_:" if row[n].startswith("_:") else row[n] for n in columns]) for row in rows)
    return [sorted(head), *body]


SYNTAX = ("PositiveSyntaxTest11", "NegativeSyntaxTest11", "PositiveSyntaxTest", "NegativeSyntaxTest")


@pytest.mark.parametrize(
    ("manifest", "node", "kind"),
    suite(EXCEPTIONS, ["syntax-query", "aggregates", "construct", "grouping", "bind", "bindings", "subquery"], *SYNTAX),
)
def test_what_is_a_query_is_told_from_what_is_none(w3c, manifest, node, kind):
    query = manifest.one(node, MF + "action").value
    text = text_of(query)
    status, _, body = evaluate(w3c, text, query)
    if kind.startswith("Negative"):
        assert status == 400
    else:
        assert status == 200, body


def protocol_tests():
    return [test for test in suite(EXCEPTIONS, ["protocol"], "ProtocolTest") if "update" not in test.id]


@pytest.mark.parametrize(("manifest", "node", "kind"), protocol_tests())
def test_the_query_operation_keeps_the_protocol(w3c, manifest, node, kind):
    for method, path, headers, data, expected in requests(manifest, node):
        path = path.replace("/sparql/", "/sparql", 1)
        status, media_type, answer = send(w3c, method, path, data, headers.items())
        check(manifest, expected, status, media_type, answer)


def check(manifest, expected, status, media_type, body):
    classes = {term.value.rpartition("StatusCode")[2][0] for term in manifest.all(expected, MF + "expectedStatus")}
    assert str(status)[0] in classes, body
    form = manifest.one(expected, MF + "expectedFormat")
    if form and form.value == "RDF":
        assert ox.RdfFormat.from_media_type(media_type)
    elif form:
        assert ox.QueryResultsFormat.from_media_type(media_type)
    truth = manifest.one(expected, MF + "expectedBoolean")
    if truth:
        assert Result.parsed(body, ox.QueryResultsFormat.from_media_type(media_type)).truth == (truth.value == "true")


def test_the_endpoint_describes_itself(w3c):
    """returns-rdf, has-endpoint-triple, conforms-to-schema of the suite's service-description."""
    status, media_type, body = send(w3c, "GET", "/sparql", headers={"Accept": "text/turtle"}.items())
    assert (status, media_type) == (200, "text/turtle")
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE, base_iri=f"{w3c.url}/sparql")]
    services = [t.subject for t in triples if t.object == ox.NamedNode(SD + "Service")]
    assert len(services) == 1
    endpoints = [t.object for t in triples if t.predicate == ox.NamedNode(SD + "endpoint")]
    assert endpoints == [ox.NamedNode(f"{w3c.url}/sparql")]
    used = {t.predicate.value for t in triples if t.predicate.value.startswith(SD)}
    used |= {t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(SD)}
    classes = {"Service", "Dataset", "Graph", "SPARQL11Query", "UnionDefaultGraph"}
    properties = {"endpoint", "supportedLanguage", "resultFormat", "feature", "defaultDataset", "defaultGraph"}
    assert {name.removeprefix(SD) for name in used} == classes | properties
