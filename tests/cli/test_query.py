"""`kg query` evaluates in a process that may die, and can ask other endpoints."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, kg

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
THEIRS = '<https://w3id.org/readout/place/kenya> <http://property.example/capital> "Nairobi"@en .'


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("query") / "store"
    file = path.with_name("data.ttl")
    file.write_text("<https://w3id.org/readout/place/kenya> a <urn:Place> .\n")
    assert kg("load", file, "--store", path).status == 0
    return path


@pytest.mark.parametrize(
    "text",
    ["SELECT (" + "STR(" * 3000 + "1" + ")" * 3000 + " AS ?x) {}", "ASK " + "{" * 5000 + "}" * 5000],
    ids=["nested calls", "nested braces"],
)
def test_a_query_that_ends_its_process_is_one_line_of_error(store, text):
    result = kg("query", "-", "--store", store, input=text)
    assert (result.status, result.out) == (75, "")
    assert len(result.err.splitlines()) == 1
    assert "nested too deep" in result.err


CROSS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{{' 1' * 100}}}" for n in range(8)) + " }"


def test_a_query_stops_after_the_time_that_it_was_given(store):
    result = kg("query", CROSS, "--store", store, "--timeout", "0.3")
    assert result.status == 75
    assert "longer than 0.3 s" in result.err


def test_a_query_stops_at_the_memory_that_it_was_given(store):
    doubled = " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(33))
    result = kg(
        "query",
        f"SELECT (STRLEN(?v33) AS ?n) {{ BIND('0123456789' AS ?v0) {doubled} }}",
        "--memory",
        "512M",
        "--store",
        store,
    )
    assert result.status == 75
    assert "--memory" in result.err


@pytest.mark.parametrize("option", [("--timeout", "soon"), ("--memory", "much"), ("--federate", "wikidata")])
def test_a_wrong_limit_is_said(store, option):
    result = kg("query", "ASK {}", "--store", store, *option)
    assert result.status == 65
    assert len(result.err.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_it_is_interrupted_at_once_and_leaves_no_process(store):
    command = [sys.executable, "-m", "kg", "query", CROSS, "--store", str(store)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 20
    while not (family := children.read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert len(err.split("\n")) - err.startswith("\n") == 2, err  # click ends the line on which ^C is shown
    assert not any(Path(f"/proc/{child}").exists() for child in family)


def test_it_asks_an_endpoint_that_is_named_and_no_other(store, remote_over):
    remote = remote_over(THEIRS)
    text = f"SELECT ?c {{ ?x a <urn:Place> . SERVICE <{remote}> {{ ?x <http://property.example/capital> ?c }} }}"
    found = kg("query", text, "--store", store, "--federate", remote, "--format", "tsv")
    assert found.out.split() == ["?c", '"Nairobi"@en']
    assert kg("query", text, "--store", store).status == 77
    graph = text.replace("SELECT ?c", "PREFIX p: <urn:> CONSTRUCT { ?x p:c ?c } WHERE")
    assert "Nairobi" in kg("query", graph, "--store", store, KG_FEDERATE=remote).out


def test_the_usual_prefixes_need_no_declaration_over_there_either(store, remote_over):
    remote = remote_over(
        "<https://w3id.org/readout/place/kenya> <http://www.w3.org/2000/01/rdf-schema#label> 'Kenya' ."
    )
    text = f"SELECT ?l {{ SERVICE <{remote}> {{ <place/kenya> rdfs:label ?l }} }}"
    assert kg("query", text, "--store", store, "--federate", remote, "--format", "csv").out.split() == ["l", "Kenya"]


def test_a_saved_query_that_asks_wikidata_says_what_to_allow_and_asks_a_copy_of_it(store, remote_over):
    refused = kg("query", "--saved", "wikidata-native-names", "--store", store)
    assert refused.status == 77
    assert "--federate https://query.wikidata.org/sparql" in refused.err
    remote = remote_over("")
    arguments = ("--saved", "wikidata-native-names", "--param", f"endpoint={remote}", "--federate", remote)
    found = kg("query", *arguments, "--store", store, "--format", "csv")
    assert found.out == "person,name,native,language\r\n"
