"""What was said and agreed: the clauses of a text as statements, with act, speakers, meeting, topics and the quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract.scene import Scene
from kg.extract.statements.acts import Acts, acts_of
from kg.extract.statements.attendees import Attendees, Speakers
from kg.extract.statements.clause import Clause, Mode
from kg.extract.statements.clause_ends import without_counterparts
from kg.extract.statements.clauses import clauses
from kg.extract.statements.names import Names
from kg.extract.statements.occasions import Occasions
from kg.extract.statements.speakers import RECEIVING, is_common_talk, speakers_of, with_partners
from kg.extract.statements.subjects import Subject
from kg.extract.statements.topics import topic_words, topics_in
from kg.extract.words import Words
from kg.lexicon import Lexicon
from kg.model import Act, Agency, Meeting, Mention, Person, Span, Statement, Topic
from kg.text import slug

__all__ = ["find_statements"]

_CONFIDENCE: dict[Mode, float] = {
    "finite": 0.95,
    "coordinated": 0.93,
    "infinitive": 0.93,
    "participle": 0.87,
    "talking": 0.95,
    "passive": 0.75,
    "future": 0.6,
}
_PURPOSES = frozenset({"infinitive", "talking"})
"""What these tell goes with the verb of an encounter."""
_RELATIVES = frozenset({"where", "which"})
"""After these it is told of the encounter just named: "met in May, *where* they discussed"."""
_QUOTES = frozenset({"“", "”", '"'})
_OTHER_TIMES = frozenset({"last", "ago", "earlier", "previously", "recently"})
_SHORT_QUOTE = 6
"""A sentence that begins with a title or a phrase in quotation marks is no literal speech."""
_LONGEST_QUOTE = 1500
_ARTICLES = ("the ", "a ", "an ", "their ", "his ", "her ", "our ", "its ")


def find_statements(scene: Scene) -> tuple[tuple[Statement, ...], tuple[Topic, ...]]:
    """Return what was said at the held meetings of *scene*, in text order, and the topics it was about.

    A scene without a held meeting has no statements. People, places, initiatives, events and meetings must be there.
    """
    held = [meeting for meeting in scene.meetings if meeting.status == "held"]
    if not held:
        return (), ()
    acts = acts_of(scene.lexicon)
    reading = _Reading(scene, acts, Occasions(held, scene.sentences, acts.sets["talks"]), _home(scene))
    for place, sentence in enumerate(scene.sentences):
        if sentence != scene.readout.title:
            reading.read(place, sentence)
    return tuple(reading.statements), tuple(reading.topics.values())


def _home(scene: Scene) -> str | None:
    """Return the id of the publisher's country, or of the body that publishes for several."""
    lexicon: Lexicon = scene.lexicon
    publisher = lexicon.publisher(name=scene.readout.publisher, url=scene.readout.source)
    if publisher is None or not publisher.country:
        return None
    country = lexicon.country(publisher.country)
    return country.id if country else f"agency/{slug(publisher.country)}"


@dataclass
class _Reading:
    """What has been read so far."""

    scene: Scene
    acts: Acts
    occasions: Occasions
    home: str | None
    statements: list[Statement] = field(default_factory=list)
    topics: dict[str, Topic] = field(default_factory=dict)
    before: tuple[int, Speakers] | None = None
    """The number of the meeting of the last statement, and who spoke: "they" may go on with them."""
    party: Attendees | None = None
    """Those who took part in the meeting of the last statement."""
    last_sentence: int = -2
    announced: bool = False
    """Whether a line announced a list ("The Ministers:") whose items have no mark."""
    shared: tuple[Subject, Speakers] | None = None
    """The last subject of the sentence under reading and who it is: a verb without a subject of its own shares it."""

    def read(self, place: int, sentence: Span) -> None:
        """Take in the statements of one *sentence*, number *place* of the text."""
        text = self.scene.text
        words = Words.of(text, sentence)
        item = self._is_item(sentence, words)
        if self.acts.triggers.isdisjoint(words.lower):
            return
        literal = _is_literal(text, sentence, words)
        names = Names.of(self.scene, sentence, words)
        self.shared = None
        for clause in clauses(words, names, self.acts, item=item):
            if literal:
                if not _tells_of_encounter(clause, words):
                    continue  # said to the press
                clause = _within_quotation(clause, words)
            if reason := self._read_clause(place, clause, words, names):
                quote = words.span(clause.first, clause.stop)
                self.scene.reject(quote, f"statements.{clause.mode}", reason)
        if self.scene.rejected is not None:
            self._note_unread(words)

    def _read_clause(self, place: int, clause: Clause, words: Words, names: Names) -> str:
        """Take in the statement of a clause of sentence *place*; return why it reports none, empty where it does."""
        quote = words.span(clause.first, clause.stop)
        if clause.mode == "future" and not self._continues(place, clause, names):
            return "the publisher's own voice"
        relative = clause.subject is not None and clause.subject.opener in _RELATIVES
        if (clause.mode in _PURPOSES or relative) and self._is_of_another(quote):
            return "of an earlier or a coming encounter"
        meeting = self.occasions.at(clause, words, names)
        speakers = self._speakers(clause, words, names, meeting)
        act = self.acts.act(clause.cue, words, clause.stop, joint=speakers.joint, aside=clause.mode == "participle")
        if act is None or (clause.cue.verb in self.acts.sets["joint-only"] and not speakers.joint):
            return "a deed or a fact, nothing said or agreed"
        if act == "commit" and self._is_absent(clause, names, meeting):
            return "announced by a body that did not take part"
        clause = without_counterparts(clause, words, names, self.occasions.present)
        self._add(clause, words, meeting, speakers, act)
        self.last_sentence = place
        if clause.cue.verb not in RECEIVING and clause.mode != "passive":
            self.before = meeting.number, speakers
        return ""

    def _is_item(self, sentence: Span, words: Words) -> bool:
        """Tell whether the sentence is an item of a list: by its mark, or its verb at the head after "Ministers:"."""
        text = self.scene.text
        marked = text[max(sentence.start - 2, 0) : sentence.start] == "- "
        listed = self.announced and any(form == "past" for _, form in self.acts.forms.get(words.at(0), ()))
        if text[sentence.start - 1 : sentence.start] != " ":
            self.announced = listed or words.at(len(words) - 1) == ":"
        return marked or listed

    def _is_of_another(self, quote: Span) -> bool:
        """Tell whether the encounter told last before the *quote*, in its sentence, is none that is reported here."""
        start = next(sentence.start for sentence in self.scene.sentences if sentence.covers(quote))
        told = [
            (mention.span.start, meeting.status)
            for meeting in self.scene.meetings
            for mention in meeting.evidence
            if start <= mention.span.start < quote.start
        ]
        return bool(told) and max(told)[1] != "held"

    def _is_absent(self, clause: Clause, names: Names, meeting: Meeting) -> bool:
        """Tell whether the subject is a body that nobody at the meeting stands for."""
        entity = names.last(clause.subject.first, clause.subject.stop) if clause.subject else None
        if not isinstance(entity, Agency) or entity.id in meeting.sides:
            return False
        if any(part.post and part.post.of == entity.id for part in meeting.participations):
            return False
        return not any(form in group for group in meeting.groups for form in (entity.name, *entity.aliases))

    def _note_unread(self, words: Words) -> None:
        """Note the verbs of saying that are in no statement: not said here, or part of what something else says."""
        quotes = [statement.evidence.span for statement in self.statements]
        for index, word in enumerate(words.lower):
            verb = word in self.acts.triggers and not (index and words.is_capital(index))
            cue = self.acts.cue(words, index) if verb else None
            if cue and not any(quote.covers(words.span(index, index + 1)) for quote in quotes):
                reason = "a verb of saying, but none of those who met is its subject here"
                self.scene.reject(words.span(index, cue.stop), "statements", reason)

    def _continues(self, place: int, clause: Clause, names: Names) -> bool:
        """Tell whether "The United States will …" spells out what was said just before in the same paragraph."""
        known = names.ending.get(clause.cue.at)
        if known is None or known[1].id != self.home:
            return False
        if self.last_sentence == place:
            return True
        here = self.scene.sentences[place].start
        return (
            self.last_sentence == place - 1 and "\n" not in self.scene.text[self.scene.sentences[place - 1].end : here]
        )

    def _speakers(self, clause: Clause, words: Words, names: Names, meeting: Meeting) -> Speakers:
        """Return who says it: all with whom it was discussed, the country's own, or whom the subject means."""
        if without_counterparts(clause, words, names, self.occasions.present) != clause:
            return Speakers(tuple(part.person for part in meeting.participations), joint=True)
        if clause.mode == "future":
            sides = {part.side for part in meeting.participations}
            ours = tuple(part.person for part in meeting.participations if part.side == self.home or len(sides) == 1)
            return Speakers(ours)
        party, before = self._party(meeting), self._spoke_before(meeting)
        if clause.cue.verb in RECEIVING or is_common_talk(clause, words, self.acts):
            return speakers_of(clause, words, names, self.acts, party, before)
        host = clause.subject or clause.host
        if clause.subject is None and self.shared and host == self.shared[0]:
            speakers = self.shared[1]
        else:
            speakers = speakers_of(clause, words, names, self.acts, party, before)
            self.shared = (host, speakers) if host else self.shared
        return with_partners(speakers, clause, words, names, self.acts, party)

    def _party(self, meeting: Meeting) -> Attendees:
        """Return those who took part in the meeting, whom most statements one after the other are of."""
        if self.party is None or self.party.meeting is not meeting:
            self.party = Attendees(meeting, self.home, self.acts.sets)
        return self.party

    def _spoke_before(self, meeting: Meeting) -> Speakers | None:
        """Return who spoke last at the meeting."""
        return self.before[1] if self.before and self.before[0] == meeting.number else None

    def _add(self, clause: Clause, words: Words, meeting: Meeting, speakers: Speakers, act: Act) -> None:
        quote = words.span(clause.first, clause.stop)
        obj = _object(clause, words)
        addressed = clause.cue.verb in self.acts.sets["addressing"]
        confidence = _CONFIDENCE[clause.mode] - (0.1 if clause.subject is None and clause.host is None else 0.0)
        self.statements.append(
            Statement(
                number=len(self.statements) + 1,
                meeting=meeting.number,
                act=act,
                speakers=speakers.ids,
                joint=speakers.joint,
                about=tuple(dict.fromkeys((*self._topics(obj, addressed), *self._entities(quote)))),
                evidence=Mention(quote, f"statements.{clause.mode}", round(confidence, 2)),
            )
        )

    def _topics(self, obj: Span, addressed: bool) -> Iterator[str]:
        for span in topics_in(self.scene.text, obj, topic_words(self.scene.lexicon), addressed=addressed):
            phrase = span.of(self.scene.text)
            name = _without_article(phrase)
            bare = Span(span.end - len(name), span.end)
            if any(mention.span == bare for mention, _ in self.scene.mentions_in(span)):
                continue  # it is an entity, which the statement is about anyway
            key = f"topic/{slug(name)}"
            mention = Mention(span, "topics.object", 0.8)
            known = self.topics.get(key)
            mentions = (*known.mentions, mention) if known else (mention,)
            self.topics[key] = Topic(id=key, name=known.name if known else name, mentions=mentions)
            yield key

    def _entities(self, quote: Span) -> Iterator[str]:
        for _, entity in self.scene.mentions_in(quote):
            if not isinstance(entity, Person):
                yield entity.id


def _is_literal(text: str, sentence: Span, words: Words) -> bool:
    """Tell whether the sentence is literal speech, which is said to the press, or goes on with it."""
    if words.at(0) in _QUOTES:
        return not _QUOTES & set(words.lower[1:_SHORT_QUOTE])
    before = text[max(sentence.start - _LONGEST_QUOTE, 0) : sentence.start].rpartition("\n\n")[2]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def _tells_of_encounter(clause: Clause, words: Words) -> bool:
    """Tell whether literal speech looks back on what was said: “*We discussed* the ferry”, not “We pledged help”."""
    host = clause.subject or clause.host
    own = host is not None and words.lower[host.first : host.stop] in {("we",), ("i",)}
    told = clause.mode in {"finite", "coordinated"} and clause.cue.form == "past" and clause.cue.act != "commit"
    return own and told and not _OTHER_TIMES.intersection(words.lower)


def _within_quotation(clause: Clause, words: Words) -> Clause:
    """End the clause where the literal speech ends: "“We discussed the ferry|,” the Minister said"."""
    stop = next((at for at in range(clause.cue.stop, clause.stop) if words.lower[at] in _QUOTES), clause.stop)
    stop -= stop < clause.stop and words.lower[stop - 1] in {",", ".", "!"}
    return replace(clause, stop=max(stop, clause.cue.stop))


def _object(clause: Clause, words: Words) -> Span:
    """Return what is spoken about: what follows the verb, or what precedes it in the passive."""
    if clause.first < clause.cue.at:
        return words.span(clause.first, clause.cue.at)
    return words.span(clause.cue.stop if clause.stop > clause.cue.stop else clause.first, clause.stop)


def _without_article(phrase: str) -> str:
    return phrase.partition(" ")[2] if phrase.lower().startswith(_ARTICLES) else phrase
