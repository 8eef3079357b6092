"""The published cases of anonymous groups, through `read_statements`."""

import pandas as pd
import pytest

import standpunt as sp

EXACT = {"rel": 1e-12, "abs": 1e-12}
SCORES = ("agreement", "lower", "upper", "shared", "shared_lower", "shared_upper", "agree", "disagree")


def none_for_missing(value):
    return None if pd.isna(value) else value


def pairs(frame):
    return {(row.actor_a, row.actor_b): row for row in frame.itertuples()}


def check(scores, expected, names):
    rows = pairs(scores)
    for pair in expected:
        row = rows[tuple(sorted((pair["a"], pair["b"])))]
        for column, key in names.items():
            got, want = none_for_missing(getattr(row, column)), pair[key]
            assert got == (want if want is None else pytest.approx(want, **EXACT)), (pair["a"], pair["b"], column)


def test_statements_of_27_states_give_the_published_numbers(cases):
    for case in cases("statements-27.json")["cases"]:
        rows = pd.DataFrame(case["statements"])
        rows["named"] = rows["named"].str.join(" ")
        rows["excluded"] = rows["excluded"].str.join(" ")
        day = "2016-06-01" if "2016" in case["name"] else "2025-03-04"
        corpus = sp.read_statements(rows.assign(meeting="m", date_start=day, topic="t"))
        assert corpus.meetings.members[0] == (28 if "2016" in case["name"] else 27)
        actors = sorted({actor for pair in case["pairs"] for actor in (pair["a"], pair["b"])})
        check(corpus.agreement(actors=actors).frame, case["pairs"], {name: name for name in SCORES})
        category = corpus.agreement(actors=actors, silence="category").frame
        check(category, case["pairs_category"], {name: name for name in SCORES})
        positions = corpus.positions.set_index(["issue", "actor"])
        for issue in case["issues"]:
            for side in ("p_support", "p_oppose"):
                for actor, chance in issue[side].items():
                    assert positions.loc[(issue["issue"], actor), side] == pytest.approx(chance, **EXACT)


def test_sides_with_explicit_sizes_give_the_published_numbers(cases):
    for case in cases("anonymous-groups.json")["cases"]:
        rows = [
            {
                "meeting": "m",
                "issue": f"issue {number}",
                "stance": stance,
                "named": " ".join(side["named"]),
                "excluded": " ".join(side["excluded"]),
                "size_lo": side["lo"],
                "size_hi": side["hi"],
                "weight": issue["weight"],
            }
            for number, issue in enumerate(case["issues"])
            for stance in ("support", "oppose")
            if (side := issue[stance])["hi"] > 0
        ]
        corpus = sp.read_statements(pd.DataFrame(rows), roster=case["roster"])
        apart = corpus.agreement().frame
        check(apart, case["pairs"], {"agreement": "expected", "lower": "lower", "upper": "upper"})
        category = corpus.agreement(silence="category").frame
        flat = [{"a": pair["a"], "b": pair["b"], **pair["category"]} for pair in case["pairs"]]
        check(category, flat, {"agreement": "expected", "lower": "lower", "upper": "upper"})


def test_what_a_corpus_gives_out_scores_the_same(seed, coded):
    for corpus in (seed, coded):
        again = sp.read_statements(corpus.statements)
        for silence in ("apart", "category"):
            pd.testing.assert_frame_equal(
                again.agreement(silence=silence).frame, corpus.agreement(silence=silence).frame, check_exact=True
            )
