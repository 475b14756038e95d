"""How many readouts a second one core converts, stage by stage, beside baselines measured in the same run.

    python -m benchmarks.extract [PATH ...] [--readouts N] [--rounds N]

Without PATH the texts are the demonstration's, over and over. The baselines say what the same texts cost on this very
machine, now: words by one regular expression, the least that any reader must do; spaCy's tokenizer and sentencizer (a
lower bound for it); a pipeline of the design of spaCy's small English model, untrained (see `benchmarks.untrained`);
and the model itself, which tags, parses and finds entities, where it is installed.
"""

from __future__ import annotations

import argparse
import gc
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks.untrained import untrained_pipeline
from kg.extract import extract
from kg.extract.cast import cast
from kg.extract.encounters import find_meetings
from kg.extract.initiatives.events import find_events
from kg.extract.initiatives.find import find_initiatives
from kg.extract.scene import Scene
from kg.extract.statements import find_statements
from kg.lexicon import default_lexicon
from kg.model import Extraction, Readout
from kg.rdf import to_lines, to_quads
from kg.resolve import resolve
from kg.resources import demonstration
from kg.sources import Source, documents, expand
from kg.text import sentences

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_md")
WORD = re.compile(r"\w+|[^\w\s]")


def main() -> None:
    """Measure, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="*", type=Path, default=[demonstration()])
    options.add_argument("--readouts", type=int, help="how many; by default all of PATH, or 300 of the demonstration's")
    options.add_argument("--rounds", type=int, default=3, help="the quickest of so many counts")
    given = options.parse_args()
    count = given.readouts or (300 if given.paths == [demonstration()] else None)
    sources = [Source(source.origin, data=source.path.read_bytes()) for source in expand(given.paths) if source.path]
    readouts = list(_readouts(sources))
    readouts = list(islice(cycle(readouts), count)) if count else readouts
    for readout in readouts[:50]:  # caches and compiled grammars, as in a worker that has been at work for a while
        to_lines(resolve(extract(readout)))
    gc.freeze()
    print_tables(readouts, given.rounds, _per_readout(sources, given.rounds))


def _readouts(sources: Iterable[Source]) -> Iterator[Readout]:
    lexicon = default_lexicon()
    for source in sources:
        yield from (found for found in documents(source, lexicon) if isinstance(found, Readout))


def _per_readout(sources: Sequence[Source], rounds: int) -> float:
    """Return the seconds that reading the bytes of a readout takes."""
    best = min(clocked(lambda: list(_readouts(sources))) for _ in range(rounds))
    return best / len(list(_readouts(sources)))


def clocked(work: Callable[[], object]) -> float:
    """Return the processor seconds that *work* takes, of this process alone."""
    start = time.process_time()
    work()
    return time.process_time() - start


def staged(readouts: Sequence[Readout]) -> dict[str, float]:
    """Return the seconds that each stage takes for all *readouts*, in order."""
    lexicon, seconds = default_lexicon(), defaultdict[str, float](float)

    def timed(stage: str, work: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401  # whatever it returns
        start = time.process_time()
        result = work(*arguments)
        seconds[stage] += time.process_time() - start
        return result

    for readout in readouts:
        scene = Scene(readout, lexicon, timed("sentences", sentences, readout.text))
        scene = timed("cast", cast, scene)
        scene = replace(scene, events=timed("events", find_events, scene))
        scene = replace(scene, initiatives=timed("initiatives", find_initiatives, scene))
        scene = replace(scene, meetings=timed("meetings", find_meetings, scene))
        timed("statements", find_statements, scene)
        found: Extraction = extract(readout, lexicon)
        found = timed("resolve", resolve, found, lexicon)
        timed("rdf", to_lines, found)
    return dict(seconds)


def baselines(texts: Sequence[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield other ways to read *texts*, those that are installed."""
    yield "words by one regular expression", lambda: [WORD.findall(text) for text in texts]
    try:
        import spacy
    except ImportError:
        return
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    yield f"spaCy {version('spacy')}, tokenizer and sentencizer", partial(_piped, blank, texts)
    yield f"spaCy {version('spacy')}, its small model's design, untrained", partial(_piped, untrained_pipeline(), texts)
    for name in MODELS:
        if spacy.util.is_package(name):
            yield f"spaCy {version('spacy')}, {name}", partial(_piped, spacy.load(name), texts)


def _piped(model: Language, texts: Sequence[str]) -> None:
    for _ in model.pipe(texts):
        pass


def print_tables(readouts: Sequence[Readout], rounds: int, reading: float) -> None:
    """Measure all stages and baselines on *readouts* and print what a readout costs."""
    console, count = Console(), len(readouts)
    runs = [staged(readouts) for _ in range(rounds)]
    best = {"sources": reading * count} | {stage: min(run[stage] for run in runs) for stage in runs[0]}
    total = sum(best.values())
    size = sum(len(readout.text) for readout in readouts) / count
    table = Table(title=f"{count} readouts of {size:,.0f} characters, one core, the quickest of {rounds} rounds")
    for column, side in (("stage", "left"), ("ms a readout", "right"), ("share", "right"), ("readouts/s", "right")):
        table.add_column(column, justify=side)  # type: ignore[arg-type]
    for stage, seconds in best.items():
        table.add_row(stage, f"{1000 * seconds / count:.2f}", f"{seconds / total:.0%}", f"{count / seconds:,.0f}")
    table.add_section()
    table.add_row("all", f"{1000 * total / count:.2f}", "100%", f"{count / total:,.0f}", style="bold")
    console.print(table)
    _print_baselines(console, readouts, rounds, total)


def _print_baselines(console: Console, readouts: Sequence[Readout], rounds: int, total: float) -> None:
    count, texts = len(readouts), [readout.text for readout in readouts]
    others = dict(baselines(texts))
    others["extract, resolve, and quads as objects"] = lambda: [list(to_quads(resolve(extract(r)))) for r in readouts]
    table = Table(title="The same texts otherwise")
    for column, side in (("what", "left"), ("ms a readout", "right"), ("readouts/s", "right"), ("ratio", "right")):
        table.add_column(column, justify=side)  # type: ignore[arg-type]
    for name, work in others.items():
        seconds = min(clocked(work) for _ in range(rounds))
        row = f"{1000 * seconds / count:.2f}", f"{count / seconds:,.0f}", f"{seconds / total:.2f}"
        table.add_row(name, *row)
    console.print(table)
    console.print("ratio: how long it takes for what the converter needs 1 for.")


if __name__ == "__main__":
    main()
