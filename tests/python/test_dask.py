"""On a Dask cluster of two processes everything has the bytes of one machine, also where a worker dies."""

import itertools
import os
import pickle
import signal
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import standpunt as sp

distributed = pytest.importorskip("distributed")
dd = pytest.importorskip("dask.dataframe")
import standpunt.dask  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")

STATES = ["France", "Italy", "Spain", "Poland", "Sweden", "Austria", "Ireland", "Greece"]
SAID = ["supported", "opposed", "welcomed", "rejected", "called for", "warned against"]
THINGS = ["the tax on sugar", "a common register", "the new fund", "stricter rules for ports", "a longer transition"]
VOTES = ["no", "abstain", "yes"]
ACTORS, ISSUES = 40, 600


def write_reports(folder: Path, count: int) -> None:
    """Write reports of different days, each of different sentences."""
    deal = np.random.default_rng(8)
    for at in range(count):
        day = date(2020, 3, 1) + timedelta(days=at)
        said = [f"{deal.choice(STATES)} {deal.choice(SAID)} {deal.choice(THINGS)}." for _ in range(12)]
        text = f"Report of the Fisheries Council of {day.day} {day:%B} {day.year}\n\n1. Fisheries\n\n{' '.join(said[:6])}\n\n2. Taxes\n\n{' '.join(said[6:])}\n"
        (folder / f"{at:05}.txt").write_text(text, encoding="utf-8")


def write_votes(path: Path, group: int) -> pd.DataFrame:
    """Write a table of votes with `group` issues in a row group, and return it."""
    deal = np.random.default_rng(4)
    votes = pd.DataFrame(
        {
            "state": np.tile([f"state {at:03}" for at in range(ACTORS)], ISSUES),
            "roll_call": np.repeat([f"roll call {at:04}" for at in range(ISSUES)], ACTORS),
            "vote": deal.choice([*VOTES, "absent"], ACTORS * ISSUES),
            "weight": np.repeat(deal.integers(1, 9, ISSUES) / 7, ACTORS),
        }
    )
    pq.write_table(pa.Table.from_pandas(votes, preserve_index=False), path, row_group_size=group * ACTORS)
    return votes


TABLE = {
    "actor": "state",
    "issue": "roll_call",
    "value": "vote",
    "scale": "ordinal",
    "levels": VOTES,
    "missing": "absent",
}


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(sp.set_threads, 1)
        yield client


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_reports(folder, 48)
    (folder / "twice.txt").write_bytes((folder / "00003.txt").read_bytes())
    (folder / "broken.docx").write_bytes(b"no zip")
    return folder


@pytest.fixture(scope="module")
def votes(tmp_path_factory):
    path = tmp_path_factory.mktemp("votes") / "votes.parquet"
    return path, write_votes(path, 50)


class Dies(distributed.WorkerPlugin):
    """Kills the worker it is on when it has done some tasks, once."""

    def __init__(self, marker, tasks):
        self.marker, self.left = str(marker), tasks

    def transition(self, key, start, finish, **_):
        self.left -= finish == "memory"
        if self.left <= 0:
            try:
                os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(params=["all alive", "one dies"])
def workers(request, client, tmp_path):
    """Both workers; or, in a second run, one that is killed in the middle, which the test must see."""
    marker = tmp_path / "died"
    if request.param == "one dies":
        client.register_plugin(Dies(marker, 2), name="dies")
    yield
    if request.param == "one dies":
        client.unregister_worker_plugin("dies")
        assert marker.exists(), "no worker died"


def test_reports_give_the_bytes_of_one_machine(workers, reports):
    alone = sp.read_reports(reports)
    spread = sp.dask.read_reports(reports)
    assert len(spread) > 300
    assert len(spread.errors) == 2
    assert spread == alone
    assert pickle.dumps(spread) == pickle.dumps(alone)
    assert spread.provenance == alone.provenance
    assert pa.table(spread.agreement()).equals(pa.table(alone.agreement()))


def test_pairs_give_the_bytes_of_one_machine(workers, votes):
    path, frame = votes
    parts = dd.read_parquet(path, split_row_groups=1)
    assert parts.npartitions == 12
    for options in ({"measure": "agreement"}, {"measure": "kappa"}, {"measure": "s", "distance": "squared"}):
        alone = sp.Positions(frame, **TABLE).tally(**options)
        spread = sp.dask.agreement(parts, **options, **TABLE)
        assert pickle.dumps(spread) == pickle.dumps(alone)
    alone = sp.Positions(frame, **TABLE, weight="weight").tally()
    assert pickle.dumps(sp.dask.agreement(parts, **TABLE, weight="weight")) == pickle.dumps(alone)


@pytest.mark.parametrize("metric", ["nominal", "ordinal"])
def test_alpha_gives_the_bytes_of_one_machine(client, votes, metric):
    path, frame = votes
    spread = sp.dask.alpha(dd.read_parquet(path, split_row_groups=1), metric=metric, **TABLE)
    assert pickle.dumps(spread) == pickle.dumps(sp.Positions(frame, **TABLE).alpha_tally(metric))


def test_rows_in_any_order_are_brought_together(client, votes):
    _, frame = votes
    mixed = dd.from_pandas(frame.sample(frac=1, random_state=1), npartitions=5, sort=False)
    with pytest.raises(sp.InputError, match=r"issue 'roll call \d+' stands in two partitions; shuffle=True brings"):
        sp.dask.agreement(mixed, **TABLE)
    assert sp.dask.agreement(mixed, shuffle=True, **TABLE) == sp.Positions(frame, **TABLE).tally()


def test_a_bad_cell_is_named_with_its_partition(client, votes):
    _, frame = votes
    bad = frame.assign(vote=frame["vote"].where(frame.index != len(frame) - 1, "perhaps"))
    with pytest.raises(sp.InputError, match=r"partition 1: frame: row \d+.*column 'vote': 'perhaps'") as caught:
        sp.dask.agreement(dd.from_pandas(bad, npartitions=2, sort=False), shuffle=False, **TABLE)
    assert caught.value.column == "vote"
    with pytest.raises(sp.InputError, match=r"column: 'votes' is not one of .* \(did you mean 'vote'\?\)"):
        sp.dask.agreement(dd.from_pandas(frame, npartitions=2), actor="state", issue="roll_call", value="votes")
    with pytest.raises(sp.InputError, match=r"option: 'level' is not one of .* \(did you mean 'levels'\?\)"):
        sp.dask.agreement(dd.from_pandas(frame, npartitions=2), level=VOTES)


@pytest.mark.parametrize("options", [{}, {"weight": "weight"}, {"measure": "kappa"}])
def test_blocks_of_pairs_give_the_bytes_of_the_whole(client, votes, tmp_path, options):
    path, frame = votes
    parts = dd.read_parquet(path, split_row_groups=3)
    files = sp.dask.pair_blocks(parts, tmp_path / "out", block=11, **options, **TABLE)
    measure = options.get("measure", "agreement")
    table = {name: value for name, value in options.items() if name != "measure"}
    whole = pa.table(sp.Positions(frame, **TABLE, **table).tally(measure=measure)._inner.frame(0))
    blocks = [pq.read_table(file) for file in files]
    assert [file.name for file in files] == [
        f"pairs-{a:06}-{b:06}.parquet" for a, b in itertools.combinations_with_replacement(range(4), 2)
    ]
    assert sorted(files) == sorted((tmp_path / "out").iterdir())
    found = pa.concat_tables(blocks).sort_by([("actor_a", "ascending"), ("actor_b", "ascending")])
    assert found.equals(whole)
    with pytest.raises(sp.InputError, match="folder: expected an empty folder"):
        sp.dask.pair_blocks(parts, tmp_path / "out", **TABLE)


def test_without_a_cluster_dask_works_by_itself(votes, reports):
    path, frame = votes
    import dask

    with dask.config.set(scheduler="threads"):
        parts = dd.read_parquet(path, split_row_groups=3)
        assert sp.dask.agreement(parts, **TABLE) == sp.Positions(frame, **TABLE).tally()
        assert sp.dask.read_reports(reports) == sp.read_reports(reports)
