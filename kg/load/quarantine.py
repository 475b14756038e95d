"""What could not be taken is kept, with the reason: nothing is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

from kg.load.convert import Converted, SetAside, converter
from kg.store.files import atomically

__all__ = ["Quarantine"]


class Quarantine:
    """A folder with `<sha256>.json` (origin, code, reason, converter) and, beside it, the bytes as `<sha256>.data`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def forget(self, document: Converted) -> None:
        """Remove what was kept of a document that has been taken in the meantime."""
        if self._folder.is_dir():
            for suffix in ("json", "data"):
                (self._folder / f"{document.writes[0].sha256}.{suffix}").unlink(missing_ok=True)

    def add(self, outcome: SetAside) -> None:
        """Keep what was set aside, if there are bytes to keep."""
        if not outcome.data:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        record = {
            "origin": outcome.issue.origin,
            "code": outcome.issue.code,
            "reason": outcome.issue.reason,
            "converter": converter(),
        }
        for suffix, data in (
            ("data", outcome.data),
            ("json", json.dumps(record, ensure_ascii=False, indent=1).encode()),
        ):
            with atomically(self._folder / f"{outcome.sha256}.{suffix}") as output:
                output.write(data)
