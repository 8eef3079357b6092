"""Every bad input has its number, and every number a test.

| numbers | what | where |
|---|---|---|
| 1 to 26 | texts | `test_bad_texts.py` |
| 27 to 39 | files | `test_bad_files.py` |
| 40 to 57 | coded tables | `test_bad_coded_tables.py` |
| 58 to 60 | calls | `test_bad_calls.py` |
"""

import re
from pathlib import Path

TABLES = {"texts": range(1, 27), "files": range(27, 40), "coded_tables": range(40, 58), "calls": range(58, 61)}


def test_every_number_is_tried_where_the_table_says():
    for name, numbers in TABLES.items():
        source = Path(__file__).with_name(f"test_bad_{name}.py").read_text(encoding="utf-8")
        tried = [int(number) for number in re.findall(r"^def test_(\d\d)_", source, re.MULTILINE)]
        assert sorted(set(tried)) == list(numbers)
        assert tried == sorted(tried), "tests stand in the order of their numbers"
