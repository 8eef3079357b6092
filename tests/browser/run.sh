#!/usr/bin/env bash
# Runs seeds/notebooks in a real JupyterLab in headless Chromium and looks at what a person sees.
# Uses the Python given as first argument or target/venv with the package installed; installs
# Debian's chromium where there is none and the rest into that environment.
set -eu
cd "$(dirname "$0")/../.."
python=${1:-$PWD/target/venv/bin/python}
if ! command -v chromium >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
fi
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/browser/requirements.txt
exec "$python" -m pytest -p no:cacheprovider tests/browser
