"""Work that outgrows one machine: reports and tables of positions on a Dask cluster.

Results are those of one machine, to the bit, for any number of workers and partitions. Work goes to the cluster of the
current `dask.distributed.Client`, or to Dask's local scheduler where there is none. A worker that dies loses nothing:
Dask does its tasks again elsewhere. Needs the extra `dask`, and on every worker the same version of Standpunt.

A worker process takes all processors of its machine; where several share one, divide them first:
`client.run(sp.set_threads, 1)`.

Come here when a table does not fit in the memory of one machine, or reading takes hours; not for speed on one machine,
whose processors every call uses already. What it costs: a worker takes some 200 MB before it begins, then one partition
and a few tallies (12 to 36 bytes a pair of actors) at a time; reports travel back once, as what was read of them.
Votes of 1,000 actors in row groups of 100,000 rows, memory above an idle process, measured:

======== ============== ==============
rows     one process    largest worker
======== ============== ==============
5 000 k  400 MB         153 MB
10 000 k 700 MB         196 MB
20 000 k 1235 MB        191 MB
======== ============== ==============

`tests/bench/cluster.py` prints this with times, for one and two workers.

A reckoning, for 10^8 statements of 10^5 actors: reading them, at one statement in some 120 bytes and 4 MB/s a core, is
12 GB of text and about 50 core-minutes; one corpus of them would take some 30 GB, so workers take `iter_reports` and
keep tables. One tally of 5 * 10^9 pairs would take 180 GB while it is made, so `pair_blocks` cuts the square: in blocks
of 1,000 actors it has 5,050 tasks of at most 72 MB, which read each row 101 times (10^10 rows, some 11 core-hours at
250,000 rows a second) and leave about 60 GB of Parquet. Every file is a task of its own: what fails is redone alone.

>>> import pandas, dask.dataframe, standpunt as sp, standpunt.dask
>>> votes = pandas.DataFrame({"actor": ["BE", "NL"] * 2, "issue": [1, 1, 2, 2], "value": list("yyny")})
>>> tally = sp.dask.agreement(dask.dataframe.from_pandas(votes, npartitions=2), shuffle=True)
>>> tally == sp.Positions(votes).tally()
True
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from standpunt.arguments import SizeTable
from standpunt.coefficients import METRICS, Metric
from standpunt.corpus import Corpus, noted
from standpunt.declaration import Missing, Scale, text
from standpunt.errors import InputError, InternalError
from standpunt.frames import choose
from standpunt.output import encode
from standpunt.paths import find_files, write_file
from standpunt.positions import DISTANCES, MEASURES, Distance, Measure, Positions, Salience, choose_salience
from standpunt.reports import Lexicon, Reader, batches, decided, reader_of
from standpunt.tallies import AlphaTally, PairTally, Tally

try:
    import dask.bag
    import dask.dataframe
except ImportError as error:
    raise ImportError("standpunt.dask needs Dask: pip install 'standpunt[dask]'") from error

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["Columns", "agreement", "alpha", "pair_blocks", "read_reports"]

TOGETHER = 8
"""Tallies that one task adds up."""


class Columns(TypedDict, total=False):
    """The columns of a table and what its values mean: options that are those of `Positions`."""

    actor: str
    issue: str
    value: str
    meeting: str | None
    weight: str | None
    salience: str | None
    scale: Scale
    levels: Sequence[Any] | None
    range: tuple[float, float] | None
    missing: Missing


def read_reports(
    paths: Any,
    *,
    language: str | None = None,
    encoding: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
    lexicon: Lexicon | None = None,
    quantifiers: SizeTable | None = None,
    reader: Reader | None = None,
    lookalikes: bool = False,
    limits: Mapping[str, int] | None = None,
    follow: bool = False,
    review: bool = True,
    strict: bool = False,
) -> Corpus:
    """Read reports on the cluster and join their issues here: the corpus that `standpunt.read_reports` gives.

    Args:
        paths: What `standpunt.read_reports` takes, or a `dask.bag.Bag` of paths. Every worker must see the files under
            these paths, also those of `codebook`, `lexicon` and `quantifiers`.

    The other options, and what is raised, are those of `standpunt.read_reports`.
    """
    given = paths.compute() if isinstance(paths, dask.bag.Bag) else paths
    files = [(str(path), name) for path, name in find_files(given, follow=follow)]
    strict = strict or len(files) == 1
    options = (language, encoding, codebook, lexicon, quantifiers, reader, lookalikes, limits, strict)
    core = reader_of(*options)
    parts = dask.compute(*[dask.delayed(_read)(batch, options) for batch in batches(files)])
    read = core.gather([(path, corpus._inner) for part in parts for path, corpus in part])
    return noted(decided(*read, files, None, codebook, review), {name: path for path, name in files})


def _read(batch: list[tuple[str, str]], options: Any) -> list[tuple[str, Corpus]]:
    """Return the path and the corpus of each of some files."""
    return [(path, Corpus._of(core)) for path, core, _ in reader_of(*options).each(batch)]


def agreement(
    frame: Any,
    *,
    measure: Measure = "agreement",
    distance: Distance = "absolute",
    counting: Salience | None = None,
    shuffle: bool = False,
    **columns: Unpack[Columns],
) -> PairTally:
    """Return what the scores of all pairs of actors are made of: the tally that `Positions.tally` gives of the whole.

    A partition is held by one worker at a time, and a tally for each of its tasks; tallies are added up in a tree.

    Args:
        frame: A Dask dataframe with one row an actor and issue.
        measure: The measure, as in `Positions.agreement`.
        distance: How distance grows on a scale with an order.
        counting: What the column `salience=` makes of an issue's weight, as `salience=` in `Positions.agreement`.
        shuffle: Whether to bring the rows of each issue together first, which sends the table through the cluster once.
            Without it each issue must stand in one partition.
        columns: The columns and the scale, as in `Positions`.

    Raises:
        InputError: As `Positions` does, naming partition (from 0) and row in it; without `shuffle` for an issue that
            stands in two partitions.
        LimitError: For more pairs than one tally can hold; see `pair_blocks`.
    """
    choose("measure", measure, MEASURES)
    choose("distance", distance, DISTANCES)
    choose_salience(counting)
    weight = _known(columns).get("weight")
    heaviest = None if weight is None else float(frame[weight].max().compute())
    tally = partial(Positions.tally, measure=measure, distance=distance, salience=counting, heaviest=heaviest)
    tallied: PairTally = _in_a_tree(frame, columns, tally, shuffle)
    return tallied


def alpha(frame: Any, *, metric: Metric = "nominal", shuffle: bool = False, **columns: Unpack[Columns]) -> AlphaTally:
    """Return what Krippendorff's alpha is made of: the tally that `Positions.alpha_tally` gives of the whole.

    The options are those of `agreement`, `metric` that of `Positions.alpha`.
    """
    choose("metric", metric, METRICS)
    tallied: AlphaTally = _in_a_tree(frame, _known(columns), partial(Positions.alpha_tally, metric=metric), shuffle)
    return tallied


def _known(columns: Columns) -> Columns:
    for name in columns:
        choose("option", name, tuple(Columns.__annotations__))
    return columns


def _used(frame: Any, columns: Columns, shuffle: bool) -> tuple[Any, list[str]]:
    """Return the columns that are needed, and those that name an issue, whose rows are together with `shuffle`."""
    keys = [columns.get("issue", "issue"), columns.get("meeting")]
    others = [
        columns.get("actor", "actor"),
        columns.get("value", "value"),
        columns.get("weight"),
        columns.get("salience"),
    ]
    wanted = [name for name in dict.fromkeys([*keys, *others]) if name is not None]
    for name in wanted:
        choose("column", name, tuple(frame.columns))
    units = [name for name in keys if name is not None]
    frame = frame[wanted]
    return (frame.shuffle(on=units) if shuffle else frame), units


def _in_a_tree(frame: Any, columns: Columns, tally: Callable[[Positions], Any], shuffle: bool) -> Any:
    frame, units = _used(frame, columns, shuffle)
    parts = frame.to_delayed()
    tallied = [dask.delayed(_tallied)(part, at, columns, units, tally) for at, part in enumerate(parts)]
    while len(tallied) > 1:
        tallied = [dask.delayed(_added)(tallied[at : at + TOGETHER]) for at in range(0, len(tallied), TOGETHER)]
    ((whole, _),) = dask.compute(*tallied)
    if whole is None:
        raise InputError("frame: no partition has a row")
    return whole


def _tallied(
    part: Any, at: int, columns: Columns, units: list[str], tally: Callable[[Positions], Tally]
) -> tuple[Tally | None, set[Any]]:
    """Return the tally of a partition, and its issues."""
    if len(part) == 0:
        return None, set()
    return tally(_positions(part, at, columns)), _issues(part, units)


def _positions(part: Any, at: int, columns: Columns) -> Positions:
    try:
        return Positions(part, **columns)
    except InputError as error:
        raise InputError(f"partition {at}: {error}", error.row, error.column) from None


def _issues(part: Any, units: list[str]) -> set[Any]:
    return set(part[units].drop_duplicates().itertuples(index=False, name=None))


def _added(tallied: list[tuple[Any, set[Any]]]) -> tuple[Any, set[Any]]:
    """Return the tally of several, and their issues.

    Raises:
        InputError: Where an issue stands in two of them.
    """
    whole, seen = tallied[0]
    for tally, issues in tallied[1:]:
        seen = _together(seen, issues)
        whole = tally if whole is None else whole if tally is None else whole + tally
    return whole, seen


def _together(seen: set[Any], issues: set[Any]) -> set[Any]:
    twice = seen & issues
    if twice:
        issue = ", ".join(map(str, min(twice, key=str)))
        raise InputError(f"frame: issue '{issue}' stands in two partitions; shuffle=True brings its rows together")
    return seen | issues


def pair_blocks(
    frame: Any,
    folder: str | os.PathLike[str],
    *,
    measure: Measure = "agreement",
    distance: Distance = "absolute",
    block: int = 1000,
    shuffle: bool = False,
    **columns: Unpack[Columns],
) -> list[Path]:
    """Score the pairs of more actors than one tally holds: the square of pairs in blocks, each a Parquet file.

    The rows are first written to `folder/rows` by block of actors, so that a block of pairs reads only those of its
    actors; then a task a block adds up the tallies of its partitions one after the other and writes
    `folder/pairs-A-B.parquet` with the columns actor_a, actor_b, the measure's name and shared. Every pair is in one
    file. All workers must see the folder. A worker holds one partition of its actors and one tally of up to twice
    `block` actors a task.

    Args:
        folder: Where to write; a folder that is not there yet, or empty.
        block: Actors in a block, in order of name. A tally of two blocks takes about 36 bytes a pair while it is made.

    The other options, and what is raised, are those of `agreement`.

    Returns:
        The files, in order. `dask.dataframe.read_parquet` reads them as one table.
    """
    choose("measure", measure, MEASURES)
    choose("distance", distance, DISTANCES)
    if isinstance(block, bool) or not isinstance(block, int) or block < 1:
        raise InputError(f"block: expected a whole number from 1 on, got {block!r}")
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"folder: expected an empty folder, got {folder}")
    frame, units = _used(frame, _known(columns), shuffle)
    actor, weight = columns.get("actor", "actor"), columns.get("weight")
    names = sorted({text(name) for name in frame[actor].dropna().unique().compute()})
    heaviest = None if weight is None else float(frame[weight].max().compute())
    tally = partial(Positions.tally, measure=measure, distance=distance, heaviest=heaviest)
    cut = {name: at // block for at, name in enumerate(names)}
    of_block = [names[at : at + block] for at in range(0, len(names), block)]
    rows = folder / "rows"
    rows.mkdir(parents=True)
    shared = dask.delayed(cut)
    parts = frame.to_delayed()
    spilled = dask.compute(*[dask.delayed(_spilled)(p, at, actor, shared, units, rows) for at, p in enumerate(parts)])
    seen: set[Any] = set()
    for issues in spilled:
        seen = _together(seen, issues)
    written = [
        dask.delayed(_scored)(rows, len(parts), (a, b), (of_block[a], of_block[b]), columns, tally, folder)
        for a, b in combinations_with_replacement(range(len(of_block)), 2)
    ]
    files = list(dask.compute(*written))
    shutil.rmtree(rows)
    return files


def _spilled(part: Any, at: int, actor: str, cut: dict[str, int], units: list[str], rows: Path) -> set[Any]:
    """Write the rows of a partition by block of actors, and return its issues."""
    import pyarrow

    blocks = {name: cut[text(name)] for name in part[actor].dropna().unique()}
    for number, own in part.groupby(part[actor].map(blocks)):
        write_file(_rows_file(rows, int(number), at), encode(pyarrow.table(own), "parquet", False))
    return _issues(part, units)


def _rows_file(rows: Path, block: int, part: int) -> Path:
    return rows / f"{block:06}-{part:06}.parquet"


def _scored(
    rows: Path,
    parts: int,
    blocks: tuple[int, int],
    names: tuple[list[str], list[str]],
    columns: Columns,
    tally: Callable[[Positions], PairTally],
    folder: Path,
) -> Path:
    """Write the scores of the actors of one block with those of another, and return the file."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    whole = None
    for at in range(parts):
        files = [_rows_file(rows, block, at) for block in dict.fromkeys(blocks)]
        own = [pyarrow.parquet.read_table(file) for file in files if file.exists()]
        if own:
            part = tally(_positions(pyarrow.concat_tables(own), at, columns))
            whole = part if whole is None else whole + part
    if whole is None:
        raise InternalError(f"no rows of the actors of blocks {blocks}")
    scores = pyarrow.table(whole._inner.frame(0))
    if blocks[0] != blocks[1]:
        of = [
            pyarrow.compute.is_in(scores[f"actor_{side}"], pyarrow.array(own))
            for side, own in zip("ab", names, strict=True)
        ]
        scores = scores.filter(pyarrow.compute.and_(*of))
    file = folder / f"pairs-{blocks[0]:06}-{blocks[1]:06}.parquet"
    write_file(file, encode(scores, "parquet", False))
    return file
