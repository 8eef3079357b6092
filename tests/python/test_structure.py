"""Scores as a network: camps, maps, backbones, and files that other programs read."""

import xml.etree.ElementTree as tree

import pandas as pd
import pytest

import standpunt as sp

VOTES = [[1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 1, 1], [0, 0, 0, 1, 1], [None] * 5]


@pytest.fixture
def table():
    options = {"scale": "ordinal", "levels": [0, 1]}
    return sp.Positions.from_matrix(VOTES, actors=["a", "b", "c", "d <&>", "silent"], **options)


def test_who_stands_together_is_told_by_camps_tree_and_map(table):
    ties = table.agreement().ties
    camps = ties.camps(2)
    assert camps["camp"].tolist()[:4] == [1, 1, 2, 2]
    assert camps["camp"].isna().tolist() == [False] * 4 + [True]
    assert ties.tree(linkage="complete")["size"].tolist() == [2, 2, 4]
    places = ties.places().set_index("actor")
    assert "silent" not in places.index
    near = abs(places.loc["a"] - places.loc["b"])[["x", "y"]].sum()
    far = abs(places.loc["a"] - places.loc["d <&>"])[["x", "y"]].sum()
    assert near < far
    means = ties.between({"a": "left", "b": "left", "c": "right", "d <&>": "right"})
    assert means["mean"].iloc[0] == pytest.approx(0.8)
    assert means["pairs"].tolist() == [1, 4, 1]
    with pytest.raises(sp.InputError, match="not split"):
        _ = table.agreement(by="issue").ties
    with pytest.raises(sp.InputError, match="linkage"):
        ties.camps(2, linkage="avrage")


def test_the_camps_of_statements_are_those_of_least_misfit(table):
    found = table.congruence().polarisation()
    assert found.frame["camp"].tolist() == [1, 1, 2, 2]
    assert found.exact
    assert found.misfit < found.worst
    with pytest.raises(sp.InputError, match="2 to 4"):
        table.congruence().polarisation(5)


@pytest.mark.parametrize("name", ["net.gexf", "net.graphml"])
def test_networks_are_written_for_other_programs(table, tmp_path, name):
    ties = table.agreement().ties
    ties.write(tmp_path / name, threshold=0.5, camps=2)
    root = tree.parse(tmp_path / name).getroot()
    found = {kind: [node for node in root.iter() if node.tag.endswith("}" + kind)] for kind in ("node", "edge")}
    assert len(found["node"]) == 5
    assert len(found["edge"]) == len(ties.edges(threshold=0.5))
    assert "d <&>" in {node.get("label") for node in found["node"]} | {node.text for node in root.iter()}
    networkx = pytest.importorskip("networkx")
    if name.endswith("graphml"):
        assert networkx.read_graphml(tmp_path / name).number_of_edges() == len(found["edge"])


def test_other_endings_are_refused_and_a_corpus_gives_its_identified_pairs(table, tmp_path):
    with pytest.raises(sp.InputError, match=r"ends in \.gexf or \.graphml"):
        table.agreement().ties.write(tmp_path / "net.csv")
    rows = [("m", "2024-03-04", "levy", "DE FR", "support"), ("m", "2024-03-04", "levy", "NL", "oppose")]
    corpus = sp.read_statements(pd.DataFrame(rows, columns=["meeting", "date_start", "issue", "named", "stance"]))
    edges = corpus.agreement().ties.edges()
    assert edges[["actor_a", "actor_b", "agreement"]].to_numpy().tolist() == [
        ["DE", "FR", 1.0],
        ["DE", "NL", 0.0],
        ["FR", "NL", 0.0],
    ]
