"""Who held which post: from the first readout that says so to the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.vocab import TENURE
from kg.web.views.asking import ask
from kg.web.views.thing import Ref, address

__all__ = ["Held", "held", "spans"]

_HELD = """
SELECT ?person ?name ?post ?title ?body ?in ?tenure ?first ?last ?readouts WHERE {
  {
    SELECT ?person ?post ?tenure (MIN(?said) AS ?first) (MAX(?on) AS ?last) (COUNT(DISTINCT ?document) AS ?readouts)
    WHERE {
      $which
      ?holding org:member ?person ; readout:post ?post ; readout:tenure ?tenure ; prov:wasDerivedFrom ?phrase .
      ?phrase nif:referenceContext ?document
      OPTIONAL { ?document dcterms:issued ?day }
      BIND(COALESCE(STR(?day), "") AS ?on)
      BIND(CONCAT(COALESCE(STR(?day), "undated"), " ", STR(?phrase)) AS ?said)
    } GROUP BY ?person ?post ?tenure ORDER BY DESC(?readouts) LIMIT $limit
  }
  ?post rdfs:label ?title . ?person rdfs:label ?name
  OPTIONAL { ?post org:postIn ?body . ?body rdfs:label ?in }
}"""


@dataclass(frozen=True, slots=True)
class Held:
    """That a person held a post, by *readouts* readouts, issued from the day `first` to the day `last` (ISO, or empty).

    `tenure` is current, acting, elect or former; `source` leads to the sentence that says so first.
    """

    person: Ref
    post: Ref
    body: Ref | None
    tenure: str
    first: str
    last: str
    readouts: int
    source: str | None

    @property
    def title(self) -> str:
        """The post with the body it belongs to, and how it is held."""
        before = "" if self.tenure == "current" else f"{self.tenure} "
        of = f" ({self.body.label})" if self.body else ""
        return f"{before}{self.post.label}{of}"


def spans(named: Iterable[tuple[str, Held]], most: int = 8) -> list[tuple[Ref, str, str]]:
    """Return what a life line shows below: of the posts that are dated, those that most readouts tell of, by time."""
    dated = sorted(((name, one) for name, one in named if one.first), key=lambda item: -item[1].readouts)[:most]
    return [(Ref("", name), one.first, one.last) for name, one in sorted(dated, key=lambda item: item[1].first)]


def held(which: str, thing: str, most: int = 200) -> list[Held]:
    """Return what is held according to the pattern *which*, that binds some of ``?person ?post`` of a ``?holding``.

    The pattern names the thing by ``$thing``. The earliest come first.
    """
    found = {}
    for row in ask(_HELD.replace("$which", which), thing=thing, limit=most):
        person, name, post, title, body, of, tenure, first, last, readouts = row
        if not (person and post):
            continue
        day, _, phrase = first.removeprefix("undated").partition(" ")
        found[person, post, tenure] = Held(
            person=Ref.of(person, name),
            post=Ref.of(post, title),
            body=Ref.of(body, of) if body else None,
            tenure=tenure.removeprefix(TENURE.iri),
            first=day,
            last=last,
            readouts=int(readouts),
            source=address(phrase),
        )
    return sorted(found.values(), key=lambda one: (one.first, one.post.label, one.person.label))
