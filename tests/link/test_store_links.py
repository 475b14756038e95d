"""Links of a store, by the command that users run: graphs of their own, and persons' judgements above the machine's."""

import json
import shutil
from pathlib import Path

import pytest

from kg.link.sssom import PERSON, Mapping, read_mappings, to_tsv
from kg.load.mappings import mappings_in
from kg.store import open_store
from kg.vocab import BASE
from tests.link.conftest import here as kg

TEXT = """Readout of the Call With Prime Minister Abe

President Obama spoke by phone today with Prime Minister Abe of Japan. They discussed trade.
"""
ABE, ENTITY = "Q132345", "official/shinzo-abe"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    """A folder with a readout of 24 April 2014, and a store that holds it."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "call.md").write_text(f"---\ntitle: A Call\ndate: 2014-04-24\n---\n\n{TEXT}")
    assert kg("load", folder / "call.md", "--store", folder / "store", "--jobs", 1).status == 0
    return folder


@pytest.fixture
def store(loaded, tmp_path) -> Path:
    """A copy of that store, to be changed, beside the readout."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def link(store: Path, *arguments: object, input: str = ""):
    result = kg("link", "--store", store, *arguments, input=input)
    assert result.status == 0, result.err
    return result


def links(store: Path) -> set[tuple[str, str]]:
    """What the store says that Mr Abe is, and by which property."""
    query = f"SELECT ?p ?o WHERE {{ <https://w3id.org/readout/{ENTITY}> ?p ?o FILTER(STRSTARTS(STR(?o), STR(wd:))) }}"
    with open_store(store) as opened:
        rows = opened.query(query, prefixes={"wd": "http://www.wikidata.org/entity/"}).rows()
        return {(p.value.rsplit("#")[-1], o.value.rsplit("/")[-1]) for p, o in rows}


def test_the_machine_asserts_exact_matches_in_a_graph_of_their_own_with_reason_and_confidence(store):
    link(store)
    assert links(store) == {("exactMatch", ABE)}
    query = """PREFIX sssom: <https://w3id.org/sssom/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?g ?c ?why WHERE { GRAPH ?g { ?m a sssom:Mapping ; owl:annotatedTarget ?t ; sssom:confidence ?c ;
        sssom:mapping_justification <https://w3id.org/semapv/vocab/CompositeMatching> ; rdfs:comment ?why } }"""
    with open_store(store) as opened:
        found = {tuple(term.value for term in row) for row in opened.query(query).rows()}
    assert {graph for graph, _, _ in found} == {"https://w3id.org/readout/graph/links"}
    assert any(float(c) > 0.95 and "held Prime Minister of Japan on 2014-04-24" in why for _, c, why in found)
    assert kg("check", "--store", store).status == 0


def test_linking_again_changes_nothing_and_a_dry_run_writes_nothing(store):
    assert "accepted" in link(store, "--dry-run").err
    assert links(store) == set()
    link(store)
    with open_store(store) as opened:
        before = opened.generation
    link(store)
    with open_store(store) as opened:
        assert opened.generation == before


def test_reloading_a_readout_loses_neither_links_nor_judgements(store):
    link(store)
    link(store, "accept", ENTITY, ABE)
    assert kg("load", store.parent / "call.md", "--store", store, "--force").status == 0
    assert links(store) == {("sameAs", ABE)}


def test_what_a_person_confirmed_is_the_same_and_the_machine_says_no_more_of_it(store):
    link(store, "accept", ENTITY, "Q1")
    link(store)
    assert links(store) == {("sameAs", "Q1")}


def test_the_store_may_be_named_behind_the_judgement_too(store):
    assert kg("link", "accept", ENTITY, "Q1", "--store", store).status == 0
    assert links(store) == {("sameAs", "Q1")}


def test_what_a_person_ruled_out_is_not_proposed_again(store):
    link(store)
    link(store, "reject", ENTITY, ABE)
    link(store)
    assert links(store) == set()
    link(store, "accept", ENTITY, ABE)  # the same person may think again
    assert links(store) == {("sameAs", ABE)}


def test_judgements_are_taken_from_a_table_and_the_machines_lines_are_not(store, tmp_path):
    table = tmp_path / "theirs.sssom.tsv"
    mine = Mapping(ENTITY, "Abe", "owl:sameAs", "Q2", "x", PERSON)
    table.write_text(
        to_tsv([mine, Mapping("official/barack-obama", "O", "skos:exactMatch", "Q3", "x", "semapv:Other")])
    )
    link(store, "apply", table)
    assert links(store) == {("sameAs", "Q2")}
    assert [mapping.object_id for mapping in read_mappings(store / "links.sssom.tsv")] == ["Q2"]


def test_proposals_and_the_export_are_tables_that_can_be_read_again(store, tmp_path):
    link(store, "propose", "-o", tmp_path / "p.tsv")
    assert {m.object_id for m in read_mappings(tmp_path / "p.tsv")} >= {ABE, "Q76", "Q17"}
    link(store, "accept", ENTITY, ABE)
    link(store, "export", "-o", tmp_path / "e.tsv")
    exported = {(m.object_id, m.predicate_id) for m in read_mappings(tmp_path / "e.tsv")}
    assert {(ABE, "owl:sameAs"), ("Q76", "skos:exactMatch")} <= exported


def test_the_review_shows_sentence_and_candidates_and_keeps_each_answer(store, tmp_path):
    table = tmp_path / "more.csv"
    head = "qid,label,aliases,type,country_qid,position_label,position_qid,start,end,source\n"
    table.write_text(head + "Q901,Shinzo Abe,,person,Q17,Prime Minister,,2012-12-26,2020-09-16,x\n")
    assert kg("gazetteer", "build", table, "-o", tmp_path / "more").status == 0
    arguments = ("--gazetteer", tmp_path / "more")
    link(store, *arguments)
    [(property, _)] = links(store)
    assert property == "closeMatch"
    shown = link(store, *arguments, "review", input="1\n").out
    assert "“President Obama spoke by phone today with Prime Minister Abe of Japan.”" in shown
    assert ABE in shown
    assert "Q901" in shown
    assert {property for property, _ in links(store)} == {"sameAs"}


def test_each_decision_can_be_had_as_json(store):
    decided = [json.loads(line) for line in link(store, "--json", "--dry-run").out.splitlines()]
    [abe] = [decision for decision in decided if decision["entity"] == ENTITY]
    assert (abe["band"], abe["candidates"][0]["id"]) == ("accept", ABE)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("accept", "official/nobody", ABE), 66, "no readout of the store names an entity official/nobody"),
        (("accept", ENTITY, "P31"), 65, "no Wikidata id"),
        (("apply", "absent.tsv"), 66, "no such file"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_changes_nothing(store, arguments, status, said):
    result = kg("link", "--store", store, *arguments)
    assert result.status == status
    assert said in result.err
    assert not (store / "links.sssom.tsv").exists()


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    assert kg("link", "--store", tmp_path / "absent").status == 66
    assert not (tmp_path / "absent").exists()


def test_the_gazetteer_is_searched_shown_and_counted(tmp_path):
    assert "Q132345" in kg("gazetteer", "search", "Shinzo Abbe").out
    assert "Prime Minister, Q17" in kg("gazetteer", "show", ABE).out
    assert "rows from readout-kg lexicon" in kg("gazetteer", "stats").out
    assert kg("gazetteer", "show", "Q0").status == 66
    assert json.loads(kg("gazetteer", "search", "Shinzo Abbe", "--json").out)[0]["qid"] == ABE
    assert kg("gazetteer", "build", tmp_path / "absent.csv", "-o", tmp_path / "x").status == 66


def test_loading_can_link_too_and_the_page_of_an_official_shows_the_item(tmp_path):
    from kg.web import create_app

    source, store = tmp_path / "call.md", tmp_path / "store"
    source.write_text(f"---\ntitle: A Call\ndate: 2014-04-24\n---\n\n{TEXT}")
    assert kg("load", source, "--store", store, "--link").status == 0
    with open_store(store) as opened:
        page = create_app(opened).test_client().get(f"/page/{ENTITY}").get_data(as_text=True)
    assert f'href="http://www.wikidata.org/entity/{ABE}"' in page


# --- what a judgement touches, and what is shown to a person ------------------------------------------------------


def asserted_links(store: Path) -> set[tuple[str, str, str]]:
    """What the machine asserts in a store: entity, item, reason."""
    with open_store(store) as opened:
        return {(m.subject_id, m.object_id, m.comment) for m in mappings_in(opened, BASE, "links")}


def test_what_is_asserted_is_read_back_as_it_was_written(store, tmp_path):
    link(store)
    link(store, "propose", "-o", tmp_path / "p.tsv")
    with open_store(store) as opened:
        assert set(mappings_in(opened, BASE, "links")) == set(read_mappings(tmp_path / "p.tsv"))


def test_a_backup_has_what_persons_judged_and_gives_it_back_without_overruling_them(store, tmp_path):
    link(store, "accept", ENTITY, "Q1")
    judged = (store / "links.sssom.tsv").read_text()
    assert kg("backup", tmp_path / "copy", "--store", store).status == 0
    assert kg("restore", tmp_path / "copy", "--store", tmp_path / "new").status == 0
    assert (tmp_path / "new" / "links.sssom.tsv").read_text() == judged
    link(store, "reject", ENTITY, "Q1")
    later = (store / "links.sssom.tsv").read_text()
    assert kg("restore", tmp_path / "copy", "--store", store, "--replace").status == 0
    assert (store / "links.sssom.tsv").read_text() == later != judged


def test_a_persons_judgements_outlive_a_copy_that_has_no_file_of_them(store, tmp_path):
    link(store, "accept", ENTITY, "Q1")
    link(store, "reject", ENTITY, ABE)
    judged = read_mappings(store / "links.sssom.tsv")
    assert kg("backup", tmp_path / "copy", "--store", store).status == 0
    (tmp_path / "copy" / "links.sssom.tsv").unlink()
    link(tmp_path / "copy")
    assert links(tmp_path / "copy") == {("sameAs", "Q1")}
    link(tmp_path / "copy", "accept", "place/japan", "Q17")
    assert set(read_mappings(tmp_path / "copy" / "links.sssom.tsv")) > set(judged)


def test_a_judgement_links_what_it_is_about_and_leaves_all_else(store):
    link(store, "reject", "place/japan", "Q1")
    assert {entity for entity, _, _ in asserted_links(store)} == {"place/japan"}
    link(store)
    before = asserted_links(store)
    link(store, "accept", ENTITY, ABE)
    assert asserted_links(store) == {row for row in before if row[0] != ENTITY}
    link(store, "reject", ENTITY, ABE)
    assert ENTITY not in {entity for entity, _, _ in asserted_links(store)}
    assert {row for row in before if row[0] != ENTITY} == asserted_links(store)


def test_what_was_accepted_can_be_reviewed_too_the_least_sure_first(store):
    link(store)
    shown = link(store, "review", "--band", "accepted", input="s\ns\ns\nq\n").out
    confidences = [float(line.rsplit("; ", 1)[1]) for line in shown.splitlines() if line.startswith("  1  ")]
    assert len(confidences) > 2
    assert confidences == sorted(confidences)
    assert links(store) == {("exactMatch", ABE)}
    assert "0 to" not in link(store, "review", input="").out


def test_the_review_shows_more_sentences_on_request_and_one_key_rules_all_candidates_out(tmp_path):
    for number, thing in enumerate(("fish", "steel", "rice", "cars", "silk")):
        said = f"President Obama spoke with Prime Minister Abe of Japan about {thing}."
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: A Call\ndate: 2014-04-2{number}\n---\n\n{said}\n")
    store = tmp_path / "store"
    assert kg("load", *tmp_path.glob("*.md"), "--store", store, "--jobs", 1).status == 0
    link(store)
    few = link(store, "review", "--band", "accepted", input="q\n").out
    entity = few.splitlines()[1].rsplit("(", 1)[1].rstrip(")")
    assert few.count("“") == 3
    every = link(store, "review", "--band", "accepted", input="m\nn\nq\n").out
    assert every.split("2 of ")[0].count("“") == 5
    assert entity not in {row[0] for row in asserted_links(store)}
    assert {(m.subject_id, m.confirmed) for m in read_mappings(store / "links.sssom.tsv")} == {(entity, False)}
