"""What the measures tell of a graph that is small enough to count by hand."""

import json

import pytest
from click.testing import CliRunner

from asckg import AsckgError
from asckg.analysis import (
    MEASURES,
    as_answer,
    brokers,
    centralities,
    co_cited,
    communities,
    concentration,
    coupled,
    gaps,
    losses,
    modularity,
    structural_holes,
    weights,
    withdraw,
)
from asckg.analysis.concentration import gini
from asckg.cli.analyse import command


def test_the_call_between_programme_and_partnership_is_a_broker(trains):
    found = {one.name: one.betweenness for one in brokers(trains)}
    assert "r:call-quiet-1998" in found
    assert "r:org-guild-of-porters" not in found


def test_centralities_count_what_a_thing_is_joined_to(trains):
    found = {one.name: one for one in centralities(trains)}
    assert found["r:partnership-readers"].degree == round(4 / 11, 4)
    assert sum(one.pagerank for one in found.values()) == pytest.approx(1, abs=0.01)


def test_reading_and_funding_are_two_communities(trains):
    groups = [set(one.members) for one in communities(trains)]
    (reading,) = [group for group in groups if "r:barrier-dim-lamps" in group]
    assert "r:activity-reading-on-trains" in reading
    assert "r:org-guild-of-porters" not in reading
    assert sum(len(group) for group in groups) == 12
    assert 0.3 < modularity(trains) < 1


def test_the_thing_whose_neighbours_do_not_meet_is_least_constrained(trains):
    first = structural_holes(trains)[0]
    assert (first.name, first.constraint) == ("r:partnership-readers", 0.25)


def test_pairs_name_the_works_and_things_that_meet(trains):
    assert [(pair.one, pair.other, pair.weight) for pair in co_cited(trains)] == [
        ("Guard et al. (1997)", "Lamp (1998)", 1)
    ]
    assert [(pair.one, pair.other) for pair in coupled(trains)] == [("Dim lamps", "No quiet carriage")]


def test_weights_add_up_to_all_citations(trains):
    found = weights(trains)
    assert [(work.label, work.claims, work.alone) for work in found] == [
        ("Guard et al. (1997)", 2, 1),
        ("Guild of Porters (1996)", 1, 1),
        ("Lamp (1998)", 1, 0),
    ]
    assert found[-1].running == 1


def test_concentration_counts_claims_by_what_they_rest_on(trains):
    found = concentration(trains)
    assert (found.claims, found.cited, found.single, found.testimony_only) == (11, 3, 2, 1)
    assert (found.works, found.citations, found.half) == (3, 4, 1)


@pytest.mark.parametrize(("numbers", "wanted"), [([], 0), ([3, 3], 0), ([0, 0, 0, 4], 0.75)])
def test_gini_is_nought_for_equal_shares_and_grows_with_inequality(numbers, wanted):
    assert gini(numbers) == pytest.approx(wanted)


def test_a_barrier_that_nothing_addresses_is_a_gap(trains):
    found = {gap.name for gap in gaps(trains) if gap.kind == "barrier-without-remedy"}
    assert found == {"r:barrier-dim-lamps"}


def test_a_remedy_that_no_literature_supports_is_a_gap(trains):
    found = {gap.name for gap in gaps(trains) if gap.kind == "remedy-without-literature"}
    assert found == {"r:enabler-good-lamps", "r:recommendation-quiet-carriage"}


def test_a_setting_that_no_claim_is_about_is_a_gap(trains):
    found = {gap.name: gap.kind for gap in gaps(trains)}
    assert found["v:social-work"] == "setting-without-claim"
    assert "v:care-home" not in found


def test_withdrawing_a_work_tells_fallen_from_weakened_claims(trains):
    fall = withdraw(trains, "work-guard-1997")
    assert fall.fallen == ("r:claim-dim",)
    assert fall.weakened == ("r:claim-no-quiet",)
    assert fall.things == ("Dim lamps",)


def test_withdrawing_a_work_that_nobody_cites_is_an_error(trains):
    with pytest.raises(AsckgError, match="no claim cites"):
        withdraw(trains, "work-nobody")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_becomes_rows(trains, name):
    answer = as_answer(MEASURES[name].take(trains))
    assert len(answer) > 0
    assert len(answer.to_pandas()) == len(answer)


def run(bare_corpus, *arguments):
    return CliRunner().invoke(command, [*arguments, "--corpus", str(bare_corpus), "--home", str(bare_corpus / "home")])


def test_the_command_prints_json_for_programs(bare_corpus):
    found = json.loads(run(bare_corpus, "gaps", "-f", "json").stdout)
    assert {"kind", "name", "label", "claims"} == set(found[0])


def test_the_command_names_the_measures_it_knows(bare_corpus):
    error = run(bare_corpus, "beauty").exception
    assert isinstance(error, AsckgError)
    assert "robustness" in str(error)


def test_a_given_number_of_rows_holds_for_every_form(bare_corpus):
    done = run(bare_corpus, "works", "--top", "1", "-f", "csv")
    assert (len(done.stdout.splitlines()), done.stderr) == (2, "1 of 3 rows; --top 3 gives all\n")
    assert len(json.loads(run(bare_corpus, "works", "--top", "1", "-f", "json").stdout)) == 1


def test_without_a_number_programs_get_every_row_and_nothing_is_said(bare_corpus):
    done = run(bare_corpus, "works", "-f", "csv")
    assert (len(done.stdout.splitlines()), done.stderr) == (4, "")


def test_the_loss_of_one_work_is_told_claim_by_claim(trains):
    assert [(loss.becomes, loss.name, loss.sentence) for loss in losses(trains, "work-guard-1997")] == [
        ("fallen", "r:claim-dim", "Middle, paragraph 1, sentence 2"),
        ("weakened", "r:claim-no-quiet", "Middle, paragraph 1, sentence 2"),
    ]


def test_the_command_tells_what_becomes_of_the_claims_of_one_work(bare_corpus):
    done = run(bare_corpus, "robustness", "--work", "work-guard-1997", "-f", "csv")
    assert done.stdout.splitlines()[0] == "becomes,name,paraphrase,sentence"
    assert done.stdout.splitlines()[1].startswith("fallen,r:claim-dim,")


@pytest.mark.parametrize(
    "arguments", [["works", "--work", "work-guard-1997"], ["robustness", "--work", "x", "-f", "svg"]]
)
def test_a_work_goes_with_robustness_alone(bare_corpus, arguments):
    assert "--work goes with robustness" in str(run(bare_corpus, *arguments).exception)


def test_the_command_draws_a_figure(bare_corpus):
    drawn = run(bare_corpus, "works", "-f", "svg").stdout
    assert drawn.startswith("<svg")
    assert "Guard et al. (1997)" in drawn


def test_the_way_of_the_money_has_no_people_and_no_parts_of_activities(trains):
    kinds = {data["kind"] for _, data in trains.to_networkx("funding").nodes(data=True)}
    assert not kinds & {"foaf:Person", "asc:Synthesis", "asc:Activity"}
