"""Slices into shards by processes of this machine."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from kg.load.manifest import Shard
from kg.load.plan import Slice
from kg.load.pool import cores
from kg.load.shards import Converters, Job

__all__ = ["by_processes"]


def by_processes(slices: Iterable[Slice], job: Job, jobs: int | None = None) -> Generator[Shard, None, None]:
    """Convert *slices* by *jobs* processes, by default one for each processor; yield each shard when it is there.

    A thread for each process writes what comes from it, so a document that ends the process ends nothing else.
    """
    number = jobs or cores()
    converters = Converters(job.settings, job.seconds)

    def convert(piece: Slice) -> Shard:
        with converters.lent() as pool:
            return job.convert(piece, pool)

    left = iter(slices)
    with ThreadPoolExecutor(number, thread_name_prefix="kg-shard") as threads:
        running: set[Future[Shard]] = {threads.submit(convert, piece) for piece in islice(left, number)}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {threads.submit(convert, piece) for piece in islice(left, len(done))}
                for future in done:
                    yield future.result()
        finally:
            converters.abort()
            threads.shutdown(cancel_futures=True)
            converters.stop()
