"""The bytes of a text or a web page → text, in whatever encoding."""

from __future__ import annotations

import codecs
import re

from ..notes.odd_characters import odd_characters
from ..words import N_
from .article import LeftOut

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-zA-Z0-9_-]{1,40})""", re.IGNORECASE
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decoded(raw: bytes, *, is_html: bool = False) -> str:
    """Line ends are ``\\n``. The encoding is that of the byte order mark, or the one that the page
    names, or UTF-8, or else that of older Windows."""
    text = _text(raw, is_html)
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))


def _text(raw: bytes, is_html: bool) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        said = _META.search(raw[:4096]) if is_html else None
    try:
        return raw.decode(said[1].decode() if said else "cp1252", "replace")
    except LookupError:  # the page names an encoding that there is not
        return raw.decode("cp1252", "replace")


MENDED = N_("an odd character, as pasted text often has; it was mended")


def without_odd_characters(text: str) -> tuple[str, list[LeftOut]]:
    """The text with corrected characters (``pal∙liar``) where the correction is certain; and the
    words that were corrected, as they were."""
    lines = text.split("\n")
    mended = []
    for problem in odd_characters(text):
        if problem.fix is None:
            continue
        (line, column), (old, new) = problem.place, problem.fix
        before = lines[line - 1]
        at = column - 1
        mended.append(LeftOut(MENDED, _word_at(before, at)))
        lines[line - 1] = before[:at] + new + before[at + len(old) :]
    return "\n".join(lines), mended


def _word_at(line: str, at: int) -> str:
    start = line.rfind(" ", 0, at) + 1
    end = line.find(" ", at)
    return line[start : len(line) if end < 0 else end].strip()
