"""Changes that clients of the endpoint ask for, tried on a copy of the database until what they come to is known.

An update can run away, and can touch any graph. So it never runs on the database itself: it runs on a draft, made of
hard links in some milliseconds. What it came to is read back graph by graph, and written to the store as documents, by
the one transaction that keeps merge, journal and ledger in step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from types import TracebackType
from typing import Self, cast

import pyoxigraph as ox

from kg.errors import ConditionFailed, NotFound, QueryError, QueryForbidden
from kg.store.answer import failed
from kg.store.document import JOURNAL, UNNAMED, DocumentWrite
from kg.store.embedded import EmbeddedStore
from kg.store.guard import explained, refuse_outside
from kg.store.skolem import Skolemiser
from kg.store.update import Operation, operations

__all__ = ["Change", "Drafts", "state_of"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a request comes to: documents to write, graphs of documents to delete. `created`: a graph was not there."""

    writes: tuple[DocumentWrite, ...] = ()
    gone: tuple[str, ...] = ()
    created: bool = False


class Drafts:
    """Works out changes of *store*, which is open to be written. Keeps its draft from one change to the next."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._stack = ExitStack()
        self._engine: ox.Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.drop()

    def drop(self) -> None:
        """Remove the draft; the next change begins with a fresh one."""
        self._engine = None
        self._stack.close()

    def put(self, graph: str, statements: Iterable[ox.Quad | ox.Triple]) -> Change:
        """Return the change that makes *statements* all that *graph* has."""
        _refuse_journal([graph])
        new = graph not in self._store.journal()
        write = self._write(graph, map(Skolemiser(graph), statements))
        # A graph of no statements is no document: the store keeps none.
        return Change((write,), (), new) if write.quads else Change((), (graph,), new)

    def add(self, graph: str, statements: Iterable[ox.Quad | ox.Triple]) -> Change:
        """Return the change that adds *statements* to *graph*, their blank nodes told apart from all others."""
        _refuse_journal([graph])
        before = self._store.statements(graph)
        added = list(map(Skolemiser(f"{graph} {self._store.revision}"), statements))
        write = self._write(graph, sorted(before, key=str) + [triple for triple in added if triple not in before])
        new = graph not in self._store.journal()
        return Change((write,) if write.quads > len(before) else (), (), new)

    def delete(self, graph: str) -> Change:
        """Return the change that deletes *graph*.

        Raises:
            NotFound: there is none.
        """
        if graph not in self._store.journal():
            raise NotFound(f"there is no graph {graph}")
        return Change((), (graph,))

    def expect(self, graph: str, match: Sequence[str] | None, none: Sequence[str] | None) -> None:
        """Look whether *graph* is as the client knows it (RFC 9110, §13.1): each a list of states, or ``*`` for any.

        Raises:
            ConditionFailed: it is in none of the states *match*, or in one of those of *none*.
        """
        known = self._store.journal().get(graph)
        state = None if known is None else state_of(graph, known.key)
        if match is not None and (state is None or not {state, "*"} & set(match)):
            raise ConditionFailed(f"{graph} is not as If-Match says: it has changed, or is gone")
        if none is not None and state is not None and {state, "*"} & set(none):
            raise ConditionFailed(f"{graph} is there already, as If-None-Match rules out")

    def patch(self, graph: str, text: str, base: str) -> Change:
        """Return the change that an update comes to for which *graph* is all there is: its unnamed graph.

        Raises:
            NotFound: there is no such graph.
            QueryForbidden: it names another one.
            QueryError: as for `update`.
        """
        if graph not in self._store.journal() and graph != UNNAMED.value:  # the unnamed graph is always there
            raise NotFound(f"there is no graph {graph}")
        return self._worked_out(text, base, operations(text, (graph,), (), graph), only=graph)

    def update(self, text: str, base: str, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> Change:
        """Return the change that an update comes to.

        Args:
            text: the update.
            base: the IRI that relative ones are resolved against.
            using: IRIs that the protocol gives for USING.
            using_named: the same for USING NAMED.

        Raises:
            QueryForbidden: it would reach outside the store, or change the journal.
            QueryError: it does not parse, or can't be done.
        """
        return self._worked_out(text, base, operations(text, using, using_named))

    def _worked_out(self, text: str, base: str, steps: Iterable[Operation], only: str | None = None) -> Change:
        refuse_outside(text)
        _check(text, base)
        try:
            return self._difference(self._run(steps, base, only))
        except SyntaxError as error:
            raise QueryError(f"the update could not be followed: {' '.join(str(error).split())}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise failed(error) from error
        finally:
            self.drop()

    def _draft(self) -> ox.Store:
        if self._engine is None:
            self._engine = self._stack.enter_context(self._store.draft())
            self._engine.add_graph(UNNAMED)
        return self._engine

    def _run(self, steps: Iterable[Operation], base: str, only: str | None = None) -> set[str]:
        """Run the operations on the draft; return the graphs that they may have changed: none but *only*, if given."""
        draft = self._draft()
        touched: set[str] = set()
        for step in steps:
            if step.every and only is None:
                graphs = [graph for graph in self._all(draft) if step.every == "ALL" or graph != UNNAMED.value]
                for graph in graphs:
                    draft.clear_graph(ox.NamedNode(graph))
                touched.update(graphs)
                continue
            named = _resolved(draft, step, base)
            _refuse_journal(named)
            chosen = set(_chosen(draft, step, base))
            if only is not None and (step.every or {*named, *chosen} - {only}):
                raise QueryForbidden(f"this update may change {only} alone, and names other graphs")
            touched.update(named, chosen)
            draft.update(step.prologue + step.text, base_iri=base)
        return touched - {JOURNAL.value}

    @staticmethod
    def _all(draft: ox.Store) -> list[str]:
        return [graph.value for graph in draft.named_graphs() if isinstance(graph, ox.NamedNode) and graph != JOURNAL]

    def _difference(self, touched: Iterable[str]) -> Change:
        """Compare the graphs that were *touched* with what the store has."""
        skolemised = Skolemiser(f"update {self._store.revision}")
        writes, gone = [], []
        for graph in sorted(touched):
            quads = self._draft().quads_for_pattern(None, None, None, ox.NamedNode(graph))
            after = set(map(skolemised, quads))
            if after == self._store.statements(graph):
                continue
            if after:
                writes.append(self._write(graph, sorted(after, key=str)))
            else:
                gone.append(graph)
        return Change(tuple(writes), tuple(gone))

    def _write(self, graph: str, triples: Iterable[ox.Triple]) -> DocumentWrite:
        """Return the document to be written: under the id that it had, but with the key of no bytes ever loaded."""
        write = DocumentWrite.of(graph, triples, sha256="", converter="endpoint", source=graph)
        digest = sha256(write.triples.encode()).hexdigest()
        known = self._store.journal().get(graph)
        identifier, source = (known.id, known.source) if known else (graph, graph)
        return DocumentWrite(
            graph, write.triples, write.quads, identifier, f"endpoint:{digest}", digest, "endpoint", source
        )


def state_of(graph: str, key: str) -> str:
    """Return a word for the state of *graph* whose document has that *key*: another for each content.

    >>> len(state_of("urn:g", "endpoint:0"))
    32
    """
    return sha256(f"{graph} {key}".encode()).hexdigest()[:32]


def _check(text: str, base: str) -> None:
    """Have the engine parse *text*, on a store of nothing, so that what is wrong is said of the text as it was sent."""
    try:
        ox.Store().update(text, base_iri=base)
    except SyntaxError as error:
        raise explained(error, text, update=True) from error
    except (OSError, RuntimeError, ValueError):
        pass  # there is nothing to clear or to copy in a store of nothing


def _refuse_journal(graphs: Iterable[str]) -> None:
    if JOURNAL.value in graphs:
        raise QueryForbidden(f"{JOURNAL.value} is the store's journal: it is kept by the store alone")


def _resolved(draft: ox.Store, step: Operation, base: str) -> list[str]:
    return _iris(draft, step, base, step.graphs)


def _iris(draft: ox.Store, step: Operation, base: str, names: Sequence[str]) -> list[str]:
    """Return the IRIs that *names* stand for, by the prologue of the operation: the engine resolves them."""
    if not names:
        return []
    query = f"{step.prologue}SELECT ?g {{ VALUES ?g {{ {' '.join(dict.fromkeys(names))} }} }}"
    return [solution["g"].value for solution in _select(draft, query, base)]


def _chosen(draft: ox.Store, step: Operation, base: str) -> Iterator[str]:
    """Yield the graphs that the operation names by variables."""
    if step.chosen is None:
        return
    default = _iris(draft, step, base, step.using)
    named = None if not step.using_named else _iris(draft, step, base, [name for name in step.using_named if name])
    dataset = {"default_graph": [ox.NamedNode(iri) for iri in default]} if default or named is not None else {}
    if named is not None:
        dataset["named_graphs"] = [ox.NamedNode(iri) for iri in named]
    for solution in _select(draft, step.prologue + step.chosen, base, **dataset):
        if isinstance(solution["__g"], ox.NamedNode):
            yield solution["__g"].value


def _select(draft: ox.Store, query: str, base: str, **dataset: list[ox.NamedNode]) -> ox.QuerySolutions:
    return cast(ox.QuerySolutions, draft.query(query, base_iri=base, **dataset))  # type: ignore[arg-type]
