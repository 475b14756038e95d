"""The measurements can be made: each prints its table. What they measure is for people to judge."""

import json
import subprocess
import sys
from xml.etree import ElementTree

from benchmarks.endpoint_report import Cell, Setting, described
from benchmarks.scale_report import drawn
from tests.cli.conftest import ROOT


def run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_speed_of_each_stage_is_measured_beside_a_baseline():
    done = run("extract", "--readouts", 2, "--rounds", 1)
    assert done.returncode == 0, done.stderr
    for row in ("sources", "cast", "events", "initiatives", "meetings", "statements", "resolve", "rdf", "all"):
        assert f"│ {row} " in done.stdout
    assert "words by one regular expression" in done.stdout


def test_confidence_is_held_against_annotations():
    done = run("calibration", "kg/demo/readouts", "tests/demo/gold")
    assert done.returncode == 0, done.stderr
    assert "expected calibration error" in done.stdout
    assert "│ people.title-before-name " in done.stdout


def test_without_annotations_calibration_says_what_it_needs():
    done = run("calibration", "here", "nowhere")
    assert done.returncode == 66
    assert "name a folder of texts and one of annotations" in " ".join(done.stderr.split())


def test_the_endpoint_is_measured_beside_the_native_server():
    options = {"--documents": 20, "--seconds": 0.01, "--rounds": 1, "--clients": 2, "--servers": "kg,native"}
    done = run("endpoint", *(part for option in options.items() for part in option))
    assert done.returncode == 0, done.stderr
    for row in ("cold, 2 clients", "repeated, 2 clients", "│ scan ", "│ geometric mean ", "kg: MB resident"):
        assert row in done.stdout


def test_a_mean_without_what_is_known_from_statistics_stands_beside_that_with_it():
    found = {query: {"kg": Cell(rate), "native": Cell(1.0)} for query, rate in (("ask", 2.0), ("count", 8.0))}
    text = described({Setting(cold=True, clients=1): found}, ["kg", "native"], "", (), ("count",))
    assert "| cold, to native | 0.8 | 4.00 |" in text
    assert "| cold, to native, without what is known from statistics (count) |  | 2.00 |" in text


def test_growth_is_measured_at_each_size_and_drawn(tmp_path):
    kept = tmp_path / "kept.json"
    done = run("scale", "--readouts", 2, "--readouts", 4, "--jobs", 1, "--kept", kept)
    assert done.returncode == 0, done.stderr
    assert "| readouts | 2 | 4 |" in done.stdout
    drawing = drawn(json.loads(kept.read_text()))
    assert ElementTree.fromstring(drawing).tag.endswith("svg")
    assert "nan" not in drawing
