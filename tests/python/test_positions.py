import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import standpunt as sp

ROWS = [
    ("NL", "a", "yes"),
    ("DE", "a", "yes"),
    ("FR", "a", "no"),
    ("NL", "b", "yes"),
    ("DE", "b", "abstain"),
    ("FR", "b", "no"),
    ("NL", "c", "no"),
    ("DE", "c", "no"),
    ("FR", "c", "absent"),
    ("NL", "d", "yes"),
    ("NA", "d", "yes"),
]
LONG = pd.DataFrame(ROWS, columns=["country", "rcid", "vote"])
LONG["area"] = LONG["rcid"].map({"a": "x", "b": "x", "c": "y", "d": "y"})
VOTES = {"actor": "country", "issue": "rcid", "value": "vote"}


def kinds():
    yield "object", LONG.astype(object)
    yield "string", LONG.astype("string")
    yield "categorical", LONG.astype("category").iloc[::-1]
    yield "arrow", LONG.convert_dtypes(dtype_backend="pyarrow")
    yield "index", LONG.set_index(pd.Index(range(100, 100 + len(LONG))))
    table = pa.Table.from_pandas(LONG, preserve_index=False)
    yield "pyarrow", table
    yield "chunked", pa.concat_tables([table.slice(0, 4), table.slice(4)])
    polars = pytest.importorskip("polars")
    yield "polars", polars.from_pandas(LONG)
    duckdb = pytest.importorskip("duckdb")
    yield "duckdb", duckdb.from_arrow(table)


def columns_of(scores):
    return pa.table(scores).to_pydict()


def by_pair(scores):
    return scores.frame.set_index(["actor_a", "actor_b"])


def test_every_dataframe_gives_the_same_scores():
    expected = None
    for name, frame in kinds():
        table = sp.Positions(frame, **VOTES, missing="absent")
        found = (table.levels, columns_of(table.agreement()))
        expected = expected or found
        assert found == expected, name
    assert expected[0] == ["abstain", "no", "yes"]


def test_scores_states_and_bounds_can_be_checked_by_hand():
    table = sp.Positions(LONG, **VOTES, missing={"absent": "absent"})
    frame = by_pair(table.agreement())
    row = frame.loc[("DE", "NL")]
    assert (row["agreement"], row["shared"]) == (pytest.approx(2 / 3), 3)
    assert (row["worst"], row["best"]) == (0.5, 0.75)
    assert pd.isna(frame.loc[("DE", "NA"), "agreement"])
    assert frame.loc[("DE", "NA"), "shared"] == 0
    states = table.states.set_index(["actor", "state"])["issues"]
    assert (states["FR", "absent"], states["FR", "not stated"], states["NL", "not stated"]) == (1, 1, 0)


def test_who_was_not_eligible_stays_out_of_the_bounds():
    one = by_pair(sp.Positions(LONG, **VOTES, missing={"absent": "absent"}).agreement())
    other = by_pair(sp.Positions(LONG, **VOTES, missing={"absent": "not_eligible"}).agreement())
    assert one.loc[("DE", "FR"), "best"] == pytest.approx(2 / 4)
    assert other.loc[("DE", "FR"), "best"] == pytest.approx(1 / 3)


def test_scores_part_by_any_column_of_the_frame():
    table = sp.Positions(LONG, **VOTES, missing="absent")
    frame = table.agreement(by="area", min_shared=1).frame
    assert list(frame.columns[:4]) == ["actor_a", "actor_b", "area", "agreement"]
    picked = frame[(frame.actor_a == "DE") & (frame.actor_b == "NL")].set_index("area")["agreement"]
    assert picked.to_dict() == {"x": 0.5, "y": 1.0}
    with pytest.raises(sp.InputError, match=r"no column 'aera'.*did you mean 'area'"):
        table.agreement(by="aera")


def test_contributions_sum_to_the_score():
    levels = ["no", "abstain", "yes"]
    table = sp.Positions(LONG, **VOTES, missing="absent", scale="ordinal", levels=levels, topic="area")
    for measure in ("agreement", "agree3", "s", "kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b"):
        scores = table.agreement(measure=measure)
        parts = scores.explain("DE", "NL")
        total = parts["contribution"].sum()
        assert total == pytest.approx(by_pair(scores).loc[("DE", "NL"), measure]), measure
        assert scores.explain("DE", "NL", by="topic")["contribution"].sum() == pytest.approx(total)
    fewer = sp.Positions(LONG[LONG.rcid != "b"], **VOTES, missing="absent").agreement()
    without = table.agreement(measure="agree3").explain("DE", "NL").set_index("issue")["without"]["b"]
    assert without == by_pair(fewer).loc[("DE", "NL"), "agreement"]


@pytest.mark.parametrize("interval", ["percentile", "bca"])
@pytest.mark.parametrize("measure", ["agreement", "kappa"])
def test_intervals_hold_the_score_repeat_with_the_seed_and_narrow_with_issues(interval, measure):
    rng = np.random.default_rng(5)
    widths = []
    for issues in (30, 3000):
        table = sp.Positions.from_matrix(rng.integers(0, 3, (4, issues)).astype(np.int8))
        draws = {"bootstrap": 400, "seed": 7, "measure": measure, "interval": interval}
        frame = table.agreement(**draws).frame
        assert frame.equals(table.agreement(**draws).frame)
        assert (frame["ci_low"] <= frame[measure]).all()
        assert (frame[measure] <= frame["ci_high"]).all()
        widths.append((frame["ci_high"] - frame["ci_low"]).mean())
    assert widths[1] < widths[0] / 5


@pytest.mark.parametrize("interval", ["percentile", "bca"])
def test_a_bootstrap_of_a_share_has_the_width_of_a_binomial(interval):
    votes = np.zeros((2, 2000), np.int8)
    votes[1, :600] = 1
    frame = sp.Positions.from_matrix(votes).agreement(bootstrap=4000, seed=1, interval=interval).frame
    width = 1.959964 * math.sqrt(0.7 * 0.3 / 2000)
    assert frame["ci_low"].item() == pytest.approx(0.7 - width, abs=0.002)
    assert frame["ci_high"].item() == pytest.approx(0.7 + width, abs=0.002)


def test_an_unset_seed_is_recorded_and_repeats():
    table = sp.Positions.from_matrix(np.array([[0, 1, 0, 1], [0, 1, 1, 1]], np.int8))
    scores = table.agreement(bootstrap=50)
    assert table.agreement(bootstrap=50, seed=scores.provenance["seed"]).frame.equals(scores.frame)


def test_matrices_of_any_type_agree():
    codes = np.array([[1, 2, 3, -1], [1, 3, 3, 2], [-1, 2, 1, 2]])
    expected = np.array([[1, 2 / 3, 0.5], [2 / 3, 1, 1 / 3], [0.5, 1 / 3, 1]])
    floats = np.where(codes < 0, np.nan, codes)
    words = np.array(["?", "x", "y", "z"], object)[np.maximum(codes, 0)]
    for array, missing in (
        (codes, -1),
        (codes.astype(np.int8), -1),
        (np.asfortranarray(codes), -1),
        (floats, None),
        (words, "?"),
    ):
        assert np.array_equal(sp.Positions.from_matrix(array, missing=missing).agreement().array, expected)
    wide = pd.DataFrame(np.where(words == "?", None, words), index=["A", "B", "C"], columns=list("wxyz"))
    square = sp.Positions.from_matrix(wide).agreement().matrix()
    assert list(square.index) == list(square.columns) == ["A", "B", "C"]
    assert np.array_equal(square.to_numpy(), expected)


def test_nothing_shared_is_missing_not_zero():
    table = sp.Positions.from_matrix(np.array([[1.0, np.nan], [np.nan, 1.0]]), scale="interval", range=(0, 1))
    frame = table.agreement().frame
    assert pd.isna(frame["agreement"].item())
    assert frame["shared"].item() == 0


RATERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ]
)
PUBLISHED = {"nominal": 0.743421052632, "ordinal": 0.815387503755, "interval": 0.849107142857, "ratio": 0.797402774712}


@pytest.mark.parametrize("metric", PUBLISHED)
def test_alpha_has_the_published_value_from_any_array(metric):
    for array, missing in ((RATERS, 0), (RATERS.astype(np.int8), 0), (np.where(RATERS, RATERS, np.nan), None)):
        assert sp.alpha(array, metric, missing=missing) == pytest.approx(PUBLISHED[metric], abs=1e-12)
    with pytest.raises(sp.InputError, match="nothing to compare"):
        sp.alpha(np.array([[1.0, np.nan], [np.nan, 1.0]]), metric)
    assert sp.alpha(np.ones((2, 2)), metric) is None


def test_cohesion_of_counts_groups_and_parts():
    assert sp.cohesion(15, 2, 5) == pytest.approx(0.7647058824)
    assert sp.cohesion(0, 0, 27) is None
    table = sp.Positions(LONG, **VOTES, missing="absent")
    frame = table.cohesion("rice", groups={"north": ["NL", "DE"], "south": ["FR"]}).set_index(["group", "issue"])
    assert frame.loc[("north", "b"), ["yes", "abstain", "rice"]].tolist() == [1, 1, 1.0]
    over = table.cohesion("hix_noury_roland", by="area")
    assert over.columns.tolist() == ["group", "area", "hix_noury_roland", "issues"]
    assert table.alpha() == pytest.approx(table.alpha(by=[])["alpha"].item())


def test_the_range_is_the_declared_one():
    frame = pd.DataFrame({"actor": ["A", "B", "A", "B"], "issue": [1, 1, 2, 2], "value": [0, 50, 10, 160.0]})
    with pytest.raises(
        sp.InputError,
        match=r"row 4 \(spreadsheet row 5\), column 'value': 160 lies outside the declared range 0 to 100",
    ):
        sp.Positions(frame, scale="interval", range=(0, 100))
    fitting = frame.assign(value=frame.value.clip(upper=60))
    scores = sp.Positions(fitting, scale="interval", range=(0, 100)).agreement().frame
    assert scores["agreement"].item() == pytest.approx(0.5)


def test_repeated_rows_are_read_once_and_counted():
    table = sp.Positions(pd.concat([LONG, LONG.iloc[:2]]), **VOTES, missing="absent")
    assert table.repeated == 2
    once = sp.Positions(LONG, **VOTES, missing="absent")
    assert columns_of(table.agreement()) == columns_of(once.agreement())


def test_an_empty_table_has_no_scores():
    table = sp.Positions(LONG.iloc[:0], **VOTES)
    assert len(table.agreement().frame) == 0
    assert table.alpha() is None


def test_the_same_issue_in_two_meetings_is_two():
    frame = pd.DataFrame(
        {"actor": ["A", "B"] * 2, "issue": ["x"] * 4, "m": [1, 1, 2, 2], "value": ["y", "y", "y", "n"]}
    )
    with pytest.raises(sp.InputError, match="meeting="):
        sp.Positions(frame)
    scores = sp.Positions(frame, meeting="m").agreement().frame
    assert (scores["agreement"].item(), scores["shared"].item()) == (0.5, 2)


def test_coefficients_of_arrays_and_tables_are_the_published_ones():
    found = sp.reliability(np.array(RATERS), missing=0).set_index("coefficient")
    # The lone 3 of unit 12 stands under B here: alpha and what is observed do not mind.
    assert found["value"]["krippendorff"] == pytest.approx(PUBLISHED["nominal"], abs=1e-12)
    assert found["observed"]["gwet"] == pytest.approx(0.8181818182, abs=1e-10)
    table = sp.Positions.from_matrix(np.array(RATERS), scale="ordinal", levels=[1, 2, 3, 4, 5], missing=0)
    quadratic = table.reliability(weights="quadratic").set_index("coefficient")
    assert quadratic["value"]["krippendorff"] == pytest.approx(PUBLISHED["interval"], abs=1e-12)
    assert (quadratic["ci_low"].dropna() < quadratic["value"].loc[quadratic["ci_low"].dropna().index]).all()
    with pytest.raises(sp.InputError, match="'identity', or a scale with declared order"):
        sp.Positions.from_matrix(np.array(RATERS), missing=0).reliability(weights="linear")


def test_consensus_and_polarisation_of_counts():
    assert sp.consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.611333333333)
    assert sp.consensus([1, 1], measure="van_der_eijk") is None
    assert sp.esteban_ray([0.6, 0.1, 0.3], [-1, 0, 1], alpha=1.6) == pytest.approx(0.2445526472)
    for call, message in (
        (lambda: sp.consensus([1, "x"]), "counts: expected a number, got 'x'"),
        (lambda: sp.consensus([1, -2, 3]), "counts: expected counts of at least 0, got -2"),
        (lambda: sp.esteban_ray([1], [0], alpha=3), "alpha: expected a number from 0 to 1.6, got 3"),
        (lambda: sp.esteban_ray([1], [0, 1]), "positions: expected as many positions as shares, got 1 and 2"),
    ):
        with pytest.raises(sp.InputError) as caught:
            call()
        assert str(caught.value) == message


def test_a_table_without_issues_has_no_scores_and_no_intervals():
    frame = (
        sp.Positions.from_matrix(np.zeros((2, 0), np.int8), levels=["no", "yes"]).agreement(bootstrap=9, seed=1).frame
    )
    assert frame[["agreement", "ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["shared"].tolist() == [0]
