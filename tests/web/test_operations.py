"""What those who run the service see of it, and how they set it."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, TooMany
from kg.web import create_app
from kg.web.access import new_grant
from kg.web.settings import Settings, shown
from kg.web.watch import Limiter

ROOT = Path(__file__).resolve().parents[2]
ASK = "/sparql?query=ASK%7B%7D"


def test_it_is_ready_while_queries_are_answered(client):
    assert client.get("/ready").json == {"status": "ready"}


def test_figures_count_what_was_asked(client):
    before = figures(client)
    for path in (ASK, "/sparql?query=nonsense", "/made/up/path"):
        client.get(path).close()  # as a server does when all is sent
    after = figures(client)
    for line, more in (
        ('kg_requests_total{path="/sparql",method="GET",status="200"}', 1),
        ('kg_requests_total{path="/sparql",method="GET",status="400"}', 1),
        ('kg_requests_total{path="/other",method="GET",status="404"}', 1),
        ('kg_request_seconds_bucket{path="/sparql",le="+Inf"}', 2),
    ):
        assert after[line] == before.get(line, 0) + more, line
    assert after["kg_generation"] >= 1
    assert after["kg_workers_started"] >= 1


def figures(client):
    lines = client.get("/metrics").text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def test_figures_are_for_this_machine_or_for_the_scope_admin(folder):
    token, grant = new_grant("prometheus", ["admin"])
    app = create_app(folder, tokens=grant.line, workers=1)
    client = app.test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics", environ_overrides=elsewhere).status_code == 401
    allowed = client.get("/metrics", environ_overrides=elsewhere, headers={"Authorization": f"Bearer {token}"})
    assert allowed.status_code == 200
    app.extensions["kg"].close()


def test_the_data_describe_themselves_with_counts(client):
    answer = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    void = "http://rdfs.org/ns/void#"
    found = {(t.predicate.value, getattr(t.object, "value", "")) for t in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)}
    count = client.get("/sparql?format=csv&query=SELECT(COUNT(*)AS ?n){?s ?p ?o}").text.split()[1]
    assert (f"{void}triples", count) in found
    assert (f"{void}documents", "3") in found
    assert (f"{void}class", "https://w3id.org/readout/ontology#Meeting") in found
    assert (f"{void}sparqlEndpoint", "http://localhost/sparql") in found


def test_the_endpoint_describes_itself_with_counts_as_of_now(client):
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    found = {(t.predicate.value, getattr(t.object, "value", "")) for t in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)}
    count = client.get("/sparql?format=csv&query=SELECT(COUNT(*)AS ?n){?s ?p ?o}").text.split()[1]
    void, service = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/sparql-service-description#"
    assert (f"{void}triples", count) in found
    assert (f"{service}endpoint", "http://localhost/sparql") in found
    assert (f"{service}supportedLanguage", f"{service}SPARQL11Query") in found
    assert (f"{service}supportedLanguage", f"{service}SPARQL11Update") not in found
    assert (f"{service}feature", f"{service}BasicFederatedQuery") not in found


def test_one_client_cannot_send_without_end_and_others_do_not_notice():
    now = [0.0]
    limiter = Limiter(2, lambda: now[0])
    for _ in range(8):
        limiter.check("192.0.2.1")
    with pytest.raises(TooMany) as refusal:
        limiter.check("192.0.2.1")
    assert (refusal.value.http_status, refusal.value.retry_after) == (429, 1)
    limiter.check("192.0.2.2")
    now[0] += 0.6
    limiter.check("192.0.2.1")
    with pytest.raises(TooMany):
        limiter.check("192.0.2.1")
    for number in range(8):
        limiter.check(f"2001:db8:0:1::{number}")
    with pytest.raises(TooMany):
        limiter.check("2001:db8:0:1::ffff")


def test_too_many_requests_get_429_with_the_time_to_wait(folder):
    app = create_app(folder, rate=1, workers=1)
    client = app.test_client()
    answers = [client.get("/health", environ_overrides={"REMOTE_ADDR": "192.0.2.9"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "1"
    app.extensions["kg"].close()


def logged(folder, capsys, how, *paths, **settings):
    """The lines that a service writes about requests for *paths*."""
    import logging

    import kg.web.watch as watch

    handler = logging.StreamHandler(sys.stderr)
    watch._logger.addHandler(handler)
    app = create_app(folder, access_log=how, workers=1, **settings)
    try:
        for path in paths:
            app.test_client().get(path).close()
    finally:
        watch._logger.removeHandler(handler)
        app.extensions["kg"].close()
    return capsys.readouterr().err.splitlines()


def test_each_request_is_one_line_of_json_with_the_hash_of_its_query(folder, capsys):
    first, again, page = map(json.loads, logged(folder, capsys, "json", ASK, ASK, "/health"))
    assert (first["method"], first["path"], first["status"]) == ("GET", "/sparql", 200)
    assert first["query"] == again["query"]  # the second answer came from the cache
    assert first["bytes"] == again["bytes"] > 0
    assert "query" not in page
    assert "slow" not in first


def test_a_slow_query_is_logged_with_its_text_and_no_line_can_be_forged(folder, capsys):
    (line,) = logged(folder, capsys, "json", "/sparql?query=ASK%7B%7D%23%0Aforged%1B%5B2J", slow=1e-9)
    assert json.loads(line)["slow"] == "ASK{}#\nforged\x1b[2J"
    for how in ("text", "off"):
        (line,) = logged(folder, capsys, how, "/sparql?query=ASK%7B%7D%23%0Aforged%1B%5B2J", "/health", slow=1e-9)[:1]
        assert "\x1b" not in line
        assert "forged" in line
    assert logged(folder, capsys, "off", ASK, slow=1000) == []


# --- settings ---------------------------------------------------------------------------------------------------------


def test_the_nearer_setting_wins(tmp_path):
    file = tmp_path / "kg.toml"
    file.write_text('timeout = 3\nmemory = "512M"\nsite_name = "From the file"\nwrite = true\n')
    environment = {"KG_CONFIG": str(file), "KG_TIMEOUT": "4", "KG_WORKERS": "2"}
    settings = Settings.read({"WORKERS": 5}, environment)
    assert (settings.memory, settings.timeout, settings.workers) == (512 << 20, 4.0, 5)
    assert (settings.site_name, settings.write, settings.port) == ("From the file", True, 8000)
    origins = {each.name: each.origin for each in shown({"WORKERS": 5}, environment)}
    assert [origins[name] for name in ("memory", "timeout", "workers", "port")] == [
        *(str(file), "KG_TIMEOUT", "given", "default")
    ]


@pytest.mark.parametrize("text", ["timeout = 'soon'", "tiemout = 3", "timeout", "access_log = 'loud'", "rate = -1"])
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path, text):
    file = tmp_path / "kg.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=r"timeout|tiemout|TOML|access_log|rate"):
        Settings.read({}, {"KG_CONFIG": str(file)})


def test_what_is_shown_can_be_read_again_and_holds_no_secret(tmp_path):
    environment = {"KG_TOKENS": new_grant("a", ["update"])[1].line, "KG_TIMEOUT": "7"}
    lines = "\n".join(each.toml for each in shown({}, environment))
    assert "sha256" not in lines
    file = tmp_path / "kg.toml"
    file.write_text(lines)
    assert Settings.read({"config": str(file)}, {}).timeout == 7.0


def kg(*arguments, **environment):
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_token_is_shown_once_and_kept_as_a_hash():
    done = kg("token", "loader", "--scope", "update")
    secret = done.stderr.split()[-1]
    assert done.stdout.startswith("loader update sha256:")
    assert secret not in done.stdout
    shown = kg("config", "show", KG_TOKENS=done.stdout.strip())
    assert shown.returncode == 0
    assert "sha256:" not in shown.stdout


def test_a_store_is_kept_by_the_command_line(folder, tmp_path):
    copy, new = str(tmp_path / "copy"), str(tmp_path / "new")
    for arguments in (
        *(("backup", copy, "--store", str(folder)), ("restore", copy, "--store", new)),
        *(("restore", copy, "--store", new, "--replace"), ("compact", "--store", new), ("check", "--store", new)),
    ):
        done = kg(*arguments)
        assert done.returncode == 0, done.stderr
    assert kg("restore", copy, "--store", new).returncode == 74
