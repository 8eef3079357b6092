"""Looks into the wheels and source distributions of a folder: python tests/package.py DIST

Counts each check as passed or failed. A wheel is at most 5 MB, runs on any Python from 3.10 on, and holds its licence,
its types and the list of what it was built from (CycloneDX); a source distribution holds what a build needs.
"""

import json
import sys
import tarfile
import zipfile
from pathlib import Path

MOST = 5_000_000


def look_into_wheel(path):
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        yield f"{path.stat().st_size:,} bytes, at most {MOST:,}", path.stat().st_size <= MOST
        yield "one build for all Pythons", "-cp310-abi3-" in path.name
        for name in ("standpunt/py.typed", "standpunt/_core.pyi", "standpunt/__init__.py"):
            yield name, name in names
        yield "LICENSE", any(name.endswith("/licenses/LICENSE") for name in names)
        bills = [name for name in names if "/sboms/" in name and name.endswith(".cyclonedx.json")]
        yield "one bill of materials", len(bills) == 1
        for name in bills:
            bill = json.loads(wheel.read(name))
            parts = {part["name"]: part for part in bill["components"]}
            yield "the bill names pyo3, arrow-array and rayon", {"pyo3", "arrow-array", "rayon"} <= set(parts)
            yield (
                "each part with version and licence",
                all(part.get("version") and part.get("licenses") for part in parts.values()),
            )


def look_into_sdist(path):
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    for name in (
        "Cargo.toml",
        "Cargo.lock",
        "pyproject.toml",
        "src/lib.rs",
        "python/standpunt/__init__.py",
        "PKG-INFO",
    ):
        yield name, name in names
    yield "no tests", not any(name.startswith("tests/") for name in names)


def main(folder):
    found = sorted(Path(folder).glob("*.whl")) + sorted(Path(folder).glob("*.tar.gz"))
    passed = failed = 0
    for path in found:
        for claim, holds in look_into_wheel(path) if path.suffix == ".whl" else look_into_sdist(path):
            passed, failed = passed + holds, failed + (not holds)
            if not holds:
                print(f"{path.name}: not so: {claim}")
    print(f"{len(found)} files of {folder}: {passed} passed, {failed} failed")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
