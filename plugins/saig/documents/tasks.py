"""The first items of the home page: the tasks of ``site.yaml``, as links."""

from __future__ import annotations

from ..catalogue.entry import Entry
from ..catalogue.filled import is_filled
from ..catalogue.front import first_services
from ..notes.address import typed
from ..notes.site import Task
from .common import DocumentBuilder

MOST = 6
"""The most services if the site names no tasks; the booking page comes before them."""


def tasks(builder: DocumentBuilder) -> tuple[list[dict[str, str]], list[Entry]]:
    """The links, and the notes whose state decides on them: a note that is over, hidden or a draft
    is left out, as is an empty section."""
    catalogue = builder.catalogue
    if not catalogue.site.tasks:
        first = catalogue.entries_of(first_services(catalogue, builder.lang))[:MOST]
        return [*builder.section_crumbs("booking"), *map(builder.named, first)], first
    behind = [entry for task in catalogue.site.tasks if (entry := _entry(builder, task))]
    links = (_link(builder, task) for task in catalogue.site.tasks)
    return [link for link in links if link], behind


def _entry(builder: DocumentBuilder, task: Task) -> Entry | None:
    found = builder.catalogue.get(*task.note) if task.note else None
    return builder.catalogue.heirs(found)[0] if found else None


def _link(builder: DocumentBuilder, task: Task) -> dict[str, str] | None:
    catalogue, text, found = builder.catalogue, task.text, None
    if entry := _entry(builder, task):
        if entry.is_listed and not catalogue.is_past(entry):
            found = builder.named(entry)
    elif task.section and (task.section == "search" or is_filled(catalogue, task.section)):
        found = builder.section_crumb(task.section)
    elif task.address:
        there = task.address.link(builder.lang)
        url = builder.url(typed(there)) if there.startswith("/") else there
        found = builder.crumb("", url, task.address.lang(builder.lang))
    if found and text:
        found |= {"title": text.text(builder.lang), "title_lang": text.lang(builder.lang)}
    return found
