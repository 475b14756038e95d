"""A backup is a store, a restored store is what was backed up, and compacting changes nothing but the size."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.errors import StoreError, StoreLocked, StoreMissing
from kg.store import DocumentWrite, open_store
from kg.store.folder import Folder
from kg.store.upkeep import backup, compact, restore


def put(path, *numbers, value=0):
    with open_store(path, mode="write") as store:
        for number in numbers:
            triples = [Triple(NamedNode(f"urn:s{n}"), NamedNode("urn:p"), Literal(f"{value} {n}")) for n in range(50)]
            write = DocumentWrite.of(
                f"urn:g{number}", triples, sha256=f"{number} {value}", converter="t", source="here"
            )
            store.put([write])


def dump(path):
    with open_store(path) as store:
        assert not list(store.check())
        return b"".join(store.dump(RdfFormat.N_QUADS))


@pytest.fixture
def path(tmp_path):
    put(tmp_path / "store", 1, 2)
    return tmp_path / "store"


def test_a_backup_is_a_store_with_the_same_documents(path, tmp_path):
    with open_store(path, mode="write"):  # another process may be writing
        backup(path, tmp_path / "copy")
    assert dump(tmp_path / "copy") == dump(path)
    put(tmp_path / "copy", 3)
    assert dump(tmp_path / "copy") != dump(path)


def test_a_backup_takes_the_place_of_nothing(path, tmp_path):
    (tmp_path / "copy").mkdir()
    with pytest.raises(StoreError, match="already"):
        backup(path, tmp_path / "copy")
    with pytest.raises(StoreMissing):
        backup(tmp_path / "none", tmp_path / "other")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy", "store"]


def test_what_was_lost_since_comes_back_while_readers_read(path, tmp_path):
    backup(path, tmp_path / "copy")
    saved = dump(path)
    put(path, 1, 3, value=1)
    with open_store(path, mode="write") as store:
        store.delete(["urn:g2"])
    with open_store(path) as reader:
        before = reader.generation
        restore(tmp_path / "copy", path)
        assert set(reader.journal()) == {"urn:g1", "urn:g3"}
        assert reader.refresh()
        assert reader.generation > before
        assert set(reader.journal()) == {"urn:g1", "urn:g2"}
    assert dump(path) == saved
    put(path, 4)
    assert dump(path) != saved


def test_a_store_can_be_made_of_a_backup(path, tmp_path):
    backup(path, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "new")
    assert dump(tmp_path / "new") == dump(path)


def test_compacting_gives_a_smaller_database_with_the_same_documents(path):
    for value in range(20):
        put(path, 1, 2, value=value)
    before, size = dump(path), live_size(path)
    with open_store(path) as reader:
        generation = reader.generation
        assert compact(path) > generation
        assert reader.refresh()
    assert dump(path) == before
    assert live_size(path) < size
    put(path, 3)


def live_size(path):
    return sum(file.stat().st_size for file in (path / "live").iterdir())


@pytest.mark.parametrize("change", [compact, lambda path: restore(path, path)])
def test_nothing_is_replaced_under_a_writer(path, change):
    with open_store(path, mode="write"), pytest.raises(StoreLocked):
        change(path)


def test_a_replacement_that_was_killed_half_way_is_undone(path):
    before = dump(path)
    (path / "live").rename(path / "former")
    (path / "next").mkdir()
    with open_store(path, mode="write") as store:
        assert not store.lost
    assert dump(path) == before
    assert not Folder(path).next.exists()
