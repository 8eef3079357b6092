"""Real votes and expert positions against their reference files, to 1e-9.

Runs where the data is: STANDPUNT_DATA=path/to/data pytest tests/python/test_positions_reference.py
"""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import standpunt as sp

ROOT = Path(os.environ.get("STANDPUNT_DATA", Path(__file__).parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not ROOT.is_dir(), reason="no reference data; name it in STANDPUNT_DATA")
LEVELS = ["no", "abstain", "yes"]
EU27 = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]


def read(name):
    return pd.read_csv(ROOT / name, keep_default_na=False, na_values=[""])


def close(found, expected, context):
    assert len(found) == len(expected) > 0, context
    found, expected = (np.asarray(x, float) for x in (found, expected))
    assert (np.isnan(found) == np.isnan(expected)).all(), context
    # The files print ten decimals.
    assert np.nanmax(np.abs(found - expected)) <= 1e-9, context


def pairs(table, measure, **options):
    frame = table.agreement(measure=measure, **options).frame
    turned = frame.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})
    return pd.concat([frame, turned]).set_index(["actor_a", "actor_b"])


def compare_pairs(table, reference, measures, a="a", b="b"):
    keys = pd.MultiIndex.from_frame(reference[[a, b]])
    for measure, column in measures.items():
        found = pairs(table, measure).reindex(keys)
        close(found[measure], reference[column], column)
        if measure == "agree2":
            assert (found["shared"].fillna(0).to_numpy() == reference["n_joint_yesno"].to_numpy()).all()
        if measure == "agreement":
            # Who never voted in this scope is no actor of the table.
            assert (found["shared"].fillna(0).to_numpy() == reference["n_joint"].to_numpy()).all()


@pytest.fixture(scope="module")
def un():
    votes = read("un_votes/un_votes.csv.gz").merge(read("un_votes/un_roll_calls.csv.gz")[["rcid", "date"]], on="rcid")
    return votes.assign(decade=votes["date"].str[:3] + "0")


def of_votes(votes, actor="country", issue="rcid", ordered=False):
    scale = {"scale": "ordinal" if ordered else "nominal", "levels": LEVELS}
    return sp.Positions(votes[[actor, issue, "vote"]], actor=actor, issue=issue, value="vote", **scale)


@pytest.mark.parametrize("scope", ["all", "decade:2010"])
def test_all_pairs_of_the_general_assembly(un, scope):
    reference = read("un_votes/reference_allpairs.csv.gz")
    assert set(reference["scope"]) == {"all", "2010s"}
    reference = reference[reference["scope"] == ("all" if scope == "all" else "2010s")]
    votes = un if scope == "all" else un[un["decade"] == "2010"]
    compare_pairs(of_votes(votes), reference, {"agreement": "strict", "agree3": "agree3"})


@pytest.fixture(scope="module")
def tagged(un):
    codes = read("un_votes/un_roll_call_issues.csv.gz")[["rcid", "short_name"]]
    return un.merge(codes, on="rcid")


def scope_of_un(un, tagged, kind, scope):
    if kind == "all":
        return un
    if kind == "decade":
        return un[un["decade"] == str(scope)]
    code, _, decade = str(scope).partition("|")
    part = tagged[tagged["short_name"] == code]
    return part[part["decade"] == decade] if decade else part


def test_pairs_by_decade_issue_and_both(un, tagged):
    reference = read("un_votes/reference_pairs.csv")
    measures = {"agreement": "strict", "agree3": "agree3", "agree2": "strict_yesno", "kappa": "cohen_kappa"}
    wanted = set(reference["a"]) | set(reference["b"])
    un, tagged = un[un["country"].isin(wanted)], tagged[tagged["country"].isin(wanted)]
    for (kind, scope), rows in reference.groupby(["scope_type", "scope"]):
        compare_pairs(of_votes(scope_of_un(un, tagged, kind, scope)), rows, measures)


def eu27(un):
    return un[un["country_code"].isin(EU27)]


def test_pairs_of_the_27(un):
    reference = read("un_votes/reference_eu27_pairs_2010s.csv")
    votes = eu27(un)
    table = of_votes(votes[votes["decade"] == "2010"], actor="country_code")
    measures = {"agreement": "strict", "agree3": "agree3", "agree2": "strict_yesno", "kappa": "cohen_kappa"}
    compare_pairs(table, reference, measures)


def test_alpha_of_the_27(un, tagged):
    for row in read("un_votes/reference_eu27_alpha.csv").itertuples():
        part = eu27(scope_of_un(un, tagged, row.scope_type, row.scope))
        table = of_votes(part, actor="country_code", ordered=True)
        for metric in ("nominal", "ordinal", "interval"):
            found = table.alpha(metric, by=[]).iloc[0]
            close([found["alpha"]], [getattr(row, f"alpha_{metric}")], (row.scope, metric))
            assert (found["issues"], found["values"]) == (row.n_units_2plus, row.n_values_pairable)


def test_coefficients_of_the_27(un, tagged):
    names = {"gwet": "gwet", "fleiss": "fleiss", "krippendorff": "krippendorff", "brennan_prediger": "bp"}
    for (scope, weights), row in read("un_votes/reference_eu27_irrcac_2010s.csv").groupby(["scope", "weights"]):
        code = scope.partition("|")[2]
        part = un if code == "all" else tagged[tagged["short_name"] == code]
        table = of_votes(eu27(part[part["decade"] == "2010"]), actor="country_code", ordered=True)
        found = table.reliability(weights=weights).set_index("coefficient")
        for coefficient, column in names.items():
            close([found["value"][coefficient]], row[column], (scope, weights, column))
            close([found["observed"][coefficient]], row[f"pa_{column}"], (scope, weights, column))


def test_coincidences_of_the_27(un):
    reference = json.loads((ROOT / "un_votes/reference_eu27_2010s_coincidences.json").read_text())
    votes = eu27(un)
    table = of_votes(votes[votes["decade"] == "2010"], actor="country_code", ordered=True)
    found = table.alpha("nominal", by=[]).iloc[0]
    matrix = np.array(reference["coincidence_matrix"])
    close([found["observed"]], [1 - np.trace(matrix) / matrix.sum()], "observed disagreement")


def test_cohesion_of_the_27(un):
    reference = read("un_votes/reference_eu27_cohesion_2010s.csv").set_index("rcid")
    votes = eu27(un)
    table = of_votes(votes[votes["decade"] == "2010"], actor="country_code")
    for measure, column in {"hix_noury_roland": "hnr_ai", "rice": "rice"}.items():
        frame = table.cohesion(measure)
        found = frame.set_index(frame["issue"].astype(float).astype(int)).reindex(reference.index)
        close(found[measure], reference[column], measure)
    mean = table.cohesion(by=[])
    close(mean["hix_noury_roland"], [reference["hnr_ai"].mean()], "mean")
    assert mean["issues"].item() == reference["hnr_ai"].notna().sum()


@pytest.fixture(scope="module")
def council():
    votes = read("council_votes/council_votes_long.csv.gz")
    votes["contested"] = votes["vote_id"].isin(votes.loc[votes["vote"].isin(["no", "abstain"]), "vote_id"])
    return votes


def of_council(votes):
    frame = votes[["state", "vote_id", "vote"]]
    return sp.Positions(
        frame, actor="state", issue="vote_id", value="vote", scale="ordinal", levels=LEVELS, missing="notpart"
    )


def scope_of(council, kind, scope):
    if kind == "all":
        return council
    contested = council[council["contested"]]
    if kind == "contested":
        return contested
    if kind == "year_contested":
        return contested[contested["date"].str.startswith(str(scope))]
    return contested[contested["policy_area"] == scope]


def test_pairs_of_the_council(council):
    reference = read("council_votes/reference_pairs.csv.gz")
    reference = reference[reference["n_joint"] > 0]
    for (kind, scope), rows in reference.groupby(["scope_type", "scope"]):
        votes = scope_of(council, kind, scope)[["state", "vote_id", "vote"]]
        table = sp.Positions(votes, actor="state", issue="vote_id", value="vote", levels=LEVELS, missing="notpart")
        compare_pairs(table, rows, {"agreement": "strict", "agree3": "agree3"})


def test_alpha_of_the_council(council):
    for row in read("council_votes/reference_alpha.csv").itertuples():
        table = of_council(scope_of(council, row.scope_type, row.scope))
        for metric in ("nominal", "ordinal"):
            close([table.alpha(metric)], [getattr(row, f"alpha_{metric}")], (row.scope, metric))


def test_states_of_the_council(council):
    reference = read("council_votes/check_vs_published_minority_table.csv")
    rules = read("council_votes/council_votes_wide.csv").set_index("vote_procedure_id")["voting_rule"]
    majority = council[council["vote_id"].map(rules) != "unanimity"]
    for year, rows in reference.groupby("year"):
        table = of_council(majority[majority["date"].str.startswith(str(year))])
        found = table.states.pivot(index="actor", columns="state", values="issues").reindex(rows["country"])
        published = {"yes": "infavor", "abstain": "abstained", "no": "against", "notpart": "not participating"}
        for state, column in published.items():
            assert (found[state].to_numpy() == rows[column].to_numpy()).all(), (year, state)


def test_cohesion_of_the_council(council):
    reference = read("council_votes/reference_cohesion.csv").set_index("vote_id")
    frame = of_council(council).cohesion("hix_noury_roland")
    found = frame.set_index(frame["issue"].astype(int)).reindex(reference.index)
    close(found["hix_noury_roland"], reference["hnr_ai"], "hix_noury_roland")
    assert reference["hnr_ai"].mean() == pytest.approx(0.960793, abs=5e-7)


@pytest.mark.parametrize("name", ["cop21", "copenhagen", "groningen"])
def test_expert_positions(name):
    frame = read(f"positions_decide/{name}.csv")
    frame["p"] = (frame["position"] - frame["scale_min"]) / (frame["scale_max"] - frame["scale_min"])
    table = sp.Positions(frame, value="p", salience="salience", scale="interval", range=(0, 1))
    reference = read("positions_decide/reference_pairs.csv")
    reference = reference[reference["dataset"] == name]
    compare_pairs(table, reference, {"agreement": "agreement"})
    keys = pd.MultiIndex.from_frame(reference[["a", "b"]])
    squared = pairs(table, "agreement", distance="squared").reindex(keys)["agreement"]
    close(1 - squared, reference["rms_distance"] ** 2, "squared distance")
    for salience in ("product", "mean"):
        found = pairs(table, "agreement", salience=salience).reindex(keys)["agreement"]
        close(found, reference[f"agreement_w_salience_{salience}"], salience)
    row = read("positions_decide/reference_alpha.csv").set_index("dataset").loc[name]
    for metric in ("interval", "ordinal"):
        close([table.alpha(metric)], [row[f"alpha_{metric}"]], metric)


@pytest.mark.parametrize("name", ["cop21", "copenhagen", "groningen"])
def test_the_spread_of_expert_positions_on_each_issue(name):
    frame = read(f"positions_decide/{name}.csv")
    frame["p"] = (frame["position"] - frame["scale_min"]) / (frame["scale_max"] - frame["scale_min"])
    table = sp.Positions(frame, value="p", scale="interval", range=(0, 1))
    reference = read("positions_decide/reference_issues.csv").set_index(["dataset", "issue"]).loc[name]
    scores = table.agreement(by="issue").frame
    distance = 1 - scores.groupby("issue")["agreement"].mean()
    close(distance.reindex(reference.index), reference["mean_pairwise_distance_rescaled"], "mean pairwise distance")
    spread = table.alpha("interval", by="issue").set_index("issue").reindex(reference.index)
    assert (spread["values"] == reference["n_actors"]).all()
    # Observed disagreement is the mean square of all differences: twice the unbiased variance.
    n, width = reference["n_actors"], reference["scale_max"] - reference["scale_min"]
    close((spread["observed"] / 2 * (n - 1) / n) ** 0.5 * width, reference["sd_pop"], "standard deviation")


def test_a_position_off_the_scale_is_reported():
    raw = (ROOT / "positions_decide/raw_copenhagen_with_errors.csv").read_text()
    rows = [line.split("\t") for line in raw.splitlines() if line.startswith("#D")]
    frame = pd.DataFrame([row[1:4] for row in rows], columns=["actor", "issue", "value"])
    frame["value"] = pd.to_numeric(frame["value"])
    with pytest.raises(sp.InputError, match="160 lies outside the declared range 0 to 100"):
        sp.Positions(frame, scale="interval", range=(0, 100))
