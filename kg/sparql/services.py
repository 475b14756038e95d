"""The SERVICEs of a query: where they stand, what they ask, and what of the rest of the query restricts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryForbidden, TooComplex
from kg.sparql.groups import Element, Group, Patterns
from kg.sparql.remote import Solutions
from kg.store.tokens import outside, tokens

__all__ = ["Restriction", "Service", "Services", "as_our_own", "reaches_out", "values"]

_SERVICES = 8
_LETTERS = re.compile("service", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def reaches_out(text: str) -> bool:
    """Tell whether the query *text* has a SERVICE."""
    return bool(_LETTERS.search(text)) and any(outside(word) == "SERVICE" for word in tokens(text, cautious=False))


class Services:
    """The SERVICEs of a query, in the order of the text, and what was put in the place of each."""

    def __init__(self, text: str) -> None:
        self.patterns = Patterns(text)
        self._put: dict[int, str] = {}
        self.services = [self._service(*found) for found in _services(self.patterns.where, ())]
        if len(self.services) > _SERVICES:
            raise TooComplex(f"the query asks {len(self.services)} times for another endpoint, {_SERVICES} are allowed")
        words = sum(outside(word) == "SERVICE" for word in self.patterns.words())
        if words != len(self.services):
            raise QueryForbidden(
                "SERVICE within an expression or within SERVICE can't be followed, nor one that is written together"
                " with the next word: make it a part of a group, and put blanks around it"
            )

    def _service(self, path: tuple[tuple[Group, Element], ...], element: Element) -> Service:
        body = element.groups[0]
        return Service(element, self._constant(path, element), path, self.patterns.variables(body.start, body.end))

    def _constant(self, path: tuple[tuple[Group, Element], ...], element: Element) -> str:
        """Return the name of the endpoint, or the only value of the variable that stands for it."""
        if element.name[0] not in "?$":
            return element.name
        for group, on in reversed(path):
            for other in group.elements[: group.elements.index(on)]:
                words = self.patterns.text[other.start : other.end].split() if other.kind == "values" else []
                if len(words) == 5 and words[1][1:] == element.name[1:]:
                    return words[3]
            if group.select or on.kind not in ("service", "groups", "graph", "optional"):
                break
        raise QueryForbidden(
            f"SERVICE {element.name} can't be followed: name the endpoint, or give the variable one value before it, as"
            f" in 'VALUES {element.name} {{ <https://a.example/sparql> }}'"
        )

    def put(self, service: Service, text: str) -> None:
        """Put *text* in the place of *service*."""
        self._put[service.element.start] = text

    def waits(self, start: int, end: int) -> bool:
        """Tell whether there is a SERVICE between two offsets that was not asked for yet."""
        return any(
            start <= service.element.start < end and service.element.start not in self._put for service in self.services
        )

    def text(self, start: int = 0, end: int | None = None) -> str:
        """Return the text between two offsets, with what was put into it."""
        pieces, at = [], start
        for service in self.services:
            put = self._put.get(service.element.start)
            if put is not None and start <= service.element.start and (end is None or service.element.end <= end):
                pieces += [self.patterns.text[at : service.element.start], put]
                at = service.element.end
        return "".join(pieces) + self.patterns.text[at:end]


@dataclass(frozen=True, slots=True)
class Service:
    """A SERVICE: its `element`, the endpoint that it names as written, and the way to it.

    `path` are the groups that it stands in, from the outermost, each with the part of it that leads on. `variables` are
    those of its pattern.
    """

    element: Element
    constant: str
    path: tuple[tuple[Group, Element], ...]
    variables: frozenset[str]

    @property
    def body(self) -> Group:
        """Its pattern."""
        return self.element.groups[0]

    def after(self, found: Services) -> frozenset[str]:
        """Return its variables that stand behind it, too."""
        return self.variables & found.patterns.variables(self.element.end, found.patterns.where.end)

    def joined(self, found: Services, sent: Solutions) -> str:
        """Return the pattern to send: its own, joined with what is *sent* along."""
        body = found.patterns.text[self.body.start : self.body.end]
        if not sent.variables:
            return body
        if self._begins_with(found, set(sent.variables)):
            return f"{values(sent)}\n{body[1:-1]}"  # means the same, and all endpoints evaluate it from there
        return f"{values(sent)}\n{body}"

    def is_relative(self, found: Services) -> bool:
        """Tell whether an IRI in its pattern, or in the prologue, is to be resolved against a base."""
        end = len(found.patterns.prologue)
        parts = (
            token for token in found.patterns.words() if token.at < end or self.body.start < token.at < self.body.end
        )
        return any(token.kind == "iri" and not _ABSOLUTE.match(token.text) for token in parts)

    def _begins_with(self, found: Services, names: set[str]) -> bool:
        """Tell whether the triples at its beginning bind all of *names*."""
        for element in () if self.body.select else self.body.elements:
            if element.kind != "triples":
                break
            names = names - found.patterns.variables(element.start, element.end)
        return not names


class Restriction:
    """What surely holds of all solutions that a SERVICE can be joined with.

    Of its own group, the parts before it, and those behind it that are joined; going outwards, the same of each group
    around it. An OPTIONAL, MINUS or EXISTS on the way is tried for each solution of what stands before it: no more than
    that restricts it. A query within the query (LIMIT, COUNT) may not be restricted from outside at all. FILTERs are
    kept if nothing that they speak of is in the SERVICE, or was left out.
    """

    def __init__(self, found: Services, service: Service) -> None:
        self._found = found
        self._service = service

    def pattern(self) -> str:
        """Return it as the inside of a group; empty if there is nothing."""
        inner = ""
        for group, on in reversed(self._service.path):
            if on.kind == "service" or not group.select:
                inner = self._level(group, on, inner)
            if group.select or on.kind in ("optional", "minus", "filter"):
                break
        return inner

    def _level(self, group: Group, on: Element, inner: str) -> str:
        """Return what *group* has beside the part *on*, with *inner* in the place of that part."""
        at = group.elements.index(on)
        tried = on.kind in ("optional", "minus")
        kept = [element for element in group.elements[:at] if element.kind != "filter" and not self._waits(element)]
        late = [] if tried else [element for element in group.elements[at + 1 :] if self._is_joined(element)]
        silent = set(group.elements) - {*kept, *late}
        spoken = frozenset[str]().union(
            *(self._variables(element) for element in silent if element.kind != "filter" or element is on)
        )
        filters = [
            element
            for element in group.elements
            if element.kind == "filter"
            and element is not on
            and not self._waits(element)
            and not spoken & self._variables(element)
            and not self._is_condition(group)
        ]
        parts = [self._shown(element) for element in kept]
        if inner.strip():
            parts.append(f"GRAPH {on.name} {{ {inner} }}" if on.kind == "graph" else f"{{ {inner} }}")
        parts += [self._shown(element) for element in (*late, *filters)]
        return "\n".join(parts)

    def _is_condition(self, group: Group) -> bool:
        """Tell whether the filters of *group* see variables from outside of it: it is that of an OPTIONAL or EXISTS."""
        return any(group in on.groups and on.kind in ("optional", "filter") for _, on in self._service.path)

    def _is_joined(self, element: Element) -> bool:
        return element.kind in ("triples", "values", "graph", "groups") and not self._waits(element)

    def _waits(self, element: Element) -> bool:
        return self._found.waits(element.start, element.end)

    def _variables(self, element: Element) -> frozenset[str]:
        return self._found.patterns.variables(element.start, element.end)

    def _shown(self, element: Element) -> str:
        return self._found.text(element.start, element.end) + (" ." if element.kind == "triples" else "")


def _services(
    group: Group, path: tuple[tuple[Group, Element], ...]
) -> Iterator[tuple[tuple[tuple[Group, Element], ...], Element]]:
    """Yield each SERVICE within *group*, and the way to it."""
    for element in group.elements:
        here = (*path, (group, element))
        if element.kind == "service":
            yield here, element
        else:
            for inner in element.groups:
                yield from _services(inner, here)


def as_our_own(text: str) -> str:
    """Return *text* with the pattern of each SERVICE as if it were of our own data: every word at its place."""
    pieces: list[str] = []
    naming = False  # between SERVICE and the brace
    for token in tokens(text, cautious=False):
        naming = outside(token) == "SERVICE" or (naming and token.text != "{")
        pieces.append(re.sub(r"\S", " ", token.text) if naming and token.kind != "comment" else token.text)
    return "".join(pieces)


def values(solutions: Solutions) -> str:
    r"""Return *solutions* as SPARQL writes them within a group.

    >>> values(Solutions(("?x", "?y"), (("1", None),)))
    'VALUES (?x ?y) {\n(1 UNDEF)\n}'
    """
    rows = "\n".join(f"({' '.join(term or 'UNDEF' for term in row)})" for row in solutions.rows)
    return f"VALUES ({' '.join(solutions.variables)}) {{\n{rows}\n}}"
