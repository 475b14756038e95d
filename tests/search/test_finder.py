"""The index of a store: of the same state as its answers, made anew where it is missing or damaged, in nobody's way."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from threading import Thread

import pyoxigraph as ox
import pytest

from kg.errors import TooBusy
from kg.search import Index, Question, Unusable, find
from kg.sparql.template import declared
from kg.store import DocumentWrite, open_store
from kg.store.finder import Finder
from kg.store.request import QueryRequest
from kg.store.workers import QueryWorkers

BASE = "https://w3id.org/readout/"
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
OFFICIAL = ox.NamedNode("https://w3id.org/readout/ontology#Official")
TABLES = ("item", "name", "passage", "tag", "appearance", "said")


def document(number, *names, key=None):
    """A document of its own graph in which there are officials with these names."""
    nodes = [(ox.NamedNode(f"{BASE}official/{name.lower().replace(' ', '-')}"), name) for name in names]
    triples = [ox.Triple(node, *rest) for node, name in nodes for rest in ((A, OFFICIAL), (LABEL, ox.Literal(name)))]
    key = key or "+".join(names)
    return DocumentWrite.of(f"urn:graph:{number}", triples, sha256=key, key=key, converter="test", source="test")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def write(folder):
    def put(*documents, gone=()):
        with open_store(folder, mode="write") as store:
            store.put(documents)
            store.delete(gone)

    return put


@pytest.fixture
def names(folder):
    """What a search finds in the present state of the store, by a finder that was opened for it alone."""

    def found(words=""):
        with open_store(folder) as store, closing(Finder.of(store)) as finder:
            return [hit.label for hit in finder.ask(lambda index: find(index, Question(words))).hits]

    return found


def content(index):
    """All that is in an index, whatever its rows are numbered."""
    with index.connection() as db:
        return {
            "items": set(db.execute("SELECT iri, type, label, detail, date, documents, weight FROM item")),
            "names": set(db.execute("SELECT iri, kind, text, fold FROM name JOIN item ON item.id = name.item")),
            "tags": set(
                db.execute(
                    "SELECT iri, kind, key, graph FROM tag JOIN item ON item.id = tag.item"
                    " JOIN value ON value.id = tag.value JOIN document ON document.id = tag.document"
                )
            ),
            "texts": set(db.execute("SELECT iri, text FROM passage JOIN item ON item.id = passage.item")),
            "sizes": [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES],
            "found": [hit.label for hit in find(index, Question("ada")).hits],
        }


def test_what_is_written_is_found_and_what_is_deleted_is_not(write, names):
    write(document(1, "Ada Nyberg"), document(2, "Ida Moe"))
    assert names("nyberg") == ["Ada Nyberg"]
    write(document(1, "Ada Lund"), document(3, "Uma Hald"))
    assert names("nyberg") == []
    assert names("lund") == ["Ada Lund"]
    write(gone=["urn:graph:3"])
    assert names("uma") == []
    assert sorted(names()) == ["Ada Lund", "Ida Moe"]


def test_an_index_brought_up_to_date_has_the_same_in_it_as_one_made_anew(folder, write, demonstration_writes):
    first, second = demonstration_writes[:8], demonstration_writes[8:10]
    write(*first, document(1, "Ada Nyberg"), document(2, "Ada Nyberg", "Ida Moe"))
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        finder.index()
    write(*second, document(1, "Ada Lund"), gone=[first[0].graph, "urn:graph:2"])
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        revised = content(finder.index())
        assert len(list((folder / "search").iterdir())) == 2, "the index before, which others may have open, and this"
    shutil.rmtree(folder / "search")
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        assert content(finder.index()) == revised


def test_a_reader_of_an_older_state_goes_on_finding_what_that_state_has(folder, write):
    write(document(1, "Ada Nyberg"))
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 1
        for number in range(2, 6):
            write(document(number, f"Ada Number{number}"))
            with open_store(folder) as newer, closing(Finder.of(newer)) as its:
                assert its.ask(lambda index: find(index, Question("ada"))).total == number
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 1
        store.refresh()
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 5
    assert len(list((folder / "search").iterdir())) == 2, "older ones are removed"


def test_a_writer_finds_what_it_has_just_written(folder):
    with open_store(folder, mode="write") as store, closing(Finder.of(store)) as finder:
        store.put([document(1, "Ada Nyberg")])
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 1
        store.put([document(2, "Ada Lund")])
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 2


def test_a_store_of_another_past_under_the_same_number_is_not_mistaken_for_this_one(folder, write, names, tmp_path):
    from kg.store.upkeep import backup, restore

    write(document(1, "Ada Nyberg"))
    backup(folder, tmp_path / "copy")
    write(document(1, "Ada Lund"))
    assert names() == ["Ada Lund"]
    restore(tmp_path / "copy", folder)
    assert names() == ["Ada Nyberg"]


@pytest.mark.parametrize("damage", [b"", b"this is no database", None])
def test_a_missing_or_damaged_index_is_made_anew(folder, write, names, damage):
    write(document(1, "Ada Nyberg"))
    assert names() == ["Ada Nyberg"]
    [path] = (folder / "search").glob("*.sqlite")
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert names() == ["Ada Nyberg"]


def test_an_index_of_another_version_is_made_anew(folder, write, names):
    write(document(1, "Ada Nyberg"))
    names()
    [path] = (folder / "search").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE item SET label = 'stale'")
        db.execute("PRAGMA user_version = 999")
    assert names() == ["Ada Nyberg"]


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(folder, write):
    write(*(document(number, f"Ada Number{number}") for number in range(60)))
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        path = finder.index().path
        size = path.stat().st_size
        path.write_bytes(b"\xff" * size)
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 60
        with pytest.raises(Unusable):
            Index(folder / "readout-kg.json")


def test_a_folder_that_cannot_be_written_gets_its_index_elsewhere(folder, write):
    write(document(1, "Ada Nyberg"))
    (folder / "search").write_text("something stands in the way")
    with open_store(folder) as store, closing(Finder.of(store)) as finder:
        assert finder.ask(lambda index: find(index, Question("ada"))).total == 1
        assert folder not in finder.index().path.parents
        kept = finder.index().path
    assert not kept.exists()


def test_no_write_waits_for_the_index_or_fails_by_it(folder, write):
    write(document(1, "Ada Nyberg"))
    (folder / "search").mkdir()
    (folder / "search" / "1.sqlite").write_bytes(b"\0" * 100)
    write(document(2, "Ida Moe"))
    with open_store(folder) as store:
        assert list(store.check()) == []


def test_many_threads_may_ask_at_once(folder, write):
    write(*(document(number, f"Ada Number{number}") for number in range(40)))
    totals = []
    with open_store(folder) as store, closing(Finder.of(store)) as finder:

        def ask():
            totals.extend(finder.ask(lambda index: find(index, Question("ada"))).total for _ in range(20))

        threads = [Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert totals == [40] * 160


def test_where_no_index_can_be_made_one_line_says_so(folder, write):
    write(document(1, "Ada Nyberg"))
    (folder / "search").write_text("something stands in the way")
    script = (
        "from kg.store import open_store; from kg.store.finder import Finder; from kg.errors import StoreError\n"
        f"store = open_store({str(folder)!r}); finder = Finder.of(store)\n"
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: finder.index()\n"
        "except StoreError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.startswith("no search index can be made: "), done.stderr


def test_a_store_can_be_searched_from_a_program(folder, write):
    write(document(1, "Ada Nyberg"), document(2, "Ida Moe"))
    with open_store(folder) as store:
        assert [hit.label for hit in store.search("nyberg").hits] == ["Ada Nyberg"]
        assert store.search(facets={"type": ["official"]}, limit=1).total == 2
        assert store.search("ada", facets={"type": ["agency"]}).total == 0


def test_what_is_found_and_what_is_asked_of_it_are_of_one_state_while_others_are_published(folder, write):
    """Each state has one Nora Wick, with another IRI: who was found in one is nobody in the next."""
    write(document(1, "Nora Wick 0"))
    workers = QueryWorkers(folder, size=1)
    query = "?x readout:matches 'nora' ; rdfs:label ?l"
    asked = QueryRequest(declared(f"SELECT ?l {{ {query} }}"), "text/csv")
    publishing = Thread(target=lambda: [write(document(1, f"Nora Wick {number}")) for number in range(1, 9)])
    publishing.start()
    answers = []
    while publishing.is_alive() or not answers:
        with suppress(TooBusy):  # rather than a wrong answer
            answers.append(b"".join(workers.answer(asked)))
    publishing.join()
    workers.close()
    assert all(answer.count(b"Nora Wick") == 1 for answer in answers)
    assert len(set(answers)) > 1
