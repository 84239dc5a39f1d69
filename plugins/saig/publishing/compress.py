"""The compressed twins of files, made once so that the web server need not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

import brotli  # type: ignore[import-untyped]

COMPRESSIBLE = frozenset(
    (
        *(".atom", ".rss", ".xml", ".ttl", ".ics", ".vcf"),
        *(".html", ".css", ".js", ".mjs", ".map", ".svg"),
        *(".json", ".jsonld", ".webmanifest", ".csv", ".md", ".txt"),
    )
)
"""Endings of what grows smaller; images, fonts and Pagefind's index are compressed already."""

QUALITY = 10
"""Brotli's. 11 takes more than twice as long for 2 % (measured on the pages of Palma)."""

LARGEST = 1 << 30
"""More than any file of a site: a twin that claims to hold more is not read to its end."""


def _gzip(data: bytes) -> bytes:
    # A time or a name in the header would make equal files differ.
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    compressed: bytes = brotli.compress(data, quality=QUALITY)
    return compressed


TWINS: dict[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}
"""What a web server looks for beside a file, and how it is made."""


def is_compressible(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in COMPRESSIBLE


def twins(data: bytes) -> dict[str, bytes]:
    """Ending to compressed bytes, for those that are smaller than the file itself."""
    made = {ending: compress(data) for ending, compress in TWINS.items()}
    return {ending: twin for ending, twin in made.items() if len(twin) < len(data)}


def original(ending: str, twin: bytes) -> bytes | None:
    """What a twin holds; None where it is damaged or holds something more."""
    try:
        if ending == ".gz":
            opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = opened.decompress(twin, LARGEST)
            return data if opened.eof and not opened.unused_data else None
        decompressor = brotli.Decompressor()
        found: bytes = decompressor.process(twin)
        return found if decompressor.is_finished() else None
    except (zlib.error, brotli.error):
        return None
