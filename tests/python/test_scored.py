"""Whom reports name, what single statements do, and what votes make of what was said."""

import pandas
import pytest

import standpunt as sp


@pytest.fixture
def said():
    rows = [
        ("m", "2024-03-04", "levy", "NL", "oppose", "we oppose the levy and back the deadline"),
        ("m", "2024-03-04", "deadline", "NL DE", "support", "we oppose the levy and back the deadline"),
        ("m", "2024-03-04", "levy", "DE", "support", "Germany backs it"),
    ]
    columns = ["meeting", "date_start", "issue", "named", "stance", "quote"]
    return sp.read_statements(pandas.DataFrame(rows, columns=columns))


def test_votes_meet_what_was_said(said):
    votes = pandas.DataFrame({"state": ["NL", "DE", "FR"], "file": ["A-7", "A-7", "Levy"], "v": [1, 2, 3]})
    options = {"actor": "state", "issue": "file", "vote": "v", "values": {1: "yes", 2: "no", 3: "abstain"}}
    rows = said.against_votes(votes, key={"A-7": "levy"}, **options)
    assert list(rows.gap[:2]) == [2.0, -2.0]
    assert list(rows.voted) == [1.0, -1.0, 0.0]
    assert rows.said.isna()[2]
    assert list(rows.issue) == ["levy"] * 3
    key = pandas.DataFrame({"voted_on": ["A-7"], "issue": ["levy"], "polarity": [-1]})
    assert list(said.against_votes(votes, key=key, **options).gap[:2]) == [0.0, 0.0]
    with pytest.raises(sp.InputError, match="no issue 'lev'"):
        said.against_votes(votes, key={"A-7": "lev"}, **options)
    with pytest.raises(sp.InputError, match="no column 'actor', got state"):
        said.against_votes(votes)
    with pytest.raises(sp.InputError, match=r"row 1 \(spreadsheet row 2\), column 'vote'"):
        said.against_votes(votes, actor="state", issue="file", vote="v")


def test_a_sentence_counts_once(said):
    every = said.agreement(actors=["NL", "DE"]).frame.agreement.item()
    once = said.agreement(actors=["NL", "DE"], weights="sentence").frame.agreement.item()
    assert (every, once) == (0.5, pytest.approx(0.5 / 1.25))
    with pytest.raises(sp.InputError, match="'sentences' is not one of sentence"):
        said.agreement(weights="sentences")


def test_the_reporter_is_named_more_often_and_can_be_left_out():
    seed = sp.datasets.telecom()
    rows = seed.naming.set_index("actor")
    assert rows.loc["NL", "reported"] >= 1
    assert rows.share.idxmax() == "NL"
    groups = seed.agreement(names="groups")
    assert groups.provenance["names"] == "groups"
    with pytest.raises(sp.InputError, match="'group' is not one of all, groups, without_reporter"):
        seed.agreement(names="group")


def test_influence_and_explanations_by_instrument(said):
    scores = said.agreement()
    rows = scores.influence("NL", "DE")
    assert set(rows["with"]) == {0.5}
    assert set(rows.influence.dropna()) == {-0.5, 0.5}
    with pytest.raises(sp.InputError, match="no actor 'XX'"):
        scores.influence("NL", "XX")
    seed = sp.datasets.telecom()
    by = seed.agreement(by="instrument")
    explained = by.explain("COM", "NL")
    table = by.frame.query("actor_a == 'COM' and actor_b == 'NL'").set_index("instrument")
    sums = explained.groupby("instrument").contribution.sum()
    assert len(sums) > 0
    held = explained.set_index("issue").holders_b.str.split("\n").explode()
    assert held.str.contains("NL").any()
    lines = explained.holders_b.str.count("\n")
    assert lines.tolist() == explained.statements_b.str.count(" ").tolist()
    assert sums.to_dict() == pytest.approx(table.loc[sums.index, "agreement"].to_dict())


def test_a_list_of_instruments_takes_precedence():
    seed = sp.datasets.telecom()
    known = pandas.DataFrame({"instrument": ["Cyberblauwdruk"], "variants": ["Blueprint Cyber"]})
    part = seed.filter(instrument="Cyberblauwdruk", instruments=known)
    assert 0 < len(part) < len(seed)
    found = seed.agreement(by="instrument", instruments=known).frame
    assert "Cyberblauwdruk" in set(found.instrument)
    with pytest.raises(sp.InputError, match="no instrument 'Cyberblauwdruk'"):
        seed.filter(instrument="Cyberblauwdruk")
