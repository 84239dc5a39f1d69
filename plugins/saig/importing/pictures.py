"""The pictures of a page or a Word file: those that are available are imported with the note."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from ..words import N_
from .article import PICTURE_PLACE, LeftOut, one_line

NOT_AT_HAND = N_("a picture that is not in the file")
NO_PICTURE = N_("a picture in a form that browsers do not show")

LIMIT = 5_000_000
"""The most bytes of one picture."""

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL | re.IGNORECASE)


def ending_of(data: bytes) -> str:
    """``png``, by the picture's first bytes; '' for one that a page cannot show."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for sign, ending in _SIGNS if data.startswith(sign)), "")


def take_pictures(
    soup: BeautifulSoup, root: Tag, folder: Path | None, embedded: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[LeftOut]]:
    """The pictures of a text, by their placeholder in it. Those that the file does not contain are
    removed. A picture's text alternative is kept."""
    taken: dict[str, bytes] = {}
    missing = []
    for tag in root.find_all("img"):
        address = str(tag.get("src") or tag.get("data-src") or "").strip()
        alt = one_line(str(tag.get("alt") or ""))
        data = embedded.get(address) or _data(address) or _beside(address, folder)
        ending = ending_of(data) if data else ""
        if ending and 0 < len(data) <= LIMIT:
            name = f"{PICTURE_PLACE}{len(taken) + 1}.{ending}"
            taken[name] = data
            tag.replace_with(_picture(soup, name, alt))
        else:
            shown = address if len(address) < 200 and not address.startswith("data:") else ""
            tag.decompose()
            missing.append(LeftOut(NO_PICTURE if data else NOT_AT_HAND, alt or shown or "?"))
    return taken, missing


def _picture(soup: BeautifulSoup, name: str, alt: str) -> Tag:
    tag = soup.new_tag("img")
    tag["src"], tag["alt"] = name, alt
    return tag


def _data(address: str) -> bytes:
    found = _DATA.match(address)
    if not found:
        return b""
    try:
        return base64.b64decode(unquote(found[1]), validate=False)
    except (binascii.Error, ValueError):
        return b""


def _beside(address: str, folder: Path | None) -> bytes:
    """A picture that was saved with the page, below its folder."""
    if (
        folder is None
        or not address
        or re.match(r"[a-z][a-z0-9+.-]*:|/|\\", address, re.IGNORECASE)
    ):
        return b""
    try:
        file = (folder / unquote(address.partition("?")[0])).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return b""
        return file.read_bytes() if file.stat().st_size <= LIMIT else b""
    except (OSError, ValueError):
        return b""
