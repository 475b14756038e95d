"""Hostile queries against a server that listens, beside a client that behaves and whose answers keep coming."""

import gzip
import importlib.util
import marshal
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from siege import GOOD, Behaved, Canary, check_that_nobody_else_was_harmed

from kg.errors import KgError, QueryError, QueryTimeout, QueryTooHeavy, ResultTooLarge, TooBusy
from kg.store import worker as script
from kg.store.process import Refused
from kg.store.request import QueryRequest
from kg.store.workers import QueryWorkers

spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hostile)

TIMEOUT = 1
"""Seconds that a hostile query is given. The client that behaves may wait longer: this machine may have much to do."""


@pytest.fixture(scope="module")
def canary():
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture(scope="module")
def besieged(folder, start_server_in):
    """A server with little memory."""
    return start_server_in(folder, KG_MEMORY=str(1 << 30))


@pytest.fixture(scope="module")
def behaved(besieged):
    client = Behaved(besieged.url)
    yield client
    client.close()


def post(url, text, **parameters):
    """Send a query; return the status, and whether the whole answer came."""
    form = urlencode({"query": text, **parameters}, errors="surrogatepass")
    request = urllib.request.Request(f"{url}/sparql", form.encode())
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            try:
                while answer.read(1 << 20):
                    pass
            except (HTTPException, OSError):
                return answer.status, False
            return answer.status, True
    except urllib.error.HTTPError as error:
        with error:
            explained = error.headers["Content-Type"] == "application/problem+json" and bool(error.read())
        return error.code, explained
    except (HTTPException, OSError):  # the server is being stopped
        return 0, False


NAMES = list(hostile.corpus("http://127.0.0.1:9/"))


def test_the_corpus_is_large():
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_query_harms_nobody_else(besieged, behaved, canary, name):
    answers = behaved.answers
    status, whole = post(besieged.url, hostile.corpus(canary.address)[name], timeout=TIMEOUT)
    assert status in {200, 400, 403, 413, 503, 504}
    assert whole or name.startswith("runaway")
    check_that_nobody_else_was_harmed(besieged, behaved, canary, answers)


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a second address of this machine")
def test_one_client_cannot_take_all_workers_or_the_whole_queue(folder, serving, background):
    server = serving(folder, env=os.environ | {"KG_TIMEOUT": "5", "KG_WORKERS": "3"})
    runaway = hostile.RUNAWAY["count of a cross product"]
    statuses = []
    for number in range(40):
        background(lambda text=f"{runaway} # {number}": statuses.append(post(server.url, text)[0]))
    while 503 not in statuses:  # its half of the queue is full
        time.sleep(0.05)
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10, source_address=("127.0.0.2", 0)) as other:
        request = f"GET /sparql?query={quote('ASK {}')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        other.sendall(request.encode())
        assert b'"boolean":true' in other.makefile("rb").read()
    assert 504 not in statuses
    server.process.kill()


def test_ten_megabytes_of_text_are_refused(besieged):
    host, _, port = besieged.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 10000000"
        connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        try:
            for _ in range(100):
                connection.sendall(b"#" * 100_000)
        except OSError:  # it need not listen to the end
            pass
        else:
            assert connection.makefile("rb").readline().split()[1] == b"413"
    with urllib.request.urlopen(f"{besieged.url}/health", timeout=10) as health:
        assert health.status == 200


# --- the workers alone: what the look at the words would have refused before ---------------------------------------


@pytest.fixture(scope="module")
def workers(folder):
    workers = QueryWorkers(folder, size=2, memory=1 << 30, limit=1 << 20)
    yield workers
    workers.close()


def ask(workers, text, media_type="text/csv", **options):
    return b"".join(workers.answer(QueryRequest(text, media_type, **options)))


@pytest.mark.parametrize("name", hostile.deep(1))
def test_a_worker_that_dies_of_depth_is_replaced(workers, name):
    with suppress(QueryError):
        ask(workers, hostile.deep(5000)[name], timeout=TIMEOUT)
    assert ask(workers, GOOD) == b"name\r\nAda Nyberg\r\n"


@pytest.mark.parametrize("name", hostile.flat(1))
def test_a_worker_that_dies_of_length_is_replaced(workers, name):
    with suppress(QueryError):
        ask(workers, hostile.flat(10_000)[name], timeout=TIMEOUT)
    assert ask(workers, GOOD) == b"name\r\nAda Nyberg\r\n"


def test_a_query_that_takes_too_long_is_stopped(folder):
    workers = QueryWorkers(folder, size=1, timeout=TIMEOUT)
    with pytest.raises(QueryTimeout):
        ask(workers, hostile.RUNAWAY["count of a cross product"])
    workers.close()


def test_a_client_can_ask_for_less_time(workers):
    with pytest.raises(QueryTimeout, match=r"0\.2 s"):
        ask(workers, hostile.RUNAWAY["count of a cross product"], timeout=0.2)


def test_a_query_that_kills_its_process_is_too_heavy(workers):
    with pytest.raises(QueryTooHeavy):
        ask(workers, hostile.deep(5000)["str"])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of address space")
def test_a_query_that_takes_all_memory_is_too_heavy(folder):
    workers = QueryWorkers(folder, size=1, timeout=30, memory=1 << 29)
    with pytest.raises(QueryTooHeavy):
        ask(workers, hostile.RUNAWAY["doubled string"])
    workers.close()


def test_an_answer_that_grows_too_large_breaks_off_with_an_error(workers):
    with pytest.raises(ResultTooLarge):
        ask(workers, f"SELECT * {{ {hostile.CROSS} }}")


def test_an_answer_that_nobody_takes_to_its_end_stops(workers):
    pieces = workers.answer(QueryRequest(f"SELECT * {{ {hostile.CROSS} }}", "text/csv"))
    assert next(pieces)
    pieces.close()
    assert ask(workers, GOOD)


def test_a_worker_has_no_network(workers, canary):
    """Even for a query that got past the look at its words."""
    if os.uname().sysname != "Linux" or os.uname().machine not in ("x86_64", "aarch64"):
        pytest.skip("no seccomp here")
    for text in hostile.reaching_out(canary.address).values():
        request = {"text": text, "media_type": "text/csv", "base_iri": None, "limit": 1000, "rows": None}
        request |= {"undeclared": False, "default_graphs": None, "named_graphs": None}
        worker = workers._take()
        try:
            list(worker.ask(request | {"path": str(workers.newest().path)}, 5))
        except (Refused, QueryError):
            pass
        finally:
            workers._give_back(None, worker)
    assert canary.visits == 0


def test_who_comes_to_a_full_queue_is_told_when_to_come_again(folder, background):
    workers = QueryWorkers(folder, size=1, timeout=2, waiting=0)
    pieces = workers.answer(QueryRequest(f"SELECT * {{ {hostile.CROSS} }}", "text/csv"))
    assert next(pieces)
    with pytest.raises(TooBusy) as refusal:
        ask(workers, GOOD)
    assert refusal.value.retry_after > 0
    pieces.close()
    assert ask(workers, GOOD)
    workers.close()


def test_a_worker_that_something_else_killed_is_no_reason_to_blame_the_query(folder):
    workers = QueryWorkers(folder, size=2)
    workers.warm()
    for worker in workers.turns.idle:
        worker.kill()
        worker._process.wait()
    for _ in range(4):
        assert ask(workers, GOOD) == b"name\r\nAda Nyberg\r\n"
    workers.close()


def test_many_threads_share_the_workers(folder, background):
    workers = QueryWorkers(folder, size=2, waiting=64)
    answers = []
    for number in range(20):
        name = "str" if number % 4 == 0 else None
        text = hostile.deep(3000)[name] if name else GOOD
        background(lambda text=text: answers.append(outcome(workers, text)))
    deadline = time.monotonic() + 30
    while len(answers) < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert sorted(answers, key=str) == sorted([b"name\r\nAda Nyberg\r\n"] * 15 + ["QueryTooHeavy"] * 5, key=str)
    workers.close()


def outcome(workers, text):
    try:
        return ask(workers, text)
    except KgError as error:
        return type(error).__name__


def test_workers_move_to_a_new_generation(tmp_path, write_days):
    write_days(tmp_path / "store", "2021-03-01")
    workers = QueryWorkers(tmp_path / "store", size=1)
    count = "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }"
    assert ask(workers, count) == b"n\r\n1\r\n"
    before = workers.generation
    write_days(tmp_path / "store", "2022-04-02", "2023-05-03")
    assert workers.generation > before
    assert ask(workers, count) == b"n\r\n3\r\n"
    workers.close()


def test_no_request_is_unpacked(besieged):
    body = gzip.compress(b"ASK {} #" + b"x" * 10_000_000)
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    request = urllib.request.Request(f"{besieged.url}/sparql", body, headers)
    with pytest.raises(urllib.error.HTTPError) as refusal, urllib.request.urlopen(request, timeout=20):
        pass
    with refusal.value as error:
        assert error.code == 415


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the number of a parent that is no more")
def test_a_worker_ends_whose_parent_was_killed_while_it_began(workers, hurried):
    """Otherwise it would take whoever inherits it for its parent, and run on: a server killed under load left one."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    request = {"text": hostile.RUNAWAY["count of a cross product"], "media_type": "text/csv", "base_iri": None}
    request |= {"default_graphs": None, "named_graphs": None, "limit": 1000, "path": str(workers.newest().path)}
    for message in ({"memory": 1 << 30, "prefixes": {}, "parent": gone.pid}, request):
        data = marshal.dumps(message)
        hurried.stdin.write(len(data).to_bytes(4, "big") + data)
        hurried.stdin.flush()
    hurried.wait(30)


@pytest.fixture
def hurried():
    """A worker process, as the pool starts it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, script.__file__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    yield process
    process.kill()
    process.communicate()


def test_a_runaway_that_many_ask_at_the_same_time_runs_once(folder, serving, background):
    server = serving(folder, env=os.environ | {"KG_TIMEOUT": "4", "KG_WORKERS": "2"})
    statuses = []
    for _ in range(20):
        background(lambda: statuses.append(post(server.url, hostile.RUNAWAY["count of a cross product"])[0]))
    deadline = time.monotonic() + 20
    while len(statuses) < 20:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert set(statuses) == {504}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_server_that_is_asked_to_stop_keeps_nobody_waiting_for_its_queue(folder, serving, background):
    server = serving(folder, env=os.environ | {"KG_TIMEOUT": "4", "KG_WORKERS": "1"})
    statuses = []
    for number in range(10):
        text = f"{hostile.RUNAWAY['count of a cross product']} # {number}"
        background(lambda text=text: statuses.append(post(server.url, text)))
    with urllib.request.urlopen(f"{server.url}/health", timeout=10):
        time.sleep(0.5)
    server.process.terminate()
    while len(statuses) < 9:
        time.sleep(0.05)
    assert server.process.poll() is None  # one is running still, and may finish
    assert server.process.wait(20) == 0
