"""The W3C's SPARQL 1.1 suite: its manifests, and how results are compared and requests are sent."""

import urllib.error
import urllib.request
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql11"
BASE = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
SD = "http://www.w3.org/ns/sparql-service-description#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

needed = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not beside this checkout")


class Manifest:
    """A folder's manifest, as a graph to walk in."""

    def __init__(self, name, file="manifest.ttl"):
        self.base = f"{BASE}{name}/{file}"
        path = SUITE / name / file
        self._triples = {}
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=self.base):
            self._triples.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)

    def all(self, node, predicate):
        return self._triples.get((node, predicate), [])

    def one(self, node, predicate):
        return next(iter(self.all(node, predicate)), None)

    def items(self, node):
        while node is not None and node != ox.NamedNode(RDF + "nil"):
            yield self.one(node, RDF + "first")
            node = self.one(node, RDF + "rest")

    def tests(self, *kinds):
        entries = self.one(ox.NamedNode(self.base), MF + "entries")
        for node in self.items(entries):
            kind = next((t.value.removeprefix(MF) for t in self.all(node, RDF + "type")), "")
            if kind in kinds:
                yield node, kind


def suite(exceptions, folders, *kinds):
    """Parameters for a test: the manifest and the node, named by folder and test; those that fail with the cause."""
    if not SUITE.is_dir():
        return []
    found = []
    for folder in folders:
        folder, _, file = folder.partition("/")
        manifest = Manifest(folder, file or "manifest.ttl")
        for node, kind in manifest.tests(*kinds):
            name = f"{folder}/{node.value.partition('#')[2] or node.value.rpartition('/')[2]}"
            marks = [pytest.mark.xfail(reason=exceptions[name], strict=True)] if name in exceptions else []
            found.append(pytest.param(manifest, node, kind, id=name, marks=marks))
    return found


def local(iri):
    return SUITE / iri.removeprefix(BASE)


def text_of(iri):
    return local(iri).read_text(encoding="utf-8")


def send(server, method, path, body=None, headers=(), with_headers=False):
    request = urllib.request.Request(f"{server.url}{path}", body, dict(headers), method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        found = answer.status, answer.headers.get_content_type(), answer.read()
        return (*found, answer.headers) if with_headers else found


# --- results, compared up to the names of blank nodes and the spelling of numbers -----------------------------------


def plain(term):
    """Numbers by value: the suite compares values, not spellings."""
    if isinstance(term, ox.Literal) and term.datatype.value.removeprefix(XSD) in (
        "integer",
        "decimal",
        "double",
        "float",
    ):
        try:
            return ox.Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
        except InvalidOperation:
            return term
    if term == ox.Literal("0", datatype=ox.NamedNode(XSD + "boolean")):
        return ox.Literal(False)
    return term


def canonical(triples):
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, plain(t.object), ox.DefaultGraph()) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, dataset))


def requests(manifest, node):
    """The requests of a test of a protocol: method, path, headers, body, and the node of the expected response."""
    action = manifest.one(node, MF + "action")
    for request in manifest.items(manifest.one(action, HT + "requests")):
        body = manifest.one(request, HT + "body")
        headers = {
            manifest.one(header, HT + "fieldName").value: manifest.one(header, HT + "fieldValue").value
            for header in manifest.items(manifest.one(request, HT + "headers"))
        }
        data = None
        if body is not None:
            encoding = manifest.one(body, CNT + "characterEncoding")
            data = manifest.one(body, CNT + "chars").value.encode(encoding.value if encoding else "utf-8")
        if data is not None and not {"content-type"} & {name.lower() for name in headers}:
            headers["Content-Type"] = ""
        method = manifest.one(request, HT + "methodName").value
        path = manifest.one(request, HT + "absolutePath").value
        yield method, path, headers, data, manifest.one(request, HT + "resp")
