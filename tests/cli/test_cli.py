"""The command line: data on one stream, messages on the other, and a status that tells what happened."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import cli
from kg.store import open_store
from tests.cli.conftest import ROOT, kg

COUNT = "SELECT (COUNT(*) AS ?n) { ?m a readout:Meeting }"


# --- the whole ----------------------------------------------------------------------------------------------------


def test_help_lists_every_command_and_the_exit_statuses():
    result = kg("--help")
    assert result.status == 0
    for name in cli.commands:
        assert f"  {name} " in result.out
    assert "130  interrupted" in result.out


@pytest.mark.parametrize("command", cli.commands)
def test_each_command_explains_itself(command):
    result = kg(command, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: kg {command}")


def test_the_lines_of_an_example_stay_lines():
    assert "\n  bash: kg completion bash > " in kg("completion", "--help").out


def test_an_address_that_no_store_has_is_no_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (("stats", "--store", "ftp://a.example/x"), ("snapshot", "list", "s3://a.example/x")):
        refused = kg(*words)
        assert refused.status == 65
        assert "http" in refused.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["load", "query", "stats", "export", "check", "delete", "serve", "demo"])
def test_the_store_is_named_in_the_same_way_everywhere(name):
    (option,) = [option for option in cli.commands[name].params if option.name == "location"]
    assert (option.opts, option.envvar, option.default) == (["--store"], "KG_STORE", "kg-store")


def test_help_imports_nothing_that_is_slow():
    script = (
        "import sys, kg.cli; print(*sorted({'rdflib', 'flask', 'rich', 'kg.lexicon', 'kg.web'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == b""


def test_it_tells_its_version():
    from kg import __version__

    assert kg("--version").out.strip() == f"kg, version {__version__}"


def test_wrong_usage_has_status_2():
    for arguments in (["nonsense"], ["load"], ["query", "--format", "odt", "ASK {}"], ["serve", "--port", "99999"]):
        result = kg(*arguments)
        assert (result.status, result.out) == (2, "")
        assert "Usage:" in result.err


# --- convert ------------------------------------------------------------------------------------------------------


def test_convert_writes_n_quads_to_standard_output(readouts):
    result = kg("convert", readouts)
    assert result.status == 0
    graphs = {quad.graph_name.value for quad in parse(result.out, RdfFormat.N_QUADS)}
    assert len(graphs) == 3
    assert result.err == "converted 3, set aside 0\n"
    assert kg("convert", readouts, "--jobs", 1).out == result.out


@pytest.mark.parametrize(
    "name", ["out.nq", "out.trig", "out.ttl", "out.nt", "out.jsonld", "out.rdf", "out.nq.gz", "out.ttl.gz"]
)
def test_convert_writes_the_format_that_the_name_says(readouts, tmp_path, name):
    target = tmp_path / name
    result = kg("convert", readouts / "call-0.txt", "-o", target)
    assert (result.status, result.out) == (0, "")
    data = target.read_bytes()
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    format = RdfFormat.from_extension(name.removesuffix(".gz").split(".")[-1])
    assert len(list(parse(data, format))) > 20
    again = tmp_path / f"again-{name}"
    kg("convert", readouts / "call-0.txt", "-o", again)
    assert again.read_bytes() == target.read_bytes()


def test_convert_reads_standard_input(readouts):
    result = kg("convert", "-", input=(readouts / "call-1.txt").read_text())
    assert result.status == 0
    assert "Bo Sample" in result.out


def test_convert_refuses_a_name_that_says_no_format(readouts, tmp_path):
    result = kg("convert", readouts, "-o", tmp_path / "out.odt")
    assert result.status == 64
    assert result.err.startswith("error: ")
    assert list(tmp_path.iterdir()) == []


def test_what_is_set_aside_shows_in_the_status(readouts, tmp_path):
    bad = tmp_path / "bad.bin"
    bad.write_bytes(b"\x00\x01")
    some, none = kg("convert", readouts, bad), kg("convert", bad)
    assert (some.status, none.status) == (1, 65)
    assert f"set aside: {bad}" in some.err
    assert none.out == ""


def test_output_that_cannot_be_written_is_said_in_a_line(readouts, tmp_path):
    result = kg("convert", readouts, "-o", tmp_path / "no" / "folder" / "out.nq")
    assert result.status == 74
    assert result.err.count("\n") == 1
    assert "No such file or directory" in result.err


# --- load ---------------------------------------------------------------------------------------------------------


def test_load_tells_what_became_of_the_documents(readouts, tmp_path):
    store = tmp_path / "store"
    first = kg("load", readouts, tmp_path / "missing.txt", "--store", store, "--json")
    assert first.status == 1
    summary = json.loads(first.out)
    assert (summary["loaded"], summary["replaced"], summary["unchanged"], summary["lost"]) == (3, 0, 0, [])
    assert [issue["code"] for issue in summary["set_aside"]] == ["NotFound"]
    assert "loaded 3, replaced 0, unchanged 0, set aside 1" in first.err
    second = kg("load", readouts, KG_STORE=str(store))
    assert (second.status, second.out) == (0, "")
    assert "unchanged 3" in second.err
    assert "replaced 3" in kg("load", readouts, "--store", store, "--force").err


def test_a_store_that_is_being_written_to_is_said_in_a_line(readouts, tmp_path):
    with open_store(tmp_path / "store", mode="write"):
        result = kg("load", readouts, "--store", tmp_path / "store")
    assert result.status == 75
    assert result.err.startswith("error: another process is writing")
    assert result.err.count("\n") == 1


def test_a_store_can_be_asked_while_it_is_written_to(filled):
    with open_store(filled, mode="write"):
        assert kg("query", COUNT, "--store", filled, "--format", "csv").out.split() == ["n", "3"]


# --- query --------------------------------------------------------------------------------------------------------


def test_a_query_can_be_text_a_file_or_standard_input(filled, tmp_path):
    (tmp_path / "count.rq").write_text(COUNT)
    answers = [
        kg("query", COUNT, "--store", filled, "--format", "tsv"),
        kg("query", tmp_path / "count.rq", "--store", filled, "--format", "tsv"),
        kg("query", "-", "--store", filled, "--format", "tsv", input=COUNT),
        kg("query", "--store", filled, "--format", "tsv", input=COUNT),
    ]
    assert {(answer.status, answer.out, answer.err) for answer in answers} == {(0, "?n\n3\n", "")}


def test_a_table_is_for_people(filled):
    result = kg("query", "SELECT ?m ?kind { ?m readout:kind ?kind } ORDER BY ?m", "--store", filled)
    assert result.status == 0
    header, _rule, *rows = result.out.splitlines()
    assert header.split() == ["m", "kind"]
    assert len(rows) == 3
    assert all(row.split()[1] == "kind:call" for row in rows)
    assert result.err == "3 rows\n"


def test_a_table_does_not_let_data_command_the_terminal(tmp_path):
    (tmp_path / "x.nt").write_text('<urn:a> <urn:p> "\\u001B[31mred\\u0007" .\n')
    kg("load", tmp_path / "x.nt", "--store", tmp_path / "store")
    result = kg("query", "SELECT ?o { ?s ?p ?o }", "--store", tmp_path / "store")
    assert "\x1b" not in result.out
    assert "\\x1b[31mred\\x07" in result.out


@pytest.mark.parametrize(
    ("format", "sign"), [("json", '"bindings"'), ("csv", "n\r\n3"), ("tsv", "?n\n3"), ("xml", "<sparql")]
)
def test_rows_come_in_each_format(filled, format, sign):
    assert sign in kg("query", COUNT, "--store", filled, "--format", format).out


@pytest.mark.parametrize("format", ["ttl", "nt", "jsonld", "rdf"])
def test_graphs_come_in_each_format(filled, tmp_path, format):
    target = tmp_path / f"out.{format}"
    query = "CONSTRUCT { ?m a readout:Meeting } WHERE { ?m a readout:Meeting }"
    assert kg("query", query, "--store", filled, "-o", target).status == 0
    assert len(list(parse(target.read_bytes(), RdfFormat.from_extension(format)))) == 3


def test_yes_or_no_and_a_graph_have_a_form_for_people_too(filled):
    assert kg("query", "ASK { ?m a readout:Meeting }", "--store", filled).out == "yes\n"
    assert kg("query", "ASK { ?m a readout:Nothing }", "--store", filled).out == "no\n"
    assert "@prefix" in kg("query", "DESCRIBE <place/kenya>", "--store", filled).out


def test_a_saved_query_takes_parameters_that_are_checked(filled):
    listed = kg("query", "--list-saved")
    assert listed.status == 0
    assert "--param" in listed.out
    name = listed.out.split()[0]
    assert kg("query", "--saved", name, "--store", filled, "--format", "json").status == 0
    wrong = kg("query", "--saved", name, "--param", "nothing=1", "--store", filled)
    assert (wrong.status, wrong.out) == (65, "")
    assert "no parameter 'nothing'" in wrong.err
    assert kg("query", "--saved", name[:-1], "--store", filled).status == 66


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["SELECT * {"], 65, "ends too early: '}' is missing"),
        (["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 77, "--federate http://127.0.0.1:9/"),
        (["no-such-file.rq"], 66, "no-such-file.rq"),
        (["ASK { }", "--format", "ttl"], 64, "json, csv, tsv, xml"),
        (["CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"], 64, "ttl, nt, jsonld, rdf"),
        (["ASK {}", "--saved", "x"], 2, "not both"),
        (["ASK {}", "--param", "x=1"], 2, "--saved"),
        (["--saved", "x", "--param", "x"], 2, "NAME=VALUE"),
    ],
)
def test_an_error_of_a_query_is_one_line_and_has_its_status(filled, arguments, status, said):
    result = kg("query", *arguments, "--store", filled)
    assert (result.status, result.out) == (status, "")
    assert said in result.err
    assert "Traceback" not in result.err
    assert status == 2 or result.err.count("\n") == 1


def test_a_store_that_is_not_there_is_said_in_a_line(tmp_path):
    for command in (["query", COUNT], ["stats"], ["export"], ["check"], ["delete", "x"], ["serve", "--port", "0"]):
        result = kg(*command, "--store", tmp_path / "none")
        assert result.status == 66, command
        assert result.err.startswith("error: no store at")
        assert result.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


# --- the store as a whole -----------------------------------------------------------------------------------------


def test_stats_counts(filled):
    counted = json.loads(kg("stats", "--store", filled, "--json").out)
    assert counted["documents"] == 3
    assert counted["classes"]["https://w3id.org/readout/ontology#Meeting"] == 3
    assert "3  documents" in kg("stats", "--store", filled).out


def test_export_gives_what_convert_gave(filled, readouts, tmp_path):
    kg("export", "--store", filled, "-o", tmp_path / "out.nq")
    exported = sorted((tmp_path / "out.nq").read_text().splitlines())
    assert exported == sorted(kg("convert", readouts).out.splitlines())


def test_one_document_can_be_exported(filled):
    with open_store(filled) as store:
        document = next(store.documents())
    by_id = kg("export", "--store", filled, "--document", document.id, "--format", "trig")
    assert by_id.status == 0
    assert {quad.graph_name.value for quad in parse(by_id.out, RdfFormat.TRIG)} == {document.graph}
    assert kg("export", "--store", filled, "--document", document.graph, "--format", "trig").out == by_id.out
    near = kg("export", "--store", filled, "--document", document.id + "x")
    assert near.status == 66
    assert f"did you mean {document.id}?" in near.err


def test_check_is_content_with_a_sound_store(filled):
    result = kg("check", "--store", filled)
    assert (result.status, result.out) == (0, ""), result.out
    assert "3 documents: no faults" in result.err


def test_check_finds_what_breaks_a_shape(tmp_path):
    (tmp_path / "x.ttl").write_text(
        "<https://w3id.org/readout/meeting/x/1> a <https://w3id.org/readout/ontology#Meeting> ."
    )
    kg("load", tmp_path / "x.ttl", "--store", tmp_path / "store")
    result = kg("check", "--store", tmp_path / "store")
    assert result.status == 1
    assert "meeting/x/1" in result.out
    assert kg("check", "--store", tmp_path / "store", "--no-shapes").status == 0


def test_check_without_the_extra_says_what_to_install(filled, tmp_path):
    (tmp_path / "pyshacl.py").write_text("raise ImportError")
    result = kg("check", "--store", filled, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert result.status == 69
    assert "readout-kg[validate]" in result.err


def test_delete_takes_documents_out(readouts, tmp_path):
    store = tmp_path / "store"
    kg("load", readouts, "--store", store)
    with open_store(store) as opened:
        first, second, third = opened.documents()
    assert kg("delete", first.id, "--store", store).err == "deleted 1\n"
    assert kg("delete", "--graph", second.graph, "--store", store).status == 0
    assert kg("delete", first.id, third.id, "--store", store).status == 66, "all or nothing"
    assert kg("delete", "--graph", first.graph, "--store", store).status == 66
    with open_store(store) as opened:
        assert [document.id for document in opened.documents()] == [third.id]
        assert list(opened.check()) == []


# --- serving ------------------------------------------------------------------------------------------------------


def test_a_gazetteer_that_is_not_there_keeps_a_service_from_starting(filled, tmp_path):
    refused = kg("serve", "--store", filled, "--port", "0", "--gazetteer", tmp_path / "none.gazetteer")
    assert refused.status == 66
    assert "no such gazetteer" in refused.err


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_it_serves_until_it_is_interrupted(command, filled, readouts, tmp_path):
    store = filled if command == "serve" else tmp_path / "store"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = [command, *([readouts] if command == "demo" else []), "--store", store, "--port", port]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)], stdout=subprocess.PIPE, cwd=ROOT, env=env
    ) as server:
        try:
            announced = server.stdout.readline().decode()
            assert f"http://127.0.0.1:{port}" in announced
            url = f"http://127.0.0.1:{port}/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
            with urllib.request.urlopen(url, timeout=20) as answer:
                assert b"true" in answer.read()
        finally:
            server.send_signal(signal.SIGINT)
        out = server.stdout.read().decode()
    assert server.returncode in (0, 130)
    if command == "demo":
        query = out[out.index("SELECT") :].strip()
        answer = kg("query", query, "--store", store, "--format", "csv")
        assert answer.status == 0, answer.err
        assert len(answer.out.splitlines()) > 5, "the first query has something to show"


# --- pipes and shells ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_has_enough_is_no_error(filled):
    command = [sys.executable, "-m", "kg", "export", "--store", str(filled)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_completion(shell):
    result = kg("completion", shell)
    assert result.status == 0
    assert "_KG_COMPLETE" in result.out


def test_completion_completes():
    completed = kg(_KG_COMPLETE="bash_complete", COMP_WORDS="kg qu", COMP_CWORD="1")
    assert "query" in completed.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_shows_on_a_terminal_only(readouts, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "load", str(readouts), "--store", str(tmp_path / "store")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, env=os.environ | {"TERM": "xterm"}
    ) as running:
        os.close(theirs)
        shown = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        assert running.stdout.read() == b""
    os.close(ours)
    assert running.returncode == 0, shown
    assert b"documents" in shown
    assert b"loaded 3" in shown


def test_a_long_load_of_shards_says_now_and_then_how_far_it_is(monkeypatch, capsys):
    from importlib import import_module

    from kg.load import Report

    module = import_module("kg.cli.load")  # by this name its package knows the command
    monkeypatch.setattr(module, "_TELL_SECONDS", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    for total in (3, None):  # of other input it is not known how much there is
        with module._progress(total) as progress:
            progress(Report(), None)
    assert capsys.readouterr().err == "1 of 3 documents, 0 set aside, about 0 min left\n"


def test_a_table_is_exported_with_its_codebook(filled, tmp_path):
    result = kg("export", "dyads", "--store", filled, "-o", tmp_path / "d.csv", "--codebook", tmp_path / "codebook.md")
    assert result.status == 0, result.err
    head, *rows = (tmp_path / "d.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("side1,name1,")
    assert len(rows) == 3
    assert "| `cow1` | whole number |" in (tmp_path / "codebook.md").read_text(encoding="utf-8")
    assert kg("export", "dyads", "--store", filled, "--format", "ttl").status == 2
    assert "TABLE" in kg("export", "--store", filled, "--format", "csv").err
