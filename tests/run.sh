#!/usr/bin/env bash
# Every check and test of Standpunt: needs Rust and Python 3.10 or newer, installs the rest into
# target/venv, and ends with the number that passed and failed. Exit code 1 where any failed.
set -u
cd "$(dirname "$0")/.."
passed=0
failed=0
log=target/checks.log
mkdir -p target

# A check that passes or fails as a whole.
check() {
    local name=$1
    shift
    echo "== $name"
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name"; fi
}

# A test runner that counts: its own numbers are added, and a failure without a number counts one.
runner() {
    local name=$1 pattern_passed=$2 pattern_failed=$3 status good bad
    shift 3
    echo "== $name"
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    good=$(grep -oE "$pattern_passed" "$log" | grep -oE '[0-9]+' | paste -sd+ - | bc_sum)
    bad=$(grep -oE "$pattern_failed" "$log" | grep -oE '[0-9]+' | paste -sd+ - | bc_sum)
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -ne 0 ]; then echo "FAILED: $name"; fi
}

bc_sum() {
    local terms
    read -r terms || true
    echo $((${terms:-0}))
}

cargo_runner() { runner "$1" '[0-9]+ passed' '[0-9]+ failed' "${@:2}"; }

venv=target/venv
python=$venv/bin/python
rm -rf "$venv"
python3 -m venv "$venv" || exit 1
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt || exit 1

export PYO3_PYTHON="$PWD/$python"
check "rust format" cargo fmt --check
check "rust lints" cargo clippy --locked --all-targets -- -D warnings
check "rust lints with Python" cargo clippy --locked --all-targets --features python -- -D warnings
check "rust documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
cargo_runner "rust tests and examples" cargo test --locked --no-fail-fast

# The wheel is made of the source distribution, as whoever has no wheel for a platform makes it.
dist=target/dist
rm -rf "$dist"
check "source distribution" "$venv/bin/maturin" sdist --out "$dist"
check "wheel" env CARGO_TARGET_DIR="$PWD/target" \
    "$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$dist" "$dist"/*.tar.gz
check "wheel installed" \
    "$python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$dist"/*.whl
check "description" "$venv/bin/twine" check --strict "$dist"/*
runner "package" '[0-9]+ passed' '[0-9]+ failed' "$python" tests/package.py "$dist"
check "python format" "$venv/bin/ruff" format --check python tests
check "python lints" "$venv/bin/ruff" check python tests
check "python types" "$venv/bin/mypy" python/standpunt
check "python stubs" "$venv/bin/python" -m mypy.stubtest standpunt._core --ignore-missing-stub
runner "python tests" '[0-9]+ passed' '[0-9]+ (failed|errors?)' "$python" -m pytest

if [ -x tests/browser/run.sh ]; then
    runner "browser tests" '[0-9]+ passed' '[0-9]+ failed' tests/browser/run.sh
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
