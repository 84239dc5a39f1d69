"""The ledger of addresses, ``content/addresses.yaml``: every one that was ever published.

It makes a clone know what the public knows, without a publication record at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from ..notes.address import before_query, encoded, place, readable, whole
from ..notes.files import LEDGER
from ..notes.problem import Problem
from ..notes.site import Recorded, Site
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


def addresses_of(catalogue: Catalogue) -> dict[str, Recorded]:
    """Every address at which the site answers with a page or a file of the editors, as people read
    it, and what stands there: notes, lists, files, gone addresses and old ones."""
    site = catalogue.site
    found: dict[str, Recorded] = {}
    for lang in site.languages:
        for section in ("notices", "topics"):
            found[addresses.section(site, section, lang)] = _section(site, section, section, lang)
        found[addresses.home(site, lang)] = Recorded(
            title=site.name.text(lang), kind="home", id="home", lang=lang
        )
    found |= _lists(catalogue)
    for there in old_variants(catalogue):
        found[readable(before_query(there))] = Recorded(kind="choice")
    for entry in catalogue.all_entries():
        for lang in entry.languages:
            found[catalogue.address(entry, lang)] = _recorded(entry, lang)
    for entry, said in catalogue.old_addresses().items():
        for old in said:
            lang = addresses.language_of(site, old)
            was = _recorded(entry, lang).model_copy(update={"old": True})
            found[readable(whole(old))] = was
    for gone in catalogue.gone:
        found[readable(whole(gone.address))] = Recorded(
            title=gone.title.text(site.default_language)
        )
    for path in catalogue.known.files():
        found[readable(encoded(f"/{path}"))] = Recorded(title=path.rpartition("/")[2], kind="file")
    return found


def _lists(catalogue: Catalogue) -> dict[str, Recorded]:
    """The pages of lists, and what each is recorded as: what its document is."""
    site, found = catalogue.site, {}
    for name in lists.names(catalogue):
        what, _, of = name.partition("/")
        for lang in lists.languages(catalogue, name):
            if what in WITH_LISTS:
                entry = catalogue.entry(name)
                said = _recorded(entry, lang).model_copy(update={"kind": "list", "id": name})
            elif what == "topic":
                title = site.topics[of].text(lang)
                said = Recorded(title=title, kind="topic", id=of, lang=lang)
            else:
                said = _section(
                    site, what, f"{what}-{of}" if what == "norms" and of else name, lang
                )
            first = 1 + (what in WITH_LISTS)
            for number in range(first, lists.count(catalogue, name, lang) + 1):
                own = f"{said.id}/{number}" if number > 1 else said.id
                there = lists.address(catalogue, name, lang, number)
                found[there] = said.model_copy(update={"id": own})
    return found


def _section(site: Site, section: str, identifier: str, lang: str) -> Recorded:
    kind = "section"
    if identifier in ("booking", "search", "norms-relations"):
        kind = identifier = identifier.removeprefix("norms-")
    title = getattr(site.sections, section).name.text(lang)
    return Recorded(title=title, kind=kind, id=identifier, lang=lang)


def _recorded(entry: Entry, lang: str) -> Recorded:
    title = entry.words(lang).title
    return Recorded(title=title, kind=entry.kind, id=entry.id, lang=lang)


def added(now: Mapping[str, Recorded], before: Mapping[str, Recorded]) -> dict[str, Recorded]:
    """A ledger with what it lacks: addresses, and what those were that it has only by title."""
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
    """That it lacks addresses; nothing where there is no ledger."""
    if ledger is None:
        return
    known = {place(address) for address in ledger}
    missing = sorted(one for one in addresses_of(catalogue) if place(one) not in known)
    if missing:
        yield Problem(
            f"content/{LEDGER}",
            1,
            1,
            "unrecorded-address",
            N_("addresses that are not recorded here: %(count)d, such as %(address)s"),
            N_("run: saig check --write-addresses, and commit this file with the notes"),
            {"count": len(missing), "address": missing[0]},
        )


def as_yaml(ledger: Mapping[str, Recorded]) -> str:
    """The file, an address a line, in their order: what two editors add seldom meets."""
    plain = {address: found.model_dump(exclude_defaults=True) for address, found in ledger.items()}
    short = {
        a: found["title"] if found.keys() == {"title"} else found for a, found in plain.items()
    }
    lines = yaml.safe_dump(short, allow_unicode=True, width=float("inf"), default_flow_style=None)
    return f"{HEAD}\n{lines}"
