"""What anonymous groups leave open, in measures of all actors at once."""

import itertools

import pandas as pd
import pytest

import standpunt as sp

STATES = ["AT", "BE", "BG", "CY", "CZ"]


def corpus(*rows):
    columns = ["meeting", "date_start", "issue", "named", "size_lo", "size_hi", "stance"]
    frame = pd.DataFrame([("m", "2024-03-04", *row) for row in rows], columns=columns)
    frame[["size_lo", "size_hi"]] = frame[["size_lo", "size_hi"]].astype("Int64")
    return sp.read_statements(frame, roster=STATES)


OPEN = [("levy", "AT", 2, 4, "support"), ("levy", "", 1, 3, "oppose")]
CERTAIN = [("ban", "AT BE", 2, 2, "support"), ("ban", "BG CY CZ", 3, 3, "oppose")]


def test_the_bounds_of_cohesion_are_those_of_every_size():
    row = corpus(*OPEN).cohesion("rice").iloc[0]
    sizes = [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1)]
    values = [abs(s - o) / (s + o) for s, o in sizes]
    assert row.lower == min(values)
    assert row.upper == max(values)
    assert row.rice == pytest.approx(sum(values) / 6)
    assert row.defined == pytest.approx(1)


def every_completion():
    """Every seating of OPEN with its probability, as sides by state, enumerated."""
    sizes = [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1)]
    for s, o in sizes:
        ways = [
            (more, against)
            for more in itertools.combinations(STATES[1:], s - 1)
            for against in itertools.combinations([x for x in STATES[1:] if x not in more], o)
        ]
        for more, against in ways:
            sides = dict.fromkeys(("AT", *more), "support") | dict.fromkeys(against, "oppose")
            yield sides, 1 / len(sizes) / len(ways)


def test_alpha_and_congruence_have_the_models_expectation_within_their_error():
    both = corpus(*OPEN, *CERTAIN)
    ban = dict.fromkeys(["AT", "BE"], "support") | dict.fromkeys(["BG", "CY", "CZ"], "oppose")
    expected, values, alike = 0.0, [], 0.0
    for sides, chance in every_completion():
        rows = [(a, "ban", s) for a, s in ban.items()] + [(a, "levy", s) for a, s in sides.items()]
        table = sp.Positions(pd.DataFrame(rows, columns=["actor", "issue", "value"]))
        alpha = table.alpha()
        values.append(alpha)
        expected += chance * alpha
        network = table.congruence(normalise="none").frame.set_index(["actor_a", "actor_b"])
        alike += chance * network.loc[("AT", "BE"), "congruence"]
    found = both.alpha(draws=4000, seed=3).iloc[0]
    assert abs(found.alpha - expected) < 4 * found.error < 0.05
    assert min(values) == pytest.approx(found.least)
    assert max(values) == pytest.approx(found.greatest)
    pairs = both.congruence(normalise="none", draws=4000, seed=3).set_index(["actor_a", "actor_b"])
    row = pairs.loc[("AT", "BE")]
    assert abs(row.congruence - alike) < 4 * row.error
    pd.testing.assert_frame_equal(both.alpha(draws=50, seed=1), both.alpha(draws=50, seed=1))


def test_draws_are_the_same_on_any_number_of_threads():
    both = corpus(*OPEN, *CERTAIN)
    many = both.camps(2, draws=60, seed=5)
    sp.set_threads(1)
    pd.testing.assert_frame_equal(many, both.camps(2, draws=60, seed=5))
    sp.set_threads(None)


def test_camps_are_known_where_no_seat_is_open():
    pairs = corpus(*CERTAIN).camps(2, draws=20).set_index(["actor_a", "actor_b"])
    assert pairs.loc[("AT", "BE"), ["least", "greatest"]].tolist() == [1, 1]
    assert pairs.loc[("AT", "CZ"), ["least", "greatest"]].tolist() == [0, 0]
    free = corpus(*OPEN).camps(2, draws=200, seed=2).set_index(["actor_a", "actor_b"])
    assert free.loc[("AT", "BE"), ["least", "greatest"]].tolist() == [0, 1]
    with pytest.raises(sp.InputError, match="completions"):
        corpus(*OPEN).camps(2, draws=0)


def test_only_what_depends_on_the_size_table_is_listed():
    text = "Report of 6 June 2025\n\nMany member states supported the tax. France opposed the tax."
    read = sp.parse_report(text)
    rows = read.sensitivity({"standard": {}, "wide": {"many": (14, 26)}, "same": {}})
    assert set(rows["quantity"]) == {"cohesion", "majority"} | set(rows["quantity"]) & {"agreement"}
    cohesion = rows[rows.quantity == "cohesion"].set_index("table")
    assert cohesion.loc["standard", "lower"] == cohesion.loc["same", "lower"]
    assert cohesion.loc["standard", "lower"] < cohesion.loc["wide", "lower"]
    named = sp.parse_report("Report of 6 June 2025\n\nFrance supported the tax. Italy opposed the tax.")
    assert len(named.sensitivity({"standard": {}, "wide": {"many": (14, 26)}})) == 0
    with pytest.raises(sp.InputError, match="at least two"):
        read.sensitivity({"standard": {}})
