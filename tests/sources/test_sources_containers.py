"""Containers of many readouts: JSON Lines, Parquet, WARC, whole or in parts, here or behind an address."""

import gzip
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.model import Issue, Readout
from kg.sources import divided, documents, expand

pyarrow = pytest.importorskip("pyarrow")
warcio = pytest.importorskip("warcio")
pytest.importorskip("fsspec")

TEXT = "The Foreign Minister of Norland met the Foreign Minister of Sudland in Port Amber.\n\nThey spoke of item {}."


def row(number):
    return {"id": f"item-{number}", "title": f"Readout {number}", "date": "2021-04-05", "text": TEXT.format(number)}


def jsonl(path, rows, pack=bytes):
    path.write_bytes(pack("".join(json.dumps(each) + "\n" for each in rows).encode()))
    return path


def parquet(path, rows, group=7):
    from pyarrow import parquet as written

    written.write_table(pyarrow.Table.from_pylist([each | {"unknown": 1} for each in rows]), path, row_group_size=group)
    return path


def record(kind, address, body):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def warc(path, rows, pack=bytes):
    """Write pages as a crawler does, each among a request, an error and a picture."""
    with path.open("wb") as file:
        for each in rows:
            page = f"<!doctype html><title>{each['title']}</title><article><p>{each['text']}</p></article>".encode()
            address = f"https://norland.example/releases/2021/04/05/{each['id']}"
            for kind, status, content, body in (
                ("request", "GET / HTTP/1.1", "text/html", b""),
                ("response", "HTTP/1.1 200 OK", "text/html; charset=utf-8", page),
                ("response", "HTTP/1.1 404 Not Found", "text/html", page),
                ("response", "HTTP/1.1 200 OK", "image/png", b"\x89PNG"),
            ):
                message = f"{status}\r\nContent-Type: {content}\r\n\r\n".encode() + body
                file.write(pack(record(kind, address, message)))
    return path


CONTAINERS = {
    "jsonl": lambda folder, rows: jsonl(folder / "r.jsonl", rows),
    "jsonl.gz": lambda folder, rows: jsonl(folder / "r.jsonl.gz", rows, gzip.compress),
    "parquet": lambda folder, rows: parquet(folder / "r.parquet", rows),
    "warc": lambda folder, rows: warc(folder / "r.warc", rows),
    "warc.gz": lambda folder, rows: warc(folder / "r.warc.gz", rows, gzip.compress),
}


@pytest.fixture(params=CONTAINERS)
def container(request, tmp_path):
    """A file with forty readouts, of each kind."""
    return CONTAINERS[request.param](tmp_path, list(map(row, range(40))))


class Simple(SimpleHTTPRequestHandler):
    """A server that gives files as a whole."""

    def log_message(self, *_):
        pass


class Ranged(Simple):
    """A server that gives parts of files, as most do."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        wanted = self.headers.get("Range")
        if not wanted or not path.is_file():
            super().do_GET()
            return
        first, last = wanted.removeprefix("bytes=").split("-")
        data = path.read_bytes()
        part = data[int(first) : int(last or len(data)) + 1]
        self.send_response(206)
        self.send_header("Content-Length", len(part))
        self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)


@pytest.fixture(params=[Simple, Ranged])
def web(request, tmp_path):
    """A web server over the folder of the test; the address of it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(request.param, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def read(*paths):
    return [found for source in expand(paths) for found in documents(source)]


def test_every_readout_of_a_container_is_read(container):
    found = read(container)
    assert all(isinstance(each, Readout) for each in found), found
    assert [each.text.split("item ")[1] for each in found] == [f"{number}." for number in range(40)]
    assert len({each.id for each in found}) == 40
    assert {str(each.issued) for each in found} == {"2021-04-05"}


def test_parts_give_what_the_whole_gives(container):
    (source,) = expand([container])
    parts = list(divided(source, 300))
    assert len(parts) > 3
    assert [found for part, _ in parts for found in documents(part)] == read(container)
    assert list(divided(source, 300)) == parts


def test_a_container_that_is_small_enough_stays_whole(container):
    (source,) = expand([container])
    assert [part for part, _ in divided(source, 1 << 20)] == [source]


def test_lines_are_numbered_in_the_whole_file_whatever_part_they_are_in(tmp_path):
    bad = [row(0), {"title": "no text"}, row(2)] * 9
    (source,) = expand([jsonl(tmp_path / "r.jsonl", bad)])
    parts = [part for part, _ in divided(source, 400)]
    issues = [found.origin for part in parts for found in documents(part) if isinstance(found, Issue)]
    assert issues == [f"{tmp_path / 'r.jsonl'}:{number}" for number in range(2, 28, 3)]


def test_the_last_line_needs_no_end(tmp_path):
    path = jsonl(tmp_path / "r.jsonl", [row(number) for number in range(10)])
    path.write_bytes(path.read_bytes().rstrip())
    (source,) = expand([path])
    for size in range(150, 1500, 50):
        assert sum(1 for part, _ in divided(source, size) for _ in documents(part)) == 10, size


@pytest.mark.parametrize("kind", CONTAINERS)
def test_an_address_gives_what_the_file_gives(kind, tmp_path, web, request):
    path = CONTAINERS[kind](tmp_path, [row(number) for number in range(40)])
    (source,) = expand([f"{web}/{path.name}"])
    assert list(documents(source)) == read(path)
    parts = [part for part, _ in divided(source, path.stat().st_size // 3)]
    assert [found for part in parts for found in documents(part)] == read(path)
    assert (len(parts) == 1) == ("Simple" in request.node.name), "what can't be entered in its midst is not divided"


def test_addresses_of_folders_and_globs_are_listed_in_order(tmp_path):
    for name in ("b.jsonl", "a.jsonl", "c.txt"):
        jsonl(tmp_path / name, [row(1)])
    assert [source.name for source in expand([f"file://{tmp_path}/*.jsonl"])] == ["a.jsonl", "b.jsonl"]
    assert [source.name for source in expand([f"file://{tmp_path}"])] == ["a.jsonl", "b.jsonl", "c.txt"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("{web}/nothing.jsonl", "nothing.jsonl: "),
        ("file://{folder}/nothing.jsonl", "no such file"),
        ("http://127.0.0.1:9/x.jsonl", "127.0.0.1"),
        ("nosuchkind://x/y.jsonl", "nosuchkind"),
    ],
)
def test_what_an_address_does_not_give_is_told_in_one_line(address, said, tmp_path, web):
    (found,) = read(address.format(web=web, folder=tmp_path))
    assert isinstance(found, Issue)
    assert said in found.reason
    assert "\n" not in found.reason


def test_damaged_containers_are_told(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing else")
    (tmp_path / "b.warc").write_bytes(b"WARC/1.0\r\nno header at all")
    packed = warc(tmp_path / "c.warc.gz", [row(1)], gzip.compress)
    packed.write_bytes(packed.read_bytes()[:-30])
    parquet(tmp_path / "d.parquet", [{"foo": "bar"}])
    reasons = [found.reason for found in read(tmp_path) if isinstance(found, Issue)]
    assert "a.parquet: damaged Parquet" in reasons[0]
    assert any("c.warc.gz: damaged" in reason for reason in reasons)
    assert "d.parquet: no column is known; a column `text` is needed, and it has foo, unknown" in reasons[-1]
