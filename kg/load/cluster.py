"""Slices into shards on a cluster of Dask distributed, on any number of machines that share a disk.

The cluster only says who converts which slice. That each shard is there once, and whole, is `kg.load.shards`'s doing:
so a worker that is lost costs the slice it was at, and a scheduler or client that is lost costs a second run.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import islice
from typing import Any

from kg.errors import KgError, MissingExtra, RemoteFailed
from kg.load.manifest import Shard
from kg.load.plan import Slice
from kg.load.pool import cores
from kg.load.shards import Converters, Job

try:
    import distributed
    from distributed.comm import CommClosedError
    from distributed.diagnostics.plugin import WorkerPlugin
except ImportError:
    raise MissingExtra("--dask needs an extra: pip install 'readout-kg[dask]'") from None

__all__ = ["by_dask"]

_AHEAD = 2
"""Slices that are handed out for each thread of a worker: one to convert, one to go on with."""
_LOSSES = 5
"""How often the scheduler may have given up a slice, whose workers have died again and again, before we do."""


def by_dask(slices: Iterable[Slice], job: Job, address: str, jobs: int | None = None) -> Generator[Shard, None, None]:
    """Convert *slices* by the workers of the scheduler at *address*; yield each shard when it is there.

    Workers may come and go. Each needs the same version of this package, and has to see the folder of the shards and
    the paths of the input.

    Args:
        slices: what to convert.
        job: how.
        address: like ``tcp://host:8786``; ``local`` starts a cluster of *jobs* processes on this machine.
        jobs: for ``local``; by default as many as there are processors.

    Raises:
        RemoteFailed: the scheduler does not answer, or any more.
        KgError: a worker does not fit, or a slice can't be converted.
    """
    with _client(address, jobs or cores()) as client:
        plugin = f"kg-{sha256(repr(job).encode()).hexdigest()[:16]}"  # another conversion may run beside this one
        client.register_plugin(_Plugin(job), name=plugin)
        running = _Running(client, plugin, iter(slices))
        try:
            yield from running.shards()
        except (distributed.CancelledError, TimeoutError, OSError) as error:
            # What is closed may be known here before the client's state says so.
            if client.status == "running" and not isinstance(error, CommClosedError):
                raise
            raise RemoteFailed(f"the scheduler at {address} is gone: run the same command again") from error
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.cancel(list(running.futures.values()))
                client.unregister_worker_plugin(plugin)


class _Running:
    """The slices that are handed out. More are as results come, so a plan of any length takes no memory."""

    def __init__(self, client: distributed.Client, plugin: str, left: Iterator[Slice]) -> None:
        self._client = client
        self._plugin = plugin
        self._left = left
        self._slices: dict[str, Slice] = {}
        self._losses: Counter[int] = Counter()
        self._results = distributed.as_completed(with_results=False)
        self.futures: dict[str, distributed.Future] = {}

    def shards(self) -> Iterator[Shard]:
        self._hand_out()
        for future in self._results:
            piece = self._slices.pop(future.key)
            del self.futures[future.key]
            if future.status == "error" and isinstance(future.exception(), distributed.KilledWorker):
                self._again(piece)
                continue
            yield future.result()
            self._hand_out()

    def _again(self, piece: Slice) -> None:
        """Hand a slice out again, whose workers have died as often as the scheduler bears."""
        self._losses[piece.number] += 1
        if self._losses[piece.number] == _LOSSES:
            raise KgError(f"workers die again and again at {piece.sources[0].origin}: look at their logs")
        self._submit(piece)

    def _hand_out(self) -> None:
        threads = sum(self._client.nthreads().values())
        room = max(1, _AHEAD * threads) - len(self.futures)
        for piece in islice(self._left, max(0, room)):
            self._submit(piece)

    def _submit(self, piece: Slice) -> None:
        future = self._client.submit(_convert, piece, self._plugin, pure=False)
        self._slices[future.key] = piece
        self.futures[future.key] = future
        self._results.add(future)


class _Plugin(WorkerPlugin):  # type: ignore[misc]  # Dask's types are not read
    """What a worker has: the job, and processes of its own that read documents, since one may end its process."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def setup(self, worker: Any) -> None:  # noqa: ANN401
        self.job.check()
        # Dask's workers are daemons, which must not have children; ours end with them, since their pipe does.
        multiprocessing.current_process().daemon = False
        self.converters = Converters(self.job.settings, self.job.seconds)

    def teardown(self, worker: Any) -> None:  # noqa: ANN401
        self.converters.abort()

    def __getstate__(self) -> dict[str, Any]:
        return {"job": self.job}


def _convert(piece: Slice, name: str) -> Shard:
    plugin = distributed.get_worker().plugins[name]
    with plugin.converters.lent() as pool:
        shard: Shard = plugin.job.convert(piece, pool)
    return shard


@contextmanager
def _client(address: str, jobs: int) -> Iterator[distributed.Client]:
    for name in ("distributed", "distributed.client", "distributed.comm.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told by us
    if address == "local":
        with (
            distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address)
    except (OSError, ValueError, TimeoutError) as error:
        raise RemoteFailed(f"no scheduler of Dask answers at {address}: {error}") from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)
