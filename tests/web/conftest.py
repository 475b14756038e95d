"""A small store of invented readouts, an application over it, and a server that really listens."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.model import (
    Agency,
    Extraction,
    Holding,
    Initiative,
    Meeting,
    Mention,
    Participation,
    Person,
    Place,
    Post,
    Readout,
    Span,
    Statement,
)
from kg.rdf import graph_iri, to_quads
from kg.store import DocumentWrite, open_store
from kg.web import create_app

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "Readout of Foreign Minister Ada Nyberg’s Call with Secretary Jonas Okafor\n\n"
    "Foreign Minister Ada Nyberg of Norland spoke today by phone with Secretary of State Jonas Okafor of Sudoria. "
    "They discussed the <b>Northern & Eastern</b> Cable Compact. The Minister thanked the Sudorian Coast Guard."
)


def mention(phrase):
    start = TEXT.index(phrase)
    return Mention(Span(start, start + len(phrase)), "test")


def extraction(day):
    """What a reader would find in `TEXT`, issued on *day*."""
    norland = Place(id="place/norland", name="Norland", country=True, mentions=(mention("Norland"),))
    sudoria = Place(id="place/sudoria", name="Sudoria", country=True, mentions=(mention("Sudoria"),))
    posts = (Post(title="Foreign Minister", of=norland.id), Post(title="Secretary of State", of=sudoria.id))
    phrases = (mention("Foreign Minister Ada Nyberg of Norland"), mention("Secretary of State Jonas Okafor of Sudoria"))
    people = tuple(
        Person(id=f"official/{tail}", name=name, mentions=(mention(name),), holdings=(Holding(post=post, evidence=by),))
        for tail, name, post, by in zip(
            ("ada-nyberg", "jonas-okafor"), ("Ada Nyberg", "Jonas Okafor"), posts, phrases, strict=True
        )
    )
    compact = Initiative(id="initiative/compact", name="<b>Northern & Eastern</b> Cable Compact")
    guard = Agency(id="agency/coast-guard", name="Sudorian Coast Guard", country=sudoria.id)
    sides = (norland.id, sudoria.id)
    meeting = Meeting(
        number=1,
        kind="call",
        mode="phone",
        start=day,
        participations=tuple(
            Participation(person=person.id, post=post, side=side, evidence=by)
            for person, post, side, by in zip(people, posts, sides, phrases, strict=True)
        ),
        sides=sides,
        addresses=(compact.id,),
        evidence=(mention("spoke today by phone"),),
    )
    thanks = Statement(
        number=1,
        meeting=1,
        act="appreciate",
        speakers=("official/ada-nyberg",),
        about=(guard.id,),
        evidence=mention("thanked the Sudorian Coast Guard"),
    )
    readout = Readout(
        id=f"norland-mfa/{day}-call",
        text=TEXT,
        title=Span(0, TEXT.index("\n")),
        source="https://mfa.norland.example/call?a=1&b=2",
        sha256="0" * 64,
    )
    return Extraction(
        readout=readout,
        people=people,
        agencies=(guard,),
        initiatives=(compact,),
        places=(norland, sudoria),
        meetings=(meeting,),
        statements=(thanks,),
    )


def writes(days):
    for day in days:
        found = extraction(day)
        graph = graph_iri(found.readout.id).value
        yield DocumentWrite.of(graph, to_quads(found), sha256="0" * 64, converter="test", source="test")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The path of a store with three readouts."""
    path = tmp_path_factory.mktemp("web") / "store"
    with open_store(path, mode="write") as store:
        store.put(writes(("2021-03-01", "2022-04-02", "2023-05-03")))
    return path


@pytest.fixture(scope="session")
def app(folder):
    app = create_app(folder, TESTING=True)
    yield app
    app.extensions["kg"].engine.close()


@pytest.fixture
def client(app):
    return app.test_client()


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen


def start_server(folder, *arguments, env=None):
    """Start `kg serve` on a free port and wait for its line."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    assert " at http://127.0.0.1:" in line, line + process.stderr.read()
    return Server(line.split()[-1].rstrip("/"), process)


def stop_server(server):
    server.process.terminate()
    try:
        server.process.communicate(timeout=20)
    finally:
        server.process.kill()
        server.process.wait()
        for stream in (server.process.stdout, server.process.stderr):
            stream.close()


@pytest.fixture(scope="session")
def server(folder):
    """One server for all tests that leave it as it is."""
    server = start_server(folder)
    yield server
    stop_server(server)


@pytest.fixture(scope="session")
def start_server_in():
    """Start a server for many tests, with settings from the environment."""
    servers = []

    def start(folder, **environment):
        servers.append(start_server(folder, env=os.environ | environment))
        return servers[-1]

    yield start
    for server in servers:
        stop_server(server)


@pytest.fixture(scope="session")
def write_days():
    """Write the readouts of some days into a store."""

    def write(folder, *days):
        with open_store(folder, mode="write") as store:
            store.put(writes(days))

    return write


@pytest.fixture
def serving():
    """Start further servers, which are stopped at the end of the test."""
    servers = []

    def start(*arguments, **options):
        servers.append(start_server(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        stop_server(server)


@pytest.fixture
def background():
    """Run functions in threads that are joined at the end of the test."""
    threads = []

    def run(function, *arguments):
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        threads.append(thread)
        thread.start()
        return thread

    yield run
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
