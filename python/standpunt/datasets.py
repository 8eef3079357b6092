"""Corpora that come with the package."""

from __future__ import annotations

from standpunt import _core
from standpunt.corpus import Corpus, concat, read_statements
from standpunt.reports import parse_report

__all__ = ["telecom"]


def telecom() -> Corpus:
    """Return four Telecom Councils, 2022 to 2025: one read from its Dutch report, three from coded openings.

    The coded three are partial: only the openings of their public reports were coded.

    >>> import standpunt as sp
    >>> len(list(sp.datasets.telecom()))
    4
    """
    report = parse_report(_core.SEED_REPORT, name=_core.SEED_REPORT_NAME)
    table = _core.read_csv("telecom-councils.csv", _core.SEED_TABLE.encode())
    return concat([report, read_statements(table)])
