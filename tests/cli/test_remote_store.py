"""Every command takes the address of a server as its store."""

import json

import pytest

from tests.cli.conftest import kg
from tests.store import servers

COUNT = "SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="module")
def run(tmp_path_factory, address):
    folder = tmp_path_factory.mktemp("here")

    def run(command, *arguments, **environment):
        return kg(*command.split(), *arguments, "--store", address, cwd=folder, **environment)

    run.folder = folder
    return run


@pytest.fixture(scope="module")
def loaded(run, readouts):
    return run("load", readouts)


def test_loading_says_what_the_server_cannot_do_and_skips_what_is_there(run, loaded, readouts):
    assert loaded.status == 0, loaded.err
    assert "there are no generations" in loaded.err
    assert "loaded 3, replaced 0, unchanged 0" in loaded.err
    assert "loaded 0, replaced 0, unchanged 3" in run("load", readouts).err


def test_it_is_asked_counted_checked_and_exported(run, loaded, filled):
    meetings = run("query", COUNT, "--format", "csv").out.split()[-1]
    assert meetings == kg("query", COUNT, "--format", "csv", "--store", filled).out.split()[-1]
    assert json.loads(run("stats --json").out)["documents"] == 3
    assert run("check").status == 0
    exported, own = run("export").out, kg("export", "--store", filled).out
    assert sorted(exported.splitlines()) == sorted(own.splitlines())


def test_it_is_linked_and_judgements_lie_in_a_folder_here(run, loaded):
    linked = run("link")
    assert linked.status == 0, linked.err
    assert [path.name for path in run.folder.iterdir()] == [path.name for path in run.folder.glob("kg-127-0-0-1-*")]
    assert json.loads(run("stats --json").out)["documents"] == 4


def test_documents_are_deleted(run, loaded, address):
    graph = "https://w3id.org/readout/graph/links"
    assert "deleted 1" in run("delete --graph", graph).err
    assert run("check --no-shapes").status == 0


def test_what_is_for_stores_on_this_machine_says_so(run, loaded):
    for command in ("backup copy", "compact", "snapshot publish place"):
        answer = run(command)
        assert answer.status == 74
        assert "is for stores on this machine" in answer.err
        assert len(answer.err.splitlines()) == 1
