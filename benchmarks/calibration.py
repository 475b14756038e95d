"""What a stated confidence is worth: by its size and by rule, how many facts of annotated readouts are right.

    python -m benchmarks.calibration [TEXTS GOLD]

GOLD has one `<identifier>.json` for each text. By default they are the development set beside the checkout; the
demonstration's are kg/demo/readouts and tests/demo/gold. Facts are matched to the annotations as the scorer of that set
does: names by any of their forms, titles by four fifths of their words, encounters by a participant in common,
statements by half of their words and the act.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from kg.extract import extract
from kg.lexicon import fold
from kg.model import Entity, Extraction, Mention
from kg.resolve import resolve
from kg.sources import read

DEVELOPMENT = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dev"
BINS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97)
SMALL = 5
"""Rules with fewer facts are left out of the table."""
_SMALL_WORDS = re.compile(r"\b(?:the|of|for|and|to|in)\b")

Gold = dict[str, Any]


@dataclass
class Tally:
    """Facts of one bin or rule."""

    stated: list[float] = field(default_factory=list)
    right: int = 0

    def add(self, confidence: float, *, right: bool) -> None:
        """Count one fact."""
        self.stated.append(confidence)
        self.right += right

    @property
    def mean(self) -> float:
        """The mean of what was stated."""
        return sum(self.stated) / len(self.stated)

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / len(self.stated)


def main() -> int:
    """Print the two tables; return the exit status."""
    texts, gold = (Path(name) for name in sys.argv[1:3] or (DEVELOPMENT / "text", DEVELOPMENT / "gold"))
    if not gold.is_dir():
        Console(stderr=True).print(f"no annotations at {gold}: name a folder of texts and one of annotations")
        return 66
    bins, rules = defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
    for mention, right in judged(texts, gold):
        low = max(edge for edge in BINS if edge <= mention.confidence)
        high = next((edge for edge in BINS if edge > mention.confidence), 1.0)
        bins[f"{low:.2f} to {high:.2f}"].add(mention.confidence, right=right)
        rules[mention.rule].add(mention.confidence, right=right)
    console = Console()
    console.print(_table("Stated confidence", sorted(bins.items())))
    shown = [(rule, tally) for rule, tally in sorted(rules.items()) if len(tally.stated) >= SMALL]
    console.print(_table(f"Rules that gave {SMALL} facts or more", shown))
    total = sum(len(tally.stated) for tally in bins.values())
    off = sum(len(tally.stated) * abs(tally.mean - tally.share) for tally in bins.values()) / total
    console.print(f"{total} facts; expected calibration error {off:.3f}")
    return 0


def _table(title: str, rows: Iterable[tuple[str, Tally]]) -> Table:
    table = Table("", title=title)
    for column in ("facts", "stated", "right", "too high by"):
        table.add_column(column, justify="right")
    for name, tally in rows:
        figures = f"{tally.mean:.2f}", f"{tally.share:.2f}", f"{tally.mean - tally.share:+.2f}"
        table.add_row(name, str(len(tally.stated)), *figures)
    return table


def judged(texts: Path, annotations: Path) -> Iterator[tuple[Mention, bool]]:
    """Yield the evidence of each fact that is read from *texts*, and whether it is right."""
    for readout in read(texts):
        gold: Gold = json.loads((annotations / f"{readout.identifier}.json").read_text(encoding="utf-8"))
        extraction = resolve(extract(readout))
        people = dict(_named(extraction.people, gold["people"]))
        yield from _entities(extraction, gold, people)
        yield from _holdings(extraction, gold, people)
        yield from _meetings(extraction, gold, people)
        yield from _statements(extraction, gold)


def _named(entities: Iterable[Entity], items: list[Gold]) -> Iterator[tuple[str, str]]:
    """Yield the ids of the entities that are annotated, with the names that they have there."""
    for entity in entities:
        forms = {fold(form) for form in (entity.name, *entity.aliases)}
        for item in items:
            if forms & {fold(form) for form in (item["name"], *item["variants"])}:
                yield entity.id, item["name"]
                break


def _surest(mentions: Iterable[Mention]) -> Mention | None:
    return max(mentions, key=lambda mention: mention.confidence, default=None)


def _entities(extraction: Extraction, gold: Gold, people: dict[str, str]) -> Iterator[tuple[Mention, bool]]:
    agencies = [*gold["agencies"], *gold["organizations"]]
    classes: tuple[tuple[Iterable[Entity], Iterable[str]], ...] = (
        (extraction.people, people),
        (extraction.agencies, dict(_named(extraction.agencies, agencies))),
        (extraction.places, dict(_named(extraction.places, gold["places"]))),
        (extraction.initiatives, dict(_named(extraction.initiatives, gold["initiatives"]))),
        (extraction.events, dict(_named(extraction.events, gold["events"]))),
    )
    for entities, right in classes:
        for entity in entities:
            if mention := _surest(entity.mentions):
                yield mention, entity.id in right


def _holdings(extraction: Extraction, gold: Gold, people: dict[str, str]) -> Iterator[tuple[Mention, bool]]:
    posts = {person["name"]: [post["title"] for post in person["posts"]] for person in gold["people"]}
    for person in extraction.people:
        for holding in person.holdings:
            titles = posts.get(people.get(person.id, ""), [])
            yield holding.evidence, any(_alike(holding.post.title, title) >= 0.8 for title in titles)


def _alike(one: str, other: str) -> float:
    a, b = (set(_SMALL_WORDS.sub(" ", fold(title)).split()) for title in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _meetings(extraction: Extraction, gold: Gold, people: dict[str, str]) -> Iterator[tuple[Mention, bool]]:
    free = list(gold["meetings"])
    for meeting in extraction.meetings:
        who = [people.get(part.person, part.person) for part in meeting.participations]
        best = max(free, key=_shares(who), default=None)
        known = best if best is not None and set(best["participants"]) & set(who) else None
        if known is not None:
            free.remove(known)
        if evidence := _surest(meeting.evidence):
            yield evidence, known is not None
        if known is not None:
            for part, name in zip(meeting.participations, who, strict=True):
                yield part.evidence, name in known["participants"]


def _shares(who: list[str]) -> Callable[[Gold], int]:
    return lambda meeting: len(set(meeting["participants"]) & set(who))


def _statements(extraction: Extraction, gold: Gold) -> Iterator[tuple[Mention, bool]]:
    quotes = [(fold(said["quote"]).split(), said["act"]) for said in gold["statements"]]
    for statement in extraction.statements:
        words = fold(statement.evidence.span.of(extraction.readout.text)).split()
        known = max(quotes, key=lambda quote: _common(quote[0], words), default=None)
        right = known is not None and _common(known[0], words) >= 0.5 and known[1] == statement.act
        yield statement.evidence, right


def _common(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


if __name__ == "__main__":
    sys.exit(main())
