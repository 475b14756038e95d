"""Every id that is shipped is one that a reference knows under that name: a wrong id is far worse than none."""

from kg.lexicon import default_lexicon, fold
from kg.link import Index
from kg.link.builtin import lexicon_rows
from kg.link.rows import kind_of
from tests.lexicon.checked import elsewhere


def test_every_shipped_id_is_in_the_reference_under_one_of_its_names(reference):
    """Or other public data know it (tests/lexicon/checked_ids.tsv).

    Of a person also the family name alone may agree, where a term of the same office does: spellings differ.
    """
    index, checked = Index.open(reference), elsewhere()
    wrong = []
    for row in {row.qid: row for row in lexicon_rows(default_lexicon())}.values():
        entry = index.entry(row.qid)
        names = {fold(name) for name in (row.label, *row.aliases)}
        if names & checked.get(row.qid, set()):
            continue
        names.add(fold(row.label.removesuffix(" City")))
        if entry is None or entry.kind != kind_of(row.type):
            wrong.append((row.qid, row.label, entry and entry.kind))
        elif not names & {fold(name) for name in entry.names} and not _alike(row, entry):
            wrong.append((row.qid, row.label, entry.label))
    assert not wrong


def test_no_two_things_are_shipped_with_one_id():
    names: dict[str, set[str]] = {}
    for row in lexicon_rows(default_lexicon()):
        names.setdefault(row.qid, set()).add(row.label)
    assert not {qid: labels for qid, labels in names.items() if len(labels) > 1}


def _alike(row, entry) -> bool:
    words, others = set(fold(row.label).split()), {word for name in entry.names for word in fold(name).split()}
    lexicon = default_lexicon()
    same_office = lexicon.post_key(row.position) in {term.key for term in entry.terms}
    return bool(words & others) and (same_office or len(words & others) > 1)
