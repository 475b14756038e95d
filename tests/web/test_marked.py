"""Marking phrases changes no character of a text, whatever the phrases are."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.web.views.marked import marked

TEXTS = st.text(alphabet="ab .\nA<&é", max_size=60)


@st.composite
def texts_with_phrases(draw):
    text = draw(TEXTS)
    if not text:
        return text, {}
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=8))
    spans = {Span(start, draw(st.integers(start + 1, len(text)))): ["f1"] for start in starts}
    return text, spans


@given(texts_with_phrases())
def test_the_text_stays_as_it_is_and_elements_are_nested(case):
    text, phrases = case
    paragraphs = list(map(str, marked(text, phrases)))
    assert [unescape(re.sub(r"<[^>]*>", "", one)) for one in paragraphs] == re.findall(r"[^\n]+(?:\n[^\n]+)*", text)
    for one in paragraphs:
        open_now = []
        for closing, name in re.findall(r"<(/?)(mark|a|span)\b", one):
            if closing:
                assert open_now.pop() == name
            else:
                assert name != "a" or "a" not in open_now
                open_now.append(name)
        assert not open_now


@given(texts_with_phrases())
def test_every_id_occurs_once(case):
    text, phrases = case
    ids = re.findall(r'id="([^"]*)"', "".join(map(str, marked(text, phrases))))
    assert len(ids) == len(set(ids))
    assert set(ids) <= {f"char={span.start},{span.end}" for span in phrases}


def test_phrases_that_cross_are_marked_in_parts_and_have_their_id_once():
    (paragraph,) = marked("They met.", {Span(0, 6): ["f1"], Span(5, 8): ["f2"]})
    assert str(paragraph) == (
        '<span class="sentence"><mark id="char=0,6" data-fact="f1"><a href="#f1">They </a>'
        '<mark id="char=5,8" data-fact="f2"><a href="#f2">m</a></mark></mark>'
        '<mark data-fact="f2"><a href="#f2">et</a></mark>.</span>'
    )
