from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Issue, Readout
from kg.sources import RdfDocument, documents, expand


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., Readout]:
    """Write a file, read it, and return the one readout in it."""

    def read(name: str, content: str | bytes) -> Readout:
        [found] = outcomes(tmp_path, name, content)
        assert isinstance(found, Readout), found
        return found

    return read


@pytest.fixture
def problem(tmp_path: Path) -> Callable[..., Issue]:
    """Write a file, read it, and return the one issue with it, whose reason is one line and names the file."""

    def read(name: str, content: str | bytes) -> Issue:
        [found] = outcomes(tmp_path, name, content)
        assert isinstance(found, Issue), found
        assert name in found.origin
        assert name in found.reason
        assert "\n" not in found.reason
        return found

    return read


@pytest.fixture
def every(tmp_path: Path) -> Callable[..., list[Readout | RdfDocument | Issue]]:
    """Write a file, and return everything that reading it gives."""
    return lambda name, content: outcomes(tmp_path, name, content)


def outcomes(folder: Path, name: str, content: str | bytes) -> list[Readout | RdfDocument | Issue]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [found for source in expand([path]) for found in documents(source)]


@pytest.fixture
def body() -> str:
    return (
        "Federal Councillor Anna Oak received Foreign Minister Ben Elm of Norway in Bern today.\n\n"
        "They discussed fisheries and agreed to open a joint hatchery on the Aare. Mr. Elm thanked her for the welcome."
    )
