"""The index of a release, which lists its documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..outputs.data import INDEX, whole_index


def read_index(site: Path) -> dict[str, Any]:
    """``api/v1/index.json`` of a finished site, joined with its further pages. Raises ``OSError`` or
    ``ValueError`` if there is no valid one."""

    def read(address: str) -> bytes:
        path = urlsplit(address).path
        name = path.rpartition("/")[2]
        if not path.endswith(f"/api/v1/index/{name}") or not name.removesuffix(".json").isdecimal():
            raise ValueError(address)
        return (site / "api/v1/index" / name).read_bytes()

    return whole_index((site / INDEX).read_bytes(), read)
