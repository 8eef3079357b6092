"""Bad tables, by number (40 to 57): coded statements and positions that do not fit, or only seem to.

`test_bad_tables.py` has the further sentences for tables of positions.
"""

import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import standpunt as sp
from coded_rows import table

VOTES = pd.DataFrame(
    [("NL", "a", "yes"), ("DE", "a", "yes"), ("NL", "b", "no"), ("DE", "b", "abstain")],
    columns=["country", "rcid", "vote"],
)
COLUMNS = {"actor": "country", "issue": "rcid", "value": "vote"}


def refused(kind, call, *args, **options):
    with pytest.raises(kind) as caught:
        call(*args, **options)
    assert type(caught.value) is kind
    return caught.value


def cell(row, column, problem, name="table"):
    """The sentence on one cell; its row is counted below the header."""
    return f"{name}: row {row} (spreadsheet row {row + 1}), column '{column}': {problem}"


def check(frame, row, column, problem):
    error = refused(sp.InputError, sp.read_statements, frame)
    assert str(error) == cell(row, column, problem)
    assert (error.row, error.column) == (row, column)


def told(frame):
    with pytest.warns(sp.StandpuntWarning) as notes:
        corpus = sp.read_statements(frame)
    return [str(note.message) for note in notes], corpus


def test_40_missing_columns_are_named_with_those_that_are_there():
    got = str(
        refused(sp.InputError, sp.read_statements, pd.DataFrame({"meeting": ["m"], "issue": ["i"], "stence": ["x"]}))
    )
    there = "meeting, issue, stence"
    assert (
        got
        == f"table: missing columns stance, named, date_start; the table has {there}; is 'stence' meant for 'stance'?"
    )
    got = str(refused(sp.InputError, sp.Positions, VOTES, **{**COLUMNS, "value": "vte"}))
    assert got == "frame: no column 'vte'; it has country, rcid, vote (did you mean 'vote'?)"


def test_41_a_column_that_stands_twice_is_refused():
    double = pa.table([pa.array(["x"])] * 4, names=["meeting", "issue", "stance", "stance"])
    assert str(refused(sp.InputError, sp.read_statements, double)) == "table: column 'stance' stands more than once"
    double = pa.table([pa.array(["x"])] * 4, names=["country", "rcid", "vote", "vote"])
    assert str(refused(sp.InputError, sp.Positions, double, **COLUMNS)) == "frame: column 'vote' stands 2 times"


@pytest.mark.parametrize(
    ("stance", "problem"),
    [
        ("suport", "'suport' is not one of support, oppose, neutral (did you mean 'support'?)"),
        ("voor", "'voor' is not one of support, oppose, neutral"),
        (2, "'2' is not one of support, oppose, neutral"),
        ("", "expected support, oppose or neutral, got an empty cell"),
    ],
)
def test_42_a_stance_that_is_none_is_answered_with_those_there_are(stance, problem):
    check(table({}, {"stance": stance}), 2, "stance", problem)


def test_43_names_of_states_are_known_by_their_documented_aliases():
    notes, corpus = told(
        table({"named": "UK EL", "date_start": "2016-03-04"}, {"named": "nl ", "date_start": "2016-03-04"})
    )
    assert notes == [
        "table: column 'named': 'EL' read as GR (1 row)",
        "table: column 'named': 'UK' read as GB (1 row)",
    ]
    assert corpus.statements["named"].tolist() == ["GB GR", "NL"]
    notes, corpus = told(table({"named": "Nederland"}))
    assert notes == ["table: column 'named': 'Nederland' read as NL (1 row)"]
    check(table({"named": "Hollandia"}), 1, "named", "'Hollandia' is no code or name of a member state")


def test_44_two_codes_of_one_state_are_one_state_and_noted():
    rows = [{"named": "EL"}, {"named": "GR", "issue": "j"}, {"named": "UK"}, {"named": "GB", "issue": "j"}]
    notes, corpus = told(table(*({**row, "date_start": "2016-03-04"} for row in rows)))
    assert notes == [
        "table: column 'named': 'EL' read as GR (1 row)",
        "table: column 'named': 'UK' read as GB (1 row)",
    ]
    assert corpus.statements["named"].tolist() == ["GR", "GR", "GB", "GB"]


@pytest.mark.parametrize(
    ("weight", "problem"),
    [
        ("NaN", "expected a number from 0 on, got 'NaN'"),
        (math.inf, "expected a number from 0 on, got 'inf'"),
        (-1.0, "expected a number from 0 on, got '-1'"),
        ("0,5", "expected a number from 0 on, got '0,5' (a decimal comma? write 0.5)"),
    ],
)
def test_45_a_weight_that_is_none_is_named_and_a_comma_explained(weight, problem):
    check(table({"weight": "1"}, {"weight": weight, "issue": "j"}), 2, "weight", problem)


def test_46_places_outside_the_text_are_named_with_its_length(seed):
    frame, text = seed.statements, seed.text("telecomraad-2025-03-04")

    def changed(**cells):
        edited = frame.copy()
        for column, value in cells.items():
            edited.loc[2, column] = value
        return str(refused(sp.InputError, seed.recode, edited))

    end = frame["end"][2]
    assert changed(start=end + 1) == cell(3, "start", f"{end + 1} is past end, {end}")
    assert changed(end=99_999) == cell(3, "end", f"99999 is past the end of the text, which has {len(text)} characters")
    late = next(row for row in frame.itertuples() if not text[: row.start].isascii())
    edited = frame.copy()
    edited.loc[late.Index, ["start", "end"]] = [len(text[:at].encode()) for at in (late.start, late.end)]
    got = str(refused(sp.InputError, seed.recode, edited))
    assert got.startswith(cell(late.Index + 1, "quote", "'"))
    assert got.endswith("; it fits if they count bytes, but they count characters")


def test_47_a_quote_that_does_not_stand_there_is_shown_with_what_does(seed):
    frame = seed.statements
    start, end, quote = (frame[column][2] for column in ("start", "end", "quote"))
    edited = frame.copy()
    edited.loc[2, "quote"] = "x" * 100
    there = " ".join(quote.split())
    there = there if len(there) <= 80 else f"{there[:80]}…"
    problem = f"'{'x' * 80}…' is not what stands at {start} to {end}: '{there}'"
    assert str(refused(sp.InputError, seed.recode, edited)) == cell(3, "quote", problem)


def test_48_a_row_that_stands_twice_counts_once_and_is_told():
    notes, corpus = told(table({}, {}, {}))
    assert notes == ["table: the same row stood before and is kept once (2 rows)"]
    assert len(corpus) == 1
    again = pd.concat([VOTES, VOTES.iloc[:1]])
    votes = sp.Positions(again, **COLUMNS)
    assert votes.repeated == 1
    assert votes.agreement().frame["shared"].tolist() == [2]
    got = refused(sp.InputError, sp.Positions, pd.concat([VOTES, VOTES.iloc[:1].assign(vote="no")]), **COLUMNS)
    problem = "'no' here and 'yes' in row 1 (spreadsheet row 2): one actor has one position on an issue (name the meeting= column where issues come back)"
    assert str(got) == cell(5, "vote", problem, "frame")


def test_49_a_state_on_both_sides_is_listed_and_scored_on_none():
    corpus = sp.read_statements(table({}, {"stance": "oppose"}, {"named": "DE"}))
    assert corpus.conflicts[["who", "kind", "done"]].to_numpy().tolist() == [
        ["NL", "both_sides", "left out of the cell"]
    ]
    scores = corpus.agreement().frame
    assert scores[(scores.actor_a == "DE") & (scores.actor_b == "NL")]["shared_upper"].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n1,2\n\n1,2,3\n", "line 4: 3 fields where the header has 2"),
        ('a,b\n1,2\n1,"x\n3,4\n5,6\n', "line 3: a quote opens here and is never closed"),
    ],
)
def test_50_a_broken_row_is_named_by_the_line_where_it_begins(tmp_path, text, problem):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    for read in (sp.read_statements, sp.Positions):
        assert str(refused(sp.FormatError, read, path)) == f"t.csv: {problem}"


@pytest.mark.parametrize("begins", ["", "sep=;\n", "\ufeff"])
def test_51_semicolons_and_excels_first_line_are_found(tmp_path, begins):
    path = tmp_path / "t.csv"
    path.write_text(f"{begins}meeting;date_start;issue;named;stance\nm;2025-03-04;i;NL DE;support\n", encoding="utf-8")
    assert sp.read_statements(path).statements["named"].tolist() == ["DE NL"]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("03/04/2025", "expected a day as year-month-day (2025-03-04), got '03/04/2025'"),
        ("2025-02-30", "'2025-02-30' is no day of the calendar"),
    ],
)
def test_52_a_day_that_is_none_or_two_is_refused(day, problem):
    check(table({}, {"meeting": "n", "date_start": day}), 2, "date_start", problem)


def test_53_what_a_spreadsheet_makes_of_codes_is_kept_or_explained(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("country,rcid,vote\nNA,1-2,yes\nNO,1-2,no\n", encoding="utf-8")
    votes = sp.Positions(path, **COLUMNS)
    assert (votes.actors, votes.issues) == (["NA", "NO"], ["1-2"])
    namibia = (
        "no actor; if it is the code NA (Namibia), read the file so that NA stays text (pandas: keep_default_na=False)"
    )
    got = refused(sp.InputError, sp.Positions, VOTES.assign(country=["NL", None, "NL", "DE"]), **COLUMNS)
    assert str(got) == cell(2, "country", namibia, "frame")


def test_54_whole_numbers_may_come_with_a_point_and_others_not():
    frame = table({"quantifier": None, "size_lo": 3.0, "size_hi": 27.0})
    assert sp.read_statements(frame).statements[["size_lo", "size_hi"]].to_numpy().tolist() == [[3, 27]]
    check(
        table({}, {"size_lo": 3.0, "size_hi": 27.5, "issue": "j"}), 2, "size_hi", "expected a whole number, got '27.5'"
    )


FORMS = {
    "pandas": lambda frame: frame,
    "object": lambda frame: frame.astype(object),
    "categorical": lambda frame: frame.astype("category"),
    "arrow strings": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "other index": lambda frame: frame.set_index(pd.Index(range(10, 10 + len(frame)))),
    "polars": lambda frame: pl.from_pandas(frame),
    "pyarrow": lambda frame: pa.Table.from_pandas(frame),
    "chunks": lambda frame: pa.concat_tables(
        [pa.Table.from_pandas(frame.iloc[:1]), pa.Table.from_pandas(frame.iloc[1:])]
    ),
    "stream": lambda frame: pa.RecordBatchReader.from_batches(
        pa.Schema.from_pandas(frame), pa.Table.from_pandas(frame).to_batches()
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_55_a_table_is_the_same_in_every_form(form):
    make = FORMS[form]
    statements = table({"named": "NL DE"}, {"named": "FR", "stance": "oppose"}).drop(
        columns=["institution", "quantifier"]
    )
    expected = sp.read_statements(statements).statements
    assert sp.read_statements(make(statements)).statements.equals(expected)
    expected = sp.Positions(VOTES, **COLUMNS).agreement().frame
    assert sp.Positions(make(VOTES), **COLUMNS).agreement().frame.equals(expected)


def test_55_an_empty_table_a_locked_array_and_a_wrong_type():
    assert len(sp.read_statements(table({}).iloc[:0])) == 0
    assert len(sp.Positions(VOTES.iloc[:0], **COLUMNS).agreement().frame) == 0
    array = np.array([[1, 2], [1, 1]], dtype=np.int8)
    expected = sp.Positions.from_matrix(array).agreement().frame
    array.flags.writeable = False
    assert sp.Positions.from_matrix(array).agreement().frame.equals(expected)
    kinds = "a dataframe (pandas, polars, pyarrow, anything with __arrow_c_stream__) or a path"
    assert str(refused(TypeError, sp.read_statements, [1])) == f"table: expected {kinds}, got list"
    assert str(refused(TypeError, sp.Positions, 3)) == f"frame: expected {kinds}, got int"


def test_56_to_abstain_to_be_absent_and_to_be_against_stay_apart():
    cast = ["yes", "abstention", "absent", "not participating"]
    votes = VOTES.assign(vote=cast, rcid=["a", "a", "a", "a"], country=["NL", "DE", "FR", "IT"])
    missing = {"absent": "absent", "not participating": "not_eligible"}
    scored = sp.Positions(votes, **COLUMNS, scale="ordinal", levels=["no", "abstention", "yes"], missing=missing)
    shared = scored.agreement(measure="agree3").frame.set_index(["actor_a", "actor_b"])
    assert shared.loc[("DE", "NL"), ["agree3", "shared"]].tolist() == [0.5, 1]
    assert shared.drop(("DE", "NL"))["agree3"].isna().all()
    assert set(scored.cohesion("attina", by=None).columns) > {"attina"}


@pytest.mark.parametrize("quote", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>"])
def test_57_a_quote_that_would_run_is_kept_and_shown_safe(tmp_path, quote):
    corpus = sp.read_statements(table({"quote": quote, "issue": quote}))
    assert corpus.statements["quote"].tolist() == [quote]
    assert "<script>" not in corpus._repr_html_() + str(corpus.agreement().heatmap())
    from standpunt.output import encode

    for safe, begins in [(True, "'" if quote[0] == "=" else ""), (False, "")]:
        lines = encode(pa.table({"quote": [quote]}), "csv", safe).decode().split("\n")
        assert lines[1].strip('"') == begins + quote
