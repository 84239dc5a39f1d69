"""The lines of calendars and of address cards, which both formats have alike: RFC 5545, §3.1 and
§3.3.11, and RFC 6350, §3.2 and §3.4."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 75
"""Octets of a line; a longer one is folded."""

_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": "\\n"})


def text(value: str) -> str:
    """A text, or a part of one, as it stands in a line."""
    return value.replace("\r\n", "\n").translate(_ESCAPED)


def content_lines(lines: Iterable[str]) -> bytes:
    """Each of these lines, in several where it is long."""
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """What is escaped stays together, and a character, for some programs unfold what they have
    decoded."""
    parts = []
    while len(line) >= LONGEST:
        end = LONGEST - 1
        while line[end] & 0xC0 == 0x80:  # within a character of several octets
            end -= 1
        if line[end - 1 : end] in (b"\\", b"^"):
            end -= 1
        parts.append(line[:end])
        line = line[end:]
    return b"\r\n ".join([*parts, line]) + b"\r\n"
