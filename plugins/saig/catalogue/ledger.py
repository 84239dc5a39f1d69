"""The ledger ``content/addresses.yaml``: every address that was ever published.

With it a clone knows what was published, without the publication record. A new kind of page must be
in ``addresses.pages``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import yaml

from ..notes.address import before_query, encoded, place, readable, whole
from ..notes.address_lists import Recorded
from ..notes.files import LEDGER
from ..notes.problem import Problem, file_problem
from ..notes.site import Site
from ..words import N_
from . import addresses, lists
from .catalogue import Catalogue
from .entry import Entry
from .notes_lists import WITH_LISTS
from .old import old_variants

HEAD = """\
# Every address that was ever published, and what stands or stood there.
# `saig check --write-addresses` adds the new ones; commit the file with the notes.
# Remove a line only if its address was never public.
"""


Standing = Callable[[], Recorded]
"""Returns what is at an address. Called only if more than the address itself is needed."""


def addresses_of(catalogue: Catalogue) -> dict[str, Recorded]:
    """All addresses of pages and of editors' files, in readable form, and what is there: notes,
    lists, files, gone and old addresses."""
    return {address: standing() for address, standing in _standing(catalogue).items()}


def _standing(catalogue: Catalogue) -> dict[str, Standing]:
    """The same, but titles of notes are looked up only when asked for."""
    site = catalogue.site
    found: dict[str, Standing] = {}
    for lang in site.languages:
        for section in ("notices", "topics"):
            there = addresses.section(site, section, lang)
            found[there] = partial(_section, site, section, section, lang)
        home = Recorded(title=site.name.text(lang), kind="home", id="home", lang=lang)
        found[addresses.home(site, lang)] = partial(_as_it_is, home)
        api = Recorded(title="API", kind="api", id="api", lang=lang)
        found[addresses.api(site, lang)] = partial(_as_it_is, api)
    for name in lists.names(catalogue):
        for lang in lists.languages(catalogue, name):
            first = 1 + (name.partition("/")[0] in WITH_LISTS)
            for number in range(first, lists.count(catalogue, name, lang) + 1):
                there = lists.address(catalogue, name, lang, number)
                found[there] = partial(_list, catalogue, name, lang, number)
    for there in old_variants(catalogue):
        found[readable(before_query(there))] = partial(_as_it_is, Recorded(kind="choice"))
    for address, note, (lang, _) in catalogue.every_row("address"):
        found[address] = partial(_recorded, catalogue.entry(note), lang)
    for entry, said in catalogue.old_addresses().items():
        for old in said:
            lang = addresses.language_of(site, old)
            found[readable(whole(old))] = partial(_recorded, entry, lang, old=True)
    for gone in catalogue.gone:
        lang = addresses.language_of(site, gone.address)
        was = _known_as(gone.title.root.get(lang))
        found[readable(whole(gone.address))] = partial(_as_it_is, was)
    for path in catalogue.known.files():
        file = Recorded(title=path.rpartition("/")[2], kind="file")
        found[readable(encoded(f"/{path}"))] = partial(_as_it_is, file)
    return found


def _as_it_is(found: Recorded) -> Recorded:
    return found


def _list(catalogue: Catalogue, name: str, lang: str, number: int) -> Recorded:
    """A page of a list, with the title of its document."""
    site = catalogue.site
    what, _, of = name.partition("/")
    if what in WITH_LISTS:
        found = _recorded(catalogue.entry(name), lang).model_copy(
            update={"kind": "list", "id": name}
        )
    elif what == "topic":
        found = Recorded(title=site.topics[of].text(lang), kind="topic", id=of, lang=lang)
    else:
        identifier = f"{what}-{of}" if what == "norms" and of else name
        found = _section(site, what, identifier, lang)
    return found.model_copy(update={"id": f"{found.id}/{number}"}) if number > 1 else found


def _section(site: Site, section: str, identifier: str, lang: str) -> Recorded:
    kind = "section"
    if identifier in ("booking", "search", "norms-relations"):
        kind = identifier = identifier.removeprefix("norms-")
    name = site.sections.name_of(section)
    title = name.text(lang) if name else ""
    return Recorded(title=title, kind=kind, id=identifier, lang=lang)


def _recorded(entry: Entry, lang: str, *, old: bool = False) -> Recorded:
    """A note at an address, without a title if it has none in this language."""
    title = entry.words(lang).title if entry.has(lang) else None
    return _known_as(title, kind=entry.kind, id=entry.id, lang=lang, old=old)


def _known_as(title: str | None, **more: Any) -> Recorded:
    found = Recorded(**more)
    return found.model_copy(update={"title": title}) if title else found


def added(now: Mapping[str, Recorded], before: Mapping[str, Recorded]) -> dict[str, Recorded]:
    """A ledger with its missing addresses, and kinds and ids for those with a title only."""
    ledger = dict(before)
    known = {place(address): address for address in before}
    for address, found in now.items():
        old = known.get(place(address))
        if old is None:
            ledger[address] = found
        elif found.kind and not before[old].kind:
            ledger[old] = found.model_copy(update={"title": before[old].title or found.title})
    return ledger


def check_ledger(catalogue: Catalogue, ledger: Mapping[str, Recorded] | None) -> Iterator[Problem]:
    """A problem if the ledger lacks addresses; none if there is no ledger."""
    if ledger is None:
        return
    known = {place(address) for address in ledger}
    missing = sorted(one for one in _standing(catalogue) if place(one) not in known)
    if missing:
        yield file_problem(
            f"content/{LEDGER}",
            "unrecorded-address",
            N_("addresses that are not recorded here: %(count)d, such as %(address)s"),
            N_("run: saig check --write-addresses, and commit this file with the notes"),
            count=len(missing),
            address=missing[0],
        )


def as_yaml(ledger: Mapping[str, Recorded]) -> str:
    """The file's text: one address a line, sorted, so that two editors' additions rarely
    conflict."""
    plain = {address: found.model_dump(exclude_defaults=True) for address, found in ledger.items()}
    short = {
        a: found["title"] if found.keys() == {"title"} else found for a, found in plain.items()
    }
    lines = yaml.safe_dump(short, allow_unicode=True, width=float("inf"), default_flow_style=None)
    return f"{HEAD}\n{lines}"
