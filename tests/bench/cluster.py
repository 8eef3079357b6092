"""Times reading and scoring on a Dask cluster of this machine: python tests/bench/cluster.py [reports] [votes] [--part 0.1]

For 1 and 2 workers, of one thread each, and three sizes: seconds, speed, and how far the largest worker grew above what
it took when it was idle. The bytes are compared with those of one process, whose own time and growth stand beside it.
`reports` are 2,000 reports, `votes` 20 million rows in Parquet that are read by row group; `--part` takes less of both.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from made import write_reports, write_votes

OPTIONS = {"scale": "ordinal", "levels": ["no", "abstain", "yes"], "missing": "absent"}
ALONE = """
import hashlib, pickle, sys, time
sys.path.insert(0, sys.argv[3])
from cluster import OPTIONS, resident
import pyarrow.parquet, standpunt as sp
kind, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[4])
sp.set_threads(threads)
before, start = resident("self", "VmRSS"), time.perf_counter()
if kind == "reports":
    result = sp.read_reports(path, progress=False)
else:
    result = sp.Positions(pyarrow.parquet.read_table(path), **OPTIONS).tally()
seconds = time.perf_counter() - start
print(seconds, resident("self", "VmHWM") - before, hashlib.sha256(pickle.dumps(result)).hexdigest())
"""


def resident(process: object, key: str) -> float:
    """Return a size of a process in megabytes: VmRSS what it takes, VmHWM the most it took."""
    with Path(f"/proc/{process}/status").open() as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(key))


def alone(kind: str, path: Path, threads: int) -> tuple[float, float, str]:
    command = [sys.executable, "-c", ALONE, kind, str(path), str(Path(__file__).parent), str(threads)]
    done = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(done[0]), float(done[1]), done[2]


def spread(kind: str, path: Path, workers: int) -> tuple[float, float, str]:
    """Return the seconds, the growth of the largest worker in megabytes, and the digest."""
    import pickle

    import dask.dataframe
    import distributed

    import standpunt as sp
    import standpunt.dask

    with (
        distributed.LocalCluster(workers, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(warm)
        before = client.run(resident, "self", "VmRSS")
        start = time.perf_counter()
        if kind == "reports":
            result = sp.dask.read_reports(path)
        else:
            result = sp.dask.agreement(dask.dataframe.read_parquet(path, split_row_groups=1), **OPTIONS)
        seconds = time.perf_counter() - start
        after = client.run(resident, "self", "VmHWM")
        grown = max(after[worker] - before[worker] for worker in after)
    return seconds, grown, hashlib.sha256(pickle.dumps(result)).hexdigest()


def warm() -> None:
    """Load on a worker what every task needs, and give it one thread."""
    import pandas
    import pyarrow.dataset

    import standpunt as sp
    import standpunt.dask

    sp.set_threads(1)
    sp.parse_report("Report of 6 June 2025\n\nFrance supported the tax.")
    sp.Positions(pandas.DataFrame({"actor": ["a"], "issue": [1], "value": ["x"]}))
    assert pyarrow.dataset


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kinds", nargs="*", default=["reports", "votes"])
    parser.add_argument("--part", type=float, default=1.0)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    for kind in options.kinds:
        for quarter in (0.25, 0.5, 1.0):
            share = quarter * options.part
            with tempfile.TemporaryDirectory() as name:
                path = Path(name) if kind == "reports" else Path(name) / "votes.parquet"
                if kind == "reports":
                    count, unit = int(2000 * share), "reports"
                    size = write_reports(path, count)
                else:
                    count, unit = write_votes(path, 1000, int(20_000 * share), 100), "rows"
                    size = path.stat().st_size
                print(f"{count:,} {unit}, {size / 1e6:.1f} MB on disk")
                digests = []
                for threads in (1, 2):
                    seconds, grown, digest = alone(kind, path, threads)
                    digests.append(digest)
                    print(
                        f"  one process, {threads} thread(s): {seconds:7.2f} s  {count / seconds:12,.0f} {unit}/s  {grown:8.1f} MB",
                        flush=True,
                    )
                for workers in (1, 2):
                    seconds, grown, digest = spread(kind, path, workers)
                    digests.append(digest)
                    print(
                        f"  {workers} worker(s):             {seconds:7.2f} s  {count / seconds:12,.0f} {unit}/s  {grown:8.1f} MB",
                        flush=True,
                    )
                print(f"  the same bytes: {len(set(digests)) == 1}")


if __name__ == "__main__":
    main()
