"""The networks of the sample of the Discourse Network Analyzer against their reference files, to 1e-9.

Runs where the data is: STANDPUNT_DATA=path/to/data pytest tests/python/test_congruence_reference.py
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import standpunt as sp

ROOT = Path(os.environ.get("STANDPUNT_DATA", Path(__file__).parents[3] / "shared" / "data")) / "dna_sample"
pytestmark = pytest.mark.skipif(not ROOT.is_dir(), reason="no reference data; name it in STANDPUNT_DATA")
FILES = sorted(ROOT.glob("ref_*.csv"))


def statements(actor):
    frame = pd.read_csv(ROOT / "statements_dna.csv", dtype={"doc": str})
    columns = {"actor": actor, "issue": "concept", "value": "agreement", "meeting": "sid"}
    return sp.Positions(frame, **columns, scale="ordinal", levels=[0, 1])


def test_every_reference_file_is_there():
    assert len(FILES) == 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_networks_equal_their_reference_file(path):
    _, actor, mode, kind, *rest = path.stem.split("_")
    expected = pd.read_csv(path, index_col=0)
    table = statements(actor)
    if mode == "twomode":
        found = table.two_mode(kind=kind, definition="dna").matrix()
    else:
        found = table.congruence(kind=kind, normalise=rest[0] if rest else "none", definition="dna").matrix()
    assert found.index.tolist() == expected.index.tolist()
    assert found.columns.tolist() == expected.columns.tolist()
    assert np.abs(found.to_numpy() - expected.to_numpy()).max() <= 1e-9


def test_repeats_are_told_apart_by_document_and_by_the_calendar():
    table = statements("organization")

    def total(**options):
        network = table.congruence(kind="ignore", normalise="none", definition="dna", **options)
        return network.array.sum()

    assert total() == 276
    # The sample has one document a day, and no actor in two: it does not tell these rules apart.
    assert total(duplicates="once", within="doc") == total(duplicates="year") == total(duplicates="once") == 86
