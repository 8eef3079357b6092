"""The command line: what it prints, writes and answers."""

import csv
import io
import json
import subprocess
import sys

import pyarrow.parquet
import pytest

import standpunt as sp


@pytest.fixture
def run(root, tmp_path):
    def command(*arguments):
        words = [sys.executable, "-m", "standpunt", *map(str, arguments)]
        done = subprocess.run(words, capture_output=True, cwd=tmp_path, timeout=120)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return command


def test_the_main_job_prints_what_is_known_and_writes_the_page(run, root, tmp_path):
    code, out, err = run("report", root / "seeds" / "reports")
    assert (code, err) == (0, "")
    for words in (
        "telecomraad-2025-03-04  informele Telecomraad, 4–5 March 2025, Warschau",
        "27 members",
        "Positions by topic",
        "many member states, including NL (9–22 members)",
        "Who certainly stands with whom",
        "What each side could decide by qualified majority",
        "NL: not identified, possible 1.00",
    ):
        assert words in out
    page = (tmp_path / "standpunt.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Blueprint Cyber" in page


def test_tables_come_in_every_format(run, root, tmp_path, coded):
    table = root / "seeds" / "coded" / "telecom-councils.csv"
    code, out, _ = run("read", table, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, len(rows), rows[0]["stance"], rows[0]["date_start"]) == (0, 15, "support", "2022-06-03")
    code, out, _ = run("agree", table, "--actors", "NL,BE", "--format", "json")
    assert [(row["actor_a"], row["actor_b"]) for row in json.loads(out)] == [("BE", "NL")]
    assert run("read", table, "--table", "meetings", "-o", "m.parquet") == (0, "", "")
    assert pyarrow.parquet.read_table(tmp_path / "m.parquet").num_rows == 3
    code, out, _ = run("agree", table, "--by", "topic", "--min-shared", "0.5")
    assert code == 0
    assert "actor_a" in out.splitlines()[0]


def test_what_is_written_reads_back_the_same(run, root, tmp_path, seed):
    run("read", root / "seeds" / "reports", "-o", "statements.csv")
    run("read", root / "seeds" / "reports", "-o", "safe.csv", "--spreadsheet-safe")
    for name in ("statements.csv", "safe.csv"):
        read = sp.read_statements(tmp_path / name)
        assert list(read.statements.statement) == list(seed.statements.statement)
        assert list(read.statements.quote) == list(seed.statements.quote)


def test_spreadsheet_safe_text_runs_no_formula(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("meeting,date_start,issue,named,stance,quote\nm,2025-03-04,i,NL,support,=1+1\n", encoding="utf-8")
    _, plain, _ = run("read", table, "--format", "csv")
    _, safe, _ = run("read", table, "--format", "csv", "--spreadsheet-safe")
    assert ",=1+1," in plain
    assert ",'=1+1," in safe


def test_mistakes_are_one_line_and_a_code(run, tmp_path):
    assert run("read", "nowhere.txt") == (1, "", "standpunt: nowhere.txt: no such file, folder or glob\n")
    (tmp_path / "t.csv").write_text("meeting,date_start,issue,named,stance\nm,2025-03-04,i,NL,suport\n")
    code, out, err = run("agree", "t.csv")
    assert (code, out) == (1, "")
    choice = "'suport' is not one of support, oppose, neutral (did you mean 'support'?)"
    assert err == f"standpunt: t.csv: row 1 (spreadsheet row 2), column 'stance': {choice}\n"
    code, _, err = run("agree", "t.csv", "--by", "week")
    assert code == 2
    assert "invalid choice: 'week'" in err
    assert run()[0] == 2
    assert run("--version") == (0, f"standpunt {sp.__version__}\n", "")


def test_a_failed_write_keeps_the_old_file(run, root, tmp_path):
    (tmp_path / "old.csv").write_text("old")
    code, _, _ = run("read", "nowhere.txt", "-o", "old.csv")
    assert (code, (tmp_path / "old.csv").read_text()) == (1, "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.csv"]


def test_nothing_steers_the_terminal(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "meeting,date_start,issue,named,stance\nm,2025-03-04,a\x1b[31m\u202eb,NL,support\n", encoding="utf-8"
    )
    for command in (("read", table), ("report", table)):
        _, out, _ = run(*command)
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\\u001b[31m\\u202eb" in out


def test_scripts_compare_decide_and_link(run, root, tmp_path, coded):
    table = root / "seeds" / "coded" / "telecom-councils.csv"
    sides = ("telecomraad-2022-06-03", "telecomraad-2025-06-06,telecomraad-2025-10-10")
    code, out, err = run("compare", "--in", table, *sides, "--format", "json")
    assert (code, err) == (0, "")
    found = coded.compare(sides[0], sides[1].split(","))
    assert [row["change"] for row in json.loads(out)] == list(found.shifts.change)
    windows = ("2022-01-01..2022-12-31", "2025-01-01..2025-12-31")
    assert run("compare", "--in", table, *windows, "--format", "json")[1] == out
    code, out, _ = run("majorities", table, "--rule", "simple", "--without", "DK,IE", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["verdict"] for row in rows] == list(coded.majorities(rule="simple", without=["DK", "IE"]).verdict)
    assert run("link", table, "-o", "issues.csv") == (0, "", "")
    assert (tmp_path / "issues.codebook.toml").read_text(encoding="utf-8") == coded.codebook()
    assert coded.relink(tmp_path / "issues.csv") == coded
    code, out, _ = run("link", table, "--table", "topics", "--format", "csv", "--draft", "book.toml")
    assert (code, out.split("\n")[0]) == (0, "topic,section,meeting,similarity,statements")
    assert (tmp_path / "book.toml").read_text(encoding="utf-8") == coded.codebook()
    assert run("link", table)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.toml", "issues.codebook.toml", "issues.csv"]
    code, _, err = run("compare", table, table)
    assert code == 1
    assert "expected meetings that are not on the earlier side too" in err


def test_a_page_keeps_text_text(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("meeting,date_start,issue,named,stance\nm,2025-03-04,<b>&i,NL,support\n", encoding="utf-8")
    _, page, _ = run("read", table, "--format", "html")
    assert "&lt;b&gt;&amp;i" in page
    assert "<b>" not in page
