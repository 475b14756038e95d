"""What loading in bulk promises (`kg.load.bulk`)."""

import gzip

import pytest
from pyoxigraph import RdfFormat

from kg.errors import NotFound
from kg.load import load_bulk
from kg.store import open_store
from tests.store.conftest import lines as dumped

GRAPH = "https://w3id.org/readout/graph/norland"


def quads(*names, value="1"):
    return "".join(
        f'<urn:{name}> <urn:p{i}> "{value} \\"<x> .\\"" <{GRAPH}/{name}> .\n' for name in names for i in (1, 2)
    )


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", mode="write") as store:
        yield store


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "shard.nq"
    path.write_text(quads("a", "b"))
    return path


def counted(report):
    return report.loaded, report.replaced, report.unchanged, len(report.set_aside)


def test_each_graph_becomes_a_document(store, file):
    assert counted(load_bulk(store, [file])) == (2, 0, 0, 0)
    assert [document.id for document in store.documents()] == ["norland/a", "norland/b"]
    assert "".join(f"{line}\n" for line in dumped(store)) == file.read_text()
    assert list(store.check()) == []


def test_loading_again_skips_what_is_alike_and_replaces_what_is_not(store, file):
    load_bulk(store, [file])
    file.write_text(quads("a") + quads("b", value="2") + quads("c"))
    assert counted(load_bulk(store, [file])) == (1, 1, 1, 0)
    assert list(store.check()) == []
    assert counted(load_bulk(store, [file], force=True)) == (0, 3, 0, 0)


@pytest.mark.parametrize("ending", [".nq", ".nq.gz", ".nq.zst"])
def test_files_may_be_packed_and_in_folders(store, tmp_path, ending):
    packed = gzip.compress
    if ending == ".nq.zst":
        packed = pytest.importorskip("backports.zstd").compress
    folder = tmp_path / "shards" / "deeper"
    folder.mkdir(parents=True)
    data = quads("a").encode()
    (folder / f"shard{ending}").write_bytes(data if ending == ".nq" else packed(data))
    (folder / "notes.txt").write_text("not this")
    assert counted(load_bulk(store, [tmp_path / "shards"])) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('<urn:a> <urn:p> "no graph" .\n', "line 3 is no plain N-Quad"),
        (f'_:b <urn:p> "blank" <{GRAPH}/c> .\n', "line 3 is no plain N-Quad"),
        (f'<urn:a> <urn:p> "torn" <{GRAPH}/c> .', "line 3 is no plain N-Quad"),
        (quads("b", "a"), "line 5: the graph .*/a comes a second time"),
        ("\ufffd" * 3 + "\n", "line 3 is no plain N-Quad"),
    ],
)
def test_what_is_not_plain_ends_its_file_and_is_told_with_its_line(store, tmp_path, file, bad, said):
    file.write_text(quads("a") + bad)
    other = tmp_path / "other.nq"
    other.write_text(quads("z"))
    report = load_bulk(store, [file, other])
    (issue,) = report.set_aside
    import re

    assert re.search(said, issue.reason)
    assert "urn:z" in b"".join(store.dump(RdfFormat.N_QUADS)).decode()
    assert list(store.check()) == []


def test_a_packed_file_that_ends_too_early_is_set_aside(store, tmp_path):
    path = tmp_path / "torn.nq.gz"
    path.write_bytes(gzip.compress(quads("a", "b").encode())[:-12])
    assert counted(load_bulk(store, [path]))[3] == 1


def test_two_files_cannot_have_the_same_graph(store, tmp_path, file):
    other = tmp_path / "z.nq"
    other.write_text(quads("a", value="other"))
    report = load_bulk(store, [file, other])
    assert counted(report) == (2, 0, 0, 1)
    assert "which came first" in report.set_aside[0].reason


def test_a_path_without_quads_is_an_error(store, tmp_path):
    (tmp_path / "empty").mkdir()
    for path in ("empty", "nowhere"):
        with pytest.raises(NotFound, match="no file of N-Quads"):
            load_bulk(store, [tmp_path / path])
