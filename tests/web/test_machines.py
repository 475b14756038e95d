"""The JSON API: what it answers is what its description says, and every fact has its quote."""

import base64

import pytest

ADA = "official/ada-nyberg"
SURROGATE = base64.urlsafe_b64encode(b'["\\ud800", ""]').decode().rstrip("=")
MEETING = "meeting/norland-mfa/2021-03-01-call/1"
PATHS = {
    "/api/search": ["/api/search?q=ada", "/api/search?q=nobody+at+all"],
    "/api/complete": ["/api/complete?q=ad"],
    "/api/entity/{name}": [f"/api/entity/{ADA}", f"/api/entity/{MEETING}", "/api/entity/place/norland"],
    "/api/evidence/{name}": [f"/api/evidence/{ADA}?limit=2", f"/api/evidence/{MEETING}"],
    "/api/meetings": [
        "/api/meetings",
        f"/api/meetings?official={ADA}&since=2022&until=2022-04",
        "/api/meetings?limit=1",
    ],
}


@pytest.fixture(scope="module")
def described(app):
    return app.test_client().get("/openapi.json").json


def resolved(schema, described):
    """The schema with the definitions that it refers to."""
    return schema | {"components": described["components"]}


def test_the_description_is_valid_openapi(described):
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(described)
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_has_the_form_that_is_described(path, described, client):
    jsonschema = pytest.importorskip("jsonschema")
    [schema] = described["paths"][path]["get"]["responses"]["200"]["content"].values()
    for address in PATHS[path]:
        answer = client.get(address)
        assert (answer.status_code, answer.content_type) == (200, "application/json"), answer.text
        assert answer.headers["ETag"]
        jsonschema.Draft202012Validator(resolved(schema["schema"], described)).validate(answer.json)


def test_each_quote_stands_where_its_offsets_say(client):
    found = client.get(f"/api/evidence/{ADA}?limit=100").json["evidence"]
    assert {each["kind"] for each in found} >= {"meeting", "participation", "holding", "statement"} - {"meeting"}
    for each in found:
        text = client.get(f"/api/entity/{each['document'].removeprefix('https://w3id.org/readout/')}").json["text"]
        assert text[each["begin"] : each["end"]] == each["phrase"]
        assert " ".join(each["phrase"].split()) in each["sentence"]


def test_pages_follow_each_other_without_gap_or_repetition(client):
    every = [each["iri"] for each in client.get("/api/meetings").json["meetings"]]
    found, address = [], "/api/meetings?limit=1"
    while address:
        page = client.get(address).json
        found += [each["iri"] for each in page["meetings"]]
        address = page["next"]
    assert found == every
    assert len(found) == 3
    first = client.get(f"/api/evidence/{ADA}?limit=1").json
    second = client.get(first["next"]).json
    assert first["evidence"] != second["evidence"]


def test_encounters_are_narrowed_down_by_day_person_and_side(client):
    def days(query):
        return [each["start"] for each in client.get(f"/api/meetings?{query}").json["meetings"]]

    assert days("since=2022") == ["2023-05-03", "2022-04-02"]
    assert days("until=2022-04") == ["2022-04-02", "2021-03-01"]
    assert days("since=2022-04-02&until=2022-04-02") == ["2022-04-02"]
    assert len(days(f"official={ADA}&country=place/sudoria&kind=call&status=held")) == 3
    assert days(f"official={ADA}&kind=visit") == []


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/entity/official/nobody", 404, "nothing is known"),
        ("/api/evidence/official/nobody", 404, "nothing is known"),
        ("/api/meetings?since=yesterday", 400, "since=yesterday"),
        ("/api/meetings?kind=banquet", 400, "banquet"),
        ("/api/meetings?official=official/nobody", 404, "nothing is known"),
        ("/api/meetings?country=place/atlantis", 404, "nothing is known"),
        ("/api/meetings?official=https://a.example/$limit$during", 404, "nothing is known"),
        ("/api/search?words=ada", 400, "no parameter 'words'"),
        ("/api/complete?query=ada", 400, "no parameter 'query'"),
        ("/api/meetings?limit=0", 400, "limit=0"),
        ("/api/meetings?limit=1000", 400, "limit=1000"),
        ("/api/meetings?cursor=x", 400, "cursor"),
        (f"/api/meetings?cursor={SURROGATE}", 400, "cursor"),
        ("/api/meetings?offical=official/ada-nyberg", 400, "offical"),
        ("/api/meetings?official=a%20b%3Ac", 400, "IRI"),
        ("/api/entity/%3Cx%3E%22", 404, "nothing is known"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(address, status, said, client):
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert said in answer.json["detail"]


def test_scripts_of_other_sites_may_read_it(client):
    assert client.get("/api/meetings").headers["Access-Control-Allow-Origin"] == "*"


def test_what_has_not_changed_is_not_sent_again(client):
    tag = client.get("/api/meetings").headers["ETag"]
    assert client.get("/api/meetings", headers={"If-None-Match": tag}).status_code == 304
