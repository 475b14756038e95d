"""Which terms of office a name may mean, by the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.lexicon import Lexicon, Term, fold

__all__ = ["terms_of", "without_initials"]


def terms_of(lexicon: Lexicon, names: Iterable[str]) -> tuple[Term, ...]:
    """Return the terms of the persons who may bear all of *names*, forms of one person's name.

    The longest form decides: whoever is called "Ada Ewe" is not every Ewe. A surname alone means all who bear it.
    """
    return _terms_of(lexicon, tuple(names))


@lru_cache(maxsize=1024)  # asked several times of each person of a text
def _terms_of(lexicon: Lexicon, names: tuple[str, ...]) -> tuple[Term, ...]:
    forms = sorted(dict.fromkeys(names), key=lambda form: (-len(form.split()), -len(form)))
    if not forms:
        return ()
    full = [form for form in forms if len(form.split()) > 1]
    for form in full or forms:
        if terms := lexicon.named(form) or lexicon.named(without_initials(form)):
            return terms
    return _by_parts(lexicon, full[0]) if full else ()


def _by_parts(lexicon: Lexicon, name: str) -> tuple[Term, ...]:
    """Return the terms of persons whose surname is that of *name* and whose given names agree with it.

    Two words may be in the order of Japan and Hungary, the surname first.
    """
    words = fold(without_initials(name)).split()
    if len(words) == 2 and (terms := lexicon.named(" ".join(reversed(words)))):
        return terms
    near = lexicon.named(words[-1]) if len(words) > 1 else ()
    return tuple(
        term for term in near if any(_agree(words, fold(form).split()) for form in (term.person, *term.aliases))
    )


def _agree(words: list[str], form: list[str]) -> bool:
    return len(form) > 1 and (set(words) <= set(form) or set(form) <= set(words))


def without_initials(name: str) -> str:
    """Return the name without initials in the middle and without a suffix of generation.

    >>> without_initials("Wendy R. Sherman"), without_initials("J. D. Ewe, Jr.")
    ('Wendy Sherman', 'J. Ewe')
    """
    words = name.replace(",", " ").split()
    while len(words) > 2 and words[-1].rstrip(".").lower() in {"jr", "sr"}:
        words.pop()
    inner = [word for word in words[1:-1] if len(word.rstrip(".")) > 1]
    return " ".join([*words[:1], *inner, *(words[-1:] if len(words) > 1 else [])])
