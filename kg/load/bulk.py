"""N-Quads whose graphs are documents, as `kg convert` writes them: taken line by line, at the engine's own rate.

Nothing is parsed here that the engine parses anyway. For that the lines must be plain: four terms with one blank
between them, no blank nodes, and all statements of a graph one after another. A file may be of any size: no more than
one graph of it is held.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from kg.errors import InputError, MissingExtra, NotFound, Unreadable
from kg.load.convert import Converted, Outcome, SetAside, Unchanged, problem
from kg.load.packing import opened
from kg.store import Document, DocumentWrite
from kg.vocab import BASE, READOUT

__all__ = ["bulk_files", "bulk_outcomes"]

_ENDINGS = (".nq", ".nq.gz", ".nq.zst")
_IRI = r'<[^<>"{}|^`\\\x00-\x20]+>'
_ESCAPE = r"\\(?:[tbnrf\"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|U000[1-9A-Fa-f][0-9A-Fa-f]{4})"
_LITERAL = rf'"(?:[^"\\\r\n]|{_ESCAPE})*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^{_IRI})?'
_LINE = re.compile(rf"(?P<triple>{_IRI} {_IRI} (?:{_IRI}|{_LITERAL})) <(?P<graph>{_IRI[1:-1]})> \.")
_DIGEST = f'{READOUT.sha256} "'


def bulk_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files that *paths* mean: themselves, or those of a folder that end with .nq, .nq.gz or .nq.zst.

    Raises:
        NotFound: there is no such path, or nothing in the folder.
    """
    for path in map(Path, paths):
        if path.is_file():
            yield path
            continue
        found = sorted(file for file in path.rglob("*") if file.name.endswith(_ENDINGS)) if path.is_dir() else []
        if not found:
            raise NotFound(f"{path}: no file of N-Quads ({', '.join(_ENDINGS)}) is there")
        yield from found


def bulk_outcomes(
    files: Iterable[Path], known: Mapping[str, Document], *, base: str = BASE, force: bool = False
) -> Generator[Outcome, None, None]:
    """Yield the documents of *files*; those that the store has from the same statements are unchanged.

    What is wrong with a line sets the rest of its file aside.

    Args:
        files: the files.
        known: the store's journal.
        base: what the IRIs of entities begin with: a document's id is what follows it and ``graph/``.
        force: take what is unchanged too.
    """
    for path in files:
        try:
            with opened(path) as file:
                for graph, group in groupby(_statements(path, file), key=lambda statement: statement[0]):
                    yield _outcome(path, graph, [triple for _, triple in group], {} if force else known, base)
        except (InputError, MissingExtra, OSError, EOFError, UnicodeDecodeError) as error:
            fault = error if isinstance(error, InputError | MissingExtra) else Unreadable(f"cannot be read: {error}")
            yield SetAside(problem(str(path), fault))


def _statements(path: Path, file: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the graph of each line and the rest of it.

    Raises:
        Unreadable: a line is not plain, or a graph comes in two places.
    """
    seen: set[str] = set()
    graph = ""
    for number, line in enumerate(file, 1):
        found = _LINE.fullmatch(line, 0, len(line) - 1) if line.endswith("\n") else None
        if not found:
            raise Unreadable(f"line {number} is no plain N-Quad in a graph: load it without --bulk")
        if found["graph"] != graph:
            graph = found["graph"]
            if graph in seen:
                raise Unreadable(f"line {number}: the graph {graph} comes a second time: load it without --bulk")
            seen.add(graph)
        yield graph, found["triple"]


def _outcome(path: Path, graph: str, triples: list[str], known: Mapping[str, Document], base: str) -> Outcome:
    origin = f"{path} ({graph.removeprefix(base)})"
    key = sha256("\n".join(triples).encode()).hexdigest()
    if graph in known and known[graph].key == key:
        return Unchanged(origin, (graph,))
    name = graph.removeprefix(f"{base}graph/")
    digest = next((triple.partition(_DIGEST)[2].partition('"')[0] for triple in triples if _DIGEST in triple), key)
    write = DocumentWrite.of_lines(
        graph, triples, id=name, key=key, sha256=digest, converter="as it is", source=str(path)
    )
    return Converted(origin, (write,))
