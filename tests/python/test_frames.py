"""What every dataframe is made of, in each library, and what people do with it."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import standpunt as sp
from contract import STATEMENTS

STANCES = ["support", "neutral", "oppose"]
REPORT = "Report of 6 June 2025\n\nFrance supported the tax. Italy strongly opposed the tax."


@pytest.fixture(scope="module")
def corpus():
    return sp.parse_report(REPORT)


@pytest.fixture
def library(request):
    sp.set_frames(request.param)
    yield request.param
    sp.set_frames("pandas")


def test_pandas_has_categories_days_counts_and_lists(corpus):
    frame = corpus.statements
    assert list(frame.columns) == STATEMENTS
    assert list(frame["stance"].cat.categories) == STANCES
    assert list(frame["intensity"].cat.categories) == ["weak", "normal", "strong"]
    assert frame["date_start"].dtype.kind == "M"
    assert frame["size_lo"].dtype == pd.Int64Dtype()
    assert frame["conditional"].dtype == bool
    assert list(corpus.majorities()["side"].cat.categories) == ["support", "oppose"]
    instruments = sp.datasets.telecom().instruments.set_index("instrument")
    assert all(isinstance(name, str) for name in instruments["variants"].explode().dropna())


def test_categories_compare_count_and_join_as_text_does(corpus):
    frame = corpus.statements
    assert (frame["stance"] == "support").tolist() == [True, False]
    assert frame["stance"].isin(["oppose"]).tolist() == [False, True]
    assert frame["stance"].str.upper().tolist() == ["SUPPORT", "OPPOSE"]
    assert frame["stance"].map({"support": 1, "neutral": 0, "oppose": -1}).tolist() == [1, -1]
    assert frame.groupby("stance", observed=True).size().to_dict() == {"support": 1, "oppose": 1}
    other = pd.DataFrame({"stance": ["oppose", "support"], "weight_of": [2, 1]})
    assert frame.merge(other, on="stance")["weight_of"].tolist() == [1, 2]
    assert pd.concat([frame, frame])["stance"].dtype == frame["stance"].dtype
    assert frame.sort_values("stance")["named"].tolist() == ["FR", "IT"]


def test_any_stance_can_be_written_into_a_frame_and_read_back(corpus):
    frame = corpus.statements
    frame.loc[0, "stance"] = "neutral"
    assert corpus.recode(frame).statements["stance"].tolist() == ["neutral", "oppose"]
    assert corpus.statements["stance"].tolist() == ["support", "oppose"]
    frame["named"] = frame["named"].str.split()
    coded = sp.read_statements(frame.drop(columns=["report", "statement", "quote", "start", "end"]))
    assert coded.statements["named"].tolist() == ["FR", "IT"]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"], indirect=True)
def test_every_table_goes_to_each_library_and_back(corpus, library):
    kinds = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}
    telecom = sp.datasets.telecom()
    tables = ("meetings", "statements", "unread", "errors", "conflicts", "positions", "issues", "topics", "instruments")
    for name in tables:
        table = getattr(telecom, name)
        assert isinstance(table, kinds[library]), name
    assert sp.read_statements(corpus.statements) == sp.read_statements(pa.table(corpus))
    assert len(telecom.relink(telecom.issues)) == len(telecom)


def test_polars_and_duckdb_ask_an_arrow_stream(corpus):
    duckdb = pytest.importorskip("duckdb")
    frame = pl.DataFrame(corpus)
    assert frame.filter(pl.col("stance") == "oppose")["named"].to_list() == ["IT"]
    assert frame["date_start"].dtype == pl.Date
    found = duckdb.from_arrow(pa.table(corpus))
    assert found.filter("stance = 'oppose'").aggregate("stance, count(*)", "stance").fetchall() == [("oppose", 1)]
    assert found.project("extract('year' from date_start)").fetchall() == [(2025,), (2025,)]
    assert sp.read_statements(found) == sp.read_statements(corpus.statements)


def test_lists_leave_as_text_where_a_format_has_none(tmp_path):
    instruments = sp.datasets.telecom().instruments
    first = next(row for row in instruments.itertuples() if len(row.variants) > 1)
    sp.write_csv(instruments, tmp_path / "x.csv")
    assert f'"{"; ".join(first.variants)}"' in (tmp_path / "x.csv").read_text(encoding="utf-8")
