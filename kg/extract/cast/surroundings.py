"""What the words around a person tell of the country that the person's office belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kg.extract.cast.coref import Figure
from kg.extract.cast.known import Hit
from kg.extract.cast.people import Sighting
from kg.extract.cast.tokens import Tokens
from kg.extract.cast.whois import terms_of
from kg.extract.scene import Scene
from kg.lexicon import Country
from kg.values import dataclass

__all__ = ["Surroundings", "owner_countries"]

_LIST = frozenset({",", "and", "&", "his", "her", "their"})
_REACHING = frozenset({"in", "to", "visited", "visiting", "at", "from"})
_TRAVEL = frozenset(
    {"traveled", "travelled", "travels", "travel", "visited", "visits", "visit", "arrived", "trip", "flew"}
)
_PEERS = frozenset({("counterpart", ","), ("counterparts", ",")})
_POSSESSIVES = frozenset({"his", "her"})
_INDEFINITE = frozenset({"a", "an"})
_PARTIES = frozenset({"delegation", "side", "team"})
_CONSISTING = frozenset({"comprised", "comprises", "included", "includes", "consisted", "led", "headed", "represented"})
_FOR_ITS_SIDE = frozenset({("on", "the"), ("from", "the"), ("for", "the"), ("representing", "the")})
"""Words before "Peruvian side" behind which all who are named are that side's."""
_MEETING = frozenset({"with", "met", "meets"})
_BESIDE = frozenset({"together", "along"})
"""Words before "with" that make it tell of company: "I travelled together with the Minister"."""
_OWN_COMPANY = frozenset({"joined", "accompanied"})


@dataclass(frozen=True)
class Surroundings:
    """The countries and places of one text by position. `home` is the country of the side that publishes."""

    scene: Scene
    tokens: Tokens
    figures: Sequence[Figure]
    hits: Sequence[Hit]
    home: Country | None
    sent: frozenset[str]
    """Heads of offices of who comes from another country than the people around."""

    @cached_property
    def foreign(self) -> tuple[Hit, ...]:
        """Names and adjectives of other countries, in text order."""
        return tuple(hit for hit in self.hits if hit.country and hit.country is not self.home)

    @cached_property
    def headline(self) -> tuple[Hit, ...]:
        """Those of them that stand in the title."""
        title = self.scene.readout.title
        return tuple(hit for hit in self.foreign if title and title.covers(hit.span))

    @cached_property
    def _ends(self) -> dict[int, Sighting]:
        return {sighting.end: sighting for figure in self.figures for sighting in figure.sightings}

    @cached_property
    def counterpart(self) -> str | None:
        """The one foreign country whose officials or ruler are named, if it is one."""
        owners = {country.id for country in owner_countries(self.figures) if country is not self.home}
        owners |= {id for figure in self.figures for one in figure.sightings if (id := self._ruled_by(one))}
        return owners.pop() if len(owners) == 1 else None

    def nearest(self, sighting: Sighting) -> str | None:
        """Return the foreign country in the title, else the last one named before, else the one named most."""
        before = [hit for hit in self.foreign if hit.first < sighting.begin]
        if chosen := self.headline[:1] or before[-1:]:
            return chosen[0].entry_id
        counts = Counter(hit.entry_id for hit in self.foreign)
        return next((id for id, _ in counts.most_common(1)), None)

    def area_before(self, sighting: Sighting) -> str | None:
        """Return the nearest state or city that is named before."""
        near = [hit for hit in self.hits if hit.is_area and hit.place and hit.first < sighting.begin]
        named = (hit.place for hit in reversed(near) if hit.first not in self._in_names)
        return next((place.id for place in named if place), None)

    @cached_property
    def _in_names(self) -> frozenset[int]:
        """The tokens of persons' names, some of which are those of places too: "Monaco"."""
        sightings = (sighting for figure in self.figures for sighting in figure.sightings)
        return frozenset(at for sighting in sightings for at in range(sighting.first, sighting.stop))

    def visited(self, sighting: Sighting) -> str | None:
        """Return the country in "Norway, where they met with Prime Minister Ewe"."""
        first = sighting.begin - len(self._before(sighting))
        before = [hit for hit in self.hits if hit.country and first <= hit.first < sighting.begin and not hit.adjective]
        if before and self.tokens.lower[before[-1].stop : before[-1].stop + 2] == (",", "where"):
            return before[-1].entry_id
        return None

    @cached_property
    def _stops(self) -> list[tuple[int, Country]]:
        """The stops of a trip: token and country, not where they are listed.

        "In Lima, …" and "then traveled to Lima" are stops if the title names Peru among others; if it names no country,
        where the text tells of the way there.
        """
        trip = {hit.country for hit in self.headline} if self.headline else self._travelled
        if self.headline and len(trip) < 2:
            return []
        found: list[tuple[int, Country]] = []
        for sentence in self.scene.sentences[self.scene.readout.title is not None :]:
            here = [
                (hit.first, country)
                for hit in self.hits
                if sentence.covers(hit.span) and (country := self._reached(hit)) in trip and country is not None
            ]
            found += here if len({country.id for _, country in here}) == 1 else []
        return found

    @cached_property
    def _travelled(self) -> set[Country | None]:
        """The other countries that somebody is said to have travelled to: both in "traveled to Lima and Quito"."""
        lower, found, end = self.tokens.lower, set[Country | None](), 0
        for hit in self.hits:
            beside = 0 < end < hit.first and _LIST.issuperset(lower[end : hit.first])
            told = not _TRAVEL.isdisjoint(lower[hit.first - 4 : hit.first])
            if country := self._country(hit) if beside else self._reached(hit) if told else None:
                found.add(country)
                end = hit.stop
        return found - {self.home}

    def _reached(self, hit: Hit) -> Country | None:
        """Return the country of a place that somebody is said to be in or to go to."""
        before = hit.first - 1 - (self.tokens.lower[hit.first - 1] == "the")
        return None if hit.adjective or self.tokens.lower[before] not in _REACHING else self._country(hit)

    def _country(self, hit: Hit) -> Country | None:
        """Return the country that is named, or in which the place lies."""
        country = hit.place.country if hit.place else None
        return hit.country or (self.scene.lexicon.country(country) if country else None)

    def stop(self, sighting: Sighting) -> str | None:
        """Return the country of the stop of a trip that is told of where the person is named."""
        before = [country for at, country in self._stops if at < sighting.begin]
        return before[-1].id if before else None

    def across(self, sighting: Sighting) -> str | None:
        """Return the other side's country where the person is named after "with" in a release on two countries."""
        countries = {hit.entry_id for hit in self.headline}
        if len(countries) != 1:
            return None
        return countries.pop() if self.is_received(sighting) else None

    def is_received(self, sighting: Sighting) -> bool:
        """Tell whether the person is met by what the sentence says, and not one of the speaker's own company."""
        words = self._before(sighting)
        where = list(self._stops_between(sighting.begin - len(words), sighting.begin))
        if "visit" in words and any(country is self.home for country in where):
            return False  # "During his visit to Ottawa, he also met with the Minister of Trade"
        if self.tokens.lower[sighting.begin - 2 : sighting.begin] in _PEERS:
            return True  # "met her counterpart, Trade Minister X"
        met = any(low in _MEETING and words[at - 1] not in _BESIDE for at, low in enumerate(words)) or (
            "meet" in words and any(country is not self.home for country in where)
        )
        return met and _OWN_COMPANY.isdisjoint(words)

    def _stops_between(self, first: int, stop: int) -> Iterator[Country]:
        """Yield the countries that the words tell of being in: Peru in "In Lima, she will meet Minister X"."""
        reached = (self._reached(hit) for hit in self.hits if first <= hit.first < stop)
        return (country for country in reached if country is not None)

    def _before(self, sighting: Sighting) -> tuple[str, ...]:
        """Return the words of the sentence before the person."""
        span = self.tokens.span(sighting.first, sighting.stop)
        sentence = next((sentence for sentence in self.scene.sentences if sentence.covers(span)), None)
        first = self.tokens.index(sentence.start) if sentence else 1
        return self.tokens.lower[first : sighting.begin]

    def in_delegation(self, sighting: Sighting) -> str | None:
        """Return whose delegation it is: "The Peruvian delegation included X", "a team of the Reef Fund led by X"."""
        before = self._before(sighting)
        start = sighting.begin - len(before)
        hits = [hit for hit in self.hits if start <= hit.first < sighting.begin and (hit.country or hit.body)]
        for noun in [start + at for at, low in enumerate(before) if low in _PARTIES][::-1]:
            behind = noun + 2 + (self.tokens.lower[noun + 2] == "the")
            named = self.tokens.lower[noun + 1] in {"of", "from"}
            for hit in hits:
                end = noun + 1 if hit.stop == noun else self._past_short(hit) if named and hit.first == behind else None
                between = self.tokens.lower[end : sighting.begin] if end else ()
                told = between[:1] == ("by",) or not _CONSISTING.isdisjoint(between[:4])  # "the other team by X"
                told = told or self.tokens.lower[hit.first - 2 : hit.first] in _FOR_ITS_SIDE
                if told and _MEETING.isdisjoint(between):
                    return hit.entry_id
        return None

    def _past_short(self, hit: Hit) -> int:
        """Return where the name ends with an abbreviation in brackets."""
        return hit.stop + 3 * (self.tokens.words[hit.stop] == "(" and self.tokens.words[hit.stop + 2] == ")")

    def its(self, sighting: Sighting) -> str | None:
        """Return the body or country that "its" means: "A team of the Reef Bank led by *its* Director, Ann Ewe"."""
        lower, before = self.tokens.lower, [hit for hit in self.hits if hit.first < sighting.begin]
        if lower[sighting.begin - 1] == "its":
            first = sighting.begin - len(self._before(sighting))
            near = [hit for hit in before if first <= hit.first and (hit.body or hit.country)]
        elif lower[sighting.begin - 1] == "'s" and lower[sighting.begin - 3] == "the":  # "*the bank's* President"
            noun = lower[sighting.begin - 2]
            near = [hit for hit in before if hit.body and noun in self.tokens.lower[hit.first : hit.stop]]
        else:
            return None
        return near[-1].entry_id if near else None

    def listed_after(self, sighting: Sighting) -> str | None:
        """Return the foreign country of the person named right before in the same list."""
        for end in (sighting.begin - 1, sighting.begin - 2):
            other = self._ends.get(end)
            if other is not None and set(self.tokens.lower[end : sighting.begin]) <= _LIST:
                if any(part.head.singular in self.sent for part in other.parts):
                    return None
                countries = [country for country in _countries(other) if country is not self.home]
                return countries[0].id if countries else self._ruled_by(other)
        return None

    def served(self, sighting: Sighting) -> str | None:
        """Return what the office of the person is of whom somebody serves: "Minister Ewe's Adviser, Tom Oak"."""
        chief = self._ends.get(sighting.begin - 1)
        if chief is None or self.tokens.lower[sighting.begin - 1] != "'s":
            return None
        owners = [owner for owner in (chief.owner, *(part.owner for part in chief.parts)) if owner is not None]
        return owners[0].entry_id if owners else self._ruled_by(chief)

    def subjects(self, sighting: Sighting) -> str | None:
        """Return the country of whom the text tells that it is "his Adviser", or "an Envoy" whom that person names."""
        lower, at = self.tokens.lower, sighting.begin
        if lower[at - 1] not in _POSSESSIVES | _INDEFINITE:
            return None
        first = at - len(self._before(sighting)) if lower[at - 1] in _INDEFINITE else 0
        acting = [
            other
            for figure in self.figures
            for other in figure.sightings
            if first <= other.begin < at
            and self.tokens.starts_sentence(other.begin - (lower[other.begin - 1] == "the"))
        ]
        if not acting:
            return None
        subject = max(acting, key=lambda other: other.begin)
        whose = next(figure for figure in self.figures if subject in figure.sightings)
        countries = {country.id for country in owner_countries([whose])}
        return countries.pop() if len(countries) == 1 else self._ruled_by(subject)

    def deputed(self, sighting: Sighting) -> str | None:
        """Return the body of whom somebody named right before is the director: "and Deputy Director Tom Oak"."""
        for end in (sighting.begin - 1, sighting.begin - 2):
            chief = self._ends.get(end)
            if chief is not None and _LIST.issuperset(self.tokens.lower[end : sighting.begin]):
                heads = {part.head.singular: part.owner for part in chief.parts}
                owners = [heads.get(part.head.singular) for part in sighting.parts if part.title.startswith("Deputy ")]
                own = next((owner.entry_id for owner in owners if owner and owner.body), None)
                return own or (self.deputed(chief) if owners else None)  # "and Deputy Directors Tom Oak and Ann Elm"
        return None

    def mission(self, sighting: Sighting) -> str | None:
        """Return the country whose ambassador is named last before somebody of the mission."""
        sent = [
            (other.begin, country)
            for figure in self.figures
            for part, other in figure.parts()
            if part.head.singular in self.sent and other.begin < sighting.begin
            for country in _countries(other)
        ]
        return max(sent, key=lambda one: one[0])[1].id if sent else None

    def sender(self, sighting: Sighting) -> str | None:
        """Return the body of no country that is named last before one whom it has sent: "a team of the IMF met …"."""
        bodies = [hit.body for hit in self.hits if hit.body and hit.first < sighting.begin]
        return next((body.id for body in reversed(bodies) if body.governmental and body.country is None), None)

    def _ruled_by(self, sighting: Sighting) -> str | None:
        """Return the other country that a person rules who is named without it: "President Ewe and Minister Oak"."""
        figure = next((figure for figure in self.figures if sighting in figure.sightings), None)
        day = self.scene.readout.issued
        if figure is None or day is None or not any(part.head.kind == "state" for part in sighting.parts):
            return None
        terms = [term for term in terms_of(self.scene.lexicon, figure.forms) if term.covers(day)]
        countries = {country.id for term in terms if (country := self.scene.lexicon.country(term.of))}
        return countries.pop() if len(countries) == 1 and (self.home is None or self.home.id not in countries) else None


def owner_countries(figures: Iterable[Figure]) -> Iterator[Country]:
    """Yield the countries that offices are said to be of, person by person."""
    return (country for figure in figures for sighting in figure.sightings for country in _countries(sighting))


def _countries(sighting: Sighting) -> Iterator[Country]:
    for owner in (sighting.owner, *(part.owner for part in sighting.parts)):
        if owner is not None and owner.country is not None:
            yield owner.country
