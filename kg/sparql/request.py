"""The operations of the SPARQL 1.1 Protocol (§2.1, §2.2): from the parts of an HTTP request to a query or an update."""

from __future__ import annotations

from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import unquote_plus

from kg.errors import InputError, QueryError, TooLong, UnknownFormat, WrongMethod
from kg.sparql.groups import limited
from kg.sparql.outline import Outline, outline

__all__ = ["DIRECT_UPDATE", "MAX_QUERY_BYTES", "Query", "Update", "read_query", "read_update"]

MAX_QUERY_BYTES = 64 * 1024
_MAX_PARAMETERS = 200
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
DIRECT_UPDATE = "application/sparql-update"

_Parameters = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What a client asks: the text, the dataset it names in the protocol, and how it wants the answer.

    `default_graphs` and `named_graphs` are IRIs; where either is given, the two together are the whole dataset and
    what the text says with FROM does not count (§2.1.4). `timeout` is in seconds. What ``maxrows`` says is in the text.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    timeout: float | None = None

    @property
    def has_dataset(self) -> bool:
        """Whether the request names a dataset itself."""
        return bool(self.default_graphs or self.named_graphs)

    def outline(self) -> Outline:
        """Return what can be seen of the text without parsing it."""
        return outline(self.text)


def read_query(method: str, query_string: str, content_type: str | None = None, body: bytes = b"") -> Query | None:
    """Return what a request asks, or None where a GET asks nothing at all.

    Args:
        method: GET, HEAD or POST.
        query_string: what stands behind the question mark, still percent-encoded.
        content_type: the header of that name.
        body: the whole body; the caller limits its size.

    Raises:
        WrongMethod: another method.
        UnknownFormat: a POST with a body of another type.
        TooLong: the query is longer than `MAX_QUERY_BYTES`.
        QueryError: the request is not as the protocol wants it.

    >>> read_query("GET", "query=ASK%7B%7D&default-graph-uri=http://example.org/g").default_graphs
    ('http://example.org/g',)
    """
    given = _parameters(query_string)
    if method in ("GET", "HEAD"):
        return _query(given, given.get("query", [])) if {"query", "update"} & given.keys() else None
    if method != "POST":
        raise WrongMethod(f"{method} is no way to ask a query; use GET or POST", "GET, HEAD, POST, OPTIONS")
    media, _, rest = (content_type or "").partition(";")
    _check_charset(rest)
    if media.strip().lower() == FORM:
        form = _parameters(_text(body))
        if "query" in given:
            raise QueryError("the query of a POST belongs into its body, not into the address")
        return _query(given | form, form.get("query", []))
    if media.strip().lower() == DIRECT:
        return _query(given, [_text(body)])
    raise UnknownFormat(f"a query is posted as {DIRECT} or {FORM}, not as {media.strip() or 'an unnamed type'}")


@dataclass(frozen=True, slots=True)
class Update:
    """What a client wants changed: the text, and the dataset that stands in the place of USING (§2.2.3)."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def read_update(method: str, query_string: str, content_type: str | None, body: bytes) -> Update:
    """Return what a request wants changed; arguments and errors are those of `read_query`.

    >>> read_update("POST", "using-graph-uri=urn:g", "application/sparql-update", b"CLEAR ALL").using
    ('urn:g',)
    """
    given = _parameters(query_string)
    if method != "POST":
        raise WrongMethod(f"{method} is no way to send an update; use POST", "POST, OPTIONS")
    media, _, rest = (content_type or "").partition(";")
    _check_charset(rest)
    kind = media.strip().lower()
    if kind not in (FORM, DIRECT_UPDATE):
        raise UnknownFormat(f"an update is posted as {DIRECT_UPDATE} or {FORM}, not as {kind or 'an unnamed type'}")
    if "update" in given or "query" in given:
        raise QueryError("the update of a POST belongs into its body, not into the address")
    form = _parameters(_text(body)) if kind == FORM else {}
    texts = form.get("update", []) if kind == FORM else [_text(body)]
    if len(texts) != 1 or "query" in form:
        raise QueryError(f"a request has exactly one update, this one has {len(texts)}")
    given |= form
    return Update(texts[0], tuple(given.get("using-graph-uri", ())), tuple(given.get("using-named-graph-uri", ())))


def _query(given: _Parameters, texts: list[str]) -> Query:
    if "update" in given or "using-graph-uri" in given or "using-named-graph-uri" in given:
        raise QueryError("this is the address for queries; it takes no update")
    if len(texts) != 1:
        raise QueryError(f"a request has exactly one query, this one has {len(texts)}")
    if len(texts[0]) * 4 > MAX_QUERY_BYTES and len(texts[0].encode()) > MAX_QUERY_BYTES:
        raise TooLong(f"a query may have {MAX_QUERY_BYTES // 1024} KiB of text")
    return Query(
        text=_narrowed(texts[0], _last(given, "maxrows")),
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
        format=_last(given, "format") or _last(given, "output"),
        timeout=_seconds(_last(given, "timeout")),
    )


def _narrowed(text: str, most: str | None) -> str:
    """Return the query with no more rows than *most*, the value of ``maxrows``: it becomes its LIMIT."""
    if most is None:
        return text
    if not most.isascii() or not most.isdigit():
        raise InputError(f"maxrows={most[:40]} is not a number of rows")
    try:
        return limited(text, int(most))
    except QueryError:  # the engine says better what is wrong with it
        return text


def _parameters(text: str) -> _Parameters:
    if text.count("&") >= _MAX_PARAMETERS:
        raise QueryError(f"a request may have {_MAX_PARAMETERS} parameters")
    given: _Parameters = {}
    try:
        for pair in filter(None, text.split("&")):
            name, _, value = pair.partition("=")
            given.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeDecodeError:
        raise QueryError("percent-encoded text must be UTF-8") from None
    return given


def _decoded(text: str) -> str:
    """Undo the percent-encoding of a form's name or value: what `unquote_plus` does, at a tenth of the time.

    Quoted-printable is the same but for its sign, and the standard library decodes it in C. Each well-formed escape
    makes the text two bytes shorter, and nothing else does that: where one is not well-formed, it shows.

    >>> _decoded("a%20b+c%3D%E2%82%AC")
    'a b c=€'
    """
    if "%" not in text:
        return text.replace("+", " ")
    plain = text.replace("+", " ").encode()
    decoded = a2b_qp(plain.replace(b"=", b"=3D").replace(b"%", b"="))
    if len(decoded) == len(plain) - 2 * plain.count(b"%"):
        return decoded.decode()
    return unquote_plus(text, errors="strict")


def _check_charset(rest: str) -> None:
    for parameter in rest.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in ("utf-8", "utf8", "us-ascii"):
            raise QueryError(f"a query is written in UTF-8, not in {value.strip()}")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"a query is written in UTF-8; byte {error.start} is not") from None


def _last(given: _Parameters, name: str) -> str | None:
    if name not in given:
        return None
    values = [value for value in given[name] if value.strip()]
    return values[-1] if values else None


def _seconds(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise InputError(f"timeout={value[:40]} is not a number of seconds above 0")
    return seconds
