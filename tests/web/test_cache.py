"""Answers that were given before: the same bytes, never older than the data."""

import pytest

from kg.web import create_app
from kg.web.cache import AnswerCache

QUERY = {
    "query": "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }",
    "format": "csv",
}


class Counting:
    """An application that counts its calls."""

    def __init__(self, body=(b"a", b"b"), headers=(("ETag", 'W/"x"'),), status="200 OK"):
        self.calls, self.closed = 0, 0
        self.body, self.headers, self.status = body, headers, status

    def __call__(self, environ, start_response):
        self.calls += 1
        start_response(self.status, list(self.headers))
        return self

    def __iter__(self):
        return iter(self.body)

    def close(self):
        self.closed += 1


def call(application, **environ):
    answer = {}
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "q=1"} | environ
    body = application(request, lambda status, headers, exc_info=None: answer.update(status=status, headers=headers))
    data = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return answer["status"], dict(answer["headers"]), data


def test_what_was_answered_once_is_not_computed_again():
    inner = Counting()
    cache = AnswerCache(inner, lambda: "1")
    assert call(cache) == call(cache) == ("200 OK", {"ETag": 'W/"x"'}, b"ab")
    assert (inner.calls, inner.closed) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"PATH_INFO": "/other"},
        {"QUERY_STRING": "q=2"},
        {"HTTP_ACCEPT": "text/csv"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_HOST": "b.example"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_IF_NONE_MATCH": 'W/"x"'},
    ],
)
def test_another_request_gets_an_answer_of_its_own(change):
    inner = Counting()
    cache = AnswerCache(inner, lambda: "1")
    call(cache)
    call(cache, **change)
    assert inner.calls == 2


def test_new_data_are_seen_at_once():
    generations = [1, 1, 2]
    inner = Counting()
    cache = AnswerCache(inner, lambda: generations.pop(0))
    for _ in range(3):
        call(cache)
    assert inner.calls == 2


@pytest.mark.parametrize(
    "inner",
    [Counting(headers=()), Counting(status="503 Service Unavailable"), Counting(body=[b"x" * 50] * 3)],
    ids=["without a tag", "an error", "too large"],
)
def test_what_may_change_or_is_too_large_is_not_kept(inner):
    cache = AnswerCache(inner, lambda: "1", size=800)
    assert call(cache) == call(cache)
    assert inner.calls == 2


def test_an_answer_that_breaks_off_is_not_kept():
    def broken():
        yield b"a"
        raise OSError("broken off")

    inner = Counting(body=())
    cache = AnswerCache(inner, lambda: "1")
    inner.body = broken()
    with pytest.raises(OSError, match="broken off"):
        call(cache)
    inner.body = (b"whole",)
    assert call(cache)[2] == b"whole"


def test_the_least_recently_used_goes_first():
    inner = Counting(body=[b"x" * 100])
    cache = AnswerCache(inner, lambda: "1", size=18_000)
    for number in range(9):
        call(cache, QUERY_STRING=str(number))
        call(cache, QUERY_STRING="0")
    assert inner.calls == 9
    call(cache, QUERY_STRING="1")
    assert inner.calls == 10


def test_long_questions_count_as_much_as_long_answers():
    inner = Counting()
    cache = AnswerCache(inner, lambda: "1", size=100_000)
    for number in range(30):
        call(cache, QUERY_STRING=f"{number}" + "x" * 10_000)
    for number in range(30):
        call(cache, QUERY_STRING=f"{number}" + "x" * 10_000)
    assert inner.calls == 60


def test_the_endpoint_never_gives_yesterdays_answer(tmp_path, write_days):
    write_days(tmp_path / "store", "2021-03-01")
    app = create_app(tmp_path / "store", WORKERS=1)
    client = app.test_client()
    assert [client.get("/sparql", query_string=QUERY).text for _ in range(2)] == ["n\r\n1\r\n"] * 2
    write_days(tmp_path / "store", "2022-04-02")
    assert client.get("/sparql", query_string=QUERY).text == "n\r\n2\r\n"
    app.extensions["kg"].engine.close()


def test_a_page_that_the_client_has_is_not_sent_again(client):
    first = client.get("/page/official/ada-nyberg")
    again = client.get("/page/official/ada-nyberg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" in again.headers
