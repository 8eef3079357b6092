"""Tallies: cut, merged, pickled, kept, they give the bytes of the whole."""

import copy
import pickle
import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import standpunt as sp

RNG = np.random.default_rng(3)
ACTORS = [f"actor {at:02}" for at in range(12)]
VOTES = pd.DataFrame(
    [
        (actor, f"issue {issue:03}", vote)
        for issue in range(200)
        for actor, vote in zip(ACTORS, RNG.choice(["no", "abstain", "yes", "away"], len(ACTORS)), strict=True)
    ],
    columns=["actor", "issue", "value"],
)
SCORES = VOTES[["actor", "issue"]].assign(value=RNG.random(len(VOTES)), w=VOTES["issue"].str[-1].astype(int) / 7 + 0.01)
LEVELS = ["no", "abstain", "yes"]


def tables(frame):
    if "w" in frame:
        return sp.Positions(frame, scale="interval", range=(0, 1), weight="w")
    return sp.Positions(frame, scale="ordinal", levels=LEVELS, missing="away")


def ten_parts(frame, seed):
    issues = sorted(set(frame["issue"]))
    random.Random(seed).shuffle(issues)
    return [frame[frame["issue"].isin(issues[at::10])] for at in range(10)]


def total(tallies):
    first, *rest = tallies
    for tally in rest:
        first = first + tally
    return first


@pytest.mark.parametrize(
    "measure",
    ["agreement", "agree2", "agree3", "s", "kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b"],
)
@pytest.mark.parametrize("distance", ["absolute", "squared"])
def test_ten_parts_give_the_bytes_of_the_whole(measure, distance):
    for frame in (VOTES, SCORES):
        if "w" in frame and measure not in ("agreement", "s"):
            continue
        of = {"measure": measure, "distance": distance, "heaviest": 2.0 if "w" in frame else None}
        whole = tables(frame).tally(**of)
        for seed in range(3):
            merged = total([pickle.loads(pickle.dumps(tables(part).tally(**of))) for part in ten_parts(frame, seed)])
            assert merged == whole
            assert pickle.dumps(merged) == pickle.dumps(whole)
        scores = tables(frame).agreement(measure=measure, distance=distance)
        found = pa.table(sp.Positions.tally(tables(frame), measure=measure, distance=distance).frame())
        assert found[measure].to_pylist() == pa.table(scores)[measure].to_pylist()
        assert np.array_equal(merged.array(), scores.array, equal_nan=True) or "w" in frame


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_ten_parts_has_the_bytes_of_the_whole(metric):
    rounded = SCORES.drop(columns="w").assign(value=SCORES["value"].round(3))
    for frame, scale in ((VOTES, {"scale": "ordinal", "levels": LEVELS}), (rounded, {"scale": "interval"})):
        if metric == "ratio" and scale["scale"] == "ordinal":
            continue
        options = {**scale, "range": (0, 1)} if scale["scale"] == "interval" else {**scale, "missing": "away"}
        whole = sp.Positions(frame, **options)
        parts = [sp.Positions(part, **options).alpha_tally(metric) for part in ten_parts(frame, 1)]
        merged = total(parts)
        assert merged == whole.alpha_tally(metric)
        assert pickle.dumps(merged) == pickle.dumps(whole.alpha_tally(metric))
        assert merged.alpha == whole.alpha(metric)
        assert merged.parts["values"] == whole.alpha(metric, by=[])["values"].item()


GROUPS = {"a": ACTORS[:5], "b": ACTORS[3:], "c": [ACTORS[0]]}


def parts_by_actor(frame, seed):
    actors = list(ACTORS)
    random.Random(seed).shuffle(actors)
    return [frame[frame["actor"].isin(actors[at::3])] for at in range(3)]


@pytest.mark.parametrize("measure", ["rice", "attina", "hix_noury_roland"])
def test_cohesion_of_ten_parts_has_the_bytes_of_the_whole(measure):
    weights = VOTES["issue"].str[-2:].astype(int) / 7
    frame = VOTES.assign(w=weights, area=VOTES["issue"].str[-1], day=VOTES["issue"].str[-2])
    options = {"scale": "ordinal", "levels": LEVELS, "missing": "away", "weight": "w"}

    def tally(part):
        return sp.Positions(part, **options).cohesion_tally(groups=GROUPS, by=["area", "day"])

    table = sp.Positions(frame, **options)
    whole = tally(frame)
    for seed in range(3):
        merged = total([pickle.loads(pickle.dumps(tally(part))) for part in ten_parts(frame, seed)])
        assert merged == whole
        assert pickle.dumps(merged) == pickle.dumps(whole)
        # Whoever voted elsewhere has no vote in a part, and each is counted once.
        assert total([tally(part) for part in parts_by_actor(frame, seed)]) == whole
    for by in (None, [], "area", ["day", "area"], "issue"):
        found, expected = merged.frame(measure, by=by), table.cohesion(measure, groups=GROUPS, by=by)
        assert found.equals(expected), by
        assert len(found) > 0


def test_a_cohesion_tally_is_kept_and_says_what_it_lacks(tmp_path):
    present = VOTES[VOTES["value"] != "away"].assign(area=VOTES["issue"].str[-1])
    tally = sp.Positions(present).cohesion_tally(groups=GROUPS, by="area")
    tally.save(tmp_path / "c.tally")
    assert sp.CohesionTally.load(tmp_path / "c.tally") == tally
    assert (tmp_path / "c.tally").read_bytes().startswith(b"standpunt cohesion tally 1\n")
    assert repr(tally) == "<CohesionTally: 3 groups on 200 issues>"
    assert tally.groups == ["a", "b", "c"]
    with pytest.raises(sp.InputError) as caught:
        tally.frame(by="aera")
    assert str(caught.value) == "no attribute of the issues to group by 'aera' (did you mean 'area'?)"
    with pytest.raises(sp.InputError, match="measure: 'rise' is not one of rice"):
        tally.frame("rise")
    broken = (tmp_path / "c.tally").read_bytes()[:-5]
    (tmp_path / "c.tally").write_bytes(broken)
    with pytest.raises(sp.FormatError, match="not a stored cohesion tally: its checksum does not fit"):
        sp.CohesionTally.load(tmp_path / "c.tally")


def test_cohesion_tallies_of_different_things_do_not_add_up():
    frame = VOTES[VOTES["value"] != "away"].assign(w=2.0)
    table = sp.Positions(frame)
    other = "tally: the two tallies have other groups or by=, or only one has weights"
    for wrong in (table.cohesion_tally(groups=GROUPS), sp.Positions(frame, weight="w").cohesion_tally()):
        with pytest.raises(sp.FormatError) as caught:
            table.cohesion_tally() + wrong
        assert str(caught.value) == other
    twice = sp.Positions(frame, weight="w").cohesion_tally()
    once = sp.Positions(frame.assign(w=1.0), weight="w").cohesion_tally()
    with pytest.raises(sp.FormatError) as caught:
        twice + once
    assert str(caught.value) == "tally: issue 'issue 000' has another weight or by= in the other tally"
    scores = sp.Positions.from_matrix(RNG.random((3, 3)), scale="interval", range=(0, 1))
    with pytest.raises(sp.InputError, match="scale: expected levels no, abstain, yes"):
        scores.cohesion_tally()
    with pytest.raises(TypeError, match=r"Positions\.cohesion_tally"):
        sp.CohesionTally()


def test_a_part_in_which_nobody_votes_adds_nothing():
    frame = VOTES[VOTES["value"] != "away"]
    silent = frame.head(3).assign(value=None)
    table = sp.Positions(frame)
    assert sp.Positions(silent).cohesion_tally() + table.cohesion_tally() == table.cohesion_tally()


def test_undeclared_levels_and_other_actors_add_up():
    present = VOTES[VOTES["value"] != "away"]
    parts = [part[part["actor"] != ACTORS[at]] for at, part in enumerate(ten_parts(present, 2))]
    whole = sp.Positions(pd.concat(parts)).tally(measure="kappa")
    assert total([sp.Positions(part).tally(measure="kappa") for part in reversed(parts)]) == whole


def test_a_kept_tally_is_read_again(tmp_path):
    tally = tables(VOTES).tally(measure="kappa")
    tally.save(tmp_path / "a.tally")
    assert sp.PairTally.load(tmp_path / "a.tally") == tally
    alpha = tables(VOTES).alpha_tally("ordinal")
    alpha.save(tmp_path / "b.tally")
    assert sp.AlphaTally.load(tmp_path / "b.tally").alpha == alpha.alpha
    assert (tmp_path / "a.tally").read_bytes().startswith(b'standpunt pair tally 1\n{"measure":"kappa"')


def test_what_is_no_tally_is_refused_with_one_sentence(tmp_path):
    path = tmp_path / "a.tally"
    tables(VOTES).tally().save(path)
    whole = path.read_bytes()
    with pytest.raises(sp.FormatError) as caught:
        sp.AlphaTally.load(path)
    assert str(caught.value) == (
        "a.tally: not a stored alpha tally: expected 'standpunt alpha tally 1', got 'standpunt pair tally 1'"
    )
    for broken in (whole[:-10], whole[:40] + b"x" + whole[41:], whole + b"\0"):
        path.write_bytes(broken)
        with pytest.raises(sp.FormatError) as caught:
            sp.PairTally.load(path)
        problem = "its checksum does not fit: the file is cut short or changed"
        assert str(caught.value) == f"a.tally: not a stored pair tally: {problem}"
    with pytest.raises(FileNotFoundError):
        sp.PairTally.load(tmp_path / "nothing")


def test_tallies_of_different_things_do_not_add_up():
    table = tables(VOTES)
    with pytest.raises(sp.FormatError) as caught:
        table.tally() + table.tally(measure="s")
    problem = "the two tallies have another measure, scale or range, or only one has weights"
    assert str(caught.value) == f"tally: {problem}"
    other = sp.Positions(VOTES, scale="ordinal", levels=["yes", "abstain", "no"], missing="away")
    with pytest.raises(sp.FormatError) as caught:
        table.tally() + other.tally()
    assert str(caught.value) == "tally: the two tallies have other levels; declare all of them with levels="
    with pytest.raises(sp.InputError) as caught:
        tables(SCORES).tally(heaviest=1)
    assert str(caught.value).startswith("heaviest: expected a finite number, no less than the greatest weight, 1.29")
    with pytest.raises(TypeError, match=r"Positions\.tally"):
        sp.PairTally()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_tables_and_scores_are_copied_and_pickled(again):
    frame = VOTES.assign(area=VOTES["issue"].str[-1])
    table = sp.Positions(frame, missing={"away": "absent"})
    table.agreement(by="area")
    there = again(table)
    assert pa.table(there.states).equals(pa.table(table.states))
    # A column that nobody had asked for yet.
    late = sp.Positions(frame.assign(other=frame["issue"].str[-2]), missing="away")
    assert again(late).agreement(by="other").frame.equals(late.agreement(by="other").frame)
    array = sp.Positions.from_matrix(RNG.random((4, 9)), weights=range(9), scale="interval", range=(0, 1))
    scores = array.agreement(bootstrap=20, seed=1)
    assert again(array).agreement(bootstrap=20, seed=1).frame.equals(scores.frame)
    assert again(scores).frame.equals(scores.frame)
    assert again(scores).provenance == scores.provenance


def test_a_pickled_table_needs_no_more_than_arrow_can_hold():
    frame = VOTES.assign(mixed=[1, "a"] * (len(VOTES) // 2))
    table = sp.Positions(frame, missing="away")
    assert pickle.loads(pickle.dumps(table)).agreement().frame.equals(table.agreement().frame)
