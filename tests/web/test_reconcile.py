"""Names in tables are matched with what is known here: OpenRefine's requests, both versions, and what is refused."""

import json
import urllib.error
import urllib.request
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.errors import NotFound
from kg.store import DocumentWrite, open_store
from kg.web import create_app
from tests.web.reconciliation import DRAFT, OLD, PROPOSED, SUGGESTED, SUGGESTED_ENTITIES, faults

PLACES = ("/reconcile", "/reconcile/wikidata")


def valid(answer, shape):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = answer.get_json()
    assert not list(faults(found, shape))
    return found


def asked(client, *questions, place="/reconcile"):
    """The candidates for each question, by version 0.2."""
    batch = {f"q{number}": question for number, question in enumerate(questions)}
    found = valid(client.post(place, data={"queries": json.dumps(batch)}), OLD["results"])
    assert list(found) == list(batch)
    return [each["result"] for each in found.values()]


def drafted(client, *questions, place="/reconcile"):
    """The candidates for each question, by the draft."""
    answer = client.post(f"{place}/1.0-draft/match", json={"queries": questions})
    return [each["candidates"] for each in valid(answer, DRAFT["results"])["results"]]


def property(id, value, **more):
    return {"matchType": "property", "propertyId": id, "propertyValue": value, **more}


def name(value):
    return {"matchType": "name", "propertyValue": value}


# --- the manifest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_each_version_has_a_manifest_of_its_own(client, place):
    assert valid(client.get(place), OLD["manifest"])["versions"] == ["0.2"]
    assert valid(client.get(f"{place}/1.0-draft"), DRAFT["manifest"])["versions"] == ["1.0-draft"]


@pytest.mark.parametrize("place", PLACES)
def test_what_a_manifest_names_is_there(client, place):
    manifest = client.get(place).get_json()
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert client.get(service["service_url"] + service["service_path"] + "?prefix=x").status_code == 200
    for address in (manifest["documentation"], manifest["logo"]):
        with client.get(address.partition("#")[0]) as answer:
            assert answer.status_code == 200


def test_wikidata_is_known_to_clients_by_its_own_address(client):
    """OpenRefine takes two services for one if these agree: what is matched here can be used with Wikidata's own."""
    manifest = client.get("/reconcile/wikidata").get_json()
    assert manifest["identifierSpace"] == "http://www.wikidata.org/entity/"
    assert manifest["schemaSpace"] == "http://www.wikidata.org/prop/direct/"


# --- matching -------------------------------------------------------------------------------------------------------


def test_the_very_name_is_a_match_and_comes_first(client):
    ((best, *_),) = asked(client, {"query": "NYBERG Ada"})
    assert (best["id"], best["match"], best["score"]) == ("official/ada-nyberg", True, 100)
    assert best["type"][0] == {"id": "Official", "name": "Official"}


def test_a_misspelt_name_and_a_surname_are_candidates_but_no_matches(client):
    for best, *_ in asked(client, {"query": "Ada Nybreg"}, {"query": "Okafor"}, {"query": "Sudorian Cost Guard"}):
        assert not best["match"]
        assert 40 < best["score"] < 100


def test_a_title_and_a_middle_name_too_many_do_no_harm(client):
    for best, *_ in asked(
        client, {"query": "Minister Nyberg"}, {"query": "Ada Louise Nyberg"}, {"query": "Ms. Nyberg"}
    ):
        assert best["id"] == "official/ada-nyberg"
        assert not best["match"]


def test_each_question_is_answered_as_if_it_were_alone(client):
    questions = [{"query": "Norland"}, {"query": "Nyberg"}, {"query": "nobody at all"}]
    assert asked(client, *questions) == [asked(client, question)[0] for question in questions]


def test_only_the_type_that_is_asked_for_is_given_and_what_is_among_it(client):
    officials, persons, places, nothing = asked(
        client,
        *({"query": "Ada Nyberg", "type": kind} for kind in ("Official", "Person", ["Place", "Country"], "Whale")),
    )
    assert officials[0]["id"] == persons[0]["id"] == "official/ada-nyberg"
    assert all(each["type"][-1]["id"] == "Place" for each in places)
    assert not nothing


def test_an_id_is_matched_with_what_it_is_the_id_of(client):
    iri = "https://w3id.org/readout/official/ada-nyberg"
    for best, *_ in asked(client, {"query": "official/ada-nyberg"}, {"query": iri}):
        assert (best["id"], best["match"]) == ("official/ada-nyberg", True)


def test_a_property_that_does_not_agree_makes_a_match_a_candidate(client):
    right, wrong = asked(
        client,
        {"query": "Jonas Okafor", "properties": [{"pid": "post", "v": "Secretary of State"}]},
        {"query": "Jonas Okafor", "properties": [{"pid": "country", "v": {"id": "place/norland", "name": "Norland"}}]},
    )
    assert right[0]["match"]
    assert not wrong[0]["match"]
    assert right[0]["score"] > wrong[0]["score"]
    assert {each["id"]: each["value"] for each in wrong[0]["features"]}["country"] == 0


def test_posts_are_compared_by_what_they_are_and_not_by_how_they_are_written(client):
    ((best, *_),) = asked(
        client, {"query": "Ada Nyberg", "properties": [{"pid": "post", "v": "Minister of Foreign Affairs"}]}
    )
    assert best["match"]


def test_whoever_was_in_office_on_a_day_is_found_without_a_name(client):
    office = [{"pid": "post", "v": "Foreign Minister"}, {"pid": "country", "v": "Norland"}]
    near, far = asked(
        client,
        {"properties": [*office, {"pid": "on", "v": "2022-04"}]},
        {"properties": [*office, {"pid": "on", "v": "1950"}]},
    )
    assert near[0]["id"] == "official/ada-nyberg"
    assert not near[0]["match"], "a person is never taken for certain without a name"
    assert far[0]["score"] < near[0]["score"]


def test_the_draft_gives_the_candidates_that_the_old_version_gives(client):
    old = asked(client, {"query": "Okafor", "type": "Person", "properties": [{"pid": "country", "v": "Sudoria"}]})[0]
    new = drafted(client, {"type": "Person", "conditions": [name("Okafor"), property("country", "Sudoria")]})[0]
    told = ("id", "name", "score", "match")
    assert [[each[key] for key in told] for each in old] == [[each[key] for key in told] for each in new]


def test_what_is_required_keeps_others_out_and_what_is_not_wanted_does_too(client):
    both = ["Norland", "Sudoria"]
    kept, out, without = drafted(
        client,
        {"conditions": [name("Okafor"), property("country", both, required=True)]},
        {
            "conditions": [
                name("Okafor"),
                property("country", both, required=True, matchQuantifier="all"),
            ]
        },
        {"conditions": [name("Okafor"), property("country", "Sudoria", required=True, matchQuantifier="none")]},
    )
    assert kept[0]["id"] == "official/jonas-okafor"
    assert not any(each["id"] == "official/jonas-okafor" for each in (*out, *without))


def test_as_many_candidates_are_given_as_are_asked_for(client):
    few, many = asked(client, {"query": "Norland", "limit": 1}, {"query": "Norland"})
    assert len(few) == 1 < len(many)


def test_a_name_with_an_office_is_a_match_at_wikidata_and_a_name_alone_is_not(client):
    alone, told = asked(
        client,
        {"query": "Shinzo Abe", "type": "Q5"},
        {
            "query": "Abe Shinzō",
            "type": "Q5",
            "properties": [
                {"pid": "P39", "v": "Prime Minister"},
                {"pid": "P17", "v": "Japan"},
                {"pid": "P585", "v": "2014"},
            ],
        },
        place="/reconcile/wikidata",
    )
    assert (alone[0]["id"], alone[0]["match"]) == ("Q132345", False)
    assert (told[0]["id"], told[0]["match"]) == ("Q132345", True)


def test_wikidata_tells_a_country_from_a_person_of_its_name(client):
    country, person = asked(
        client, {"query": "Monaco", "type": "Q6256"}, {"query": "Monaco", "type": "Q5"}, place="/reconcile/wikidata"
    )
    assert (country[0]["id"], country[0]["match"]) == ("Q235", True)
    assert not any(each["id"] == "Q235" or each["match"] for each in person)


# --- suggest, preview, extend ---------------------------------------------------------------------------------------


def test_what_is_typed_goes_on_as_items_of_wikidata(client):
    def suggested(prefix):
        answer = client.get("/reconcile/wikidata/suggest/entity", query_string={"prefix": prefix})
        return [each["name"] for each in valid(answer, SUGGESTED_ENTITIES)["result"]]

    assert "Antony Blinken" in suggested("blin")
    assert suggested("Q132345") == ["Shinzo Abe"]
    assert all("jap" in name.lower() for name in suggested("jap"))


@pytest.mark.parametrize("version", ["", "/1.0-draft"])
def test_what_is_typed_goes_on_as_entities_types_and_properties(client, version):
    def suggested(kind, prefix, shape=SUGGESTED, **more):
        found = valid(client.get(f"/reconcile{version}/suggest/{kind}", query_string={"prefix": prefix, **more}), shape)
        return [each["id"] for each in found["result"]]

    assert suggested("entity", "nyb", SUGGESTED_ENTITIES) == ["official/ada-nyberg"]
    assert suggested("entity", "official/ada-nyberg", SUGGESTED_ENTITIES) == ["official/ada-nyberg"]
    assert suggested("type", "off") == ["Official"]
    assert suggested("property", "in off") == ["on"]
    everything = suggested("type", "")
    assert suggested("type", "", offset=2, limit=3) == everything[2:5]
    assert suggested("type", "", cursor=4) == everything[4:]


def test_a_preview_may_be_shown_in_any_page_and_can_do_nothing_there(client):
    answer = client.get("/reconcile/preview?id=official/ada-nyberg")
    policy = answer.headers["Content-Security-Policy"]
    assert {"frame-ancestors *", "default-src 'none'"} <= set(policy.split("; "))
    page = HTMLParser(answer.text)
    assert page.css_first("h1").text(strip=True) == "Ada Nyberg"
    assert "Foreign Minister" in page.css_first("ul").text()
    assert "frame-ancestors 'none'" in client.get("/reconcile").headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=official/nobody").status_code == 404


def test_names_that_are_markup_are_text_in_a_preview_and_in_an_answer(tmp_path):
    evil = '"><script>alert(1)</script> {{ 7*7 }}'
    quads = f"""
        <https://w3id.org/readout/official/x%22%3E> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
            <https://w3id.org/readout/ontology#Official> .
        <https://w3id.org/readout/official/x%22%3E> <http://www.w3.org/2000/01/rdf-schema#label> {json.dumps(evil)} ."""
    triples = list(ox.parse(quads, ox.RdfFormat.TURTLE))
    with open_store(tmp_path / "store", mode="write") as store:
        graph = "https://w3id.org/readout/graph/evil"
        store.put([DocumentWrite.of(graph, [t.triple for t in triples], sha256="0", converter="t", source="t")])
    with open_store(tmp_path / "store") as store:
        client = create_app(store, TESTING=True).test_client()
        ((best, *_),) = asked(client, {"query": evil})
        assert (best["name"], best["id"]) == (evil, 'official/x">')
        page = client.get("/reconcile/preview", query_string={"id": best["id"]})
        assert page.status_code == 200
        assert not HTMLParser(page.text).css("script")
        assert "49" not in page.text


def test_values_of_properties_are_given_in_the_form_of_each_version(client):
    wanted = {
        "ids": ["official/ada-nyberg", "place/norland", "official/nobody"],
        "properties": [{"id": key} for key in ("post", "country", "meetings", "first", "aliases", "wikidata")],
    }
    old = valid(client.post("/reconcile", data={"extend": json.dumps(wanted)}), OLD["extension"])
    new = valid(client.post("/reconcile/1.0-draft/extend", json=wanted), DRAFT["extension"])
    nyberg = old["rows"]["official/ada-nyberg"]
    assert nyberg["post"] == [{"id": "post/norland/foreign-minister", "name": "Foreign Minister"}]
    assert nyberg["country"] == [{"id": "place/norland", "name": "Norland"}]
    assert (nyberg["meetings"], nyberg["first"]) == ([{"int": 3}], [{"date": "2021-03-01T00:00:00Z"}])
    assert not any(old["rows"]["official/nobody"].values())
    rows = {row["id"]: {each["id"]: each["values"] for each in row["properties"]} for row in new["rows"]}
    assert rows == old["rows"]
    assert {each["id"]: each.get("service", "") for each in old["meta"]}["wikidata"].endswith("/reconcile/wikidata")


def test_entities_that_are_values_are_entities_of_the_service(client):
    wanted = {"ids": ["official/ada-nyberg"], "properties": [{"id": "post"}, {"id": "country"}]}
    rows = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()["rows"]
    for (value,) in rows["official/ada-nyberg"].values():
        assert client.get("/reconcile/preview", query_string={"id": value["id"]}).status_code == 200


def test_links_that_a_person_or_the_machine_made_are_values(tmp_path, write_days):
    folder = tmp_path / "store"
    write_days(folder, "2021-03-01")
    link = ox.Triple(
        ox.NamedNode("https://w3id.org/readout/official/ada-nyberg"),
        ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch"),
        ox.NamedNode("http://www.wikidata.org/entity/Q4115189"),
    )
    with open_store(folder, mode="write") as store:
        graph = "https://w3id.org/readout/graph/links"
        store.put([DocumentWrite.of(graph, [link], sha256="0", converter="t", source="t")])
    with open_store(folder) as store:
        client = create_app(store, TESTING=True).test_client()
        wanted = {"ids": ["official/ada-nyberg"], "properties": [{"id": "wikidata"}]}
        rows = valid(client.post("/reconcile", data={"extend": json.dumps(wanted)}), OLD["extension"])["rows"]
        assert rows["official/ada-nyberg"]["wikidata"] == [{"id": "Q4115189", "name": "Q4115189"}]
        ((best, *_),) = asked(client, {"properties": [{"pid": "wikidata", "v": "Q4115189"}]})
        assert best["id"] == "official/ada-nyberg"


@pytest.mark.parametrize("kind", ["Official", "Country", "Initiative"])
def test_properties_are_proposed_for_a_type_and_can_be_had(client, kind):
    found = valid(client.get(f"/reconcile/extend/propose?type={kind}"), PROPOSED)
    assert found["type"] == kind
    assert ("post" in {each["id"] for each in found["properties"]}) == (kind == "Official")
    wanted = {"ids": ["official/ada-nyberg"], "properties": [{"id": each["id"]} for each in found["properties"]]}
    valid(client.post("/reconcile", data={"extend": json.dumps(wanted)}), OLD["extension"])


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queries", "part"),
    [
        ("{", "queries"),
        ("[" * 100_000, "queries"),
        ("[]", "queries"),
        ('{"q0": 1}', "q0"),
        ('{"q0": {"query": 7}}', "q0.query"),
        ('{"q0": {"query": "x", "limit": 0}}', "q0.limit"),
        ('{"q0": {"query": "x", "limit": NaN}}', "queries"),
        ('{"q0": {"query": "x", "limit": true}}', "q0.limit"),
        ('{"q0": {"query": "x", "limit": 1e999}}', "q0.limit"),
        ('{"q0": {"query": "x", "type": {}}}', "q0.type"),
        ('{"q0": {"query": "x", "properties": [{"pid": "post", "v": {"name": "x"}}]}}', "id"),
        ('{"q0": {"query": "x", "properties": [{"v": "x"}]}}', "pid"),
    ],
)
def test_what_is_wrong_with_a_batch_is_told(client, queries, part):
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert part in answer.get_json()["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"conditions": []},
        {"conditions": [{"matchType": "guess", "propertyValue": "x"}]},
        {"conditions": [property("whale", "x", required=True)]},
        {"conditions": [property("post", "x", matchQuantifier="most")]},
        {"conditions": [property("post", "x", matchQualifier="near")]},
        {"conditions": [property("post", "x", required="yes")]},
    ],
)
def test_what_the_draft_does_not_have_is_refused(client, question):
    assert client.post("/reconcile/1.0-draft/match", json={"queries": [question]}).status_code == 400


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text", ["Q" + "9" * 40, "Q٣", 'a b<>"{}|^`\\', "https://w3id.org/readout/a b>", "\0", "%%%", "/", "'"]
)
def test_no_text_is_too_strange_to_be_answered(client, place, text):
    question = {"query": text, "properties": [{"pid": p, "v": text} for p in ("wikidata", "country", "P17", "on")]}
    asked(client, question, {**question, "query": ""}, place=place)
    for address in ("suggest/entity?prefix=", "preview?id=", "extend/propose?type="):
        assert client.get(f"{place}/{address}{quote(text)}").status_code in (200, 404)
    key = client.get(f"{place}/suggest/property?prefix=other").get_json()["result"][0]["id"]
    wanted = {"ids": [text], "properties": [{"id": key}]}
    valid(client.post(place, data={"extend": json.dumps(wanted)}), OLD["extension"])


def test_a_cell_that_is_too_long_to_be_a_name_costs_the_others_nothing(client):
    assert [bool(found) for found in asked(client, {"query": "x" * 5000}, {"query": "Ada Nyberg"})] == [False, True]


def test_half_a_character_is_refused(client):
    answer = client.post("/reconcile", data={"queries": '{"q0": {"query": "\\ud800"}}'})
    assert (answer.status_code, "surrogate" in answer.get_json()["detail"]) == (400, True)


def test_a_service_with_an_index_that_is_none_does_not_start(folder, tmp_path):
    with pytest.raises(NotFound, match="no such gazetteer"):
        create_app(folder, gazetteer=str(tmp_path / "none"))


def test_too_much_at_once_is_refused(client):
    def status(**form):
        return client.post("/reconcile", data={key: json.dumps(value) for key, value in form.items()}).status_code

    most = client.get("/reconcile").get_json()["batchSize"]
    assert status(queries={f"q{n}": {"query": "x"} for n in range(most)}) == 200
    assert status(queries={f"q{n}": {"query": "x"} for n in range(most + 1)}) == 413
    assert status(queries={"q": {"query": "x", "type": ["x"] * 100}}) == 413
    assert status(queries={"q": {"properties": [{"pid": "post", "v": ["x"] * 11}] * 2}}) == 413
    assert status(extend={"ids": ["x"] * 1000, "properties": [{"id": "post"}]}) == 413
    assert client.post("/reconcile", data={"queries": " " * 600_000}).status_code == 413
    long = client.post("/reconcile/1.0-draft/match", data=b"[" * 600_000, content_type="application/json")
    assert long.status_code == 413


def test_jsonp_is_refused_and_cors_is_given(client):
    for address in ("/reconcile?callback=f", "/reconcile/suggest/type?prefix=x&callback=f"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "CORS" in answer.get_json()["detail"]
    allowed = client.options("/reconcile/1.0-draft/match", headers={"Origin": "http://127.0.0.1:3333"}).headers
    assert "POST" in allowed["Access-Control-Allow-Methods"]
    assert "Content-Type" in allowed["Access-Control-Allow-Headers"]


def test_other_requests_are_told_what_is_expected(client):
    assert client.post("/reconcile", json={"queries": []}).status_code == 415
    assert client.post("/reconcile/1.0-draft/match", data={"queries": "[]"}).status_code == 415
    assert client.post("/reconcile", data={"q": "x"}).status_code == 400
    assert client.get("/reconcile/1.0-draft/match").status_code == 405
    unknown = {"ids": [], "properties": [{"id": "shoe-size"}]}
    answer = client.post("/reconcile", data={"extend": json.dumps(unknown)})
    assert (answer.status_code, "shoe-size" in answer.get_json()["detail"]) == (400, True)


def test_a_private_service_shows_its_manifest_alone(folder):
    from kg.web.access import new_grant

    token, grant = new_grant("reader", ["read"])
    with open_store(folder) as store:
        client = create_app(store, TESTING=True, private=True, tokens=grant.line).test_client()
        manifest = valid(client.get("/reconcile"), OLD["manifest"])
        assert manifest["authentication"] == {"type": "apiKey", "name": "Authorization", "in": "header"}
        form = {"queries": '{"q0": {"query": "Ada Nyberg"}}'}
        assert client.post("/reconcile", data=form).status_code == 401
        assert client.get("/reconcile", query_string=form).status_code == 401
        assert client.get("/reconcile/preview?id=official/ada-nyberg").status_code == 401
        assert client.post("/reconcile", data=form, headers={"Authorization": f"Bearer {token}"}).status_code == 200


# --- OpenRefine, over the network -----------------------------------------------------------------------------------


class OpenRefine:
    """Sends what OpenRefine 3 sends: its server posts forms in UTF-8, its pages ask as scripts of another site."""

    def __init__(self, service):
        self.manifest = self._page(service)
        self.service = service

    def _page(self, address):
        script = {"Origin": "http://127.0.0.1:3333", "Accept": "application/json, text/javascript, */*; q=0.01"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=script)) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] in ("*", script["Origin"])
            return json.load(answer)

    def _post(self, **form):
        body = urlencode({key: json.dumps(value) for key, value in form.items()}).encode()
        media = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        with urllib.request.urlopen(urllib.request.Request(self.service, body, media)) as answer:
            return json.load(answer)

    def guess_types(self, cells):
        found = self._post(queries={f"q{n}": {"query": cell, "limit": 3} for n, cell in enumerate(cells)})
        return [each["result"][0]["type"][0]["id"] for each in found.values() if each["result"]]

    def reconcile(self, cells, kind, columns):
        queries = {
            f"q{n}": {"query": cell, "type": kind, "type_strict": "should", "limit": 6, "properties": columns}
            for n, cell in enumerate(cells)
        }
        return [each["result"] for each in self._post(queries=queries).values()]

    def suggest(self, what, prefix, **more):
        service = self.manifest["suggest"][what]
        query = urlencode({"prefix": prefix, **more})
        return self._page(f"{service['service_url']}{service['service_path']}?{query}")["result"]

    def propose(self, kind):
        service = self.manifest["extend"]["propose_properties"]
        return self._page(f"{service['service_url']}{service['service_path']}?type={kind}&limit=5")["properties"]

    def extend(self, ids, properties):
        return self._post(extend={"ids": ids, "properties": [{"id": id, "settings": {}} for id in properties]})

    def shown(self, what, id):
        """The page, or the preview, of an entity: the id is encoded whole, slash and all."""
        with urllib.request.urlopen(self.manifest[what]["url"].replace("{{id}}", quote(id, safe=""))) as answer:
            return answer.read().decode()


def test_openrefine_gets_from_a_column_of_names_to_columns_of_facts(server):
    refine = OpenRefine(f"{server.url}/reconcile")
    assert refine.guess_types(["Ada Nyberg", "Jonas Okafor"]) == ["Official", "Official"]
    cells = refine.reconcile(["Ada Nyberg", "Okafor"], "Official", [{"pid": "country", "v": "Sudoria"}])
    ids = [found[0]["id"] for found in cells]
    assert ids == ["official/ada-nyberg", "official/jonas-okafor"]
    assert refine.suggest("entity", "ada", type="Official", type_strict="any")[0]["id"] == ids[0]
    assert refine.suggest("property", "po", cursor=0)[0]["id"] == "post"
    assert "Foreign Minister" in refine.shown("preview", ids[0])
    assert "Ada Nyberg" in refine.shown("view", ids[0])
    columns = [each["id"] for each in refine.propose("Official")]
    rows = refine.extend(ids, columns)["rows"]
    assert {id: list(row) for id, row in rows.items()} == dict.fromkeys(ids, columns)


def test_openrefine_matches_with_wikidata_without_a_network(server):
    refine = OpenRefine(f"{server.url}/reconcile/wikidata")
    columns = [{"pid": "P17", "v": {"id": "Q17", "name": "Japan"}}, {"pid": "P39", "v": "Prime Minister"}]
    ((best, *_),) = refine.reconcile(["Shinzo Abe"], "Q5", columns)
    assert best["id"] == "Q132345"
    (country,) = refine.extend(["Q132345"], ["P17"])["rows"]["Q132345"]["P17"]
    assert country == {"id": "Q17", "name": "Japan"}
    assert "Prime Minister" in refine.shown("preview", "Q132345")


def test_a_live_service_refuses_what_is_too_long_before_it_has_it_all(server):
    body = urlencode({"queries": " " * 700_000}).encode()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(f"{server.url}/reconcile", body))
    assert caught.value.code == 413
    caught.value.close()
