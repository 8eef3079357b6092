"""Importing brings in little, and no dataframe library; how long it takes is measured, not asserted."""

import subprocess
import sys

CODE = """
import sys
before = set(sys.modules)
import standpunt
added = set(sys.modules) - before
print(len(added), *sorted({"pandas", "pyarrow", "numpy", "polars", "dask", "importlib.metadata"} & added))
"""


def test_importing_brings_in_few_modules_and_no_dataframe_library():
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    words = run.stdout.split()
    assert len(words) == 1, words
    assert int(words[0]) < 120


def test_every_public_name_is_there_and_documented():
    import standpunt as sp

    for name in sp.__all__:
        assert getattr(sp, name) is not None
        assert name.startswith("__") or getattr(sp, name).__doc__
