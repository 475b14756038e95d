"""A text that should be SPARQL and may not be, as words and brackets: what the rules on mistakes look at."""

from __future__ import annotations

from collections.abc import Iterator

from kg.store.tokens import Token, tokens

__all__ = ["FORMS", "Mistake", "QueryText"]

Mistake = tuple[int, str]
"""Where a mistake is, in characters, and a line on it."""

FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
"""The words that begin a query."""
_HEAD_ENDS = frozenset(("WHERE", "FROM"))


class QueryText:
    """A text's `words`, how deep in brackets each is (`depths`), and the prefixes that it declares (`declared`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [token for token in tokens(text, cautious=False) if token.kind not in ("space", "comment")]
        self.depths = list(_depths(self.words))
        self.declared = {
            word.text.partition(":")[0]
            for before, word in zip(self.words, self.words[1:], strict=False)
            if before.text.upper() == "PREFIX"
        }

    def pairs(self) -> Iterator[tuple[Token, Token]]:
        """Yield each word with the next."""
        yield from zip(self.words, self.words[1:], strict=False)

    def upper(self, at: int) -> str:
        """Return the bare word with this number, in capitals; empty if it is none."""
        return self.words[at].text.upper() if at < len(self.words) and self.words[at].kind == "word" else ""

    def form(self) -> str:
        """Return the first word that begins a query; empty if there is none."""
        return next((self.upper(n) for n in range(len(self.words)) if self.upper(n) in FORMS), "")

    def head(self) -> range:
        """Return the numbers of the words between SELECT and the outermost group."""
        if self.form() != "SELECT":
            return range(0)
        first = next(n for n in range(len(self.words)) if self.upper(n) == "SELECT") + 1
        ends = (n for n in range(first, len(self.words)) if self.words[n].text == "{" or self.upper(n) in _HEAD_ENDS)
        return range(first, next(ends, len(self.words)))

    def tail(self) -> range:
        """Return the numbers of the words behind the outermost group."""
        closing = (n for n, word in enumerate(self.words) if word.text == "}" and not self.depths[n])
        template = any(seen == "CONSTRUCT{" for seen in (one.text.upper() + two.text for one, two in self.pairs()))
        if template:
            next(closing, None)
        return range(next(closing, len(self.words)) + 1, len(self.words))

    def inside(self, opening: int) -> Iterator[int]:
        """Yield the numbers of what stands right within the bracket with this number."""
        level = self.depths[opening] + 1
        for n in range(opening + 1, len(self.words)):
            if self.depths[n] < level:
                return
            if self.depths[n] == level:
                yield n


def _depths(words: list[Token]) -> Iterator[int]:
    """Yield how many brackets are open around each word; a bracket is not within itself."""
    depth = 0
    for word in words:
        closing = word.kind == "mark" and word.text in ")]}"
        depth -= closing
        yield max(depth, 0)
        depth += word.kind == "mark" and word.text in "([{"
