"""Every notebook runs from its first cell to its last; what it shows is looked at in a browser."""

import json

import pytest

NAMES = ["01-the-seed-report", "02-what-could-they-decide", "03-what-changed", "04-a-large-vote-table"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs(name, root, monkeypatch):
    folder = root / "seeds/notebooks"
    monkeypatch.chdir(folder)
    cells = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    values = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), values)


def test_every_notebook_is_run(root):
    assert sorted(path.stem for path in (root / "seeds/notebooks").glob("*.ipynb")) == NAMES
