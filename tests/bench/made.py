"""Material of any size for the benchmarks: reports of sentences dealt anew, and votes in Parquet."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
PLAIN = [
    "De vergadering begon met een toelichting op de stukken die vooraf waren rondgestuurd.",
    "In de middag volgde een werkbezoek aan het nieuwe havengebied, dat in 2019 werd geopend.",
    "De rapporten die ten grondslag liggen aan de bespreking zijn te vinden op de website van de Raad.",
    "Sinds het begin van het jaar zijn er twaalf bijeenkomsten van deskundigen gehouden.",
    "Het verslag van de vorige bijeenkomst werd zonder wijzigingen vastgesteld.",
    "De agenda vermeldde verder een korte toelichting op de planning van het komende halfjaar.",
]


def write_reports(folder: Path, count: int, copies: int = 1, plain: int = 0) -> int:
    """Write reports of different days: the seed's sentences dealt anew within each item, `copies` times over, with
    `plain` sentences that hold no position behind each of them. Return the bytes."""
    seed = (ROOT / "seeds/reports/verslag-informele-telecomraad-2025-03.txt").read_text(encoding="utf-8")
    start = seed.index("1. Werksessie")
    head, body = seed[:start], seed[start:]
    deal = random.Random(1)
    paragraphs = [SENTENCE.split(paragraph) for paragraph in body.split("\n\n")]
    size = 0
    for number in range(count):
        day = date(2021, 1, 1) + timedelta(days=number)
        text = [head.replace("4-5 maart 2025", f"{day.day} {MONTHS[day.month - 1]} {day.year}")]
        for sentences in paragraphs:
            dealt = [sentence for _ in range(copies) for sentence in deal.sample(sentences, len(sentences))]
            text.append(" ".join(" ".join([sentence, *deal.choices(PLAIN, k=plain)]) for sentence in dealt))
        size += (folder / f"report-{number:05}.txt").write_bytes("\n\n".join(text).encode())
    return size


def write_votes(path: Path, actors: int, issues: int, group: int) -> int:
    """Write votes of `actors` on `issues`, `group` issues in a row group, never holding more; return the rows."""
    import numpy
    import pyarrow
    import pyarrow.parquet

    deal = numpy.random.default_rng(1)
    names = numpy.array([f"member {at:05}" for at in range(actors)])
    kinds = numpy.array(["no", "abstain", "yes", "absent"])
    schema = pyarrow.schema([("actor", "string"), ("issue", "int64"), ("value", "string")])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, issues, group):
            own = numpy.arange(first, min(first + group, issues))
            columns = [numpy.tile(names, len(own)), own.repeat(actors), kinds[deal.integers(0, 4, actors * len(own))]]
            writer.write_table(pyarrow.table(columns, schema=schema), row_group_size=group * actors)
    return actors * issues
