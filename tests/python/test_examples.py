"""The examples in the docstrings run and give what they show."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["coefficients", "positions", "rolling", "tallies"])
def test_examples_give_what_they_show(name):
    found = doctest.testmod(importlib.import_module(f"standpunt.{name}"))
    assert found.failed == 0
    assert found.attempted > 0
