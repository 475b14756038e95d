"""Whose voice the subject of a clause is: names, pronouns and parties as persons who took part in the meeting."""

from __future__ import annotations

from kg.extract.statements.acts import Acts
from kg.extract.statements.attendees import Speakers
from kg.extract.statements.groups import PREPOSITIONS
from kg.extract.statements.voice import Voice
from kg.extract.words import word_set

__all__ = ["speakers_of_voice"]

_SINGULAR = word_set("he she who")
_PLURAL = word_set("they we both all each")
_EVERYBODY = ("all", "participants")
_GUESTS_DO = frozenset({"inform", "request"})
"""What "participants" at home do is done by the guests: they tell and ask."""
_US = word_set("us me")
_OTHERS = word_set("him her them")
_BARE = word_set("the our two three four five both all these those each other six seven and")


def speakers_of_voice(voice: Voice) -> Speakers:
    """Return the persons that the subject means: as a whole, by name, by pronoun, or as a party without a name."""
    if voice.is_spokesperson() or voice.is_some():
        return Speakers(())
    found = _of_all(voice) or _of_title(voice) or _of_named(voice) or _of_pronoun(voice) or _of_party(voice)
    told = _told_in_party(voice)
    if found.joint:
        if told and (voice.party.is_international or voice.noun in voice.acts.sets["joint"]):
            return voice.party.without_side_of(told)
        return Speakers(tuple(one for one in found.ids if one not in told), joint=True) if told else found
    others = tuple(one for one in found.ids if one not in told)  # nobody tells it to himself
    return Speakers(others or found.ids)


def _of_all(voice: Voice) -> Speakers | None:
    """Return all who met where the talks themselves are the subject, or "the two leaders"."""
    acts, party, phrase, noun = voice.acts, voice.party, voice.phrase, voice.noun
    if noun in acts.sets["talks"]:
        return party.of_hosts() if voice.is_of_one() else party.everyone()
    if not (noun.endswith("s") and noun in acts.sets["joint"] and _is_bare(_without_whole(phrase, acts), acts)):
        return None
    if phrase == ("officials",) or (phrase == ("the", "officials") and not party.has_president):
        return party.officials()
    if phrase[:2] == _EVERYBODY or not _are_guests(voice):
        return (party.of_ministers() if noun == "ministers" else None) or party.everyone()
    return None


def _told_in_party(voice: Voice) -> set[str]:
    """Return those who took part to whom it is said: "The ministers thanked | the Secretary" is said by the others."""
    cue = voice.clause.cue
    to_them = voice.words.at(cue.stop) == "to" and not voice.is_common
    return voice.told() & set(voice.party.all) if to_them or cue.verb in voice.acts.sets["addressing"] else set()


def _of_title(voice: Voice) -> Speakers | None:
    """Return who "the Minister" is, by what is said or as the publisher's "Hon. Minister"; None if unclear."""
    if not voice.is_title():
        return None
    honorifics = voice.acts.sets["honorifics"]
    title = set(voice.phrase) - honorifics - {"the"}
    if honorifics.intersection(voice.phrase) and voice.party.home:
        return voice.party.titled(title, voice.party.home, own=True)
    owner = voice.owner()
    return voice.party.titled(title, owner[0], own=owner[1]) if owner else None


def _of_named(voice: Voice) -> Speakers | None:
    """Return who is named, or "I"; None if nobody is."""
    people, party, phrase = voice.people(), voice.party, voice.phrase
    if phrase[-1:] == ("i",) and voice.subject.stop - 1 in voice.beside():
        return party.everyone() if people or "and" in phrase else Speakers(party.ours()[:1])
    if voice.noun in _SINGULAR and voice.told().issuperset(people):
        return None  # nobody is "he" and named beside it: "*He* praised *President X*"
    return _of_people(people, voice) if people else None


def _of_pronoun(voice: Voice) -> Speakers | None:
    """Return who is meant by "they", "his counterparts", "her host", "the latter", "she"; None for other words."""
    party, before, noun = voice.party, voice.before, voice.noun
    if noun in {"counterparts", "guests", "hosts"} and voice.phrase[0] in {"both", "all", "his", "her", "their"}:
        return party.guests()
    if noun in voice.acts.sets["opposite"] and voice.phrase[0] in {"his", "her"} and not voice.sides():
        others = party.without_side_of(set(before.ids)) if before and party.is_international else party.guests()
        return Speakers(others.ids[:1])
    if noun in _PLURAL:
        return _of_they(noun, voice)
    if noun in {"former", "latter"}:
        return party.one_of_two(last=noun == "latter")
    if noun == "who":
        return Speakers(())  # nobody knows of whom the clause tells
    if noun in _SINGULAR:
        return Speakers(before.ids) if before and len(before.ids) == 1 else party.leader()
    return None


def _of_they(noun: str, voice: Voice) -> Speakers:
    """Return who "they" are: several who spoke before, those without a name who told one person, else everybody."""
    party, before, act = voice.party, voice.before, voice.act
    after, told = voice.words.at(voice.clause.cue.stop), voice.told()
    if noun == "we":
        addressing = voice.clause.cue.verb in voice.acts.sets["addressing"]
        to_party = addressing and (after in _OTHERS or not told.isdisjoint(party.side))
        return Speakers(party.ours()) if to_party or _is_of_home(voice) else party.everyone()
    if noun != "they":
        return party.everyone()
    if after in _US:
        return party.guests()
    common = act in {"discuss", "agree"}
    if before and not before.joint and (len(before.ids) > 1 or not (before.ids or common)):
        return before
    to_one = after in {"him", "her"} or not told.isdisjoint(party.all) or act == "inform"
    return party.guests() if party.is_one_with_group and to_one and not common else party.everyone()


def _is_of_home(voice: Voice) -> bool:
    """Tell whether the object belongs to the publisher's country: "reaffirmed | Australia's support"."""
    at = voice.clause.cue.stop + (voice.words.at(voice.clause.cue.stop) == "the")
    owned = (
        stop for stop, (first, entity) in voice.names.ending.items() if first == at and entity.id == voice.party.home
    )
    return any(voice.words.is_possessive(stop - 1) for stop in owned)


def _of_party(voice: Voice) -> Speakers:
    """Return who a party without a name is: "senior officials", "the Norwegian side", "the Board", "the mayors"."""
    sets, party, noun, lay = voice.acts.sets, voice.party, voice.noun, _is_lay(voice)
    if party.is_among_officials and voice.act in {"discuss", "agree"} and noun in sets["governing"]:
        return party.everyone()
    if _is_of_two(voice):
        return party.everyone()
    if _are_of_home(voice) and noun not in sets["lay"] and not voice.countries():
        return party.of_government() if noun == "officials" else party.of_home()
    if "visiting" in voice.phrase:
        return party.guests()
    if sides := voice.sides():
        return party.of_sides(sides, present=not voice.firms())
    if noun in sets["joint"] and _is_bare(voice.phrase, voice.acts) and not _are_guests(voice):
        return party.everyone()
    if sets["own"] & set(voice.phrase):
        return party.delegation()
    if _is_whole_body(voice) or _is_membership(voice):
        return party.everyone()
    if voice.is_unknown_name():
        return Speakers(())
    if voice.is_common and party.is_international and noun.endswith("s") and voice.phrase[0] == "the" and not lay:
        return party.everyone()  # "the Special Representatives agreed"
    others = party.lay_guests() if lay else party.guests(official=noun in sets["governing"])
    return party.of_office(noun) or others


def _are_of_home(voice: Voice) -> bool:
    """Tell whether the party is called the government's, and none of another country's: "senior officials"."""
    return not voice.acts.sets["home"].isdisjoint(voice.outside_bodies()) and voice.countries() <= {voice.party.home}


def _is_whole_body(voice: Voice) -> bool:
    """Tell whether the body that meets speaks as a whole: "the Harbour Board", "the Council", "Task Force members"."""
    phrase, boards, noun = voice.phrase, voice.acts.sets["boards"], voice.noun
    if noun not in voice.acts.sets["people"] and voice.party.is_of(noun):
        return True
    whole = any(group.lower().endswith(phrase[-1]) for group in voice.party.meeting.groups)
    of_board = phrase[-2:-1] != () and (phrase[-2] in boards or (phrase[-1] in boards and whole))
    members = noun == "members" and of_board  # "Council members", "members of the Council"
    return voice.is_common and (members or (noun in boards and phrase[0] == "the"))


def _is_of_two(voice: Voice) -> bool:
    """Tell whether the government's party and another are meant: "Administration officials and the growers"."""
    phrase, sets = voice.phrase, voice.acts.sets
    if phrase.count("and") != 1 or voice.party.is_international:
        return False
    at = phrase.index("and")
    parts = [part for part in (phrase[:at], phrase[at + 1 :]) if part and part[-1] in sets["people"]]
    own = [part[-2:] == ("the", "officials") or not sets["internal"].isdisjoint(part) for part in parts]
    return len(own) == 2 and own[0] != own[1]


def _is_membership(voice: Voice) -> bool:
    """Tell whether those are meant who meet as members of something with a short name: "ASEAN ministers agreed"."""
    first, noun = voice.words.text[voice.subject.first], voice.noun
    peers = noun.endswith("s") and noun in voice.acts.sets["joint"] and voice.party.is_international
    return peers and len(voice.phrase) == 2 and first.isupper() and voice.is_common


def _is_lay(voice: Voice) -> bool:
    """Tell whether no officials are meant: "several companies", "faith leaders", but not "mayors and advocates"."""
    sets, named = voice.acts.sets, set(voice.phrase)
    lay = voice.noun in sets["lay"] and sets["people"].intersection(named) <= sets["lay"]
    return lay or not sets["walks"].isdisjoint(named)


def _of_people(people: tuple[str, ...], voice: Voice) -> Speakers:
    """Return the persons named, all who took part if they stand for all sides, their side if with "the delegation"."""
    party = voice.party
    if party.covered_by(people):
        return party.everyone()
    present = tuple(one for one in people if one in party.side)
    if 0 < len(present) < len(people) and not voice.sure().issuperset(people):
        # an office that was given to the wrong person, or somebody who spoke for a party
        return party.everyone() if len(party.all) == len(people) else Speakers(present)
    beside = voice.beside()
    rest = [voice.words.lower[place] for place in beside]
    if "and" in rest or "," in rest:
        if voice.acts.sets["own"].intersection(rest):
            return party.with_side_of(people)
        if "guests" in rest or "guest" in rest:
            return party.everyone()
        if "and" in rest and rest[-1] == "officials" and _are_of_home(voice):
            return party.with_government(people)
        if "and" in rest and (_has_group(beside, voice) or voice.others() - party.sides_of(people)):
            return party.everyone()
    return Speakers(people)


def _has_group(places: list[int], voice: Voice) -> bool:
    """Tell whether a party without a name stands among the names: "and *the ministers*", not "and Advisor Elm"."""
    for at in places:
        noun, after = voice.words.lower[at], voice.words.at(at + 1)
        ends = at + 1 == voice.subject.stop or after in {"and", ","} or (after in PREPOSITIONS and noun.endswith("s"))
        met = voice.is_common and voice.party.has_groups and noun.endswith("s")  # "and the Dreamers discussed"
        if ends and (met or noun in voice.acts.sets["people"]):
            return True
    return False


def _is_bare(phrase: tuple[str, ...], acts: Acts) -> bool:
    """Tell whether no word of the phrase says whose side is meant: "the two foreign ministers"."""
    bare = _BARE | acts.sets["titles"] | acts.sets["joint"] | acts.sets["talks"]
    return all(word in bare or word.isdigit() for word in phrase[:-1])


def _without_whole(phrase: tuple[str, ...], acts: Acts) -> tuple[str, ...]:
    """Return the phrase without a complement that names nobody: "heads | of government", "those | in today’s call"."""
    stop = next((place for place, word in enumerate(phrase) if place and word in {"of", "in", "at"}), len(phrase))
    talks, rest = acts.sets["talks"], phrase[stop + 1 :]
    return phrase[:stop] if (acts.sets["wholes"] | talks).issuperset(rest) or talks.issuperset(rest[-1:]) else phrase


def _are_guests(voice: Voice) -> bool:
    """Tell whether "participants" are those who came: at home what they stress is theirs, else what they tell."""
    party, act = voice.party, voice.act
    if party.is_among_officials or voice.noun not in voice.acts.sets["guests"]:
        return False
    if not party.is_hosted:
        telling = not _GUESTS_DO.isdisjoint({act, voice.clause.cue.act})  # also "shared their concerns"
        return telling and not party.is_international and party.meeting.kind != "call"
    return act in {"inform", "appreciate"} if party.is_international else not voice.is_common
