"""Bad tables of positions: each is answered with one sentence that says what, where and what instead."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import standpunt as sp

ROWS = [("NL", "a", "yes"), ("DE", "a", "yes"), ("NL", "b", "no"), ("DE", "b", "abstain")]
LONG = pd.DataFrame(ROWS, columns=["country", "rcid", "vote"])
COLUMNS = {"actor": "country", "issue": "rcid", "value": "vote"}
INTERVAL = {"scale": "interval", "range": (0, 5)}
NAMIBIA = (
    "no actor; if it is the code NA (Namibia), read the file so that NA stays text (pandas: keep_default_na=False)"
)
ONE = "one actor has one position on an issue"
AS_TEXT = "; if it is the code NA (Namibia), read the file so that NA stays text"
BACK = f"{ONE} (name the meeting= column where issues come back)"
DECLARE = "; declare in missing= what is no position"


def votes(*values, **more):
    return LONG.assign(vote=list(values), **more)


def weights(*values):
    return LONG.assign(w=list(values))


TWICE = pd.concat([LONG, LONG.iloc[[0]].assign(vote="no")])
DOUBLE = pa.table([pa.array(["x"])] * 4, names=["country", "rcid", "vote", "vote"])
AGAIN = pd.concat([votes(1.0, 1.0, 2.0, 2.0), LONG.iloc[[0]].assign(vote=9.0)])

BAD = [
    ({"value": "vte"}, LONG, "frame: no column 'vte'; it has country, rcid, vote (did you mean 'vote'?)"),
    (
        {},
        pd.concat([LONG, LONG[["vote"]]], axis=1),
        "frame: column 'vote' stands more than once",
    ),
    ({}, DOUBLE, "frame: column 'vote' stands 2 times"),
    (
        {},
        LONG.assign(country=["NL", None, "NL", "DE"]),
        f"frame: row 2 (spreadsheet row 3), column 'country': {NAMIBIA}",
    ),
    ({}, LONG.assign(rcid=["a", "a", None, "b"]), "frame: row 3 (spreadsheet row 4), column 'rcid': no issue"),
    (
        {},
        TWICE,
        f"frame: row 5 (spreadsheet row 6), column 'vote': 'no' here and 'yes' in row 1 (spreadsheet row 2): {BACK}",
    ),
    (
        {"missing": "no"},
        TWICE,
        f"frame: row 5 (spreadsheet row 6), column 'vote': 'no' here and 'yes' in row 1 (spreadsheet row 2): {BACK}",
    ),
    (
        {**INTERVAL, "missing": 9},
        AGAIN,
        f"frame: row 5 (spreadsheet row 6), column 'vote': '9' here and '1' in row 1 (spreadsheet row 2): {BACK}",
    ),
    (
        {**INTERVAL, "missing": 9},
        AGAIN.iloc[::-1],
        f"frame: row 5 (spreadsheet row 6), column 'vote': '1' here and '9' in row 1 (spreadsheet row 2): {BACK}",
    ),
    (
        {"levels": ["no", "yes"]},
        LONG,
        f"frame: row 4 (spreadsheet row 5), column 'vote': 'abstain' is not one of no, yes{DECLARE}",
    ),
    (
        {"levels": ["no", "abstian", "yes"]},
        LONG,
        f"frame: row 4 (spreadsheet row 5), column 'vote': 'abstain' is not one of no, abstian, yes (did you mean 'abstian'?){DECLARE}",
    ),
    (
        {},
        votes("yes", "", "no", "no"),
        f"frame: row 2 (spreadsheet row 3), column 'vote': an empty text: expected a value, or nothing{DECLARE}",
    ),
    (
        {"levels": [1, 2]},
        votes(1.0, 2.5, math.nan, 1.0),
        f"frame: row 2 (spreadsheet row 3), column 'vote': '2.5' is not one of 1, 2{DECLARE}",
    ),
    (
        {},
        votes([1], [2], [1], [2]),
        "frame: column 'vote': expected text, numbers, days or truth values, got List(Int64)",
    ),
    (INTERVAL, LONG, "frame: row 1 (spreadsheet row 2), column 'vote': 'yes' is no number"),
    (
        INTERVAL,
        votes(1, 2, 6, 1),
        "frame: row 3 (spreadsheet row 4), column 'vote': 6 lies outside the declared range 0 to 5",
    ),
    (
        INTERVAL,
        votes(1, 2, -math.inf, 1),
        "frame: row 3 (spreadsheet row 4), column 'vote': -inf lies outside the declared range 0 to 5",
    ),
    (
        {"weight": "w"},
        weights(1, math.nan, 2, 2),
        "frame: row 2 (spreadsheet row 3), column 'w': weight NaN: expected a finite number of at least 0",
    ),
    (
        {"weight": "w"},
        weights(1, 1, math.inf, 2),
        "frame: row 3 (spreadsheet row 4), column 'w': weight inf: expected a finite number of at least 0",
    ),
    (
        {"weight": "w"},
        weights(1, 1, -2, -2),
        "frame: row 3 (spreadsheet row 4), column 'w': weight -2: expected a finite number of at least 0",
    ),
    (
        {"weight": "w"},
        weights("1", "1", "0,5", "0,5"),
        "frame: row 3 (spreadsheet row 4), column 'w': '0,5' is no number; write the decimals with a point, not a comma",
    ),
    ({"weight": "w"}, weights(1, "x", 2, 2), "frame: row 2 (spreadsheet row 3), column 'w': 'x' is no number"),
    (
        {"weight": "w"},
        weights(1, 2, 3, 3),
        "frame: row 2 (spreadsheet row 3), column 'w': weight 2 here and 1 before: an issue has one weight",
    ),
    (
        {"salience": "w"},
        weights(1, -2, 3, 3),
        "frame: row 2 (spreadsheet row 3), column 'w': salience -2: expected a finite number of at least 0",
    ),
    (
        {"topic": "country"},
        LONG,
        "frame: row 2 (spreadsheet row 3), column 'country': issue 'a' has 'DE' here and 'NL' before",
    ),
    (
        {"scale": "interval"},
        LONG,
        "range: expected (lowest, highest) on an interval scale, never taken from the data, got nothing",
    ),
    (
        {"scale": "interval", "range": (1, 0)},
        LONG,
        "range: expected two finite numbers, the lower one first, got (1, 0)",
    ),
    ({"scale": "interval", "range": (0, 1, 2)}, LONG, "range: expected (lowest, highest), got (0, 1, 2)"),
    ({"scale": "interval", "range": (0, "x")}, LONG, "range: expected a number, got 'x'"),
    ({**INTERVAL, "levels": ["a", "b"]}, LONG, "levels: expected none on an interval scale, which has a range"),
    ({"range": (0, 1)}, LONG, "range: expected none on a nominal scale, which has levels"),
    ({"scale": "ordinal"}, LONG, "levels: expected the levels of the ordinal scale, lowest first, got nothing"),
    ({"scale": "ordinal", "levels": ["yes"]}, LONG, "levels: expected at least two, lowest first, got 1 level"),
    ({"levels": ["yes", "no", "yes"]}, LONG, "levels: expected every level once, got 'yes' twice"),
    ({"levels": "yes"}, LONG, "levels: expected a list of levels, got 'yes'"),
    ({"scale": "ordinl"}, LONG, "scale: 'ordinl' is not one of nominal, ordinal, interval (did you mean 'ordinal'?)"),
    ({"levels": ["yes", "no"], "missing": "yes"}, LONG, "missing: 'yes' is one of the levels, so it is a position"),
    ({"missing": {"absent": "gone"}}, LONG, "missing: 'gone' is not one of absent, not_eligible"),
]


@pytest.mark.parametrize(("options", "frame", "message"), BAD)
def test_a_bad_table_is_answered_with_one_sentence(options, frame, message):
    with pytest.raises(sp.InputError) as caught:
        sp.Positions(frame, **{**COLUMNS, **options})
    assert str(caught.value) == message
    if ": row " in message:
        row = caught.value.row
        assert f"row {row} (spreadsheet row {row + 1}), column '{caught.value.column}'" in message


FILES = [
    (
        "votes.csv",
        "country,rcid,vote\nNL,a,yes\nDE,a\n",
        sp.FormatError,
        "votes.csv: line 3: 2 fields where the header has 3",
    ),
    (
        "votes.csv",
        'country,rcid,vote\nNL,a,"yes\nDE,a,no\n',
        sp.FormatError,
        "votes.csv: line 2: a quote opens here and is never closed",
    ),
    ("votes.xlsx", "", sp.FormatError, "votes.xlsx: expected a .csv, .parquet or .json file"),
    (
        "votes.csv",
        "country,rcid,vote\nNL,a,yes\n,a,no\n",
        sp.InputError,
        f"votes.csv: row 2 (spreadsheet row 3), column 'country': {NAMIBIA}",
    ),
]


@pytest.mark.parametrize(("name", "text", "error", "message"), FILES)
def test_a_bad_file_is_answered_with_its_line(tmp_path, name, text, error, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(error) as caught:
        sp.Positions(tmp_path / name, **COLUMNS)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["country,rcid,vote\nNA,a,yes\n", "country;rcid;vote\nNA;a;yes\n", "sep=;\ncountry;rcid;vote\nNA;a;yes\n"]
)
def test_files_keep_namibia_and_know_their_separator(tmp_path, text):
    (tmp_path / "votes.csv").write_text(text)
    assert sp.Positions(tmp_path / "votes.csv", **COLUMNS).actors == ["NA"]


TYPES = [
    (
        [1, 2],
        {},
        "frame: expected a dataframe (pandas, polars, pyarrow, anything with __arrow_c_stream__) or a path, got list",
    ),
    (
        None,
        {},
        "frame: expected a dataframe (pandas, polars, pyarrow, anything with __arrow_c_stream__) or a path, got NoneType",
    ),
    (LONG, {"actor": None}, "actor: expected the name of a column, got NoneType"),
    (LONG, {"weight": 3}, "weight: expected the name of a column, got int"),
    (LONG, {"scale": 3}, "scale: expected one of nominal, ordinal, interval, got int"),
]


@pytest.mark.parametrize(("frame", "options", "message"), TYPES)
def test_a_wrong_type_is_named(frame, options, message):
    with pytest.raises(TypeError) as caught:
        sp.Positions(frame, **{**COLUMNS, **options})
    assert str(caught.value) == message


def test_a_file_that_is_not_there_is_no_bad_table(tmp_path):
    with pytest.raises(FileNotFoundError):
        sp.Positions(tmp_path / "votes.csv")


NUMBERS = np.array([[1, 2], [3, 4]])
ARRAYS = [
    (np.zeros((2, 2, 2)), {}, "array: expected two dimensions, actors by issues, got 3"),
    (NUMBERS, {"actors": ["a"]}, "actors: expected 2 names, got 1"),
    (NUMBERS, {"actors": ["a", "a"]}, "positions: actor 'a' stands twice"),
    (NUMBERS, {"issues": ["x", "x"]}, "positions: issue 'x' stands twice"),
    (NUMBERS.astype(str), {"levels": [1, 2, 3]}, "array: row 2, column '1': '4' is not one of 1, 2, 3"),
    (NUMBERS, {"levels": [1, 2, 3], "issues": ["x", "y"]}, "array: row 2, column 'y': 4 is not one of 1, 2, 3"),
    (
        NUMBERS,
        {"scale": "interval", "range": (0, 3)},
        "positions: row 2, column '1': 4 lies outside the declared range 0 to 3",
    ),
    (NUMBERS.astype(str), INTERVAL, "array: expected numbers on an interval scale, got <U21"),
    (NUMBERS.astype(complex), {}, "array: expected numbers, texts or objects, got complex128"),
    (np.array([[1, None], ["2,5", 3]], object), INTERVAL, "array: row 2, column '0': '2,5' is no number"),
    (np.array([[1, None], [True, b"x"]], object), INTERVAL, "array: row 2, column '1': b'x' is no number"),
    (
        pd.DataFrame({"who": ["NL", None], "x": [1, 2]}),
        {"actors": "who"},
        f"actors: number 2 has no name{AS_TEXT}",
    ),
    (pd.DataFrame([[1], [2]], index=["NL", pd.NA]), {}, f"actors: number 2 has no name{AS_TEXT}"),
    (NUMBERS, {"issues": ["x", math.nan]}, "issues: number 2 has no name"),
    (NUMBERS, {"weights": [1]}, "positions: 1 weights for 2 issues"),
    (
        NUMBERS,
        {"weights": [1, math.nan]},
        "positions: row 2, column 'weight': weight NaN: expected a finite number of at least 0",
    ),
    (NUMBERS, {"weights": [1, "0,5"]}, "weights: expected a number, got '0,5'"),
    (
        pd.DataFrame({"who": ["NL"], "x": [1]}),
        {"actors": "wo"},
        "array: no column 'wo'; it has who, x (did you mean 'who'?)",
    ),
]


@pytest.mark.parametrize(("array", "options", "message"), ARRAYS)
def test_a_bad_array_is_answered_with_one_sentence(array, options, message):
    with pytest.raises(sp.InputError) as caught:
        sp.Positions.from_matrix(array, **options)
    assert str(caught.value) == message


def test_too_much_is_refused_before_memory_grows():
    with pytest.raises(sp.LimitError) as caught:
        sp.Positions.from_matrix(np.arange(400).reshape(2, 200))
    assert str(caught.value) == "different values of a nominal scale: 400 is over the limit of 128"
    many = pd.DataFrame({"actor": ["a"] * 200, "issue": range(200), "value": range(200)})
    with pytest.raises(sp.LimitError) as caught:
        sp.Positions(many)
    assert str(caught.value) == "different values of a nominal scale: 200 is over the limit of 128"
    with pytest.raises(sp.LimitError) as caught:
        sp.Positions.from_matrix(np.zeros((2, 100_000), np.int8)).agreement(bootstrap=100_000)
    assert str(caught.value) == "bytes of drawn issues: 10000000000 is over the limit of 4294967296"


SEED = "18,446,744,073,709,551,615"
OPTIONS = [
    ({"bootstrap": -1}, "bootstrap: expected a whole number from 0 to 100,000, got -1"),
    ({"bootstrap": 10**9}, "bootstrap: expected a whole number from 0 to 100,000, got 1000000000"),
    ({"bootstrap": 10, "seed": 1.5}, f"seed: expected a whole number from 0 to {SEED}, got 1.5"),
    ({"bootstrap": 10, "seed": True}, f"seed: expected a whole number from 0 to {SEED}, got True"),
    ({"bootstrap": 10, "level": 1.0}, "level: expected a number between 0 and 1, got 1"),
    ({"bootstrap": 10, "level": "x"}, "level: expected a number, got 'x'"),
    (
        {"measure": "kapa"},
        "measure: 'kapa' is not one of agreement, agree2, agree3, s, kappa, weighted_kappa, pi, weighted_pi, excess_s, tau_b (did you mean 'kappa'?)",
    ),
    (
        {"measure": "s"},
        "measure: expected a scale with an order: ordinal levels or an interval, got s with a nominal scale",
    ),
    ({"distance": "cubic"}, "distance: 'cubic' is not one of absolute, squared"),
    ({"interval": "bca2"}, "interval: 'bca2' is not one of percentile, bca (did you mean 'bca'?)"),
    ({"min_shared": -1}, "min_shared: expected a whole number from 0 to 4,294,967,295, got -1"),
    ({"actors": ["NL", "DEU"]}, "no actor 'DEU' (did you mean 'DE'?)"),
    ({"actors": ["NL", "NL"]}, "actors: expected every actor once, got 'NL' twice"),
    ({"by": "are"}, "frame: no column 'are'; it has country, rcid, vote, area (did you mean 'area'?)"),
    ({"by": "country"}, "frame: row 2 (spreadsheet row 3), column 'country': issue 'a' has 'DE' here and 'NL' before"),
    ({"salience": "product"}, "salience: expected a table with salience, read with salience=, got product"),
    ({"salience": "sum"}, "salience: 'sum' is not one of product, mean"),
]


@pytest.mark.parametrize(("options", "message"), OPTIONS)
def test_a_bad_option_is_answered_with_its_range(options, message):
    table = sp.Positions(LONG.assign(area=["x", "x", "y", "y"]), **COLUMNS)
    with pytest.raises(sp.InputError) as caught:
        table.agreement(**options)
    assert str(caught.value) == message
    assert len(table.agreement().frame) == 1


def test_measures_say_what_they_need():
    table = sp.Positions(LONG.assign(w=1.0), **COLUMNS, weight="w")
    with pytest.raises(sp.InputError) as caught:
        table.agreement(measure="kappa")
    expected = "measure: expected a measure that takes weights: agreement, agree2, agree3 or s"
    assert str(caught.value) == f"{expected}, got kappa with weights"
    other = sp.Positions(votes("a", "b", "c", "d"), **COLUMNS)
    for score in (other.cohesion, lambda: other.agreement(measure="agree3")):
        with pytest.raises(sp.InputError) as caught:
            score()
        expected = "scale: expected levels no, abstain, yes, or an ordinal scale of two or three"
        assert str(caught.value) == f"{expected}, got a, b, c, d"
    with pytest.raises(sp.InputError) as caught:
        other.alpha("ratio")
    expected = "metric: expected 'nominal', or a scale with declared order"
    assert str(caught.value) == f"{expected}, got a metric of order on a nominal scale"
    with pytest.raises(sp.InputError, match="no actor 'DEE'"):
        table.cohesion(groups={"x": ["NL", "DEE"]})
    for name in ("actors", "by"):
        with pytest.raises(TypeError, match=f"{name}: expected a list of names, got 3"):
            table.agreement(**{name: 3})


def test_numbers_that_are_none_are_refused_by_the_functions():
    cases = [
        (lambda: sp.cohesion(-1, 2), "yes: expected a count of at least 0, got -1"),
        (lambda: sp.cohesion(1, math.nan), "no: expected a count of at least 0, got NaN"),
        (lambda: sp.alpha(np.zeros(3)), "array: expected two dimensions, raters by units, got 1"),
        (lambda: sp.alpha(np.array([["a"]])), "array: expected numbers, got <U1"),
        (
            lambda: sp.alpha(np.array([[-1.0, 2], [1, 2]]), "ratio"),
            "metric: expected values of at least 0 for the ratio metric, got a value below 0",
        ),
        (
            lambda: sp.alpha(np.array([[1.0], [math.nan]])),
            "array: no unit has two values, so there is nothing to compare",
        ),
    ]
    for call, message in cases:
        with pytest.raises(sp.InputError) as caught:
            call()
        assert str(caught.value) == message
