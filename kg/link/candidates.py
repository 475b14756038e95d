"""Which entries an entity may be: by each of its names, by surname and office, and by names that look alike."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import fold
from kg.lexicon.names import surnames
from kg.link.gazetteer import Gazetteer
from kg.link.index import Entry
from kg.link.subjects import Subject
from kg.text import slug

__all__ = ["candidates", "forms_of"]

_ALIKE = 20


def forms_of(subject: Subject) -> tuple[str, ...]:
    """Return the names that say who is meant: of a person's, those of two words or more if there are such."""
    forms = tuple(dict.fromkeys((subject.name, *subject.aliases)))
    if subject.kind != "person":
        return forms
    return tuple(form for form in forms if len(fold(form).split()) > 1) or forms


def candidates(subject: Subject, gazetteer: Gazetteer) -> list[Entry]:
    """Return the entries that the entity may be, each once, those with a name of its own first."""
    found = {entry.qid: entry for entry in _found(subject, gazetteer)}
    return list(found.values())


def _found(subject: Subject, gazetteer: Gazetteer) -> Iterator[Entry]:
    forms = forms_of(subject)
    named = [entry for form in forms for entry in gazetteer.named(form, subject.kind)]
    yield from named
    if subject.kind == "person":
        yield from _holders(subject, gazetteer)
    if named and len(fold(subject.name).split()) > 1:
        return  # who bears the full name is compared with who holds the office, not with all who are called alike
    if subject.kind == "person":
        for form in forms:
            for surname in dict.fromkeys((*fold(form).split()[-1:], *surnames(form))):
                yield from gazetteer.with_surname(surname)
    elif named:
        return
    yield from gazetteer.like(forms[0], subject.kind, _ALIKE)
    if not fold(forms[0]).isascii():
        yield from gazetteer.like(slug(forms[0]).replace("-", " "), subject.kind, _ALIKE)


def _holders(subject: Subject, gazetteer: Gazetteer) -> Iterator[Entry]:
    """Yield all who ever held an office that the entity has, whatever they are called."""
    offices = {(gazetteer.lexicon.post_key(clue.post), clue.country) for clue in subject.clues if clue.post}
    for key, country in sorted(offices, key=str):
        if country:
            yield from gazetteer.in_office(key, country)
