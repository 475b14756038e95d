"""A question to a server, and who asks it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from kg import __version__
from kg.errors import InputError

__all__ = ["Request", "user_agent"]

_CONTACT = re.compile(r"[^\s()<>]+@[^\s()<>@]+|https?://[^\s()<>]+")
_LONGEST_ADDRESS = 1900
"""Characters of an address that is asked for by GET; what is longer is sent by POST."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question: the address without a query part, the parameters in their order, and the media type wanted.

    Raises:
        InputError: the address is not one of http or https, or carries a password.
    """

    url: str
    parameters: tuple[tuple[str, str], ...]
    accept: str = "application/json"

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise InputError(f"{self.url}: is no address of a service; it has to be like https://example.org/sparql")

    @property
    def address(self) -> str:
        """The whole address, with the parameters."""
        return f"{self.url}?{urlencode(self.parameters)}"

    @property
    def method(self) -> str:
        """GET, or POST where the address would be too long."""
        return "GET" if len(self.address) <= _LONGEST_ADDRESS else "POST"

    @property
    def key(self) -> str:
        """Equal for equal questions."""
        return sha256(f"{self.accept} {self.address}".encode()).hexdigest()

    def __str__(self) -> str:
        return "\n".join([f"{self.method} {self.url}", *(f"    {name}={value}" for name, value in self.parameters)])


def user_agent(contact: str) -> str:
    """Return what the program calls itself, with the address of whoever runs it.

    Raises:
        InputError: *contact* is neither an e-mail address nor a web page.

    >>> user_agent("me@example.org").split(" Python")[0]
    'readout-kg/0.1.0 (https://w3id.org/readout; me@example.org)'
    """
    if not _CONTACT.fullmatch(contact):
        wrong = f"{contact!r} is no contact" if contact else "no contact is given"
        raise InputError(
            f"{wrong}; servers want to know whom to write to: give --contact (or KG_CONTACT) an e-mail address or a web"
            " page"
        )
    library = f"Python-urllib/{sys.version_info.major}.{sys.version_info.minor}"
    return f"readout-kg/{__version__} (https://w3id.org/readout; {contact}) {library}"
