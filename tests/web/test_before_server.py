"""The service in front of a SPARQL server: the same pages, with our limits, and nothing of the server's shows."""

from urllib.parse import quote

import pytest

from kg.errors import InputError, StoreUnreachable
from kg.web import create_app
from kg.web.access import new_grant
from tests.store import servers
from tests.store.relay import relaying

SECRET = "a-secret-of-the-operator"
COUNT = "SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }"


@pytest.fixture(scope="module")
def relay(tmp_path_factory, write_days):
    """A server behind a proxy that wants a token, with three readouts in it."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address, relaying(address) as relay:
        write_days(address, "2021-03-01", "2022-04-02")
        relay.authorization = f"Bearer {SECRET}"
        yield relay


@pytest.fixture(scope="module")
def client(relay):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_STORE_TOKEN", SECRET)
        app = create_app(relay.address)
        yield app.test_client()
        app.extensions["kg"].close()


@pytest.mark.parametrize(
    "path",
    ["/", "/sparql", "/page/official/ada-nyberg", "/data/official/ada-nyberg.ttl", "/search?q=nyberg", "/metrics"],
)
def test_pages_are_as_they_are_over_a_store_of_ones_own(client, relay, path):
    answer = client.get(path)
    assert answer.status_code == 200
    told = answer.get_data(as_text=True) + str(answer.headers)
    assert SECRET not in told
    assert str(relay.server_port) not in told


def test_answers_have_tags_and_counts(client):
    address = f"/sparql?format=csv&query={quote(COUNT)}"
    answer = client.get(address)
    assert answer.data == b"n\r\n2\r\n"
    assert answer.headers["Kg-Rows"] == "1"
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT (bif:sys_stat('st_dbms_ver') AS ?x) {}", 403),
        ("SELECT * { ?s ?p }", 400),
        ("SELECT (" + "STR(" * 2000 + "1" + ")" * 2000 + " AS ?x) {}", 400),
    ],
)
def test_what_may_not_be_asked_is_refused(client, text, status):
    assert client.post("/sparql", data={"query": text}).status_code == status


def test_a_server_that_is_out_of_order_is_told_as_503(client, relay):
    relay.failures = 99
    answer = client.post("/sparql", data={"query": f"{COUNT} # another"})
    relay.failures = 0
    assert answer.status_code == 503
    assert "the store behind this service" in answer.json["detail"]


def test_a_write_shows_within_a_second(client, relay, write_days):
    address = f"/sparql?format=csv&query={quote(COUNT)}"
    before = client.get(address).headers["ETag"]
    write_days(relay.address, "2023-05-03")
    client.application.extensions["kg"].engine._looked = 0.0
    answer = client.get(address)
    assert answer.data == b"n\r\n3\r\n"
    assert answer.headers["ETag"] != before


def test_writing_clients_and_wrong_credentials_are_refused_at_the_start(relay, monkeypatch):
    _, grant = new_grant("ada", ("update",))
    with pytest.raises(InputError, match="store on this machine only"):
        create_app(relay.address, write=True, tokens=grant.line)
    monkeypatch.setenv("KG_STORE_TOKEN", "wrong")
    with pytest.raises(StoreUnreachable, match="set KG_STORE_TOKEN"):
        create_app(relay.address)
