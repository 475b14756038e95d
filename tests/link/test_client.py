"""The client: polite to servers, patient with their troubles, plain about what does not pass."""

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from kg.errors import InputError, RemoteFailed, StoreError
from kg.link.live.cache import Cache
from kg.link.live.client import Client, Limits
from kg.link.live.request import Request
from tests.link.loopback import Loopback, Reply

DAY = datetime(2024, 5, 6, tzinfo=UTC)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Loopback()
    yield server
    server.close()


class Patience:
    """A client whose waits are noted down and not waited."""

    def __init__(self, path=None, now=DAY, **limits):
        self.waits: list[float] = []
        self.clock = 0.0
        self.cache = Cache(path)
        limits = Limits(**({"timeout": 5, "attempts": 4} | limits))
        self.client = Client(
            "me@example.org", self.cache, limits, sleep=self.wait, clock=lambda: self.clock, now=lambda: now
        )

    def wait(self, seconds):
        if seconds:
            self.waits.append(seconds)
            self.clock += seconds


def request(server, path="/x", **parameters) -> Request:
    return Request(server.address + path, tuple(parameters.items()))


def good(value: bytes = b'{"is": "good"}', **more) -> Reply:
    return Reply(body=value, **more)


def test_it_says_who_asks_and_takes_packed_answers(server):
    server.faults = [good()]
    assert Patience().client.json(request(server, a="b c&d")).value == {"is": "good"}
    [(path, asked, headers)] = server.seen
    assert (path, asked) == ("/x", {"a": "b c&d"})
    assert headers["User-Agent"].startswith("readout-kg/")
    assert "me@example.org" in headers["User-Agent"]
    assert headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("contact", ["", "me", "a@b\r\nX: y", "https://", "me @example.org"])
def test_without_somebody_to_write_to_nothing_is_asked(contact):
    with pytest.raises(InputError, match="--contact"):
        Client(contact, Cache(None))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "example.org", "http://a:b@example.org/"])
def test_only_addresses_of_the_web_are_asked(url):
    with pytest.raises(InputError, match="no address of a service"):
        Request(url, ())


def test_requests_are_spaced_out(server):
    server.faults = [good(), good(), good()]
    patience = Patience(spacing=3)
    for number in "123":
        patience.client.json(request(server, n=number))
    assert patience.waits == [3, 3]


def test_the_same_question_is_asked_once_also_by_the_next_run_until_the_answer_is_old(server, tmp_path):
    server.faults = [good(), good(b'{"is": "new"}')]
    path = tmp_path / "cache"
    first = Patience(path)
    assert first.client.json(request(server)).asked == DAY
    first.cache.close()
    again = Patience(path, now=DAY + timedelta(days=29))
    assert again.client.unanswered([request(server), request(server, a="b"), request(server, a="b")]) == [
        request(server, a="b")
    ]
    assert again.client.json(request(server)).asked == DAY
    late = Patience(path, now=DAY + timedelta(days=31))
    assert late.client.json(request(server)).value == {"is": "new"}
    assert len(server.seen) == 2


@pytest.mark.parametrize("dated", [False, True])
def test_too_many_requests_are_waited_out_as_long_as_the_server_asks(server, dated):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=17.5), usegmt=True)
    server.faults = [Reply(429, headers={"Retry-After": then if dated else "17"}), good()]
    patience = Patience(spacing=0)
    assert patience.client.json(request(server)).value == {"is": "good"}
    assert patience.waits == [pytest.approx(17, abs=3)]


def test_a_wait_that_is_too_long_is_told(server):
    server.faults = [Reply(429, headers={"Retry-After": "3600"})]
    with pytest.raises(RemoteFailed, match="3600 seconds"):
        Patience().client.json(request(server))


@pytest.mark.parametrize(
    "fault",
    [
        Reply(503, b"busy"),
        Reply(502, b"<html>"),
        good(b'{"results": {"bindings": [{"a": '),
        good(b"x" * 100, cut=50),
        good(b"<!DOCTYPE html><p>Wait</p>", headers={"Content-Type": "text/html"}),
        Reply(body=b'{"error": {"code": "maxlag", "info": "lagged"}}'),
        Reply(body=gzip.compress(b'{"is": "broken"}')[:20], headers={"Content-Encoding": "gzip"}, cut=0, status=203),
    ],
)
def test_what_passes_is_tried_again_with_growing_waits_and_not_kept(server, fault):
    server.faults = [fault, fault, good()]
    patience = Patience(spacing=0)
    assert patience.client.json(request(server)).value == {"is": "good"}
    first, second = patience.waits
    assert first < second < 6
    assert patience.client.known(request(server))


def test_a_server_that_does_not_answer_in_time_is_asked_again(server):
    server.faults = [Reply(delay=3), good()]
    patience = Patience(timeout=0.15, spacing=0)
    assert patience.client.json(request(server)).value == {"is": "good"}


def test_a_trouble_that_does_not_pass_is_told_once_all_attempts_are_used(server):
    server.faults = [Reply(503) for _ in range(9)]
    with pytest.raises(RemoteFailed, match=r"answers 503 .*4 times; what was had is kept"):
        Patience().client.json(request(server))
    assert len(server.seen) == 4


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(400, b"line 3: unknown prefix"), "answers 400 .*line 3: unknown prefix"),
        (Reply(403, b"<html>no</html>"), r"answers 403 \(Forbidden\)$"),
        (Reply(404), "answers 404"),
        (Reply(body=b'{"error": {"code": "unknown_action", "info": "No such action"}}'), "No such action"),
        (
            Reply(500, b"SPARQL-QUERY: ... java.util.concurrent.TimeoutException at ..."),
            "longer than the server allows",
        ),
        (
            Reply(body=b'{"results": {"bindings": [ java.util.concurrent.TimeoutException'),
            "longer than the server allows",
        ),
        (Reply(body=b'"' + b"x" * 3000 + b'"'), "more than 2,000 bytes"),
    ],
)
def test_a_refusal_is_told_at_once(server, fault, said):
    server.faults = [fault]
    with pytest.raises(RemoteFailed, match=said):
        Patience(largest=2000).client.json(request(server))
    assert len(server.seen) == 1


def test_a_redirect_is_followed_on_the_same_host_only(server):
    server.faults = [Reply(301, headers={"Location": "/y"}), good()]
    assert Patience().client.json(request(server)).value == {"is": "good"}
    assert [path for path, _, _ in server.seen] == ["/x", "/y"]
    port = server.address.rsplit(":", 1)[1]
    for elsewhere in ("http://example.org/x", f"http://localhost:{port}/x", "file:///etc/passwd"):
        server.faults = [Reply(302, headers={"Location": elsewhere})]
        with pytest.raises(RemoteFailed, match=r"sends elsewhere|answers 302"):
            Patience().client.json(request(server))


def test_a_redirect_without_end_is_told(server):
    server.faults = [Reply(302, headers={"Location": f"/{n}"}) for n in range(20)]
    with pytest.raises(RemoteFailed, match="answers 302"):
        Patience().client.json(request(server))
    assert len(server.seen) <= 7


def test_a_long_query_is_sent_by_post_and_not_to_another_place(server):
    server.faults = [good(), Reply(307, headers={"Location": "/y"})]
    long = "x" * 3000
    assert Patience().client.json(request(server, query=long)).value == {"is": "good"}
    assert server.seen[0][1] == {"query": long}
    with pytest.raises(RemoteFailed, match="long query"):
        Patience().client.json(request(server, query=long))


def test_no_server_is_told_at_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    began = time.monotonic()
    with pytest.raises(RemoteFailed, match="cannot be reached"):
        Patience().client.json(Request(address, ()))
    assert time.monotonic() - began < 5


def test_a_file_that_is_no_cache_is_told(tmp_path):
    (tmp_path / "x").write_text("no cache at all, but a text that is longer than a header " * 9)
    with pytest.raises(StoreError, match="cannot be used to keep answers"):
        Cache(tmp_path / "x")
