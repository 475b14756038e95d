"""How a question is read, and how its words are marked in a text."""

from hypothesis import given
from hypothesis import strategies as st

from kg.search import excerpt, read


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_a_facet_is_one_only_where_there_is_such_a_facet():
    words = read("year:2016 note:well type:official", facets=("year", "type"))
    assert words.facets == {"year": ("2016",), "type": ("official",)}
    assert words.terms == ("note well",)


def test_a_name_with_a_hyphen_is_a_phrase():
    assert read("al-Thani").terms == ("al thani",)
    assert read("U.S.-Japan").terms == ("us japan",)


def test_the_last_word_is_begun_only_while_nothing_stands_behind_it():
    assert read("har").open
    assert not read("har ").open
    assert not read('"har"').open
    assert not read("secretary of").open


def test_words_are_marked_as_they_stand_in_the_text():
    text = "The Minister thanked Zoë Ångström’s staff, and O’Neill."
    marked = "The Minister thanked Zoë [Ångström’s] staff, and [O’Neill]."
    assert shown(excerpt(text, read("angstrom oneill "))) == marked


def test_words_side_by_side_have_one_mark():
    assert shown(excerpt("on climate change and trade", read("climate change "))) == "on [climate change] and trade"


def test_of_a_long_text_the_stretch_with_most_of_the_words_is_shown():
    text = "harbour " + "filler " * 200 + "the harbour pilots of Sund agreed " + "filler " * 200
    found = shown(excerpt(text, read("harbour pilots sund ")))
    assert "the [harbour pilots] of [Sund] agreed" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 300


def test_a_text_without_the_words_shows_its_beginning():
    assert shown(excerpt("nothing of it", read("harbour"))) == "nothing of it"


@given(st.text(max_size=600), st.text(max_size=30))
def test_an_excerpt_has_nothing_that_is_not_in_the_text(text, words):
    plain = "".join(text.split())
    for piece in excerpt(text, read(words)):
        assert "".join(piece.text.replace("…", "").split()) in plain.replace("…", "")
