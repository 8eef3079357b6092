#!/usr/bin/env bash
# Writes the locks of the test tools: every file that may be installed, by its hash, on every platform, for Python 3.10
# and newer; those of the browser tests for 3.11 and newer, which ipykernel asks for. Needs uv.
set -eu
cd "$(dirname "$0")"
lock() {
    uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command tests/lock.sh "$@"
}
lock --python-version 3.10 requirements.in -o requirements.txt
lock --python-version 3.11 browser/requirements.in -c requirements.txt -o browser/requirements.txt
