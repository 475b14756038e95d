"""The front end: how it is built, what it weighs, and what the server tells it."""

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.saved import load_saved
from kg.vocab import READOUT
from kg.web import assets
from kg.web.frontend import hatch_build
from kg.web.frontend.hatch_build import FrontendHook

FRONTEND = Path(hatch_build.__file__).parent
built = pytest.mark.skipif(not assets.bundle_files(), reason="the front end was not built")
installed = pytest.mark.skipif(
    shutil.which("npm") is None or not (FRONTEND / "node_modules").is_dir(), reason="node's packages are not installed"
)


def manifest():
    return json.loads((assets.BUILT / "manifest.json").read_text(encoding="utf-8"))


def loaded_at_once(entries, name):
    """The files that a browser loads for *name* before anything is asked for."""
    files, waiting = set(), [name]
    while waiting:
        entry = entries[waiting.pop()]
        if entry["file"] not in files:
            files |= {entry["file"], *entry.get("css", ())}
            waiting += entry.get("imports", ())
    return files


@pytest.fixture
def unbuilt(monkeypatch, tmp_path):
    """A hook of a checkout in which nothing was built."""
    monkeypatch.setattr(hatch_build, "BUILT", tmp_path / "build")
    monkeypatch.delenv("KG_FRONTEND", raising=False)
    return FrontendHook(str(FRONTEND), {}, None, None, str(tmp_path), "wheel")


def npm(tmp_path, script):
    """A stand-in for npm that does what *script* says."""
    path = tmp_path / "npm"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_the_lock_file_names_versions_and_checksums_but_no_place_to_download_from():
    text = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)


def test_without_node_a_build_warns_and_goes_on(unbuilt, monkeypatch, capfd):
    monkeypatch.setenv("PATH", "")
    unbuilt.initialize("standard", {})
    assert "not built, pages go without scripts: there is no node" in "".join(capfd.readouterr())


def test_the_build_can_be_left_out(unbuilt, monkeypatch, capfd):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("KG_FRONTEND", "0")
    unbuilt.initialize("standard", {})
    assert "".join(capfd.readouterr()) == ""


def test_npm_that_hangs_is_ended_with_what_it_started(tmp_path):
    with pytest.raises(subprocess.TimeoutExpired):
        hatch_build.build(npm(tmp_path, "sleep 600"), limit=0.2)


def test_npm_that_fails_is_asked_why(tmp_path):
    script = "echo 'npm error network is down'; echo 'a log is elsewhere'; exit 1"
    with pytest.raises(RuntimeError, match="npm ci failed: npm error network is down"):
        hatch_build.build(npm(tmp_path, script))


@built
def test_what_every_page_loads_is_small():
    files = loaded_at_once(manifest(), "src/pages.ts")
    assert sum(len(gzip.compress((assets.BUILT / name).read_bytes())) for name in files) < 15_000


@built
def test_what_is_heavy_is_loaded_when_it_is_wanted():
    entries = manifest()
    names = {entries[key]["name"] for key in entries if "name" in entries[key]}
    assert {"graph", "map", "timeline", "chart"} <= names
    for entry in ("src/pages.ts", "src/editor.ts"):
        assert not any(re.match(r"(graph|map|timeline|chart|d3)-", name) for name in loaded_at_once(entries, entry))


@built
def test_the_licences_of_what_is_bundled_go_with_it():
    text = (assets.BUILT / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert set(wanted) - {"world-atlas"} <= set(re.findall(r"^(\S+) \d\S* \(", text, re.MULTILINE))


@built
def test_a_bundle_is_served_packed_and_may_be_kept_for_ever(app, client):
    with app.test_request_context():
        address = str(assets.bundle("editor"))
    packed = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = client.get(address, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.content_type.startswith("text/javascript")
    assert "immutable" in plain.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["nothing.js", "../style.css", "%2e%2e/style.css", "..%2fstyle.css"])
def test_nothing_else_is_served_with_the_bundles(client, name):
    assert client.get(f"/static/build/{name}").status_code in (404, 308)


def test_pages_do_without_bundles(client, monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    text = client.get("/sparql", headers={"Accept": "text/html"}).text
    assert "<script" not in text
    assert '<textarea id="query"' in text


def test_a_page_that_names_old_bundles_is_not_kept(client, monkeypatch, tmp_path):
    before = client.get("/questions")
    assert client.get("/questions", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    (tmp_path / "manifest.json").write_text('{"src/pages.ts": {"file": "pages-new.js", "isEntry": true}}')
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    after = client.get("/questions", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "pages-new.js" in after.text
    assert "pages-new.js" in client.get("/questions").text


def test_the_editor_is_told_every_term_of_the_ontology(client):
    told = client.get("/editor/vocabulary.json").json
    terms = {term["iri"]: term for term in told["terms"]}
    assert {node.value for node in READOUT} <= terms.keys()
    assert terms[READOUT.act.value]["range"] == ["readout:Act"]
    assert set(terms[READOUT.side.value]["domain"]) == {"readout:Meeting", "readout:Participation"}
    assert told["prefixes"]["readout"] == READOUT.iri


def test_the_editor_is_told_every_saved_question_and_its_text(client):
    assert sorted(each["name"] for each in client.get("/editor/questions.json").json) == list(load_saved())
    answer = client.get("/editor/questions/most-met.rq?least=7")
    assert answer.content_type.startswith("application/sparql-query")
    assert "VALUES ?least { 7 } # param" in answer.text
    assert client.get("/editor/questions/most-met.rq?least=x").status_code == 400
    assert client.get("/editor/questions/none.rq").status_code == 404


@installed
@pytest.mark.parametrize("script", ["check", "test"])
def test_the_front_end_passes_its_own_checks(script):
    command = [shutil.which("npm"), "run", "--silent", script]
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
