"""The engine against plain Python on random tables and group models; `tests/oracle/run.py` compares many more."""

import sys

import pytest


@pytest.fixture
def run(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "tests" / "oracle")
    yield __import__("run")
    for name in ("run", "scores", "groups"):
        sys.modules.pop(name)


def test_random_tables_and_models_score_as_their_formulas_say(run, capsys):
    assert run.main(["--tables", "300", "--models", "30", "--seed", "7"]) == 0
    assert capsys.readouterr().out.count(" 0 differ") == 2


def test_a_wrong_formula_is_noticed(run, monkeypatch):
    monkeypatch.setattr(run.scores, "ratio", lambda part, whole: part / whole + 1e-6 if whole else None)
    assert run.main(["--tables", "60", "--models", "0"]) == 1
