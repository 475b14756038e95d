"""The command, run as users run it: a process, its two streams, its exit status."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


def kg(*arguments: object, input: str | bytes = b"", cwd: Path | None = None, **environment: str) -> Result:
    """Run ``kg`` with *arguments*; the environment has no settings of the user's."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    env |= {"PYTHONPATH": str(ROOT), "COLUMNS": "100"} | environment
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        input=input.encode() if isinstance(input, str) else input,
        capture_output=True,
        cwd=cwd or ROOT,
        env=env,
        timeout=120,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def readouts(tmp_path_factory) -> Path:
    """A folder of three readouts."""
    from tests.load.conftest import text

    folder = tmp_path_factory.mktemp("readouts")
    for number in range(3):
        (folder / f"call-{number}.txt").write_text(text(number))
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory, readouts) -> Path:
    """A store with three readouts. Only to be read."""
    store = tmp_path_factory.mktemp("filled") / "store"
    result = kg("load", readouts, "--store", store)
    assert result.status == 0, result.err
    return store
