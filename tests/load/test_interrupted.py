"""A load can be ended at any point and run again: nothing is lost, nothing is there twice."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import open_store
from tests.load.conftest import load, record
from tests.store.conftest import lines

ROOT = Path(__file__).parents[2]
KG = [sys.executable, "-m", "kg"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")


@pytest.fixture
def corpus(tmp_path) -> Path:
    return written(tmp_path, 900)


def written(folder: Path, number: int) -> Path:
    path = folder / "calls.jsonl"
    path.write_text("\n".join(map(record, range(number))))
    return path


def start(corpus: Path, store: Path) -> subprocess.Popen:
    command = [*KG, "load", str(corpus), "--store", str(store), "--jobs", "2", "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True)


def contents(store: Path) -> list[str]:
    with open_store(store) as opened:
        assert list(opened.check()) == []
        return lines(opened)


def test_twenty_kills_and_a_last_run_give_what_one_run_gives(corpus, tmp_path):
    reference, store, chance = tmp_path / "reference", tmp_path / "store", random.Random(7)
    assert load(reference, corpus).loaded == 900
    sizes = []
    for _ in range(20):
        with start(corpus, store) as running:
            time.sleep(chance.uniform(0.3, 1.3))
            running.kill()
            running.communicate()
        with open_store(store, mode="write") as opened:
            assert list(opened.lost) == []
            sizes.append(len(opened.journal()))
    assert sizes == sorted(sizes), "what one run has stored, the next one keeps"
    with start(corpus, store) as running:
        summary = json.loads(running.communicate()[0])
    assert running.returncode == 0
    assert summary["loaded"] + summary["unchanged"] == 900
    assert summary["unchanged"] == sizes[-1]
    assert contents(store) == contents(reference)


def test_ctrl_c_ends_it_with_130_and_keeps_what_it_had(tmp_path):
    corpus, store = written(tmp_path, 3000), tmp_path / "store"  # more than are converted before some are stored
    with start(corpus, store) as running:
        while not (store / "ledger.jsonl").exists():
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert errors.decode().splitlines()[-1].startswith("interrupted:")
    assert "Traceback" not in errors.decode()
    with open_store(store) as opened:
        there = len(opened.journal())
    assert 0 < there < 3000
    report = load(store, corpus)
    assert (report.loaded, report.unchanged) == (3000 - there, there)
