"""What a SPARQL update does, operation by operation, and which graphs it may change.

The store keeps the merge of all documents where the engine has its default graph, so an update must not run on it. Each
operation is written anew, such that the update's unnamed graph is a document (`UNNAMED`, as a rule): the text is taken
apart by its words, the engine itself has checked the grammar before. SPARQL 1.1 Update, §3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import QueryError, QueryForbidden
from kg.store.document import UNNAMED
from kg.store.tokens import Token, tokens

__all__ = ["Operation", "operations"]

_PROLOGUE = {"BASE": 2, "PREFIX": 3, "VERSION": 2}
_MANAGEMENT = ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_GRAPH_WORDS = ("ALL", "NAMED")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `text` to run, in which no graph is unnamed any more, behind its `prologue`.

    `graphs` are the names, as written, of graphs that it may change. Where variables name them, `chosen` is the query
    that finds which they are, to be asked before; `using` and `using_named` are the dataset of that query, as written,
    if it is not the usual one. `every` is ALL or NAMED for one that clears graphs without naming them.
    """

    prologue: str
    text: str
    graphs: tuple[str, ...] = ()
    chosen: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    every: str = ""


def operations(
    text: str, using: Sequence[str] = (), using_named: Sequence[str] = (), unnamed: str = UNNAMED.value
) -> Iterator[Operation]:
    """Yield the operations of an update that the engine could parse.

    Args:
        text: the update.
        using: IRIs that the protocol gives for USING (SPARQL 1.1 Protocol, §2.2.3).
        using_named: the same for USING NAMED.
        unnamed: the IRI of the graph that stands for the unnamed one.

    Raises:
        QueryForbidden: it has LOAD.
        QueryError: the protocol and the text both name a dataset; or it is written in a way that can't be followed.

    >>> [operation.text for operation in operations("CLEAR DEFAULT; INSERT DATA { <urn:a> a 1 }")]
    ['CLEAR SILENT GRAPH <urn:readout-kg:unnamed>', 'INSERT DATA { GRAPH <urn:readout-kg:unnamed> { <urn:a> a 1 } }']
    """
    clauses = [f"USING {_iri(iri)}" for iri in using] + [f"USING NAMED {_iri(iri)}" for iri in using_named]
    prologue = ""
    for words in _split(text):
        head, words = _without_prologue(text, words)
        prologue += head
        if words:
            yield replace(_Reader(text, words, _iri(unnamed)).operation(clauses), prologue=prologue)


def _iri(iri: str) -> str:
    if any(character in iri for character in '<>"{}|^`\\') or any(character <= " " for character in iri):
        raise QueryError(f"{iri[:80]!r} is no IRI")
    return f"<{iri}>"


def _split(text: str) -> Iterator[list[Token]]:
    """Yield the words of each operation: they are parted by semicolons outside of all braces."""
    words: list[Token] = []
    depth = 0
    for token in tokens(text, cautious=False):
        if token.kind in ("space", "comment"):
            continue
        depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
        if token.text == ";" and not depth:
            yield words
            words = []
        else:
            words.append(token)
    yield words


def _without_prologue(text: str, words: list[Token]) -> tuple[str, list[Token]]:
    head = []
    while words and (size := _PROLOGUE.get(words[0].text.upper())):
        head.append(text[words[0].at : words[size - 1].end])
        words = words[size:]
    return "".join(f"{line}\n" for line in head), words


@dataclass(slots=True)
class _Reader:
    """Reads the words of one operation from first to last."""

    source: str
    words: list[Token]
    unnamed: str
    at: int = 0
    graphs: list[str] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)

    def operation(self, using: list[str]) -> Operation:
        first = self._next().upper()
        if first == "LOAD":
            raise QueryForbidden("LOAD would reach outside the store and is refused")
        if first in _MANAGEMENT:
            return self._management(first)
        if first in ("INSERT", "DELETE") and self._peek() == "DATA":
            self._next()
            return Operation("", f"{first} DATA {{ {self._quads()} }}", tuple(self.graphs))
        if first == "DELETE" and self._peek() == "WHERE":
            self._next()
            start = self._token().end
            pattern = self._quads()
            if using:  # this short form takes no USING; what is looked for is in the dataset, as written
                where = self.source[start : self.words[self.at - 1].at]
                return self._modify(f"DELETE {{ {pattern} }} ", where, using)
            return self._done(f"DELETE WHERE {{ {pattern} }}", pattern)
        if first in ("INSERT", "DELETE", "WITH"):
            self.at -= 1
            return self._full(using)
        raise QueryError(f"{first[:40]} begins no operation that is known here: part words by blanks")

    def _management(self, first: str) -> Operation:
        silent = "SILENT " if self._accept("SILENT") or first in ("CLEAR", "DROP") else ""
        if first in ("CLEAR", "DROP", "CREATE"):
            if self._peek() in _GRAPH_WORDS:
                return Operation("", "", every=self._peek())
            if self._peek() == "DEFAULT":
                first = "CLEAR"
            return Operation("", f"{first} {silent}GRAPH {self._named()}", tuple(self.graphs))
        source = self._named()
        self._accept("TO")
        return Operation("", f"{first} {silent}GRAPH {source} TO GRAPH {self._named()}", tuple(self.graphs))

    def _named(self) -> str:
        """Read ``DEFAULT`` or a graph's name."""
        self._accept("GRAPH")
        name = self.unnamed if self._accept("DEFAULT") else self._name()
        self.graphs.append(name)
        return name

    def _full(self, using: list[str]) -> Operation:
        """Read ``WITH … DELETE {…} INSERT {…} USING … WHERE {…}``."""
        given = self._name() if self._accept("WITH") else ""
        self.graphs.append(given or self.unnamed)
        templates = ""
        while self._peek() in ("DELETE", "INSERT"):
            templates += f"{self._next()} {{ {self._block()} }} "
        named = list(self._datasets())
        if using and (given or named):
            raise QueryError("a dataset is named both by the protocol (using-graph-uri) and by WITH or USING")
        if not self._accept("WHERE"):
            raise QueryError("WHERE is missing, or is written together with another word: part words by blanks")
        start = self._token().at
        where = self.source[start + 1 : self.words[-1].at]
        return self._modify(templates, where, using or named, given)

    def _datasets(self) -> Iterator[str]:
        while self._accept("USING"):
            named = "NAMED " if self._accept("NAMED") else ""
            yield f"USING {named}{self._name()}"

    def _modify(self, templates: str, where: str, using: list[str], given: str = "") -> Operation:
        graph = given or self.unnamed
        text = f"WITH {graph} {templates}{' '.join(using)} WHERE {{{where}\n}}"
        default = tuple(clause.removeprefix("USING ") for clause in using if not clause.startswith("USING NAMED "))
        named = tuple(clause.removeprefix("USING NAMED ") for clause in using if clause.startswith("USING NAMED "))
        if not using:
            return self._done(text, where, using=(graph,))
        return self._done(text, where, using=default, using_named=named or ("",))

    def _done(self, text: str, where: str, using: tuple[str, ...] = (), using_named: tuple[str, ...] = ()) -> Operation:
        names = dict.fromkeys(self.variables)
        union = " UNION ".join(f"{{ SELECT DISTINCT ({name} AS ?__g) WHERE {{{where}\n}} }}" for name in names)
        chosen = f"SELECT DISTINCT ?__g WHERE {{ {union} }}" if names else None
        return Operation("", text, tuple(self.graphs), chosen, using, using_named)

    def _quads(self) -> str:
        """Read ``{ triples GRAPH g { triples } … }`` and return the inside, its unnamed triples put into a graph."""
        parts: list[str] = []
        run = -1
        self._expect("{")
        while (token := self._token()).text != "}" or token.kind != "mark":
            if self._is_graph():
                self._finish(parts, run)
                run = -1
                start = token.at
                self._graph()
                parts.append(self.source[start : self.words[self.at - 1].end])
                if self._token().text == ".":
                    self.at += 1
            else:
                run = token.at if run < 0 else run
                self._skip()
        self._finish(parts, run)
        self.at += 1
        return " ".join(parts)

    def _finish(self, parts: list[str], run: int) -> None:
        """End a run of triples that began at the offset *run*."""
        if run >= 0:
            self.graphs.append(self.unnamed)
            parts.append(f"GRAPH {self.unnamed} {{ {self.source[run : self.words[self.at - 1].end]} }}")

    def _block(self) -> str:
        """Read a template and return its inside as it is; note the graphs that it names."""
        self._expect("{")
        start = self._token().at
        while (token := self._token()).text != "}" or token.kind != "mark":
            if self._is_graph():
                self._graph()
            else:
                self._skip()
        self.at += 1
        return self.source[start : token.at]

    def _is_graph(self) -> bool:
        token = self._token()
        if token.kind == "word" and "GRAPH" in token.text.upper():
            if token.text.upper() != "GRAPH":
                raise QueryError(f"{token.text[:40]!r}: put a blank before and behind GRAPH")
            return True
        joined = token.kind == "prefixed" and token.text.upper().startswith("GRAPH:")
        if joined and self.words[min(self.at + 1, len(self.words) - 1)].text == "{":
            raise QueryError(f"{token.text[:40]!r}: put a blank behind GRAPH")
        return False

    def _graph(self) -> None:
        """Read ``GRAPH g { … }``."""
        self.at += 1
        name = self._name()
        (self.variables if name[0] in "?$" else self.graphs).append(name)
        self._skip()

    def _skip(self) -> None:
        """Go past one word, or a whole block in braces."""
        depth = 0
        while True:
            token = self._token()
            self.at += 1
            depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
            if depth <= 0:
                return

    def _token(self) -> Token:
        if self.at >= len(self.words):
            raise QueryError("the update ends too early")
        return self.words[self.at]

    def _next(self) -> str:
        token = self._token()
        self.at += 1
        return token.text

    def _peek(self) -> str:
        return self.words[self.at].text.upper() if self.at < len(self.words) else ""

    def _accept(self, word: str) -> bool:
        found = self._peek() == word
        self.at += found
        return found

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            raise QueryError(f"{mark!r} is missing behind {self.words[self.at - 1].text[:40]!r}")

    def _name(self) -> str:
        """Read the name of a graph, as written: an IRI, a prefixed name, or a variable."""
        token = self._token()
        if token.kind not in ("iri", "prefixed", "variable"):
            raise QueryError(f"{token.text[:40]!r} is no name of a graph")
        self.at += 1
        return token.text
