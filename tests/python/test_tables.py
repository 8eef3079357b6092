"""Tables of every kind give the same positions; what is missing stays apart."""

import decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import standpunt as sp

WIDE = pd.DataFrame(
    {"a": ["yes", "yes", None], "b": ["no", "abstain", "no"], "c": ["absent", "no", "gone"]},
    index=["NL", "DE", "NA"],
)
MISSING = {"absent": "absent", "gone": "not_eligible"}


def wides():
    yield "object", WIDE.astype(object)
    yield "string", WIDE.astype("string")
    yield "categorical", WIDE.astype("category")
    yield "arrow", WIDE.convert_dtypes(dtype_backend="pyarrow")
    named = WIDE.rename_axis("who").reset_index()
    yield "pandas", named
    yield "polars", pl.from_pandas(named)
    yield "pyarrow", pa.Table.from_pandas(named, preserve_index=False)
    duckdb = pytest.importorskip("duckdb")
    yield "duckdb", duckdb.from_arrow(pa.Table.from_pandas(named, preserve_index=False))


def states(table):
    frame = table.states
    return {(row.actor, row.state): row.issues for row in frame.itertuples()}


def test_wide_frames_of_every_kind_are_the_long_one():
    long = WIDE.rename_axis("actor").reset_index().melt("actor", var_name="issue").dropna()
    expected = sp.Positions(long, missing=MISSING)
    assert states(expected)["NA", "gone"] == states(expected)["NA", "not stated"] == 1
    order = ["NL", "DE", "NA"]
    for name, frame in wides():
        column = None if name in ("object", "string", "categorical", "arrow") else "who"
        table = sp.Positions.from_matrix(frame, actors=column, missing=MISSING)
        assert table.actors == order, name
        assert table.issues == ["a", "b", "c"], name
        assert states(table) == states(expected), name
        assert table.agreement().matrix().equals(expected.agreement(actors=order).matrix()), name


def test_the_five_ways_to_say_nothing_stay_apart():
    long = WIDE.rename_axis("actor").reset_index().melt("actor", var_name="issue").dropna()
    found = states(sp.Positions(long, missing=MISSING, scale="ordinal", levels=["no", "abstain", "yes"]))
    assert found["DE", "abstain"] == found["NL", "absent"] == found["NA", "gone"] == found["NA", "not stated"] == 1
    assert sum(found.values()) == 9


class Stream:
    """Nothing but an Arrow stream, as nanoarrow hands it out."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def test_any_arrow_stream_and_any_number_of_chunks_will_do():
    long = WIDE.rename_axis("actor").reset_index().melt("actor", var_name="issue").dropna()
    table = pa.Table.from_pandas(long, preserve_index=False)
    expected = states(sp.Positions(long, missing=MISSING))
    chunks = pa.concat_tables([table.slice(at, 1) for at in range(len(table))])
    empty = pa.concat_tables([table.slice(0, 0), table, table.slice(0, 0)])
    views = pa.table({name: table[name].cast(pa.string_view()) for name in table.column_names})
    coded = pa.table({name: table[name].dictionary_encode() for name in table.column_names})
    for kind in (Stream(table), chunks, empty, views, coded):
        assert states(sp.Positions(kind, missing=MISSING)) == expected


def test_whole_numbers_read_as_doubles_are_the_same_levels():
    frame = pd.DataFrame({"actor": [1.0, 2.0, 1.0], "issue": [7, 7, 8], "value": [27.0, 27.0, np.nan]})
    table = sp.Positions(frame, levels=[27, 28])
    assert (table.actors, table.issues, table.levels) == (["1", "2"], ["7", "8"], ["27", "28"])
    assert states(table)["1", "not stated"] == 1


def test_values_of_mixed_kinds_are_names():
    frame = pd.DataFrame({"actor": ["a", "b", "a"], "issue": ["x", "x", "y"], "value": [1, "one", 1.0]})
    assert sp.Positions(frame).levels == ["1", "one"]


def test_masked_and_read_only_arrays_are_read():
    masked = np.ma.masked_array([[1, 2], [2, 2]], [[False, True], [False, False]])
    assert states(sp.Positions.from_matrix(masked))["0", "not stated"] == 1
    words = np.ma.masked_array(np.array([["a", "b"]], object), [[True, False]])
    assert states(sp.Positions.from_matrix(words))["0", "not stated"] == 1
    fixed = np.zeros((2, 3))
    fixed.flags.writeable = False
    assert sp.Positions.from_matrix(fixed, scale="interval", range=(0, 1)).agreement().array.tolist() == [
        [1, 1],
        [1, 1],
    ]


@pytest.mark.parametrize(
    "measure",
    ["agreement", "agree2", "agree3", "s", "kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b"],
)
def test_the_bounds_hold_every_way_to_fill_the_holes(measure):
    rng = np.random.default_rng(4)
    levels = ["no", "abstain", "yes"]
    codes = rng.integers(0, 3, (4, 30)).astype(float)
    holes = rng.random(codes.shape) < 0.1
    table = sp.Positions.from_matrix(
        np.where(holes, "", np.array(levels)[codes.astype(int)]).astype(object),
        scale="ordinal",
        levels=levels,
        missing="",
    )
    frame = table.agreement(measure=measure).frame
    assert (frame["worst"] <= frame[measure]).all()
    assert (frame[measure] <= frame["best"]).all()
    for _ in range(50):
        filled = np.where(holes, rng.integers(0, 3, codes.shape), codes).astype(int)
        full = sp.Positions.from_matrix(np.array(levels)[filled], scale="ordinal", levels=levels)
        scores = full.agreement(measure=measure).frame
        assert (frame["worst"] <= scores[measure] + 1e-12).all()
        assert (scores[measure] <= frame["best"] + 1e-12).all()
        # Without a hole there is nothing to be unsure of.
        assert np.allclose(scores["worst"], scores[measure])
        assert np.allclose(scores["best"], scores[measure])


def test_scores_obey_their_laws():
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 4, (6, 40))
    levels = ["0", "1", "2"]
    make = lambda array: sp.Positions.from_matrix(array, scale="ordinal", levels=levels, missing=3)  # noqa: E731
    for measure in ("agreement", "s", "kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b"):
        square = make(codes).agreement(measure=measure).array
        low = 0 if measure == "agreement" else -1
        assert np.array_equal(square, square.T)
        assert (np.diag(square) == 1).all()
        assert ((low <= square) & (square <= 1)).all()
        order = rng.permutation(6)
        assert np.array_equal(make(codes[order]).agreement(measure=measure).array, square[np.ix_(order, order)])
        shuffled = make(codes[:, rng.permutation(40)]).agreement(measure=measure).array
        assert np.allclose(shuffled, square, atol=1e-12)
        holes = np.hstack([codes, np.full((6, 5), 3)])
        assert np.array_equal(make(holes).agreement(measure=measure).array, square)


def test_min_shared_keeps_the_row_and_drops_the_score():
    frame = (
        sp.Positions.from_matrix(np.array([[1, 2, 0], [1, 2, 0], [1, 0, 0]]), missing=0).agreement(min_shared=2).frame
    )
    assert frame["shared"].tolist() == [2, 1, 1]
    assert frame["agreement"].isna().tolist() == [False, True, True]


def test_nullable_numbers_are_numbers_in_wide_frames():
    holes = pd.DataFrame({"x": pd.array([1, None, 3], "Int64"), "y": pd.array([2, 2, None], "Int64")})
    options = {"scale": "interval", "range": (0, 5)}
    expected = sp.Positions.from_matrix(np.array([[1, 2], [np.nan, 2], [3, np.nan]]), **options)
    frames = [
        holes,
        holes.astype("Float64"),
        holes.astype(object),
        holes.astype(float),
        holes.convert_dtypes(dtype_backend="pyarrow"),
        pl.from_pandas(holes),
        pa.Table.from_pandas(holes),
    ]
    for frame in frames:
        table = sp.Positions.from_matrix(frame, **options)
        assert states(table) == states(expected), frame
        assert np.array_equal(table.agreement().array, expected.agreement().array, equal_nan=True)
        levels = sp.Positions.from_matrix(frame, scale="ordinal", levels=[1, 2, 3])
        assert states(levels)["1", "not stated"] == states(levels)["1", "2"] == 1


def test_truth_values_have_one_name_in_tables_of_every_form():
    long = pd.DataFrame({"actor": ["a", "b"], "issue": ["x", "x"], "value": [True, False]})
    wide = np.array([[True], [False]])
    for table in (
        sp.Positions(long, levels=[False, True]),
        sp.Positions.from_matrix(wide, levels=[False, True]),
        sp.Positions.from_matrix(wide.astype(object), levels=[False, True]),
    ):
        assert table.levels == ["false", "true"]
        assert [states(table)[actor, level] for actor, level in zip(table.actors, ("true", "false"), strict=True)] == [
            1,
            1,
        ]


def test_decimals_are_the_numbers_they_write():
    money = pa.array([decimal.Decimal("27.0"), decimal.Decimal("27.5"), None])
    frame = pa.table({"actor": ["a", "b", "c"], "issue": ["x"] * 3, "value": money})
    assert sp.Positions(frame).levels == ["27", "27.5"]
    with pytest.raises(sp.InputError, match=r"'27\.5' is not one of 27, 28"):
        sp.Positions(frame, levels=[27, 28])


def test_days_of_a_time_zone_are_days():
    days = pd.to_datetime(["2025-03-04", "2025-03-05"], utc=True)
    frame = pd.DataFrame({"actor": ["a", "a"], "issue": days, "value": ["y", "n"]})
    assert sp.Positions(frame).issues == ["2025-03-04", "2025-03-05"]


def test_bytes_and_lists_name_nothing():
    frame = pa.table({"actor": ["a", "b"], "issue": ["x", "x"], "value": [b"y", b"\xff"]})
    for cells in (frame["value"], pa.array([[1], [2]])):
        with pytest.raises(sp.InputError, match=r"frame: column 'value': expected text, numbers, days or truth values"):
            sp.Positions(frame.set_column(2, "value", cells))


def test_long_pandas_frames_are_converted_in_slices(monkeypatch):
    rows = np.random.default_rng(1).permutation(5000)
    frame = pd.DataFrame({"actor": rows // 50, "issue": rows % 50, "value": np.array(["no", "yes", None])[rows % 3]})
    frame["sorted"] = frame["value"].sort_values(na_position="first").to_numpy()
    frame["mixed"] = [1] * 2500 + ["one"] * 2500
    frame["kind"] = frame["value"].astype("category")
    frame.index = frame.index[::-1]
    for column in ("value", "sorted", "mixed", "kind"):
        monkeypatch.setattr("standpunt.frames.SLICE", 10**9)
        whole = sp.Positions(frame, value=column)
        monkeypatch.setattr("standpunt.frames.SLICE", 700)
        assert sp.Positions(frame, value=column)._core.to_stored() == whole._core.to_stored(), column


def test_buffers_that_begin_anywhere_are_read():
    votes = pd.DataFrame({"actor": ["BE", "NL"] * 2, "issue": [1, 1, 2, 2], "value": list("yyny")})
    whole = pa.table(votes).cast(
        pa.schema([("actor", pa.large_string()), ("issue", pa.int64()), ("value", pa.string())])
    )

    def moved(chunk):
        buffers = [buffer and pa.py_buffer(b"." + buffer.to_pybytes()).slice(1) for buffer in chunk.buffers()]
        return pa.Array.from_buffers(chunk.type, len(chunk), buffers)

    columns = {name: moved(whole[name].combine_chunks()) for name in whole.column_names}
    assert any(buffer.address % 8 for buffer in columns["actor"].buffers() if buffer)
    for table in (pa.table(columns), pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype)):
        assert sp.Positions(table).tally() == sp.Positions(votes).tally()
