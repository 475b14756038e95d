"""What follows the core of a title: what it is of, what field it is for, whom it serves."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.cast.cores import LONGEST, State, in_capitals
from kg.extract.cast.fields import Fields
from kg.extract.cast.known import Hit
from kg.extract.cast.titles import Head
from kg.extract.cast.tokens import END
from kg.lexicon import Body

__all__ = ["Complements"]

_FIELDS_TOO = frozenset({"service", "services"})
_INNER = frozenset({"on", "for", "of", "and", "&"})
_PREPOSITIONS = frozenset({"of", "for", "to", "on", "at", "in", "against", "with"})
_ON_NOTHING = frozenset({"parliament", "local", "state"})
"""Kinds of offices that are not on a matter: what follows "on" is what is told of them."""


def _tells(state: State, head: Head) -> bool:
    """Tell whether it is who speaks to the press, behind whom "on" says what a release is about."""
    return head.words[-1].startswith("spokes") or state.title[-2:] == ["Press", "Secretary"]


class Complements(Fields):
    """Reads complements; each returns whether it took something and moves the state behind it."""

    def _complement(self, state: State, head: Head, fields: list[tuple[int, int]]) -> bool:
        """Read whatever may stand behind a core: a body's name, a mark and a field, a preposition and what it leads."""
        low = self.tokens.lower[state.at]
        hit = self.owners.get(state.at)
        named = hit is not None and hit.body and hit.country is None and hit.stop > hit.first
        if hit and named and state.owner is None and self._names_after(hit.stop):
            self._own(state, hit)  # "Deputy Commander INDOPACOM General Ewe"
            return True
        if state.owner is None and self._names_body_in_short(state.at):
            self._body(state, state.at, state.at + 1)  # "Chairman RFC Dr. Ewe"
            return True
        if low == "/" and self.tokens.capital[state.at + 1] and not self._part_starts(state.at + 1):
            return self._field(state, state.at + 1, fields)  # "Director General/East Asia"
        if low == "(":
            return self._bracketed(state, fields)
        if low == "," and (stop := self._apposed(state)):
            return self._own_or_field(state, stop, fields)
        if low == "in" and self.tokens.lower[state.at + 1 : state.at + 3] == ("charge", "of"):
            return self._in_charge(state, fields)
        if low not in _PREPOSITIONS or self.tokens.words[state.at] == END:
            return False
        at = self._skip_the(state.at + 1)
        read = self._of_what(state, head, at, low)
        return self._for_what(state, head, at, fields) if read is None else read

    def _of_what(self, state: State, head: Head, at: int, low: str) -> bool | None:
        """Read what the office is of, behind such a preposition; None where it is rather what the office is for."""
        if low == "of" and at > state.at + 1 and head.words[-1] in self.words.roles.serving and self._serves(state, at):
            return True
        if low == "of" and self.tokens.lower[at] in self.words.realms and self.owners.get(at) is None:
            state.at = at + 1  # "the President of the Republic": which one, the text says elsewhere
            return True
        cabinet = self.owners.get(at)
        if self.tokens.lower[at : at + 3] in self.words.cabinets and (cabinet is None or cabinet.stop == at + 3):
            state.title += self.tokens.words[state.at : at + 3]
            state.at = at + 3
            return True
        if low in {"of", "to", "at", "in"} and self._is_of_whole(state, at, low):
            return True
        if low == "of" and state.owner is None and (stop := self._group_end(at)):
            self._body(state, at, stop)
            return True
        company = low in {"of", "at"} and state.owner is None and self._is_company(state, head, at)
        if company and (stop := self._firm_behind(at)):
            self._body(state, at, stop)
            return True
        if low in {"of", "at", "in"} and not (head.kind != "parliament" and self._is_portfolio(head, at, low)):
            owned = self._owner_after(state, head, at, low)
            firm = low == "at" and not owned and state.owner is None and self._is_company(state, head, at)
            if (owned or head.kind != "parliament") and not firm:  # a parliament's officers also have fields
                return owned
        if company:
            return self._company(state, at)
        told = low == "on" and (head.plural or head.kind in _ON_NOTHING or _tells(state, head))
        return False if told or low in {"at", "in", "with"} else None

    def _for_what(self, state: State, head: Head, at: int, fields: list[tuple[int, int]]) -> bool:
        """Read the country, the superior or the field that the office is for."""
        low, roles, owner = self.tokens.lower[state.at], self.words.roles, self.owners.get(at)
        named = owner is not None and owner.stop > at and (owner.body or owner.country)
        rank = owner is not None and self.tokens.lower[owner.stop] == "ambassador"
        if owner and named and not rank and self._part_starts(owner.stop):
            return False  # "Chief of Staff for European Commission President Ewe"
        if owner and owner.country and low == "for":
            if head.words[-1] in roles.of_countries:
                return False  # "thanked the Foreign Minister for Ghana's help"
            if head.singular in roles.sent and state.owner is None:
                state.owner, state.at = owner, owner.stop  # "the High Commissioner for Tonga"
                return True
        ministry = owner is not None and owner.body and self.tokens.lower[at] == "ministry"
        if low == "to" and head.singular == "Secretary" and ministry:
            return self._owner_after(state, head, at, "of")  # "Secretary to the Ministry of Ports"
        if low == "to" and self._part_starts(at):
            return self._superior(state, at)
        return self._field(state, at, fields)

    def _is_of_whole(self, state: State, at: int, preposition: str) -> bool:
        """Read past the larger body that the office's is part of: "of the Office of Reefs *at the Trade Department*".

        So is a body that is only called by its noun ("Secretary to the Ministry Ann Ewe"), and a country where the
        office is held: that is part of the title ("UN Resident Coordinator in Ghana Ann Ewe").
        """
        tokens, hit = self.tokens, self.owners.get(at)
        if hit is None:
            named = (
                tokens.capital[at] and at > state.at + 1 and tokens.lower[at] in self.body_heads - self.words.portfolios
            )
            if not named or preposition not in {"of", "to"} or not self._may_be_name(at + 1):
                return False
            state.at = at + 1
            return True
        where = preposition == "in" and hit.body is None  # "the Adviser of the Embassy *in Lima*, Ann Ewe"
        ends = hit.stop + (where and self.tokens.words[hit.stop] == ",")
        if state.owner is None or state.owner.body is None or not self._may_be_name(ends):
            return False
        if preposition == "in" and hit.country is not None and not hit.adjective and ends == hit.stop:
            state.title += ["in", *tokens.words[at : hit.stop]]
        elif not where and (hit.body is None or hit.place is not None or state.owner.stop > state.at):
            return False
        state.at = self._past_acronym(hit)
        return True

    def _names_after(self, at: int) -> bool:
        low = self.tokens.lower[at]
        return self.tokens.capital[at] and (
            low in self.words.ranks or low in self.words.honorifics or low in self.words.given
        )

    def _names_body_in_short(self, at: int) -> bool:
        """Tell whether the letters of a body that no table lists stand between a title and a styled name."""
        low = self.tokens.lower[at + 1]
        styled = self.tokens.capital[at + 1] and (low in self.words.ranks or low in self.words.honorifics)
        return styled and in_capitals(self.tokens, at) and self._may_be_name(at)

    def _is_company(self, state: State, head: Head, at: int) -> bool:
        """Tell whether an unlisted body is named at the token, as one of those that such titles belong to."""
        low = self.tokens.lower[at]
        if head.plural or (head.kind not in {"private", "body"} and head.singular != "President"):
            return False
        if self.words.head(self.tokens, at) is not None or low in self.body_heads:
            return False
        runs = head.words[-1] in self.words.roles.running and "Vice" not in state.title
        fielded = self.words.is_field(low) and not runs
        return self.tokens.capital[at] and not fielded and low not in self.words.given

    def _firm_behind(self, at: int) -> int:
        """Return where a firm's name ends that is a place and the name of another: "Ewe Bay *Shipping*"; 0 if not."""
        place = self.owners.get(at)
        firm = self.owners.get(place.stop) if place and place.body is None and not place.adjective else None
        known = firm is not None and firm.body is not None and not firm.body.governmental and firm.stop > firm.first
        return firm.stop if firm is not None and known else 0

    def _company(self, state: State, at: int) -> bool:
        """Read "of Ewe Shipping" after a title that only companies have."""
        stop = at
        while self.tokens.capital[stop] or self.tokens.words[stop] == "&":
            low = self.tokens.lower[stop]
            if stop > at and (low in self.words.given or low in self.words.ranks or low in self.words.honorifics):
                break
            stop += 1
        self._body(state, at, stop)
        return True

    def _group_end(self, at: int) -> int:
        """Return where the task force, coalition or network that is named at the token ends; 0 where none is named."""
        tokens, stop = self.tokens, at
        while tokens.capital[stop] and stop - at < LONGEST and not self._group_noun(stop):
            stop += 1
        noun = self._group_noun(stop)
        if not noun or (stop == at and noun > 1):
            return 0
        bare = stop == at  # "the Coalition of Reef Workers"
        stop += noun
        while stop - at < 2 * LONGEST:
            small = tokens.lower[stop] in _INNER
            more = stop + small + (small and tokens.lower[stop + 1] == "the")
            dated = tokens.words[stop].isdigit() and len(tokens.words[stop]) == 4
            if dated or (tokens.capital[more] and tokens.lower[more] not in self.words.given):
                stop = more + 1
            else:
                break
        return 0 if bare and stop == at + noun else stop

    def _group_noun(self, at: int) -> int:
        """Return how many tokens at *at* are the noun for a group, the last of its name's capitalised words."""
        lower, groups = self.tokens.lower, self.words.groups
        return (
            2 if lower[at : at + 2] in groups else int(lower[at : at + 1] in groups and not self.tokens.capital[at + 1])
        )

    def _body(self, state: State, at: int, stop: int) -> None:
        """Take tokens as the name of the body that the office is of."""
        span = self.tokens.span(at, stop)
        name = " ".join(self.tokens.words[at:stop])
        state.owner, state.at = Hit(span, at, stop, body=Body(name, governmental=False)), stop
        self.made.append(state.owner)

    def _is_portfolio(self, head: Head, at: int, preposition: str) -> bool:
        hit = self.owners.get(at)
        if preposition != "of" or (head.singular in self.words.roles.of_bodies and hit is not None):
            return False
        if hit is None or hit.stop == at:
            return True
        words = self.tokens.lower[at : hit.stop]
        if hit.body is not None and (self._is_house(hit) or self.tokens.words[at].isupper()):
            return False  # "of the White House", "of the EU"
        whole = hit.body is not None and len(words) > 2 and " ".join(words) == hit.body.name.lower()
        if whole and head.kind == "body":
            return False  # "the Chairperson of the East African Community"
        if hit.country is not None or (hit.body is not None and {words[0], words[-1]} & self.body_heads - _FIELDS_TOO):
            return False
        joining = {",", "and", "&"}
        return all(self.words.is_field(word) or word in self.words.modifiers or word in joining for word in words)

    def _is_house(self, hit: Hit) -> bool:
        """Tell whether it is the whole name of a building too: "the White House", not "White House Initiative"."""
        return hit.place is not None and not self.tokens.capital[hit.stop]

    def _owner_after(self, state: State, head: Head, at: int, preposition: str) -> bool:
        hit = self.owners.get(at)
        if hit is None or hit.stop == at:
            return False
        inner = self.owners.get(hit.stop + (self.tokens.lower[hit.stop] in {"'s", "'"}))
        if inner and inner.body and inner.stop > inner.first:
            long = hit.body is not None and hit.stop - hit.first > 1 and inner.first == hit.stop
            hit = replace(hit, stop=inner.stop) if long else inner  # "of NATO's Military Committee"
        if preposition == "in" and head.singular in self.words.roles.sent and hit.is_area:
            state.at = hit.stop  # "the High Commissioner of Kenya in Canberra": where, not of what
            return True
        if preposition != "of" and hit.body is None:
            return False
        if state.owner is not None and (state.owner.body is not None or not hit.is_area):
            if preposition == "of" and state.owner.body is None and hit.body is not None:
                self._own(state, hit)
                return True
            return False
        if state.owner is not None and preposition == "of" and hit.is_area:
            return False
        state.owner = hit
        state.at = self._past_acronym(hit) if hit.body else hit.stop
        if self.tokens.capital[state.at] and self.tokens.lower[state.at] in self.words.parties:
            state.title += ["of", "the", self.tokens.words[state.at]]  # "Head of the EU *Delegation*"
            state.at += 1
        return True

    def _superior(self, state: State, at: int) -> bool:
        """Read "to the President": the office that this one serves is part of the title."""
        inner = State(at, [])
        head = self._core(inner)
        if head is None:
            return False
        state.title += [self.tokens.words[index] for index in range(state.at, inner.at)]
        state.at = inner.at
        return True

    def _serves(self, state: State, at: int) -> bool:
        """Read "of the UN Secretary-General" behind a representative: whom one represents is part of the title."""
        owner = self.owners.get(at)
        owner = owner if owner and owner.body and owner.stop > at else None
        if not self._part_starts(owner.stop if owner else at):
            return False
        inner = State(owner.stop if owner else at, [])
        self._core(inner)
        state.title += self.tokens.words[state.at : inner.at]
        state.at, state.owner = inner.at, state.owner or owner
        return True
