"""Lists, which may have several pages: what is in each, and on which page (decision 40).

Names of lists: ``contacts``, ``services``, ``norms`` (by state), ``norms/type`` and the other
views, ``notices/2024``, ``booking``, ``search`` (all notes), ``topic/obres``; the lists of one note
together are ``contact/obres``. A list has rows: a group and a note in it.

Documents look up one page of a list, not the whole list, so only pages that changed are made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from ..languages import order
from ..notes.models import FOLDERS
from ..words import N_
from . import addresses
from .catalogue import Catalogue
from .contacts import parents_of
from .entry import Entry, key_of
from .filled import responsible_now
from .lookup import derived
from .norm_lists import GROUPED, norms_by
from .notes_lists import WITH_LISTS, are_long, lists_of
from .succession import ONE_AT_A_TIME
from .validity import Date

Row = list[str]
"""A group of a list, and the name of a note in it."""

MOST = 50
"""Notes on a page of a list."""

MOST_OF = {"booking": 24, "norms/relations": 40}
"""The same for lists whose entries take more room."""

PAST = "past"
"""The group of past notes in a section's list."""

OF_TOPICS = ("services", "notices", "norms", "contacts", "pages")
"""The groups of a topic's list, in the order of its page."""

IN_WORDS = ("contacts", "services", "booking", "search")
"""Lists whose order depends on the language."""


def cut(rows: Sequence[Row], most: int = MOST) -> list[list[Row]]:
    """Divide rows into pages of at most ``most``. A page ends before the row with the least
    checksum among those that may begin the next one. So a note that is added or removed changes
    only its own page, and the other cuts stay (content-defined chunking)."""
    found = []
    rest = list(rows)
    while len(rest) > most:
        at = min(range(most // 2, most + 1), key=lambda index: (_number(rest[index]), index))
        found.append(rest[:at])
        rest = rest[at:]
    return [*found, rest]


def _number(row: Row) -> int:
    return crc32(" ".join(row).encode())


@derived(N_("what stands in the list %(key)s"))
def list_pages(catalogue: Catalogue, name: str, lang: str) -> list[list[Row]]:
    """The rows on each page of a list."""
    if name.partition("/")[0] in WITH_LISTS:
        return _of_note(catalogue, name)
    return cut(_rows(catalogue, name, lang), MOST_OF.get(name, MOST))


def _of_note(catalogue: Catalogue, name: str) -> list[list[Row]]:
    """The first page is the note's own. Others follow if a list is too long for it."""
    lists = lists_of(catalogue, name)
    if not are_long(lists):
        return [[]]
    return [[], *cut([row for group, entries in lists.items() for row in _in(group, entries)])]


@derived(N_("what stands on a page of the list %(key)s"))
def list_page(catalogue: Catalogue, name: str, lang: str, number: str) -> list[Row]:
    """The rows on a page of a list; empty if it has fewer pages."""
    pages = list_pages(catalogue, name, lang)
    return pages[int(number) - 1] if int(number) <= len(pages) else []


@derived(N_("how many pages the list %(key)s has"))
def list_count(catalogue: Catalogue, name: str, lang: str) -> int:
    return len(list_pages(catalogue, name, lang))


@derived(N_("the groups of the list %(key)s"))
def list_groups(catalogue: Catalogue, name: str, lang: str) -> Any:
    """As ``groups``, as plain data."""
    found: dict[str, list[int]] = {}
    for number, rows in enumerate(list_pages(catalogue, name, lang), 1):
        for group, _ in rows:
            found.setdefault(group, [0, number])[0] += 1
    return [[group, *said] for group, said in found.items()]


@derived(N_("the next day on which the list %(key)s changes"))
def list_changes_on(catalogue: Catalogue, name: str) -> str | None:
    entries = _coming_and_going(catalogue, name)
    return catalogue.next_of({d for entry in entries for d in catalogue.transition_dates(entry)})


def _coming_and_going(catalogue: Catalogue, name: str) -> list[Entry]:
    """The notes of which the day decides whether a list shows them, or in which group."""
    what, _, of = name.partition("/")
    if what == "topic":
        named = [
            entry for kind in ONE_AT_A_TIME for entry in catalogue.referencing(of, kind, "topics")
        ]
        return [*named, *(heir for entry in named for heir in catalogue.heirs(entry))]
    if of or what == "search":
        return []
    kinds = ONE_AT_A_TIME if what == "booking" else (FOLDERS[what],)
    return [entry for kind in kinds for entry in catalogue.listed_of(kind)]


def page(catalogue: Catalogue, name: str, lang: str, number: int = 1) -> list[tuple[str, Entry]]:
    """The rows on a page of a list, in the order of a language: group, note."""
    rows = list_page(catalogue, name, _order(catalogue, name, lang), str(number))
    entries = catalogue.entries_of(note for _, note in rows)
    return [(group, entry) for (group, _), entry in zip(rows, entries, strict=True)]


def count(catalogue: Catalogue, name: str, lang: str) -> int:
    """The number of pages of a list; 1 if it is empty."""
    return list_count(catalogue, name, _order(catalogue, name, lang))


def groups(catalogue: Catalogue, name: str, lang: str) -> list[tuple[str, int, int]]:
    """The groups of a list in their order: name, number of notes, page on which it begins."""
    return [tuple(said) for said in list_groups(catalogue, name, _order(catalogue, name, lang))]


def changes_on(catalogue: Catalogue, name: str) -> list[Date]:
    """The next day, if any, on which notes enter a list, leave it, or change their group."""
    found = list_changes_on(catalogue, name)
    return [Date.fromisoformat(found)] if found else []


def _order(catalogue: Catalogue, name: str, lang: str) -> str:
    return lang if name in IN_WORDS else catalogue.site.default_language


# -- what stands in each ---------------------------------------------------------------------------


def _rows(catalogue: Catalogue, name: str, lang: str) -> list[Row]:
    what, _, of = name.partition("/")
    if what == "notices":
        return _of_year(catalogue, of)
    if what == "topic":
        return _of_topic(catalogue, of)
    if what == "booking":
        return _booking(catalogue, lang)
    if what == "search":
        return _all_titles(catalogue, lang)
    if what == "norms":
        found = norms_by(catalogue, of)
        return [row for group, norms in found.items() for row in _in(group, norms)]
    kind = FOLDERS[what]
    entries = hierarchy(catalogue, lang) if kind == "contact" else by_title(catalogue, kind, lang)
    past = [entry for entry in entries if catalogue.is_past(entry)]
    there = [entry for entry in entries if entry not in past and catalogue.has_its_place(entry)]
    return [*_in("", there), *_in(PAST, past)]


def _in(group: str, entries: Iterable[Entry]) -> list[Row]:
    return [[group, entry.name] for entry in entries]


def _of_year(catalogue: Catalogue, year: str) -> list[Row]:
    """The notices of a year by month, the oldest first, so that new ones are on the last page."""
    found = catalogue.under("year", year)
    return [[found[note][:7], note] for note in sorted(found, key=lambda one: (found[one], one))]


def _of_topic(catalogue: Catalogue, topic: str) -> list[Row]:
    rows = []
    for group in OF_TOPICS:
        kind = FOLDERS[group]
        if kind in ("notice", "norm"):
            found = catalogue.under("referencing", f"{kind} topics {topic}")
            notes = sorted(found, key=lambda note: key_of(note).id)
            notes.sort(key=lambda note: tuple(found[note]), reverse=True)
            rows += [[group, note] for note in notes]
        else:
            entries = catalogue.referencing(topic, kind, "topics")
            rows += _in(group, in_place(catalogue, entries) if kind in ONE_AT_A_TIME else entries)
    return rows


def in_place(catalogue: Catalogue, entries: Iterable[Entry]) -> list[Entry]:
    """The notes, each replaced by those that stand for it today, without those that are waiting."""
    found = dict.fromkeys(heir for entry in entries for heir in catalogue.heirs(entry))
    return list(filter(catalogue.has_its_place, found))


def _booking(catalogue: Catalogue, lang: str) -> list[Row]:
    """The services of each department that has any."""
    responsible = set(responsible_now(catalogue))
    services: dict[Entry, list[Entry]] = {}
    for service in current_services(catalogue, lang):
        for department in catalogue.referenced_now(service, "departments")[:1]:
            services.setdefault(department, []).append(service)
    departments = [one for one in hierarchy(catalogue, lang) if one.name in responsible]
    return [row for one in departments for row in _in(one.name, services.get(one, ()))]


def _all_titles(catalogue: Catalogue, lang: str) -> list[Row]:
    """All listed notes, by kind and title."""
    rows = []
    for group in OF_TOPICS:
        found = catalogue.under("titled", f"{group.removesuffix('s')} {lang}")
        notes = sorted(found, key=lambda note: (*found[note], key_of(note).id))
        rows += [[group, note] for note in notes]
    return rows


def current_services(catalogue: Catalogue, lang: str) -> list[Entry]:
    """The services that are offered today, by title."""
    return [
        entry
        for entry in by_title(catalogue, "service", lang)
        if catalogue.is_current(entry) and catalogue.has_its_place(entry)
    ]


# -- orders ----------------------------------------------------------------------------------------


def by_title(catalogue: Catalogue, kind: str, lang: str) -> list[Entry]:
    """The listed notes of a kind by title (contacts by short title), in the language's order."""

    def words(entry: Entry) -> str:
        said = entry.words(lang)
        return said.short_title or said.title if kind == "contact" else said.title

    entries = catalogue.listed_of(kind)
    return sorted(entries, key=lambda entry: (order(words(entry), lang), words(entry), entry.id))


def hierarchy(catalogue: Catalogue, lang: str) -> list[Entry]:
    """The contacts, each after its parent; siblings by title."""
    contacts = by_title(catalogue, "contact", lang)
    below: dict[Entry | None, list[Entry]] = {}
    for entry in contacts:
        above = parents_of(catalogue, entry)[-1:]
        below.setdefault(above[0] if above else None, []).append(entry)
    ordered: dict[Entry, None] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        entry = waiting.pop()
        if entry not in ordered:
            ordered[entry] = None
            waiting += below.get(entry, [])[::-1]
    return list(dict.fromkeys((*ordered, *contacts)))


# -- where they stand ------------------------------------------------------------------------------


def address(catalogue: Catalogue, name: str, lang: str, number: int = 1) -> str:
    """The address of a page of a list."""
    what, _, of = name.partition("/")
    site = catalogue.site
    if what in WITH_LISTS:
        there = catalogue.address(catalogue.entry(name), lang)
    elif what == "topic":
        there = addresses.topic(site, of, lang)
    elif what == "norms" and of:
        there = addresses.norm_view(site, of, lang)
    else:
        there = addresses.section(site, what, lang) + (f"{of}/" if of else "")
    return addresses.further(there, number)


def languages(catalogue: Catalogue, name: str) -> list[str]:
    """The languages in which a list has pages; for a note's lists, those of the note."""
    if name.partition("/")[0] in WITH_LISTS:
        return catalogue.entry(name).languages
    return list(catalogue.site.languages)


@derived(N_("the years of which there are notices"))
def years(catalogue: Catalogue) -> list[int]:
    """The years with notices, the last first."""
    days = (said[1] for said in catalogue.under("kind", "notice").values() if said[0] != "hidden")
    return sorted({int(day[:4]) for day in days if day}, reverse=True)


@derived(N_("which notes have long lists"))
def long_notes(catalogue: Catalogue) -> list[str]:
    """The notes whose own lists need more pages."""
    names = (note for kind in WITH_LISTS for note in catalogue.under("kind", kind))
    lang = catalogue.site.default_language
    return [name for name in names if list_count(catalogue, name, lang) > 1]


def names(catalogue: Catalogue) -> list[str]:
    """All lists that may have several pages, and those of years."""
    return [
        *("contacts", "services", "norms"),
        *(f"norms/{view}" for view in (*GROUPED, "relations")),
        *(f"notices/{year}" for year in years(catalogue)),
        *(f"topic/{topic}" for topic in catalogue.site.topics),
        *("booking", "search"),
        *long_notes(catalogue),
    ]


def list_at(catalogue: Catalogue, there: str) -> tuple[str, str, int] | None:
    """The list, language and page number at an address: a year's page, or a further page of a list;
    None for any other address."""
    above, number = addresses.of_further(there)
    if number is None:
        return None
    site, lang = catalogue.site, addresses.language_of(catalogue.site, above)
    if above == addresses.section(site, "notices", lang):
        is_there = bool(catalogue.under("year", str(number)))
        return (f"notices/{number}", lang, 1) if is_there else None
    name = _name_at(catalogue, above, lang)
    if name and 1 < number <= count(catalogue, name, lang):
        return name, lang, number
    return None


def _name_at(catalogue: Catalogue, there: str, lang: str) -> str | None:
    """The list whose first page is at an address; None if there is none."""
    site = catalogue.site
    found = catalogue.pages.get(there)
    if found in ("contacts", "services", "norms", "booking", "search"):
        return found
    if found == "norm view":
        views = (
            view for view in addresses.NORM_VIEWS if addresses.norm_view(site, view, lang) == there
        )
        return next((f"norms/{view}" for view in views), None)
    if found == "topic":
        return f"topic/{there.strip('/').rpartition('/')[2]}"
    if note := catalogue.note_at(there):
        return note[0].name if note[0].kind in WITH_LISTS else None
    above, year = addresses.of_further(there)
    if year is not None and above == addresses.section(site, "notices", lang):
        return f"notices/{year}"
    return None
