"""The type of a file, by its first bytes; and why one cannot be imported."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from pathlib import Path

from ..refusal import Refused
from ..shipped import shipped
from ..words import N_
from .article import Article
from .plain_text import article_of_text

MOST = 500_000
"""The most bytes of a file without pictures: as many as a note may have."""

MOST_OF_WORD = 20_000_000
"""The most bytes of a Word file, which contains its pictures."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|main|article)\b",
    re.IGNORECASE | re.DOTALL,
)
LIBRARIES = "requirements-import.txt"
_LIBRARIES = ("bs4", "lxml", "mammoth", "markdownify")


def article_in(file: str) -> Article:
    """The contents of a file. Raises ``Refused``, and ``OSError`` if it cannot be read."""
    if re.match(r"[a-z][a-z0-9+.-]*://", file, re.IGNORECASE):
        raise Refused(N_("save the page as a file first: nothing is asked of other sites"))
    path = Path(file)
    size = path.stat().st_size
    if path.is_dir():
        raise Refused(N_("%(file)s is a folder: name a file"), file=file)
    raw = path.read_bytes() if size <= MOST_OF_WORD else b""
    what = kind_of(path.name, raw)
    limit = MOST_OF_WORD if what == "word" else MOST
    if size > limit:
        raise Refused(
            N_("the file has %(size)d bytes; %(limit)d can be imported"), size=size, limit=limit
        )
    if what == "text":
        return article_of_text(raw)
    if any(importlib.util.find_spec(name) is None for name in _LIBRARIES):
        raise Refused(
            N_("to read this file, install what that needs: %(command)s"),
            command=f".venv/bin/pip install --require-hashes -r {shipped(LIBRARIES)}",
        )
    try:
        if what == "word":
            from .word_file import article_of_word_file

            return article_of_word_file(raw)
        from .html_page import article_of_page

        return article_of_page(raw, path.parent)
    except RecursionError:
        raise Refused(
            N_("the parts of this file are nested deeper than those of any text")
        ) from None


def kind_of(name: str, raw: bytes) -> str:
    """``text``, ``html`` or ``word``. Raises ``Refused`` for all others."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if raw.startswith(b"%PDF"):
        raise Refused(
            N_(
                "a PDF has no text in its order: ask for the .docx, or put the PDF in content/files/ and link to it"
            )
        )
    if raw.startswith(_OLE):
        if ending in ("docx", "docm"):
            raise Refused(N_("this Word file has a password: save it without one"))
        raise Refused(N_("this is a file of an old Word: open it and save it as .docx"))
    if raw.startswith(b"{\\rtf"):
        raise Refused(N_("open this file in Word or LibreOffice, and save it as .docx"))
    if raw.startswith(b"PK\x03\x04"):
        return _packed(raw)
    if ending in ("md", "markdown"):
        raise Refused(
            N_(
                "this is Markdown already: put it into its folder in content/; saig check says what it lacks"
            )
        )
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(N_("this is no text, no web page and no Word file"))
    if ending in ("html", "htm", "xhtml") or _HTML.match(raw[:4096]):
        return "html"
    return "text"


def _packed(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            kind = packed.open("mimetype").read(60) if "mimetype" in names else b""
            if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                raise Refused(N_("open this file in Word or LibreOffice, and save it as .docx"))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise Refused(N_("this file is damaged: save it again")) from None
    if not any(name.startswith("word/") for name in names):
        raise Refused(N_("this is no text, no web page and no Word file"))
    return "word"
