"""The certificates of a time stamp, put in the order that DER asks for.

They are a set (RFC 5652 §5.1), and DER demands that its elements are sorted (X.690 §11.6).
Authorities that run OpenSSL send them unsorted, and a strict reader refuses that. No signature
covers their order.
"""

from __future__ import annotations

from collections.abc import Iterator

SEQUENCE, EXPLICIT_0 = 0x30, 0xA0


def with_sorted_certificates(answer: bytes) -> bytes:
    """An authority's answer (``TimeStampResp``) with its certificates sorted. Anything else is
    returned unchanged, and whoever reads it refuses it."""
    try:
        start, end = 0, len(answer)
        # TimeStampResp, its ContentInfo, [0], SignedData, its certificates.
        for tag, which in ((SEQUENCE, 0), (SEQUENCE, 1), (EXPLICIT_0, 0), (SEQUENCE, 0)):
            start, end = [
                (inner, last) for one, _, inner, last in _elements(answer, start, end) if one == tag
            ][which]
        found = [one for one in _elements(answer, start, end) if one[0] == EXPLICIT_0]
        _, _, start, end = found[0]
        certificates = [answer[first:last] for _, first, _, last in _elements(answer, start, end)]
    except (IndexError, ValueError):
        return answer
    return answer[:start] + b"".join(sorted(certificates)) + answer[end:]


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Each element between two positions: tag, start, start of its content, end. Raises
    ``ValueError`` or ``IndexError`` if the bytes are not DER."""
    while start < end:
        tag, length, inner = data[start], data[start + 1], start + 2
        if length == 0x80:
            raise ValueError("a length that is not definite")
        if length > 0x80:
            inner += length & 0x7F
            length = int.from_bytes(data[start + 2 : inner])
        if inner + length > end:
            raise ValueError("an element that is longer than what it is in")
        yield tag, start, inner, inner + length
        start = inner + length
