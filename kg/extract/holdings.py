"""From figures to persons: which offices they hold, of what, and every place where they are meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.complete import body_index
from kg.extract.coref import Figure, match_office, title_words
from kg.extract.known import Hit
from kg.extract.people import Office, Sighting
from kg.extract.posts import Part
from kg.extract.scene import Scene
from kg.extract.titles import Words
from kg.extract.tokens import Tokens
from kg.extract.whois import terms_of
from kg.lexicon import Country, Publisher, Term, fold
from kg.model import Holding, Mention, Person, Post, Span, Tenure
from kg.text import slug

__all__ = ["people_of"]

_STATE_TEXT = re.compile(r"\b[Ss]tate (?:[Ll]egislat|[Ll]awmaker|[Ss]enator|[Rr]epresentative|[Aa]ttorneys)")
_LEGISLATORS = frozenset({"senator", "representative", "congressman", "congresswoman", "delegate"})
_STATE_LEGISLATORS = frozenset({"senator", "representative", "delegate"})
_ASSEMBLY = frozenset({"assemblywoman", "assemblyman", "assemblymember", "member", "leader", "speaker", "whip"})
_OF_STATES = frozenset({"Governor", "Lieutenant Governor", "Attorney General"})
"""Offices of a federal state rather than of the city that bears its name."""
_SUBORDINATE = frozenset({"as", "while", "when", "before", "after", "although", "if", "since"})
_DEPUTIES = frozenset(
    ["deputy", "vice", "under", "undersecretary", "assistant", "alternate", "co", "shadow", "lieutenant", "associate"]
)


@dataclass(frozen=True)
class _Held:
    """A post with its evidence, before short and long forms of one title are brought together."""

    title: str
    of: str | None
    tenure: Tenure
    evidence: Mention
    part: Part


@dataclass
class _Absent:
    """Somebody whom no name in the text stands for, known by the office alone."""

    title: str
    owner: str
    part: Part
    spans: list[Span] = field(default_factory=list)
    male: bool | None = None


@dataclass
class _Caster:
    """Turns the figures of one readout into persons."""

    scene: Scene
    tokens: Tokens
    words: Words
    figures: Sequence[Figure]
    offices: Sequence[Office]
    hits: Sequence[Hit]
    absent: dict[tuple[str, str], _Absent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        readout, lexicon = self.scene.readout, self.scene.lexicon
        self.publisher: Publisher | None = lexicon.publisher(name=readout.publisher, url=readout.source)
        home = self.publisher.country if self.publisher else None
        self.home: Country | None = lexicon.country(home) if home else None
        self._bodies = body_index(lexicon)
        self.meant: dict[int, list[Mention]] = {}
        self.marks: list[tuple[int, Figure | _Absent]] = []
        self.home = self.home or self._first_country()
        self.counterpart = self._counterpart()

    def people(self) -> Iterator[Person]:
        """Yield the persons, named ones in text order, then those known by office alone."""
        for figure in self.figures:
            self.marks += [(sighting.first, figure) for sighting in figure.sightings]
        for office in self.offices:
            self._office(office)
        self._pronouns()
        for figure in self.figures:
            yield self._person(figure)
        yield from self._inferred()

    # --- offices without a name -------------------------------------------------------------------------------------

    def _office(self, office: Office) -> None:
        phrase = office.phrase
        if phrase.plural or not self._refers(office):
            return
        part = phrase.parts[0]
        figure = self._bearer(office, part)
        span = self._office_span(office)
        if figure is not None:
            self._mean(figure, Mention(span, "people.office", 0.92))
            self.marks.append((phrase.first, figure))
            return
        owner = self._office_owner(part)
        if owner is not None and (part.head.kind == "state" or part.owner is not None) and part.tenure == "current":
            title = self._long(part)
            absent = self.absent.setdefault((title, owner), _Absent(title, owner, part))
            absent.spans.append(span)
            self.marks.append((phrase.first, absent))

    def _refers(self, office: Office) -> bool:
        """Tell whether the phrase refers to somebody: "the Secretary", or the second of "the Secretary and Foreign Minister"."""
        at = office.phrase.first
        before = self.tokens.lower[at - 1]
        if before == "the":
            return True
        return before in {"and", "&"} and office.phrase.capital and self._follows_mark(at - 1)

    def _follows_mark(self, at: int) -> bool:
        ends = {other.phrase.stop for other in self.offices} | {
            sighting.end for figure in self.figures for sighting in figure.sightings
        }
        return at in ends

    def _office_span(self, office: Office) -> Span:
        first = office.phrase.first
        if self.tokens.lower[first - 1] == "the":
            first -= 1
        return self.tokens.span(first, office.phrase.stop)

    def _bearer(self, office: Office, part: Part) -> Figure | None:
        if title_words(part.title) == ("president",) and part.owner is None:
            presidents = [figure for figure in self.figures if self._is_president(figure)]
            own = [figure for figure in presidents if self._is_home(figure)]
            foreign = [figure for figure in presidents if not self._is_home(figure)]
            if own and foreign:
                return self._which_president(office, own, foreign)
            if own:
                return own[0]
            if foreign and self._is_executive() and foreign[0].first > self._opening_end():
                return None
        return match_office(office, part, self.figures, self.scene.lexicon)

    def _which_president(self, office: Office, own: list[Figure], foreign: list[Figure]) -> Figure:
        near = self.tokens.lower[max(0, office.phrase.first - 5) : office.phrase.first]
        if "vice" in near and "and" in near:
            return foreign[0]
        return own[0] if own[0].first <= self._opening_end() else foreign[0]

    def _opening_end(self) -> int:
        """Return the token at which the title and the first two sentences end."""
        sentences = self.scene.sentences[:3] if self.scene.readout.title else self.scene.sentences[:2]
        return self.tokens.index(sentences[-1].end) if sentences else 0

    def _is_executive(self) -> bool:
        return self.publisher is not None and "white-house" in slug(self.publisher.name)

    def _is_president(self, figure: Figure) -> bool:
        return any(
            title_words(part.title) == ("president",) and part.head.kind == "state" for part, _ in figure.parts()
        )

    def _is_home(self, figure: Figure) -> bool:
        owners = [
            self._owner(part, sighting, figure)
            for part, sighting in figure.parts()
            if "president" in title_words(part.title)
        ]
        return self.home is not None and self.home.id in owners

    def _office_owner(self, part: Part) -> str | None:
        if part.owner is not None:
            return _id(part.owner)
        if part.head.kind != "state" and part.title.lower() not in self._short():
            return None
        return self.home.id if self.home and self._is_own(part) else None

    # --- pronouns ---------------------------------------------------------------------------------------------------

    def _pronouns(self) -> None:
        """Give "he" and "she" to the first person before them in the sentence, or to one of the sentence before."""
        marks = sorted(self.marks, key=lambda mark: mark[0])
        previous: list[Figure | _Absent] = []
        for sentence in self.scene.sentences:
            first, stop = self.tokens.index(sentence.start), self.tokens.index(sentence.end)
            here = [mark for mark in marks if first <= mark[0] < stop]
            for index in range(first, stop):
                if self.tokens.lower[index] in {"he", "she"}:
                    before = [figure for at, figure in here if at < index]
                    after = [figure for at, figure in here if at > index]
                    looks_ahead = self.tokens.lower[index - 1] in _SUBORDINATE and not before
                    self._pronoun(index, before or (after if looks_ahead else []) or previous, here)
            here.sort(key=lambda mark: mark[0])
            previous = [figure for _, figure in here] or previous

    def _pronoun(
        self, index: int, candidates: list[Figure | _Absent], here: list[tuple[int, Figure | _Absent]]
    ) -> None:
        male = self.tokens.lower[index] == "he"
        for figure in candidates:
            if figure.male in {None, male}:
                figure.male = male
                self._mean(figure, Mention(self.tokens.span(index, index + 1), "people.pronoun", 0.85))
                here.append((index, figure))
                return

    def _mean(self, figure: Figure | _Absent, mention: Mention) -> None:
        self.meant.setdefault(id(figure), []).append(mention)

    # --- persons ----------------------------------------------------------------------------------------------------

    def _person(self, figure: Figure) -> Person:
        names = [
            Mention(self.tokens.span(sighting.first, sighting.stop), sighting.rule, sighting.confidence)
            for sighting in figure.sightings
        ]
        mentions = sorted((*names, *self.meant.get(id(figure), ())), key=lambda mention: mention.span)
        name = _best_form(figure)
        aliases = tuple(form for form in dict.fromkeys(figure.forms) if form != name)
        held = _merged(list(self._held(figure)), self.scene)
        holdings = tuple(
            Holding(post=Post(title=item.title, of=item.of), tenure=item.tenure, evidence=item.evidence)
            for item in held
        )
        return Person(
            id=f"official/{self._slug(name, holdings)}",
            name=name,
            aliases=aliases,
            mentions=tuple(mentions),
            official=self._is_official(held),
            holdings=holdings,
        )

    def _slug(self, name: str, holdings: Sequence[Holding]) -> str:
        if " " in name:
            return slug(name)
        of = next((holding.post.of for holding in holdings if holding.post.of), None)
        return f"{slug(name)}-{of.split('/')[1]}" if of else slug(name)

    def _is_official(self, held: Sequence[_Held]) -> bool:
        return any(self._is_public(item) for item in held)

    def _is_public(self, item: _Held) -> bool:
        owner = item.part.owner
        if owner and owner.body:
            return owner.body.governmental
        if item.of and (body := self._bodies.get(item.of)):
            return body.governmental
        if item.part.head.kind == "private":
            return False
        return (
            item.part.head.public or (item.of is not None and item.of.startswith("place/")) or "President" in item.title
        )

    def _held(self, figure: Figure) -> Iterator[_Held]:
        for part, sighting in figure.parts():
            of = self._owner(part, sighting, figure)
            title = self._long(part, figure, of)
            span = self.tokens.span(sighting.begin, sighting.end)
            yield _Held(title, of, part.tenure, Mention(span, sighting.rule, sighting.confidence), part)

    def _inferred(self) -> Iterator[Person]:
        for absent in self.absent.values():
            offices = [Mention(span, "people.office-alone", 0.85) for span in absent.spans]
            mentions = sorted((*offices, *self.meant.get(id(absent), ())), key=lambda mention: mention.span)
            holding = Holding(post=Post(title=absent.title, of=absent.owner), evidence=offices[0])
            name = f"{absent.title} of {absent.owner.split('/')[1].replace('-', ' ').title()}"
            yield Person(
                id=f"official/{slug(name)}", name=name, mentions=tuple(mentions), inferred=True, holdings=(holding,)
            )

    # --- titles and what they are of ----------------------------------------------------------------------------------

    def _short(self) -> Mapping[str, str]:
        return self.words.short.get(self.publisher.slug, {}) if self.publisher else {}

    def _long(self, part: Part, figure: Figure | None = None, of: str | None = None) -> str:
        """Return the title in full: "Secretary" in the words of the Department of State is "Secretary of State"."""
        full = self._short().get(part.title.lower()) if part.bare and part.owner is None else None
        if full and not (figure is not None and self._has_longer(part, figure)):
            return full
        if part.bare and part.title == "Secretary" and figure is not None:
            for term in self._terms(figure):
                if term.post.startswith("Secretary of") and (of is None or _place_id(self.scene, term.of) == of):
                    return term.post
        return self.words.same.get(part.title.lower(), part.title)

    def _has_longer(self, part: Part, figure: Figure) -> bool:
        """Tell whether the person's title is given in full elsewhere, or is one of another country."""
        short = title_words(part.title)
        for other, sighting in figure.parts():
            owner = other.owner or sighting.owner
            if owner is not None and (owner.body or (owner.country and owner.country is not self.home)):
                return True
            words = title_words(other.title)
            if len(words) > len(short) and words[: len(short)] == short and words[len(short)] != "state":
                return True
        return False

    def _owner(self, part: Part, sighting: Sighting, figure: Figure) -> str | None:
        """Return the id of the country or body that the office belongs to, by what is said first, by knowledge then."""
        said = part.owner or sighting.owner
        if said is not None:
            if (
                said.first == said.stop == 0
                and part.head.words[-1] in _LEGISLATORS
                and not _STATE_TEXT.search(self.scene.text)
            ):
                return self.home.id if self.home else _id(said)
            return _id(said)
        words = title_words(part.title)
        for other, elsewhere in figure.parts():
            owner = other.owner or elsewhere.owner
            if owner is not None and (
                title_words(other.title) == words or title_words(other.title)[: len(words)] == words
            ):
                return _id(owner)
        if implied := self.words.implied.get(part.title.lower()):
            return _place_id(self.scene, implied)
        return self._known_owner(part, figure) or self._owner_by_context(part, sighting, figure)

    def _state_id(self, said: Hit) -> str:
        """Return the id of a governor's state, which may bear the name of a city or a country: "Washington", "Georgia"."""
        assert said.place is not None
        if said.place.type == "state":
            return said.place.id
        form = said.span.of(self.scene.text)
        state = next((place for place in self.scene.lexicon.places if place.name == f"{form} State"), said.place)
        return state.id

    def _known_owner(self, part: Part, figure: Figure) -> str | None:
        key = self.scene.lexicon.post_key(part.title)
        words = title_words(part.title)
        for term in self._terms(figure):
            if self.scene.lexicon.post_key(term.post) == key or title_words(term.post)[: len(words)] == words:
                return _place_id(self.scene, term.of)
        return None

    def _terms(self, figure: Figure) -> list[Term]:
        """Return the terms of office that the figure's name may mean, those of the day of publication first."""
        day = self.scene.readout.issued
        return sorted(terms_of(self.scene.lexicon, figure.forms), key=lambda term: not (day and term.covers(day)))

    def _owner_by_context(self, part: Part, sighting: Sighting, figure: Figure) -> str | None:
        """Return what the office is of by its surroundings: the list it stands in, the publisher, the other side."""
        if before := self._listed_after(sighting):
            return before
        if part.head.words[-1] in _STATE_LEGISLATORS | _ASSEMBLY and _STATE_TEXT.search(self.scene.text):
            if area := self._area_before(sighting):
                return area
        if part.head.kind != "state" and part.head.kind != "private" and self._is_first(figure):
            return self._own_body(part)
        if self._is_own(part) and not self._is_somebody_else(part, figure):
            return (self._across(sighting) if part.head.kind != "state" else None) or self._own_body(part)
        if part.head.kind == "local" or part.head.singular in _OF_STATES:
            return self._area_before(sighting) or (self.home.id if self.home else None)
        if not part.head.public:
            return (self._across(sighting) or self._own_body(part)) if part.head.kind == "body" else None
        if self.home is not None and self.home.name not in self.words.own and part.head.kind != "state":
            return self._across(sighting) or self.home.id
        known = self._visited(sighting) or self.counterpart or self._foreign_before(sighting)
        return known or (self._own_body(part) if self._is_own(part) or part.title == "President" else None)

    def _is_first(self, figure: Figure) -> bool:
        """Tell whether the release opens with this person: it tells of the publisher's own people first."""
        named = [
            known for known in self.figures if any(part.head.words[-1][:6] != "spokes" for part, _ in known.parts())
        ]
        return bool(named) and named[0] is figure

    def _across(self, sighting: Sighting) -> str | None:
        """Return the other side's country, where the person is named after "with" in an account of a bilateral meeting."""
        title = self.scene.readout.title
        foreign = {
            hit.country.id: hit
            for hit in self.hits
            if hit.country and hit.country is not self.home and title and title.covers(hit.span)
        }
        if len(foreign) != 1:
            return None
        sentence = next(
            (span for span in self.scene.sentences if span.covers(self.tokens.span(sighting.first, sighting.stop))),
            None,
        )
        first = self.tokens.index(sentence.start) if sentence else 1
        before = self.tokens.lower[first : sighting.begin]
        return (
            next(iter(foreign)) if "with" in before and "joined" not in before and "accompanied" not in before else None
        )

    def _is_somebody_else(self, part: Part, figure: Figure) -> bool:
        """Tell whether the lexicon knows another one than the figure in that office of the publisher's country."""
        lexicon, day = self.scene.lexicon, self.scene.readout.issued
        if self.home is None or day is None:
            return False
        term = lexicon.holder(self._long(part), self.home.name, day)
        if term is None:
            return False
        return figure.full[-1] not in {word for name in (term.person, *term.aliases) for word in fold(name).split()}

    def _area_before(self, sighting: Sighting) -> str | None:
        """Return the nearest state or city that is named before."""
        near = [hit.place for hit in self.hits if hit.is_area and hit.place and hit.first < sighting.begin]
        return near[-1].id if near else None

    def _visited(self, sighting: Sighting) -> str | None:
        """Return the country in "Norway, where they met with Prime Minister Ewe"."""
        before = [hit for hit in self.hits if hit.country and hit.first < sighting.begin and not hit.adjective]
        if before and self.tokens.lower[before[-1].stop : before[-1].stop + 2] == (",", "where"):
            return _id(before[-1])
        return None

    def _foreign_before(self, sighting: Sighting) -> str | None:
        """Return the foreign country that the title names, or the nearest one that is named before the person."""
        foreign = [hit for hit in self.hits if hit.country and hit.country is not self.home]
        title = self.scene.readout.title
        headline = [hit for hit in foreign if title and title.covers(hit.span)]
        before = [hit for hit in foreign if hit.first < sighting.begin]
        counts = Counter(_id(hit) for hit in foreign)
        chosen = [_id(hit) for hit in headline[:1] or before[-1:]] or [id for id, _ in counts.most_common(1)]
        return chosen[0] if chosen else None

    def _own_body(self, part: Part) -> str | None:
        if part.head.words[-1] in {"spokesperson", "spokesman", "spokeswoman"} and self.publisher:
            body = self.scene.lexicon.body(self.publisher.name)
            return body.id if body else None
        return self.home.id if self.home else None

    def _is_own(self, part: Part) -> bool:
        """Tell whether the title is one that the publisher's own side bears."""
        if self.home is None:
            return False
        title = part.title.lower()
        own = self.words.own.get(self.home.name, frozenset())
        if (
            title in own
            or title in self._short()
            or part.head.words[-1] in {"spokesperson", "spokesman", "spokeswoman"}
        ):
            return True
        if part.head.kind in {"body", "private"}:
            return not part.head.public and part.head.kind == "body"
        return any(title.startswith(f"{known} ") for known in own) or (
            part.head.kind == "state" and self._held_at_home(part)
        )

    def _held_at_home(self, part: Part) -> bool:
        """Tell whether the publisher's country has such an office, by the terms that the lexicon lists."""
        lexicon, day = self.scene.lexicon, self.scene.readout.issued
        assert self.home is not None
        if day is not None:
            return lexicon.holder(part.title, self.home.name, day) is not None
        key = lexicon.post_key(part.title)
        return any(lexicon.post_key(term.post) == key and term.of == self.home.name for term in lexicon.terms)

    def _listed_after(self, sighting: Sighting) -> str | None:
        """Return the country of the person named right before in the same list."""
        for other in (other for figure in self.figures for other in figure.sightings):
            between = self.tokens.lower[other.end : sighting.begin]
            if not 0 < len(between) <= 2 or not set(between) <= {",", "and", "&"}:
                continue
            owner = other.owner or next((part.owner for part in other.parts if part.owner), None)
            if owner is not None and owner.country is not None and owner.country is not self.home:
                return _id(owner)
        return None

    def _first_country(self) -> Country | None:
        """Return the country of the first person who has one: a release by nobody known tells of its own people first."""
        for figure in self.figures:
            for part, sighting in figure.parts():
                owner = part.owner or sighting.owner
                if owner is not None and owner.country is not None:
                    return owner.country
        return None

    def _counterpart(self) -> str | None:
        """Return the one foreign country whose officials are named, if it is one."""
        owners = {
            owner.country.id
            for figure in self.figures
            for part, sighting in figure.parts()
            if (owner := part.owner or sighting.owner) and owner.country and owner.country is not self.home
        }
        return owners.pop() if len(owners) == 1 else None


def people_of(
    scene: Scene,
    tokens: Tokens,
    words: Words,
    figures: Sequence[Figure],
    offices: Sequence[Office],
    hits: Sequence[Hit],
) -> tuple[Person, ...]:
    """Return the persons of the readout, each with posts and all mentions."""
    found: dict[str, Person] = {}
    for person in _Caster(scene, tokens, words, figures, offices, hits).people():
        key, number = person.id, 2
        while key in found:
            key, number = f"{person.id}-{number}", number + 1
        found[key] = replace(person, id=key)
    return tuple(found.values())


def _id(hit: Hit) -> str:
    entry = hit.country or hit.body if hit.place is None or hit.country else hit.place
    if hit.body is not None and hit.country is None:
        entry = hit.body
    assert entry is not None
    return entry.id


def _place_id(scene: Scene, name: str) -> str | None:
    entry = scene.lexicon.country(name) or scene.lexicon.body(name)
    return entry.id if entry else f"place/{slug(name)}"


def _best_form(figure: Figure) -> str:
    """Return the longest form of the name, without a suffix of generation that others lack."""
    return max(figure.forms, key=lambda form: (len(form.split()), len(form)))


def _merged(held: list[_Held], scene: Scene) -> list[_Held]:
    """Bring short and long forms of one title together, in the long form with the first evidence."""
    kept: list[_Held] = []
    for item in held:
        for index, known in enumerate(kept):
            if (longer := _longer(known, item, scene)) is not None:
                of = longer.of or known.of or item.of
                kept[index] = replace(longer, of=of, evidence=known.evidence if longer is known else longer.evidence)
                break
        else:
            kept.append(item)
    return kept


def _longer(first: _Held, second: _Held, scene: Scene) -> _Held | None:
    """Return the one with the longer title if both are one office, else None."""
    if first.tenure != second.tenure and "former" in {first.tenure, second.tenure}:
        return None
    a, b = title_words(first.title), title_words(second.title)
    if a == b or scene.lexicon.post_key(first.title) == scene.lexicon.post_key(second.title):
        return first
    short, long = (first, second) if len(a) <= len(b) else (second, first)
    mine, theirs = title_words(short.title), title_words(long.title)
    if theirs[: len(mine)] == mine:
        return long
    extra = set(theirs[: -len(mine)]) if theirs[-len(mine) :] == mine else None
    if extra is not None and not extra & (_DEPUTIES | {"prime", "vice"}):
        return long
    return None
