"""Readouts by the number, for loaders to load."""

import json
import shutil
from pathlib import Path

import pytest

from kg.load import Progress, Report, convert_corpus, load_paths
from kg.store import open_store

PEOPLE = ("Ada Example", "Bo Sample", "Cy Pattern", "Di Model")
COUNTRIES = ("Kenya", "Norway", "Chile", "Japan", "Ghana", "Peru")


def text(number: int, word: str = "trade") -> str:
    """A short readout; the *number* makes it different from the others."""
    host, guest = COUNTRIES[number % 6], COUNTRIES[(number + 1 + number // 6 % 5) % 6]
    return (
        f"President {PEOPLE[number % 4]} of {host} spoke by phone today with Prime Minister"
        f" {PEOPLE[(number + 1) % 4]} of {guest}.\n\nThey discussed {word} and agreed to meet again"
        f" at call number {number}.\n"
    )


def record(number: int, **more) -> str:
    """The same as one line of JSON Lines."""
    day = f"20{10 + number // 336 % 10}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    given = {"id": f"record-{number}", "title": f"Call number {number}", "date": day, "text": text(number)}
    return json.dumps(given | more)


@pytest.fixture
def corpus(tmp_path) -> Path:
    """A folder of twelve readouts, each a file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(12):
        (folder / f"call-{number:02}.txt").write_text(text(number))
    return folder


def load(store: Path, *paths: object, **more) -> Report:
    """Load *paths* with two workers."""
    with open_store(store, mode="write") as opened:
        return load_paths(opened, [str(path) for path in paths], **({"jobs": 2} | more))


SLICE = 12_000
"""Bytes of input for one shard: some fifty records."""


def convert(folder: Path, *paths: Path, **more) -> Progress:
    """Convert *paths* into small shards with two workers."""
    return convert_corpus(paths, folder, **({"jobs": 2, "size": SLICE, "packing": "gz"} | more))


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder of shards, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def calls(tmp_path_factory) -> Path:
    """Two hundred records, of which number 60 is broken and number 100 tells of no encounter. Only to be read."""
    poem = json.dumps({"id": "poem", "text": "The fog comes on little feet over the harbour, and then it moves on."})
    path = tmp_path_factory.mktemp("calls") / "calls.jsonl"
    path.write_text("".join({60: "{", 100: poem}.get(number, record(number)) + "\n" for number in range(200)))
    return path


@pytest.fixture(scope="session")
def converted(tmp_path_factory, calls) -> Path:
    """What became of them. Only to be read."""
    folder = tmp_path_factory.mktemp("converted") / "shards"
    convert(folder, calls)
    return folder


@pytest.fixture
def out(tmp_path, converted) -> Path:
    """A copy of that, to be changed at will."""
    return shutil.copytree(converted, tmp_path / "out")
