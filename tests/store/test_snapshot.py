"""What publishing and following promise (`kg.store.snapshot`)."""

import json
import os
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreMissing, StoreUnreachable
from kg.store import open_store
from kg.store.files import claim
from kg.store.snapshot import Follower, Manifest, place_at, publish, published
from kg.store.snapshot.place import FolderPlace, HttpPlace
from tests.store.conftest import document, lines, triple


@pytest.fixture
def store(tmp_path) -> Path:
    return filled(tmp_path / "store", "a")


def filled(path: Path, *names: str) -> Path:
    with open_store(path, mode="write") as store:
        store.put([document(name, *(triple(name, i) for i in range(200))) for name in names])
    return path


class Files(SimpleHTTPRequestHandler):
    """A web server that gives files, also from a byte on, and takes them by PUT."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(f"{self.path} {self.headers.get('Range', '')}".strip())
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        data = path.read_bytes()
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        self.wfile.write(data[begin:])
        return None

    def do_PUT(self):
        path = Path(self.translate_path(self.path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def web(folder: Path):
    """Serve *folder*; gives the address, and the list of what was asked for."""
    folder.mkdir(exist_ok=True)
    asked: list[str] = []
    handler = type("Handler", (Files,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: handler(*given, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def follower(place: str | Path, path: Path) -> Follower:
    return Follower(place_at(str(place)), path)


@pytest.mark.parametrize("kind", ["folder", "address"])
def test_what_is_published_is_fetched_whole_and_named_alike(store, tmp_path, kind):
    with web(tmp_path / "place") as (address, _):
        place = place_at(address if kind == "address" else str(tmp_path / "place"))
        manifest, sent = publish(store, place)
        copy = Follower(place, tmp_path / "copy")
        assert copy.update()
        assert not copy.update()
        assert copy.state == manifest.state
        assert sent == manifest.size
        assert (manifest.documents, manifest.quads) == (1, 200)
        assert [found.state for found in published(place)] == [manifest.state]
    with open_store(store) as original, open_store(tmp_path / "copy") as fetched:
        assert lines(fetched) == lines(original)
        assert list(fetched.check()) == []


def test_the_next_state_costs_what_is_new_in_it(store, tmp_path):
    with web(tmp_path / "place") as (address, asked):
        place = place_at(address)
        first, _ = publish(store, place)
        copy = follower(address, tmp_path / "copy")
        copy.update()
        assert publish(store, place)[1] == 0
        filled(store, "b")
        second, sent = publish(store, place)
        asked.clear()
        assert copy.update()
    assert second.state != first.state
    new = {file.path for file in second.files} - {file.path for file in first.files}
    assert {path.lstrip("/") for path in asked} == {"current.json", *new}
    assert sent < second.size


def test_a_fetch_that_was_cut_off_goes_on_where_it_was(store, tmp_path):
    with web(tmp_path / "place") as (address, asked):
        manifest, _ = publish(store, place_at(address))
        copy = follower(address, tmp_path / "copy")
        largest = max(manifest.files, key=lambda file: file.size)
        part = tmp_path / "copy" / "incoming" / largest.sha256
        part.parent.mkdir()
        part.write_bytes((tmp_path / "place" / largest.path).read_bytes()[:1000])
        assert copy.update()
    assert f"/{largest.path} bytes=1000-" in asked
    assert not part.parent.exists()


def test_a_part_that_is_damaged_is_fetched_anew(store, tmp_path):
    manifest, _ = publish(store, place_at(str(tmp_path / "place")))
    copy = follower(tmp_path / "place", tmp_path / "copy")
    part = tmp_path / "copy" / "incoming" / max(manifest.files, key=lambda file: file.size).sha256
    part.parent.mkdir()
    part.write_bytes(b"x" * 1000)
    assert copy.update()


def test_what_is_damaged_at_the_place_is_not_taken_and_the_old_state_stays(store, tmp_path):
    place = tmp_path / "place"
    publish(store, place_at(str(place)))
    copy = follower(place, tmp_path / "copy")
    copy.update()
    before = copy.state
    filled(store, "b")
    manifest, _ = publish(store, place_at(str(place)))
    for file in manifest.files:
        (place / file.path).write_bytes(b"damaged")
    with pytest.raises(StoreError, match="is damaged: publish the state again"):
        copy.update()
    assert copy.state == before
    with open_store(tmp_path / "copy") as fetched:
        assert len(lines(fetched)) == 200


@pytest.mark.parametrize("name", ["../../escape", "/etc/passwd", "a/b", "", "in use"])
def test_a_manifest_cannot_lead_elsewhere(store, tmp_path, name):
    place = tmp_path / "place"
    publish(store, place_at(str(place)))
    manifest = json.loads((place / "current.json").read_text())
    manifest["files"][0]["name"] = name
    (place / "current.json").write_text(json.dumps(manifest))
    with pytest.raises(StoreError, match="no plain name"):
        follower(place, tmp_path / "copy").update()


def test_the_manifest_is_written_last(store, tmp_path):
    written = []

    class Watched(FolderPlace):
        def write(self, path, source):
            written.append(path)
            super().write(path, source)

    manifest, _ = publish(store, Watched(str(tmp_path / "place")))
    assert written[-2:] == [manifest.path, "current.json"]
    assert set(written[:-2]) == {file.path for file in manifest.files}


def test_old_states_go_once_nobody_can_be_fetching_them(store, tmp_path):
    folder = tmp_path / "place"
    place = place_at(str(folder))
    for name in "bcde":
        filled(store, name)
        publish(store, place, kept=2)
    assert len(list(published(place))) == 4
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    filled(store, "f")
    publish(store, place, kept=2)
    left = list(published(place))
    assert len(left) == 2
    assert {path.name for path in (folder / "files").iterdir()} == {f.sha256 for state in left for f in state.files}
    assert follower(folder, tmp_path / "copy").update()


def test_who_follows_is_for_reading_and_a_store_of_its_own_follows_nobody(store, tmp_path):
    publish(store, place_at(str(tmp_path / "place")))
    follower(tmp_path / "place", tmp_path / "copy").update()
    with pytest.raises(StoreError, match=r"follows .*place: write to the store"):
        open_store(tmp_path / "copy", mode="write")
    with pytest.raises(StoreError, match="store of its own"):
        follower(tmp_path / "place", store)


def test_who_follows_with_the_same_folder_waits_for_the_one_that_fetches(store, tmp_path):
    publish(store, place_at(str(tmp_path / "place")))
    first, second = (follower(tmp_path / "place", tmp_path / "copy") for _ in range(2))
    lock = tmp_path / "copy" / "following"
    lock.touch()
    fetching = claim(lock)
    assert not first.update()
    waiting = threading.Thread(target=second.begin)
    waiting.start()
    os.close(fetching)
    waiting.join(20)
    assert not waiting.is_alive()
    assert second.state == first.state


def test_where_nothing_is_published_there_is_nothing_to_follow(tmp_path):
    (tmp_path / "place").mkdir()
    copy = follower(tmp_path / "place", tmp_path / "copy")
    with pytest.raises(StoreMissing, match="nothing was published"):
        copy.begin()
    with pytest.raises(StoreUnreachable):
        Follower(HttpPlace("http://127.0.0.1:9", attempts=1), tmp_path / "other").update()


def test_a_follower_without_its_place_goes_on_with_what_it_has(store, tmp_path):
    with web(tmp_path / "place") as (address, _):
        place = HttpPlace(address, attempts=1)
        publish(store, place)
        copy = Follower(place, tmp_path / "copy")
        copy.update()
    copy.begin()
    with open_store(tmp_path / "copy") as fetched:
        assert len(lines(fetched)) == 200


def test_a_store_of_an_older_version_gets_a_name_when_it_is_published(store, tmp_path):
    (store / "readout-kg.json").write_text('{"format": 1}')
    manifest, _ = publish(store, place_at(str(tmp_path / "place")))
    assert len(manifest.state.partition(".")[0]) == 32
    assert Manifest.of_json(manifest.to_json(), "here") == manifest
