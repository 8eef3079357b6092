"""The README's Python runs as it stands, from the clone."""

import os
import re
import subprocess
import sys
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


def test_readme_script_runs_and_gives_the_same_bytes_again(root, tmp_path):
    text = (root / "README.md").read_text(encoding="utf-8")
    section = text.split("## Across meetings, from a script")[1]
    script = re.search(r"```sh\n(.*?)```", section, re.DOTALL).group(1)
    command = tmp_path / "bin" / "standpunt"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m standpunt "$@"\n')
    command.chmod(0o755)
    written = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "seeds").symlink_to(root / "seeds")
        path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env=os.environ | {"PATH": path},
            capture_output=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr.decode()
        written.append({file.name: file.read_bytes() for file in sorted((folder / "out").iterdir())})
    assert written[0] == written[1]
    assert len(written[0]) == 8
    page = written[0]["telecomraad-2025-06-06.html"].decode()
    assert "<svg" in page
    assert "http-equiv" not in page
    assert not re.search(r"(src|href)=", page)
