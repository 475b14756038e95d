"""A corpus of any size into a folder of shards: planned, converted here or on a cluster, settled, and told.

A run may be ended at any point, and any of its workers, too: the next one goes on with the slices that are not done.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeAlias

from kg.errors import StoreLocked
from kg.lexicon import lexicon_with
from kg.load.convert import Settings, converter
from kg.load.local import by_processes
from kg.load.manifest import FORMAT, Counts, Layout, Making, Shard, line
from kg.load.packing import Packing, best
from kg.load.plan import SLICE, Slice, planned
from kg.load.pool import SECONDS
from kg.load.settle import settled
from kg.load.shards import Job
from kg.store.files import atomically, unclaimed
from kg.vocab import BASE

__all__ = ["Progress", "convert_corpus"]

_LARGEST_COPY = 1 << 20
_Engine: TypeAlias = Callable[[Iterable[Slice]], Generator[Shard, None, None]]


@dataclass
class Progress:
    """How far a conversion is, in slices and in bytes of the input; *kept* is what an earlier run has done."""

    slices: int = 0
    size: int = 0
    slices_done: int = 0
    size_done: int = 0
    slices_kept: int = 0
    size_kept: int = 0
    counts: Counts = field(default_factory=Counts)
    """Of all that is done."""


def convert_corpus(
    paths: Iterable[str | Path],
    folder: Path,
    *,
    base: str = BASE,
    lexicon: Sequence[Path] = (),
    jobs: int | None = None,
    seconds: float = SECONDS,
    dask: str | None = None,
    packing: Packing | None = None,
    size: int = SLICE,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Convert what *paths* mean into shards in *folder*, which is laid out as `kg.load.manifest` says.

    What was done before from equal input by an equal converter stays.

    Args:
        paths: files, folders, globs and addresses.
        folder: where to; made if it is not there.
        base: what the IRIs of entities begin with.
        lexicon: files or folders that extend the lexicon.
        jobs: how many processes convert on this machine; by default as many as there are processors.
        seconds: how long one document may take.
        dask: the address of a scheduler of Dask distributed, or ``local`` for a cluster on this machine.
        packing: how shards are packed; by default as well as what is installed can.
        size: bytes of input, about, that become one shard.
        progress: called after the plan is made, and after each slice.

    Raises:
        StoreError: *folder* can't be written, or has something else in it, or another process converts into it.
        InputError: standard input was given, or a lexicon does not fit.
        MissingExtra: a package for the cluster or the packing is not installed.
        RemoteFailed: the cluster is gone; what was done is there.
    """
    layout = Layout(folder.absolute())
    settings = Settings(base, lexicon=tuple(path.absolute() for path in lexicon), copies=_LARGEST_COPY)
    making = Making(converter(lexicon_with(*settings.lexicon).digest), base, packing or best())
    engine = _engine(Job(layout.folder, Path.cwd(), settings, making, seconds), jobs, dask)
    with _alone(layout):
        state = _plan(layout, paths, size, making)
        progress(state)
        with closing(engine(_left(layout, making, anew=True))) as shards:
            for shard in shards if state.slices_done < state.slices else ():
                _count(state, shard)
                progress(state)
        _tell(layout, state, making)
        progress(state)
    return state


def _engine(job: Job, jobs: int | None, dask: str | None) -> _Engine:
    if dask is None:
        return lambda slices: by_processes(slices, job, jobs)
    from kg.load.cluster import by_dask

    return lambda slices: by_dask(slices, job, dask, jobs)


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    """Keep other processes from converting into the folder within the block."""
    layout.create()
    lock = layout.folder / ".lock"
    lock.touch()
    with unclaimed(lock) as free:
        if not free:
            raise StoreLocked(f"another process converts into {layout.folder}: wait until it has finished")
        yield


def _plan(layout: Layout, paths: Iterable[str | Path], size: int, making: Making) -> Progress:
    """Write the plan, and find out how much of it is done. A manifest that does not fit it goes."""
    state = Progress()
    with atomically(layout.plan) as file:
        for piece in planned(paths, size):
            file.write(line(piece.to_json()))
            state.slices += 1
            state.size += piece.size
    for piece in _slices(layout):
        layout.check(piece.number)
    anew = next(_left(layout, making, anew=False), None) is not None
    for piece in _slices(layout):
        if shard := _done(layout, piece, making, anew=anew):
            _count(state, shard)
    if anew or not layout.is_told(state.slices):
        layout.manifest.unlink(missing_ok=True)
    state.slices_kept, state.size_kept = state.slices_done, state.size_done
    return state


def _slices(layout: Layout) -> Iterator[Slice]:
    with layout.plan.open(encoding="utf-8") as file:
        yield from map(Slice.of_json, map(json.loads, file))


def _left(layout: Layout, making: Making, *, anew: bool) -> Iterator[Slice]:
    """Yield the slices that are not done."""
    return (piece for piece in _slices(layout) if not _done(layout, piece, making, anew=anew))


def _done(layout: Layout, piece: Slice, making: Making, *, anew: bool) -> Shard | None:
    """Return the shard of a slice if it is there.

    If any slice is converted *anew*, shards out of which something was taken count for nothing: what had its graph
    before may be gone.
    """
    shard = layout.found(piece.number)
    if shard is None or shard.making != making or shard.slice != piece.to_json() or (anew and shard.settled):
        return None
    return shard


def _count(state: Progress, shard: Shard) -> None:
    state.slices_done += 1
    state.size_done += shard.slice["size"]
    state.counts += shard.counts


def _tell(layout: Layout, state: Progress, making: Making) -> None:
    """Settle the shards, and write the manifest, unless all that was done before."""
    if layout.manifest.exists():
        return
    state.counts = sum((shard.counts for shard in settled(layout, state.slices)), Counts())
    for path in list(layout.strays(state.slices)):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    head = {"format": FORMAT, **asdict(making), **asdict(state.counts), "shards": state.slices}
    with atomically(layout.manifest) as file:
        file.write(line(head))
        for number in range(state.slices):
            file.write(layout.done(number).read_bytes())
