"""What is asked of Wikidata: items by a name (``wbsearchentities``), and SPARQL queries that ship as files.

The queries are SPARQL 1.1 without extensions of an endpoint, so that they run at query.wikidata.org and at any other
that holds Wikidata's RDF. Each runs as it stands; what a program changes is marked: ``VALUES … # param`` and
``LIMIT … # page``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import count, islice
from pathlib import Path

from kg.errors import RemoteFailed
from kg.link.live.client import Answer, Client
from kg.link.live.request import Request
from kg.link.rows import number

__all__ = ["API", "ENDPOINT", "PAGE", "Query", "Wikidata", "batches", "queries", "query"]

ENDPOINT = "https://query.wikidata.org/sparql"
API = "https://www.wikidata.org/w/api.php"
PAGE = 5000
"""Rows that are asked for at a time."""
ENTITY = "http://www.wikidata.org/entity/"
_FOLDER = Path(__file__).parent / "queries"
_HEAD = re.compile(r"^# (\w+): (.*)$", re.MULTILINE)
_PARAM = re.compile(r"(VALUES \?\w+) \{[^}]*\} # param")
_PAGED = re.compile(r"LIMIT \d+ OFFSET \d+ # page")
_LANGUAGES = re.compile(r"IN \([^)]*\)\) # languages")
_ITEM = re.compile(r"Q[1-9]\d*")
_RESULTS = "application/sparql-results+json"

Row = Mapping[str, str]


class Query:
    """A query that ships.

    `scope` is ``country`` where it asks about countries, ``world`` where it lists all there is, and empty where it asks
    about items.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        whole = (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")
        head = dict(_HEAD.findall(whole))
        self.text = _HEAD.sub("", whole).strip()
        self.title, self.description, self.scope = head["title"], head["description"], head.get("scope", "")

    def about(self, qids: Iterable[str], languages: Sequence[str] = ()) -> str:
        """Return its text for these items or countries, with texts in these languages where it says which.

        Raises:
            ValueError: one is no id of an item.
        """
        values = " ".join(f"wd:Q{number(qid)}" for qid in qids)
        text = _PARAM.sub(rf"\1 {{ {values} }} # param", self.text)
        tags = ", ".join(f'"{language}"' for language in languages)
        return _LANGUAGES.sub(f"IN ({tags})) # languages", text) if languages else text


@cache
def query(name: str) -> Query:
    """Return the query that ships under this name."""
    return Query(name)


def queries() -> list[Query]:
    """Return the queries that list what belongs into an index, by name."""
    found = (query(path.stem) for path in sorted(_FOLDER.glob("*.rq")))
    return [each for each in found if each.scope]


def batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield *items* in lists of *size*, each item once."""
    rest = iter(dict.fromkeys(items))
    while batch := list(islice(rest, size)):
        yield batch


class Wikidata:
    """Wikidata, or a service like it: its action API at `api` and its SPARQL endpoint at `endpoint`.

    `oldest` is the day of the oldest answer so far: what is had is known to that day only.
    """

    def __init__(self, client: Client, endpoint: str = ENDPOINT, api: str = API) -> None:
        self.client = client
        self._endpoint, self._api = endpoint, api
        self.oldest: date | None = None

    def searching(self, name: str, limit: int = 7) -> Request:
        """Return the request that looks for items which are called *name*, or whose names begin so."""
        parameters = {"action": "wbsearchentities", "search": name, "language": "en", "uselang": "en", "type": "item"}
        return Request(self._api, (*parameters.items(), ("limit", str(limit)), ("format", "json"), ("maxlag", "5")))

    def querying(self, text: str) -> Request:
        """Return the request that asks a SPARQL query."""
        return Request(self._endpoint, (("query", text),), _RESULTS)

    def search(self, name: str) -> list[str]:
        """Return the ids of the items that are called like *name*.

        Raises:
            RemoteFailed: as `Client.json`, or the answer has another shape.
        """
        request = self.searching(name)
        try:
            return [str(hit["id"]) for hit in self._answer(request).value["search"]]
        except (KeyError, TypeError) as error:
            raise _strange(request, error) from None

    def select(self, text: str, needed: Sequence[str] = ("qid",)) -> list[Row]:
        """Return the rows of a query, as texts: items as their ids, and nothing for what is unbound.

        Raises:
            RemoteFailed: as `Client.json`, or the answer has another shape, or a row lacks a variable that is *needed*.
        """
        request = self.querying(text)
        try:
            bindings = self._answer(request).value["results"]["bindings"]
            told = ({name: _text(name, term) for name, term in row.items()} for row in bindings)
            rows: list[Row] = [{name: value for name, value in row.items() if value} for row in told]
        except (KeyError, TypeError, AttributeError) as error:
            raise _strange(request, error) from None
        if lacking := [name for name in needed if any(name not in row for row in rows)]:
            raise _strange(request, KeyError(*lacking))
        return rows

    def pages(self, text: str, size: int = PAGE, needed: Sequence[str] = ("qid",)) -> Iterator[list[Row]]:
        """Yield the rows of a query that says ``# page``, page by page, as `select` has them."""
        for page in count():
            rows = self.select(_PAGED.sub(f"LIMIT {size} OFFSET {page * size} # page", text), needed)
            yield rows
            if len(rows) < size:
                return

    def merged(self, qids: Iterable[str]) -> dict[str, str]:
        """Return what those of *qids* are now that were merged into others."""
        texts = (query("merged").about(batch) for batch in batches(qids, 200))
        return {row["old"]: row["qid"] for text in texts for row in self.select(text, ("old", "qid"))}

    def _answer(self, request: Request) -> Answer:
        answer = self.client.json(request)
        day = answer.asked.date()
        self.oldest = min(day, self.oldest or day)
        return answer


def _text(name: str, term: Mapping[str, str]) -> str:
    """Return a term as a text: an item as its id. Where an item is wanted and another thing comes, it is unknown."""
    value = term["value"].removeprefix(ENTITY)
    return "" if name.endswith("qid") and not _ITEM.fullmatch(value) else value


def _strange(request: Request, error: Exception) -> RemoteFailed:
    return RemoteFailed(f"{request.url}: is JSON, but no answer to such a question ({type(error).__name__}: {error})")
