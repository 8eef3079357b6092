"""Voting advice, policies and groups, with the published numbers."""

import pytest

import standpunt as sp

NONE = None


def distance(voter, candidate, **options):
    table = sp.Positions.from_matrix([voter, candidate], actors=["v", "c"], scale="ordinal", levels=range(1, 6))
    return table.advice("v", **options)["distance"].item()


def test_missing_answers_count_as_openvaa_has_them():
    likert = [1, 2, 3, 4, 2], [1, 5, 5, 2, 3]
    assert distance(*likert, metric="directional") == pytest.approx(0.475, abs=1e-12)
    silent = [1, 3, 5], [NONE] * 3
    assert distance(*silent) == pytest.approx(1 / 3, abs=1e-12)
    assert distance(*silent, unanswered="relative_maximum") == pytest.approx(5 / 6, abs=1e-12)
    assert distance([NONE, 5, 5], [1, 3, 5]) == pytest.approx(0.25, abs=1e-12)
    table = sp.Positions.from_matrix([[1.0], [float("nan")]], actors=["v", "c"], scale="interval", range=(0, 2))
    frame = table.advice("v", unanswered="ignore")
    assert frame["distance"].isna().all()
    assert frame["answered"].tolist() == [0]
    with pytest.raises(sp.InputError, match="did you mean 'v'"):
        table.advice("vv")
    with pytest.raises(sp.InputError, match="nominal"):
        sp.Positions.from_matrix([["a"], ["b"]], actors=["v", "c"]).advice("v")


def test_policies_and_groups_have_the_published_numbers():
    assert sp.policy_agreement(same=1, absent=5) == 0.75
    assert sp.policy_agreement(strong_same=1, differ=5) == 0.5
    counts = {"same": 1, "differ": 2, "absent": 3, "strong_same": 4, "strong_differ": 5, "strong_absent": 6}
    assert sp.policy_agreement(**counts) == pytest.approx(181.5 / 393, abs=1e-12)
    assert sp.policy_agreement() is None
    assert sp.group_consensus([4, 1], [5, 4]) == pytest.approx(0.4879500364, abs=1e-10)
    assert sp.group_consensus([], []) is None
    with pytest.raises(sp.InputError, match="one number a group"):
        sp.group_consensus([1], [1, 2])
    with pytest.raises(sp.InputError, match="no more in agreement"):
        sp.group_consensus([2], [1])


def test_rank_association_has_the_published_numbers_and_says_what_it_needs():
    germany = [3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 3] + [0] * 8
    russia = [0, 3, 1, 3, 0, 1] + [0] * 14
    options = {"actors": ["DE", "RU"], "scale": "ordinal", "levels": range(4)}
    table = sp.Positions.from_matrix([germany, russia], **options)

    def score(measure):
        return table.agreement(measure=measure).frame[measure].item()

    assert score("tau_b") == pytest.approx(0.03031695, abs=5e-9)
    assert score("excess_s") == pytest.approx(-0.04, abs=1e-12)
    flat = sp.Positions.from_matrix([[1, 1], [0, 2]], scale="ordinal", levels=range(3))
    assert flat.agreement(measure="tau_b").frame["tau_b"].isna().all()
    with pytest.raises(sp.InputError, match="nominal"):
        sp.Positions.from_matrix([["a"], ["b"]]).agreement(measure="tau_b")
    weighted = sp.Positions.from_matrix([[1], [2]], weights=[2], scale="ordinal", levels=range(3))
    with pytest.raises(sp.InputError, match="weights"):
        weighted.agreement(measure="weighted_pi")
