"""What an office is of, and its title in full: by what is said first, by knowledge, by the surroundings at last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.cast.coref import Figure
from kg.extract.cast.known import Hit, country_in
from kg.extract.cast.people import Sighting
from kg.extract.cast.posts import Part
from kg.extract.cast.settled import STATE_TEXT
from kg.extract.cast.surroundings import Surroundings, owner_countries
from kg.extract.cast.titles import Words
from kg.extract.cast.titlewords import is_short, title_words
from kg.extract.cast.tokens import END, Tokens
from kg.extract.cast.whois import terms_of
from kg.extract.scene import Scene
from kg.lexicon import Country, Publisher, Term, fold
from kg.text import slug

__all__ = ["Owners"]

_STATE_LEGISLATORS = frozenset({"senator", "representative", "delegate"})
_ASSEMBLY = frozenset({"assemblywoman", "assemblyman", "assemblymember", "member", "leader", "speaker", "whip"})
_CONGRESS = _STATE_LEGISLATORS | {"congressman", "congresswoman"}
_OF_STATES = frozenset({"Governor", "Lieutenant Governor", "Attorney General"})
"""Offices of a federal state rather than of the city that bears its name."""
_LINK = re.compile(" (?:for|of) ")
_RECEIVED = frozenset({"received", "receives", "welcomed", "welcomes", "hosted", "hosts"})
_SPOKESPERSONS = frozenset({"spokesperson", "spokesman", "spokeswoman"})


@dataclass
class Owners:
    """Tells of one readout's offices what they are of. `publisher` is who speaks, `home` their country."""

    scene: Scene
    tokens: Tokens
    words: Words
    figures: Sequence[Figure]
    hits: Sequence[Hit]

    def __post_init__(self) -> None:
        readout, lexicon = self.scene.readout, self.scene.lexicon
        self.publisher: Publisher | None = lexicon.publisher(name=readout.publisher, url=readout.source)
        name = self.publisher.country if self.publisher else None
        country = lexicon.country(name) if name else country_in(lexicon, readout.publisher or "")
        # A release by nobody known tells where it was given out or guests received, and of its own people first.
        self.home: Country | None = country or self._dateline() or next(owner_countries(self.figures[:1]), None)
        self.around = Surroundings(self.scene, self.tokens, self.figures, self.hits, self.home, self.words.roles.sent)

    def _dateline(self) -> Country | None:
        """Return the country of the city that stands alone in a line or opens one with a date: "Bern, 12.03.2024"."""
        words = self.tokens.words
        for hit in self.hits:
            before, after = words[hit.first - 1], words[hit.stop : hit.stop + 2]
            dated = after and after[0] in {",", "|", ":"} and len(after) > 1 and after[1][:1].isdigit()
            if hit.place and hit.place.country and before in {END, "|"} and (after[0] == END or dated):
                return self.scene.lexicon.country(hit.place.country)
        return self._host_country()

    def _host_country(self) -> Country | None:
        """Return the country of the first city in which a sentence has somebody receive a guest: "in Berlin"."""
        lower = self.tokens.lower
        for hit in self.hits:
            if hit.place and hit.place.country and lower[hit.first - 1] == "in":
                start = next((at for at in range(hit.first, 0, -1) if self.tokens.starts_sentence(at)), 1)
                if not _RECEIVED.isdisjoint(lower[start : hit.first]):
                    return self.scene.lexicon.country(hit.place.country)
        return None

    # --- the title in full ------------------------------------------------------------------------------------------

    @property
    def short(self) -> Mapping[str, str]:
        """The publisher's own short titles: "Secretary" is "Secretary of State" at the Department of State."""
        return self.words.short.get(self.publisher.slug, {}) if self.publisher else {}

    def title(self, part: Part) -> str:
        """Return the title as the text has it, without the body that it is of."""
        return self.words.same.get(part.title.lower(), part.title)

    def title_alone(self, part: Part) -> str:
        """Return the title in full of an office that stands alone: "the Secretary" of the Department of State."""
        full = self.short.get(part.title.lower()) if part.bare and part.owner is None else None
        return full or self.title(part)

    # --- what it is of ----------------------------------------------------------------------------------------------

    def owner(self, part: Part, sighting: Sighting, figure: Figure) -> str | None:
        """Return the id of the country, place or body that an office of *figure* belongs to, None if nothing tells."""
        if (said := part.owner or sighting.owner) is not None:
            return self._said(part, said, figure)
        words, lower = title_words(part.title), self.words.lower
        longer = [item for item in figure.parts() if is_short(words, title_words(item[0].title), lower)]
        for other, elsewhere in longer:
            if (owner := other.owner or elsewhere.owner) is not None:
                return self._said(other, owner, figure)
        for title in (part.title, *(other.title for other, _ in longer)):
            if implied := self._implied(title.lower()):
                return self._id_of(implied)
        known = self._known(part, figure) or self._elsewhere(part, figure) or self._serves(part, figure)
        return known or self._by_context(part, sighting, figure)

    def _implied(self, title: str) -> str | None:
        """Return what the title alone tells that it is of: "European Commissioner for Ports"."""
        whole = {title, *(title[: link.start()] for link in _LINK.finditer(title))}
        if self.words.implied.keys().isdisjoint(whole):
            return None
        return next(owner for known, owner in self.words.implied.items() if known in whole)

    def _elsewhere(self, part: Part, figure: Figure) -> str | None:
        """Return the foreign country that another of the person's offices is of, where both are of a government.

        An envoy who heads a delegation is of those who sent it: "Ambassador Ewe, Head of the EU Delegation".
        """
        if part.head.singular in self.words.roles.sent:
            missions = (other for other, _ in figure.parts() if {*other.title.lower().split()} & self.words.parties)
            if sender := next((other.owner for other in missions if other.owner), None):
                return sender.entry_id
        if part.head.kind not in {"state", "government"}:
            return None
        owners = [other.owner for other, _ in figure.parts() if other.owner and other.head.kind == part.head.kind]
        countries = [owner.country for owner in owners if owner.country is not None]
        return countries[0].id if countries and countries[0] is not self.home else None

    def _serves(self, part: Part, figure: Figure) -> str | None:
        """Return the one country in whose offices the figure is known to be on the day of publication."""
        day = self.scene.readout.issued
        if day is None or part.head.kind not in {"state", "government", "parliament"} or len(figure.full) < 2:
            return None
        named = (term.of for term in terms_of(self.scene.lexicon, figure.forms) if term.covers(day))
        countries = {country.id for name in named if (country := self.scene.lexicon.country(name))}
        return countries.pop() if len(countries) == 1 else None

    def of_office(self, part: Part) -> str | None:
        """Return what an office is of that nobody named bears: "the President" of the publisher's country."""
        if part.owner is not None:
            return part.owner.entry_id
        if part.head.kind != "state" and part.title.lower() not in self.short:
            fielded = part.head.kind == "government" and not part.bare
            return self.home.id if self.home and fielded and self._is_held_at_home(part, self.home) else None
        return self.home.id if self.home and self._is_own(part) else None

    def _said(self, part: Part, said: Hit, figure: Figure) -> str:
        if said.is_code and part.head.kind == "parliament" and not STATE_TEXT.search(self.scene.text):
            home = self.home.id if self.home else said.entry_id  # "Senator Ewe (D-NY)" sits in Congress
            return home if part.head.words[-1] in _CONGRESS else self._known(part, figure) or home
        if said.place is not None and part.head.singular in _OF_STATES and said.place.type != "state":
            form = said.span.of(self.scene.text)
            named = (place for place in self.scene.lexicon.places if place.type == "state")
            state = next((place for place in named if place.name in {form, f"{form} State"}), said.place)
            return state.id
        return said.entry_id

    def _known(self, part: Part, figure: Figure) -> str | None:
        key, words = self.scene.lexicon.post_key(part.title), title_words(part.title)
        for term in self._terms(figure):
            known = title_words(term.post)
            wider = len(known) > 1 and words[: len(known)] == known  # of a minister, "Minister of Finance and Ports"
            near = known[: len(words)] == words or (wider and self.scene.lexicon.country(term.of) is not None)
            if near or self.scene.lexicon.post_key(term.post) == key:
                return self._id_of(term.of)
        return None

    def _terms(self, figure: Figure) -> list[Term]:
        """Return the terms of office that the figure's name may mean, those of the day of publication first."""
        day = self.scene.readout.issued
        return sorted(terms_of(self.scene.lexicon, figure.forms), key=lambda term: not (day and term.covers(day)))

    def _id_of(self, name: str) -> str:
        entry = self.scene.lexicon.country(name) or self.scene.lexicon.body(name)
        return entry.id if entry else f"place/{slug(name)}"

    def _by_context(self, part: Part, sighting: Sighting, figure: Figure) -> str | None:
        """Return what the office is of by its surroundings: the list it stands in, the publisher, the other side."""
        around, kind = self.around, part.head.kind
        if part.head.singular in self.words.roles.missions and (country := around.mission(sighting)):
            return country
        if part.head.singular in self.words.roles.delegated and (body := around.sender(sighting)):
            return body
        told = (around.its, around.served, around.deputed, around.subjects, around.in_delegation, around.listed_after)
        if before := next(filter(None, (tell(sighting) for tell in told)), None):
            return before
        if self.home and part.tenure == "acting" and kind == "state":
            return self.home.id
        is_member = part.head.words[-1] in _STATE_LEGISLATORS or part.head.words[-1] in _ASSEMBLY
        if is_member and STATE_TEXT.search(self.scene.text) and (area := around.area_before(sighting)):
            return area
        if kind not in {"state", "private"} and self._is_first(figure):
            return self._own_body(part)
        if (visited := around.visited(sighting)) and around.is_received(sighting):
            return visited
        if self._is_own(part) and not self._is_somebody_else(part, figure):
            return (around.across(sighting) if kind != "state" else None) or self._own_body(part)
        if kind == "local" or part.head.singular in _OF_STATES:
            return around.area_before(sighting) or (self.home.id if self.home else None)
        if not part.head.public:
            return (around.across(sighting) or self._own_body(part)) if kind == "body" else None
        foreign = part.head.words[-1] == "minister" and self.home is not None and self.home.name in self.words.own
        if self.home is not None and kind != "state" and not foreign and not around.is_received(sighting):
            return around.across(sighting) or self.home.id
        known = around.visited(sighting) or around.stop(sighting) or around.counterpart or around.nearest(sighting)
        if known or part.title != "President":
            alone = kind == "government" and not (foreign or around.foreign)
            return known or (self._own_body(part) if alone or self._is_own(part) else None)
        return None if len(figure.full) > 1 and self._is_somebody_else(part, figure) else self._own_body(part)

    def _is_first(self, figure: Figure) -> bool:
        """Tell whether the release opens with this person: it tells of the publisher's own people first."""
        for known in self.figures:
            heads = [part.head.words[-1] for part, _ in known.parts()]
            if any(head not in _SPOKESPERSONS for head in heads):
                return known is figure
        return False

    def _own_body(self, part: Part) -> str | None:
        """Return the publisher's country; the publisher itself for a spokesperson, or where it is of no country."""
        if self.home is not None and part.head.words[-1] not in _SPOKESPERSONS:
            return self.home.id
        body = self.scene.lexicon.body(self.publisher.name) if self.publisher else None
        return body.id if body else None

    def _is_own(self, part: Part) -> bool:
        """Tell whether the title is one that the publisher's own side bears."""
        if self.home is None:
            return False
        title = part.title.lower()
        own = self.words.own.get(self.home.name, frozenset())
        if title in own or title in self.short or part.head.words[-1] in _SPOKESPERSONS:
            return True
        if part.head.kind in {"body", "private"}:
            return part.head.kind == "body"
        if part.head.kind == "state" and self._is_held_at_home(part, self.home):
            return True
        return any(title.startswith(f"{known} ") for known in own)

    def _is_held_at_home(self, part: Part, home: Country) -> bool:
        """Tell whether the publisher's country has such an office, by the terms that the lexicon lists."""
        lexicon, day = self.scene.lexicon, self.scene.readout.issued
        if day is not None:
            return lexicon.holder(part.title, home.name, day) is not None
        return lexicon.post_key(part.title) in self._posts_at_home

    @cached_property
    def _posts_at_home(self) -> frozenset[str]:
        lexicon, home = self.scene.lexicon, self.home
        return frozenset(lexicon.post_key(term.post) for term in lexicon.terms if home and term.of == home.name)

    def _is_somebody_else(self, part: Part, figure: Figure) -> bool:
        """Tell whether the lexicon knows another one than the figure in that office of the publisher's country."""
        lexicon, day = self.scene.lexicon, self.scene.readout.issued
        if self.home is None or day is None:
            return False
        term = lexicon.holder(self.title_alone(part), self.home.name, day)
        if term is None:
            return False
        return figure.full[-1] not in {word for name in (term.person, *term.aliases) for word in fold(name).split()}
