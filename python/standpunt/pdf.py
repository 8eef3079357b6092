"""PDF: the text layer of each page, through the extra `pdf`."""

from __future__ import annotations

import io

from standpunt.errors import FormatError


def pages(data: bytes) -> list[str]:
    """Return the text of each page; empty where a page is a picture.

    Raises:
        ImportError: Without the extra.
        FormatError: For what is no PDF, or a protected one; the message leaves the file's name to the caller.
    """
    try:
        import pypdf
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError as error:
        raise ImportError("reading PDF needs pypdf: pip install 'standpunt[pdf]'") from error
    import logging

    # What it mends on its way is no news to a reader of results.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("the PDF is protected with a password; save it without one")
        return [_text(page) for page in reader.pages]
    except FormatError:
        raise
    except FileNotDecryptedError as error:
        raise FormatError("the PDF is protected with a password; save it without one") from error
    except DependencyError as error:
        raise FormatError("the PDF is encrypted, which pypdf reads with: pip install cryptography") from error
    except Exception as error:
        raise FormatError(f"the PDF is damaged or cut off: {type(error).__name__}: {error}") from error


def _text(page: object) -> str:
    """Return a page's text with its empty lines, which part paragraphs; without them where it cannot be laid out."""
    import pypdf

    assert isinstance(page, pypdf.PageObject)
    laid_out = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
    return laid_out if laid_out.strip() else page.extract_text()
