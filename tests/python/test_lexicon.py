import pytest

import standpunt as sp

HEAD = "Verslag Milieuraad 16 oktober 2023\n\n1. Bodem\n\n"


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'language = "nl"\nversion = "ministerie 3"\nlight = ["nergens te vinden"]\n'
        '[verbs]\nbejubelen = "bejubelt bejubelden"\n[cues]\nsupport = ["bejubelen"]\noppose = ["verwelkomen"]\n',
        encoding="utf-8",
    )
    return path


def test_a_users_words_are_read(mine):
    text = HEAD + "Malta en Italië bejubelden de meetnetten. Spanje verwelkomde de districten.\n"
    rows = sp.parse_report(text, lexicon=mine).statements
    assert list(rows.stance) == ["support", "oppose"]
    assert list(sp.parse_report(text).statements.stance)[-1] == "support"


def test_the_users_version_stands_in_the_provenance(mine):
    assert (
        "ministerie 3"
        in sp.parse_report(
            HEAD + "De meeste lidstaten steunden de nieuwe meetnetten van de Commissie.", lexicon=[mine]
        ).provenance["lexicon"]
    )


def test_check_lexicon_tells_what_stands_nowhere(mine):
    rows = sp.check_lexicon(mine).set_index("entry")
    assert rows.problem.isna().all()
    assert rows.matches["nergens te vinden"] == 0
    assert rows.matches["verwelkomen"] > 0
    assert rows.line["bejubelen"].tolist() == [5, 7]
    rows = sp.check_lexicon(mine, reports=sp.parse_report(HEAD + "Malta bejubelt nergens te vinden meetnetten."))
    assert rows[rows.entry == "nergens te vinden"].matches.item() == 1


def test_check_lexicon_tells_what_is_wrong(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text('language = "nl"\nnegations = ["Nooit"]\n[cues]\nlike = ["graag"]\n', encoding="utf-8")
    rows = sp.check_lexicon(path)
    assert list(rows.line[rows.problem.notna()]) == [2, 4]
    assert rows.matches.isna().all()
    with pytest.raises(sp.StandpuntError, match=r"wrong\.toml: line 2: 'Nooit' never matches: entries are lower case"):
        sp.parse_report(HEAD, lexicon=path)
