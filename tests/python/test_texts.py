"""Texts as they come: encodings, line ends, invisible characters, misread letters, broken lines."""

import unicodedata

import pytest

import standpunt as sp

HEAD = "Verslag Telecomraad 4 maart 2025\n\n1. Item\n\n"
SENTENCE = "Veel lidstaten steunden het coördinatieplan."


def read(text):
    """One report's statements; each quote must stand where it says."""
    corpus = sp.parse_report(text, name="x")
    given = corpus.text(corpus.meetings["meeting"][0])
    for row in corpus.statements.itertuples():
        assert given[row.start : row.end] == row.quote
    return corpus.statements


@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
@pytest.mark.parametrize("text", ["", "  \n\n "])
def test_an_empty_text_has_no_statements_and_all_columns(text):
    statements = sp.parse_report(text, name="x").statements
    assert len(statements) == 0
    assert list(statements.columns[:3]) == ["statement", "report", "meeting"]


@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD + SENTENCE, id="plain"),
        pytest.param((HEAD + SENTENCE).replace("\n", "\r\n"), id="crlf"),
        pytest.param(unicodedata.normalize("NFD", HEAD + SENTENCE), id="decomposed"),
        pytest.param(HEAD + SENTENCE.replace("lidstaten", "lid\u200bstaten"), id="zero width"),
        pytest.param(HEAD + SENTENCE.replace("lidstaten", "lid-\nstaten"), id="hyphen break"),
        pytest.param(HEAD + SENTENCE.replace("lidstaten ", "lidstaten\nPagina 2 van 3\n"), id="page furniture"),
        pytest.param(HEAD + SENTENCE.replace("coö", "coé"), id="misread letter"),
        pytest.param(HEAD + SENTENCE.replace("steunden", "steunden\x00"), id="control character"),
        pytest.param(HEAD + "\U0001f600 " + SENTENCE, id="emoji"),
    ],
)
def test_noise_changes_no_coding(text):
    (row,) = read(text).itertuples()
    assert (row.quantifier, row.stance, row.size_lo, row.size_hi) == ("many", "support", 9, 22)


@pytest.mark.parametrize(("year", "members"), [(2012, 27), (2016, 28), (2025, 27)])
def test_all_member_states_follow_the_date(year, members):
    (row,) = read(HEAD.replace("2025", str(year)) + "Alle lidstaten steunden het plan.").itertuples()
    assert (row.size_lo, row.size_hi) == (members, members)


def test_a_text_without_a_date_warns_that_members_are_not_known():
    with pytest.warns(sp.StandpuntWarning, match="^x: no meeting date found, so the members are not known$"):
        sp.parse_report("Tien lidstaten steunden het plan.", name="x", language="nl")


def test_files_of_another_encoding_say_so(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((HEAD + SENTENCE).encode("cp1252"))
    wanted = r"a\.txt: line 5, byte 73: not valid UTF-8; .* try encoding='cp1252'$"
    with pytest.raises(sp.FormatError, match=wanted):
        sp.read_reports(path)
    assert len(sp.read_reports(path, encoding="cp1252").statements) == 1
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes((HEAD + SENTENCE).encode(encoding))
        assert len(sp.read_reports(path).statements) == 1
