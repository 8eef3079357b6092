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


def test_populations_of_a_file_hold_from_their_day_and_are_named(tmp_path):
    shares = sp.council.members("2024-06-01")
    file = tmp_path / "own.csv"
    rows = [f"2020-02-01,{code},{100 - 26 * 3 if code == 'NL' else 3}" for code in shares]
    file.write_text("valid_from,state,share\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = sp.council.majority(named=["NL"], lo=15, hi=15, date="2024-06-01", populations=file)
    assert (found.verdict, found.population) == ("impossible", "own.csv 2020-02-01")
    assert sp.council.majority(named=["NL"], lo=24, hi=24, date="2025-03-04", populations=file).population == (
        "population.csv 2025-01-01"
    )
    with pytest.raises(sp.InputError, match="2019-01-01: expected a day that a table of populations covers"):
        sp.council.majority(named=["NL"], lo=15, hi=15, date="2019-01-01", populations=file)


def test_additions_and_pivotal_members_of_a_corpus(coded):
    sides = coded.majorities()
    assert set(sides.population.dropna()) <= {"population.csv 2025-01-01"}
    dated = sides[sides.verdict.notna()]
    certain = dated[dated.verdict == "certain"]
    assert (certain.additions == "").all()
    hangs = coded.pivotal(rule="simple", without=["MT"])
    assert "MT" not in set(hangs.actor)
    assert hangs.probability.between(0, 1).all()


def test_the_euro_area_follows_the_day():
    assert len(sp.council.members("2025-03-04", area="euro")) == 20
    assert len(sp.council.members("2022-12-31", area="euro")) == 19
    assert len(sp.council.power(date="2025-03-04", area="euro")) == 20
    with pytest.raises(sp.InputError, match="no participating member 'SE'"):
        sp.council.majority(named=["SE"], lo=1, hi=5, date="2025-03-04", area="euro")
    with pytest.raises(sp.InputError, match="'eurozone' is not one of union, euro"):
        sp.council.members("2025-03-04", area="eurozone")
