"""Links to Wikidata: weights learned from readouts, and what they are worth on others.

    python -m benchmarks.links learn   writes kg/link/data/weights.toml, learned on the texts of one publisher
    python -m benchmarks.links gold    measures on the annotated texts: what is linked against what annotators named
    python -m benchmarks.links         measures on all texts: precision and recall by class, calibration, false accepts

Right is the id that the lexicon gives the entity, where it gives exactly one and the index holds it. To learn, the
lexicon's own index is left out: what names look like in the reference tables is what is learned. Each example comes
again with the right entry taken out of the index, where the right answer is none, and some with a letter wrong.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import count as numbers
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from kg.extract import extract
from kg.lexicon import Lexicon, default_lexicon, fold, slug
from kg.link import Decision, Gazetteer, Index, Subject, build_file, decide, facts_of, pooled, read_rows, subjects
from kg.link.builtin import lexicon_index
from kg.link.candidates import candidates
from kg.link.evidence import evidence
from kg.link.linker import weights
from kg.link.rows import Kind
from kg.link.subjects import Facts
from kg.resolve import resolve
from kg.sources import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "kg" / "link" / "data" / "weights.toml"
LEARNED_ON, MEASURED_ON = "state", "whitehouse"
_KEPT = 12
_ANNOTATED: tuple[tuple[str, Kind], ...] = (("people", "person"), ("agencies", "organisation"), ("places", "place"))
_STEPS, _RATE, _PRIOR = 400, 0.5, 0.002

Features = Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """The features of each candidate, and which of them is right (-1: none)."""

    candidates: tuple[Features, ...]
    right: int


def facts(path: Path) -> list[Facts]:
    """Return what the readouts of a file say."""
    lexicon = default_lexicon()
    return [facts_of(resolve(extract(readout, lexicon), lexicon)) for readout in read(path)]


def entities(folder: str) -> list[Subject]:
    """Return the entities of each readout of a folder of the reference texts, one by one."""
    paths = sorted((SHARED / "readouts" / folder).glob("*.md"))
    with ProcessPoolExecutor() as pool:
        found = [item for listed in pool.map(facts, paths, chunksize=20) for item in listed]
    return [subject for item in found for subject in subjects(item, default_lexicon())]


class Truth:
    """Which item an entity is, by a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        people: defaultdict[str, set[str | None]] = defaultdict(set)
        for term in lexicon.terms:
            people[term.person].add(term.qid)
        self._people = {name: next(iter(qids)) for name, qids in people.items() if len(qids) == 1}
        self._things = {item.id: item.qid for item in lexicon.places}
        self._things |= {item.id: item.qid for item in lexicon.countries}
        self._things |= {item.id: item.qid for item in lexicon.bodies}
        self._things |= {f"initiative/{slug(item.name)}": item.qid for item in lexicon.initiatives}
        self._things |= {f"event/{slug(item.name)}": item.qid for item in lexicon.events}

    def __call__(self, subject: Subject) -> str | None:
        """Return the id, or None where it is not known."""
        return self._people.get(subject.name) if subject.kind == "person" else self._things.get(subject.id)


# --- learning ---------------------------------------------------------------------------------------------------


def examples(found: Iterable[Subject], gazetteer: Gazetteer, truth: Truth) -> dict[str, list[Example]]:
    """Return what to learn from, for persons and for things."""
    dice = random.Random(4)  # noqa: S311  # to misspell, not to keep a secret
    made: dict[str, list[Example]] = {"person": [], "thing": []}
    for subject in found:
        right = truth(subject)
        if right is None or gazetteer.entry(right) is None:
            continue
        group = "person" if subject.kind == "person" else "thing"
        made[group].append(_example(subject, gazetteer, right))
        made[group].append(_example(subject, replaced(gazetteer, right), right))
        if group == "person":
            wrong = replace(subject, name=misspelt(subject.name, dice), aliases=())
            made[group].append(_example(wrong, gazetteer, right))
            made[group].append(_example(wrong, replaced(gazetteer, right), right))
    return made


def replaced(gazetteer: Gazetteer, without: str) -> Gazetteer:
    """Return the gazetteer without one entry."""
    return Gazetteer(gazetteer.indexes, gazetteer.lexicon, frozenset({without}))


def misspelt(name: str, dice: random.Random) -> str:
    """Return *name* with one letter of its last word left out."""
    *first, last = name.split()
    where = dice.randrange(1, len(last)) if len(last) > 3 else 0
    return " ".join([*first, last[:where] + last[where + 1 :] if where else last])


def _example(subject: Subject, gazetteer: Gazetteer, right: str) -> Example:
    found = [evidence(subject, entry, gazetteer) for entry in candidates(subject, gazetteer)]
    found.sort(key=lambda item: (item.entry.qid != right, -item.name.least, item.entry.qid))
    kept = found[:_KEPT]
    return Example(
        tuple(item.features for item in kept),
        next((number for number, item in enumerate(kept) if item.entry.qid == right), -1),
    )


def learned(data: Sequence[Example], start: Mapping[str, float]) -> dict[str, float]:
    """Return the weights that make the right choices likeliest, kept near *start* where the data says nothing."""
    counted = Counter((tuple(tuple(sorted(f.items())) for f in ex.candidates), ex.right) for ex in data)
    weight, size = dict(start), sum(counted.values())
    for _ in range(_STEPS):
        slope = {name: _PRIOR * (start[name] - value) for name, value in weight.items()}
        for (options, right), count in counted.items():
            scores = [weight["bias"] + sum(weight[n] * v for n, v in option) for option in options]
            most = max([0.0, *scores])
            total = math.exp(-most) + sum(math.exp(score - most) for score in scores)
            for number, option in enumerate(options):
                error = ((number == right) - math.exp(scores[number] - most) / total) * count / size
                slope["bias"] += error
                for name, value in option:
                    slope[name] += error * value
        for name in weight:
            weight[name] += _RATE * slope[name] * 4
    return weight


def learn(gazetteer: Gazetteer) -> None:
    """Write the weights."""
    found = entities(LEARNED_ON)
    data = examples([*found, *pooled(found)], gazetteer, Truth(default_lexicon()))
    sizes = ", ".join(f"{len(group)} examples of {name}s" for name, group in data.items())
    lines = [
        "# What evidence of a link weighs: a logistic choice between the candidates and none, whose score is 0.",
        f"# Written by `python -m benchmarks.links learn` from {sizes}"
        f" in the reference readouts of one publisher ({LEARNED_ON}).",
        "# The borders of the bands are set by hand: what is accepted must be right.",
        "[bands]",
        *(f"{name} = {value}" for name, value in weights()["bands"].items()),
    ]
    for group, list_of_examples in data.items():
        lines += ["", f"[{group}]"]
        lines += [f"{n} = {v:.2f}" for n, v in learned(list_of_examples, weights()[group]).items()]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- measuring --------------------------------------------------------------------------------------------------


def measure(gazetteer: Gazetteer, title: str, found: Sequence[Subject], console: Console) -> None:
    """Print what linking *found* gives: a table by class, the calibration, and what is accepted without the right."""
    truth = Truth(gazetteer.lexicon)
    began = perf_counter()
    decisions = [decide(subject, gazetteer) for subject in found]
    each = (perf_counter() - began) / len(found) * 1000
    known = [(d, right) for d in decisions if (right := truth(d.subject)) and gazetteer.entry(right)]
    table = Table("class", "known", "accepted", "precision", "recall", "review", "false without", title=title)
    for kind in ("person", "organisation", "place", "initiative"):
        table.add_row(*_row(kind, [(d, right) for d, right in known if d.subject.kind == kind], gazetteer))
    table.add_row(*_row("all", known, gazetteer))
    console.print(table, f"{len(found)} entities, {each:.1f} ms for each")
    _calibration(known, console)


def _row(kind: str, known: Sequence[tuple[Decision, str]], gazetteer: Gazetteer) -> list[str]:
    accepted = [(d, right) for d, right in known if d.band == "accept"]
    good = sum(d.candidates[0].entry.qid == right for d, right in accepted)
    review = sum(d.band == "review" for d, _ in known)
    false = sum(decide(d.subject, replaced(gazetteer, right)).band == "accept" for d, right in known)
    size = max(1, len(known))
    shares = (good / max(1, len(accepted)), good / size, review / size, false / size)
    return [kind, str(len(known)), str(len(accepted)), *(f"{share:.4f}" for share in shares)]


def _calibration(known: Sequence[tuple[Decision, str]], console: Console) -> None:
    table = Table("confidence", "links", "right", title="Calibration of the likeliest candidate")
    borders = (0.0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 1.01)
    best = [(d.candidates[0].confidence, d.candidates[0].entry.qid == right) for d, right in known if d.candidates]
    for low, high in pairwise(borders):
        inside = [right for confidence, right in best if low <= confidence < high]
        if inside:
            table.add_row(f"{low:.2f} to {min(high, 1):.2f}", str(len(inside)), f"{sum(inside) / len(inside):.3f}")
    console.print(table)


def numbered(lexicon: Lexicon) -> Lexicon:
    """Return *lexicon* with an id for each body, initiative and event that has none: a made-up one, which only it has.

    So the rules for these classes are measured on all that readouts name, and not on those alone whose ids are known.
    """
    ids = map("Q9{:09}".format, numbers())

    def with_ids(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(item if item.qid else replace(item, qid=next(ids)) for item in items)

    return replace(
        lexicon,
        bodies=with_ids(lexicon.bodies),
        initiatives=with_ids(lexicon.initiatives),
        events=with_ids(lexicon.events),
    )


# --- annotated texts --------------------------------------------------------------------------------------------


def annotated(gazetteer: Gazetteer, console: Console) -> None:
    """Print how the links of the annotated texts agree with the annotations.

    An annotation has an id where exactly one entry of the kind bears its full name and, for a person, a term in a
    country that the annotation gives; others are left out of recall, and what is accepted for them is listed.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted((SHARED / "eval" / "dev" / "text").iterdir()):
        gold = json.loads((SHARED / "eval" / "dev" / "gold" / f"{path.name}.json").read_text(encoding="utf-8"))
        decisions = [decide(s, gazetteer) for item in facts(path) for s in subjects(item, gazetteer.lexicon)]
        for group, kind in _ANNOTATED:
            for annotation in gold[group]:
                right = _annotated_id(annotation, kind, gazetteer)
                outcome = _outcome(annotation, right, [d for d in decisions if d.subject.kind == kind])
                counts[kind, outcome] += 1
                if outcome in {"wrong", "unknown accepted"}:
                    console.print(f"{kind}: {outcome}: {annotation['name']} ({right}) in {path.name[:50]}")
    table = Table("class", "outcome", "annotations", title="Annotated texts")
    for key, count in sorted(counts.items()):
        table.add_row(*key, str(count))
    console.print(table)


def _annotated_id(annotation: dict[str, Any], kind: Kind, gazetteer: Gazetteer) -> str | None:
    named = {entry.qid: entry for entry in gazetteer.named(annotation["name"], kind)}
    if kind == "person":
        owners = {name for post in annotation["posts"] for name in post["of"]}
        countries = {known.qid for name in owners if (known := gazetteer.lexicon.country(name))}
        named = {q: e for q, e in named.items() if not countries or countries & {t.country for t in e.terms}}
    if kind == "place" and len(named) > 1:
        named = {q: e for q, e in named.items() if (e.type == "country") == bool(annotation.get("country"))}
    return next(iter(named)) if len(named) == 1 else None


def _outcome(annotation: dict[str, Any], right: str | None, decisions: Sequence[Decision]) -> str:
    names = {fold(name) for name in (annotation["name"], *annotation["variants"])}
    found = [d for d in decisions if names & {fold(name) for name in (d.subject.name, *d.subject.aliases)}]
    accepted = {d.candidates[0].entry.qid for d in found if d.band == "accept"}
    if right is None:
        return "unknown accepted" if accepted else "unknown, nothing accepted"
    if accepted:
        return "right" if accepted == {right} else "wrong"
    return "missed: to be reviewed" if any(d.band == "review" for d in found) else "missed" if found else "not read"


def main() -> None:
    """Learn or measure."""
    console, lexicon = Console(), default_lexicon()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reference"
        tables = sorted((SHARED / "gazetteer").glob("*.csv"))
        began = perf_counter()
        build_file(path, [(table.name, read_rows(table), None) for table in tables], lexicon)
        seconds = perf_counter() - began
        console.print(f"index: {path.stat().st_size / 1e6:.1f} MB, built in {seconds:.1f} s")
        reference = Gazetteer([Index.open(path)], lexicon)
        if "learn" in sys.argv[1:]:
            learn(reference)
            return
        shipped = lexicon_index(lexicon)
        if "gold" in sys.argv[1:]:
            annotated(Gazetteer([shipped, *reference.indexes], lexicon), console)
            return
        for folder_name in (LEARNED_ON, MEASURED_ON):
            found = entities(folder_name)
            for name, gazetteer in (
                ("the index that ships", Gazetteer([shipped], lexicon)),
                ("reference tables alone", reference),
                ("both", Gazetteer([shipped, *reference.indexes], lexicon)),
            ):
                measure(gazetteer, f"{folder_name}, each text by itself: {name}", found, console)
            everything = numbered(lexicon)
            gazetteer = Gazetteer([lexicon_index(everything), *reference.indexes], everything)
            measure(
                gazetteer, f"{folder_name}, each text by itself: all bodies, initiatives and events", found, console
            )
            gazetteer = Gazetteer([shipped, *reference.indexes], lexicon)
            measure(gazetteer, f"{folder_name}, all texts together: both", list(pooled(found)), console)


if __name__ == "__main__":
    main()
