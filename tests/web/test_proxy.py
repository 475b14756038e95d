"""Behind a proxy that is trusted, its headers say who the client is and what it asked; from others they say nothing."""

import http.client
import json
import os
import sys

import pytest

FORWARDED = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "kg.example"}


@pytest.fixture(scope="module")
def behind(folder, start_server_in):
    settings = {"KG_TRUSTED_PROXY": "127.0.0.1", "KG_ACCESS_LOG": "json", "KG_RATE": "1", "KG_WORKERS": "1"}
    return start_server_in(folder, **settings)


def get(server, path, source="127.0.0.1", **headers):
    host, _, port = server.url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20, source_address=(source, 0))
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


VOID = "/.well-known/void"
needs_addresses = pytest.mark.skipif(sys.platform != "linux", reason="needs a second address of this machine")


def test_addresses_are_those_that_the_client_knows(behind):
    status, body = get(behind, VOID, **FORWARDED)
    assert status == 200
    assert "https://kg.example/sparql" in body
    assert "http://kg.example" in get(behind, VOID, Host="kg.example")[1]


def test_each_client_behind_it_has_a_rate_of_its_own(behind):
    """The proxy itself, an address of the loopback, has none."""
    for client in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        statuses = [get(behind, "/health", **{"X-Forwarded-For": client})[0] for _ in range(6)]
        assert statuses[:4] == [200] * 4
        assert 429 in statuses
    assert all(get(behind, "/health")[0] == 200 for _ in range(8))


def test_only_the_last_address_that_the_proxy_itself_added_counts(behind):
    """What stands before it, the client may have made up: another address each time would be no limit."""
    made_up = ({"X-Forwarded-For": f"198.51.100.{n}, 192.0.2.99"} for n in range(8))
    assert 429 in [get(behind, "/health", **headers)[0] for headers in made_up]


@needs_addresses
def test_others_cannot_say_who_they_are_or_where(behind):
    status, body = get(behind, VOID, source="127.0.0.2", **FORWARDED, Host="here.example")
    assert status == 200
    assert "kg.example" not in body
    assert "http://here.example/sparql" in body


def test_figures_are_not_shown_to_those_who_come_through_the_proxy(behind):
    assert get(behind, "/metrics")[0] == 200
    assert get(behind, "/metrics", **{"X-Forwarded-For": "192.0.2.50"})[0] == 401


@needs_addresses
def test_the_log_has_the_client(folder, serving):
    settings = {"KG_TRUSTED_PROXY": "127.0.0.1", "KG_ACCESS_LOG": "json", "KG_WORKERS": "1"}
    server = serving(folder, env=os.environ | settings)
    get(server, "/sparql?query=ASK{}", **FORWARDED)
    get(server, "/sparql?query=ASK{}", source="127.0.0.2", **FORWARDED)
    get(server, "/health", **FORWARDED)
    server.process.terminate()
    lines = [json.loads(line) for line in server.process.stderr if line.startswith("{")]
    assert [line["client"] for line in lines] == ["192.0.2.7", "127.0.0.2", "192.0.2.7"]


def test_without_a_trusted_proxy_no_such_header_counts(server):
    assert "kg.example" not in get(server, VOID, **FORWARDED)[1]
