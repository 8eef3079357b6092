"""Files: which ones a path names, and writing one whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from standpunt.errors import InputError

REPORTS = (".txt", ".md", ".html", ".htm", ".xhtml", ".xml", ".docx", ".pdf")
"""The kinds of file that a folder gives."""


def find_files(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, follow: bool = False
) -> list[tuple[Path, str]]:
    """Return the files that `paths` names, sorted, each with the name of its report.

    The name is the file's stem; where two files share it, the path decides, with its ending where that is needed.

    Raises:
        FileNotFoundError: For a path that is not there, or a folder or glob without a report.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    if not isinstance(paths, Iterable):
        raise TypeError(f"paths: expected a path, a glob or a list of paths, got {type(paths).__name__}")
    files = sorted({file for path in paths for file in expand(path, follow=follow)})
    stems = Counter(file.stem for file in files)
    bare = Counter(file.with_suffix("").as_posix() for file in files)

    def name(file: Path) -> str:
        path = file.with_suffix("").as_posix()
        return file.stem if stems[file.stem] == 1 else path if bare[path] == 1 else file.as_posix()

    return [(file, name(file)) for file in files]


def expand(path: str | os.PathLike[str], *, follow: bool) -> list[Path]:
    """Return the files of one path; a folder gives those inside it, and through a link out of it only with `follow`."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"paths: expected paths, got {type(path).__name__} among them")
    given = Path(path)
    if given.is_dir():
        root = given.resolve()
        reports = (file for file in given.rglob("*") if file.suffix.lower() in REPORTS and file.is_file())
        seen = (file for file in reports if not any(part.startswith(".") for part in file.relative_to(given).parts))
        files = [file for file in seen if follow or file.resolve().is_relative_to(root)]
        if not files:
            raise FileNotFoundError(f"{given}: no report ({', '.join(REPORTS)}) in this folder")
        return files
    if given.exists():
        return [given]
    import glob

    found = [Path(name) for name in glob.glob(str(path), recursive=True)]  # noqa: PTH207 absolute and relative alike
    files = [file for file in found if file.is_file()]
    if files:
        return files
    raise FileNotFoundError(f"{path}: no such file, folder or glob")


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` through a file beside it, so that an old file is replaced whole or not at all."""
    if path.is_dir():
        raise InputError(f"path: {path} is a folder, expected a file")
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
