"""Plain text → Markdown that shows exactly that text."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)")
_AT_START = re.compile(
    r"([#>]|[-+](?=\s|$)|[=-](?=[=-]*\s*$)|:(?=:)|:(?=\s)|~(?=~)|\|)|(\d{1,9})([.)](?=\s|$))"
)
_ATTRIBUTES = re.compile(r"\{(?=[^{}\n]*\})")


def escaped(text: str) -> str:
    """Characters with a meaning in Markdown anywhere in a line."""
    return _ATTRIBUTES.sub(r"\\{", _ANYWHERE.sub(r"\\\g<0>", text))


def escaped_start(text: str) -> str:
    """The same for what only has a meaning at the beginning of a line, such as ``1.``."""
    found = _AT_START.match(text)
    if not found:
        return text
    if found[1]:
        return "\\" + text
    return f"{found[2]}\\{text[found.end(2) :]}"
