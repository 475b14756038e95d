"""What a published state consists of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from kg.errors import StoreError

__all__ = ["FORMAT", "File", "Manifest", "digest"]

FORMAT = 1
_SUM = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a database: its name there, its size in bytes, and the SHA-256 of its content in hexadecimal."""

    name: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Where it lies at a place."""
        return f"files/{self.sha256}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A published state: `state` names it (see `Folder.state`), `published` is when, in UTC."""

    state: str
    published: str
    documents: int
    quads: int
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return sum(file.size for file in self.files)

    @property
    def path(self) -> str:
        """Where the manifest lies at a place, besides current.json."""
        return f"states/{self.state}.json"

    def to_json(self) -> bytes:
        """Return it as the file that `of_json` reads."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"

    @classmethod
    def of_json(cls, data: bytes, origin: str) -> Self:
        """Read a manifest. It may come from anywhere, so names that could lead elsewhere are refused.

        Raises:
            StoreError: it is none, or of a format that this version does not know.
        """
        try:
            found: dict[str, Any] = json.loads(data)
            if found["format"] != FORMAT:
                raise StoreError(f"{origin} has format {found['format']}, and this version of kg knows {FORMAT}")
            files = tuple(File(str(each["name"]), int(each["size"]), str(each["sha256"])) for each in found["files"])
            made = cls(
                str(found["state"]), str(found["published"]), int(found["documents"]), int(found["quads"]), files
            )
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{origin} is no manifest of a published state: {error}") from error
        if not _all_fit(_NAME, (made.state, *(file.name for file in files))):
            raise StoreError(f"{origin} has a name in it that is no plain name")
        if not _all_fit(_SUM, (file.sha256 for file in files)):
            raise StoreError(f"{origin} has a checksum in it that is none")
        return made


def _all_fit(pattern: re.Pattern[str], values: Iterable[str]) -> bool:
    return all(pattern.fullmatch(value) for value in values)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
