"""Addresses from the site's root: one form of each, and the file that answers there.

An address may be typed in many ways that a server takes for one: with accents or percent-encoded
(RFC 3986 §2, RFC 3987 §3.1), composed or not (Unicode NFC), with or without its last slash.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote, unquote

_PATH = "/:@!$&'()*+,;=~"
"""What may stand in a path as it is, beside letters, digits, ``-``, ``.`` and ``_`` (RFC 3986 §3.3)."""

INDEX = "index.html"


def composed(text: str) -> str:
    """In Unicode NFC, in which macOS does not write the names of files."""
    return normalize("NFC", text)


def encoded(path: str) -> str:
    """The path of a file as an address has it."""
    return quote(composed(path), safe=_PATH)


def decoded(address: str) -> str:
    """The path of a file that an address names, as a web server looks it up."""
    return composed(unquote(address))


def whole(address: str) -> str:
    """The one form of an address that is typed, or answered, in several: percent-encoded, and
    ``/x/`` for ``/x`` and ``/x/index.html``. A query stays, as it is typed."""
    path, mark, query = address.partition("?")
    path = encoded(decoded(path))
    path = f"/{path.removesuffix(INDEX)}" if path == INDEX else path
    path = path.removesuffix(INDEX) if path.endswith(f"/{INDEX}") else path
    if not query and "." not in path.rsplit("/", 1)[-1] and not path.endswith("/"):
        path += "/"
    return path + mark + query if query else path


def readable(address: str) -> str:
    """An address for people: accents as letters, and percent-encoded only what must be."""
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _letters, address)


def _letters(found: re.Match[str]) -> str:
    try:
        text = unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]
    return text if text.isprintable() else found[0]


def file_of(address: str) -> str:
    """The file, from the output folder, that answers an address without a query."""
    path = decoded(address).lstrip("/")
    last = path.rsplit("/", 1)[-1]
    if not last:
        return f"{path}{INDEX}"
    return path if "." in last else f"{path}/{INDEX}"
