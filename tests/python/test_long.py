"""Long tables that several threads read in parts: the same bytes, and the first bad row is named."""

import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import standpunt as sp

RNG = np.random.default_rng(8)
ACTORS, ISSUES = 90, 2500
VALUES = ["no", "abstain", "yes", "away", None]
CODES = RNG.integers(0, len(VALUES), (ACTORS, ISSUES))
ORDER = RNG.permutation(CODES.size)
"""More rows than a thread reads in one go, each cell once, in no order."""


def words(codes=CODES, order=ORDER):
    return pa.table(
        {
            "actor": [f"a{at:02}" for at in order // ISSUES],
            "issue": [f"issue {at:04}" for at in order % ISSUES],
            "value": [VALUES[code] for code in codes.ravel()[order]],
        }
    )


WORDS = words()


def coded(table):
    return pa.table({name: table[name].combine_chunks().dictionary_encode() for name in table.column_names})


def chunked(table, length):
    return pa.concat_tables([table.slice(at, length) for at in range(0, len(table), length)])


def expected():
    """Actors, issues and agreement by plain numpy."""
    stated = CODES < 3
    both = stated.astype(int) @ stated.astype(int).T
    same = sum((level == CODES).astype(int) @ (level == CODES).astype(int).T for level in range(3))
    return same / both


def stored(table):
    return table._core.to_stored()


@pytest.fixture(autouse=True)
def _all_threads():
    yield
    sp.set_threads(None)


def test_rows_in_any_order_make_the_matrix():
    table = sp.Positions(WORDS, missing="away")
    assert table.actors == [f"a{at:02}" for at in range(ACTORS)]
    assert table.issues == [f"issue {at:04}" for at in range(ISSUES)]
    assert np.allclose(table.agreement().array, expected(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_chunks_codes_and_threads_change_no_byte(threads):
    whole = stored(sp.Positions(WORDS, missing="away"))
    sp.set_threads(threads)
    for frame in (WORDS, coded(WORDS), chunked(WORDS, 7001), chunked(coded(WORDS), 40_000), chunked(WORDS, 70_000)):
        assert stored(sp.Positions(frame, missing="away")) == whole
    text = pa.table({name: WORDS[name].cast(pa.large_string()) for name in WORDS.column_names})
    assert stored(sp.Positions(text, missing="away")) == whole


def test_entries_that_no_row_uses_leave_no_trace():
    table = coded(WORDS)
    names = pa.array([*table["actor"].chunk(0).dictionary.to_pylist(), "nobody", "no one"])
    unused = pa.DictionaryArray.from_arrays(table["actor"].chunk(0).indices, names)
    table = table.set_column(0, "actor", unused)
    values = pa.array([*table["value"].chunk(0).dictionary.to_pylist(), "unheard"])
    unused = pa.DictionaryArray.from_arrays(table["value"].chunk(0).indices, values)
    table = table.set_column(2, "value", unused)
    assert stored(sp.Positions(table, missing="away")) == stored(sp.Positions(WORDS, missing="away"))
    found = sp.Positions(table, missing="away", levels=["no", "abstain", "yes"])
    assert found.levels == ["no", "abstain", "yes"]


def test_repeated_rows_are_counted_wherever_they_stand():
    value = CODES.ravel()[ORDER]
    stated = np.flatnonzero(value != 4)
    again = pa.concat_tables([WORDS, WORDS.take(stated[:1000]), WORDS.take(np.flatnonzero(value == 4)[:50])])
    table = sp.Positions(again, missing="away")
    assert table.repeated == 1000
    assert np.array_equal(table.agreement().array, sp.Positions(WORDS, missing="away").agreement().array)


def first_clash(frame, frames):
    with pytest.raises(sp.InputError) as caught:
        sp.Positions(frame, missing="away", **frames)
    return str(caught.value), caught.value.row


@pytest.mark.parametrize("make", [lambda table: table, coded, lambda table: chunked(table, 9000)])
def test_the_first_row_that_clashes_is_named(make):
    frame = WORDS.to_pandas()
    stated = np.flatnonzero(CODES.ravel()[ORDER] < 3)
    origin = [int(stated[5]), int(stated[70_000])]
    later = [220_000, 180_000]
    assert frame["value"].notna()[origin].all()
    for to, at in zip(later, origin, strict=True):
        frame.loc[to, ["actor", "issue"]] = frame.loc[at, ["actor", "issue"]].tolist()
        frame.loc[to, "value"] = "yes" if frame.loc[at, "value"] != "yes" else "no"
    here, before = frame["value"][later[1]], frame["value"][origin[1]]
    message, row = first_clash(make(pa.Table.from_pandas(frame)), {})
    assert row == later[1] + 1
    assert message == (
        f"frame: row {row} (spreadsheet row {row + 1}), column 'value': '{here}' here and '{before}' in row "
        f"{origin[1] + 1} (spreadsheet row {origin[1] + 2}): one actor has one position on an issue "
        "(name the meeting= column where issues come back)"
    )


@pytest.mark.parametrize("make", [lambda table: table, coded])
def test_the_first_row_without_an_actor_is_named(make):
    frame = WORDS.to_pandas()
    frame.loc[[200_000, 150_000], "actor"] = None
    frame.loc[170_000, "issue"] = None
    message, row = first_clash(make(pa.Table.from_pandas(frame)), {})
    assert row == 150_001
    assert "column 'actor': no actor" in message


@pytest.mark.parametrize("make", [lambda table: table, coded])
def test_the_first_row_outside_the_levels_is_named(make):
    frame = WORDS.to_pandas()
    frame.loc[[201_000, 140_000], "value"] = ["maybe", "perhaps"]
    message, row = first_clash(make(pa.Table.from_pandas(frame)), {"levels": ["no", "abstain", "yes"]})
    assert row == 140_001
    assert "'perhaps' is not one of no, abstain, yes" in message


def test_meetings_part_issues_in_every_thread():
    frame = WORDS.to_pandas()
    frame["meeting"] = np.where(ORDER % ISSUES % 2 == 0, "first", "second")
    frame["issue"] = [f"issue {at:04}" for at in ORDER % ISSUES // 2]
    table = sp.Positions(frame, meeting="meeting", missing="away")
    assert len(table.issues) == ISSUES
    assert np.allclose(table.agreement().array, expected(), rtol=0, atol=1e-12)
    whole = stored(table)
    for threads in (1, 3):
        sp.set_threads(threads)
        assert stored(sp.Positions(frame, meeting="meeting", missing="away")) == whole


def test_numbers_are_read_in_parts_too():
    values = np.where(CODES.ravel()[ORDER] == 4, np.nan, CODES.ravel()[ORDER])
    frame = pd.DataFrame({"actor": ORDER // ISSUES, "issue": ORDER % ISSUES, "value": values, "w": ORDER % ISSUES + 1})
    table = sp.Positions(frame, scale="interval", range=(0, 3), weight="w")
    assert sorted(table.actors, key=int) == [str(at) for at in range(ACTORS)]
    array = sp.Positions.from_matrix(
        np.where(CODES == 4, np.nan, CODES)[[int(actor) for actor in table.actors]][:, [int(i) for i in table.issues]],
        scale="interval",
        range=(0, 3),
        weights=[int(issue) + 1 for issue in table.issues],
    )
    assert np.array_equal(table.agreement().array, array.agreement().array)
    whole = pickle.dumps(stored(table))
    as_text = frame.assign(value=[None if np.isnan(value) else str(value) for value in values])
    for other in (frame, as_text):
        sp.set_threads(3)
        found = sp.Positions(other, scale="interval", range=(0, 3), weight="w")
        assert pickle.dumps(stored(found)) == whole
    as_text.loc[[180_000, 130_000], "value"] = ["2,5", "x"]
    with pytest.raises(sp.InputError, match=r"row 130001 \(spreadsheet row 130002\), column 'value': 'x' is no number"):
        sp.Positions(as_text, scale="interval", range=(0, 3))


def test_days_have_one_name_in_all_chunks():
    days = pd.to_datetime(["2025-03-04", "2025-03-05", "2025-03-04", "2025-03-05"])
    frame = pd.DataFrame({"actor": ["a", "a", "b", "b"], "issue": days, "value": ["y", "n", "y", "y"]})
    table = pa.Table.from_pandas(frame, preserve_index=False)
    assert sp.Positions(chunked(table, 1)).issues == ["2025-03-04", "2025-03-05"]
    # One instant within a day makes all of them instants, in whichever chunk it stands.
    late = pa.Table.from_pandas(frame.assign(issue=[*days[:3], days[3] + pd.Timedelta(hours=9)]), preserve_index=False)
    whole = sp.Positions(late).issues
    assert whole == ["2025-03-04T00:00:00", "2025-03-05T00:00:00", "2025-03-05T09:00:00"]
    assert sp.Positions(chunked(late, 1)).issues == whole


def test_numbers_in_an_array_are_levels_as_they_are_written():
    array = np.array([[1.0, 2.5, np.nan], [1.0, -0.0, 2.5]])
    table = sp.Positions.from_matrix(array, levels=[0, 1, 2.5])
    objects = sp.Positions.from_matrix(array.astype(object), levels=[0, 1, 2.5])
    assert stored(table) == stored(objects)
    with pytest.raises(sp.InputError) as caught:
        sp.Positions.from_matrix(array, levels=[0, 1])
    assert str(caught.value) == "array: row 1, column '1': '2.5' is not one of 0, 1"
