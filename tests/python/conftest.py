"""What several tests need."""

import json
from pathlib import Path

import pytest

import standpunt as sp

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def pandas_frames():
    sp.set_frames("pandas")
    yield
    sp.set_frames("pandas")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def seed():
    return sp.read_reports(ROOT / "seeds" / "reports")


@pytest.fixture(scope="session")
def coded():
    return sp.read_statements(ROOT / "seeds" / "coded" / "telecom-councils.csv")


@pytest.fixture(scope="session")
def cases():
    return lambda name: json.loads((ROOT / "tests" / "cases" / name).read_text(encoding="utf-8"))
