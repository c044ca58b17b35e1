"""Search forgives what people type and puts first what they mean."""

import hashlib

import pytest

from asckg.search.index import Entry, write


def found(client, text, **more):
    query = {"q": text, "format": "json", **more}
    return client.get("/search", params=query).json()["results"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("NIHR", "National Institute for Health and Care Research"),
        ("DHSC", "Department of Health and Social Care"),
        ("LAs", "Local authorities"),
        ("LSHTM", "London School of Hygiene and Tropical Medicine"),
        ("ASC", "Adult social care"),
        ("CoP", "Community of practice"),
        ("CoPs", "Community of practice"),
        ("community of practise", "Community of practice"),
    ],
)
def test_acronym_initials_and_a_slip_of_the_pen_find_the_thing_first(client, typed, label):
    assert found(client, typed)[0]["label"] == label


def test_initials_that_nobody_printed_are_said_to_be_initials(client):
    assert found(client, "DHSC")[0]["matched"] == "DHSC, its initials"
    assert found(client, "NIHR")[0]["matched"] == "NIHR"


def test_whole_word_comes_before_a_word_that_only_begins_so(client):
    labels = [hit["label"] for hit in found(client, "CoP")]
    copies = [at for at, label in enumerate(labels) if "copy" in label.lower()]
    assert copies
    assert all("CoP" in labels[at] or at > 1 for at in copies)


def test_two_mistyped_words_still_find_a_claim_of_several(client):
    assert any("embedded" in hit["label"].lower() for hit in found(client, "embeded reserchers"))


def test_word_that_nothing_is_like_finds_nothing(client):
    assert found(client, "zzzzqqqxyz") == []


def test_words_that_look_like_query_syntax_are_words(client):
    assert isinstance(found(client, 'care AND (homes OR "x* NEAR'), list)


def test_every_word_is_found_again_after_one_slip_in_it(tmp_path):
    digits = str.maketrans("0123456789", "ghijklmnop")
    names = [hashlib.sha256(str(n).encode()).hexdigest()[: 6 + n % 5].translate(digits) for n in range(300)]
    index = write(tmp_path / "label", (Entry(f"https://x/{n}", name, "organisation") for n, name in enumerate(names)))
    for n, name in enumerate(names):
        at = n % len(name)
        assert name in {hit.label for hit in index.search(name[:at] + "z" + name[at + 1 :])}
