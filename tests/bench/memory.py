"""Measures the memory of reading: python tests/bench/memory.py [MEGABYTES] [--plain 4] [--only iter_reports]

Peak memory above what an idle process takes, as a multiple of the bytes of the files: a corpus of them all, and one
report after the other. Reports are the seed's sentences dealt anew, which hold a position in about every 120 bytes;
`--plain` puts so many sentences without one behind each. On two threads; the default is 1,000 megabytes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from made import write_reports

CODE = """
import sys, time
sys.path.insert(0, sys.argv[3])
from cluster import resident
import standpunt as sp
way, path = sys.argv[1:3]
sp.set_threads(2)
sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax.")
before, start = resident("self", "VmRSS"), time.perf_counter()
if way == "read_reports":
    statements = len(sp.read_reports(path, progress=False))
else:
    statements = sum(len(corpus) for corpus in sp.iter_reports(path, progress=False))
print(time.perf_counter() - start, statements, resident("self", "VmHWM") - before)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("megabytes", nargs="?", type=float, default=1000.0)
    parser.add_argument("--plain", type=int, default=0)
    parser.add_argument("--only", choices=["iter_reports", "read_reports"])
    options = parser.parse_args()
    copies = 16
    with tempfile.TemporaryDirectory() as name:
        each = write_reports(Path(name), 1, copies, options.plain)
        size = write_reports(Path(name), max(1, round(options.megabytes * 1e6 / each)), copies, options.plain)
        print(f"{len(list(Path(name).iterdir())):,} reports, {size / 1e6:.1f} MB")
        for way in [options.only] if options.only else ("iter_reports", "read_reports"):
            command = [sys.executable, "-c", CODE, way, name, str(Path(__file__).parent)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                print(f"  {way}: {done.stderr.strip().splitlines()[-1]}")
                continue
            seconds, statements, grown = map(float, done.stdout.split())
            print(
                f"  {way}: {grown:8.1f} MB, {grown * 1e6 / size:5.2f} times the files; "
                f"{statements:,.0f} statements, {size / 1e6 / seconds:.2f} MB/s",
                flush=True,
            )


if __name__ == "__main__":
    main()
