"""Answers are packed in the coding that the client likes best, in pieces and when they are kept too."""

import urllib.request
import zlib
from urllib.parse import quote

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.encoding import CODINGS, packer

if "zstd" in CODINGS:
    try:
        from compression import zstd
    except ImportError:
        from backports import zstd

UNPACK = {
    "gzip": lambda data: zlib.decompress(data, 31),
    "br": brotli.decompress,
    "zstd": lambda data: zstd.decompress(data),
}
ROWS = "SELECT ?x { VALUES ?a {" + " 1" * 100 + "} VALUES ?x {" + " 'twelve bytes'" * 100 + "} }"
FEW = "SELECT ?x { VALUES ?x {" + " 'twelve bytes'" * 200 + "} }"


def test_all_codings_are_there_for_the_tests():
    assert set(CODINGS) == set(UNPACK)


@given(pieces=st.lists(st.binary(max_size=2000), max_size=5), coding=st.sampled_from(sorted(UNPACK)))
def test_what_is_packed_piece_by_piece_comes_out_as_it_was(pieces, coding):
    name, packing = packer(coding)
    packed = b"".join(map(packing.compress, pieces)) + packing.flush()
    assert (name, UNPACK[name](packed)) == (coding, b"".join(pieces))


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5, zstd;q=0.2", "gzip"),
        ("zstd;q=0, br;q=0, gzip", "gzip"),
        ("GZIP", "gzip"),
        ("*", "gzip"),
        ("*, gzip;q=0", None),
        ("identity", None),
        ("gzip;q=0.3, identity;q=0.8", None),
        ("deflate, compress", None),
        ("gzip;q=nonsense", None),
        ("", None),
        (None, None),
        ("x" * 10_000 + ", gzip", None),
    ],
)
def test_the_client_chooses(accept, coding):
    found = packer(accept)
    assert (found and found[0]) == coding


@pytest.mark.parametrize("text", [ROWS, FEW], ids=["in pieces", "whole"])
@pytest.mark.parametrize("coding", sorted(UNPACK))
def test_an_answer_is_the_same_packed_or_not_and_when_it_is_kept(server, text, coding):
    address = f"{server.url}/sparql?format=csv&query={quote(text + ' #' + coding)}"
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.headers["Content-Encoding"] is None
        plain = answer.read()
    for _ in range(2):
        request = urllib.request.Request(address, headers={"Accept-Encoding": coding})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.headers["Content-Encoding"] == coding
            assert "Accept-Encoding" in answer.headers["Vary"]
            packed = answer.read()
        assert UNPACK[coding](packed) == plain
        assert len(packed) < len(plain) / 3


def test_what_is_small_is_not_packed(client):
    answer = client.get("/sparql?query=ASK{}", headers={"Accept-Encoding": "gzip, br, zstd"})
    assert "Content-Encoding" not in answer.headers
