"""Compressed twins of files, made once, so that the web server need not compress them."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import brotli  # type: ignore[import-untyped]

from ..progress import Progress
from ..words import N_

COMPRESSIBLE = frozenset(
    (
        *(".atom", ".rss", ".xml", ".ttl", ".ics", ".vcf"),
        *(".html", ".css", ".js", ".mjs", ".map", ".svg"),
        *(".json", ".ndjson", ".jsonld", ".webmanifest", ".csv", ".md", ".txt"),
    )
)
"""Endings of files that become smaller. Images and fonts are compressed already."""

QUALITY = 10
"""Brotli's quality. 11 takes more than twice as long for 2 % (measured on the pages of Palma)."""

LONG, QUICK, QUICK_GZIP = 1 << 20, 5, 4
"""Files of more than ``LONG`` bytes are compressed with lower quality. They contain the whole site,
so they differ with each publication, and 12 MB would take ten seconds."""

LARGEST = 1 << 30
"""More bytes than any file of a site has: a twin is decompressed no further."""


def _gzip(data: bytes) -> bytes:
    # A time or a name in the header would make equal files differ.
    return gzip.compress(data, QUICK_GZIP if len(data) > LONG else 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    compressed: bytes = brotli.compress(data, quality=QUICK if len(data) > LONG else QUALITY)
    return compressed


TWINS: dict[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}
"""Ending of a twin -> how it is compressed."""


def is_compressible(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in COMPRESSIBLE


def twins(data: bytes) -> dict[str, bytes]:
    """The twins of a file: ending -> bytes; only those that are smaller than the file."""
    made = {ending: compress(data) for ending, compress in TWINS.items()}
    return {ending: twin for ending, twin in made.items() if len(twin) < len(data)}


def write_twins(root: Path, paths: Sequence[str], shared: set[str], progress: Progress) -> set[str]:
    """Write the twins of these files below ``root``, except the ``shared`` ones, which are there.
    Returns the paths of the twins that were written. Raises ``OSError``."""
    waiting = [
        path
        for path in paths
        if is_compressible(path) and any(path + ending not in shared for ending in TWINS)
    ]

    def work(path: str) -> set[str]:
        written = set()
        for ending, twin in twins((root / path).read_bytes()).items():
            if path + ending not in shared:
                (root / (path + ending)).write_bytes(twin)
                written.add(path + ending)
        return written

    # Both compressors let other threads run, and threads, unlike processes, end with their parent.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        done = progress.over(pool.map(work, waiting), len(waiting), N_("Compressing files"))
        return {name for names in done for name in names}


def original(ending: str, twin: bytes) -> bytes | None:
    """The bytes from which a twin was made; None if it is damaged, has something after its end, or
    is longer than ``LARGEST``."""
    try:
        if ending == ".gz":
            opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = opened.decompress(twin, LARGEST)
            return data if opened.eof and not opened.unused_data else None
        decompressor = brotli.Decompressor()
        found: bytes = decompressor.process(twin, output_buffer_limit=LARGEST)
        return found if decompressor.is_finished() else None
    except (zlib.error, brotli.error):
        return None
