"""The examples in the docstrings run and give what they show."""

import doctest
import importlib
import inspect

import pytest

import standpunt as sp

MODULES = [
    "agreement",
    "coding",
    "coefficients",
    "compare",
    "completed",
    "congruence",
    "corpus",
    "council",
    "datasets",
    "errors",
    "frames",
]
MODULES += ["dask", "output", "pair_scores", "positions", "reports", "rolling", "scored", "tallies", "ties"]
PLAIN = {"FormatError", "InternalError", "LanguageError", "LimitError", "StandpuntWarning"}


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
def test_examples_give_what_they_show(name):
    found = doctest.testmod(importlib.import_module(f"standpunt.{name}"))
    assert found.failed == 0
    assert found.attempted > 0


def test_every_public_function_and_class_has_an_example():
    for name in sp.__all__:
        value = getattr(sp, name)
        if (inspect.isclass(value) or inspect.isfunction(value)) and name not in PLAIN:
            members = vars(value).values() if inspect.isclass(value) else []
            shown = [inspect.getdoc(value), *(inspect.getdoc(member) for member in members)]
            assert any(">>>" in (text or "") for text in shown), name
