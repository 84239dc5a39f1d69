"""Which lists have anything in them: nothing links to one that is empty (docs/decisions/0019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .addresses import LISTED
from .entry import Entry

if TYPE_CHECKING:
    from .catalogue import Catalogue


def filled(catalogue: Catalogue) -> frozenset[str]:
    """The sections, by their names in site.yaml, and the topics, as ``topic_list`` calls them, whose
    pages list something today."""
    kinds = {section: section.removesuffix("s") for section in LISTED}
    sections = {section for section, kind in kinds.items() if catalogue.listed(kind)}
    topics = {
        topic_list(topic)
        for topic in catalogue.site.topics
        if any(
            catalogue.is_shown(entry)
            for kind in (*kinds.values(), "page")
            for entry in catalogue.naming(topic, kind, "topics")
        )
    }
    sections |= {"topics"} if topics else set()
    sections |= {"booking"} if responsible(catalogue) else set()
    return frozenset(sections | topics)


def responsible(catalogue: Catalogue) -> list[Entry]:
    """The contacts whose services stand on the booking page."""
    services = filter(catalogue.is_current, catalogue.listed("service"))
    named = (catalogue.named_now(service, "departments") for service in services)
    return list({contacts[0].key: contacts[0] for contacts in named if contacts}.values())


def topic_list(topic: str) -> str:
    """What a topic's list is called beside the sections."""
    return f"topic {topic}"
