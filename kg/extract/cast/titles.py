"""The words of titles and names: `data/grammar/titles.toml` and `names.toml`, compiled for look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from kg.errors import InputError
from kg.extract.cast.roles import Roles, roles_of
from kg.extract.cast.tokens import Tokens
from kg.lexicon import Lexicon
from kg.values import dataclass

__all__ = ["Head", "Words", "words_of"]

_PUBLIC = frozenset({"state", "government", "parliament", "local", "armed", "court"})


@dataclass(frozen=True, slots=True)
class Head:
    """The last words of a title, in lower case; `singular` as it is written for one bearer."""

    words: tuple[str, ...]
    singular: str
    kind: str
    plural: bool = False
    written: tuple[str, ...] = ()
    """Of an abbreviation: the only way in which it counts."""

    @property
    def public(self) -> bool:
        """Whether its bearer is an official whatever the body."""
        return self.kind in _PUBLIC


@dataclass(frozen=True, eq=False)
class Words:
    """What the grammar files say of titles and names. All words are in lower case."""

    heads: Mapping[tuple[str, ...], Head]
    acting: frozenset[str]
    interim: frozenset[tuple[str, ...]]
    """Words behind a title by which it is one of acting."""
    former: frozenset[str]
    elect: tuple[str, ...]
    skip: frozenset[str]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    endings: tuple[str, ...]
    no_field: frozenset[str]
    plain: frozenset[str]
    """Heads before which no field stands: "president"."""
    leading: frozenset[str]
    judging: frozenset[str]
    unsure: tuple[frozenset[str], frozenset[str]]
    """Heads that are titles only in certain surroundings, and the words that may follow them then."""
    lower: frozenset[str]
    """Words before a head that make another, lower office of it."""
    joined: frozenset[str]
    honorifics: frozenset[str]
    charges: Mapping[str, Head]
    """The offices of those who do what verbs say: "chairs"."""
    ships: frozenset[str]
    matters: frozenset[str]
    realms: frozenset[str]
    """Nouns for a state, where its name is left out: "the President of the *Republic*"."""
    cabinets: frozenset[tuple[str, ...]]
    """What heads of government preside over, as part of their titles: "council of ministers"."""
    kept: frozenset[str]
    parties: frozenset[str]
    """What bodies send: "the EU *delegation*"."""
    roles: Roles
    groups: frozenset[tuple[str, ...]]
    """Last words of the names of groups that offices are of: "task force"."""
    present: frozenset[tuple[str, ...]]
    """Words between a title and a list of those who bear it."""
    attended: frozenset[str]
    """Words above a list of those who took part."""
    verbs_too: frozenset[str]
    """Plural heads that are verbs behind a name in a headline."""
    male: frozenset[str]
    female: frozenset[str]
    ranks: frozenset[str]
    before_ranks: frozenset[str]
    professions: frozenset[str]
    relations: frozenset[str]
    kin: frozenset[str]
    particles: frozenset[str]
    given: frozenset[str]
    no_name: frozenset[str]
    openers: frozenset[str]
    """Words with a capital that begin a sentence or a headline's part: days, small words, words of headlines."""
    behind: frozenset[str]
    after_name: frozenset[str]
    surnames: frozenset[str]
    implied: Mapping[str, str]
    same: Mapping[str, str]
    short: Mapping[str, Mapping[str, str]]
    own: Mapping[str, frozenset[str]]
    executive: frozenset[str]
    """Publishers that are the office of a president."""

    @cached_property
    def rulers(self) -> frozenset[str]:
        """Titles in lower case of those who stand at the head of a state or its government."""
        return frozenset(" ".join(head.words) for head in self.heads.values() if head.kind == "state")

    @cached_property
    def begins(self) -> dict[str, tuple[int, ...]]:
        """The words with which heads begin, and of how many words those are, the longest first."""
        return lengths(self.heads)

    @cached_property
    def starters(self) -> frozenset[str]:
        """Words in lower case with which a title may begin."""
        return self.modifiers | self.former | self.acting | self.begins.keys()

    @cached_property
    def no_first(self) -> frozenset[str]:
        """Words with which no name begins that nothing introduces."""
        return self.no_name | self.professions

    def head(self, tokens: Tokens, at: int) -> Head | None:
        """Return the longest head that begins at the token."""
        first = tokens.lower[at]
        for length in self.begins.get(first, ()):
            if length == 1 and first in self.given and tokens.lower[at + 1] in self.particles:
                continue  # "Sultan bin Saad Al Ewe"
            head = self.heads.get(tokens.lower[at : at + length])
            if head and (not head.written or tokens.words[at : at + length] == head.written):
                return head
        return None

    def begins_title(self, tokens: Tokens, at: int) -> bool:
        """Tell whether a title seems to begin at the token: "Director", "Deputy Director"."""
        return tokens.capital[at] and (tokens.lower[at] in self.modifiers or self.head(tokens, at) is not None)

    def is_field(self, word: str) -> bool:
        """Tell whether a capitalised word is of the kind that names what an office is for."""
        if word in self.portfolios or word in self.honorifics:
            return word in self.portfolios
        if "-" in word:
            return all(part in self.portfolios or part in self.modifiers for part in word.split("-"))
        if len(word) <= 6 or not word.endswith(self.endings):
            return False
        return word not in self.no_field and word not in self.given  # "Clarence"


@lru_cache(maxsize=8)
def words_of(lexicon: Lexicon) -> Words:
    """Compile the words of titles and names of *lexicon*, once.

    Raises:
        InputError: a table that is needed is missing, or of the wrong kind.
    """
    try:
        return _compile(lexicon.grammar["titles"], lexicon.grammar["names"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"the grammar files titles.toml and names.toml do not fit: {error!r}") from error


def _compile(titles: Mapping[str, Any], names: Mapping[str, Any]) -> Words:
    words, tenure = titles["words"], titles["tenure"]
    heads = _heads(titles, tenure["elect"])
    return Words(
        heads=heads,
        charges={verb: _head_of(heads, title) for verb, title in titles["charges"].items()},
        acting=_set(tenure["acting"]),
        interim=frozenset(map(_split, tenure["interim"])),
        former=_set(tenure["former"]),
        elect=tuple(f"-{word.lower()}" for word in tenure["elect"]),
        skip=_set(tenure["skip"]),
        modifiers=_set(words["modifiers"]),
        portfolios=_set(words["portfolios"]),
        endings=tuple(words["endings"]),
        no_field=_set(titles["no-field"]["words"]),
        plain=_set(titles["plain"]["heads"]),
        leading=_set(titles["only-after"]["leader"]),
        judging=_set(titles["only-after"]["justice"]),
        unsure=(_set(titles["unsure"]["heads"]), _set(titles["unsure"]["before"])),
        lower=_set(titles["lower"]["words"]),
        joined=_set(titles["joined"]["words"]),
        verbs_too=_set(titles["verbs-too"]["words"]),
        roles=roles_of(titles["roles"]),
        implied={title.lower(): country for title, country in titles["implied"].items()},
        same={title.lower(): shorter for title, shorter in titles["same"].items()},
        short={slug: {key.lower(): value for key, value in table.items()} for slug, table in titles["short"].items()},
        own={country: _set(table["titles"]) for country, table in titles["own"].items()},
        executive=frozenset(titles["executive"]["publishers"]),
        **_beside(titles["beside"]),
        **_of_names(titles, names),
    )


def _beside(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Words` on what stands beside titles and names."""
    return {
        "ships": _set(table["ships"]),
        "matters": _set(table["matters"]),
        "realms": _set(table["realms"]),
        "cabinets": frozenset(map(_split, table["cabinets"])),
        "kept": frozenset(table["kept"]),
        "parties": _set(table["parties"]),
        "groups": frozenset(map(_split, table["groups"])),
        "present": frozenset(map(_split, table["present"])),
        "attended": _set(table["attended"]),
    }


def _of_names(titles: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Words` on the words in and around the names of persons."""
    never, honorifics = names["never"], titles["honorifics"]
    return {
        **{key: _set(honorifics[key]) for key in ("male", "female", "ranks", "professions", "kin")},
        "relations": _set((*honorifics["relations"], *honorifics["kin"])),
        "before_ranks": _set(honorifics["before-ranks"]),
        "honorifics": _set(honorifics["words"]),
        "particles": _set(names["particles"]["words"]),
        "given": frozenset(name.lower() for listed in names["given"].values() for name in listed.split()),
        "no_name": frozenset(word.lower() for listed in never.values() for word in listed.split()),
        "openers": _set(" ".join(never[key] for key in ("days", "headline", "small")).split()),
        "behind": _set(names["behind"]["words"]),
        "after_name": _set(names["after"]["words"]),
        "surnames": _set(names["surnames"]["words"]),
    }


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower().replace("’", "'") for word in words)


def lengths(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Return for each word of how many words the *phrases* are that begin with it, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        found[phrase[0]].add(len(phrase))
    return {first: tuple(sorted(known, reverse=True)) for first, known in found.items()}


def _heads(titles: Mapping[str, Any], elect: Iterable[str]) -> dict[tuple[str, ...], Head]:
    heads: dict[tuple[str, ...], Head] = {}
    irregular = {singular: plural for plural, singular in titles["plurals"].items()}
    kinds: dict[str, str] = {}
    for kind, listed in titles["heads"].items():
        for title in listed:
            kinds.setdefault(title, kind)
            for words, plural in _forms(title, irregular):
                heads.setdefault(words, Head(words, title, kind, plural))
                for ending in map(str.lower, elect if not plural else ()):
                    for named in ((*words[:-1], f"{words[-1]}-{ending}"), (*words, ending)):
                        heads.setdefault(named, Head(named, f"{title}-{ending.capitalize()}", kind))
    for short, title in titles["written-out"].items():
        kind = next((known for name, known in kinds.items() if title.endswith(name)), "government")
        for written, plural in ((short, False), (f"{short}s", True)):
            heads.setdefault(words := _split(written.lower()), Head(words, title, kind, plural, _split(written)))
    return heads


def _head_of(heads: Mapping[tuple[str, ...], Head], title: str) -> Head:
    """Return the head that is *title* itself; a title that is none is one of a body."""
    words = _split(title.lower())
    known = heads.get(words)
    return known if known and not known.written else Head(words, title, "body")


def _forms(title: str, irregular: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield _split(plain := title.lower().replace("’", "'")), False
    plural = irregular.get(title) or (plain[:-1] + "ies" if plain.endswith(("ary", "uty")) else plain + "s")
    yield _split(plural.lower()), True


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())
