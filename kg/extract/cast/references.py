"""Whom "the Prime Minister", "he" and "she" mean, and who is known by an office alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.cast.absent import Absent, author
from kg.extract.cast.coref import Figure
from kg.extract.cast.owners import Owners
from kg.extract.cast.people import Office, Sighting
from kg.extract.cast.plurals import bearers
from kg.extract.cast.posts import Part, Phrase
from kg.extract.cast.pronouns import pronouns
from kg.extract.cast.titlewords import fit, title_words
from kg.model import Mention, Span

__all__ = ["References"]

_MINISTERS = ("minister", "councillor")
_PREMIERS = re.compile("Prime Minister|Downing Street|Taoiseach|Chancellery")


@dataclass
class References:
    """Resolves offices without a name and pronouns, once, for one readout.

    `absent` are those known by office alone, by title and owner; what else is meant is asked of `mentions`.
    """

    owners: Owners
    offices: Sequence[Office]
    absent: dict[tuple[str, str], Absent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens, self.figures, self.scene = self.owners.tokens, self.owners.figures, self.owners.scene
        self._meant: dict[int, list[Mention]] = {}
        self._marks: list[tuple[int, Figure | Absent]] = [
            (sighting.first, figure) for figure in self.figures for sighting in figure.sightings
        ]
        ends = [sighting.end for figure in self.figures for sighting in figure.sightings]
        self._ends = {*ends, *(office.phrase.stop for office in self.offices)}
        for office in self.offices:
            self._office(office)
        if (writer := author(self.owners, self.figures)) is not None:
            known = self.absent.setdefault((writer.title, writer.owner), writer)
            known.spans += writer.spans if known is not writer else []
            # no marks, since who writes "I" is no "he" or "she"
            self._meant.setdefault(id(known), []).extend(Mention(span, "people.author", 0.9) for span in writer.spans)
        for who, at in pronouns(self.tokens, self.scene.sentences, self._marks):
            self._mean(who, at, Mention(self.tokens.span(at, at + 1), "people.pronoun", 0.85))

    def mentions(self, who: Figure | Absent) -> Iterator[Mention]:
        """Yield where the person is meant without a name."""
        yield from self._meant.get(id(who), ())

    def _mean(self, who: Figure | Absent, at: int, mention: Mention) -> None:
        self._meant.setdefault(id(who), []).append(mention)
        self._marks.append((at, who))

    # --- offices ----------------------------------------------------------------------------------------------------

    def _office(self, office: Office) -> None:
        phrase = office.phrase
        part = phrase.parts[0]
        for title, body in bearers(office, self.owners, self.figures) if phrase.plural else ():
            self._mean_absent(title, body, office, self.tokens.span(phrase.first, phrase.stop))
        if phrase.plural or not self._refers(office):
            return
        first = phrase.first - (self.tokens.lower[phrase.first - 1] == "the")
        span = self.tokens.span(first, phrase.stop)
        leader = self._department_head(part)
        if leader is not None:
            leader.told.append(_told(first, phrase))
        if (figure := leader or self._bearer(office, part)) is not None:
            self._mean(figure, phrase.first, Mention(span, "people.office", 0.92))
            return
        owner = self.owners.of_office(part)
        known = part.head.kind == "state" or not part.bare or part.title.lower() in self.owners.short
        if owner is not None and known and part.tenure == "current":
            self._mean_absent(self.owners.title_alone(part), owner, office, span)

    def _mean_absent(self, title: str, owner: str, office: Office, span: Span) -> None:
        """Take the office for whom holds it, whom the text does not name."""
        absent = self.absent.setdefault((title, owner), Absent(title, owner))
        absent.spans.append(span)
        self._mean(absent, office.phrase.first, Mention(span, "people.office-alone", 0.85))

    def _refers(self, office: Office) -> bool:
        """Tell whether the phrase refers to somebody.

        So does "the Secretary", and the others in "the President, Vice President, and Secretary"; an abbreviation needs
        no article: "EAM thanked her".
        """
        at = office.phrase.first
        before = self.tokens.lower[at - 1]
        short = bool(office.phrase.parts[0].head.written) and self.tokens.lower[office.phrase.stop] != "of"
        return (
            short or before == "the" or (before in {"and", "&", ","} and office.phrase.capital and at - 1 in self._ends)
        )

    def _bearer(self, office: Office, part: Part) -> Figure | None:
        if title_words(part.title) == ("president",) and part.owner is None:
            presidents = [figure for figure in self.figures if _is_president(figure)]
            own = [figure for figure in presidents if self._is_home(figure)]
            foreign = [figure for figure in presidents if figure not in own]
            if own:
                return self._which_president(office, own[0], foreign[0]) if foreign else own[0]
            other = next(iter(foreign), None) or self._match(office, part)  # such as the president of a firm
            opening = min(self._opening_end(), self._first_bare)
            if other is not None and self._speaks_for_president() and other.first > opening:
                return None
        if part.title == "Prime Minister" and part.owner is None:
            if premier := self._own_premier():
                return premier
            if self._speaks_for_premier() or self._comes_first(office, part.title):
                return None
        ours = part.owner is None or (self.owners.home is not None and part.owner.entry_id == self.owners.home.id)
        if part.title == "Minister" and ours and (minister := self._own_minister()):
            return minister  # "the Minister", "the Swiss minister"
        if part.title == "Secretary" and part.owner is None and (secretary := self._own_secretary(office)):
            return secretary
        return self._match(office, part)

    def _own_minister(self) -> Figure | None:
        """Return the minister of the publisher's country who is the first to act, whom "the Minister" then means."""
        sightings = ((item.first, figure) for figure in self.figures for item in figure.sightings)
        acting = (one for one in sightings if one[0] >= self._body)
        first = min(acting, key=lambda one: one[0], default=None)
        return first[1] if first and any(self._is_home(first[1], title) for title in _MINISTERS) else None

    def _own_secretary(self, office: Office) -> Figure | None:
        """Return the secretary of the publisher's country who was named last, where no deputy or under secretary is."""
        secretaries = [figure for figure in self.figures if self._is_home(figure, "secretary", alone=True)]
        named = [
            (item.first, figure)
            for figure in secretaries
            for item in figure.sightings
            if item.first <= office.phrase.first
        ]
        return max(named, key=lambda one: one[0])[1] if named else None

    def _department_head(self, part: Part) -> Figure | None:
        """Return the minister whom "the head of the Department" means: of the publisher, or who held it on the day."""
        body, publisher = part.owner.body if part.owner else None, self.owners.publisher
        home, lexicon, day = self.owners.home, self.scene.lexicon, self.scene.readout.issued
        if title_words(part.title) != ("head",) or body is None or home is None:
            return None
        if publisher and body.name == publisher.name and (minister := self._own_minister()):
            return minister
        titles = (f"Head of the {name}" for name in (body.name, *body.aliases))
        held = (term for title in titles if day and (term := lexicon.holder(title, home.name, day)))
        holder = next((term.person for term in held), None)
        return next((figure for figure in self.figures if holder and figure.bears(holder)), None)

    def _own_premier(self) -> Figure | None:
        """Return the prime minister of the publisher's country, whom such a release calls just "the Prime Minister"."""
        premiers = [
            figure for figure in self.figures if any(part.title == "Prime Minister" for part, _ in figure.parts())
        ]
        if self.owners.home is None or (len(premiers) < 2 and not self._speaks_for_premier()):
            return None
        return next((figure for figure in premiers if self._is_home(figure, "minister")), None)

    @cached_property
    def _body(self) -> int:
        """The token at which the text below the title begins."""
        title = self.scene.readout.title
        return self.tokens.index(title.end) if title else 0

    @cached_property
    def _first_bare(self) -> int:
        """The token at which "the President" is first met without name or country."""
        return next(
            (
                office.phrase.first
                for office in self.offices
                if office.phrase.parts[0].owner is None
                and title_words(office.phrase.parts[0].title) == ("president",)
                and self._refers(office)
            ),
            len(self.tokens),
        )

    def _match(self, office: Office, part: Part) -> Figure | None:
        """Return who bears the title: whose title fits best, of several the one met last before."""
        lexicon, lower = self.scene.lexicon, self.owners.words.lower
        best, chosen = (0, 0), None
        owner = self.owners.of_office(part) if part.owner else None
        for figure in self.figures:
            if owner and owner.startswith("place/") and self._is_anothers(figure, owner):
                continue
            fitting = max((fit(part, known, lexicon, lower) for known, _ in figure.parts()), default=0)
            fitting += any(known.title.lower() == part.title.lower() for known, _ in figure.parts())
            if part.tenure != "former" and any(known.tenure == "former" for known, _ in figure.parts()):
                fitting = min(fitting, 1)  # who is in office now is meant, if anybody is
            before = max((item.first for item in figure.sightings if item.first <= office.phrase.first), default=-1)
            if fitting and (chosen is None or (fitting, before) > best):
                best, chosen = (fitting, before), figure
        return chosen

    def _is_anothers(self, figure: Figure, country: str) -> bool:
        """Tell whether all offices of the person are of other countries than *country*."""
        owners = {self.owners.owner(known, sighting, figure) for known, sighting in figure.parts()}
        return bool(owners) and all(owner and owner.startswith("place/") and owner != country for owner in owners)

    def _which_president(self, office: Office, own: Figure, foreign: Figure) -> Figure:
        """Choose between two presidents: the publisher's where the release opens with that one."""
        before = self.tokens.lower[max(0, office.phrase.first - 5) : office.phrase.first]
        if "vice" in before and "and" in before:
            return foreign
        return own if own.first <= self._opening_end() else foreign

    def _opening_end(self) -> int:
        """Return the token at which the title and the first two sentences end."""
        sentences = self.scene.sentences[: 3 if self.scene.readout.title else 2]
        return self.tokens.index(sentences[-1].end) if sentences else 0

    def _speaks_for_premier(self) -> bool:
        """Tell whether the publisher is the office of a prime minister, whom "the Prime Minister" then means."""
        written = f"{self.scene.readout.publisher or ''} {self.owners.publisher.name if self.owners.publisher else ''}"
        return self.owners.home is not None and _PREMIERS.search(written) is not None

    def _comes_first(self, office: Office, title: str) -> bool:
        """Tell whether the text below the title begins with the bare office, before anybody else who bears it."""
        office_key = self.scene.lexicon.post_key  # a Taoiseach is a prime minister
        bearers = (
            figure
            for figure in self.figures
            if any(office_key(part.title) == office_key(title) for part, _ in figure.parts())
        )
        named = (item.first for figure in bearers for item in figure.sightings if item.first >= self._body)
        bare = (one.phrase.first for one in self.offices if one.phrase.parts[0].title == title and self._refers(one))
        first = next((at for at in bare if at >= self._body), len(self.tokens))
        return self.owners.home is not None and first < min(named, default=0)

    def _speaks_for_president(self) -> bool:
        """Tell whether the publisher is the office of a president, whom "the President" then means."""
        publisher, home = self.owners.publisher, self.owners.home
        return publisher is not None and home is not None and publisher.name in self.owners.words.executive

    def _is_home(self, figure: Figure, title: str = "president", *, alone: bool = False) -> bool:
        """Tell whether the person bears such a title of the publisher's country; *alone*: no word stands before it."""
        home = self.owners.home
        return home is not None and any(
            self.owners.owner(part, sighting, figure) == home.id
            for part, sighting in figure.parts()
            if title in (title_words(part.title)[:1] if alone else title_words(part.title))
        )


def _told(first: int, phrase: Phrase) -> Sighting:
    """Return an office without a name as what is said of whom it means."""
    stop = phrase.stop
    return Sighting(first, stop, first, stop, phrase.parts, phrase=phrase, rule="people.office", confidence=0.9)


def _is_president(figure: Figure) -> bool:
    return any(title_words(part.title) == ("president",) and part.head.kind == "state" for part, _ in figure.parts())
