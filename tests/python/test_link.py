"""Issues, topics, instruments and labels from Python."""

import pandas
import pytest

import standpunt as sp


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_the_crosswalk_goes_out_and_comes_back_unchanged(seed, library):
    sp.set_frames(library)
    assert seed.relink(seed.issues) == seed
    assert seed.relink(seed.topics) == seed


def test_an_edited_crosswalk_moves_a_phrase_and_turns_its_side(seed):
    table = seed.issues
    assert list(table.columns) == ["issue", "topic", "proposition", "meeting", "similarity", "polarity", "statements"]
    assert table["statements"].sum() == len(seed)
    assert table["similarity"].between(0, 1).all()
    table.loc[0, ["issue", "polarity"]] = ["another issue", -1]
    statements = seed.relink(table).statements
    moved = statements[statements["issue"] == "another issue"]
    assert len(moved) == table.loc[0, "statements"]
    assert set(moved["polarity"]) == {-1}


def test_a_wrong_crosswalk_is_answered_with_its_row(seed):
    table = seed.issues
    table.loc[1, "proposition"] = "no such phrase"
    with pytest.raises(
        sp.InputError, match=r"row 2 \(spreadsheet row 3\), column 'proposition': no proposition 'no such phrase'"
    ):
        seed.relink(table)
    with pytest.raises(sp.InputError, match="issue and proposition"):
        seed.relink(pandas.DataFrame({"a": [1]}))


def test_a_drafted_codebook_gives_the_same_issues(seed, root, tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text(seed.codebook(), encoding="utf-8")
    again = sp.read_reports(root / "seeds" / "reports", codebook=path)
    assert list(again.statements["issue"]) == list(seed.statements["issue"])
    assert list(again.statements["topic"]) == list(seed.statements["topic"])


def test_the_seed_report_names_its_instruments(seed):
    table = seed.instruments
    names = [set(row["variants"]) | {row["instrument"], row["abbreviation"]} for _, row in table.iterrows()]
    for name in ("Blueprint Cyber", "CyCLONe", "ECCC", "ENISA", "InvestAI", "Digital Europe", "Horizon", "EDIH"):
        assert sum(name in known for known in names) == 1, name
    part = seed.filter(instrument="eccc")
    assert 0 < len(part) < len(seed)
    with pytest.raises(sp.InputError, match="ENISA"):
        seed.filter(instrument="ENISAA")
    known = pandas.DataFrame({"instrument": ["Cyber agency"], "variants": ["ENISA; ECCC"]})
    assert "Cyber agency" in set(seed.find_instruments(known)["instrument"])


def test_agreement_is_split_by_instrument(seed):
    table = seed.agreement(by="instrument").frame
    assert list(table.columns[:3]) == ["actor_a", "actor_b", "instrument"]
    about = seed.instruments
    assert set(table["instrument"]) == set(about.loc[about["statements"] > 0, "instrument"])
    whole = seed.filter(instrument="ECCC").agreement().frame
    part = table[table["instrument"] == about.loc[about["abbreviation"] == "ECCC", "instrument"].iloc[0]]
    for pair in (("COM", "PRES"), ("COM", "NL"), ("NL", "PRES")):
        row = whole[(whole["actor_a"] == pair[0]) & (whole["actor_b"] == pair[1])]
        same = part[(part["actor_a"] == pair[0]) & (part["actor_b"] == pair[1])]
        assert row["shared"].tolist() == same["shared"].tolist(), pair
        assert row["agree"].tolist() == same["agree"].tolist(), pair


def test_labels_are_matched_by_normalised_similarity():
    table = sp.match_labels(["sealing target", ""], ["soil sealing", "sealing targets", ""], limit=2)
    assert list(table.columns) == ["left", "right", "similarity"]
    assert list(table["right"]) == ["sealing targets", "soil sealing", "", "soil sealing"]
    assert table["similarity"][0] == pytest.approx(28 / 29)
    assert len(sp.match_labels([], ["a"])) == 0
    for wrong, error in (({"limit": 0}, sp.InputError), ({"limit": "1"}, TypeError)):
        with pytest.raises(error, match="limit"):
            sp.match_labels(["a"], ["b"], **wrong)
    with pytest.raises(TypeError, match="left"):
        sp.match_labels("a", ["b"])
