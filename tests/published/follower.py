"""A program that follows a site by what it publishes, as docs/data.md says, and knows nothing of Saig.
It reads a folder as it would read a server."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote


@dataclass
class Follower:
    """``held``: what it has, address to digest. ``begun``: how often it read everything."""

    site: Path
    held: dict[str, str] = field(default_factory=dict)
    cursor: int | None = None
    begun: int = 0
    root: str = ""

    def read(self, path: str) -> Any:
        try:
            return json.loads((self.site / unquote(path.removeprefix(self.root))).read_bytes())
        except FileNotFoundError:
            return None

    def follow(self) -> None:
        latest = self.read("api/v1/changes/index.json")["latest"]
        pages = self.pages_since(latest) if self.cursor is not None else None
        if pages is None:
            self.held, self.cursor = self.crawl(), latest
            self.begun += 1
            return
        for page in pages:
            for change in page["changes"]:
                if change["op"] in ("moved", "withdrawn", "removed"):
                    self.held.pop(change["url"], None)
            for change in page["changes"]:
                if change["digest"]:
                    self.held[change["to"] or change["url"]] = change["digest"]
            assert page["documents"] == sum(url.endswith("/") for url in self.held)
        self.cursor = latest

    def pages_since(self, latest: int) -> list[Any] | None:
        """The pages after the cursor, the first one first; None where they do not lead back to it."""
        found: list[Any] = []
        number: int | None = latest
        while number != self.cursor:
            page = self.read(f"api/v1/changes/{number}.json") if number else None
            if page is None:
                return None
            assert page["number"] == number
            found.insert(0, page)
            number = page["previous"]
        return found

    def crawl(self) -> dict[str, str]:
        """Everything, from the index alone."""
        page, found = self.read("api/v1/index.json"), {}
        self.root, total = page["site"], page["total"]
        while page:
            found |= {one["url"]: one["digest"] for one in page["documents"]}
            found |= {one["url"]: one["digest"] for one in page["files"]}
            found |= {one["document"]: one["digest"] for one in page["shared"]}
            page = self.read(page["next"]) if page["next"] else None
        assert total == sum(url.endswith("/") for url in found)
        return found
