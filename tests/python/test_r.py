"""What R's read.csv makes of a table that write_csv wrote; left out where there is no Rscript."""

import datetime
import shutil
import subprocess

import pandas as pd
import pytest

import standpunt as sp

pytestmark = pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no Rscript")

TEXTS = ['said "no", and\nleft', "Österreich; Ελλάδα", "it's #5", ""]
FRAME = pd.DataFrame(
    {
        "text": TEXTS,
        "may be missing": ["a", None, "TRUE", "1"],
        "n": pd.array([1, 2**40, None, -3], dtype="Int64"),
        "x": [0.1 + 0.2, 1e-300, float("inf"), None],
        "yes": pd.array([True, False, None, True], dtype="boolean"),
        "day": [datetime.date(2025, 3, 4), None, None, datetime.date(1999, 1, 1)],
    }
)


def read_in_r(path, options, *asked):
    """Return what R prints of each expression over the frame f it read."""
    script = f'f <- read.csv("{path}"{options}, encoding = "UTF-8");'
    script += "".join(f"cat({expression}, sep = '|'); cat('\\n');" for expression in asked)
    ran = subprocess.run(["Rscript", "-e", script], capture_output=True, check=True, encoding="utf-8")
    return ran.stdout.splitlines()


def test_r_reads_types_texts_and_what_is_missing(tmp_path):
    path = tmp_path / "frame.csv"
    sp.write_csv(FRAME, path)
    kinds, names, texts, missing, numbers, days = read_in_r(
        path,
        "",
        "sapply(f, class)",
        "names(f)",
        "sapply(f$text, function(x) paste(utf8ToInt(enc2utf8(x)), collapse = ' '))",
        "sapply(f, function(x) paste(which(is.na(x)), collapse = ' '))",
        "c(f$x[1] == 0.1 + 0.2, f$x[2] == 1e-300, f$x[3] == Inf, f$n[2] == 2^40, f$n[4] == -3, f$yes[1], !f$yes[2])",
        "format(as.Date(f$day))",
    )
    assert kinds.split("|") == ["character", "character", "numeric", "numeric", "logical", "character"]
    assert names.split("|") == ["text", "may.be.missing", "n", "x", "yes", "day"]
    assert texts.split("|") == [" ".join(str(ord(letter)) for letter in text) for text in TEXTS]
    assert missing.split("|") == ["", "2", "3", "4", "3", "2 3"]
    assert numbers.split("|") == ["TRUE"] * 7
    assert days.split("|") == ["2025-03-04", "NA", "NA", "1999-01-01"]


def test_r_reads_the_code_na_as_the_warning_says(tmp_path):
    path = tmp_path / "frame.csv"
    frame = pd.DataFrame({"state": ["NA", "NL", None], "n": pd.array([1, None, 3], dtype="Int64"), "x": [None, 0.5, 1]})
    with pytest.warns(sp.StandpuntWarning, match=r'read.csv\(path, na.strings = ""\)'):
        sp.write_csv(frame, path)
    kinds, states, missing = read_in_r(
        path,
        ', na.strings = ""',
        "sapply(f, class)",
        "f$state[1:2]",
        "sapply(f, function(x) paste(which(is.na(x)), collapse = ' '))",
    )
    assert kinds.split("|") == ["character", "integer", "numeric"]
    assert (states, missing) == ("NA|NL", "3|2|1")
