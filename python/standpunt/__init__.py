"""Reads reports of Council meetings into coded positions and scores the agreement between them.

corpus = sp.read_reports("seeds/reports")
corpus.statements
corpus.agreement()
"""

from __future__ import annotations

from standpunt import council, datasets
from standpunt._core import __VERSION__ as __version__
from standpunt.agreement import Agreement
from standpunt.arguments import set_threads
from standpunt.coding import CodingComparison, coder_error, codings, compare_codings, statement_schema
from standpunt.coefficients import (
    alpha,
    cohesion,
    consensus,
    esteban_ray,
    group_consensus,
    policy_agreement,
    reliability,
)
from standpunt.compare import Comparison, match_labels
from standpunt.congruence import Congruence, Polarisation, TwoMode
from standpunt.corpus import Corpus, concat, load, read_statements, show_versions
from standpunt.errors import (
    FormatError,
    InputError,
    InternalError,
    LanguageError,
    LimitError,
    StandpuntError,
    StandpuntWarning,
)
from standpunt.frames import set_frames
from standpunt.output import write_csv
from standpunt.pair_scores import PairScores
from standpunt.positions import Positions
from standpunt.progress import set_progress
from standpunt.reports import check_lexicon, iter_reports, parse_report, read_reports
from standpunt.rolling import Rolling
from standpunt.tallies import AlphaTally, CohesionTally, PairTally
from standpunt.ties import Ties

__all__ = [
    "Agreement",
    "AlphaTally",
    "CodingComparison",
    "CohesionTally",
    "Comparison",
    "Corpus",
    "FormatError",
    "InputError",
    "InternalError",
    "LanguageError",
    "LimitError",
    "Congruence",
    "PairScores",
    "PairTally",
    "Polarisation",
    "Positions",
    "Rolling",
    "StandpuntError",
    "StandpuntWarning",
    "Ties",
    "TwoMode",
    "__version__",
    "alpha",
    "check_lexicon",
    "coder_error",
    "codings",
    "cohesion",
    "compare_codings",
    "concat",
    "consensus",
    "council",
    "datasets",
    "esteban_ray",
    "group_consensus",
    "iter_reports",
    "load",
    "match_labels",
    "parse_report",
    "policy_agreement",
    "read_reports",
    "read_statements",
    "reliability",
    "set_frames",
    "set_progress",
    "set_threads",
    "show_versions",
    "statement_schema",
    "write_csv",
]
