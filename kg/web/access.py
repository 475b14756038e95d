"""Who may do what: tokens and passwords, of which only hashes are kept, each with its scopes.

A line for each: name, scopes parted by commas, hash. A token is 256 bits of chance, so SHA-256 is enough for it; a
password has a hash that takes time (scrypt). Nothing is sent by a browser on its own: there are no cookies, Basic
authentication is never asked for, and a write that another site's page caused is refused whatever it carries.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from werkzeug.datastructures import Authorization
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.wrappers import Request

from kg.errors import Forbidden, InputError, NotFound, Unauthorised

__all__ = ["SCOPES", "Access", "Grant", "new_grant"]

SCOPES = ("read", "update", "graph-store", "admin")


@dataclass(frozen=True, slots=True)
class Grant:
    """That whoever knows what `hash` comes from is called `name` and has `scopes`."""

    name: str
    scopes: frozenset[str]
    hash: str

    @property
    def line(self) -> str:
        """It, as it is kept."""
        return f"{self.name} {','.join(sorted(self.scopes))} {self.hash}"


def new_grant(name: str, scopes: Sequence[str], password: str | None = None) -> tuple[str, Grant]:
    """Return a new token (or *password*) and the grant for it.

    >>> token, grant = new_grant("loader", ["update"])
    >>> grant.line.startswith("loader update sha256:") and token not in grant.line
    True
    """
    if password is not None:
        return password, Grant(name, frozenset(scopes), generate_password_hash(password))
    token = secrets.token_urlsafe(32)
    return token, Grant(name, frozenset(scopes), _token_hash(token))


class Access:
    """Decides by *grants*. `known` tells whether there are any."""

    def __init__(self, grants: Sequence[Grant] = ()) -> None:
        self._grants = tuple(grants)
        self._key = secrets.token_bytes(32)
        self._right: set[bytes] = set()  # passwords that were right, under a key of this process: scrypt is slow

    @classmethod
    def read(cls, text: str, file: str = "") -> Access:
        """Make one from lines (a semicolon parts them too), and from those in *file*.

        Raises:
            InputError: a line is unfit.
            NotFound: there is no such file.
        """
        lines = [("KG_TOKENS", line) for line in text.replace(";", "\n").splitlines()]
        if file:
            try:
                lines += [(file, line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
            except OSError as error:
                raise NotFound(f"no tokens can be read at {file}: {error.strerror}") from error
        return cls(list(_grants(lines)))

    @property
    def known(self) -> bool:
        """Whether anybody can be allowed anything."""
        return bool(self._grants)

    def require(self, request: Request, scope: str) -> str:
        """Return the name of who sends *request*, if that one has *scope*.

        Raises:
            Unauthorised: nobody is named, or who is not known.
            Forbidden: the scope is missing, or a page of another site caused the request.
        """
        if scope != "read":
            _refuse_other_sites(request)
        if request.authorization is None:
            raise Unauthorised(f"this needs a token with the scope {scope}: send 'Authorization: Bearer …'")
        grant = self._grant(request.authorization)
        if grant is None:
            raise Unauthorised("this token, or this name with this password, is not known here")
        if scope not in grant.scopes:
            raise Forbidden(f"{grant.name} has not the scope {scope}")
        return grant.name

    def _grant(self, given: Authorization) -> Grant | None:
        if given.type == "bearer" and given.token:
            presented = _token_hash(given.token)
            found = [grant for grant in self._grants if hmac.compare_digest(grant.hash.encode(), presented.encode())]
            return found[0] if found else None
        if given.type == "basic" and given.username and given.password:
            for grant in self._grants:
                if grant.name == given.username and not grant.hash.startswith("sha256:"):
                    return grant if self._is_right(grant, given.password) else None
        return None

    def _is_right(self, grant: Grant, password: str) -> bool:
        mark = hmac.digest(self._key, f"{grant.hash} {password}".encode(), "sha256")
        if mark not in self._right and check_password_hash(grant.hash, password):
            self._right.add(mark)
        return mark in self._right


def _token_hash(token: str) -> str:
    return f"sha256:{hashlib.sha256(token.encode()).hexdigest()}"


def _grants(lines: Sequence[tuple[str, str]]) -> Iterator[Grant]:
    for source, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 3 or not parts[2].startswith(("sha256:", "scrypt:", "pbkdf2:")):
            raise InputError(f"{source}: a line has a name, scopes and a hash, as 'kg token' prints it")
        scopes = frozenset(parts[1].split(","))
        if unknown := scopes - set(SCOPES):
            raise InputError(f"{source}: there is no scope {min(unknown)!r}; there are {', '.join(SCOPES)}")
        yield Grant(parts[0], scopes, parts[2])


def _refuse_other_sites(request: Request) -> None:
    """Refuse what a page of another site made a browser send, even where that knows a password."""
    origin = request.headers.get("Origin")
    other = origin is not None and urlsplit(origin).netloc != request.host
    if other or request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise Forbidden("a page of another site may not write here")
