"""How conversion, load and service grow with the corpus: `python -m benchmarks.scale --readouts 1000 --readouts 10000`.

Each step is a process of its own, as a user runs it, so its processor time and memory can be told. What was measured
is kept (`--kept FILE`), and `--write` puts it into docs/scale.md and docs/scale.svg. A size that takes hours can be
measured in several runs: with `--folder FOLDER` a run goes on behind the steps that were done.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.scale_report import described, written
from benchmarks.varied import records

ROOT = Path(__file__).resolve().parent.parent
QUERIES = {
    "one readout": "SELECT * { GRAPH <https://w3id.org/readout/graph/$> { ?s ?p ?o } }",
    "one person's encounters": """SELECT ?m ?day { ?p rdfs:label "Antony Blinken" . ?m readout:participant ?p
        OPTIONAL { ?m schema:startDate ?day } }""",
    "who met most": """SELECT ?p (COUNT(*) AS ?n) { ?m readout:participant ?p }
        GROUP BY ?p ORDER BY DESC(?n) LIMIT 10""",
    "statements by act": "SELECT ?act (COUNT(*) AS ?n) { ?s readout:act ?act } GROUP BY ?act",
    "all statements": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
}
_ROUNDS = 5
# A process counts what the one that started it had in memory, too: so a small one starts it.
_WATCH = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - begin
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": done.returncode, "seconds": seconds, "processor": usage.ru_utime + usage.ru_stime,
                  "memory": usage.ru_maxrss << 10}))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processors, and the bytes of the largest process."""

    seconds: float
    processor: float
    memory: int


def measured(*command: object) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _WATCH, *map(str, command)], capture_output=True, text=True, env=environment, check=True
    )
    *_, told = done.stdout.splitlines()
    found = json.loads(told)
    if found.pop("status") not in (0, 1):  # 1: some documents were set aside
        raise RuntimeError(f"{command}: {done.stderr[-2000:]}")
    return Cost(**found)


def size(folder: Path) -> int:
    """Return the bytes on the disk of a folder, a file with several names once."""
    files = {
        found.st_ino: found.st_blocks * 512 for path in folder.rglob("*") if (found := path.lstat()) and path.is_file()
    }
    return sum(files.values())


def grown(readouts: int, folder: Path, jobs: int) -> dict[str, Any]:
    """Measure everything on a corpus of so many readouts, in *folder*; what was measured there before stays."""
    corpus, shards, store = folder / "corpus.jsonl", folder / "shards", folder / "store"
    done = folder / "done.json"
    if not done.exists():
        with corpus.open("w", encoding="utf-8") as file:
            file.writelines(records(readouts))
        done.write_text(json.dumps({"readouts": readouts, "corpus": corpus.stat().st_size}))
    found: dict[str, Any] = json.loads(done.read_text())
    kg = (sys.executable, "-m", "kg")
    steps = (
        ("convert", (*kg, "convert", corpus, "-o", f"{shards}/", "--jobs", jobs), shards),
        ("load", (*kg, "load", shards, "--store", store), store),
        ("load again", (*kg, "load", shards, "--store", store), None),
        ("search index", (*kg, "search", "minister", "--store", store), store / "search"),
        ("snapshot", (*kg, "snapshot", "publish", folder / "published", "--store", store), folder / "published"),
        ("restart", (*kg, "query", "ASK {}", "--store", store), None),
    )
    for name, command, made in steps:
        if name in found:
            continue
        found[name] = asdict(measured(*command)) | ({"disk": size(made)} if made else {})
        click.echo(f"{readouts:,} readouts: {name} took {found[name]['seconds']:.1f} s", err=True)
        done.write_text(json.dumps(found))
    head = json.loads((shards / "manifest.jsonl").open(encoding="utf-8").readline())
    found |= {name: head[name] for name in ("documents", "statements", "set_aside")}
    found |= asked(store)
    return found


def asked(store: Path) -> dict[str, Any]:
    """Return how long the store takes to be opened, to be asked, and to be searched, in seconds, the median of five."""
    from kg.store import open_store
    from kg.vocab import PREFIXES

    begin = time.perf_counter()
    with open_store(store, mode="write"):
        found: dict[str, Any] = {"open to write": time.perf_counter() - begin}
    begin = time.perf_counter()
    with open_store(store) as opened:
        found["open"] = time.perf_counter() - begin
        graph = next(iter(opened.journal())).partition("/graph/")[2]
        for name, query in QUERIES.items():
            text = query.replace("$", graph)
            found[name] = _median(lambda text=text: list(opened.query(text, prefixes=PREFIXES).rows()))
        found["search"] = _median(lambda: opened.search("prime minister"))
    return found


def _median(do: Any) -> float:  # noqa: ANN401
    times = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        do()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


@click.command()
@click.option("--readouts", type=click.IntRange(min=1), multiple=True, help="How many; repeatable.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Processes that convert.")
@click.option("--kept", type=click.Path(path_type=Path), help="A file of results: sizes measured again replace theirs.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work, and to go on; by default temporary.")
@click.option("--write", is_flag=True, help="Put what is kept into docs/scale.md and docs/scale.svg.")
def main(readouts: tuple[int, ...], jobs: int, kept: Path | None, folder: Path | None, write: bool) -> None:
    """Measure how costs grow with the number of readouts."""
    results = {each["readouts"]: each for each in json.loads(kept.read_text())} if kept and kept.exists() else {}
    for number in readouts:
        with tempfile.TemporaryDirectory(prefix="kg-scale-") as temporary:
            place = folder / str(number) if folder else Path(temporary)
            place.mkdir(parents=True, exist_ok=True)
            results[number] = grown(number, place, jobs)
        if kept:
            kept.write_text(json.dumps([results[each] for each in sorted(results)], indent=1) + "\n")
    ordered = [results[each] for each in sorted(results)]
    click.echo(described(ordered))
    if write:
        written(ordered, ROOT / "docs")


if __name__ == "__main__":
    main()
