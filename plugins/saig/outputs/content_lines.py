"""The lines of calendars (RFC 5545, §3.1) and of contact cards (RFC 6350, §3.2), which are folded in the
same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LIMIT = 75
"""Octets of a line that may not be reached, with those of the blank that goes on."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})


def escaped(text: str) -> str:
    """A text as a calendar's value has it (§3.3.11)."""
    return text.replace("\\N", "\n").replace("\r\n", "\n").translate(_ESCAPED)


def content_lines(lines: Iterable[str]) -> bytes:
    """The lines, each with its end, in several where it is long."""
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _folded(line: str) -> str:
    return line if len(line.encode()) < LIMIT else "\r\n ".join(_parts(line))


def _parts(line: str) -> Iterator[str]:
    """A sign and the backslash before it stay together, for programs that look at each line alone."""
    start = octets = 0
    for place, sign in enumerate(line):
        size = len(sign.encode())
        if octets and octets + size >= LIMIT:
            is_escaped = place - start > 1 and line[place - 1] in "\\^"
            end = place - is_escaped
            yield line[start:end]
            start, octets = end, place - end
        octets += size
    yield line[start:]
