"""The README's Python runs as it stands, from the clone."""

import re
import warnings


def test_readme_python_runs(root, monkeypatch):
    monkeypatch.chdir(root)
    text = (root / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 4
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in blocks:
            exec(compile(block, "README.md", "exec"), names)


def test_readme_names_the_two_commands(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/standpunt report seeds/reports" in text
    assert "tests/run.sh" in (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "bash tests/run.sh" in text
