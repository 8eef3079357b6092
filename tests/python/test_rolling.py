"""Windows over time against windows cut by hand."""

import numpy as np
import pandas as pd
import pytest

import standpunt as sp

RNG = np.random.default_rng(8)
DAYS = pd.to_datetime("2020-01-01") + pd.to_timedelta(np.sort(RNG.integers(0, 300, 80)), unit="D")
FRAME = pd.DataFrame(
    [
        (actor, f"issue {at:02}", RNG.choice(["no", "abstain", "yes"]), day.date(), 1 + at % 3)
        for at, day in enumerate(DAYS)
        for actor in ("BE", "DE", "NL")
    ],
    columns=["actor", "issue", "value", "date", "w"],
)
SCALE = {"scale": "ordinal", "levels": ["no", "abstain", "yes"]}


def by_hand(frame, day, width, kernel):
    """The agreement of BE and DE in the window that begins on a day, and its issues."""
    wide = frame.pivot(index="issue", columns="actor", values="value").replace({"no": 0, "abstain": 1, "yes": 2})
    dates = pd.to_datetime(frame.groupby("issue")["date"].first())
    weights = frame.groupby("issue")["w"].first()
    middle = day + pd.Timedelta(days=(width - 1) / 2)
    u = (dates - middle) / pd.Timedelta(days=width / 2)
    factor = {
        "uniform": (u.abs() <= 1).astype(float),
        "triangular": (1 - u.abs()).clip(lower=0),
        "epanechnikov": (1 - u**2).clip(lower=0),
        "gaussian": np.exp(-(u**2) / 2).where(u.abs() <= 8, 0),
    }[kernel]
    w = (weights * factor)[factor > 0]
    apart = (wide["BE"] - wide["DE"]).abs().astype(float)[w.index] / 2
    return 1 - (w * apart).sum() / w.sum(), len(w)


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov", "gaussian"])
@pytest.mark.parametrize("width", [30, 45])
def test_windows_of_days_score_as_cut_by_hand(kernel, width):
    table = sp.Positions(FRAME, weight="w", **SCALE)
    rolling = table.rolling("date", days=width, step=20, kernel=kernel)
    found = rolling.agreement()
    found = found[(found.actor_a == "BE") & (found.actor_b == "DE")]
    windows = rolling.frame
    assert len(found) == len(rolling) == len(windows) == (DAYS[-1] - DAYS[0]).days // 20 + 1
    for row, window in zip(found.itertuples(), windows.itertuples(), strict=True):
        assert row.start == window.start == DAYS[0] + pd.Timedelta(days=20 * row.window)
        assert row.end == row.start + pd.Timedelta(days=width - 1)
        score, issues = by_hand(FRAME, row.start, width, kernel)
        assert window.issues == row.shared == issues
        assert row.agreement == pytest.approx(score, abs=1e-9)


def test_windows_of_issues_hold_them_in_order_of_date():
    table = sp.Positions(FRAME.sample(frac=1, random_state=1), **SCALE)
    rolling = table.rolling(issues=20, step=10)
    assert rolling.frame["issues"].tolist() == [20, 20, 20, 20, 20, 20, 20, 10]
    alpha = rolling.alpha("ordinal")
    for at in range(7):
        part = FRAME[FRAME["issue"].between(f"issue {at * 10:02}", f"issue {at * 10 + 19:02}")]
        assert alpha["alpha"][at] == sp.Positions(part, **SCALE).alpha("ordinal")
        assert alpha["start"][at] == pd.Timestamp(part["date"].min())
        assert alpha["end"][at] == pd.Timestamp(part["date"].max())
        assert alpha["issues"][at] == 20


def test_the_cohesion_of_groups_moves_with_time():
    table = sp.Positions(FRAME, **SCALE)
    groups = {"low": ["BE", "NL"], "all": ["BE", "DE", "NL"]}
    found = table.rolling(days=60, step=60).cohesion("hix_noury_roland", groups=groups)
    assert found.columns.tolist() == ["window", "start", "end", "group", "hix_noury_roland", "issues"]
    first = FRAME[pd.to_datetime(FRAME["date"]) < DAYS[0] + pd.Timedelta(days=60)]
    mean = sp.Positions(first, **SCALE).cohesion("hix_noury_roland", groups=groups, by=[])
    assert found["hix_noury_roland"][:2].tolist() == mean["hix_noury_roland"].tolist()
    years = FRAME.assign(month=FRAME["date"].astype(str).str[:7])
    monthly = sp.Positions(years, **SCALE).cohesion("rice", groups=groups, by="month")
    assert len(monthly) == 2 * years["month"].nunique()


def test_the_seed_of_windows_is_recorded_and_repeats():
    rolling = sp.Positions(FRAME, **SCALE).rolling(days=100, step=50)
    frame = rolling.agreement(bootstrap=50)
    seed = int(frame["seed"].iloc[0])
    assert rolling.agreement(bootstrap=50, seed=seed).equals(frame)
    assert (frame["ci_low"].isna() | (frame["ci_low"] <= frame["agreement"])).all()


def test_no_dates_are_no_windows():
    empty = sp.Positions(FRAME.assign(date=None), **SCALE).rolling(days=10)
    assert len(empty) == 0
    assert empty.agreement().columns[:5].tolist() == ["window", "start", "end", "actor_a", "actor_b"]
    half = FRAME.assign(date=FRAME["date"].where(FRAME["issue"] < "issue 40"))
    assert sp.Positions(half, **SCALE).rolling(issues=100).frame["issues"].tolist()[0] == 40


BAD = [
    ({"days": 10, "issues": 10}, FRAME, "rolling: expected one of days= and issues=, the width of a window"),
    ({}, FRAME, "rolling: expected one of days= and issues=, the width of a window"),
    ({"days": 0}, FRAME, "width: expected a whole number of at least 1, got 0"),
    ({"days": 10, "step": 0}, FRAME, "step: expected a whole number of at least 1, got 0"),
    ({"days": 1.5}, FRAME, "days: expected a whole number from 0 to 2,147,483,647, got 1.5"),
    (
        {"days": 9, "kernel": "uniforn"},
        FRAME,
        "kernel: 'uniforn' is not one of uniform, triangular, epanechnikov, gaussian (did you mean 'uniform'?)",
    ),
    (
        {"days": 9, "date": "dat"},
        FRAME,
        "frame: no column 'dat'; it has actor, issue, value, date, w (did you mean 'date'?)",
    ),
    (
        {"days": 9},
        FRAME.assign(date="03/04/2025"),
        "date: expected a day as YYYY-MM-DD, got '03/04/2025' for issue 'issue 00'",
    ),
    (
        {"days": 9},
        FRAME.assign(date="2025-02-30"),
        "date: expected a day as YYYY-MM-DD, got '2025-02-30' for issue 'issue 00'",
    ),
]


@pytest.mark.parametrize(("options", "frame", "message"), BAD)
def test_bad_windows_are_answered_with_one_sentence(options, frame, message):
    with pytest.raises(sp.InputError) as caught:
        sp.Positions(frame, **SCALE).rolling(**options)
    assert str(caught.value) == message


def test_alpha_knows_no_weights():
    rolling = sp.Positions(FRAME, **SCALE).rolling(days=30, kernel="gaussian")
    with pytest.raises(sp.InputError) as caught:
        rolling.alpha()
    assert str(caught.value) == "kernel: expected 'uniform' for alpha, which knows no weights, got 'gaussian'"
