"""Council rules, through Python."""

import datetime

import pytest

import standpunt as sp


def test_members_follow_the_day():
    assert len(sp.council.members("2025-03-04")) == 27
    assert "GB" in sp.council.members(datetime.date(2020, 1, 31))
    assert "GB" not in sp.council.members(datetime.datetime(2020, 2, 1, 12))


def test_majorities_give_the_published_numbers(cases):
    rules = {"55/65": "qualified", "72/65": "qualified_72"}
    for case in cases("anonymous-groups.json")["majority"]:
        if case["rule"] not in rules:
            continue
        found = sp.council.majority(
            named=case["named"], lo=case["lo"], hi=case["hi"], rule=rules[case["rule"]], date="2025-03-04"
        )
        assert found.verdict == case["verdict"]
        assert found.probability == pytest.approx(case["probability"], rel=1e-12, abs=1e-12)


def test_who_is_pivotal_adds_up_and_is_a_frame():
    found = sp.council.majority(named=["NL"], lo=10, hi=22, date="2025-03-04")
    assert found.verdict == "possible"
    assert list(found.pivotal.columns) == ["actor", "probability"]
    assert len(found.pivotal) == 27
    assert found.pivotal.probability.between(0, 1).all()


def test_power_adds_up_to_one():
    for index in ("banzhaf", "shapley"):
        power = sp.council.power(index=index, date="2025-03-04")
        assert power.power.sum() == pytest.approx(1)
        assert power.sort_values("power").actor.iloc[-1] == "DE"


def test_sides_of_a_corpus_get_both_readings(coded):
    frame = coded.majorities().set_index(["issue", "side"])
    jutland = frame.loc[("ondertekening van de Jutland-verklaring", "support")]
    assert (jutland.size_lo, jutland.size_hi, jutland.verdict, jutland.verdict_assent) == (25, 25, "certain", "certain")
    blocked = coded.majorities(rule="blocking_minority").set_index(["issue", "side"])
    assert blocked.loc[("ondertekening van de Jutland-verklaring", "oppose")].verdict == "impossible"


def test_mistakes_are_answered_in_a_sentence():
    cases = [
        (lambda: sp.council.members("4 March 2025"), "date '4 March 2025': expected a day of the calendar"),
        (
            lambda: sp.council.majority(lo=-1, hi=2, date="2025-03-04"),
            "lo: expected a number of members, from 0, got -1",
        ),
        (lambda: sp.council.majority(lo=1, hi=2, rule="qualifed", date="2025-03-04"), "rule: 'qualifed' is not one of"),
        (lambda: sp.council.power(index="banzaf", date="2025-03-04"), "index: 'banzaf' is not one of banzhaf, shapley"),
    ]
    for call, expected in cases:
        with pytest.raises(sp.InputError) as caught:
            call()
        assert str(caught.value).startswith(expected)
    with pytest.raises(TypeError, match="named: expected a list of codes, got one string"):
        sp.council.majority(named="NL", lo=1, hi=2, date="2025-03-04")
