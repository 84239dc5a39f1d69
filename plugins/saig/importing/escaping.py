"""Plain text → Markdown that shows just that text."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)")
_AT_START = re.compile(
    r"([#>]|[-+](?=\s|$)|[=-](?=[=-]*\s*$)|:(?=:)|:(?=\s)|~(?=~)|\|)|(\d{1,9})([.)](?=\s|$))"
)
_ATTRIBUTES = re.compile(r"\{(?=[^{}\n]*\})")


def escaped(text: str) -> str:
    """What means something to Markdown anywhere in a line."""
    return _ATTRIBUTES.sub(r"\\{", _ANYWHERE.sub(r"\\\g<0>", text))


def escaped_start(text: str) -> str:
    """The same for what means something at the beginning of a line alone, as ``1.`` does."""
    found = _AT_START.match(text)
    if not found:
        return text
    if found[1]:
        return "\\" + text
    return f"{found[2]}\\{text[found.end(2) :]}"
