"""Atom (RFC 4287) as feedgenerator writes it, but for what it leaves out. It takes long to import."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.feedgenerator import rfc3339_date


class Atom(Atom1Feed):  # type: ignore[misc]
    def latest_post_date(self) -> datetime.datetime:
        """An empty feed says the same each time, and not the time of the build."""
        never = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        return max((item["updateddate"] for item in self.items), default=never)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if there := self.feed["changes"]:
            link = {"rel": "related", "type": "application/json", "href": there}
            handler.addQuickElement("link", "", link)

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        return {} if item["lang"] == self.feed["language"] else {"xml:lang": item["lang"]}

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        """Title and summary are plain text, which is what they are without a ``type`` (RFC 4287,
        §3.1.1)."""
        add = handler.addQuickElement
        add("title", item["title"])
        add("link", "", {"href": item["link"], "rel": "alternate"})
        if item["pubdate"]:
            add("published", rfc3339_date(item["pubdate"]))
        add("updated", rfc3339_date(item["updateddate"]))
        add("id", item["unique_id"])
        other = item["text_lang"] != item["lang"]
        add("summary", item["description"], {"xml:lang": item["text_lang"]} if other else {})
