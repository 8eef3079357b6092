"""Documents: the same statements from every format, and what is wrong with those that cannot be read."""

import io
import os
import sys

import fpdf
import pypdf
import pytest

import standpunt as sp
from archive import archive

HEAD = "Verslag Milieuraad 16 oktober 2023"
BODY = [
    "1. Bodem",
    "Veel lidstaten, waaronder Nederland, steunden het bodemvoorstel. Malta verzette zich tegen het doel.",
    "2. Lucht",
    "De Commissie riep op tot strengere normen voor schone lucht. Enkele lidstaten vonden dat te vroeg.",
]
TEXT = "\n\n".join([HEAD, *BODY])
CODED = ["section", "institution", "named", "quantifier", "stance", "proposition"]


def docx(paragraphs, member="word/document.xml"):
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    return archive({member: f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'})


class Pages(fpdf.FPDF):
    """Pages with a running head and their number."""

    def header(self):
        self.set_font("helvetica", size=8)
        self.cell(0, 10, "Tweede Kamer, 21 501-08, nr. 999")
        self.ln(12)

    def footer(self):
        self.set_y(-15)
        self.cell(0, 10, f"Pagina {self.page_no()} van {{nb}}", align="C")


def pdf(paragraphs, password=None):
    pages = Pages(format=(150, 90))
    pages.add_page()
    for words in paragraphs:
        pages.set_font("times", size=12)
        pages.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
        pages.ln(6)
    if password:
        pages.set_encryption(owner_password="owner", user_password=password)
    return bytes(pages.output())


def html(paragraphs):
    body = "".join(f"<p>{words}" for words in paragraphs)
    return f"<html><nav>Polen steunde het menu.</nav><main>{body}</main><footer>Polen steunde de voet.</footer>"


def xml(paragraphs):
    body = "".join(f"<al>{words}</al>" for words in paragraphs)
    return f"<officiele-publicatie><metadata>Polen steunde dit.</metadata><kamerstuk>{body}</kamerstuk></officiele-publicatie>"


def write(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture(scope="module")
def plain():
    return sp.parse_report(TEXT, name="x")


def coded(corpus):
    for row in corpus.statements.itertuples():
        assert corpus.text(row.meeting)[row.start : row.end] == row.quote
    return corpus.statements[CODED].fillna("").to_numpy().tolist()


@pytest.mark.parametrize(("ending", "make"), [("html", html), ("xml", xml), ("docx", docx), ("pdf", pdf)])
def test_every_format_gives_the_statements_of_the_text(tmp_path, plain, ending, make):
    corpus = sp.read_reports(write(tmp_path / f"x.{ending}", make([HEAD, *BODY])))
    assert coded(corpus) == coded(plain)
    assert len(corpus) == 4
    assert list(corpus) == ["milieuraad-2023-10-16"]
    cited = corpus.statements[["page", "paragraph"]]
    if ending == "pdf":
        assert cited["page"].tolist() == [1, 1, 2, 2]
    else:
        assert cited["page"].isna().all()
        assert cited["paragraph"].tolist() == [3, 3, 5, 5]
    stored = tmp_path / "corpus.json"
    corpus.save(stored)
    assert sp.load(stored) == corpus


def test_a_string_is_read_as_what_it_is_said_to_be(plain):
    assert coded(sp.parse_report(html([HEAD, *BODY]), reader="html")) == coded(plain)
    with pytest.raises(sp.InputError, match=r"^reader: 'docx' is not one of text, html, xml, which a string can be$"):
        sp.parse_report("x", reader="docx")


BOMB = archive({"word/document.xml": b" " * (8 << 20)})
SCAN = pypdf.PdfWriter()
SCAN.add_blank_page(100, 100)
SCAN_BYTES = io.BytesIO()
SCAN.write(SCAN_BYTES)
XML = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
BAD = [
    ("a.docx", b"words", sp.FormatError, "expected a Word document (.docx), which is a zip archive; this is none"),
    (
        "a.docx",
        docx(BODY)[:200],
        sp.FormatError,
        "expected a Word document, got a zip archive that is cut off or damaged",
    ),
    (
        "a.docx",
        archive({"../../x": "y"}),
        sp.FormatError,
        "expected a Word document, got a zip archive without word/document.xml",
    ),
    (
        "a.xml",
        XML,
        sp.FormatError,
        "line 1: a document type (<!DOCTYPE) is refused, with whatever entities it declares",
    ),
    ("a.pdf", b"words", sp.FormatError, "expected a PDF, which begins with %PDF-; this does not"),
    (
        "a.pdf",
        pdf(BODY, password="user"),
        sp.FormatError,
        "the PDF is protected with a password; save it without one",
    ),
    (
        "a.pdf",
        SCAN_BYTES.getvalue(),
        sp.FormatError,
        "the PDF has no text layer: its page has pictures only; recognise the text (OCR) first",
    ),
]


@pytest.mark.parametrize(("name", "data", "kind", "problem"), BAD)
def test_what_cannot_be_read_says_why(tmp_path, name, data, kind, problem):
    path = write(tmp_path / name, data)
    with pytest.raises(kind) as caught:
        sp.read_reports(path)
    assert type(caught.value) is kind
    assert str(caught.value) == f"{path}: {problem}"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_bomb_is_refused_under_a_limit_that_can_be_raised(tmp_path):
    path = write(tmp_path / "a.docx", BOMB)
    with pytest.raises(sp.LimitError, match=r"over the limit of 100; limits=\{'unpack_ratio': \d+\} raises it$"):
        sp.read_reports(path)
    with pytest.raises(sp.LimitError, match=r"unpacked bytes are over the limit of 2000000; limits="):
        sp.read_reports(path, limits={"unpack_ratio": 10**6, "unpacked_bytes": 2 * 10**6})
    path = write(tmp_path / "a.txt", TEXT)
    with pytest.raises(sp.LimitError, match=r"characters are over the limit of 9; limits=\{'text_chars': \d+\} raises"):
        sp.read_reports(path, limits={"text_chars": 9})
    with pytest.raises(sp.LimitError, match=r"bytes are over the limit of 9; limits=\{'file_bytes': \d+\} raises it$"):
        sp.read_reports(path, limits={"file_bytes": 9})
    with pytest.raises(sp.InputError, match=r"^limits: 'file_byte' is not one of .* \(did you mean 'file_bytes'\?\)$"):
        sp.read_reports(path, limits={"file_byte": 9})
    with pytest.raises(sp.InputError, match=r"^limits: expected a whole number from 0 on for file_bytes, got 1\.5$"):
        sp.read_reports(path, limits={"file_bytes": 1.5})


def test_a_pdf_needs_the_extra(tmp_path, monkeypatch):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.pdf", pdf(BODY))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ImportError, match=r"^reading PDF needs pypdf: pip install 'standpunt\[pdf\]'$"):
        sp.read_reports(tmp_path)


def test_an_agenda_gives_a_warning_and_statements_only_when_asked():
    agenda = TEXT.replace("Verslag", "Geannoteerde agenda")
    wanted = (
        "^x: the document is an annotated agenda, not a report of a meeting: nothing of it is coded; lookalikes=True"
    )
    with pytest.warns(sp.StandpuntWarning, match=wanted):
        corpus = sp.parse_report(agenda, name="x")
    assert (len(corpus), len(corpus.meetings), corpus.text("x")) == (0, 0, agenda)
    assert len(sp.parse_report(agenda, name="x", lookalikes=True)) == 4


def test_a_folder_keeps_what_can_be_read_and_names_the_rest(tmp_path):
    for day in range(1, 29):
        write(tmp_path / f"r{day}.docx", docx([HEAD.replace("16", str(day)), *BODY]))
    write(tmp_path / "bad.docx", b"PK\x03\x04")
    write(tmp_path / "bad.xml", XML)
    with pytest.warns(sp.StandpuntWarning, match="^2 of the reports could not be read, see corpus.errors; the first: "):
        corpus = sp.read_reports(tmp_path)
    assert len(corpus.meetings) == 28
    assert [path.rsplit(os.sep, 1)[-1] for path in corpus.errors["path"]] == ["bad.docx", "bad.xml"]
    with pytest.raises(sp.FormatError, match=r"bad\.docx: "):
        sp.read_reports(tmp_path, strict=True)


def test_a_link_out_of_a_folder_is_followed_only_when_asked(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    write(inside / "a.txt", TEXT)
    outside = write(tmp_path / "b.txt", TEXT.replace("16", "17"))
    (inside / "b.txt").symlink_to(outside)
    assert len(sp.read_reports(inside).meetings) == 1
    assert len(sp.read_reports(inside, follow=True).meetings) == 2


def test_two_formats_of_one_report_keep_their_names_apart(tmp_path):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "a.docx", docx([HEAD.replace("16", "17"), *BODY]))
    corpus = sp.read_reports(tmp_path)
    assert sorted(name.rsplit("/", 1)[-1] for name in set(corpus.statements["report"])) == ["a.docx", "a.txt"]
