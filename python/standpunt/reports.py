"""Reading reports: from files or a string, with the words of the package or a user's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from standpunt import _core, frames
from standpunt.arguments import SizeTable, documents, optional, sizes, string, text_of
from standpunt.coding import Coder, code
from standpunt.corpus import Corpus, noted
from standpunt.errors import InputError
from standpunt.frames import Frame
from standpunt.paths import find_files
from standpunt.progress import Watch
from standpunt.review import file_of, followed

Lexicon: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"
"""A language file, or several."""

Reader = Literal["text", "html", "xml", "docx", "pdf"]

AHEAD = 16
"""Files that are read ahead."""
ROOM = 32_000_000
"""Bytes that are read ahead, where they are of more than one file."""


def read_reports(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    language: str | None = None,
    encoding: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
    lexicon: Lexicon | None = None,
    quantifiers: SizeTable | None = None,
    coder: Coder | None = None,
    reader: Reader | None = None,
    lookalikes: bool = False,
    limits: Mapping[str, int] | None = None,
    follow: bool = False,
    review: bool = True,
    strict: bool = False,
    progress: bool | None = None,
) -> Corpus:
    """Read reports from files: text, HTML, official XML, Word (.docx), and PDF with a text layer.

    Args:
        paths: A file, a folder (its reports, folders below included), a glob, or a list of those.
        language: The reports' language as an ISO 639-1 code; found from the text where it is None.
        encoding: The files' encoding; what they say of themselves, or UTF-8, where it is None.
        codebook: A TOML file with topics, issues and their phrases, which goes before similarity.
        lexicon: A language file of your own, or a list of them: TOML as `check_lexicon` describes, laid over the
            words of the package.
        quantifiers: Another size table: a TOML file, or ranges by size word.
        coder: Reads instead of the rules: a callable that takes a report's text and gives its statements, as mappings
            with the fields of `statement_schema` (or a dataframe). Their quotes must stand in the text. What does not
            fit is in `corpus.errors` with its reason, sentences without a statement in `corpus.unread`.
        reader: The files' format; what each file shows where it is None. With "text" tags are words.
        lookalikes: Whether to code documents that are no reports of a meeting too: annotated agendas, written
            consultations, committee debates. Without it they give a warning and no statements.
        limits: Other limits than the usual ones: file_bytes (100 million), text_chars (50 million), and for what is
            unpacked unpacked_bytes (200 million), unpack_ratio (100), zip_entries (2,000), xml_depth (100).
        follow: Whether a folder gives files that a link in it leads to, outside of it.
        review: Whether to apply the decisions that `Corpus.review` left in `NAME.review.jsonl` beside a report.
        strict: Whether the first file that cannot be read is an error, instead of a row of `corpus.errors`.
        progress: Whether to show a bar; what `set_progress` says where it is None: by itself on what takes over a
            second in a terminal or notebook, where tqdm is installed.

    Raises:
        FileNotFoundError: For a path that is not there.
        LanguageError: For a language that cannot be read.
        ImportError: For a PDF without the extra `pdf`.
        LimitError: For a single file, or with `strict`, that is over a limit.
        StandpuntError: For a single file, or with `strict`, that cannot be read.

    >>> import standpunt as sp, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "june.txt"
    >>> _ = path.write_text("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> sp.read_reports(path)
    <Corpus: 1 meeting, 2 statements, 0 unread>
    """
    files = [(str(path), name) for path, name in find_files(paths, follow=follow)]
    strict = strict or len(files) == 1
    core = reader_of(language, encoding, codebook, lexicon, quantifiers, reader, lookalikes, limits, strict)
    read = core.read(files, [], Watch("report", progress))
    return noted(decided(*read, files, coder, codebook, review), {name: path for path, name in files})


def iter_reports(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    language: str | None = None,
    encoding: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
    lexicon: Lexicon | None = None,
    quantifiers: SizeTable | None = None,
    coder: Coder | None = None,
    reader: Reader | None = None,
    lookalikes: bool = False,
    limits: Mapping[str, int] | None = None,
    follow: bool = False,
    review: bool = True,
    strict: bool = False,
    progress: bool | None = None,
) -> Iterator[Corpus]:
    """Read reports one by one, each as a corpus of its own, in the memory of a few.

    Phrases are joined to issues within a report only, and two reports of one meeting are both given. A file that
    cannot be read gives a corpus with a row in `errors`. Stop where you like: nothing more is read. The options, and
    what is raised, are those of `read_reports`.

    Returns:
        Iterator over the files in order; at most 16 of them, or 32 million bytes, are read ahead, on all threads.

    >>> import standpunt as sp, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> for day in (6, 7):
    ...     _ = (folder / f"{day}.txt").write_text(f"Report of {day} June 2025\\n\\nFrance supported the tax.")
    >>> [len(corpus) for corpus in sp.iter_reports(folder)]
    [1, 1]
    """
    files = [(str(path), name) for path, name in find_files(paths, follow=follow)]
    core = reader_of(language, encoding, codebook, lexicon, quantifiers, reader, lookalikes, limits, strict)
    watch = Watch("report", progress)

    def corpora() -> Iterator[Corpus]:
        done = 0
        for batch in batches(files):
            for file, (_, part, notes) in zip(batch, core.each(batch), strict=True):
                path, name = file
                yield noted(decided(part, notes, [file], coder, codebook, review), {name: path})
                done += 1
                watch.look(done, len(files))
        watch.close()

    return corpora()


def batches(files: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Cut a list of files into runs of at most 16, and of at most 32 million bytes where they are more than one."""
    batch: list[tuple[str, str]] = []
    room = ROOM
    for path, name in files:
        size = _size(path)
        if batch and (len(batch) == AHEAD or size > room):
            yield batch
            batch, room = [], ROOM
        batch.append((path, name))
        room -= size
    if batch:
        yield batch


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        # Whoever reads it says what is wrong with it.
        return 0


def parse_report(
    text: str,
    *,
    name: str = "report",
    language: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
    lexicon: Lexicon | None = None,
    quantifiers: SizeTable | None = None,
    coder: Coder | None = None,
    reader: Literal["text", "html", "xml"] = "text",
    lookalikes: bool = False,
    limits: Mapping[str, int] | None = None,
) -> Corpus:
    """Read one report from a string; its offsets count the code points of that string.

    With another `reader` they count those of the prose in it, which `corpus.text` gives. The other options are those
    of `read_reports`.

    Raises:
        TypeError: Where `text` is no string.
        InputError: Where `text` holds half of a surrogate pair.
        LanguageError: For a language that cannot be read.

    >>> import standpunt as sp
    >>> corpus = sp.parse_report("Report of 6 June 2025\\n\\nFrance supported the tax. Italy opposed the tax.")
    >>> corpus.statements[["named", "stance"]].values.tolist()
    [['FR', 'support'], ['IT', 'oppose']]
    """
    text, name = string("text", text), string("name", name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        told = f"text: character {error.start} is half of a surrogate pair and no character of its own"
        raise InputError(told) from None
    if reader not in ("text", "html", "xml"):
        raise InputError(f"reader: '{reader}' is not one of text, html, xml, which a string can be")
    kind = None if reader == "text" else reader
    core = reader_of(language, None, codebook, lexicon, quantifiers, kind, lookalikes, limits, True)
    return noted(decided(*core.read([], [(name, text)], None), [], coder, codebook, False))


def check_lexicon(path: str | os.PathLike[str], *, reports: Corpus | str | os.PathLike[str] | None = None) -> Frame:
    """Tell what is wrong with a language file, and which of its entries stand nowhere.

    A language file is TOML: `language = "nl"`, then lists of lower-case words under the keys of the package's own
    files (`src/lexicon/languages/nl.toml` explains them), each entry taken literally. Its entries are added; a
    name, size word, membership word or cue that stands under another key there moves to yours; verbs are
    replaced; `drop = ["word"]` leaves out. A file of another language than nl, en, de and fr makes that language.

    Args:
        path: The file.
        reports: A corpus, or paths of reports, in which to look for the entries; the seed report where it is None.

    Returns:
        Dataframe, one row an entry: line, list, entry, problem (missing where nothing is wrong), matches (how
        often it stands in the reports; missing where a problem is to be mended first).

    Raises:
        LimitError: Over 100,000 entries.

    >>> import standpunt as sp, tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "words.toml"
    >>> _ = path.write_text('language = "nl"\\nsuport = ["x"]\\n')
    >>> sp.check_lexicon(path)["problem"].notna().tolist()
    [True]
    """
    name, text = text_of(path)
    if reports is None:
        texts = [_core.SEED_REPORT]
    else:
        corpus = reports if isinstance(reports, Corpus) else read_reports(reports)
        texts = [text for _, text in corpus._inner.report_texts()]
    return frames.frame(_core.check_lexicon(text, name, texts))


def reader_of(
    language: str | None,
    encoding: str | None,
    codebook: str | os.PathLike[str] | None,
    lexicon: Lexicon | None,
    quantifiers: SizeTable | None,
    reader: str | None,
    lookalikes: bool,
    limits: Mapping[str, int] | None,
    strict: bool,
) -> _core.ReportReader:
    """Return what reads reports with these options."""
    return _core.ReportReader(
        optional("language", language),
        optional("encoding", encoding),
        None if codebook is None else text_of(codebook),
        languages(lexicon),
        sizes(quantifiers),
        strict,
        documents(reader, limits, lookalikes),
    )


def decided(
    core: _core.CorpusCore,
    notes: list[str],
    files: Sequence[tuple[str, str]],
    coder: Coder | None,
    codebook: str | os.PathLike[str] | None,
    review: bool,
) -> tuple[_core.CorpusCore, list[str]]:
    """Return what was read as another coder has it, with what was decided on the files in a review."""
    if coder is not None:
        core, notes = code(core, coder, None if codebook is None else text_of(codebook))
    if review and files:
        core, more = followed(core, dict.fromkeys(file_of(path) for path, _ in files))
        notes = notes + more
    return core, notes


def languages(lexicon: Lexicon | None) -> _core.Languages:
    """Return the languages of the package with users' files laid over them."""
    if lexicon is None:
        return _core.Languages([])
    paths = [lexicon] if isinstance(lexicon, (str, os.PathLike)) else lexicon
    return _core.Languages([text_of(path) for path in paths])
