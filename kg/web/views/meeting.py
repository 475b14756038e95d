"""The page of an encounter, and what other readouts of the same one say or leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.web.views.account import Account, accounts, siblings
from kg.web.views.asking import sparql
from kg.web.views.dates import human_range
from kg.web.views.statements import Said
from kg.web.views.thing import Ref, Thing
from kg.web.views.wording import ACTS

__all__ = ["TABLE", "compare", "gather"]

TABLE = """
SELECT ?meeting ?statement ?act (GROUP_CONCAT(DISTINCT ?speakerName; separator="; ") AS ?speakers) ?quote
       (GROUP_CONCAT(DISTINCT ?matter; separator="; ") AS ?about) (MIN(STR(?where)) AS ?phrase)
WHERE {
  VALUES ?meeting { $thing }
  ?statement readout:meeting ?meeting ; readout:number ?number ; readout:act ?act ; readout:quote ?quote
  OPTIONAL { ?statement prov:wasDerivedFrom ?where }
  OPTIONAL { ?statement readout:speaker ?speaker . ?speaker rdfs:label ?speakerName }
  OPTIONAL { ?statement readout:about ?what . ?what rdfs:label ?matter }
}
GROUP BY ?meeting ?statement ?number ?act ?quote
ORDER BY ?meeting ?number"""
"""What was said and agreed at an encounter, or at several, as rows to take away."""


def gather(thing: Thing) -> Mapping[str, Any]:
    """Return what the template ``meeting.html`` shows of an encounter."""
    (account,) = accounts([thing.iri])
    label = ", ".join(filter(None, (account.title, human_range(account.start, account.end))))
    return {"label": label, "told": account, "others": siblings(account), "json_ld": _event(account)}


def _event(account: Account) -> Mapping[str, Any]:
    virtual = account.mode in ("virtual", "phone")
    kind = "OnlineEventAttendanceMode" if virtual else "OfflineEventAttendanceMode"
    places = [{"@type": "Place", "@id": ref.iri, "name": ref.label} for ref in account.places]
    people = [{"@type": "Person", "@id": part.person.iri, "name": part.person.label} for part in account.parts]
    about = [{"@id": ref.iri, "name": ref.label} for ref in account.matters]
    given = {"startDate": account.start, "endDate": account.end, "location": places, "attendee": people, "about": about}
    return {"@type": "Event", "eventAttendanceMode": f"https://schema.org/{kind}"} | {
        name: value for name, value in given.items() if value
    }


@dataclass(frozen=True, slots=True)
class Column:
    """One readout in the comparison. `only` are the IRIs of what no other one has.

    What others have and it leaves out: `people`, matters that are `absent`, and what was said `unheard`.
    """

    told: Account
    matters: Sequence[Ref]
    only: frozenset[str]
    people: Sequence[Ref]
    absent: Sequence[Ref]
    unheard: Sequence[tuple[Account, Said]]

    @property
    def complete(self) -> bool:
        """Whether it leaves nothing out that another one has."""
        return not (self.people or self.absent or self.unheard)


def compare(thing: Thing) -> Mapping[str, Any] | None:
    """Return what ``compare.html`` shows: the encounter as each readout tells of it; None where only one does."""
    told = accounts([thing.iri])
    told += siblings(told[0])
    if len(told) < 2:
        return None
    acts = dict.fromkeys(act for account in told for act, _ in account.by_act)
    columns = [_column(own, [other for other in told if other is not own]) for own in told]
    table = sparql(TABLE, thing=[account.iri for account in told])
    return {"columns": columns, "acts": sorted(acts, key=_weight), "table": table}


def _weight(act: str) -> int:
    return list(ACTS).index(act) if act in ACTS else len(ACTS)


def _column(own: Account, others: Sequence[Account]) -> Column:
    mine = {ref.iri for ref in (*_people(own), *_matters(own))}
    people = _unique(ref for other in others for ref in _people(other))
    matters = _unique(ref for other in others for ref in _matters(other))
    alone = [said.iri for said in own.said if not any(_echoed(own, said, other) for other in others)]
    return Column(
        told=own,
        matters=_matters(own),
        only=frozenset([*(mine - {ref.iri for ref in (*people, *matters)}), *alone]),
        people=[ref for ref in people if ref.iri not in mine],
        absent=[ref for ref in matters if ref.iri not in mine],
        unheard=[(other, said) for other in others for said in other.said if not _echoed(other, said, own)],
    )


def _people(account: Account) -> list[Ref]:
    return [part.person for part in account.parts]


def _matters(account: Account) -> list[Ref]:
    return _unique([*account.matters, *(ref for refs in account.about.values() for ref in refs)])


def _unique(refs: Iterable[Ref]) -> list[Ref]:
    return list({ref.iri: ref for ref in refs}.values())


def _echoed(teller: Account, said: Said, other: Account) -> bool:
    """Tell whether the *other* readout has a statement of the same act about one of the same matters."""
    about = {ref.iri for ref in teller.about[said.iri]}
    return any(echo.act == said.act and about & {ref.iri for ref in other.about[echo.iri]} for echo in other.said)
