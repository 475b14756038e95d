"""Where states are published: a folder, or an address that a web server gives files from (and may take them by PUT)."""

# ruff: noqa: D102  # what the methods do is said in Place
from __future__ import annotations

import os
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import urllib3
from urllib3.exceptions import HTTPError

from kg import __version__
from kg.errors import InputError, NotFound, StoreError, StoreUnreachable
from kg.store.files import atomically
from kg.store.remote.client import credentials, said_by

__all__ = ["CURRENT", "FolderPlace", "HttpPlace", "Place", "place_at"]

CURRENT = "current.json"
_PIECE = 1 << 20
_GRACE_SECONDS = 3600.0
"""How long a file is left at least, since somebody may be fetching it, or about to name it in a manifest."""


class Place(ABC):
    """Files by paths with a slash, each written once but for `CURRENT`."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def read(self, path: str) -> bytes:
        """Return a small file.

        Raises:
            NotFound: there is none.
            StoreUnreachable: the place can't be reached.
        """

    @abstractmethod
    def open(self, path: str, begin: int) -> tuple[int, Iterator[bytes]]:
        """Return a file from the byte *begin* on, or from the first where that can't be had: which of them, and pieces.

        Raises:
            NotFound: there is none.
            StoreUnreachable: the place can't be reached; also while the pieces are taken.
        """

    @abstractmethod
    def has(self, path: str) -> bool:
        """Tell whether there is such a file, which is then not removed for a while."""

    @abstractmethod
    def write(self, path: str, source: bytes | Path) -> None:
        """Put a file there, whole or not at all.

        Raises:
            StoreError: it can't be put there.
        """

    def names(self, folder: str) -> Iterable[str] | None:
        """Return the names of the files in a folder; None where they can't be told."""
        return None

    def remove(self, path: str) -> bool:
        """Remove a file, unless somebody may just have come to need it; return whether it is gone."""
        return False


def place_at(name: str) -> Place:
    """Return the place called *name*: a path, or an address of http or https.

    Raises:
        InputError: it is another address.
    """
    if name.lower().startswith(("http://", "https://")):
        return HttpPlace(name)
    if "://" in name:
        raise InputError(f"{name}: a place is a folder, or an address of http or https")
    return FolderPlace(name)


class FolderPlace(Place):
    """A folder of this machine, or one that machines share."""

    def read(self, path: str) -> bytes:
        try:
            return self._at(path).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"there is no {path} at {self.name}") from None
        except OSError as error:
            raise StoreUnreachable(f"{self.name}: {error.strerror or error}") from error

    def open(self, path: str, begin: int) -> tuple[int, Iterator[bytes]]:
        try:
            file = self._at(path).open("rb")
        except FileNotFoundError:
            raise NotFound(f"there is no {path} at {self.name}") from None
        except OSError as error:
            raise StoreUnreachable(f"{self.name}: {error.strerror or error}") from error
        file.seek(begin)
        return begin, _pieces(file)

    def has(self, path: str) -> bool:
        with suppress(FileNotFoundError):
            os.utime(self._at(path))
            return True
        return False

    def write(self, path: str, source: bytes | Path) -> None:
        target = self._at(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with atomically(target) as output:
                if isinstance(source, bytes):
                    output.write(source)
                else:
                    with source.open("rb") as file:
                        shutil.copyfileobj(file, output, _PIECE)
        except OSError as error:
            raise StoreError(f"nothing can be published at {self.name}: {error.strerror or error}") from error

    def names(self, folder: str) -> Iterable[str] | None:
        with suppress(FileNotFoundError):
            return [name for name in os.listdir(self._at(folder)) if not name.startswith(".")]  # noqa: PTH208
        return []

    def remove(self, path: str) -> bool:
        with suppress(OSError):
            if self._at(path).stat().st_mtime < time.time() - _GRACE_SECONDS:
                self._at(path).unlink()
                return True
        return False

    def _at(self, path: str) -> Path:
        return Path(self.name, *path.split("/"))


class HttpPlace(Place):
    """Files below an address. Who we are say ``KG_SNAPSHOT_TOKEN``, or ``KG_SNAPSHOT_USER`` and ``…_PASSWORD``.

    To publish there, the server has to take PUT, as those for WebDAV do. Nothing is removed there.
    """

    def __init__(self, name: str, attempts: int = 5) -> None:
        super().__init__(name.rstrip("/"))
        retry = urllib3.Retry(
            total=attempts - 1,
            redirect=0,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=None,  # PUT of the same can be done again
            backoff_factor=0.25,
            backoff_max=10,
            backoff_jitter=0.25,
            raise_on_status=False,
        )
        headers = {"User-Agent": f"readout-kg/{__version__}", "Accept-Encoding": "identity"}
        self._headers = headers | credentials(prefix="KG_SNAPSHOT")
        self._pool = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(connect=10, read=60))

    def read(self, path: str) -> bytes:
        reply = self._send("GET", path, headers={"Cache-Control": "no-cache"} if path == CURRENT else {})
        return reply.data

    def open(self, path: str, begin: int) -> tuple[int, Iterator[bytes]]:
        reply = self._send("GET", path, {"Range": f"bytes={begin}-"} if begin else {}, preload=False)
        return begin if reply.status == 206 else 0, self._pieces(reply)

    def _pieces(self, reply: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        try:
            yield from reply.stream(_PIECE)
        except HTTPError as error:
            raise StoreUnreachable(f"{self.name} broke off: {said_by(error)}") from error
        finally:
            reply.close()

    def has(self, path: str) -> bool:
        try:
            self._send("HEAD", path)
        except NotFound:
            return False
        return True

    def write(self, path: str, source: bytes | Path) -> None:
        if isinstance(source, bytes):
            self._send("PUT", path, body=source)
            return
        with source.open("rb") as file:
            self._send("PUT", path, {"Content-Length": str(source.stat().st_size)}, body=file)

    def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        *,
        body: object = None,
        preload: bool = True,
    ) -> urllib3.BaseHTTPResponse:
        url = f"{self.name}/{path}"
        try:
            reply = self._pool.request(
                method,
                url,
                headers=self._headers | (headers or {}),
                body=body,  # type: ignore[arg-type]  # bytes, or a file
                redirect=False,
                preload_content=preload,
            )
        except HTTPError as error:
            raise StoreUnreachable(f"no answer from {self.name}: {said_by(error)}") from error
        if reply.status in (404, 410):
            reply.close()
            raise NotFound(f"there is no {path} at {self.name}")
        if not 200 <= reply.status < 300:
            reply.close()
            hint = ": set KG_SNAPSHOT_TOKEN" if reply.status in (401, 403) else ""
            raise StoreUnreachable(f"{method} {url}: the server says {reply.status}{hint}")
        return reply


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
