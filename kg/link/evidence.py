"""What speaks for and against an entity being an entry: numbers from 0 to 1, each named, and words for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.lexicon import fold
from kg.link.candidates import forms_of
from kg.link.gazetteer import Gazetteer
from kg.link.index import Entry, Tenure
from kg.link.names import Likeness, likeness
from kg.link.rows import day
from kg.link.subjects import Clue, Subject

__all__ = ["Evidence", "evidence", "names_of"]

_GRACE = timedelta(days=45)
"""How far a date of a source and a date of a text may be apart and still mean one term of office."""
_LONGEST = 4500
"""Days that an open-ended term is believed to last."""
_NEAR = timedelta(days=3650)
"""Service of the same country within this time is no surprise; later or earlier it is."""
_COUNTRY_TYPES = {"country", "territory", "historical"}
_PART_TYPES = {"territory", "state", "region", "city", "capital", "place"}
_RANKS_OF_POSTS = ("deputy", "vice", "under", "assistant", "former", "shadow", "principal")
"""Words of a title that make it another office."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found. `features` are the numbers, `held` an office that agrees and `reasons` the words."""

    entry: Entry
    name: Likeness
    features: Mapping[str, float]
    reasons: tuple[str, ...] = field(default=())

    def __getitem__(self, feature: str) -> float:
        return self.features.get(feature, 0.0)


def evidence(subject: Subject, entry: Entry, gazetteer: Gazetteer) -> Evidence:
    """Return what speaks for and against *subject* being *entry*."""
    forms = forms_of(subject) if names_of(entry, subject) is entry.names else (subject.name,)
    name = likeness(forms, names_of(entry, subject), is_person=subject.kind == "person")
    found = _of_name(name)
    reasons = [_in_words(name)]
    if subject.kind == "person":
        more, words = _of_offices(subject, entry, gazetteer)
    else:
        more, words = _of_country(subject, entry)
        if entry.label in {subject.name, *subject.aliases} or _is_called(subject, name):
            more["label"] = 1.0
    return Evidence(entry, name, found | more, (*reasons, *words))


def names_of(entry: Entry, subject: Subject) -> tuple[str, ...]:
    """Return the names under which an entry can be what *subject* is.

    Tables give territories the names of their chief cities, too ("Glasgow" for Scotland), so a place that is no country
    is one only by its label.
    """
    return (entry.label,) if entry.type == "territory" and not subject.is_country else entry.names


def _of_name(name: Likeness) -> dict[str, float]:
    if name.equal:
        return {"name_equal": float(name.words > 1), "name_equal_single": float(name.words == 1)}
    near = max(0.0, (name.least - 0.6) / 0.4)
    return {
        "name_near": near if name.words > 1 else 0.0,
        "name_share": near * name.share if name.words > 1 else 0.0,
        "name_part": near if name.words == 1 else 0.0,
        "name_differs": 1.0 - near,
    }


def _in_words(name: Likeness) -> str:
    if name.equal:
        return "name equal"
    if name.least == 1.0:
        return "part of the name equal"
    return f"name {name.least:.2f} alike"


# --- persons: offices, countries, days --------------------------------------------------------------------------


def _of_offices(subject: Subject, entry: Entry, gazetteer: Gazetteer) -> tuple[dict[str, float], list[str]]:
    """Compare the clues of a person with the terms of an entry: the best speaks for it, each stranger against."""
    ranked = [_best(clue, entry, gazetteer) for clue in subject.clues]
    telling = [match for match in ranked if match.outcome]
    if not telling:
        return {"unknown": 1.0}, []
    best = max(telling)
    strange = sum(match.outcome == "stranger" for match in telling) / len(telling)
    features = {best.outcome: 1.0} if best.outcome != "stranger" else {}
    words = [best.words] if best.words else []
    if strange:
        features["stranger"] = strange
        words.append("served no such country" if strange == 1 else f"does not fit {strange:.0%} of what is said")
    return features, words


_RANKS = (
    *("", "stranger", "country_far", "country_later", "other_office", "country_near"),
    *("post_other_time", "post_undated", "post_former", "held"),
)

"""What a clue can find, from the least to the most telling."""


@dataclass(frozen=True, slots=True)
class _Match:
    outcome: str
    words: str = ""

    def __lt__(self, other: _Match) -> bool:
        return _RANKS.index(self.outcome) < _RANKS.index(other.outcome)


def _best(clue: Clue, entry: Entry, gazetteer: Gazetteer) -> _Match:
    """Return the most telling of what the entry's terms say to a clue."""
    if clue.country is None or not entry.terms:
        return _Match("")
    return max((_match(clue, term, gazetteer) for term in entry.terms), default=_Match(""))


def _match(clue: Clue, term: Tenure, gazetteer: Gazetteer) -> _Match:
    if term.country is None:
        return _Match("")
    if clue.country not in {term.country, _whole(term.country, gazetteer)}:
        return _Match("stranger")
    time = _in_office(clue, term)
    if clue.post and _same_post(clue, term, gazetteer):
        return _office(clue, term, time, gazetteer)
    if time and clue.post:
        return _Match("other_office", f"was {term.post} then")
    if time is False and clue.last and term.start > clue.last.isoformat():
        return _Match("country_later", "served that country only later")
    if clue.first and _distance(clue, term) <= _NEAR:
        return _Match("country_near", "served that country at about that time")
    return _Match("country_far", "served that country, but not at that time")


def _office(clue: Clue, term: Tenure, time: bool | None, gazetteer: Gazetteer) -> _Match:
    country = gazetteer.entry(term.country or "")
    post = f"{term.post} of {country.label if country else term.country}"
    on = f" on {clue.first}" if clue.first and clue.first == clue.last else ""
    if time and clue.tenure != "former":
        return _Match("held", f"held {post}{on}")
    if clue.tenure == "former" and (clue.last is None or (day(term.start) or date.min) <= clue.last):
        return _Match("post_former", f"had been {post}")
    if time is None:
        return _Match("post_undated", f"held {post}, it is not known when")
    return _Match("post_other_time", f"held {post}, but not{on or ' then'}")


def _whole(country: str, gazetteer: Gazetteer) -> str | None:
    """Return the state that a part of it, such as Scotland, belongs to."""
    entry = gazetteer.entry(country)
    return entry.country if entry else None


def _same_post(clue: Clue, term: Tenure, gazetteer: Gazetteer) -> bool:
    """Tell whether two offices are one: a source may name the country or the body, or say more than a text does.

    "Chair" of the "Council of Economic Advisers" is "Chair of the Council of Economic Advisers", "Representative" of
    the United States is "United States representative".
    """
    mine, theirs = gazetteer.lexicon.post_key(clue.post), term.key
    if mine == theirs:
        return True
    country = gazetteer.entry(term.country or "")
    owner = {*fold(country.label if country else "").split(), *gazetteer.lexicon.post_key(clue.body).split()}
    first, second = set(mine.split()), set(theirs.split())
    if not first or any((rank in first) != (rank in second) for rank in _RANKS_OF_POSTS):
        return False
    if first <= second and second - first <= owner:
        return True
    fewer, more = sorted((first, second - owner), key=len)
    return len(fewer) > 1 and fewer <= more


def _in_office(clue: Clue, term: Tenure) -> bool | None:
    """Tell whether the term covers the days of the clue; None where it is not known."""
    if clue.first is None and clue.last is None:
        return None
    first, last = clue.first or date.min, clue.last or date.max
    start, end = day(term.start), day(term.end, last=True)
    if start and last < _shifted(start, -_GRACE):
        return False
    if end is None:
        if term.known_to is None or first > term.known_to:
            return None
        return None if start is None or (first - start).days > _LONGEST else True
    if first > _shifted(end, _GRACE):
        return False
    return None if start is None else True


def _shifted(value: date, by: timedelta) -> date:
    try:
        return value + by
    except OverflowError:
        return value


def _distance(clue: Clue, term: Tenure) -> timedelta:
    """Return how long before or after the term the days of the clue lie."""
    first, last = clue.first or clue.last, clue.last or clue.first
    start, end = day(term.start), day(term.end, last=True)
    if first is None or last is None:
        return timedelta(0)
    if start and last < start:
        return start - last
    latest = end or (start and max(start, term.known_to or start))
    return first - latest if latest and first > latest else timedelta(0)


# --- everything else: what it is, and of which country ----------------------------------------------------------


def _of_country(subject: Subject, entry: Entry) -> tuple[dict[str, float], list[str]]:
    features: dict[str, float] = {}
    words: list[str] = []
    sorts = _COUNTRY_TYPES if subject.is_country else _PART_TYPES  # tables have states and dependencies as territories
    if subject.kind == "place" and entry.type not in sorts:
        features["other_type"] = 1.0
        words.append(f"is a {entry.type}")
    own = entry.qid if subject.is_country else None if entry.country == entry.qid else entry.country
    if own is None:
        features["no_country"] = 1.0
    elif not subject.countries:
        features["unknown"] = 1.0
    elif own in subject.countries:
        features["same_country"] = 1.0
        words.append("of that country" if not subject.is_country else "is that country")
    else:
        features["stranger"] = 1.0
        words.append("of another country")
    return features, words


def _is_called(subject: Subject, name: Likeness) -> bool:
    """Tell whether any name of an entry is as good as its label: one of several words, of what is no place.

    Many towns have one name, and many bodies one abbreviation.
    """
    return subject.kind != "place" and name.equal and name.words > 1
