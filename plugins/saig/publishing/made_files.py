"""Files that are made on publication, with their compressed twins."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from . import durable
from .compress import TWINS, twins
from .hardlinks import set_times
from .tree import digest


def write_made(site: Path, files: Mapping[str, bytes], kept: Sequence[Path]) -> dict[str, str]:
    """Write files, given by path, into a site that is to be published, and replace their twins.
    Returns address -> digest. ``kept``: the existing releases. Raises ``OSError``."""
    names = []
    for name, data in files.items():
        durable.write(site / name, data)
        names.append(name)
        for ending in TWINS:
            with suppress(FileNotFoundError):
                os.unlink(site / f"{name}{ending}")
        for ending, twin in twins(data).items():
            durable.write(site / f"{name}{ending}", twin)
            names.append(f"{name}{ending}")
    set_times(site, names, kept)
    return {f"/{name}": digest(data) for name, data in files.items()}
