"""A JupyterLab of the test's own, and a browser that can reach nothing but it."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from lab import Lab
from playwright.sync_api import sync_playwright

SEEDS = Path(__file__).parents[2] / "seeds"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def write_settings(home: Path, theme: str) -> None:
    """Show every cell, whether in view or not, and open no news."""
    settings = {
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/themes": {"theme": theme},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, values in settings.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))


def start(home: Path, port: int, token: str) -> subprocess.Popen[bytes]:
    """Start JupyterLab over a copy of the seeds."""
    names = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME"]
    environment = os.environ | {name: str(home / name.lower()) for name in names}
    for name in names:
        (home / name.lower()).mkdir()
    options = [
        "--allow-root",
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={home / 'seeds'}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (home / "log").open("wb") as log:
        return subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log)


def wait_for(url: str, home: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, at most a minute."""
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, (home / "log").read_text()
            time.sleep(0.25)
    pytest.fail((home / "log").read_text())


@pytest.fixture(scope="session", params=["JupyterLab Light", "JupyterLab Dark"])
def lab(request, tmp_path_factory):
    """JupyterLab in a theme, as a page of the browser."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(SEEDS, home / "seeds")
    write_settings(home, request.param)
    port, token = free_port(), secrets.token_hex(16)
    server = start(home, port, token)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", home, server)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
            yield Lab(chromium, f"http://127.0.0.1:{port}", token, home / "seeds", dark=request.param.endswith("Dark"))
            chromium.close()
    finally:
        server.terminate()
        server.wait(20)
