"""Decisions of people: kept in a file, applied again, never lost."""

import copy
import json
import pickle
import shutil

import pytest

import standpunt as sp
from standpunt.review import append, edited, latest, read_file, rows_of
from standpunt.review_session import Session

NAME = "verslag-informele-telecomraad-2025-03"
MEETING = "telecomraad-2025-03-04"


@pytest.fixture
def report(root, tmp_path):
    shutil.copy(root / "seeds" / "reports" / f"{NAME}.txt", tmp_path)
    return tmp_path / f"{NAME}.txt"


@pytest.fixture
def kept(report):
    return report.with_name(f"{NAME}.review.jsonl")


def begin(report, **options):
    corpus = sp.read_reports(report)
    return corpus, Session(corpus._inner, corpus._files, **options)


def row(corpus, statement):
    found = corpus.statements.set_index("statement").loc[statement]
    return found.to_dict()


def test_each_kind_of_decision_is_applied_again_on_the_next_read(report, kept):
    corpus, session = begin(report, reviewer="anna")
    ids = list(corpus.statements["statement"])
    session.decide("accept", ids[0])
    session.decide("correct", ids[1], {"stance": "oppose", "issue": "iets anders"})
    session.decide("reject", ids[2])
    words = "Cyberveiligheid"
    text = corpus.text(MEETING)
    at = text.index("Europese Commissie")
    place = {"quote": "Europese Commissie", "start": at, "end": at + len("Europese Commissie")}
    values = {"stance": "support", "issue": words, "named": "NL DE", "quantifier": "named_only"}
    added = session.decide("add", None, session.context(MEETING, NAME, at) | place | values)

    again = sp.read_reports(report)
    assert again._inner == session.core
    assert len(again) == len(corpus)
    assert row(again, ids[0])["confidence"] == 1
    assert (row(again, ids[1])["stance"], row(again, ids[1])["issue"]) == ("oppose", "iets anders")
    assert ids[2] not in set(again.statements["statement"])
    assert row(again, added)["named"] == "DE NL"
    assert row(again, added)["size_lo"] == 2
    found = again.reviewed.set_index("statement")
    assert dict(found["decision"]) == {ids[0]: "accepted", ids[1]: "corrected", ids[2]: "rejected", added: "added"}
    assert set(found["by"]) == {"anna"}
    assert list(found["in_corpus"]) == [True, True, False, True]
    assert found.loc[ids[1], "changed"] == "stance issue"
    assert str(found["at"].dtype).startswith("datetime64")
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 4


def test_a_new_session_takes_over_where_the_last_one_left_off(report, kept):
    corpus, session = begin(report)
    first, second = list(corpus.statements["statement"])[:2]
    session.decide("reject", first)
    session.decide("correct", second, {"stance": "neutral"})
    _, later = begin(report)
    later.decide("clear", first)
    later.decide("clear", second)
    again = sp.read_reports(report)
    assert again.statements.equals(corpus.statements)
    assert again.reviewed.empty
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 4


def test_a_correction_of_the_holder_takes_the_sizes_of_its_words(report):
    corpus, session = begin(report)
    statements = corpus.statements
    many = statements[statements["quantifier"] == "many"]["statement"].iloc[0]
    session.decide(
        "correct", many, {"institution": None, "named": "NL FR", "excluded": None, "quantifier": "named_only"}
    )
    done = sp.read_reports(report)
    assert row(done, many)["named"] == "FR NL"
    assert (row(done, many)["size_lo"], row(done, many)["size_hi"]) == (2, 2)
    session.decide("correct", many, {"institution": "COM", "named": None, "excluded": None, "quantifier": None})
    assert row(sp.read_reports(report), many)["institution"] == "COM"


def test_what_does_not_fit_is_refused_and_not_written(report, kept):
    corpus, session = begin(report)
    first = corpus.statements["statement"].iloc[0]
    for do, statement, values in (
        ("correct", first, {"stance": "perhaps"}),
        ("correct", first, {"institution": None, "named": "Nowhere", "quantifier": "named_only"}),
        ("correct", first, {"start": 3}),
        ("accept", "no such id", {}),
        ("accept", first, {"stance": "support"}),
        ("approve", first, {}),
        (
            "add",
            None,
            {
                "meeting": MEETING,
                "report": NAME,
                "quote": "words that stand nowhere",
                "issue": "x",
                "stance": "support",
            },
        ),
    ):
        with pytest.raises(sp.StandpuntError):
            session.decide(do, statement, values)
    assert not kept.exists()
    assert session.core == corpus._inner


def test_a_broken_line_is_told_and_the_others_hold(report, kept):
    corpus, session = begin(report)
    first, second = list(corpus.statements["statement"])[:2]
    session.decide("reject", first)
    with kept.open("a", encoding="utf-8") as file:
        file.write('{"statement": "cut off in the mid')
    append(kept, {"statement": second, "report": NAME, "do": "accept", "by": "b", "at": "2026-01-01T00:00:00Z"})
    with pytest.warns(sp.StandpuntWarning, match="line 2 is no decision"):
        again = sp.read_reports(report)
    assert list(again.reviewed["decision"]) == ["rejected", "accepted"]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "3",
        "null",
        '{"do": "accept"}',
        '{"statement": 3, "do": "accept", "by": "", "at": ""}',
        "\ufeff{}",
        '{"statement":"a","do":"correct","by":"","at":"","set":{"rule":"x"}}',
    ],
)
def test_lines_that_are_no_decision_are_left_out(kept, line):
    kept.write_text(line + "\n", encoding="utf-8")
    assert read_file(kept)[0] == []
    assert len(read_file(kept)[1]) == 1


def test_a_decision_on_a_statement_that_is_gone_is_kept_and_told(report, kept):
    corpus, session = begin(report)
    session.decide("accept", corpus.statements["statement"].iloc[0])
    line = json.loads(kept.read_text(encoding="utf-8"))
    line["statement"] = "feed"
    line["was"]["proposition"] = "something that nobody reads any more"
    kept.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.warns(sp.StandpuntWarning, match="1 decision of a review no longer fits"):
        again = sp.read_reports(report)
    assert list(again.reviewed["in_corpus"]) == [False]
    assert again.statements.equals(corpus.statements)


def test_a_statement_under_another_id_is_found_by_its_place_and_holder(report, kept):
    corpus, session = begin(report)
    first = corpus.statements["statement"].iloc[0]
    session.decide("correct", first, {"stance": "oppose"})
    kept.write_text(
        kept.read_text(encoding="utf-8").replace(f'"statement":"{first}"', '"statement":"feed"', 1), encoding="utf-8"
    )
    again = sp.read_reports(report)
    assert row(again, first)["stance"] == "oppose"
    assert list(again.reviewed["statement"]) == [first]


def test_scores_can_be_restricted_to_what_was_checked(report):
    corpus, session = begin(report)
    ids = list(corpus.statements["statement"])
    session.decide("accept", ids[0])
    session.decide("correct", ids[4], {"stance": "oppose"})
    session.decide("reject", ids[5])
    again = sp.read_reports(report)
    assert list(again.filter(reviewed=True).statements["statement"]) == [ids[0], ids[4]]
    assert len(again.filter(reviewed=False)) == len(ids) - 3
    assert len(again.filter(reviewed=True).filter(reviewed=False)) == 0
    assert len(again.filter(reviewed=True).agreement()) > 0


def test_decisions_survive_saving_pickling_filtering_and_joining(report, tmp_path, coded):
    corpus, session = begin(report)
    session.decide("accept", corpus.statements["statement"].iloc[0])
    again = sp.read_reports(report)
    again.save(tmp_path / "c.json")
    for other in (
        sp.load(tmp_path / "c.json"),
        pickle.loads(pickle.dumps(again)),
        copy.deepcopy(again),
        again.filter(min_confidence=0.1),
        sp.concat([again, coded]),
        again.recode(again.statements),
    ):
        assert list(other.reviewed["decision"]) == ["accepted"]
    assert again.provenance["reviews"] == "1"


def test_reading_can_leave_reviews_aside(report):
    corpus, session = begin(report)
    session.decide("reject", corpus.statements["statement"].iloc[0])
    assert sp.read_reports(report, review=False) == corpus


def test_a_corpus_without_files_is_reviewed_in_a_file_of_its_own(report, tmp_path):
    corpus = sp.parse_report(report.read_text(encoding="utf-8"), name="x")
    with pytest.raises(sp.InputError, match="was read from no file"):
        Session(corpus._inner, corpus._files).file("x")
    path = tmp_path / "own.review.jsonl"
    session = Session(corpus._inner, {}, path)
    session.decide("reject", corpus.statements["statement"].iloc[0])
    assert len(corpus.apply_review(path)) == len(corpus) - 1
    with pytest.raises(sp.InputError, match="holds decisions already"):
        corpus.apply_review(path).apply_review(path)
    with pytest.raises(FileNotFoundError):
        corpus.apply_review(tmp_path / "none")


def test_an_added_position_can_be_corrected_and_rejected(report):
    corpus, session = begin(report)
    at = corpus.text(MEETING).index("Europese Commissie")
    place = {
        "quote": "Europese Commissie",
        "start": at,
        "end": at + 18,
        "issue": "x",
        "stance": "support",
        "institution": "COM",
    }
    added = session.decide("add", None, session.context(MEETING, NAME, at) | place)
    session.decide("correct", added, {"stance": "oppose"})
    assert row(sp.read_reports(report), added)["stance"] == "oppose"
    session.decide("reject", added)
    assert added not in set(sp.read_reports(report).statements["statement"])


def test_no_decision_changes_nothing(seed):
    rows = rows_of(seed._inner)
    assert edited(rows, latest([])) == rows


def test_the_widget_writes_what_it_hears_and_says_what_is_wrong(report, kept):
    corpus = sp.read_reports(report)
    widget = corpus.review(reviewer="anna")
    first = widget.rows[0]["statement"]
    widget._heard(widget, {"number": 1, "do": "correct", "statement": first, "set": {"stance": "perhaps"}}, [])
    assert "perhaps" in widget.said["problem"]
    widget._heard(widget, {"number": 2, "do": "accept", "statement": first}, [])
    assert widget.said == {"number": 2, "problem": ""}
    assert widget.rows[0]["decision"] == "accepted"
    assert list(widget.corpus.reviewed["by"]) == ["anna"]
    for message in (None, 3, {}, {"do": "add", "set": {"start": "x"}}, {"do": "accept", "statement": ["a"]}):
        widget._heard(widget, message, [])
        assert widget.said["problem"]
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 1
    with pytest.raises(sp.InputError, match="did you mean"):
        corpus.review("telecomraad-2025-03-05")
