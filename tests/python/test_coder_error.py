"""Several coders of the same units, and what their error does to scores."""

import numpy as np
import pandas as pd
import pytest

import standpunt as sp

RNG = np.random.default_rng(12)
TRUTH = RNG.integers(0, 3, 400)
LEVELS = {"scale": "ordinal", "levels": [0, 1, 2]}


def coder(error):
    return np.where(RNG.random(TRUTH.size) < error, RNG.integers(0, 3, TRUTH.size), TRUTH)


CODERS = sp.Positions.from_matrix(np.array([coder(0.1), coder(0.1), coder(0.1)]), actors=["x", "y", "z"], **LEVELS)


def test_each_category_has_its_coefficients_with_intervals():
    found = CODERS.reliability(per_category=True).set_index(["category", "coefficient"])
    assert set(found.index.get_level_values(0)) == {"0", "1", "2"}
    values = found.loc[("1", "krippendorff")]
    assert values.ci_low < values.value < values.ci_high
    array = np.array([[1 if v == 1 else 0 for v in row] for row in (TRUTH, coder(0.2))])
    alone = sp.Positions.from_matrix(np.array([TRUTH, array[1]]), **LEVELS).reliability(per_category=True)
    binary = sp.alpha((np.array([TRUTH, array[1]]) == 1).astype(np.int8))
    assert alone.set_index(["category", "coefficient"]).loc[("1", "krippendorff"), "value"] == pytest.approx(binary)
    with pytest.raises(sp.InputError, match="per_category"):
        CODERS.reliability(per_category=True, by="issue")


def test_the_disagreements_are_listed_with_what_each_has():
    table = sp.Positions.from_matrix([["a", "b", "a"], ["a", "c", None], ["a", "b", "b"]], actors=["x", "y", "z"])
    rows = table.disagreements
    assert rows[["issue", "actor", "value"]].to_numpy().tolist() == [
        ["1", "x", "b"],
        ["1", "y", "c"],
        ["1", "z", "b"],
        ["2", "x", "a"],
        ["2", "z", "b"],
    ]


def test_coder_error_draws_scores_toward_chance_as_far_as_the_coders_differ():
    positions = np.array([TRUTH, TRUTH, 2 - TRUTH])
    table = sp.Positions.from_matrix(positions, actors=["a", "b", "c"], **LEVELS)
    found = sp.coder_error(table, CODERS, seed=4, replicates=200)
    same = sp.coder_error(table, CODERS, seed=4, replicates=200)
    pd.testing.assert_frame_equal(found, same)
    sp.set_threads(1)
    pd.testing.assert_frame_equal(found, sp.coder_error(table, CODERS, seed=4, replicates=200))
    sp.set_threads(None)
    row = found.iloc[0]
    assert row.agreement == 1
    # By hand: two cells redrawn from the confusion of the three coders.
    rows = np.array([CODERS.states.set_index(["actor", "state"])["issues"].loc["x"].tolist()])
    assert rows.sum() == TRUTH.size
    assert 0.8 < row.ci_low < row["mean"] < row.ci_high < 1
    perfect = sp.Positions.from_matrix(np.array([TRUTH, TRUTH]), **LEVELS)
    assert (sp.coder_error(table, perfect, replicates=20)["ci_low"] == found["agreement"]).all()
    with pytest.raises(sp.InputError, match="0, 1, 2"):
        sp.coder_error(table, sp.Positions.from_matrix([["a"], ["b"]]))
    with pytest.raises(sp.InputError, match="no unit with two codes"):
        sp.coder_error(table, sp.Positions.from_matrix([[0.0, np.nan], [np.nan, 1.0]], **LEVELS))


def corpus(rows):
    columns = ["meeting", "date_start", "issue", "proposition", "named", "stance"]
    return sp.read_statements(pd.DataFrame(rows, columns=columns))


def test_three_codings_of_a_corpus_are_coders_by_units():
    def row(issue, stance):
        return ("m", "2024-03-04", issue, issue, "NL", stance)

    first = corpus([row("levy", "support"), row("ban", "oppose")])
    second = corpus([row("levy", "oppose"), row("ban", "oppose"), row("fund", "support")])
    third = corpus([row("fund", "support"), row("levy", "support")])
    table = sp.codings(first, second, third, names=["a", "b", "c"])
    assert table.actors == ["a", "b", "c"]
    assert len(table.issues) == 3
    assert table.disagreements["value"].tolist() == ["support", "oppose", "support"]
    assert table.reliability().set_index("coefficient").loc["gwet", "issues"] == 3
    assert sp.codings(first, third, variable="holder").alpha() is None
    with pytest.raises(sp.InputError, match="one a coding"):
        sp.codings(first, second, names=["a"])


def test_csv_for_r_keeps_text_text_and_warns_of_a_code_that_is_na(tmp_path):
    frame = pd.DataFrame({"state": ["NA", 'a "b"\nc'], "n": [1, None], "x": [0.1, float("inf")], "yes": [True, False]})
    frame["n"] = frame["n"].astype("Int64")
    with pytest.warns(sp.StandpuntWarning, match="na.strings"):
        sp.write_csv(frame, tmp_path / "r.csv")
    text = (tmp_path / "r.csv").read_text(encoding="utf-8")
    assert text == '"state","n","x","yes"\n"NA",1,0.1,TRUE\n"a ""b""\nc",,Inf,FALSE\n'


def test_statements_leave_as_dna_has_them():
    rows = corpus(
        [
            ("m", "2024-03-04", "levy", "levy", "NL DE", "support"),
            ("m", "2024-03-04", "ban", "ban", "NL", "oppose"),
            ("m", "2024-03-04", "fund", "fund", "NL", "neutral"),
        ]
    ).dna_statements
    assert rows[["organization", "concept", "agreement"]].to_numpy().tolist() == [
        ["DE", "levy", 1],
        ["NL", "levy", 1],
        ["NL", "ban", 0],
    ]


@pytest.mark.parametrize("weights", ["identity", "linear", "ratio"])
def test_small_whole_numbers_have_the_coefficients_of_numbers(weights):
    small = np.array([[1, 2, 2, 1, -1], [1, 2, 1, 1, 2], [2, 2, 1, -1, -1]], np.int8)
    numbers = np.where(small < 0, np.nan, small.astype(float))
    found = sp.reliability(small, weights=weights, missing=[-1, 300, "absent"])
    assert found.equals(sp.reliability(numbers, weights=weights))
    assert sp.alpha(small, missing=[-1, 300, "absent"]) == sp.alpha(numbers)
