"""Words of a user's own: a few lines in a file are understood, without a line of code."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import kg

CALL = """\
Ann Ewe, Harbourmaster General of Norway, spoke by phone today with Foreign Minister Bo Oak of Kenya.

They yarned about the sea lanes.
"""
WORDS = {
    "titles-mine.toml": '[heads]\ngovernment = ["Harbourmaster General"]\n',
    "acts-mine.toml": '[acts]\ndiscuss = ["yarn about"]\n',
    "initiatives-mine.tsv": "name\taliases\nTreaty of the Sea Lanes\tsea lanes\n",
}
POST, QUOTE, TREATY = "Harbourmaster General", "yarned about the sea lanes", "initiative/treaty-of-the-sea-lanes"


@pytest.fixture
def call(tmp_path) -> Path:
    (tmp_path / "call.txt").write_text(CALL)
    return tmp_path / "call.txt"


@pytest.fixture
def words(tmp_path) -> Path:
    folder = tmp_path / "words"
    folder.mkdir()
    for name, text in WORDS.items():
        (folder / name).write_text(text)
    return folder


def test_a_title_a_verb_and_a_treaty_of_ones_own_are_understood(call, words):
    plain, taught = kg("convert", call), kg("convert", call, "--lexicon", words)
    for piece in (f'"{POST}"', f'quote> "{QUOTE}"', TREATY):
        assert piece not in plain.out
        assert piece in taught.out


def test_several_files_are_taken_by_option_or_by_the_environment(call, words):
    files = sorted(words.iterdir())
    options = [argument for file in files for argument in ("--lexicon", file)]
    by_option = kg("convert", call, *options)
    assert by_option.out == kg("convert", call, KG_LEXICON=":".join(map(str, files))).out
    assert TREATY in by_option.out


def test_what_was_loaded_without_them_is_converted_again_and_then_unchanged(call, words, tmp_path):
    store = tmp_path / "store"

    def load(*arguments: object) -> tuple[int, int, int]:
        report = json.loads(kg("load", call, "--store", store, "--json", *arguments).out)
        return report["loaded"], report["replaced"], report["unchanged"]

    assert load() == (1, 0, 0)
    assert load("--lexicon", words) == (0, 1, 0)
    assert load("--lexicon", words) == (0, 0, 1)
    (words / "acts-mine.toml").write_text('[acts]\ninform = ["yarn about"]\n')
    assert load("--lexicon", words) == (0, 1, 0)
    assert load() == (0, 1, 0)


@pytest.mark.parametrize(
    ("name", "text", "status", "said"),
    [
        ("terms.tsv", "person\tpost\nAnn Ewe\tMayor\n", 65, "the column 'of' is missing"),
        ("recipes.tsv", "name\nsoup\n", 65, "no such table: 'recipes'"),
        ("titles.toml", "[heads\n", 65, "malformed TOML"),
        ("encounters.toml", '[verbs]\nwaltz = ["waltzed|waltzes|waltz|waltzing"]\n', 65, "the frame 'waltz'"),
        (None, "", 66, "no such file"),
    ],
)
def test_a_file_that_does_not_fit_ends_the_run_with_one_line(call, tmp_path, name, text, status, said):
    file = tmp_path / (name or "absent")
    if name:
        file.write_text(text)
    result = kg("convert", call, "--lexicon", file)
    assert (result.status, result.out) == (status, "")
    assert result.err.count("\n") == 1
    assert said in result.err
