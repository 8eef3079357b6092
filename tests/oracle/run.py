"""Random tables and random group models, scored by the engine and by plain Python: they must not differ.

    python tests/oracle/run.py                       # 100,000 tables, 10,000 group models
    python tests/oracle/run.py --tables 500 --models 50 --seed 7 --processes 4

Needs the package installed. Ends with the numbers compared and exit code 1 where any differs by more than 1e-9.
"""

import argparse
import multiprocessing
import random
import sys
import time
import warnings
from concurrent.futures import ProcessPoolExecutor

import groups
import numpy
import pandas
import pyarrow
import scores

import standpunt as sp

TOLERANCE = 1e-9
SHARE = 250
PLAIN = ("agreement", "agree2", "agree3", "s")
COUNTED = ("kappa", "weighted_kappa", "pi", "weighted_pi", "excess_s", "tau_b")
NOMINAL = ("agreement", "agree2", "kappa", "pi")
BALLOT = ["no", "abstain", "yes"]


class Differences:
    """What was compared, and where the two do not agree."""

    def __init__(self):
        self.compared = 0
        self.found = []

    def compare(self, engine, oracle, what):
        """One number, or its absence, from both sides."""
        self.compared += 1
        engine = None if engine is None or engine != engine else float(engine)
        oracle = None if oracle is None else float(oracle)
        same = engine is oracle if None in (engine, oracle) else abs(engine - oracle) <= TOLERANCE
        if not same:
            self.found.append(f"{what}: engine {engine}, oracle {oracle}")


def tables(count, draw, differences):
    """Random tables of every scale, with gaps and weights, each under one measure, alpha and cohesion."""
    for number in range(count):
        actors, issues = draw.randint(2, 6), draw.randint(1, 12)
        scale = draw.choice(["nominal", "ordinal", "interval"])
        ballot = scale != "interval" and draw.random() < 0.4
        levels = 3 if ballot else draw.randint(2, 6)
        gaps = draw.choice([0.0, 0.2, 0.6])
        rows = [
            [None if draw.random() < gaps else value(scale, levels, draw) for _ in range(issues)] for _ in range(actors)
        ]
        weights = [1.0] * issues
        if draw.random() < 0.4:
            weights = [draw.choice([0.0, 0.5, 1.0, 3.0, draw.uniform(0, 10)]) for _ in range(issues)]
        weighted = weights != [1.0] * issues
        table = engine_table(rows, scale, levels, ballot, weights if weighted else None)
        allowed = NOMINAL if scale == "nominal" else PLAIN if scale == "interval" else PLAIN + COUNTED
        allowed = [m for m in allowed if (ballot or m not in ("agree2", "agree3")) and not (weighted and m in COUNTED)]
        measure = draw.choice(allowed)
        squared = draw.random() < 0.3
        what = f"table {number}, {scale}, {measure}{' squared' * squared}"
        found = pyarrow.table(table.agreement(measure=measure, distance="squared" if squared else "absolute"))
        found = found.select(["actor_a", "actor_b", measure, "shared"]).to_pylist()
        wide = 5.0 if scale == "interval" else 2 if measure in ("agree2", "agree3") else levels - 1
        nominal = scale == "nominal" and measure != "agree3"
        for row in found:
            two = [rows[int(row[name])] for name in ("actor_a", "actor_b")]
            score, shared = scores.pair(
                *two, measure, weights=weights, width=wide, levels=levels, nominal=nominal, squared=squared
            )
            differences.compare(row[measure], score, f"{what}, {row['actor_a']} {row['actor_b']}")
            differences.compare(row["shared"], shared, f"{what}, {row['actor_a']} {row['actor_b']}, shared")
        of_all(table, rows, scale, ballot, draw, differences, what)


def value(scale, levels, draw):
    """One position: a level, or a number from -2 to 3."""
    if scale != "interval":
        return draw.randrange(levels)
    return draw.uniform(-2, 3) if draw.random() < 0.7 else float(draw.randint(-2, 3))


def engine_table(rows, scale, levels, ballot, weights):
    """The table as the engine takes it; actors are called by their number."""
    options = {"scale": scale, "weights": weights}
    if scale == "interval":
        options["range"] = (-2, 3)
        rows = [[float("nan") if value is None else value for value in row] for row in rows]
    else:
        names = BALLOT if ballot else [f"level {level}" for level in range(levels)]
        options["levels"] = names
        rows = [[None if value is None else names[value] for value in row] for row in rows]
    array = numpy.array(rows, dtype=float if scale == "interval" else object)
    return sp.Positions.from_matrix(array, actors=[str(at) for at in range(len(rows))], **options)


def of_all(table, rows, scale, ballot, draw, differences, what):
    """Alpha of the whole table, and the cohesion of all actors on each issue."""
    metric = draw.choice(["nominal"] if scale == "nominal" else ["nominal", "ordinal", "interval"])
    differences.compare(table.alpha(metric), scores.alpha(rows, metric), f"{what}, alpha {metric}")
    if ballot:
        measure = draw.choice(["rice", "attina", "hix_noury_roland"])
        for row in table.cohesion(measure).to_pylist():
            votes = [actor[int(row["issue"])] for actor in rows]
            value = scores.cohesion(votes.count(2), votes.count(0), votes.count(1), measure)
            differences.compare(row[measure], value, f"{what}, {measure} of {row['issue']}")


def models(count, draw, differences):
    """Random statements of named states and groups on small rosters."""
    for number in range(count):
        roster = "ABCDEFG"[: draw.randint(2, 6)]
        cells = [(draw.choice([1, 1, 2, 0.5]), cell(roster, draw)) for _ in range(draw.randint(1, 3))]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", sp.StandpuntWarning)
            corpus = sp.read_statements(frame(cells), roster=list(roster))
        for silence in ("apart", "category"):
            expected = groups.agreement(roster, cells, silence)
            for row in pyarrow.table(corpus.agreement(silence=silence)).to_pylist():
                two = (row["actor_a"], row["actor_b"])
                for name, value in expected[two].items():
                    differences.compare(row[name], value, f"model {number}, {silence}, {two}, {name}")
        of_states = {f"i{at}": groups.positions(roster, statements) for at, (_, statements) in enumerate(cells)}
        for row in corpus.positions.to_pylist():
            chances = of_states[row["issue"]][row["actor"]] or [None] * 3
            for name, value in zip(("p_support", "p_oppose", "p_neutral"), chances, strict=True):
                differences.compare(row[name], value, f"model {number}, {row['actor']}, {row['issue']}, {name}")


def cell(roster, draw):
    """Statements on one issue; now and then one that contradicts itself or another."""
    statements = []
    for _ in range(draw.randint(1, 4)):
        named = set(draw.sample(roster, draw.choice([0, 0, 1, 1, 2])))
        others = roster if draw.random() < 0.1 else sorted(set(roster) - named)
        excluded = set(draw.sample(others, min(len(others), draw.choice([0, 0, 0, 1, 2]))))
        kind = draw.choice(["names", "sizes", "sizes", "few", "all"][not named :])
        lo = 2 if kind == "few" else draw.randint(0, len(roster))
        statements.append(
            {
                "stance": draw.choice(["support", "support", "oppose", "oppose", "neutral"]),
                "named": named,
                "excluded": excluded,
                "kind": kind,
                "lo": lo,
                "hi": 5 if kind == "few" else draw.randint(lo, len(roster)),
                "group": draw.choice([None, None, None, "g"]),
            }
        )
    return statements


def frame(cells):
    """The table of statements that an analyst would write."""
    rows = []
    for at, (weight, statements) in enumerate(cells):
        for number, statement in enumerate(statements):
            sized = statement["kind"] == "sizes"
            rows.append(
                {
                    "meeting": "m",
                    "date_start": "2025-03-04",
                    "topic": "t",
                    "issue": f"i{at}",
                    "proposition": f"p{number}",
                    "named": " ".join(sorted(statement["named"])),
                    "excluded": " ".join(sorted(statement["excluded"])),
                    "quantifier": {"names": "named_only", "sizes": None}.get(statement["kind"], statement["kind"]),
                    "size_lo": statement["lo"] if sized else None,
                    "size_hi": statement["hi"] if sized else None,
                    "stance": statement["stance"],
                    "group": statement["group"] and f"{statement['group']}{at}{statement['stance']}",
                    "weight": weight,
                }
            )
    return pandas.DataFrame(rows).astype({"size_lo": "Int64", "size_hi": "Int64"})


def share(work, count, seed):
    """One share of the work; its seed depends on its place alone, so the number of processes changes nothing."""
    sp.set_frames("pyarrow")
    differences = Differences()
    work(count, random.Random(seed), differences)
    return differences


def compare_all(work, count, options):
    """Every share of the work, each in one of the processes."""
    sizes = [min(SHARE, count - start) for start in range(0, count, SHARE)]
    seeds = [f"{options.seed} {number}" for number in range(len(sizes))]
    if options.processes == 1:
        return [share(work, *one) for one in zip(sizes, seeds, strict=True)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.processes, mp_context=spawn) as pool:
        return list(pool.map(share, [work] * len(sizes), sizes, seeds))


def main(arguments=None):
    """Compare; the exit code says whether anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=100_000)
    parser.add_argument("--models", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args(arguments)
    failed = False
    for name, work, count in [("tables", tables, options.tables), ("group models", models, options.models)]:
        start = time.perf_counter()
        shares = compare_all(work, count, options)
        compared = sum(one.compared for one in shares)
        found = [difference for one in shares for difference in one.found]
        took = time.perf_counter() - start
        print(f"{count:,} {name}: {compared:,} numbers, {len(found)} differ, {took:.0f} s", flush=True)
        print("\n".join(found[:20]))
        failed |= bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
