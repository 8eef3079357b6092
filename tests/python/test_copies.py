"""Results can be copied, pickled and queried."""

import copy
import pickle

import duckdb
import pyarrow
import pytest

import standpunt as sp

TABLES = [
    "meetings",
    "statements",
    "unread",
    "errors",
    "conflicts",
    "positions",
    "issues",
    "topics",
    "instruments",
    "reviewed",
]


def results():
    corpus = sp.datasets.telecom()
    first, second = list(corpus)[:2]
    return {
        "agreement": corpus.agreement(by="topic", actors=["NL", "DE"], silence="category"),
        "comparison": corpus.compare(first, second, permutations=10, seed=3),
        "codings": sp.compare_codings(corpus, corpus.filter(min_confidence=0.85)),
    }


@pytest.mark.parametrize("name", ["agreement", "comparison", "codings"])
@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda result: pickle.loads(pickle.dumps(result))])
def test_a_copy_of_a_result_says_the_same(name, way):
    result = results()[name]
    again = way(result)
    assert type(again) is type(result)
    assert pyarrow.table(again).equals(pyarrow.table(result))
    assert (repr(again), len(again)) == (repr(result), len(result))


def test_a_verdict_survives_pickling():
    verdict = sp.council.majority(named=["NL"], lo=10, hi=22, date="2025-03-04")
    again = pickle.loads(pickle.dumps(verdict))
    assert (again.verdict, again.probability) == (verdict.verdict, verdict.probability)
    assert copy.deepcopy(verdict) is verdict


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("name", TABLES)
def test_duckdb_queries_every_table(name, library):
    sp.set_frames(library)
    table_ = getattr(sp.datasets.telecom(), name)
    assert duckdb.sql("from table_").count("*").fetchall() == [(len(table_),)]


def test_a_report_without_a_date_survives_pickling():
    with pytest.warns(sp.StandpuntWarning, match="no meeting date"):
        corpus = sp.parse_report("Denmark, seconded by Finland but opposed by Italy, proposed a levy.")
    assert len(corpus.statements) == 2
    assert pickle.loads(pickle.dumps(corpus)).statements.to_csv() == corpus.statements.to_csv()
