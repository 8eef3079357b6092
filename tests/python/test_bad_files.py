"""Bad files, by number (27 to 39): missing, damaged, hostile or protected ones, and disks that are full."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import fpdf
import pypdf
import pytest

import standpunt as sp
from archive import archive
from refusal import refused

HEAD = "Verslag Milieuraad {day} oktober 2023\n\n1. Bodem\n\n"
TEXT = HEAD.format(day=16) + "Veel lidstaten, waaronder Nederland, steunden het bodemvoorstel."


def docx(words, **beside):
    paragraphs = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in words.split("\n\n"))
    body = f'<w:document xmlns:w="w"><w:body>{paragraphs}</w:body></w:document>'
    return archive({"word/document.xml": body, **beside})


def pdf(words, password=None):
    pages = fpdf.FPDF()
    pages.add_page()
    pages.set_font("times", size=12)
    pages.multi_cell(0, 6, words)
    if password:
        pages.set_encryption(owner_password="owner", user_password=password)
    return bytes(pages.output())


@contextmanager
def nobody():
    """Without the rights of an administrator, who may read everything."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_27_a_file_that_cannot_be_opened_is_an_os_error_with_its_path(tmp_path):
    missing = tmp_path / "no.txt"
    assert refused(FileNotFoundError, sp.read_reports, missing) == f"{missing}: no such file, folder or glob"
    assert refused(FileNotFoundError, sp.read_statements, tmp_path / "no.csv").endswith("no.csv'")
    assert str(missing) in refused(FileNotFoundError, sp.load, missing)
    kinds = ".txt, .md, .html, .htm, .xhtml, .xml, .docx, .pdf"
    assert refused(FileNotFoundError, sp.read_reports, tmp_path) == f"{tmp_path}: no report ({kinds}) in this folder"
    for read in (sp.load, sp.read_statements):
        assert str(tmp_path) in refused(IsADirectoryError, read, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are set as on Unix")
def test_27_a_file_that_may_not_be_read_is_a_permission_error():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        path = Path(name, "a.txt")
        path.write_text(TEXT, encoding="utf-8")
        path.chmod(0)
        with nobody():
            assert refused(PermissionError, sp.read_reports, path) == f"{path}: permission denied"
            for read in (sp.load, sp.read_statements):
                assert str(path) in refused(PermissionError, read, path)


def test_28_a_folder_gives_no_file_outside_of_it_unless_asked(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.txt").write_text(TEXT, encoding="utf-8")
    (outside / "b.txt").write_text(TEXT.replace("16", "17"), encoding="utf-8")
    (inside / "b.txt").symlink_to(outside / "b.txt")
    (inside / "up").symlink_to(outside)
    assert list(sp.read_reports(inside)) == ["milieuraad-2023-10-16"]
    assert list(sp.read_reports(inside / ".." / "inside")) == ["milieuraad-2023-10-16"]
    assert list(sp.read_reports(inside, follow=True)) == ["milieuraad-2023-10-16", "milieuraad-2023-10-17"]


DAMAGED = [
    (b"words", "expected a Word document (.docx), which is a zip archive; this is none"),
    (docx(TEXT)[:200], "expected a Word document, got a zip archive that is cut off or damaged"),
    (archive({"a": "b"}), "expected a Word document, got a zip archive without word/document.xml"),
    (docx(TEXT).replace(b"word/", b"words"), "expected a Word document, got a zip archive without word/document.xml"),
]


@pytest.mark.parametrize(("data", "problem"), DAMAGED)
def test_29_what_is_no_word_document_says_what_was_expected(tmp_path, data, problem):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: {problem}"


def test_30_a_bomb_is_refused_before_memory_grows(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(archive({"word/document.xml": b" " * (64 << 20)}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    got = refused(sp.LimitError, sp.read_reports, path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * (1024 if sys.platform == "linux" else 1) < 48 << 20
    ratio = got.split()[1]
    assert int(ratio) == 101
    what = "unpacked bytes for each packed one are over the limit of 100"
    assert got == f"{path}: {ratio} {what}; limits={{'unpack_ratio': {ratio}}} raises it"
    many = archive({f"{number}": "" for number in range(2_001)})
    path.write_bytes(many)
    what = "files in the archive are over the limit of 2000"
    assert (
        refused(sp.LimitError, sp.read_reports, path)
        == f"{path}: 2001 {what}; limits={{'zip_entries': 2001}} raises it"
    )


LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'><!ENTITY d '&c;&c;&c;'>]><a>&d;</a>"
FETCHED = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>\n<a>&b;</a>"
REMOTE = "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>"


@pytest.mark.parametrize("xml", [LAUGHS, FETCHED, REMOTE])
@pytest.mark.parametrize("kind", ["xml", "docx"])
def test_31_a_document_type_is_refused_with_all_it_declares(tmp_path, xml, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(xml.encode() if kind == "xml" else archive({"word/document.xml": xml}))
    problem = "line 1: a document type (<!DOCTYPE) is refused, with whatever entities it declares"
    part = "" if kind == "xml" else " word/document.xml:"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}:{part} {problem}"


def test_31_an_entity_without_a_document_type_is_refused_too(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<a>\n&b;</a>", encoding="utf-8")
    problem = "line 2: the entity &b; is refused: XML knows lt, gt, amp, quot and apos"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: {problem}"


def test_32_a_member_that_leads_out_of_the_archive_is_written_nowhere(tmp_path):
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    path = folder / "a.docx"
    path.write_bytes(docx(TEXT, **{"../../x": "y", "/tmp/standpunt-test-x": "y"}))
    assert len(sp.read_reports(path)) == 1
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.docx", "deep", "er"]
    assert not Path("/tmp/standpunt-test-x").exists()


# What an Office file under a password is: a compound file with a stream of this name.
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def test_33_a_protected_document_says_so(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(PROTECTED)
    problem = "the document is protected with a password; save it without one"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: {problem}"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(TEXT, password="user"))
    problem = "the PDF is protected with a password; save it without one"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: {problem}"


def test_34_a_pdf_with_text_is_read_where_the_extra_is(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(TEXT))
    assert sp.read_reports(path).statements["named"].tolist() == ["NL"]
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert refused(ImportError, sp.read_reports, path) == "reading PDF needs pypdf: pip install 'standpunt[pdf]'"


@pytest.mark.parametrize(("pages", "have"), [(1, "page has"), (3, "3 pages have")])
def test_35_a_scan_without_text_says_so(tmp_path, pages, have):
    scan = pypdf.PdfWriter()
    for _ in range(pages):
        scan.add_blank_page(100, 100)
    path = tmp_path / "a.pdf"
    scan.write(path)
    problem = f"the PDF has no text layer: its {have} pictures only; recognise the text (OCR) first"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: {problem}"


def test_36_a_file_that_changes_is_read_as_it_stood_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    states = [
        TEXT + "\n\n" + "Malta was tegen de heffing. " * 20_000,
        TEXT + "\n\n" + "Polen was tegen het fonds. " * 9_000,
    ]
    done = threading.Event()

    def write():
        with path.open("r+", encoding="utf-8") as file:
            while not done.is_set():
                for state in states:
                    file.seek(0)
                    file.write(state)
                    file.truncate()
                    file.flush()

    def read(path):
        try:
            return sp.read_reports(path).text("a")
        except sp.FormatError as error:
            return str(error)

    path.write_text(states[0], encoding="utf-8")
    corpus = sp.read_reports(path)
    kept = corpus.text("a")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [read(path) for _ in range(20)]
    finally:
        done.set()
        writer.join()
    torn = f"{path}: the file was written to while it was read; read it again"
    assert all(text == torn or text.startswith(HEAD.format(day=16)) for text in found)
    assert corpus.text("a") == kept == states[0]


FULL = """
import resource, signal, sys
import standpunt as sp
from standpunt.paths import write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
corpus = sp.datasets.telecom()
scores = corpus.agreement()
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for write in (corpus.save, scores.heatmap().save, lambda path: sp.write_csv(scores.frame, path)):
    try:
        write(sys.argv[1])
    except OSError as error:
        print(type(error).__name__, error.errno)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a disk is made full as on Unix")
def test_37_a_full_disk_leaves_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "kept.svg"
    path.write_text("the old one", encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n") == ["OSError 27"] * 3 + [""]
    assert path.read_text(encoding="utf-8") == "the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.svg"]


def test_38_two_reports_of_one_meeting_are_both_named(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT + " Malta was tegen.", encoding="utf-8")
    problem = f"{tmp_path}/b.txt: meeting 'milieuraad-2023-10-16' has been read from {tmp_path}/a.txt already"
    with pytest.warns(sp.StandpuntWarning) as notes:
        corpus = sp.read_reports(tmp_path)
    told = "1 of the reports could not be read, see corpus.errors; the first: "
    assert [str(note.message) for note in notes] == [told + problem]
    assert corpus.errors.to_numpy().tolist() == [[f"{tmp_path}/b.txt", problem]]
    assert refused(sp.FormatError, sp.read_reports, tmp_path, strict=True) == problem


def test_39_three_bad_files_of_ten_thousand_cost_three_rows(tmp_path):
    days = [f"{day} {month}" for month in ("maart", "mei", "juli", "oktober") for day in range(1, 29)]
    bodies = ["Milieuraad", "Telecomraad", "Energieraad", "Landbouwraad"]
    heads = [f"Verslag {body} {day} {year}" for body in bodies for year in range(2001, 2024) for day in days]
    for number, head in enumerate(heads[:10_000]):
        (tmp_path / f"{number:05}.txt").write_text(f"{head}\n\nVeel lidstaten steunden het plan.", encoding="utf-8")
    for number in (17, 4_000, 9_999):
        (tmp_path / f"{number:05}.txt").write_bytes(b"een\n\xff")
    bad = [f"{tmp_path}/{number:05}.txt" for number in (17, 4_000, 9_999)]
    hint = "line 2, byte 4: not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'"
    with pytest.warns(sp.StandpuntWarning, match="^3 of the reports could not be read, see corpus.errors; the first: "):
        corpus = sp.read_reports(tmp_path)
    assert len(corpus.meetings) == 9_997
    assert corpus.errors.to_numpy().tolist() == [[path, f"{path}: {hint}"] for path in bad]
    assert refused(sp.FormatError, sp.read_reports, tmp_path, strict=True) == f"{bad[0]}: {hint}"
