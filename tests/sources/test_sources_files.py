import gzip
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import errors
from kg.model import Issue, Readout
from kg.sources import RdfDocument, documents, expand, read, readout


def names(*paths: object) -> list[str]:
    return [source.name for source in expand(map(str, paths))]


def test_a_folder_is_walked_in_order_of_name_without_hidden_files(tmp_path) -> None:
    for name in ("b.txt", "a.md", ".hidden", ".git/x.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("They met.")
    assert names(tmp_path) == ["a.md", "b.txt", "d.txt"]
    assert names(tmp_path / "*.txt", tmp_path / "b.txt") == ["b.txt"]
    assert names(tmp_path / "**/*.txt") == ["b.txt", "d.txt"]


def test_sources_can_be_sent_to_a_worker(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("They met.")
    [source] = expand([tmp_path])
    [found] = documents(pickle.loads(pickle.dumps(source)))
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("name", ["absent.md", "*.none", "folder", "nul\0.txt"])
def test_a_path_that_means_nothing_is_an_issue_and_the_others_are_read(tmp_path, name) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").write_text("They met.")
    missing, found = (item for source in expand([tmp_path / name, tmp_path / "a.txt"]) for item in documents(source))
    assert isinstance(missing, Issue)
    assert missing.code == "NotFound"
    assert isinstance(found, Readout)


def test_a_link_in_a_folder_is_not_followed(tmp_path) -> None:
    (tmp_path / "secret").write_text("They met.")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").symlink_to(tmp_path / "secret")
    [found] = (item for source in expand([tmp_path / "folder"]) for item in documents(source))
    assert "link" in found.reason


def test_a_file_that_vanishes_or_is_a_pipe_is_an_issue(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("They met.")
    os.mkfifo(tmp_path / "pipe")
    sources = list(expand([tmp_path / "a.txt", tmp_path / "pipe"]))
    (tmp_path / "a.txt").unlink()
    assert [found.code for source in sources for found in documents(source)] == ["NotFound", "Unreadable"]


def test_standard_input_is_read_once_in_any_format(body) -> None:
    script = "from kg.sources import *; [print(d.id, d.text[:7]) for s in expand(['-']) for d in documents(s)]"
    root = Path(kg.__file__).parent.parent
    for data in (body.encode(), gzip.compress(body.encode()), f"<html><p>{body}".encode(), b'{"text": "Federal"}'):
        done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True, cwd=root)
        assert done.stdout.decode().startswith("unknown/")
        assert done.stdout.decode().rstrip().endswith("Federal")


# --- bytes --------------------------------------------------------------------------------------------------------


def test_a_gzipped_file_gives_the_same_readout_as_the_file(one, body) -> None:
    assert one("a.md.gz", gzip.compress(body.encode())) == one("a.md", body)


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.txt", b"", "Unreadable", "empty"),
        ("a.jsonl", b" \n", "Unreadable", "empty"),
        ("a.txt", b" \n\t\n", "Unreadable", "empty"),
        ("a.txt", bytes(range(256)) * 20, "Unreadable", "binary"),
        ("a.txt", b"\x01\x02\x03 They met \x04\x05", "Unreadable", "binary"),
        ("a.txt", b"They met.\n" * 5_300_000, "Unreadable", "too large"),
        ("a.txt", "They met Çavuşoğlu; Žižek, Ñandú.".encode() + b" \xc3", "Unreadable", "UTF-8"),
        ("a.html", b"<html><meta charset=utf-9><p>Caf\xe9", "Unreadable", "encoding"),
        ("a.doc", b"They met.", "UnknownFormat", ".doc"),
        ("a.txt", b"%PDF-1.7 x", "UnknownFormat", "PDF"),
        ("a.docx", b"PK\x03\x04xxxx", "UnknownFormat", "office"),
        ("a.xml", b"<?xml version='1.0'?><letter/>", "UnknownFormat", "XML"),
        ("a.txt.gz", gzip.compress(b"They met. " * 1000, mtime=0)[:40], "Unreadable", "gzip"),
        ("a.gz", b"\x1f\x8b\x08broken", "Unreadable", "gzip"),
    ],
)
def test_bytes_that_cannot_be_read_are_one_clear_issue(problem, name, data, code, says) -> None:
    found = problem(name, data)
    assert found.code == code
    assert says in found.reason
    assert hasattr(errors, found.code)


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.nq.gz"])
def test_a_gzip_bomb_is_refused_early(problem, name) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as stream:
        for _ in range(64):
            stream.write(b"a" * (1 << 20))
    assert problem(name, packed.getvalue()).code == "Unreadable"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8", "cp1252"])
def test_usual_encodings_are_understood(one, encoding) -> None:
    text = "The Minister met José Müller – “a friend” – in Zürich to discuss the state of the hatcheries."
    assert one("a.txt", text.encode(encoding)).text == text


def test_an_encoding_that_must_be_guessed_is_guessed_by_the_letters(one) -> None:
    text = "Министр иностранных дел встретился сегодня со своим коллегой в Берне и обсудил рыболовство. " * 3
    assert one("a.txt", text.encode("cp1251")).text == text.strip()


def test_the_declared_encoding_of_a_page_counts(one) -> None:
    page = "<html><head><meta charset='iso-8859-2'></head><p>Spotkał się z Žižkiem.</p></html>"
    assert one("a.html", page.encode("iso-8859-2")).text == "Spotkał się z Žižkiem."


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.ttl", b"<a> a <b> .", "ttl"),
        ("a.nq", b"<http://a> <http://b> <http://c> <http://d> .", "nq"),
        ("a.jsonld", b'{"@id": "http://a"}', "jsonld"),
        ("a.rdf", b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "rdf"),
        ("a.xml", b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "rdf"),
        ("a.trig.gz", gzip.compress(b"<g> {<a> a <b>}", mtime=0), "trig"),
        ("a", b"@prefix a: <http://a/> . a:b a a:c .", "trig"),
        ("a", b"<http://a> <http://b> <http://c> .", "nq"),
    ],
)
def test_rdf_is_handed_on_unparsed(every, name, data, kind) -> None:
    [found] = every(name, data)
    assert isinstance(found, RdfDocument)
    assert found.format == kind
    assert found.data == (gzip.decompress(data) if name.endswith(".gz") else data)


# --- for programs ---------------------------------------------------------------------------------------------------


def test_read_raises_the_fitting_error_or_calls_back(tmp_path, body) -> None:
    (tmp_path / "a.txt").write_text(body)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.ttl").write_text("<a> a <b> .")
    with pytest.raises(errors.Unreadable, match=r"b\.txt: empty"):
        list(read(tmp_path))
    issues: list[Issue] = []
    [found] = read(tmp_path, on_issue=issues.append)
    assert found.text == body
    assert [Path(item.origin).name for item in issues] == ["b.txt", "c.ttl"]


def test_readout_reads_a_text_at_hand(body) -> None:
    found = readout(body, title="Talks in Bern", date="2024-03-05", publisher="The White House")
    assert found.id == "us-whitehouse/2024-03-05-talks-in-bern"
    assert found.text == f"Talks in Bern\n\n{body}"
    assert readout(body).id == readout(body).id != readout(body + " Bye.").id
    with pytest.raises(errors.Unreadable):
        readout(" \n")
