"""Every block of README.md does what it says: they are run here in their order, in one folder."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line[2:] for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
SET_UP = [command for command in COMMANDS if "quickstart" in command]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder where `kg/demo/readouts` means the demonstration, as it does in a checkout."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "kg" / "demo").mkdir(parents=True)
    shutil.copytree(ROOT / "kg" / "demo" / "readouts", folder / "kg" / "demo" / "readouts")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    for command in ("kg load kg/demo/readouts --store demo-store",):
        subprocess.run(in_venv(command), cwd=folder, env=environment, check=True, capture_output=True)
    return folder


def in_venv(command):
    """The words of *command*, `kg` being the one under test."""
    first, *rest = shlex.split(command)
    return [sys.executable, "-m", "kg", *rest] if first == "kg" else [first, *rest]


def run(command, folder):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    done = subprocess.run(in_venv(command), cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Serving:
    """A server in a process of its own, told to take a free port; stopped at the end."""

    def __init__(self, words, folder):
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "KG_STORE": str(folder / "demo-store"),
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [*words, "--port", "0"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self):
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if found := ADDRESS.search(line):
                self.address = found[0]
                return self
        raise AssertionError(self.printed)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.rest = self.process.stdout.read()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def test_the_readme_has_blocks_of_the_kinds_that_are_run_here():
    assert {kind for kind, _ in BLOCKS} == {"console", "toml", "sparql", "python"}
    assert len(SET_UP) == 2


def test_the_second_command_is_the_one_that_the_gate_runs():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(SET_UP[1])


@pytest.mark.skipif(not list((ROOT / ".venv").glob("ready-*")), reason="the environment was not made by quickstart.py")
def test_the_first_command_loads_the_demonstration_and_serves_it(folder):
    script = shlex.split(SET_UP[0])
    with Serving([sys.executable, str(ROOT / script[1]), *script[2:]], folder) as server:
        assert urlopen(f"{server.address}/health").status == 200
    printed = server.printed + server.rest
    assert "SELECT" in printed


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("kg ") and not c.startswith("kg serve")])
def test_a_command_prints_something(command, folder):
    printed = run(command, folder)
    assert printed or command.startswith(("kg load", "kg link"))


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_any_client_gets_an_answer_from_the_server(folder):
    [serve] = [command for command in COMMANDS if command.startswith("kg serve")]
    [curl] = [command for command in COMMANDS if command.startswith("curl")]
    with Serving(in_venv(serve), folder) as server:
        lines = run(ADDRESS.sub(server.address, curl), folder).split()
    assert lines[0] == "kind"
    assert len(lines) == 5


def test_the_query_finds_what_was_agreed(folder):
    [query] = [text for kind, text in BLOCKS if kind == "sparql"]
    (folder / "agreed.rq").write_text(query, encoding="utf-8")
    rows = run("kg query agreed.rq --store demo-store --format csv", folder).splitlines()
    assert rows[0] == "when,who,quote"
    assert len(rows) > 20


def test_entities_are_linked_without_a_network(folder):
    link, query, live = (command for command in COMMANDS if "kg link" in command or "exactMatch" in command)
    run(link, folder)
    found = run(f"{query} --format csv", folder)
    assert "https://w3id.org/readout/official/lisa-monaco,http://www.wikidata.org/entity/" in found
    assert "action=wbsearchentities" in run(live, folder)


def test_a_title_of_ones_own_is_read_as_the_readme_says(folder):
    [words] = [text for kind, text in BLOCKS if kind == "toml"]
    (folder / "words").mkdir()
    (folder / "words" / "titles-mine.toml").write_text(words, encoding="utf-8")
    release = "Harbourmaster General Ada Example of Kenya met today with Prime Minister Bo Sample of Norway.\n"
    (folder / "release.txt").write_text(release, encoding="utf-8")
    held = "Ada Example: Harbourmaster General of Kenya"
    assert held not in run("kg explain release.txt", folder)
    assert held in run("kg explain release.txt --lexicon words", folder)


def test_the_library_does_what_its_lines_say(folder):
    [program, _] = [text for kind, text in BLOCKS if kind == "python"]
    (folder / "library.py").write_text(program, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "library.py"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "meeting 2023-11-15 ['official/antony-blinken', 'official/william-ruto']"
    assert len([line for line in program.splitlines() if line]) <= 16


def test_a_data_frame_is_read_as_the_readme_says(folder):
    pytest.importorskip("pandas")
    [_, program] = [text for kind, text in BLOCKS if kind == "python"]
    (folder / "frame.py").write_text(program, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "frame.py"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.stdout == "datetime64[s] 3\n", done.stderr


def test_every_command_is_in_the_table_and_the_table_has_no_other():
    listed = set(re.findall(r"^\| `kg (\w+)", README, re.MULTILINE))
    from kg.cli import cli

    assert listed == set(cli.commands)
