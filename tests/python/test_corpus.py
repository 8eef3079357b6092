"""A corpus: its tables, corrections, copies and files."""

import copy
import pickle

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import standpunt as sp
from contract import STATEMENTS


def test_tables_have_the_columns_of_the_contract(seed):
    assert list(seed.statements.columns) == STATEMENTS
    assert list(seed.unread.columns)[:6] == ["meeting", "section", "start", "end", "text", "reason"]
    assert list(seed.errors.columns) == ["path", "error"]
    scores = ["agreement", "lower", "upper", "shared", "shared_lower", "shared_upper", "agree", "disagree"]
    assert list(seed.agreement(by=["topic", "meeting"]).frame.columns) == [
        "actor_a",
        "actor_b",
        "topic",
        "meeting",
        *scores,
    ]
    meeting = seed.meetings.iloc[0]
    assert (meeting.meeting, meeting.members, meeting.place) == ("telecomraad-2025-03-04", 27, "Warschau")


def test_quotes_stand_where_their_offsets_say(seed):
    text = seed.text("telecomraad-2025-03-04")
    for row in seed.statements.itertuples():
        assert text[row.start : row.end] == row.quote
    for row in seed.unread.itertuples():
        assert text[row.start : row.end] == row.text


def test_types_are_the_same_with_and_without_rows(seed):
    empty = sp.parse_report("")
    assert empty.statements.dtypes.equals(seed.statements.dtypes) or list(empty.statements.columns) == STATEMENTS
    sp.set_frames("pyarrow")
    assert empty.statements.schema == seed.statements.schema
    assert len(empty.statements) == 0
    assert len(empty.agreement().frame) == 0


@pytest.mark.parametrize(
    ("library", "kind"), [("polars", pl.DataFrame), ("pyarrow", pa.Table), ("pandas", pd.DataFrame)]
)
def test_frames_are_those_of_the_chosen_library(coded, library, kind):
    sp.set_frames(library)
    for frame in (coded.statements, coded.meetings, coded.agreement().frame, coded.agreement().matrix()):
        assert isinstance(frame, kind)


def test_every_result_is_an_arrow_stream(coded):
    assert pl.DataFrame(coded.agreement()).shape == coded.agreement().frame.shape
    assert pa.table(coded).column_names == STATEMENTS


def test_every_kind_of_frame_goes_in_and_means_the_same(coded, tmp_path):
    sp.set_frames("pyarrow")
    table = coded.statements
    frame = table.to_pandas()
    frame.to_csv(tmp_path / "s.csv", index=False)
    frame.astype({"date_start": str}).to_json(tmp_path / "s.json", orient="records")
    frame.to_parquet(tmp_path / "s.parquet")
    relation = duckdb.from_arrow(table)
    kinds = {
        "arrow": table,
        "chunked": pa.concat_tables([table.slice(0, 4), table.slice(4)]),
        "pandas": frame,
        "categories": frame.astype({"stance": "category", "topic": "category"}),
        "objects": frame.astype(object),
        "numbers with nulls": frame.astype({"size_lo": "float64", "start": "float64"}),
        "another index": frame.set_index(pd.Index(range(5, 5 + len(frame)))),
        "polars": pl.DataFrame(table),
        "duckdb": relation,
        "csv": tmp_path / "s.csv",
        "json": tmp_path / "s.json",
        "parquet": str(tmp_path / "s.parquet"),
        "corpus": coded,
    }
    expected = coded.agreement().frame
    for name, given in kinds.items():
        read = sp.read_statements(given)
        assert read.statements.column("statement").equals(table.column("statement")), name
        assert read.agreement().frame.equals(expected), name


def test_corrections_change_what_they_say_and_nothing_else(seed):
    table = seed.statements
    assert seed.recode(table) == seed
    row = table.index[(table.named == "NL") & (table.quantifier == "many")][0]
    edited = table.copy()
    edited.loc[row, "stance"] = "oppose"
    after = seed.recode(edited)
    assert after.statements.stance[row] == "oppose"
    assert list(after.statements.statement) == list(table.statement)
    assert after.text("telecomraad-2025-03-04") == seed.text("telecomraad-2025-03-04")
    assert len(after.unread) == len(seed.unread)
    assert not after.positions.equals(seed.positions)
    assert seed.statements.stance[row] == "support"


def test_corrections_can_add_and_drop_statements(seed):
    table = seed.statements
    new = table.iloc[[0]].assign(statement=None, stance="oppose", institution="EP")
    added = seed.recode(pd.concat([table, new]))
    assert len(added) == len(seed) + 1
    assert added.statements.statement.is_unique
    with pytest.raises(sp.InputError, match=r"^table: 1 of \d+ statements are not in the table, the first is"):
        seed.recode(table.iloc[1:])
    assert len(seed.recode(table.iloc[1:], drop=True)) == len(seed) - 1


def test_edited_sizes_replace_the_word(seed):
    table = seed.statements
    row = table.index[table.quantifier == "many"][0]
    table.loc[row, ["size_lo", "size_hi"]] = [10, 12]
    after = seed.recode(table).statements.loc[row]
    assert (after.size_lo, after.size_hi, pd.isna(after.quantifier)) == (10, 12, True)


def test_another_size_table_changes_sizes(coded, root):
    path = root / "seeds" / "coded" / "telecom-councils.csv"
    wide = sp.read_statements(path, quantifiers={"most": (14, 26)})
    sizes = wide.statements.set_index("quantifier").loc["most", ["size_lo", "size_hi"]]
    assert sizes.drop_duplicates().to_numpy().tolist() == [[14, 26]]
    assert wide.provenance["sizes"] == "1+most=14-26"
    assert sp.read_statements(coded.statements, quantifiers={"most": (14, 26)}).statements.equals(wide.statements)


def test_copies_and_files_hold_the_same(seed, coded, tmp_path):
    both = sp.concat([seed, coded])
    for corpus in (seed, coded, both):
        corpus.save(tmp_path / "corpus.json")
        assert sp.load(tmp_path / "corpus.json") == corpus
        assert pickle.loads(pickle.dumps(corpus)) == corpus
        assert copy.copy(corpus) == copy.deepcopy(corpus) == corpus
        assert hash(copy.copy(corpus)) == hash(corpus)
    assert list(both) == sorted(both, key=lambda meeting: meeting[-10:])
    assert len(both) == len(seed) + len(coded)
    assert sp.concat([both, coded]) == both
    assert both.filter(meeting="telecomraad-2025-03-04").statements.equals(seed.statements)


def test_a_corpus_does_not_change(seed):
    with pytest.raises(AttributeError, match="does not change"):
        seed.statements = None
    assert repr(seed).startswith("<Corpus: 1 meeting, ")


def test_filters_keep_what_they_name(coded):
    part = coded.filter(topic="satellietconnectiviteit")
    assert set(part.statements.topic) == {"satellietconnectiviteit"}
    assert list(part) == list(coded)
    assert len(coded.filter(min_confidence=1)) == len(coded)


def test_statement_ids_are_those_of_the_last_run(coded, root):
    assert coded.statements.statement[0] == "69a6679ac7aaefb7"
    again = sp.read_statements(root / "seeds" / "coded" / "telecom-councils.csv")
    assert again.statements.statement.is_unique
    assert list(again.statements.statement) == list(coded.statements.statement)


def test_reasons_add_up_to_the_score(coded):
    scores = coded.agreement()
    for pair in (("BE", "EE"), ("CY", "NL"), ("BE", "DE")):
        row = scores.frame.set_index(["actor_a", "actor_b"]).loc[pair]
        reasons = scores.explain(*pair)
        assert reasons.contribution.sum() == pytest.approx(row.agreement, abs=1e-12)
        assert scores.matrix().loc[pair[::-1]] == row.agreement
        assert scores.matrix("upper").loc[pair] == row.upper
    assert "standpunt" in scores.provenance


def test_the_seed_corpus_needs_no_clone():
    corpus = sp.datasets.telecom()
    assert list(corpus) == [
        "telecomraad-2022-06-03",
        "telecomraad-2025-03-04",
        "telecomraad-2025-06-06",
        "telecomraad-2025-10-10",
    ]


def test_the_hand_coding_of_the_seed_fits_its_report(seed, root):
    hand = sp.read_statements(root / "seeds" / "coded" / "verslag-informele-telecomraad-2025-03.csv")
    assert len(hand) == 60
    table = pd.read_csv(root / "seeds" / "coded" / "verslag-informele-telecomraad-2025-03.csv", keep_default_na=False)
    fitted = seed.recode(table.assign(statement=""), drop=True)
    assert len(fitted) == 60
    text = fitted.text("telecomraad-2025-03-04")
    assert all(text[row.start : row.end] == row.quote for row in fitted.statements.itertuples())
