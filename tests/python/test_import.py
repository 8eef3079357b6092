"""Importing is quick, and brings in no dataframe library."""

import subprocess
import sys

CODE = """
import sys, time
start = time.perf_counter()
import standpunt
took = time.perf_counter() - start
print(took, *sorted({"pandas", "pyarrow", "numpy", "polars"} & set(sys.modules)))
"""


def test_importing_takes_less_than_50_ms_and_no_dataframe_library():
    runs = [subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True) for _ in range(5)]
    took = [run.stdout.split() for run in runs]
    assert all(len(words) == 1 for words in took)
    assert min(float(words[0]) for words in took) < 0.05


def test_every_public_name_is_there_and_documented():
    import standpunt as sp

    for name in sp.__all__:
        assert getattr(sp, name) is not None
        assert name.startswith("__") or getattr(sp, name).__doc__
