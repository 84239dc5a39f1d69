"""The names of files: which are junk, and which cannot be published.

A name below ``content/files/`` is a part of an address. ``%`` and ``#`` are allowed, as links are
percent-encoded. Names that Windows does not allow are refused: with one, nobody could check out the
notes on Windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ..regexes import regex
from ..words import N_
from .address import composed

LIMIT = 240
"""The most bytes of a name. File systems allow 255, and compressed twins have longer names."""

TWINS = (".br", ".gz")
"""The extensions that web servers take for a compressed twin of another file."""

_JUNK = regex(
    r"~\$.*|\..*|.*~|#.*#|thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini|autorun\.inf|icon\r|__macosx"
    r"|\$recycle\.bin|system volume information|lost\+found|__pycache__"
    r"|.*\.(tmp|temp|swp|swo|bak|old|orig|rej|asd|wbk|crdownload|download|part|partial"
    r"|lnk|url|webloc|gdoc|gsheet|gslides|pyc)",
    re.IGNORECASE,
)
_OF_WINDOWS = regex(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])( *\..*)?", re.IGNORECASE)
_FORBIDDEN = '\\:*?"<>|'
_OF_HOSTS = ("404.html", "_headers", "_redirects")


def is_junk(path: str) -> bool:
    """Whether a program left this file behind, by its name or its folder's: Office, Windows, macOS,
    an editor, Git. Shortcuts count too, as they show readers whose computer or account it was.
    Names that begin with a dot are hidden from readers as well."""
    return any(map(_JUNK.fullmatch, path.split("/")))


def shown(name: str) -> str:
    """A name so that it fits into a line of text."""
    if name.isprintable():
        return name
    return "".join(sign if sign.isprintable() else "�" for sign in name)


def unreadable(name: str) -> str:
    """Why a name is illegible; '' if it is not. A message marked with ``N_``."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return N_("the name of this file is not UTF-8")
    if not name.isprintable():
        return N_("the name of this file has signs that cannot be seen")
    return ""


def fault(name: str) -> str:
    """Why a name cannot be published; '' if it can. A message marked with ``N_``."""
    if found := unreadable(name):
        return found
    if any(sign in name for sign in _FORBIDDEN):
        return N_('no name of a file may have \\ : * ? " < > or |: Windows has no such names')
    if name != name.strip() or name.endswith("."):
        return N_("the name of this file begins or ends with a space, or ends with a point")
    if len(composed(name).encode()) > LIMIT:
        return N_("the name of this file is too long")
    if _OF_WINDOWS.fullmatch(name):
        return N_("on Windows no file can have this name")
    if name in _OF_HOSTS or name.endswith((".gone", ".moved")):
        return N_("web servers take a file of this name for something else")
    return ""


def better(name: str) -> str:
    """A similar name that can be published."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what old Windows and its archives write
    text = composed(text).replace("�", "-")
    text = re.sub(r"[\x00-\x1f\u2028\u2029]+", "-", text)
    text = "".join(" " if sign.isspace() else sign for sign in text if _stays(sign))
    text = re.sub(rf"[{re.escape(_FORBIDDEN)}]+", "-", text)
    stem, ending = _parts(text.strip().rstrip(". "))
    while len((stem + ending).encode()) > LIMIT:
        stem = stem[:-1]
    stem = stem.strip(" .-") or "fitxer"
    made = stem + ending
    if made.endswith((*TWINS, ".gone", ".moved")) or fault(made) or made == name:
        made = f"{stem}-{ending[1:]}" if ending else f"{stem}-1"
    return made if not fault(made) else f"{stem}-1{ending}"


def _stays(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()


def _parts(name: str) -> tuple[str, str]:
    ending = PurePosixPath(name).suffix
    return (name[: -len(ending)], ending) if 1 < len(ending) <= 20 else (name, "")


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The paths that clash with another's, that other, and why, as a message marked with ``N_``."""
    there = sorted(paths)
    small: dict[str, str] = {}
    for path in there:
        other = small.setdefault(composed(path).casefold(), path)
        if other == path:
            continue
        if composed(other) == composed(path):
            yield path, other, N_("this name is that of %(other)s, though written in other signs")
        else:
            yield path, other, N_("only capitals tell this name from that of %(other)s")
    known = set(there)
    for path in there:
        if path.endswith(TWINS) and path[:-3] in known:
            yield path, path[:-3], N_("web servers would take this file for %(other)s, compressed")
