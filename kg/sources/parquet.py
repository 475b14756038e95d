"""Parquet: rows with the same fields as records of JSON (`kg.sources.records`). Only columns that we know are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from kg.errors import MissingExtra, Unreadable
from kg.sources.draft import FIELDS
from kg.sources.records import PAGES, TEXTS
from kg.sources.source import Part

__all__ = ["cuts", "read"]

_ROWS = 256
_KNOWN = {
    name.lower().replace("_", "").replace("-", "") for names in (TEXTS, PAGES, *FIELDS.values()) for name in names
}


def read(stream: BinaryIO, part: Part | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of *part*, or all, with their numbers from 1. Row groups without any of them are not read.

    Raises:
        MissingExtra: pyarrow is not installed.
        Unreadable: it is damaged, or has no column that we know.
    """
    with _opened(stream) as file:
        schema = file.schema_arrow
        columns = [name for name in schema.names if name.lower().replace("_", "").replace("-", "") in _KNOWN]
        if not columns:
            raise Unreadable(f"no column is known; a column `text` is needed, and it has {', '.join(schema.names)}")
        before = 0
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if not part or (part.first <= before + rows and (part.stop is None or before + 1 < part.stop)):
                yield from _in_group(file, group, columns, before, part)
            before += rows


def cuts(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the rows where parts of about *size* bytes, unpacked, begin, each with its size in bytes.

    Raises:
        MissingExtra, Unreadable: as `read`.
    """
    with _opened(stream) as file:
        groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
        total, rows = sum(group.total_byte_size for group in groups), file.metadata.num_rows
        step = max(1, rows * size // max(1, total))
        for first in range(1, rows + 1, step):
            yield first, total * min(step, rows - first + 1) // rows


def _in_group(
    file: Any,  # noqa: ANN401  # of a package that may be absent
    group: int,
    columns: list[str],
    before: int,
    part: Part | None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    number = before
    for batch in file.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False):
        if part and number + batch.num_rows < part.first:
            number += batch.num_rows
            continue
        for row in batch.to_pylist():
            number += 1
            if part and part.stop is not None and number >= part.stop:
                return
            if not part or number >= part.first:
                yield number, row


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("reading Parquet needs an extra: pip install 'readout-kg[parquet]'") from None
    # Arrow's own allocators reserve more address space than a worker may have.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    pyarrow.set_cpu_count(1)
    try:
        stream.seek(0)
        yield parquet.ParquetFile(stream, memory_map=False, pre_buffer=False)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"damaged Parquet: {' '.join(str(error).split())}") from error
