"""The judgement: which entry an entity is, how sure that is, and why."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kg.lexicon import fold
from kg.link.candidates import candidates
from kg.link.evidence import Evidence, evidence, names_of
from kg.link.gazetteer import Gazetteer
from kg.link.index import Entry
from kg.link.subjects import Subject

__all__ = ["Band", "Candidate", "Decision", "decide", "link", "weighed", "weights"]

Band = Literal["accept", "review", "none"]
_WEIGHTS = Path(__file__).parent / "data" / "weights.toml"
_SHOWN = 5
_BIG = 250_000
"""Inhabitants of a city that is meant when its name and country are all that is said."""
_REGIONS = {"territory", "state", "region"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that an entity may be, the probability that it is, and what speaks for and against it."""

    entry: Entry
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of an entity: the band, and the likeliest entries with the likeliest first.

    `reason` is one line that a person can check. In the band ``none``, nothing is asserted.
    """

    subject: Subject
    band: Band
    candidates: tuple[Candidate, ...]
    reason: str

    @property
    def best(self) -> Candidate | None:
        """The likeliest entry, unless nothing is asserted."""
        return self.candidates[0] if self.candidates and self.band != "none" else None


@cache
def weights(path: Path = _WEIGHTS) -> Mapping[str, Mapping[str, float]]:
    """Return the weights of the features, for persons and for things, and the borders of the bands."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def link(subjects: Iterable[Subject], gazetteer: Gazetteer) -> Iterator[Decision]:
    """Yield a decision for each entity, in their order."""
    for subject in subjects:
        yield decide(subject, gazetteer)


def decide(subject: Subject, gazetteer: Gazetteer) -> Decision:
    """Decide which entry of *gazetteer* an entity is, if any."""
    found = [evidence(subject, entry, gazetteer) for entry in candidates(subject, gazetteer)]
    ranked = weighed(subject, found)
    if not ranked:
        return Decision(subject, "none", (), "nothing is called like this")
    best, borders = ranked[0], weights()["bands"]
    doubt = _doubt(subject, best.evidence) or _namesake(subject, ranked) or _unlikely(subject, best.entry, gazetteer)
    band: Band = "none"
    if best.confidence >= borders["accept"] and not doubt:
        band = "accept"
    elif best.confidence >= borders["review"] and best.evidence["stranger"] < 1:
        band = "review"
    return Decision(subject, band, tuple(ranked[:_SHOWN]), _reason(ranked, doubt))


def weighed(subject: Subject, found: Sequence[Evidence]) -> list[Candidate]:
    """Return the candidates with their probabilities, the likeliest first.

    A logistic choice between the candidates and none of them, whose score is 0: so the margin to the next is part of
    the probability.
    """
    weight = weights()["person" if subject.kind == "person" else "thing"]
    scores = [weight["bias"] + sum(weight.get(name, 0.0) * value for name, value in e.features.items()) for e in found]
    most = max([0.0, *scores])
    total = math.exp(-most) + sum(math.exp(score - most) for score in scores)
    ranked = [Candidate(e.entry, math.exp(s - most) / total, e) for e, s in zip(found, scores, strict=True)]
    return sorted(ranked, key=lambda candidate: (-candidate.confidence, int(candidate.entry.qid[1:])))


def _doubt(subject: Subject, best: Evidence) -> str:
    """Say why the likeliest entry may not be accepted by a machine, however probable it is; nothing if it may.

    A wrong id is far worse than none. These are conditions without which a name proves nothing.
    """
    if subject.kind == "person":
        if not best.name.equal or best.name.words == 1:
            return "" if best["held"] and best.name.least >= 0.8 else "the name alone proves nothing"
        told = ("held", "post_former", "post_undated", "post_other_time", "country_near")
        return "" if any(best[feature] for feature in told) else "little but the name agrees"
    if not best.name.equal:
        return "the name is not the same"
    if best["other_type"]:
        return "it is another sort of thing"
    if best["same_country"] or (best["no_country"] and subject.kind != "place"):
        return ""
    return "it is not known of which country it is"


def _unlikely(subject: Subject, entry: Entry, gazetteer: Gazetteer) -> str:
    """Say why a place may be another of that name which no index holds: many towns are called Richmond.

    What the lexicon itself says of a name is believed.
    """
    if subject.kind != "place" or subject.is_country:
        return ""
    known = gazetteer.lexicon.place(subject.name)
    if known and known.qid == entry.qid:
        return ""
    if entry.type in _REGIONS and known and known.type == "city":
        return "a city is called so, too"
    if entry.type in {"city", "place"} and entry.population < _BIG:
        return "it is not known for a big city, and others may be called so"
    return ""


def _namesake(subject: Subject, ranked: Sequence[Candidate]) -> str:
    """Say which other place or body of that country has that very name, however less likely it seems: New York."""
    best, *others = [candidate for candidate in ranked if not candidate.evidence["other_type"]] or ranked
    if subject.kind == "person":
        return ""
    for other in others:
        same = other.evidence["same_country"] == best.evidence["same_country"]
        if same and fold(subject.name) in map(fold, names_of(other.entry, subject)):
            return f"so is {other.entry.qid} called"
    return ""


def _reason(ranked: Sequence[Candidate], doubt: str) -> str:
    """Return the reason as one line: "name equal; held Prime Minister of Japan on 2014-04-24; next candidate 0.01"."""
    parts = [*ranked[0].evidence.reasons, *([doubt] if doubt else [])]
    if len(ranked) > 1 and ranked[1].confidence >= 0.005:
        parts.append(f"next candidate {ranked[1].entry.qid} {ranked[1].confidence:.2f}")
    return "; ".join(parts)
