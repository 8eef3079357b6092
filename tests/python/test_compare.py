"""Comparing meetings from Python."""

import datetime

import pandas
import pytest

import standpunt as sp


@pytest.fixture(scope="module")
def two():
    rows = [
        ("a", "2024-03-01", "sealing", "DE", "support"),
        ("a", "2024-03-01", "sealing", "PL", "oppose"),
        ("a", "2024-03-01", "fund", "NL", "support"),
        ("b", "2025-03-01", "sealing", "DE", "support"),
        ("b", "2025-03-01", "sealing", "PL", "support"),
        ("b", "2025-03-01", "fund", "FR", "support"),
    ]
    table = pandas.DataFrame(rows, columns=["meeting", "date_start", "issue", "named", "stance"])
    table = table.assign(topic="soil", institution=None, excluded=None, quantifier="named_only", quote="said")
    return sp.read_statements(table)


def test_each_shift_has_its_word_and_quotes(two):
    found = two.compare("a", "b")
    shifts = found.shifts.set_index(["issue", "actor"])
    assert shifts["change"].to_dict() == {
        ("fund", "FR"): "joined",
        ("fund", "NL"): "fell_silent",
        ("sealing", "DE"): "unchanged",
        ("sealing", "PL"): "moved",
    }
    assert tuple(shifts.loc[("sealing", "PL"), ["before", "after"]]) == (-1.0, 1.0)
    assert shifts.loc[("fund", "NL"), "quotes_before"] == "said"
    assert repr(found) == "<Comparison: 1 fell_silent, 1 joined, 1 moved, 1 unchanged>"
    assert found.provenance["seed"] == "0"


def test_the_change_of_a_pair_has_bounds_and_coverage(two):
    table = two.compare("a", "b", permutations=99, seed=1).agreement
    row = table[(table["actor_a"] == "DE") & (table["actor_b"] == "PL")].iloc[0]
    assert (row["before"], row["after"], row["change"], row["lower"], row["upper"]) == (0, 1, 1, 1, 1)
    assert 0 < row["p_value"] <= 1
    other = table[(table["actor_a"] == "DE") & (table["actor_b"] == "FR")].iloc[0]
    assert pandas.isna(other["change"])
    assert pandas.isna(other["p_value"])


def test_windows_and_lists_name_meetings_too(two):
    expected = two.compare("a", "b").shifts
    window = (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    pandas.testing.assert_frame_equal(two.compare(window, ["b"]).shifts, expected)
    pandas.testing.assert_frame_equal(two.compare(("2024-01-01", "2024-12-31"), "b").shifts, expected)
    with pytest.raises(sp.InputError, match="no meeting from 2020-01-01"):
        two.compare(("2020-01-01", "2020-12-31"), "b")


def test_wrong_sides_are_refused(two):
    for earlier, later, words in (("a", "c", "no meeting 'c'"), ("a", "a", "later"), ([], "a", "earlier")):
        with pytest.raises(sp.InputError, match=words):
            two.compare(earlier, later)
    with pytest.raises(TypeError, match="earlier"):
        two.compare(3, "b")
    with pytest.raises(sp.InputError, match="silence"):
        two.compare("a", "b", silence="apert")
