"""Which lists are not empty: nothing links to an empty one (docs/decisions/0019)."""

from __future__ import annotations

from ..notes.models import FOLDERS
from ..words import N_
from .addresses import LISTED
from .catalogue import Catalogue
from .lookup import derived

KINDS = {section: FOLDERS[section] for section in LISTED}
TOPIC = "topic/"


def topic_list(topic: str) -> str:
    """The name of a topic's list, in the form of the sections' names."""
    return f"{TOPIC}{topic}"


@derived(N_("whether the list %(key)s has anything in it"))
def is_filled(catalogue: Catalogue, name: str) -> bool:
    """Whether a list has anything in it today. ``name``: of a section, as in site.yaml, or of a
    topic, from ``topic_list``."""
    if name in KINDS:
        found = catalogue.under("kind", KINDS[name]).values()
        return any(status != "hidden" for status, *_ in found)
    if name == "booking":
        return bool(responsible_now(catalogue))
    if name == "topics":
        return any(is_filled(catalogue, topic_list(topic)) for topic in catalogue.site.topics)
    return any(
        catalogue.is_shown(entry)
        for kind in (*KINDS.values(), "page")
        for entry in catalogue.referencing(name.removeprefix(TOPIC), kind, "topics")
    )


@derived(N_("which departments have services"))
def responsible_now(catalogue: Catalogue) -> list[str]:
    """The departments that are responsible for services today: the first of each."""
    services = filter(catalogue.is_current, catalogue.listed_of("service"))
    named = (catalogue.referenced_now(service, "departments") for service in services)
    return list(dict.fromkeys(contacts[0].name for contacts in named if contacts))
