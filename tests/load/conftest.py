"""Readouts by the number, for loaders to load."""

import json
from pathlib import Path

import pytest

from kg.load import Report, load_paths
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
