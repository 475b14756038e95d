"""Which sightings are of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.cast.items import starts_item
from kg.extract.cast.people import Sighting
from kg.extract.cast.posts import Part
from kg.extract.cast.titles import Words, words_of
from kg.extract.cast.titlewords import title_words
from kg.extract.cast.tokens import Tokens
from kg.lexicon import Lexicon, fold
from kg.model import Readout

__all__ = ["Figure", "gather"]

_REACH = 10
"""How many tokens behind a person's name may tell that it is part of another name."""
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "xiv", "vi", "v"})


@dataclass
class Figure:
    """A person of the readout while it is being read. `names` are token tuples, folded, the longest first met first."""

    forms: list[str] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    male: bool | None = None
    told: list[Sighting] = field(default_factory=list)
    """Where an office without a name is said of the person: "*the head of the Department* thanked her"."""
    number: int = 0
    """In which order the person was met while names were brought together."""

    @property
    def full(self) -> tuple[str, ...]:
        """The longest form of the name."""
        return max(self.names, key=len)

    def bears(self, name: str) -> bool:
        """Tell whether the surname with which a person's *name* ends is in this one, with its hyphen if it has one."""
        return any(f" {fold(name)}".endswith(f" {word}") for word in self.full)

    @property
    def first(self) -> int:
        """The token at which the person is first met."""
        return min(sighting.begin for sighting in self.sightings)

    def parts(self) -> Iterator[tuple[Part, Sighting]]:
        """Yield the titles that the text gives the person."""
        for sighting in (*self.sightings, *self.told):
            for part in sighting.parts:
                yield part, sighting

    def add(self, name: tuple[str, ...], form: str, sighting: Sighting) -> None:
        """Take in one more sighting."""
        if name not in self.names:
            self.names.append(name)
            self.forms.append(form)
        self.sightings.append(sighting)
        if sighting.male is not None:
            self.male = sighting.male


def gather(
    found: Iterable[Sighting], tokens: Tokens, words: Words, lexicon: Lexicon, readout: Readout, home: str | None
) -> list[Figure]:
    """Bring the sightings of each person together; those that turn out to be none are left out.

    Sure ones and full names make persons; a single word that nothing introduces only refers to one. *home* is the
    country of the publisher.
    """
    sightings = list(found)
    named = {id(sighting): _name(tokens, sighting) for sighting in sightings}
    figures: list[Figure] = []
    index: defaultdict[str, dict[int, Figure]] = defaultdict(dict)
    lists = _lists_people(sightings, tokens, words)
    order = sorted(sightings, key=lambda item: (-_weight(named[id(item)], item), item.first))
    for sighting in order:
        name = named[id(sighting)]
        if not name:
            continue
        form = tokens.span(sighting.first, sighting.stop).of(readout.text)
        near = {number: figure for key in _keys(name) for number, figure in index[key].items()}
        known = [near[number] for number in sorted(near)]
        if len(name) == 1 and (holder := _holder(name[0], sighting, lexicon, readout, home)):
            known = [figure for figure in known if len(figure.full) == 1 or figure.full[0] in holder]
        figure = _same(name, sighting, known, tokens, lexicon)
        listed = lists and sighting.listed and len(name) > 1
        ruler = len(name) == 1 and figure is None and _is_ruler(sighting, tokens, words, lexicon, readout)
        if figure is None and (listed or ruler or _is_person(name, sighting, tokens, words, lexicon)):
            figure = Figure(number=len(figures))
            figures.append(figure)
        if figure is not None:
            figure.add(name, form, sighting)
            for key in _keys(name):
                index[key][figure.number] = figure
    for figure in figures:
        figure.sightings.sort(key=lambda item: item.first)
    return sorted(figures, key=lambda figure: figure.first)


def _keys(name: tuple[str, ...]) -> Iterator[str]:
    """Yield the words by which namesakes are looked for: each part of a name, with and without article; all in one."""
    yield "".join(name)
    for part in name:
        yield part
        if part.startswith(("al ", "el ")):
            yield part[3:]


def _holder(surname: str, sighting: Sighting, lexicon: Lexicon, readout: Readout, home: str | None) -> frozenset[str]:
    """Return the words of the names of the one of that surname who held the office at home on the day, if one did.

    So "President Ewe" is not the First Lady whom the text names in full.
    """
    if readout.issued is None or home is None or any(part.owner for part in sighting.parts):
        return frozenset()
    held = (lexicon.holder(part.title, home, readout.issued) for part in sighting.parts if part.tenure == "current")
    names = (frozenset(fold(" ".join((term.person, *term.aliases))).split()) for term in held if term is not None)
    return next((words for words in names if surname in words), frozenset())


def _lists_people(sightings: Sequence[Sighting], tokens: Tokens, words: Words) -> bool:
    """Tell whether the items of the readout's lists are persons: one in three begins with a known given name."""
    listed = [sighting for sighting in sightings if sighting.listed]
    return len(listed) > 2 and sum(tokens.lower[item.first] in words.given for item in listed) * 3 >= len(listed)


def _weight(name: tuple[str, ...], sighting: Sighting) -> int:
    return (2 if len(name) > 1 else 0) + (1 if sighting.sure else 0)


def _name(tokens: Tokens, sighting: Sighting) -> tuple[str, ...]:
    """Return the folded words of the name, without initials and suffixes."""
    words = [fold(word) for word in tokens.words[sighting.first : sighting.stop]]
    return tuple(
        word for word in words if word and (len(word) > 1 or len(words) == 1) and word not in _SUFFIX
    ) or tuple(word for word in words if word)


def _is_person(name: tuple[str, ...], sighting: Sighting, tokens: Tokens, words: Words, lexicon: Lexicon) -> bool:
    if tokens.lower[sighting.stop] in words.after_name and not sighting.parts:
        return False
    if sighting.sure:
        return True
    if _is_in_a_name(sighting, tokens, words) or _runs_on(sighting, tokens, words):
        return False
    first = sighting.first + (len(tokens.words[sighting.first].rstrip(".")) == 1)  # "M. Ann Ewe"
    if len(name) < 2 or not (tokens.lower[first] in words.given or lexicon.named(" ".join(name))):
        return False
    return tokens.words[sighting.stop] not in {"-", "–"} and tokens.lower[sighting.first - 1] not in {
        "“",
        '"',
        "uss",
        "hurricane",
        "camp",
        "fort",
    }


def _is_ruler(sighting: Sighting, tokens: Tokens, words: Words, lexicon: Lexicon, readout: Readout) -> bool:
    """Tell whether a surname alone means who ruled a state then: "Putin’s war", not "the Assad regime"."""
    before, after = sighting.first - 1, sighting.stop
    if (
        tokens.capital[before]
        or tokens.capital[after]
        or tokens.lower[after] in words.after_name
        or readout.issued is None
    ):
        return False
    low = tokens.lower[sighting.first]
    if low in words.surnames or low in words.given or tokens.words[after] in {"-", "–", "&", "/"}:
        return False
    terms = lexicon.named(tokens.words[sighting.first])
    ruling = [term for term in terms if term.covers(readout.issued) and term.post.lower() in words.rulers]
    return bool(ruling) and len({term.person for term in terms}) == 1


def _runs_on(sighting: Sighting, tokens: Tokens, words: Words) -> bool:
    """Tell whether the name is only the start of a longer one: "Lynn Ewe Family Trust"."""
    at = sighting.stop
    return tokens.capital[at] and tokens.lower[at] not in words.openers


def _is_in_a_name(sighting: Sighting, tokens: Tokens, words: Words) -> bool:
    """Tell whether the words are part of what is named after a person: "the Ann Ewe Voting Rights Act"."""
    for at in range(sighting.stop, min(sighting.stop + _REACH, len(tokens))):
        if tokens.capital[at] and tokens.lower[at] in words.after_name:
            return True
        if not tokens.capital[at] and tokens.lower[at] not in {"in", "of", "and", "on", "for"}:
            return False
    return False


def _same(
    name: tuple[str, ...], sighting: Sighting, figures: Sequence[Figure], tokens: Tokens, lexicon: Lexicon
) -> Figure | None:
    """Return the person already met whom the name means."""
    if len(name) == 1:
        return _by_surname(name[0], sighting, figures, words_of(lexicon).roles.consorts)
    near = [figure for figure in figures if any(_compatible(name, known) for known in figure.names)]
    if not near:
        apart = _without_items(figures, tokens) if starts_item(tokens, sighting.begin) else figures
        near = [figure for figure in apart if _shares_surname(name, figure) and _shares_title(sighting, figure)]
    if not near:
        near = [figure for figure in figures if _is_alias(name, figure, lexicon)]
    return near[0] if near else None


def _compatible(name: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Tell whether two names of more than one word may be one person's: one has all the words of the other."""
    if len(known) == 1:
        return known[0] == name[-1] or known[0] == name[0] or known[0] in name
    if name[-1] == known[-1] and len(name) == len(known) == 2 and _is_short(name[0], known[0]):
        return True
    shorter, longer = sorted((name, known), key=len)
    if set(shorter) <= set(longer):
        return True
    return "".join(shorter) == "".join(longer)


def _is_short(first: str, second: str) -> bool:
    """Tell whether one given name is the beginning of the other: "Zach", "Zachary"."""
    return min(len(first), len(second)) >= 3 and (first.startswith(second) or second.startswith(first))


def _without_items(figures: Iterable[Figure], tokens: Tokens) -> list[Figure]:
    """Return those whom no item of a list names: two items name two persons."""
    return [figure for figure in figures if not any(starts_item(tokens, one.begin) for one in figure.sightings)]


def _shares_surname(name: tuple[str, ...], figure: Figure) -> bool:
    return any(known[-1] == name[-1] for known in figure.names)


def _shares_title(sighting: Sighting, figure: Figure) -> bool:
    mine = [title_words(part.title) for part in sighting.parts]
    theirs = [title_words(part.title) for part, _ in figure.parts()]
    return any(a[: len(b)] == b or b[: len(a)] == a for a in mine for b in theirs)


def _is_alias(name: tuple[str, ...], figure: Figure, lexicon: Lexicon) -> bool:
    mine = {term.person for term in lexicon.named(" ".join(name))}
    return bool(mine) and any(
        mine & {term.person for term in lexicon.named(" ".join(known))} for known in figure.names if len(known) > 1
    )


def _by_surname(word: str, sighting: Sighting, figures: Sequence[Figure], consorts: frozenset[str]) -> Figure | None:
    """Return whom a single word means: by surname first, among several by title, then the one met last before.

    Of a couple it is the one in office, where no "Mr." or "Mrs." tells.
    """
    near = [figure for figure in figures if any(word in known for known in figure.names)]
    near = near or [figure for figure in figures if any(_last_words(known, word) for known in figure.names)]
    if sighting.parts:
        near = [figure for figure in near if not _conflicts(sighting, figure)]
        titled = [figure for figure in near if _shares_title(sighting, figure)]
        near = titled or near
    elif sighting.male is None:
        near = [figure for figure in near if all(part.title not in consorts for part, _ in figure.parts())] or near
    near = [figure for figure in near if any(word == known[-1] for known in figure.names)] or near
    before = [figure for figure in near if figure.first <= sighting.first]
    return max(before, key=lambda figure: _last_before(figure, sighting.first)) if before else next(iter(near), None)


def _last_words(known: tuple[str, ...], word: str) -> bool:
    """Tell whether the word is the end of the name that was written in several: "al busaidi", "busaidi"."""
    return any(part.startswith(("al ", "el ")) and part[3:] == word for part in known) or (
        word.startswith(("al ", "el ")) and word[3:] == known[-1]
    )


def _last_before(figure: Figure, at: int) -> int:
    return max((sighting.first for sighting in figure.sightings if sighting.first <= at), default=-1)


def _conflicts(sighting: Sighting, figure: Figure) -> bool:
    """Tell whether the title shows that another person of the surname is meant: heads of state are not namesakes."""
    heads = {part.head.kind for part, _ in figure.parts()}
    mine = {part.head.kind for part in sighting.parts}
    if not heads or not mine:
        return False
    if heads == {"private"}:
        return bool(mine & {"state", "government", "parliament", "local"})
    here = _owners([sighting])
    return bool(here) and bool(there := _owners(figure.sightings)) and not here & there


def _owners(sightings: Iterable[Sighting]) -> set[str]:
    """Return the countries that the titles are said to be of."""
    owners = (owner for item in sightings for owner in (item.owner, *(part.owner for part in item.parts)))
    return {owner.country.name for owner in owners if owner is not None and owner.country is not None}
