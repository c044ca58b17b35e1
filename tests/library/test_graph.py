"""What a Python program gets from `asckg.Graph`."""

import shutil
from pathlib import Path

import pytest

from asckg import AsckgError, Graph
from asckg.term import Term

FIXTURE = Path(__file__).parent.parent / "fixture" / "graph_data"
PLANTED = "<img src=x"


def test_query_gives_rows_as_dicts(trains):
    answer = trains.query("SELECT ?label WHERE { ?b a asc:Barrier ; skos:prefLabel ?label } ORDER BY ?label")
    assert answer.dicts() == [{"label": "Dim lamps"}, {"label": "No quiet carriage"}]


def test_values_are_bound_and_not_pasted(trains):
    query = "SELECT ?barrier ?label WHERE { ?barrier skos:prefLabel ?label }"
    bound = {"barrier": Term.iri("https://w3id.org/asckg/id/barrier-dim-lamps")}
    assert [row["label"] for row in trains.query(query, bound).dicts()] == ["Dim lamps"]
    assert len(trains.query(query, {"label": '" } UNION { ?barrier ?p ?label . BIND("'})) == 0


def test_answer_becomes_a_pandas_frame_with_numbers_as_numbers(trains):
    frame = trains.query("SELECT ?work ?year WHERE { ?work asc:year ?year ; asc:authorList ?who }").to_pandas()
    assert sorted(frame["year"]) == [1996, 1997, 1998]
    assert frame["year"].dtype.kind == "i"


def test_answer_becomes_a_polars_frame(trains):
    frame = trains.query("SELECT ?work ?year WHERE { ?work asc:year ?year ; asc:authorList ?who }").to_polars()
    assert frame["year"].sum() == 1996 + 1997 + 1998


def test_an_unbound_variable_is_missing_in_a_frame(trains):
    query = "SELECT ?b ?note WHERE { ?b a asc:Barrier OPTIONAL { ?b skos:editorialNote ?note } }"
    assert trains.query(query).to_pandas()["note"].isna().all()


def test_rdf_of_a_construct_is_turtle(trains):
    text = trains.rdf("CONSTRUCT { ?b a asc:Barrier } WHERE { ?b a asc:Barrier }")
    assert text.count("barrier-") == 2


def test_entity_is_found_by_local_name_prefixed_name_and_iri(trains):
    names = ("org-guild-of-porters", "r:org-guild-of-porters", "https://w3id.org/asckg/id/org-guild-of-porters")
    assert {trains.entity(name).label for name in names} == {"Guild of Porters"}


def test_entity_has_aliases_sentences_claims_and_incoming_links(trains):
    entity = trains.entity("org-guild-of-porters")
    assert entity.aliases == ("GoP", "The Porters")
    assert [sentence.label for sentence in entity.sentences] == ["Middle, paragraph 1, sentence 1"]
    assert [str(claim) for claim in entity.claims] == ["The guild pays for the programme."]
    assert entity.incoming_count == 1


@pytest.mark.parametrize("name", ["nobody", "r:nobody", "two words", "", '"><'])
def test_an_unknown_entity_is_an_error_that_says_what_to_do(trains, name):
    with pytest.raises(AsckgError, match="search"):
        trains.entity(name)


def test_claims_about_a_thing_tell_literature_from_testimony(trains):
    (claim,) = [c for c in trains.claims(about="barrier-no-quiet-carriage") if c.predicate.label == "hinders"]
    assert {line.basis.name: len(line.works) for line in claim.evidence} == {
        "v:literature": 2,
        "v:stakeholder-testimony": 0,
    }


def test_claims_can_be_asked_by_basis_and_setting_together(trains):
    assert [str(c) for c in trains.claims(basis="literature", setting="v:care-home")] == ["Dim lamps tire the eyes."]


def test_claims_about_a_work_are_those_that_cite_it(trains):
    assert len(trains.claims(about="work-guard-1997")) == 2


def test_an_inferred_claim_says_why(trains):
    (claim,) = [c for c in trains.claims() if c.stance.name == "v:inferred"]
    assert claim.note == "The text puts both side by side."


def test_a_claim_about_a_literal_keeps_its_value(trains):
    (claim,) = [c for c in trains.claims() if c.predicate.name == "asc:hasAmount"]
    assert isinstance(claim.object, Term)
    assert claim.object.python() == 1500.0


def test_notebook_views_escape_labels(trains):
    views = (
        trains.entity("org-branch-line-trust")._repr_html_(),
        trains.query("SELECT ?l WHERE { r:org-branch-line-trust skos:prefLabel ?l }")._repr_html_(),
        trains.claims()._repr_html_(),
    )
    assert not [view for view in views if PLANTED in view]
    assert "&lt;img" in views[0]


def test_a_file_of_turtle_opens_like_a_folder(trains):
    assert Graph.open(FIXTURE / "porter-1999" / "all.ttl").build.version == trains.build.version


def test_a_corpus_is_built_and_its_build_opens_by_itself(tmp_path):
    shutil.copytree(FIXTURE, tmp_path / "corpus" / "graph_data")
    shutil.copytree(Path(__file__).parents[2] / "ontology", tmp_path / "corpus" / "ontology")
    (tmp_path / "corpus" / "queries").mkdir()
    made = Graph.open(tmp_path / "corpus", home=tmp_path / "home")
    again = Graph.open(made.build.path)
    assert again.build.version == made.build.version
    assert len(again.claims()) == len(made.claims()) == 11


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_a_graph_is_an_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(AsckgError):
        Graph.open(tmp_path / name)


def test_a_syntax_error_names_file_and_line(tmp_path):
    (tmp_path / "broken.ttl").write_text("@prefix r: <https://w3id.org/asckg/id/> .\nr:a r:b .\n", encoding="utf-8")
    with pytest.raises(AsckgError, match=r"broken\.ttl:2"):
        Graph.open(tmp_path)


def test_a_graph_says_what_it_holds(trains):
    assert "11 claims, 3 works" in repr(trains)
    assert "not endorsed" in trains._repr_html_()


def test_a_misspelt_name_is_an_error_and_not_a_lack_of_claims(trains):
    for wrong in ({"about": "barrier-dim-lamp"}, {"basis": "literatur"}, {"setting": "care-hone"}):
        with pytest.raises(AsckgError, match="look for it with search"):
            trains.claims(**wrong)


def test_a_thing_that_is_known_and_has_no_claims_has_none(trains):
    assert len(trains.claims(setting="social-work")) == 0


def test_an_unknown_kind_is_an_error_that_lists_the_kinds(trains):
    with pytest.raises(AsckgError, match="barrier"):
        trains.search("lamps", kind="bariers")


def test_a_graph_in_a_with_block_is_closed_at_its_end_and_leaves_nothing_behind():
    with Graph.open(FIXTURE) as graph:
        kept = graph.labels.path.parent
        assert kept.is_dir()
    assert not kept.exists()
    graph.close()


def test_a_notebook_sets_words_to_the_left_and_numbers_to_the_right(trains):
    answer = trains.query("SELECT ?label (COUNT(*) AS ?n) { ?b a asc:Barrier ; skos:prefLabel ?label } GROUP BY ?label")
    assert "<td style='text-align:left'>Dim lamps</td><td>1</td>" in answer._repr_html_()
    assert "<td style='text-align:left'>Dim lamps tire the eyes.</td>" in trains.claims()._repr_html_()


def test_a_graph_shows_itself_in_the_words_of_the_pages(trains):
    shown = trains._repr_html_()
    assert "Barriers</th><td>2</td>" in shown
    assert "not endorsed" in shown
    assert "asc:" not in shown + repr(trains)
