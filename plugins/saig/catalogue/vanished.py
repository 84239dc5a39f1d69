"""Addresses that were published and no longer exist (docs/notes.md, Addresses). Each problem is
reported at the line that caused it, with the lines to paste for each remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from ..notes.address import QUERIES, decoded, encoded, place, readable, whole
from ..notes.address_lists import Recorded
from ..notes.files import FILES, LEDGER
from ..notes.models import KINDS
from ..notes.problem import Problem, file_problem
from ..notes.read import Note, Places
from ..notes.validation import nearest
from ..words import N_
from . import addresses
from .catalogue import Catalogue
from .check_addresses import slug_field
from .entry import Entry, Key
from .lost import list_pages_in
from .old import explaining_files
from .pages import answers, page_at
from .validity import DAY

GONE = "content/gone.yaml"
Book = Mapping[str, tuple[str, Recorded]]
"""What was ever published: the place of an address -> the address and what was there."""


def merged(*known: Mapping[str, Recorded] | None) -> Book:
    """Merge several records of what was published; the first that can name a note is used."""
    book: dict[str, tuple[str, Recorded]] = {}
    for one in known:
        for address, found in (one or {}).items():
            there = place(address)
            if there not in book or (found.kind and not book[there][1].kind):
                book[there] = address, found
    return book


def check_vanished(
    checked: Catalogue,
    shown: Catalogue,
    ledger: Mapping[str, Recorded] | None,
    previous: Mapping[str, Recorded],
    places: Places,
) -> Iterator[Problem]:
    """Problems of vanished addresses. ``checked``: the catalogue with drafts; ``shown``: the one
    without. ``previous``: what was published before, from elsewhere than the ledger; ``places``:
    of the values in site.yaml."""
    book = merged(ledger, previous)
    explained = explaining_files(shown)
    gone = {
        there: found
        for there, found in sorted(book.items())
        if there not in explained and page_at(shown, there) is None and not answers(shown, found[0])
    }
    of_queries = {there.partition(f"{QUERIES}/")[0] for there in gone if f"/{QUERIES}/" in there}
    gone = {there: found for there, found in gone.items() if there not in of_queries}
    if ledger and _is_of_another_site(shown, ledger, gone):
        path = f"content/{LEDGER}"
        yield file_problem(path, "vanished-address", OF_ANOTHER, DELETE, count=len(gone))
        gone = {there: found for there, found in gone.items() if found[0] in previous}
    for there in list_pages_in(dict(gone.values())):
        gone.pop(there, None)  # it leads to its list, or to the successor of that
    telling = _Telling(checked, shown, book, gone, places)
    for address, found in gone.values():
        yield telling.of(address, found)


OF_ANOTHER = N_("these are the addresses of another site: %(count)d of them are not here")
DELETE = N_(
    "for a new site, delete this file; if this one was renamed, write its new name in the line “/”"
)


def _is_of_another_site(catalogue: Catalogue, ledger: Mapping[str, Recorded], gone: Book) -> bool:
    """Whether the ledger was copied from another town: its home page has another title, and most of
    its notes are not here. Other pages are similar in all towns."""
    home = ledger.get("/")
    name = catalogue.site.name.root.values()
    notes = [address for address, found in ledger.items() if found.kind in ("", *KINDS)]
    missing = sum(place(address) in gone for address in notes)
    return bool(home and home.title not in name and missing > len(notes) / 2)


@dataclass
class _Telling:
    checked: Catalogue
    shown: Catalogue
    book: Book
    gone: Book
    places: Places
    titles: dict[Key, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        for _, found in self.book.values():
            if found.title and found.lang:
                self.titles[Key(found.kind, found.id)].setdefault(found.lang, found.title)

    def of(self, address: str, found: Recorded) -> Problem:
        """The problem of one vanished address."""
        found = self._known(address, found)
        today = self.shown.day  # which the entry to be pasted contains
        self.shown.changes_on([today, today + DAY])
        own = readable(whole(address))
        entry_of_gone, moved = self._entry(address, found), _old_addresses([own])
        values: dict[str, Any] = {"address": own, "entry": entry_of_gone, "moved": moved}
        if found.kind == "file":
            return self._file(address, found, values)
        entry = self.checked.get(found.kind, found.id)
        if entry and self.shown.get(found.kind, found.id) is None:
            at = _line(entry.original, "status")
            return _problem(entry.original, at, IS_DRAFT, PUBLISH, values)
        if entry and found.lang in entry.languages:
            return self._note(entry, address, found, values)
        if entry:
            return self._translation(entry, found, values)
        if found.kind in KINDS:
            return self._removed(found, values)
        if found.kind in ("home", "section", "topic", "booking", "search", "relations"):
            return self._list(address, found, values)
        return file_problem(GONE, "vanished-address", VANISHED, ADD_HERE, **values)

    def _known(self, address: str, found: Recorded) -> Recorded:
        """What was there, as far as the address itself tells, if nothing more is recorded."""
        if found.kind:
            return found
        there = whole(address)
        if there.startswith(f"/{FILES}/"):
            return found.model_copy(update={"kind": "file", "id": there})
        site, last = self.shown.site, there.strip("/").rsplit("/", 1)[-1]
        sections = {kind: name for kind, name in addresses.SECTION_OF.items() if kind != "page"}
        for lang in site.languages:
            above = {kind: addresses.section(site, name, lang) for kind, name in sections.items()}
            above["page"] = addresses.home(site, lang)
            for kind, folder in above.items():
                if there == f"{folder}{last}/":
                    return found.model_copy(update={"kind": kind, "id": last, "lang": lang})
        return found.model_copy(update={"lang": addresses.language_of(site, there)})

    def _note(self, entry: Entry, address: str, found: Recorded, values: dict[str, Any]) -> Problem:
        """The note exists, at another address."""
        note, site = entry.note(found.lang), self.shown.site
        now = addresses.of_note(site, note)
        original = entry.original
        values |= {
            "now": now,
            "moved": self._old_addresses(entry, old=found.old),
            "original": original.source.path,
            "slug": readable(whole(address)).strip("/").rsplit("/", 1)[-1],
        }
        if found.old or now in self.book:  # its address before that; it has moved before
            return _problem(original, _line(original, "old_addresses"), LED_HERE, MOVE, values)
        if values["slug"] == note.slug:
            section = addresses.SECTION_OF.get(entry.kind)
            at = ("sections", section, "slug", found.lang) if section else ("languages",)
            parts = whole(address).strip("/").split("/")
            values["slug"] = parts[-2] if len(parts) > 1 else ""
            hint = KEEP_SECTION if section else MOVE_THERE
            return self._site(at, IS_NOW, hint, values)
        hint = KEEP_OR_MOVE if note is original else KEEP_OR_MOVE_THERE
        return _problem(note, note.place(slug_field(note)), IS_NOW, hint, values)

    def _translation(self, entry: Entry, found: Recorded, values: dict[str, Any]) -> Problem:
        original = entry.original
        values |= {"moved": self._old_addresses(entry), "original": original.source.path}
        if found.lang not in self.shown.site.languages:
            return self._site(("languages",), VANISHED, MOVE_THERE, values)
        values["file"] = f"{entry.id}.{found.lang}.md"
        at = _line(original, "old_addresses")
        return _problem(original, at, UNTRANSLATED, PUT_BACK_OR_MOVE, values)

    def _removed(self, found: Recorded, values: dict[str, Any]) -> Problem:
        """The note was removed or renamed. The problem names a new one with a similar name, if any."""
        new = {
            entry.id: entry
            for entry in self.checked.every(found.kind)
            if entry.key not in self._recorded
        }
        titles = {entry.words(found.lang).title: entry for entry in new.values()}
        like = new.get(nearest(found.id, list(new))) or titles.get(
            nearest(found.title, list(titles))
        )
        if like:
            note = like.original
            values["moved"] = _old_addresses([*like.facts.old_addresses, values["address"]])
            return _problem(note, note.place("title"), IS_IT_THIS, IF_SO, values)
        return file_problem(GONE, "vanished-address", REMOVED, ADD_HERE, **values)

    @cached_property
    def _recorded(self) -> set[Key]:
        return {Key(found.kind, found.id) for _, found in self.book.values()}

    def _file(self, address: str, found: Recorded, values: dict[str, Any]) -> Problem:
        new = [
            readable(encoded(f"/{path}"))
            for path in self.shown.known.files()
            if place(encoded(f"/{path}")) not in self.book
        ]
        if like := nearest(values["address"], sorted(new)):
            values["entry"] = self._entry(address, found, see=like)
        return file_problem(GONE, "vanished-address", NO_FILE, PUT_BACK, **values)

    def _list(self, address: str, found: Recorded, values: dict[str, Any]) -> Problem:
        """A section, a topic, or everything in a language."""
        if found.lang not in self.shown.site.languages:
            return self._site(("languages",), VANISHED, WRITE_BACK, values)
        if found.kind == "topic":
            see = addresses.section(self.shown.site, "topics", found.lang)
            values["entry"] = self._entry(address, found, see=see)
            return self._site(("topics",), VANISHED, WRITE_BACK, values)
        section = "norms" if found.kind == "relations" else found.id.partition("-")[0]
        if hasattr(self.shown.site.sections, section):
            see = addresses.section(self.shown.site, section, found.lang)
            values["entry"] = self._entry(address, found, see=see)
        return self._site(("sections", section, "slug", found.lang), VANISHED, WRITE_BACK, values)

    def _site(
        self, path: tuple[str | int, ...], message: str, hint: str, values: dict[str, Any]
    ) -> Problem:
        while path and path not in self.places:
            path = path[:-1]
        at = self.places.get(path, (1, 1)) if path else (1, 1)
        return Problem("content/site.yaml", *at, "vanished-address", message, hint, values)

    def _old_addresses(self, entry: Entry, *, old: bool = False) -> str:
        """The line with all vanished addresses of a note, or those that only led to it, with the
        old addresses that it already has."""
        vanished = [
            readable(whole(address))
            for address, found in self.gone.values()
            if Key(found.kind, found.id) == entry.key and (found.old or not old)
        ]
        return _old_addresses([*entry.facts.old_addresses, *vanished])

    def _entry(self, address: str, found: Recorded, see: str = "") -> str:
        """The entry for gone.yaml. Unknown values are left for the editor."""
        site = self.shown.site
        known = {**self.titles.get(Key(found.kind, found.id), {})}
        if found.kind == "file":
            known = {site.default_language: decoded(whole(address)).strip("/").rpartition("/")[2]}
        elif found.title:
            known[found.lang or site.default_language] = found.title
        first = site.default_language
        titles = {lang: known[lang] for lang in site.languages if lang in known}
        titles = {first: titles.get(first, TO_WRITE), **titles}
        reasons = dict.fromkeys(site.languages, TO_WRITE)
        return (
            f"- {{address: {_flow([readable(whole(address))])[1:-1]}, title: {_flow(titles)}, "
            f"date: {self.shown.day.isoformat()}, reason: {_flow(reasons)}"
            f"{f', see: {_flow([see])[1:-1]}' if see else ''}}}"
        )


TO_WRITE = "…"
VANISHED = N_("%(address)s was published, and is no more")
IS_NOW = N_("%(address)s was published, and is no more: this note is now at %(now)s")
LED_HERE = N_("%(address)s was published, and is no more: it led to this note")
IS_DRAFT = N_("%(address)s was published, and is no more: this note is a draft now")
UNTRANSLATED = N_("%(address)s was published, and is no more: there is no %(file)s any more")
REMOVED = N_("%(address)s was published, and is no more: its note is not there")
IS_IT_THIS = N_("%(address)s was published, and is no more: is this its note, under another name?")
NO_FILE = N_("%(address)s was published, and is no more: there is no such file in content/")

KEEP_OR_MOVE = N_(
    "to keep that address, write here: slug: %(slug)s; to move it, write here: %(moved)s"
)
KEEP_OR_MOVE_THERE = N_(
    "to keep that address, write here: slug: %(slug)s; to move it, write in %(original)s: %(moved)s"
)
KEEP_SECTION = N_(
    "to keep all addresses of this section, write here: %(slug)s; to move this one, write in "
    "%(original)s: %(moved)s"
)
MOVE = N_("write here: %(moved)s")
MOVE_THERE = N_("write in %(original)s: %(moved)s")
PUT_BACK_OR_MOVE = N_(
    "put that file back, or write here: %(moved)s; or in content/gone.yaml: %(entry)s"
)
PUBLISH = N_("remove this line, or write in content/gone.yaml: %(entry)s")
ADD_HERE = N_("write here: %(entry)s; or, in the note that replaces it: %(moved)s")
IF_SO = N_("if so, write here: %(moved)s; if not, write in content/gone.yaml: %(entry)s")
PUT_BACK = N_("put the file back, or write here: %(entry)s; see: names what there is instead")
WRITE_BACK = N_("write it as it was, or write in content/gone.yaml: %(entry)s")


def _old_addresses(addresses: Iterable[str]) -> str:
    """The line of old addresses, without duplicates."""
    return _flow({"old_addresses": list(dict.fromkeys(addresses))})[1:-1]


def _flow(value: Any) -> str:
    """YAML on one line."""
    text: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return text.strip()


def _problem(
    note: Note, at: tuple[int, int], message: str, hint: str, values: dict[str, Any]
) -> Problem:
    return note.problem_at(at, "vanished-address", message, hint, **values)


def _line(note: Note, name: str) -> tuple[int, int]:
    """The line and column of a field of a note, or of its title."""
    return note.place(name if (name,) in note.places else "title")
