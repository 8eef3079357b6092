"""Networks of statements: repeats, windows, kernels, and both modes, by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

import standpunt as sp

ROWS = [
    ("a", "tax", "yes", "2024-01-01"),
    ("a", "tax", "yes", "2024-01-03"),
    ("a", "tax", "yes", "2024-01-08"),
    ("a", "tax", "no", "2024-02-01"),
    ("b", "tax", "yes", "2024-01-12"),
    ("b", "law", "no", "2024-01-05"),
    ("c", "law", "no", "2024-01-06"),
]
FRAME = pd.DataFrame(ROWS, columns=["actor", "issue", "value", "date"]).assign(meeting=range(len(ROWS)))
OPTIONS = {"meeting": "meeting", "scale": "ordinal", "levels": ["no", "yes"]}


def said(**options):
    frame = sp.Positions(FRAME, **OPTIONS).congruence(normalise="none", **options).frame
    return frame.loc[(frame.actor_a == "a") & (frame.actor_b == "b"), "statements_a"].item()


def test_repeats_count_once_a_week_month_or_year():
    assert said() == 4
    assert said(duplicates="week") == 3
    assert said(duplicates="month") == 2
    assert said(duplicates="year") == 2
    assert said(duplicates="once") == 2
    assert said(duplicates="once", within="date") == 4
    with pytest.raises(sp.InputError, match='expected duplicates="once" or a period'):
        said(within="date")
    with pytest.raises(sp.InputError, match="a day as YYYY-MM-DD"):
        said(duplicates="week", within="value")


def test_actors_and_concepts_have_a_net_stance_and_its_shares():
    table = sp.Positions(FRAME, **OPTIONS)
    net = table.two_mode()
    assert net.concepts == ["law", "tax"]
    assert net.matrix().loc["a", "tax"] == 2
    assert np.isnan(net.matrix().loc["a", "law"])
    assert table.two_mode(definition="dna").matrix().loc["a", "law"] == 0
    assert table.two_mode(normalise="activity").matrix().loc["a", "tax"] == 0.5
    assert table.two_mode(normalise="prominence").matrix().loc["b", "tax"] == 0.2
    assert table.two_mode(kind="ignore").frame["ignore"].sum() == len(ROWS)
    with pytest.raises(sp.InputError, match="an ordinal scale, lowest level first"):
        sp.Positions(FRAME, meeting="meeting").two_mode()
    with pytest.raises(sp.InputError, match="kind"):
        table.two_mode(kind="conflict")


def dna(kernel, u):
    inside = abs(u) <= 1
    return {
        "uniform": 0.5 * inside,
        "triangular": abs(1 - u) * inside,
        "epanechnikov": 0.75 * (1 - u * u) * inside,
        "gaussian": np.exp(-u * u / 2) / np.sqrt(2 * np.pi),
    }[kernel]


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov", "gaussian"])
def test_windows_weigh_pairs_of_statements_as_dna_does(kernel):
    rolling = sp.Positions(FRAME, **OPTIONS).rolling(days=20, step=10, kernel=kernel, definition="dna")
    found = rolling.congruence(normalise="none", definition="dna")
    first = pd.Timestamp("2024-01-01")
    checked = 0
    for window, frame in found.groupby("window"):
        middle = first + pd.Timedelta(days=10 * window + 9.5)
        weights = [dna(kernel, (middle - pd.Timestamp(day)) / pd.Timedelta(days=10)) for *_, day in ROWS]
        expected = dict.fromkeys([("a", "b"), ("a", "c"), ("b", "c")], 0.0)
        for (x, z), (y, w) in itertools.combinations(zip(ROWS, weights, strict=True), 2):
            if x[0] != y[0] and x[1:3] == y[1:3]:
                expected[tuple(sorted((x[0], y[0])))] += np.sqrt(z * w)
        for row in frame.itertuples():
            assert row.congruence == pytest.approx(expected[row.actor_a, row.actor_b], abs=1e-7)
            checked += row.congruence > 0
    assert checked >= 2


def test_the_smoothed_average_of_dna_counts_statements_of_all_time():
    """By hand, after Exporter.java of DNA 3: a sum times that of 2 / (n + n') over concepts and levels."""
    rows = [
        ("a", "law", "no", "2024-01-05"),
        ("b", "law", "no", "2024-01-05"),
        ("b", "law", "no", "2024-03-01"),
        ("a", "tax", "yes", "2024-03-01"),
    ]
    frame = pd.DataFrame(rows, columns=["actor", "issue", "value", "date"])
    table = sp.Positions(frame, meeting="date", scale="ordinal", levels=["no", "yes"])
    rolling = table.rolling(days=9, step=100, kernel="uniform", definition="dna")
    first = {
        name: rolling.congruence(normalise=name, definition="dna")["congruence"][0]
        for name in ("none", "average", "jaccard", "cosine")
    }
    # One pair of statements in the window, at half weight each. On law, no: 1 and 2 statements; on tax, yes: 1 and 0.
    assert first == pytest.approx({"none": 0.5, "average": 0.5 * (2 / 3 + 2), "jaccard": 0.5, "cosine": 0.5})
    corrected = rolling.congruence(normalise="average")["congruence"][0]
    assert corrected == pytest.approx(0.5 / np.sqrt(0.5))
