"""Small gazetteers, and the reference data where it is there."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.lexicon import default_lexicon
from kg.link import Index, build_file, read_rows
from tests.cli.conftest import Result

SHARED = Path(__file__).parents[2].parent / "shared"
HEADER = "qid,label,aliases,type,country_qid,position_label,position_qid,start,end,source\n"


def made(folder: Path, text: str, name: str = "own.csv", snapshot=None) -> Path:
    """Write *text* as a table, build an index of it, return the index's path."""
    table = folder / name
    table.write_text(text, encoding="utf-8")
    target = folder / f"{name}.gazetteer"
    build_file(target, [(name, read_rows(table), snapshot)], default_lexicon())
    return target


def opened(folder: Path, text: str, **more) -> Index:
    return Index.open(made(folder, HEADER + text, **more))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data."""
    if not (SHARED / "gazetteer").is_dir():
        pytest.skip("the reference data is not there")
    return SHARED


@pytest.fixture(scope="session")
def reference(shared, tmp_path_factory) -> Path:
    """An index of all the reference tables."""
    target = tmp_path_factory.mktemp("gazetteer") / "reference"
    tables = sorted((shared / "gazetteer").glob("*.csv"))
    build_file(target, [(table.name, read_rows(table), None) for table in tables], default_lexicon())
    return target


def here(*arguments: object, input: str = "") -> Result:
    """Run ``kg`` with *arguments* in this process, which is quicker than a process of its own; all else is the same."""
    with CliRunner().isolation(
        input=input, env={name: None for name in os.environ if name.startswith("KG_")}
    ) as streams:
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    out, err = (stream.getvalue().decode() for stream in streams[:2])
    return Result(status, out, err)
