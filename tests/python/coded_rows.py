"""A coded table, every row like one but for what is said of it."""

import pandas as pd

ROW = {
    "meeting": "m",
    "date_start": "2025-03-04",
    "topic": "t",
    "issue": "i",
    "institution": None,
    "named": "NL",
    "excluded": "",
    "quantifier": None,
    "stance": "support",
}


def table(*rows):
    return pd.DataFrame([{**ROW, **row} for row in rows])
