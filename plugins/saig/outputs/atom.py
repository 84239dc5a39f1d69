"""Elements of XML for Atom (RFC 4287), which have attributes, and text or elements."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACE = "http://www.w3.org/2005/Atom"


def element(name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> str:
    return whole(name, escape(text, quote=False), attributes)


def whole(name: str, content: str, attributes: Mapping[str, str] | None = None) -> str:
    """``content``: elements."""
    values = {key: escape(value, quote=False) for key, value in (attributes or {}).items()}
    said = "".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in values.items())
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"
