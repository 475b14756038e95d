"""How documents, their merge and the journal lie on a server, which depends on what its default graph is.

A query without a dataset asks the merge of all documents, in which a statement counts once. Servers differ in what they
can give for that, and their descriptions are no help (Virtuoso's says nothing of it), so it is tried once, before the
first document is written, and noted in the journal:

``unnamed``   the server's default graph is a graph of its own (Oxigraph, Fuseki, Stardog): the merge lies there.
``named``     it is a union, in which a statement counts as often as graphs hold it; but a query that names its default
              graph can still reach the others by GRAPH (Virtuoso): the merge is the graph `MERGE`, which queries name,
              and which is hidden from their GRAPH ?variable.
``union``     neither: the server's union is all there is, and whether a statement counts once is up to the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from kg.store.tokens import Token, behind_prologue, tokens

__all__ = ["MERGE", "Kind", "Layout", "beside_merge", "form_of"]

Kind = Literal["unnamed", "named", "union"]
MERGE = NamedNode("urn:readout-kg:merge")
"""The named graph that holds the merge where the default graph can't."""
_NOTHING = "urn:readout-kg:nothing"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the merge is (`kind`); whether one update request is one transaction (`atomic`).

    `alters`: datatypes of literals that the server refuses or does not give back as they were.
    """

    kind: Kind = "unnamed"
    atomic: bool = True
    alters: tuple[str, ...] = ()

    def merge(self, pattern: str) -> str:
        """Return *pattern*, or data, as it has to stand in an update to be of the merge."""
        return f"GRAPH {MERGE} {{ {pattern} }}" if self.kind == "named" else pattern

    def fields(
        self,
        text: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> list[tuple[str, str]]:
        """Return the form by which the SPARQL 1.1 Protocol asks the query *text*. See `kg.store.Store.query`.

        >>> Layout("named").fields("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")[1]
        ('default-graph-uri', 'urn:readout-kg:merge')
        """
        graphs = [("default-graph-uri", iri) for iri in default_graphs or ()]
        graphs += [("named-graph-uri", iri) for iri in named_graphs or ()]
        chosen = default_graphs is not None or named_graphs is not None
        if chosen and not graphs:
            graphs = [("default-graph-uri", _NOTHING)]
        if self.kind == "named" and not chosen and not _has_dataset(text):
            graphs = [("default-graph-uri", MERGE.value)]
            text = beside_merge(text)
        # All in one line, so that the lines of what the server says are the user's.
        head = [f"BASE {NamedNode(base_iri)}"] if base_iri else []
        head += [f"PREFIX {name}: {NamedNode(iri)}" for name, iri in (prefixes or {}).items()]
        return [("query", " ".join([*head, text])), *graphs]

    def remarks(self) -> Iterator[str]:
        """Yield, in a line each, what this server can't do that the embedded store can."""
        if self.kind == "union":
            yield "its default graph is its own union of all graphs: the journal is in it, and maybe repetitions"
        if not self.atomic:
            yield "an update request is no transaction: a reader can see a document half replaced, for a moment"
        if self.alters:
            yield f"it does not keep all literals of these types: {', '.join(self.alters)}"
        yield "there are no generations: a reader sees writes at once, and one writer does not keep out another"


def _has_dataset(text: str) -> bool:
    """Tell whether a query has FROM, which a dataset in the request would override."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text, cautious=False))


def beside_merge(text: str) -> str:
    """Return a query whose default graph is given as `MERGE` so that its GRAPHs mean what they would without.

    No variable of GRAPH is `MERGE`, which a group of its own says. A graph that is named by an IRI has it as an
    expression, in Virtuoso's way, since Virtuoso takes an IRI alone for one of the (empty) list of named graphs.

    >>> print(beside_merge("ASK { GRAPH ?g { ?s ?p ?o } GRAPH <urn:a> { ?s ?p ?o } }"))
    ASK { { GRAPH ?g { ?s ?p ?o } FILTER (?g != <urn:readout-kg:merge>) } GRAPH `iri(<urn:a>)` { ?s ?p ?o } }
    """
    begin = behind_prologue(text)
    words = [token for token in tokens(text, cautious=False, begin=begin) if token.kind not in ("space", "comment")]
    edits: list[tuple[int, str]] = []
    groups: list[str] = []
    for place, token in enumerate(words):
        if token.text == "{" and token.kind == "mark":
            graph = words[place - 1] if place > 1 and _is_graph(words[place - 2]) else None
            groups.append(graph.text if graph and graph.kind == "variable" else "")
            if graph and graph.kind == "variable":
                edits.append((words[place - 2].at, "{ "))
            elif graph:
                edits += [(graph.at, "`iri("), (graph.end, ")`")]
        elif token.text == "}" and token.kind == "mark" and groups and (name := groups.pop()):
            edits.append((token.end, f" FILTER ({name} != {MERGE}) }}"))
    for at, more in reversed(edits):
        text = text[:at] + more + text[at:]
    return text


def form_of(text: str) -> str:
    """Return the word by which a query says what it asks for: SELECT, ASK, CONSTRUCT, DESCRIBE, or nothing."""
    for token in tokens(text, cautious=False, begin=behind_prologue(text)):
        if token.kind == "word" and (word := token.text.upper()) in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return word
    return ""


def _is_graph(token: Token) -> bool:
    return token.kind == "word" and token.text.upper() == "GRAPH"
