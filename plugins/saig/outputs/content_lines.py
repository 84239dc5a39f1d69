"""The lines of calendars and cards, the same in both formats: RFC 5545, §3.1 and §3.3.11, and RFC
6350, §3.2 and §3.4."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 75
"""The most octets of a line; longer ones are folded."""

_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": "\\n"})


def text(value: str) -> str:
    """Escape a text, or a part of one, for a line."""
    return value.replace("\r\n", "\n").translate(_ESCAPED)


def content_lines(lines: Iterable[str]) -> bytes:
    """Encode lines, folding long ones."""
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """Fold a line, but not within an escape or a character: some programs unfold after decoding."""
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
