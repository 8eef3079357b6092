"""What cannot fit is refused with both numbers, nothing is half written, and memory does not grow."""

import os
import re
import subprocess
import sys
import textwrap

import pytest

import standpunt as sp

unix = pytest.mark.skipif(sys.platform != "linux", reason="limits and sizes of a process are asked of Linux")

SIZES = """
import resource
from pathlib import Path

def pages(at):
    return int(Path("/proc/self/statm").read_text().split()[at]) * resource.getpagesize()

def limit_addresses(spare):
    resource.setrlimit(resource.RLIMIT_AS, (pages(0) + spare, resource.RLIM_INFINITY))
"""


def run(code, *arguments):
    """Run code in a process of its own, and return it with what it printed."""
    return subprocess.run(
        [sys.executable, "-c", SIZES + textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=900,
        # A backtrace needs memory, which is what there is none of.
        env=os.environ | {"RUST_BACKTRACE": "0"},
    )


@unix
def test_what_cannot_fit_is_refused_with_both_numbers(tmp_path):
    done = run(
        """
        import sys, numpy, standpunt as sp
        sp.set_threads(1)
        many = numpy.zeros((15_000, 2), numpy.int8)
        table = sp.Positions.from_matrix(many)
        drawn = sp.Positions.from_matrix(numpy.tile(numpy.arange(2, dtype=numpy.int8), (3, 15_000)))
        rows = {"actor": numpy.arange(60_000), "issue": numpy.arange(60_000), "value": numpy.ones(60_000, int)}
        import pyarrow
        long = pyarrow.table({name: pyarrow.array(values) for name, values in rows.items()})
        report = "Report of {} June 2025\\n\\n1. Taxes\\n\\n" + "France supported the tax. Italy opposed the tax. " * 400
        for at in range(32):
            with open(f"{sys.argv[1]}/{at:02}.txt", "w") as file:
                file.write(report.format(at % 28 + 1))
                if at >= 16:
                    file.write(" " * 30_000_000)
        sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax.")
        limit_addresses(700_000_000)
        for work in (
            lambda: table.tally(),
            lambda: table.agreement(),
            lambda: table.agreement(actors=table.actors[:3], bootstrap=40_000, seed=1),
            lambda: drawn.agreement(bootstrap=40_000, seed=1),
            lambda: sp.Positions(long),
            lambda: sp.read_reports(sys.argv[1], progress=False),
        ):
            try:
                print(repr(work()))
            except sp.LimitError as error:
                print(error)
        """,
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    *lines, reading = done.stdout.strip().split("\n")
    memory = r": needs about \d+\.\d\d GB of memory, 0\.\d\d GB are available; "
    expected = [
        "a tally of all pairs" + memory,
        "a tally of all pairs" + memory,
        "<PairScores",
        "the draws of a bootstrap" + memory,
    ]
    assert len(lines) == 5
    for line, pattern in zip(lines, [*expected, "a table of positions" + memory], strict=True):
        assert re.match(pattern, line), line
    assert re.match("reading the other reports" + memory + "iter_reports reads them one by one", reading)


@unix
@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
def test_a_process_without_memory_ends_cleanly_and_leaves_no_file_half_written(root, tmp_path):
    code = """
        import sys, numpy, pandas, pyarrow, standpunt as sp
        from pathlib import Path
        sp.set_threads(1)
        folder, spare = Path(sys.argv[2]), int(sys.argv[3])
        corpus = sp.read_reports(sys.argv[1], progress=False)
        limit_addresses(spare)
        try:
            corpus.agreement().heatmap().save(folder / "who.html")
            corpus.save(folder / "corpus.json")
            for actors in (50, 300, 600, 20_000):
                tally = sp.Positions.from_matrix(numpy.eye(actors, 20, dtype=numpy.int8)).tally()
                tally.save(folder / "pairs.tally")
                tally.array()
        except Exception as error:
            # A MemoryError or a LimitError; a panic would be no Exception.
            print(type(error).__name__)
            sys.exit(3)
        """
    ends = set()
    for at, spare in enumerate((1_000_000, 4_000_000, 12_000_000, 60_000_000)):
        folder = tmp_path / str(at)
        folder.mkdir()
        for name in ("who.html", "corpus.json", "pairs.tally"):
            (folder / name).write_text("old")
        done = run(code, root / "seeds" / "reports", folder, spare)
        # Refused (3), or the allocator gave up (SIGABRT): never a fault of memory.
        assert done.returncode in (3, -6), done.stderr
        ends.add(done.returncode)
        for name, read in (("corpus.json", sp.load), ("pairs.tally", sp.PairTally.load)):
            assert (folder / name).read_bytes() == b"old" or read(folder / name) is not None
        page = (folder / "who.html").read_text(encoding="utf-8")
        assert page == "old" or page.rstrip().endswith("</html>")
    assert 3 in ends


@unix
def test_a_full_disk_leaves_the_old_file_and_nothing_else(root, tmp_path):
    done = run(
        """
        import os, sys, numpy, pandas, resource, standpunt as sp
        from pathlib import Path
        from standpunt import cli, review
        folder, seed = Path(sys.argv[2]), sys.argv[1]
        corpus = sp.read_reports(seed, progress=False)
        table = sp.Positions.from_matrix(numpy.random.default_rng(1).integers(0, 2, (40, 20)))
        scores, tally = table.agreement(), table.tally()
        decision = {"do": "accept", "statement": "x" * 200, "by": "me", "at": "2025-01-01"}
        kept = folder / "kept.review.jsonl"
        review.append(kept, {**decision, "statement": "first"})
        before = kept.read_bytes()
        writers = {
            "corpus.json": corpus.save,
            "pairs.tally": tally.save,
            "alpha.tally": lambda path: sp.Positions.from_matrix(numpy.arange(900).reshape(9, 100) % 7).alpha_tally().save(path),
            "who.html": lambda path: corpus.agreement().heatmap().save(path),
            "who.svg": lambda path: corpus.agreement().network().save(path),
            "net.gexf": scores.ties.write,
            "net.graphml": scores.ties.write,
            "pairs.csv": lambda path: sp.write_csv(scores.frame, path),
            "page.html": lambda path: corpus.show().save(path),
            "kept.review.jsonl": lambda path: review.append(path, decision),
        }
        for command, name in (("read", "out.csv"), ("read", "out.parquet"), ("agree", "out.json"), ("report", "out.html"), ("link", "issues.csv")):
            def work(path, command=command):
                if cli.main([command, seed, "-o", str(path)]) != 0:
                    raise OSError("told on standard error")
            writers[f"{command}-{name}"] = work
        for name in writers:
            if name not in ("kept.review.jsonl",):
                (folder / name).write_text("old")
        resource.setrlimit(resource.RLIMIT_FSIZE, (150, resource.RLIM_INFINITY))
        for name, write in writers.items():
            try:
                write(folder / name)
                print(name, "was written")
            except (OSError, SystemExit):
                pass
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(sorted(set(os.listdir(folder)) - set(writers)))
        print([name for name in writers if name != kept.name and (folder / name).read_text() != "old"])
        print(kept.read_bytes() == before, len(writers))
        """,
        root / "seeds" / "reports",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.strip().split("\n")
    assert told[-3:] == ["[]", "[]", "True 15"], done.stdout + done.stderr
    assert not any("was written" in line for line in told), done.stdout


@unix
def test_memory_does_not_grow_over_ten_thousand_calls(root):
    done = run(
        """
        import gc, io, sys, numpy, pandas, pickle, standpunt as sp, warnings
        warnings.simplefilter("ignore")
        sp.set_threads(2)
        deal = numpy.random.default_rng(1)
        text = "Report of 6 June 2025\\n\\n1. Taxes\\n\\nMany member states, including France, supported the tax. Italy opposed it."
        rows = {"meeting": "m", "date_start": "2025-06-06", "issue": ["i", "j"], "named": "NL", "stance": ["support", "oppose"]}
        coded = pandas.DataFrame(rows)
        corpus = sp.parse_report(text)
        bad = pandas.DataFrame({"actor": ["a", "a"], "issue": [1, 1], "value": ["y", "n"]})

        def refused():
            try:
                sp.Positions(bad)
            except sp.InputError as error:
                return str(error)

        def table():
            return sp.Positions.from_matrix(deal.integers(0, 3, (5, 30)).astype(numpy.int8))

        dear = [
            lambda: sp.parse_report(text).statements,
            lambda: sp.read_statements(coded).positions,
            lambda: corpus.agreement().frame,
            lambda: repr(corpus) + corpus._repr_html_(),
            lambda: corpus.agreement().heatmap(),
            lambda: pickle.loads(pickle.dumps(corpus)),
            lambda: table().agreement(measure="kappa", bootstrap=20, seed=1).frame,
        ]
        cheap = [
            lambda: pickle.loads(pickle.dumps(table().tally() + table().tally())).array(),
            lambda: table().alpha("nominal"),
            lambda: sp.council.members("2025-03-04"),
            lambda: sp.match_labels(["the tax on sugar", "a fund"], ["sugar tax", "funds"]),
            lambda: list(corpus),
            lambda: corpus.text("report"),
            refused,
        ]
        sizes = []
        for round in range(3):
            for at in range(int(sys.argv[1]) // 2 if round else 1_000):
                calls = cheap if at % 20 else dear
                calls[(at if at % 20 else at // 20) % len(calls)]()
            gc.collect()
            sizes.append(pages(1))
        print(*sizes)
        """,
        10_000,
    )
    assert done.returncode == 0, done.stderr
    warm, half, end = map(int, done.stdout.split())
    # 100 bytes a call would be a megabyte.
    assert end - warm < 1_000_000, (warm, half, end)
