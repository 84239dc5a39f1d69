"""Addresses from the site's root: one form of each, and the file that answers there.

An address may be typed in many ways that a server takes for one: with accents or percent-encoded
(RFC 3986 §2, RFC 3987 §3.1), composed or not (Unicode NFC), with or without its last slash.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote, unquote

from ..words import N_

_PATH = "/:@!$&'()*+,;=~"
"""The characters that need no encoding in a path, beside letters, digits, ``-``, ``.`` and ``_``
(RFC 3986 §3.3)."""

INDEX = "index.html"
"""The file that servers give for a folder."""


def composed(text: str) -> str:
    """In Unicode NFC, in which macOS does not write the names of files."""
    return normalize("NFC", text)


def encoded(path: str) -> str:
    """A file's path as it is written in an address."""
    return quote(composed(path), safe=_PATH)


def decoded(address: str) -> str:
    """The path of a file that an address names, as a web server looks it up."""
    return composed(unquote(address) if "%" in address else address)


def whole(address: str) -> str:
    """The normal form of an address that can be written in several ways: percent-encoded, and
    ``/x/`` for ``/x`` and ``/x/index.html``. A query stays as it was typed."""
    path, mark, query = address.partition("?")
    path = encoded(decoded(path))
    path = "/" if path == INDEX else without_index(path)
    return path + mark + query if query else with_slash(path)


def with_slash(path: str) -> str:
    """``/x/`` for ``/x``: a path without an extension such as ``.pdf`` is a folder."""
    return path if path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/"


def with_index(path: str) -> str:
    """The path of a file for one that may be a folder's: ``/x/index.html`` for ``/x/``."""
    return f"{path}{INDEX}" if path.endswith("/") else path


def without_index(path: str) -> str:
    """``/x/`` for ``/x/index.html``, the inverse of ``with_index``."""
    return path[: -len(INDEX)] if path == INDEX or path.endswith(f"/{INDEX}") else path


def readable(address: str) -> str:
    """An address as people read it: with accents, and percent-encoded only where it must be."""
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _letters, address)


def _letters(found: re.Match[str]) -> str:
    try:
        text = unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]
    return text if text.isprintable() else found[0]


def file_of(address: str) -> str:
    """The file, from the output folder, that answers an address without a query."""
    return with_index(with_slash(decoded(address))).lstrip("/")


QUERIES = "_query"
"""The folder, below an address, with the pages for that address with a query. A server of static
files ignores queries; one that can be configured (``deploy/nginx.conf``) finds them there."""


def typed(address: str) -> str:
    """An address of the site as a link has it; what stands behind ``?`` and ``#`` stays."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return encoded(decoded(path)) + address[len(path) :]


def query_name(query: str) -> str:
    """A query as the name of a folder: as browsers send it, with slashes encoded too."""
    return re.sub(
        r"[\s\"'<>/#\\]|[^\x21-\x7e]", lambda sign: quote(sign[0], safe=""), composed(query)
    )


def place(address: str) -> str:
    """Where the page of an old or a gone address is. It is always in a folder: servers choose the
    content type by the extension, so a page at ``….pdf`` would not be shown."""
    path, _, query = whole(address).partition("?")
    folder = path if path.endswith("/") else f"{path}/"
    return folder + encoded(f"{QUERIES}/{query_name(query)}/") if query else folder


def before_query(there: str) -> str:
    """The address whose page is there, as it is typed: ``/x.php`` for ``/x.php/``."""
    return whole(there.rstrip("/") or "/")


def of_place(there: str) -> str:
    """The old or gone address whose page is there: the inverse of ``place``."""
    path, found, query = there.partition(f"/{QUERIES}/")
    return f"{before_query(path)}?{unquote(query.strip('/'))}" if found else before_query(there)


def as_url(address: str) -> str:
    """An old address as an URL may have it (RFC 3986 §3.4)."""
    path, mark, query = whole(address).partition("?")
    return path + mark + quote(composed(query), safe="%/?:@!$&'()*+,;=~")


PART_LIMIT = 240
"""The most bytes of one part of an address. It becomes the name of a folder, which may have 255."""

LIMIT = 1000
"""The most bytes of a whole path. Systems allow a few thousand, and some programs cannot walk
folders that are nested very deep."""

_OF_PAGES = re.compile(r"index\.(html|json)(\.gz|\.br|\.gone|\.moved)?")
"""Names of a page, of its document, and of the files beside them. They are added and removed with
the page."""


def fault(address: str) -> tuple[str, str] | None:
    """Why no page can be at an old address, and what to write; both marked with ``N_``. The hint
    may name ``%(instead)s``, see ``instead``."""
    path, _, query = address.partition("?")
    if not path.startswith("/") or path.startswith("//"):
        return NOT_HERE, N_("write the part after the site's name, as in %(instead)s")
    if "#" in address:
        return (
            N_("“%(value)s” has a #, and what stands behind that never reaches a server"),
            N_("write %(instead)s"),
        )
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        return (
            N_("in “%(value)s” a %% is not followed by the two digits of a sign"),
            N_("write %%25 for a percent sign"),
        )
    try:
        found = composed(unquote(path, errors="strict"))
    except UnicodeDecodeError:
        return (
            N_("“%(value)s” is not UTF-8, and no file here can have that name"),
            N_("write accents as letters, as in /avisos/llicències/"),
        )
    if not found.isprintable() or not unquote(query).isprintable():
        return (
            N_("“%(value)s” has signs that cannot be seen, or a line end"),
            N_("write the address as a browser shows it"),
        )
    parts = found.strip("/").split("/")
    if "//" in found or any(part in (".", "..") for part in parts) or "\\" in found:
        return (
            N_("no server answers at “%(value)s” as it is written: it has //, /../ or \\"),
            N_("write %(instead)s"),
        )
    if any(part.startswith(".") for part in parts):
        return (
            N_("“%(value)s” is hidden: servers show nothing whose name begins with a point"),
            N_("remove it"),
        )
    folder = parts if found.endswith("/") else [*parts[:-1], parts[-1].removesuffix(INDEX)]
    if QUERIES in parts or any(map(_OF_PAGES.fullmatch, filter(None, folder))):
        return N_("“%(value)s” is kept for the site itself"), N_("remove it")
    if any(len(part.encode()) > PART_LIMIT for part in (*parts, query_name(query))):
        return N_("a part of “%(value)s” is too long for the name of a file"), N_("remove it")
    if len(found.encode()) > LIMIT:
        return N_("“%(value)s” is too long for an address"), N_("remove it")
    return None


NOT_HERE = N_("“%(value)s” is not an address of this site")


def instead(address: str) -> str:
    """An address like this one that may be right."""
    without = re.sub(
        r"^[a-z][a-z0-9+.-]*:(//[^/?#]*)?|^//[^/?#]*(?=/)", "", address.strip(), flags=re.I
    )
    path, mark, query = without.partition("#")[0].partition("?")
    path = re.sub("%(2e|2f|5c)", lambda found: unquote(found[0]), path, flags=re.I)
    path = re.sub("/+", "/", f"/{path}".replace("\\", "/"))
    return re.sub(r"(/\.{1,2})+(?=/|$)", "", path) + mark + query if path.strip("/") else "/avisos/"
