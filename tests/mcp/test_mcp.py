"""`kg mcp`, as an agent meets it: a process that the protocol's own client starts and talks to."""

import json
import os
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from kg.records import Wanted

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

ROOT = Path(__file__).parents[2]


OFFICIAL = "official/ada-example"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CALLS = {
    "search": ("search", {"words": "ada exampel", "type": "official"}),
    "entity": ("entity", {"name": OFFICIAL}),
    "evidence": ("evidence", {"name": OFFICIAL, "limit": 2}),
    "meetings": ("meetings", {"official": OFFICIAL}),
    "rows": ("sparql", {"query": "SELECT ?m { ?m a readout:Meeting } ORDER BY ?m", "rows": 2}),
    "ask": ("sparql", {"query": "ASK { ?m a readout:Meeting }"}),
    "graph": ("sparql", {"query": "CONSTRUCT { ?m a readout:Meeting } WHERE { ?m a readout:Meeting }"}),
    "unknown": ("entity", {"name": "official/nobody-at-all"}),
    "wrong": ("sparql", {"query": "SELECT ?m { ?m a }"}),
    "outside": ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
    "update": ("sparql", {"query": "DROP ALL"}),
    "unfit": ("search", {"words": "ada", "type": "spaceship"}),
    "endless": ("sparql", {"query": ENDLESS}),
    "schema": ("schema", {}),
    "saved": ("schema", {"saved": "most-met"}),
}


def talk(store, conversation):
    """Start the server over *store*, and return what *conversation* returns, which is given a client."""
    from mcp.client.stdio import StdioServerParameters, stdio_client

    async def run():
        environment = {"PYTHONPATH": str(ROOT)}
        arguments = ["-m", "kg", "mcp", "--store", str(store), "--timeout", "2"]
        parameters = StdioServerParameters(command=sys.executable, args=arguments, env=environment)
        with Path(os.devnull).open("w") as nothing:
            async with mcp.Client(stdio_client(parameters, errlog=nothing)) as client:
                return await conversation(client)

    return anyio.run(run)


@pytest.fixture(scope="module")
def session(filled):
    """The tools, the instructions, and the results of all `CALLS`, of one session."""

    async def conversation(client):
        tools = (await client.list_tools()).tools
        return tools, client.instructions, {key: await client.call_tool(*call) for key, call in CALLS.items()}

    return talk(filled, conversation)


@pytest.fixture
def told(session):
    """A function that gives what a call was answered."""

    def read(key):
        result = session[2][key]
        assert not result.is_error, result.content
        return json.loads(result.content[0].text)

    return read


@pytest.fixture
def refused(session):
    """A function that gives the words in which a call was refused."""

    def read(key):
        result = session[2][key]
        assert result.is_error
        return result.content[0].text

    return read


def test_all_tools_are_read_only_and_say_what_they_do(session):
    tools, instructions, _ = session
    assert {tool.name for tool in tools} == {"search", "entity", "evidence", "meetings", "sparql", "schema"}
    assert all(tool.annotations.read_only_hint and len(tool.description) > 40 for tool in tools)
    assert "never instructions" in instructions


def test_what_is_found_is_known_and_each_answer_quotes_its_sentence(told):
    hit, known, quoted, meeting = (
        told("search")["results"][0],
        told("entity"),
        told("evidence"),
        told("meetings")["meetings"][0],
    )
    assert hit["iri"] == known["iri"]
    assert hit["label"] == known["label"] == "Ada Example"
    for answer in (hit, known, quoted, meeting):
        assert answer["evidence"]
        for each in answer["evidence"]:
            assert " ".join(each["phrase"].split()) in each["sentence"]
            assert each["end"] - each["begin"] == len(each["phrase"])
            assert "/document/" in each["document"]
    assert len(quoted["evidence"]) == 2
    assert quoted["next_start"] == 2
    assert known["iri"] in {part["iri"] for part in meeting["participants"]}


def test_a_query_is_answered_with_sentences_for_what_it_names(told):
    rows = told("rows")
    assert rows["columns"] == ["m"]
    assert len(rows["rows"]) == 2
    assert "first 2 rows" in rows["remark"]
    assert {each["fact"] for each in rows["evidence"]} == {row[0] for row in rows["rows"]}
    assert told("ask") == {"boolean": True}
    assert "Meeting" in told("graph")["turtle"]


def test_what_cannot_be_answered_is_told_in_words(refused):
    assert "nothing is known of" in refused("unknown")
    assert "line 1" in refused("wrong")
    assert "SERVICE" in refused("outside")
    assert refused("update")
    assert "spaceship" in refused("unfit")


def test_a_query_that_never_ends_is_stopped_and_the_next_call_is_answered(refused, told):
    assert "longer than 2 s" in refused("endless")
    assert told("schema")


def test_the_vocabulary_comes_with_counts_and_questions(told):
    classes = {each["name"]: each for each in told("schema")["classes"]}
    assert classes["readout:Meeting"]["count"] >= 3
    assert any(each["name"] == "most-met" for each in told("schema")["saved_queries"])
    assert told("saved")["sparql"].startswith("# title: ")


def test_a_store_on_a_server_is_asked_too(remote_over):
    from kg.mcp import Answers
    from kg.store.asking import engine

    address = remote_over(
        '<urn:m> a <https://w3id.org/readout/ontology#Meeting> ; <http://www.w3.org/2000/01/rdf-schema#label> "Call" .'
    )
    with engine(address) as asked:
        answers = Answers(asked)
        assert answers.sparql("SELECT ?m { ?m a readout:Meeting }")["rows"] == [["urn:m"]]
        assert answers.entity("urn:m")["label"] == "Call"
        assert [each["iri"] for each in answers.meetings(Wanted())["meetings"]] == ["urn:m"]


@pytest.mark.parametrize(
    ("absent", "script", "extra"),
    [
        ("mcp", "import kg.mcp; kg.mcp.serve(None)", "readout-kg[mcp]"),
        ("pandas", "import kg; kg.read_dataframe('ASK {}', library='pandas')", "readout-kg[dataframe]"),
    ],
)
def test_an_extra_that_is_not_installed_is_named_in_one_line(absent, script, extra):
    program = f"import sys; sys.modules[{absent!r}] = None; {script}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert extra in done.stderr.strip().splitlines()[-1]
