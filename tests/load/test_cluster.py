"""Conversion on Dask, whose parts are killed: each document is there once, in the bytes that one machine writes."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KgError, RemoteFailed
from kg.lexicon import default_lexicon
from kg.load import converter
from kg.load.convert import Settings
from kg.load.manifest import Making
from kg.load.shards import Job
from kg.vocab import BASE
from tests.load.conftest import SLICE, contents, convert
from tests.load.test_interrupted import ROOT
from tests.load.test_shards import command, done, wait_for

dask = pytest.importorskip("dask")
pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX"),
    # What Dask leaves open when its scheduler is killed is not ours to close.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Cluster:
    """A scheduler with two workers of one thread, each a process of its own, which can be killed."""

    def __init__(self, folder: Path):
        self._told = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        self.workers = [self.worker() for _ in range(2)]

    def worker(self):
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--death-timeout", "60")

    @property
    def address(self) -> str:
        deadline = time.monotonic() + 60
        while not self._told.exists() or not self._told.read_text():
            assert self.scheduler.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return json.loads(self._told.read_text())["address"]

    def _start(self, what, *words):
        program = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--scheduler-file",
            self._told,
            "--no-dashboard",
            "--host",
            "127.0.0.1",
        ]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
        log = self._told.with_suffix(".log").open("ab")
        with log:
            return subprocess.Popen([*map(str, program), *words], env=environment, stdout=log, stderr=log, cwd=ROOT)

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """One for the tests that follow; what each of them kills, those behind it do without."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    with dask.config.set({"distributed.comm.timeouts.connect": "5s"}):
        yield started
    started.close()


def once(action):
    """A progress that does *action* when the first shard is there."""
    done = []

    def progress(state):
        if state.slices_done > state.slices_kept and not done:
            done.append(action())

    return progress


def test_when_the_client_is_killed_the_next_run_goes_on(cluster, calls, converted, tmp_path):
    out = tmp_path / "out"
    with command(
        "convert", calls, "-o", f"{out}/", "--slice", SLICE / (1 << 20), "--pack", "gz", "--dask", cluster.address
    ) as client:
        wait_for(lambda: done(out), client)
        client.kill()
        client.communicate()
    state = convert(out, calls, dask=cluster.address)
    assert state.slices_kept > 0
    assert contents(out) == contents(converted)


def test_a_worker_that_is_killed_costs_nothing(cluster, calls, converted, tmp_path):
    state = convert(tmp_path / "out", calls, dask=cluster.address, progress=once(cluster.workers[0].kill))
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert (state.counts.documents, state.counts.set_aside) == (198, 2)
    assert contents(tmp_path / "out") == contents(converted)


def test_when_the_scheduler_is_killed_the_next_run_goes_on(cluster, calls, converted, tmp_path):
    with pytest.raises(RemoteFailed, match="run the same command again"):
        convert(tmp_path / "out", calls, dask=cluster.address, progress=once(cluster.scheduler.kill))
    assert not (tmp_path / "out" / "manifest.jsonl").exists()
    state = convert(tmp_path / "out", calls)
    assert state.slices_kept > 0
    assert contents(tmp_path / "out") == contents(converted)


def test_a_cluster_of_this_machine_needs_no_address(calls, converted, tmp_path):
    convert(tmp_path / "out", calls, dask="local", jobs=1)
    assert contents(tmp_path / "out") == contents(converted)


def test_a_worker_of_another_version_or_without_the_disk_is_refused(converted, tmp_path):
    job = Job(converted, tmp_path, Settings(), Making("readout-kg/0.0+elsewhere", BASE, "gz"))
    with pytest.raises(KgError, match="install the same version"):
        job.check()
    with pytest.raises(KgError, match="a disk that all machines share"):
        replace(job, folder=tmp_path, making=Making(converter(default_lexicon().digest), BASE, "gz")).check()
