"""HTTP/1.1 as it is spoken on the wire: by clients that are slow, in a hurry, wrong, or gone."""

import asyncio
import json
import socket
import threading
import time
from contextlib import suppress

import pytest

from kg.web.http import Connection
from kg.web.site import Limits, Site

BIG = b"#" * 5_000_000
LOOPS = [asyncio.SelectorEventLoop]
with suppress(ImportError):  # there is none for Windows
    import uvloop

    LOOPS.append(uvloop.Loop)


class Answering:
    """A site in a loop of its own. What it answers is told by the path."""

    def __init__(self, loop, **limits):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.limits = Limits(**({"body": 1000} | limits))
        self.seen, self.ended, self.cancelled = [], [], threading.Event()
        self._stop = None
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(loop,))
        self._thread.start()
        self._up.wait(10)

    def _run(self, loop):
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(self._serve())

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        site = Site(self._handle, self.limits, self.port)
        site.tick()
        server = await self._loop.create_server(lambda: Connection(site), sock=self.listener)
        self._up.set()
        await self._stop.wait()
        server.close()
        for connection in list(site.connections):
            connection.close()
        await asyncio.sleep(0.05)

    def _handle(self, exchange):
        self.seen.append(exchange.environ)
        if exchange.environ["PATH_INFO"] == "/now":
            exchange.whole("200 OK", [("Content-Type", "text/plain")], exchange.environ["QUERY_STRING"].encode())
            return
        exchange.task = self._loop.create_task(self._answer(exchange))

    async def _answer(self, exchange):
        headers = [("Content-Type", "text/plain")]
        match exchange.environ["PATH_INFO"]:
            case "/slow":
                try:
                    await asyncio.sleep(0.3)
                except asyncio.CancelledError:
                    self.cancelled.set()
                    raise
            case "/pieces" | "/broken":
                exchange.start("200 OK", headers)
                exchange.send(b"a" * 10)
                await asyncio.sleep(0)
                if exchange.environ["PATH_INFO"] == "/broken":
                    exchange.break_off("a reason")
                    return
                exchange.send(b"b" * 10)
                exchange.end()
                return
            case "/big":
                exchange.start("200 OK", headers)
                for at in range(0, len(BIG), 50_000):
                    if room := exchange.send(BIG[at : at + 50_000]):
                        await room
                exchange.end()
                self.ended.append(exchange.size)
                return
        body = exchange.body.read() if exchange.body and not exchange.body.seek(0) else b""
        exchange.whole("200 OK", headers, exchange.environ["PATH_INFO"].encode() + body)

    def close(self):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def ask(self, *parts):
        """Send *parts*, and return all that comes until the server closes."""
        with self.connect() as client:
            for part in parts:
                with suppress(OSError):  # it need not listen to the end
                    client.sendall(part)
                time.sleep(0.005 if len(parts) > 1 else 0)
            return client.makefile("rb").read()


@pytest.fixture(params=LOOPS, ids=lambda loop: loop.__module__)
def start(request):
    sites = []

    def begin(**limits):
        sites.append(Answering(request.param, **limits))
        return sites[-1]

    yield begin
    for site in sites:
        site.close()


def get(path, *headers, version="1.1", method="GET"):
    return "\r\n".join((f"{method} {path} HTTP/{version}", "Host: a.example", *headers, "", "")).encode()


LAST = "Connection: close"


def test_requests_that_come_at_once_are_answered_in_their_order(start):
    answer = start().ask(get("/slow") + get("/next") + get("/pieces") + get("/last", LAST))
    places = [answer.index(part) for part in (b"/slow", b"/next", b"a" * 10, b"/last")]
    assert places == sorted(places)
    assert answer.count(b"HTTP/1.1 200 OK") == 4


@pytest.mark.parametrize("first", ["/now", "/slow"])
def test_any_number_of_requests_may_come_at_once(start, first):
    many = b"".join(get(f"/now?number-{number}-") for number in range(1000))
    answer = start().ask(get(first) + many + get("/now?last", LAST))
    assert answer.count(b"HTTP/1.1 200 OK") == 1002
    places = [answer.index(b"number-%d-" % number) for number in range(1000)]
    assert places == sorted(places)


def test_a_request_may_come_byte_by_byte(start):
    request = get("/there", "Content-Length: 3", LAST, method="POST") + b"abc"
    assert start().ask(*(request[at : at + 1] for at in range(len(request)))).endswith(b"\r\n\r\n/thereabc")


def test_a_body_in_chunks_is_put_together(start):
    head = get("/", "Transfer-Encoding: chunked", LAST, method="POST")
    assert start().ask(head + b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n").endswith(b"/abcde")


def test_headers_of_one_name_are_joined_and_none_is_mistaken_for_another(start):
    site = start()
    site.ask(get("/a%20b?c=%20", "Accept: text/csv", "accept: */*", "X_Forwarded_For: 1.2.3.4", LAST))
    (environ,) = site.seen
    assert environ["HTTP_ACCEPT"] == "text/csv,*/*"
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/a b", "c=%20")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (get("/", "Content-Length: 3", "Transfer-Encoding: chunked", method="POST") + b"0\r\n\r\n", 400),
        (get("/", "Content-Length: 3", "Content-Length: 4", method="POST") + b"abcd", 400),
        (get("/", "Content-Length: 1001", method="POST"), 413),
        (get("/", "Transfer-Encoding: chunked", method="POST") + b"7d0\r\n" + b"x" * 2000 + b"\r\n0\r\n\r\n", 413),
        (get("/" + "x" * 600_000), 431),
        (get("/", *["X: y"] * 40_000), 431),
    ],
    ids=[
        "no HTTP",
        "two ways to tell a length",
        "two lengths",
        "large",
        "large in chunks",
        "long head",
        "many headers",
    ],
)
def test_what_is_no_request_that_can_be_answered_is_refused(start, request_, status):
    site = start()
    parts = [request_[at : at + 100_000] for at in range(0, len(request_), 100_000)]
    head, _, body = site.ask(*parts).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert json.loads(body)["status"] == status
    assert not site.seen


def test_who_asks_whether_to_send_a_body_is_told(start):
    with start().connect() as client:
        client.sendall(get("/", "Expect: 100-continue", "Content-Length: 3", LAST, method="POST"))
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        assert client.makefile("rb").read().endswith(b"/abc")


def test_the_answer_to_head_has_no_body(start):
    answer = start().ask(get("/there", method="HEAD") + get("/pieces", LAST, method="HEAD"))
    assert b"Content-Length: 6\r\n" not in answer
    assert b"/there" not in answer
    assert b"aaa" not in answer
    assert answer.count(b"200 OK") == 2


def test_an_old_client_gets_pieces_without_chunks_and_the_end_of_the_connection(start):
    head, body = start().ask(get("/pieces", version="1.0")).split(b"\r\n\r\n")
    assert b"chunked" not in head
    assert body == b"a" * 10 + b"b" * 10


def test_an_answer_that_breaks_off_has_no_end(start, caplog):
    assert not start().ask(get("/broken")).endswith(b"0\r\n\r\n")
    assert "a reason" in caplog.text
    with pytest.raises(ConnectionResetError):  # otherwise the end of the connection would be the end of the answer
        start().ask(get("/broken", version="1.0"))


def test_who_reads_slowly_gets_all_and_holds_up_nobody(start):
    site = start()
    with site.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        client.sendall(get("/big", LAST))
        deadline = time.monotonic() + 10
        while not site.ended:  # the answer is out of the hands of who made it
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert site.ask(get("/", LAST)).endswith(b"/")
        answer = client.makefile("rb").read()
    assert answer.count(b"#") == len(BIG)
    assert answer.endswith(b"0\r\n\r\n")


def test_nothing_is_computed_on_for_a_client_that_is_gone(start):
    site = start()
    client = site.connect()
    client.sendall(get("/slow"))
    while not site.seen:
        time.sleep(0.01)
    client.close()
    assert site.cancelled.wait(10)


def test_who_sends_nothing_is_not_waited_for(start):
    with start(seconds=0.5).connect() as client:
        client.sendall(b"GET / HT")
        with suppress(ConnectionResetError):
            assert client.recv(1000) == b""


def test_the_connection_that_is_idle_for_longest_makes_room_for_a_new_one(start):
    site = start(connections=2)
    with site.connect() as first, site.connect() as second:
        for client in (first, second):
            client.sendall(get("/"))
            assert client.recv(1000)
        assert site.ask(get("/new", LAST)).endswith(b"/new")
        assert first.recv(1000) == b""
        second.sendall(get("/still"))
        assert second.recv(1000).endswith(b"/still")


def test_where_all_connections_are_at_work_one_more_is_told_to_come_again(start):
    site = start(connections=1)
    with site.connect() as first:
        first.sendall(get("/slow"))
        while not site.seen:
            time.sleep(0.01)
        assert site.ask(get("/")).startswith(b"HTTP/1.1 503 ")
        assert first.recv(1000).endswith(b"/slow")
