"""The client for other endpoints goes nowhere but where the list says, and does not wait or read for ever."""

import http.server
import threading
import time
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest

from kg.errors import InputError, ServiceFailed
from kg.sparql import remote
from kg.sparql.remote import Endpoint, read_solutions, select

EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json"


@contextmanager
def serving(answer):
    """A server whose *answer* gets the handler; gives its address and the requests that came."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, dict(self.headers), parse_qs(body.decode())))
            answer(self)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql?a=b", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(status, body=EMPTY, **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in ({"Content_Type": JSON, "Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def ask(address, seconds=5.0, limit=1 << 20):
    return select(Endpoint.parse(address), "SELECT * {}", seconds=seconds, limit=limit)


def test_a_query_is_posted_with_a_name_and_without_credentials(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with serving(reply(200)) as (address, seen):
        assert ask(address) == EMPTY
    ((path, headers, form),) = seen
    assert path == "/sparql?a=b"
    assert form == {"query": ["SELECT * {}"]}
    assert headers["User-Agent"].startswith("readout-kg/")
    assert not {"Authorization", "Cookie", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (reply(302, Location="http://169.254.169.254/latest"), "redirects to"),
        (reply(301, Location="\x1b[2J"), "redirects to"),
        (reply(500, b"a word \x1b[2J\nof why"), "500 Internal Server Error: a word"),
        (reply(429), "429"),
        (reply(200, Content_Type="text/html"), "text/html"),
        (reply(200, Content_Encoding="gzip"), "answered with"),
        (reply(200, b" " * 2_000_000), "more than 1 MB"),
        (reply(200, Content_Length="1000"), "longer than|broke off"),
    ],
)
def test_an_answer_that_is_none_is_said_in_one_line(answer, says):
    with serving(answer) as (address, _), pytest.raises(ServiceFailed, match=says) as failure:
        ask(address, seconds=1.0)
    assert "\n" not in str(failure.value)
    assert "\x1b" not in str(failure.value)


def test_what_speaks_no_tls_is_not_asked_without():
    with serving(reply(200)) as (address, seen), pytest.raises(ServiceFailed, match="could not be asked"):
        ask(address.replace("http:", "https:"), seconds=2.0)
    assert not seen


@pytest.mark.parametrize("headers", [{"Content_Length": "100000"}, {"Connection": "close"}])
def test_an_endpoint_that_drips_is_left_in_time(headers):
    stop = threading.Event()

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            while not stop.wait(0.05):
                handler.wfile.write(b" ")
        except OSError:
            pass
        handler.close_connection = True

    start = time.monotonic()
    with serving(drip) as (address, _):
        try:
            with pytest.raises(ServiceFailed, match="longer than"):
                ask(address, seconds=0.4)
        finally:
            stop.set()
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"],
)
def test_a_name_that_leads_to_a_private_address_is_not_asked(monkeypatch, address):
    family = remote.socket.AF_INET6 if ":" in address else remote.socket.AF_INET
    found = [(remote.socket.AF_INET, 1, 6, "", ("93.184.215.14", 80)), (family, 1, 6, "", (address, 80))]
    monkeypatch.setattr(remote.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(ServiceFailed, match="private address"):
        ask("http://endpoint.example/sparql")


def test_a_list_can_mean_a_private_network_and_must_say_so(monkeypatch):
    with serving(reply(200)) as (address, seen):
        port = int(address.split(":")[2].split("/")[0])
        found = [(remote.socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(remote.socket, "getaddrinfo", lambda *_, **__: found)
        assert ask(f"private:http://inside.example:{port}/") == EMPTY
    assert seen[0][1]["Host"] == f"inside.example:{port}"


@pytest.mark.parametrize(
    "entry",
    ["", "wikidata", "ftp://a.example/", "http:///x", "http://a.example/#x", "http://a b.example/", "file:///x"],
)
def test_an_entry_of_the_list_is_a_web_address(entry):
    with pytest.raises(InputError, match="web address"):
        Endpoint.parse(entry)


def test_an_entry_with_a_password_is_refused_without_showing_it():
    with pytest.raises(InputError, match="password") as refusal:
        Endpoint.parse("https://me:secret@a.example/sparql")
    assert "secret" not in str(refusal.value)


BAD = {
    "no JSON": b"<html>",
    "nested without end": b'{"head":' + b"[" * 200_000,
    "no rows": b'{"head":{"vars":["x"]}}',
    "a variable that would end the block": b'{"head":{"vars":["x) } INSERT {"]},"results":{"bindings":[]}}',
    "an IRI that would": b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a> ) }"}}]}}',
    "a language that would": b'{"head":{"vars":["x"]},"results":{"bindings":'
    b'[{"x":{"type":"literal","value":"a","xml:lang":"en) }"}}]}}',
    "a number": b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":1}}]}}',
    "a triple": b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"triple","value":{}}}]}}',
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_cannot_add_to_a_query(name):
    with pytest.raises(ServiceFailed, match="no SPARQL JSON"):
        read_solutions(BAD[name], str)
