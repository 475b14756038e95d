"""The settings of a service: what there is to set, and where each value comes from.

From the weakest to the strongest: the default, the file that ``KG_CONFIG`` or ``--config`` names (TOML, names as in
`Settings`), the environment (``KG_`` and the name in capitals), what the caller gives.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import InputError, NotFound
from kg.vocab import BASE

__all__ = ["Settings", "Shown", "shown"]

_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
_SECRET = ("tokens",)


def _text(value: object) -> str:
    return str(value)


def _seconds(value: object) -> float:
    number = float(str(value))
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _rate(value: object) -> float:
    return 0.0 if str(value) in ("0", "0.0") else _seconds(value)


def _count(value: object) -> int:
    if (number := int(str(value))) <= 0:
        raise ValueError
    return number


def _bytes(value: object) -> int:
    text = str(value).strip().lower().removesuffix("b").removesuffix("i")
    number = int(float(text[:-1]) * _UNITS[text[-1]]) if text[-1:] in _UNITS else int(text)
    if number <= 0:
        raise ValueError
    return number


def _flag(value: object) -> bool:
    text = str(value).lower()
    if text not in _TRUE + _FALSE:
        raise ValueError
    return text in _TRUE


def _log(value: object) -> str:
    if str(value) not in ("off", "text", "json"):
        raise ValueError
    return str(value)


def _list(value: object) -> tuple[str, ...]:
    """Read a list of TOML, or words parted by blanks or commas."""
    words = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ValueError
    return tuple(words)


def _paths(value: object) -> tuple[str, ...]:
    """Read a list of TOML, or paths parted as the system parts them."""
    return _list([part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value)


_WANTED = {
    _seconds: "a number of seconds above 0",
    _rate: "a number of requests, or 0 for no limit",
    _count: "a whole number above 0",
    _bytes: "a number of bytes above 0, such as 1500000 or 512M",
    _flag: "true or false",
    _log: "off, text or json",
    _list: "a list of texts",
    _paths: "a list of paths",
}


def _setting(default: Any, kind: Callable[[object], Any], meaning: str) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"kind": kind, "meaning": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with values that are fit for a service that strangers can reach."""

    store: str = _setting("kg-store", _text, "the folder of the store, or the address of a SPARQL 1.1 server")
    follow: str = _setting("", _text, "the folder or address of published states that the store follows")
    follow_every: float = _setting(5.0, _seconds, "seconds after which to look there for a new one")
    base: str = _setting(BASE, _text, "what the IRIs of the store's entities begin with")
    site_name: str = _setting("Readouts", _text, "the heading of the pages")
    report: str = _setting(
        "", _text, "where readers report errors: an address of mail, or of the web with {page} in it"
    )
    host: str = _setting("127.0.0.1", _text, "the address to listen at; anything but the loopback lets others in")
    port: int = _setting(8000, lambda value: int(str(value)), "the port; 0 takes any free one")
    timeout: float = _setting(10.0, _seconds, "seconds that a query may take")
    memory: int = _setting(2 << 30, _bytes, "bytes that a query may use")
    workers: int | None = _setting(None, _count, "processes that answer queries; by default one more than processors")
    waiting: int = _setting(32, _count, "queries that may wait for a worker")
    limit: int = _setting(256 << 20, _bytes, "bytes that an answer may have")
    rows: int = _setting(1_000_000, _count, "rows, or statements, that an answer may have")
    cache: int = _setting(64 << 20, _bytes, "bytes of answers to keep for the next who asks the same")
    gazetteer: tuple[str, ...] = _setting((), _paths, "indexes of Wikidata for /reconcile, beside the one that ships")
    federate: tuple[str, ...] = _setting((), _list, "other SPARQL endpoints that queries may ask with SERVICE")
    federate_timeout: float = _setting(30.0, _seconds, "seconds that other endpoints may take together for one query")
    contact: str = _setting("", _text, "whom the owners of other endpoints may write to: an e-mail address or a page")
    private: bool = _setting(False, _flag, "whether reading needs the scope read")
    write: bool = _setting(False, _flag, "whether clients may write, at /update and /graphs, with a token")
    write_timeout: float = _setting(30.0, _seconds, "seconds that an update may take")
    upload: int = _setting(64 << 20, _bytes, "bytes that a body to be written may have, packed or not")
    tokens: str = _setting("", _text, "who may do what: lines as `kg token` prints them, parted by semicolons")
    tokens_file: str = _setting("", _text, "a file of such lines")
    rate: float = _setting(50.0, _rate, "requests a second that one client (of another machine) may send; 0: any")
    access_log: str = _setting("off", _log, "a line for each request on standard error: off, text or json")
    slow: float = _setting(2.0, _seconds, "seconds from which a query is always logged, with its text")
    trusted_proxy: str = _setting("", _text, "the address of a proxy whose X-Forwarded-… headers count")

    @classmethod
    def read(cls, given: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings, with those that the caller has *given* (by any case of letters) above all others.

        Raises:
            InputError: a value is unfit, or the file names a setting that there is not.
            NotFound: the file is not there.
        """
        return cls(**{each.name: each.value for each in shown(given, environment) if each.origin != "default"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting, as `kg config show` shows it."""

    name: str
    value: Any
    origin: str
    meaning: str

    @property
    def toml(self) -> str:
        """The line that would set it; no secret is shown."""
        if self.value is None or (self.name in _SECRET and self.value):
            return f"# {self.name} = {'(not set)' if self.value is None else '(not shown)'}"
        return f"{self.name} = {json.dumps(self.value, ensure_ascii=False)}"  # TOML writes these values alike


def shown(given: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None) -> Iterator[Shown]:
    """Yield each setting with its value and where that comes from. See `Settings.read`."""
    environment = os.environ if environment is None else environment
    given = {name.lower(): value for name, value in (given or {}).items()}
    path = given.get("config") or environment.get("KG_CONFIG")
    file = _file(Path(path)) if path else {}
    for each in fields(Settings):
        variable = f"KG_{each.name.upper()}"
        if given.get(each.name) is not None:
            yield _valued(each, given[each.name], "given", each.name.upper())
        elif variable in environment:
            yield _valued(each, environment[variable], variable, variable)
        elif each.name in file:
            yield _valued(each, file[each.name], str(path), f"{each.name} in {path}")
        else:
            yield Shown(each.name, each.default, "default", each.metadata["meaning"])


def _valued(each: Field[Any], value: object, origin: str, shown_name: str) -> Shown:
    kind = each.metadata["kind"]
    try:
        return Shown(each.name, kind(value), origin, each.metadata["meaning"])
    except (TypeError, ValueError):
        wanted = _WANTED.get(kind, "a whole number")
        raise InputError(f"the setting {shown_name} must be {wanted}, not {str(value)[:60]!r}") from None


def _file(path: Path) -> Mapping[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound(f"no settings can be read at {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    known = {each.name for each in fields(Settings)}
    if unknown := sorted(found.keys() - known):
        raise InputError(f"{path}: there is no setting {unknown[0]!r}; see 'kg config show'")
    return found
