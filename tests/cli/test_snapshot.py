"""`kg snapshot`: a store from one folder to another."""

import json

from tests.cli.conftest import kg


def test_a_store_is_published_listed_and_fetched(filled, tmp_path):
    place, copy = tmp_path / "place", tmp_path / "copy"
    published = kg("snapshot", "publish", place, "--store", filled)
    assert published.status == 0, published.err
    (listed,) = kg("snapshot", "list", place, "--json").out.splitlines()
    assert json.loads(listed)["state"] == published.out.strip()
    assert json.loads(listed)["documents"] == 3
    assert published.out.strip() in kg("snapshot", "list", place).out
    for said in ("has it now", "has it already"):
        fetched = kg("snapshot", "fetch", place, "--store", copy)
        assert fetched.out == published.out
        assert said in fetched.err
    assert kg("export", "--store", copy).out == kg("export", "--store", filled).out
    refused = kg("load", place, "--store", copy)
    assert refused.status == 74
    assert "follows" in refused.err
    assert kg("snapshot", "fetch", tmp_path / "nowhere", "--store", tmp_path / "other").status == 66


def test_a_place_without_states_is_told_as_such(tmp_path):
    listed = kg("snapshot", "list", tmp_path / "nowhere")
    assert (listed.status, listed.out) == (0, "")
    assert "nothing was published" in listed.err


def test_a_place_that_does_not_answer_is_one_plain_line():
    refused = kg("snapshot", "list", "http://127.0.0.1:9/x")
    assert refused.status == 75
    assert refused.err.splitlines() == ["error: no answer from http://127.0.0.1:9/x: [Errno 111] Connection refused"]
