"""What an agent is told: answers as plain data, in which each fact has its sentence and its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, NotFound
from kg.records import Evidence, Source, Wanted, encounters, evidence, sentence_of, thing
from kg.saved import load_saved, saved_query
from kg.search import TYPES, Hit, Question, find, suggest
from kg.sparql import RESULTS, outline
from kg.sparql.groups import limited
from kg.sparql.template import declared
from kg.store import Term
from kg.store.asking import Engine, solutions
from kg.store.request import QueryRequest
from kg.vocab import BASE, PREFIXES, READOUT
from kg.web.editor import terms

__all__ = ["Answers"]

_QUOTED = 20
"""How many things in an answer are quoted for."""
_LONGEST_GRAPH = 50_000
_COUNTS = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"


class Answers:
    """Answers from a store by way of *engine*; *base* is what the store's own IRIs begin with."""

    def __init__(self, engine: Engine, base: str = BASE) -> None:
        self._engine = engine
        self._source = Source(self._rows, base)
        self._base = base

    def search(self, words: str, type: str = "", limit: int = 10) -> dict[str, Any]:
        """Return what has *words* in its name or text, the best first, with a sentence for each.

        Raises:
            InputError: there is no such type.
        """
        if type and type not in TYPES.values():
            raise InputError(f"there is no type {type[:40]!r}; there are {', '.join(dict.fromkeys(TYPES.values()))}")
        question = Question(words, {"type": (type,)} if type else {}, limit=limit)
        found = self._engine.finder.ask(lambda index: find(index, question))
        quotes = sentence_of(self._source, (hit.iri for hit in found.hits))
        answer: dict[str, Any] = {
            "total": found.total,
            "results": [_hit(hit, quotes.get(hit.iri)) for hit in found.hits],
        }
        if not found.total:
            near = self._engine.finder.ask(lambda index: suggest(index, words))
            answer["did_you_mean"] = [each.label for each in near]
        return answer

    def entity(self, name: str, limit: int = 10) -> dict[str, Any]:
        """Return what is known of the thing with this IRI (or tail of one), with *limit* sentences that say so.

        Raises:
            NotFound: nothing is known of it; the message proposes what may be meant.
        """
        return self._known(name) | {"evidence": self._evidence(name, limit, 0)}

    def evidence(self, name: str, limit: int = 20, start: int = 0) -> dict[str, Any]:
        """Return the sentences that tell of a thing or a fact, the latest first; *start* passes over the first ones.

        Raises:
            NotFound: nothing is known of it; the message proposes what may be meant.
        """
        known = self._known(name)
        found = self._evidence(name, limit + 1, start)
        answer = {"iri": known["iri"], "label": known["label"], "evidence": found[:limit]}
        return answer | ({"next_start": start + limit} if len(found) > limit else {})

    def meetings(self, wanted: Wanted, limit: int = 20, cursor: str = "") -> dict[str, Any]:
        """Return encounters, the latest first, each with who took part and its sentence; see `kg.records.encounters`.

        Raises:
            InputError: a value is unfit.
        """
        page = encounters(self._source, wanted, limit, cursor)
        return {"meetings": page.records} | ({"next_cursor": page.cursor} if page.cursor else {})

    def sparql(self, query: str, rows: int = 100) -> dict[str, Any]:
        """Return the answer to a SPARQL query: ``columns`` and at most *rows* ``rows``, or ``turtle``.

        Sentences are quoted for the things that the rows name.

        Raises:
            QueryError: it does not parse, was stopped, or would reach outside the store.
        """
        text = declared(query)
        form = outline(text).form
        if form in ("CONSTRUCT", "DESCRIBE"):
            graph = self._bytes(limited(text, rows), "text/turtle").decode()
            whole = len(graph) <= _LONGEST_GRAPH
            return {"turtle": graph[:_LONGEST_GRAPH]} | ({} if whole else {"remark": "cut off: ask for less"})
        if form == "ASK":
            found = ox.parse_query_results(self._bytes(text, RESULTS[0].media_type), ox.QueryResultsFormat.JSON)
            return {"boolean": bool(found)}
        return self._table(text, rows)

    def schema(self, saved: str = "") -> dict[str, Any]:
        """Return the vocabulary: classes with counts, properties, closed lists, prefixes, and the saved questions.

        With the name of one of these, return its text.

        Raises:
            NotFound: there is no such question.
        """
        if saved:
            return {"name": saved, "sparql": saved_query(saved).text}
        counts = {str(_value(kind)): int(_value(number)) for kind, number in self._rows(_COUNTS)}
        known = [term for term in terms() if term["name"] != term["iri"]]
        used = [term for term in known if term["kind"] != "class" or term["iri"] in counts or _is_ours(term)]
        return {
            "base": self._base,
            "prefixes": dict(PREFIXES),
            "classes": [_term(term) | {"count": counts.get(term["iri"], 0)} for term in used if _is(term, "class")],
            "properties": [_term(term) for term in used if _is(term, "property")],
            "individuals": [_term(term) for term in used if _is(term, "individual")],
            "saved_queries": [
                {"name": each.name, "title": each.title, "description": each.description}
                for each in load_saved().values()
                if not each.federated
            ],
        }

    def _known(self, name: str) -> dict[str, Any]:
        try:
            return thing(self._source, self._source.iri(name))
        except NotFound as error:
            words = name.rsplit("/", 1)[-1].replace("-", " ")
            near = self._engine.finder.ask(lambda index: find(index, Question(words, limit=3))).hits
            hint = ", ".join(f"{hit.iri} ({hit.label})" for hit in near)
            raise NotFound(f"{error}" + (f"; maybe you mean {hint}" if hint else "; search finds IRIs")) from None

    def _evidence(self, name: str, limit: int, start: int) -> list[dict[str, Any]]:
        return [each.record() for each in evidence(self._source, self._source.iri(name), limit, start)]

    def _table(self, text: str, rows: int) -> dict[str, Any]:
        parsed = solutions(self._engine, limited(text, rows + 1), self._base)
        columns = [variable.value for variable in parsed.variables]
        found = [tuple(row) for row in parsed]
        iris = dict.fromkeys(term.value for row in found[:rows] for term in row if isinstance(term, ox.NamedNode))
        own = [iri for iri in iris if iri.startswith(self._base)][:_QUOTED]
        answer: dict[str, Any] = {
            "columns": columns,
            "rows": [[_value(term) for term in row] for row in found[:rows]],
            "evidence": [each.record() for each in sentence_of(self._source, own).values()],
        }
        return answer | ({"remark": f"only the first {rows} rows: there are more"} if len(found) > rows else {})

    def _rows(self, text: str) -> Iterator[tuple[Term | None, ...]]:
        return (tuple(row) for row in solutions(self._engine, text, self._base))

    def _bytes(self, text: str, media_type: str) -> bytes:
        return b"".join(self._engine.answer(QueryRequest(text, media_type, self._base)))


def _value(term: Term | None) -> Any:  # noqa: ANN401  # a text or nothing
    return None if term is None else str(getattr(term, "value", term))


def _hit(hit: Hit, quote: Evidence | None) -> dict[str, Any]:
    record: dict[str, Any] = {"iri": hit.iri, "type": hit.type, "label": hit.label, "detail": hit.detail}
    record |= {"date": hit.date, "documents": hit.documents, "excerpt": "".join(piece.text for piece in hit.excerpt)}
    record = {name: value for name, value in record.items() if value}
    return record | ({"evidence": [quote.record()]} if quote else {})


def _term(term: Mapping[str, Any]) -> dict[str, Any]:
    return {name: term[name] for name in ("name", "label", "meaning", "domain", "range") if name in term}


def _is(term: Mapping[str, Any], kind: str) -> bool:
    return bool(term["kind"] == kind)


def _is_ours(term: Mapping[str, Any]) -> bool:
    return str(term["iri"]).startswith(READOUT.iri)
