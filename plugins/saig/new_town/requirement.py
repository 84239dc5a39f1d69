"""Which Saig a new town uses: the line of its requirements.txt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from ..words import N_, for_editors

WITHOUT_HASH = N_(
    "add the hash that the release has: saig==%(version)s --hash=sha256:…; without it nothing is installed"
)


def installed_from() -> Mapping[str, Any]:
    """What is known of the wheel that this Saig was installed from (PEP 610)."""
    try:
        text = distribution("saig").read_text("direct_url.json")
        found = json.loads(text or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def requirement(source: Mapping[str, Any], version: str, lang: str) -> tuple[str, bool]:
    """The text of requirements.txt, and whether it has the hash. ``source``: as ``installed_from``
    gives it; ``version``: this Saig's; ``lang``: of what is said to the editor."""
    info = source.get("archive_info")
    hashes = info.get("hashes") if isinstance(info, dict) else None
    digest = hashes.get("sha256") if isinstance(hashes, dict) else None
    url = str(source.get("url", ""))
    if not digest:
        told = for_editors(WITHOUT_HASH, lang, version=version)
        return f"saig=={version}\n# {told}\n", False
    what = f"saig @ {url}" if url.startswith("https://") else f"saig=={version}"
    return f"{what} --hash=sha256:{digest}\n", True
