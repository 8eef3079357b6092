"""The only file that knows a dataframe library: tables in, dataframes out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, get_args, runtime_checkable

from standpunt import _core
from standpunt.errors import FormatError, InputError

Frame: TypeAlias = Any
"""A pandas, polars or pyarrow table, as `set_frames` says."""

Library = Literal["pandas", "polars", "pyarrow"]

_library: Library = "pandas"

SLICE = 500_000
"""Rows of a pandas frame that are converted in one go."""


@runtime_checkable
class ArrowStream(Protocol):
    """Anything that hands out its rows through the Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the stream's capsule."""


def set_frames(library: Library) -> None:
    """Choose what every dataframe is from now on, in all threads.

    Args:
        library: "pandas" (as it is without a call), "polars" or "pyarrow".

    Raises:
        InputError: For any other name.
        ImportError: Where the library is not installed.

    >>> import standpunt as sp
    >>> sp.set_frames("pyarrow")
    >>> type(sp.datasets.telecom().meetings).__name__
    'Table'
    >>> sp.set_frames("pandas")
    """
    global _library
    choose("library", library, get_args(Library))
    if library == "polars":
        import_polars()
    _library = library


def import_polars() -> Any:
    """Return polars, or say how to get it."""
    try:
        import polars
    except ImportError as error:
        raise ImportError("polars is not installed: pip install 'standpunt[polars]'") from error
    return polars


def choose(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Check that an option is one of its choices.

    Raises:
        TypeError: Where it is no string.
        InputError: For any other string, with the near match.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected one of {', '.join(allowed)}, got {type(value).__name__}")
    if value not in allowed:
        import difflib

        near = difflib.get_close_matches(value, allowed, 1)
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        raise InputError(f"{name}: '{value}' is not one of {', '.join(allowed)}{hint}")


def frame(table: ArrowStream) -> Frame:
    """Return a table of the core as a dataframe of the chosen library.

    In pandas whole numbers are `Int64`, so that a missing one stays a whole number's absence; days are `datetime64`,
    words of a closed list (a stance, a side, a change) categories of the whole list. A category maps to categories:
    `frame["stance"].map({...}).astype(int)` gives numbers to reckon with.
    """
    if _library == "polars":
        return import_polars().DataFrame(table)
    import pyarrow

    arrow = pyarrow.table(table)
    if _library == "pyarrow":
        return arrow
    import pandas

    whole = {pyarrow.int64(): pandas.Int64Dtype()}
    made = arrow.to_pandas(types_mapper=whole.get, date_as_object=False)
    for field in arrow.schema:
        if pyarrow.types.is_dictionary(field.type):
            # The codes are those of Arrow, which nobody may write to.
            made[field.name] = made[field.name].copy()
    return made


def square(table: ArrowStream) -> Frame:
    """Return a square table, its first column the row's name, as a dataframe; in pandas that column is the index."""
    result = frame(table)
    return result.set_index(result.columns[0]) if _library == "pandas" else result


def table(value: object, name: str) -> tuple[ArrowStream, str]:
    """Return a dataframe, or a path to .csv, .parquet or .json, as a stream with the name that errors call it.

    Raises:
        TypeError: For anything else, naming the parameter.
        FormatError: For a file of another kind, or one that is broken.
        OSError: Where the file cannot be opened.
    """
    if isinstance(value, (str, os.PathLike)):
        return read_file(Path(value))
    if not isinstance(value, ArrowStream) or isinstance(value, type):
        kinds = "a dataframe (pandas, polars, pyarrow, anything with __arrow_c_stream__) or a path"
        raise TypeError(f"{name}: expected {kinds}, got {type(value).__name__}")
    import pyarrow

    if not is_pandas(value):
        return aligned(value) if isinstance(value, pyarrow.Table) else value, name
    if value.columns.has_duplicates:  # type: ignore[attr-defined]
        double = value.columns[value.columns.duplicated()][0]  # type: ignore[attr-defined]
        raise InputError(f"{name}: column '{double}' stands more than once")
    try:
        return aligned(from_pandas(value)), name
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, ValueError) as error:
        plain = mixed_as_text(value)
        if plain is not None:
            return pyarrow.Table.from_pandas(plain, preserve_index=False), name
        raise InputError(f"{name}: {' '.join(str(part) for part in error.args)}") from error


def from_pandas(value: Any) -> Any:
    """Return a pandas frame as an Arrow table; a long one in slices, between which Ctrl-C is heard."""
    import pyarrow

    if len(value) > SLICE:
        slices = (value.iloc[at : at + SLICE] for at in range(0, len(value), SLICE))
        try:
            tables = [pyarrow.Table.from_pandas(part, preserve_index=False) for part in slices]
            kinds = ({table.schema.types[at] for table in tables} - {pyarrow.null()} for at in range(value.shape[1]))
            if all(len(kind) <= 1 for kind in kinds):
                return pyarrow.concat_tables(tables, promote_options="default")
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, ValueError):
            pass  # What is wrong shows in the whole.
    return pyarrow.Table.from_pandas(value, preserve_index=False)


def aligned(table: Any) -> Any:
    """Return an Arrow table whose buffers begin at whole words; those that came through a network may not."""
    import pyarrow

    chunks = [chunk for column in table.columns for chunk in column.chunks]
    words = [getattr(chunk, "dictionary", None) for chunk in chunks]
    buffers = (buffer for part in chunks + words if part is not None for buffer in part.buffers())
    if all(buffer is None or buffer.address % 8 == 0 for buffer in buffers):
        return table
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return pyarrow.ipc.open_stream(sink.getvalue()).read_all()


def mixed_as_text(value: Any) -> Any:
    """Return a pandas frame with its columns of mixed kinds, which Arrow cannot hold, as text; None without such."""
    import pandas

    def plain(cell: object) -> object:
        if cell is None or cell is pandas.NA or cell != cell:
            return None
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

    kinds = {name: pandas.api.types.infer_dtype(value[name]) for name in value.columns}
    mixed = [name for name, kind in kinds.items() if kind in ("mixed", "mixed-integer")]
    return value.assign(**{name: value[name].map(plain) for name in mixed}) if mixed else None


def renamed(
    stream: ArrowStream, name: str, columns: Mapping[str, str], values: Mapping[str, Mapping[object, str]]
) -> tuple[ArrowStream, str]:
    """Return some columns of a table under other names, and their values as `values` has them by column.

    Raises:
        InputError: For a column that is not there.
    """
    import pyarrow

    given = pyarrow.table(stream)
    made = {}
    for column, own in columns.items():
        if column not in given.column_names:
            raise InputError(f"{name}: no column '{column}', got {', '.join(given.column_names)}")
        meant = values.get(column) or {}
        cells = given[column]
        made[own] = [meant.get(cell, cell) for cell in cells.to_pylist()] if meant else cells
    return pyarrow.table(made), name


def is_pandas(value: object) -> bool:
    """Return whether it is a pandas frame, without importing pandas."""
    return type(value).__module__.split(".")[0] == "pandas"


def read_file(path: Path) -> tuple[ArrowStream, str]:
    """Return the rows of a .csv, .parquet or .json file; a .json file holds a list of records."""
    kind = path.suffix.lower()
    if kind in (".csv", ".tsv", ".txt"):
        return _core.read_csv(path.name, path.read_bytes()), path.name
    import json

    import pyarrow
    import pyarrow.parquet

    try:
        if kind == ".parquet":
            return pyarrow.parquet.read_table(path), path.name
        if kind == ".json":
            return pyarrow.Table.from_pylist(json.loads(path.read_text(encoding="utf-8"))), path.name
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, ValueError, AttributeError) as error:
        raise FormatError(f"{path.name}: not a readable {kind[1:]} table: {error}") from error
    if path.is_dir():
        raise IsADirectoryError(f"{path}: a folder, expected a .csv, .parquet or .json file")
    raise FormatError(f"{path.name}: expected a .csv, .parquet or .json file")


def labelled(array: Any, names: list[str], columns: list[str] | None = None) -> Frame:
    """Return an array as a dataframe with these names of rows, and of columns where they are others.

    In pandas the rows' are the index.
    """
    if _library == "pandas":
        import pandas

        index = pandas.Index(names)
        return pandas.DataFrame(array, index=index, columns=index if columns is None else columns, copy=False)
    import pyarrow

    across = names if columns is None else columns
    cells = [pyarrow.array(column, from_pandas=True) for column in array.T]
    return frame(pyarrow.table([pyarrow.array(names, pyarrow.string()), *cells], names=["actor", *across]))


def is_frame(value: object) -> bool:
    """Return whether it is a dataframe, of which columns have names."""
    # The cheap question first: an array has no columns.
    return hasattr(value, "columns") and isinstance(value, ArrowStream) and not isinstance(value, type)


def wide(value: Any, actors: Any, issues: Any) -> tuple[Any, Any, Any]:
    """Return the cells of a wide dataframe, its actors (of a column, or of a pandas index) and its issues."""
    if not is_frame(value):
        raise TypeError(f"array: expected a dataframe with a column '{actors}', got {type(value).__name__}")
    if not is_pandas(value):
        import pyarrow

        value = pyarrow.table(value).to_pandas()
        actors = [str(at) for at in range(len(value))] if actors is None else actors
    if isinstance(actors, str):
        if actors not in value.columns:
            import difflib

            names = [str(name) for name in value.columns]
            near = "".join(f" (did you mean '{name}'?)" for name in difflib.get_close_matches(actors, names, 1))
            raise InputError(f"array: no column '{actors}'; it has {', '.join(names)}{near}")
        value = value.set_index(actors)
        actors = None
    return (
        cells_of(value),
        value.index.tolist() if actors is None else actors,
        value.columns.tolist() if issues is None else issues,
    )


def cells_of(value: Any) -> Any:
    """Return the cells of a pandas frame as an array; numbers of nullable columns as doubles, NaN for none."""
    import pandas

    kinds = set(value.dtypes.to_numpy())
    numeric = pandas.api.types.is_numeric_dtype
    truth = pandas.api.types.is_bool_dtype
    nullable = any(isinstance(kind, pandas.api.extensions.ExtensionDtype) for kind in kinds)
    if nullable and all(numeric(kind) and not truth(kind) for kind in kinds):
        return value.to_numpy("float64", na_value=float("nan"))
    return value.to_numpy()


def kept(value: object, needed: list[str | None]) -> Any:
    """Return a dataframe as an Arrow table that can be pickled; of one that Arrow cannot hold, the needed columns."""
    import pyarrow

    try:
        return pyarrow.table(table(value, "frame")[0])
    except InputError:
        names = [name for name in dict.fromkeys(needed) if name is not None]
        return pyarrow.table(table(value.loc[:, names], "frame")[0])  # type: ignore[attr-defined]
