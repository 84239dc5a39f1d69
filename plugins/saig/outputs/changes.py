"""What each publication changed, as data for programs that follow the site (docs/data.md)."""

from __future__ import annotations

from .published_json import encode


def page(number: int) -> str:
    """The path of a publication's changes."""
    return f"api/v1/changes/{number}.json"


def nothing_yet(site_url: str, documents: int) -> bytes:
    """``api/v1/changes/index.json`` of a site that is not published yet."""
    return latest(site_url, None, None, documents)


def latest(site_url: str, newest: int | None, oldest: int | None, documents: int) -> bytes:
    """``api/v1/changes/index.json``: the numbers of the latest publication that changed something,
    and of the oldest whose changes are still published."""
    return encode(
        {
            "$schema": f"{site_url}/api/v1/schemas/changes.json",
            "latest": newest,
            "oldest": oldest,
            "page": f"{site_url}/{page(0)}".replace("0.json", "{number}.json"),
            "documents": documents,
            "index": f"{site_url}/api/v1/index.json",
        }
    )
