import pytest

from kg.errors import InputError, NotFound
from kg.lexicon import Lexicon


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_the_users_adds_terms(tmp_path):
    file = write(
        tmp_path / "terms-mine.tsv",
        "person\tpost\tof\tstart\tend\nJo Doe\tHarbour Master\tMalta\t2012\t2014-02\n",
    )
    (term,) = Lexicon.load(file).named("Doe")
    assert (term.post, str(term.start), str(term.end)) == ("Harbour Master", "2012-01-01", "2014-02-28")


def test_a_users_entry_of_a_known_name_adds_its_aliases_and_keeps_the_rest(tmp_path):
    file = write(tmp_path / "countries.tsv", "name\taliases\tcapital\nMalta\tThe Island\tMdina\n")
    before, after = Lexicon.load().country("Malta"), Lexicon.load(file).country("the island")
    assert before is not None
    assert after is not None
    assert after.aliases == (*before.aliases, "The Island")
    assert (after.capital, after.code, after.demonyms) == ("Mdina", before.code, before.demonyms)


def test_a_folder_of_the_users_is_read_whole(tmp_path):
    write(tmp_path / "bodies.tsv", "name\tgovernmental\nChess Club\tno\n")
    write(tmp_path / "mine.toml", 'words = ["castle"]\n')
    lexicon = Lexicon.load(tmp_path)
    assert lexicon.body("chess club").governmental is False
    assert lexicon.grammar["mine"] == {"words": ["castle"]}


def test_a_toml_file_extends_lists_and_tables_of_the_grammar(tmp_path):
    folder, more = tmp_path / "one", tmp_path / "two"
    folder.mkdir()
    more.mkdir()
    write(folder / "words.toml", 'nouns = ["pact"]\nsize = 1\n[verbs]\nsay = ["say"]\n')
    write(more / "words-mine.toml", 'nouns = ["pact", "deal"]\nsize = 2\n[verbs]\nask = ["ask"]\n')
    assert Lexicon.load(folder, more).grammar["words"] == {
        "nouns": ["pact", "deal"],
        "size": 2,
        "verbs": {"say": ["say"], "ask": ["ask"]},
    }


def test_comments_blank_lines_and_a_byte_order_mark_are_no_rows(tmp_path):
    file = write(tmp_path / "events.tsv", "\ufeff# mine\nname\n\n# more\nGreat Regatta\n")
    assert [event.name for event in Lexicon.load(file).events][-1] == "Great Regatta"


HEAD = "person\tpost\tof\tstart\tend\tqid\n"


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("terms.tsv", HEAD + "A B\tMayor\tMalta\t2012\t\n", "line 2: 5 cells where the header has 6"),
        ("terms.tsv", HEAD + "A B\tMayor\tMalta\tMay\t\t\n", "line 2: no date: 'May'"),
        ("terms.tsv", HEAD + "A B\tMayor\tMalta\t2012-13\t\t\n", "line 2"),
        ("terms.tsv", HEAD + "A B\tMayor\tMalta\t2014\t2012\t\n", "ends (2012-12-31) before it starts (2014-01-01)"),
        ("terms.tsv", HEAD + "A B\tMayor\tMalta\t\t\tX1\n", "line 2: no Wikidata id: 'X1'"),
        ("terms.tsv", HEAD + "\tMayor\tMalta\t\t\t\n", "line 2: person is empty"),
        ("terms.tsv", "person\tpost\tof\tcolour\n", "line 1: unknown column 'colour'"),
        ("terms.tsv", "person\tpost\n", "line 1: the column 'of' is missing"),
        ("bodies.tsv", "name\tgovernmental\nX\tmaybe\n", "line 2: expected yes or no, not 'maybe'"),
        ("people.tsv", "name\n", "no such table: 'people'"),
        ("words.toml", "a = \n", "malformed TOML"),
    ],
)
def test_a_malformed_file_is_named_with_line_and_fault(tmp_path, name, text, fault):
    file = write(tmp_path / name, text)
    with pytest.raises(InputError) as caught:
        Lexicon.load(file)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert fault in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "terms.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        Lexicon.load(tmp_path / "terms.tsv")


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"terms\.tsv: no such file"):
        Lexicon.load(tmp_path / "terms.tsv")
