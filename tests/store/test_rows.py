import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.answer import GRAPH_TYPES, RESULT_TYPES
from kg.store.rows import RowCounter

TEXTS = st.lists(st.text('}},{"<result>\n\r,.x', max_size=8), min_size=0, max_size=6, unique=True)


@pytest.mark.parametrize("media_type", RESULT_TYPES)
@given(texts=TEXTS, size=st.integers(1, 40))
def test_rows_are_counted_whatever_stands_in_them_and_wherever_pieces_end(media_type, texts, size):
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(text)) for text in texts)
    body = store.query("SELECT ?s ?o { ?s ?p ?o }").serialize(format=RESULT_TYPES[media_type])
    counter = RowCounter(media_type)
    for start in range(0, len(body), size):
        counter.see(body[start : start + size])
    assert counter.known
    assert counter.rows == len(texts)


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
@given(texts=TEXTS)
def test_statements_are_counted_where_each_is_a_line(media_type, texts):
    triples = [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(text)) for text in texts]
    counter = RowCounter(media_type)
    counter.see(ox.serialize(triples, format=GRAPH_TYPES[media_type]))
    assert counter.known == (media_type in ("application/n-triples", "application/n-quads"))
    assert counter.rows == (len(texts) if counter.known else 0)
