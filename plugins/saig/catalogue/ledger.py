"""The ledger of addresses, ``content/addresses.yaml``: every one that was ever published.

It makes a clone know what the public knows, without a publication record at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from ..notes.address import readable, whole
from ..notes.files import LEDGER
from ..notes.problem import Problem
from ..words import N_
from . import addresses
from .catalogue import Catalogue

HEAD = """\
# Every address that was ever published, and what stands or stood there.
# `saig check --write-addresses` adds the new ones; commit the file with the notes.
# Remove a line only if its address was never public.
"""


def addresses_of(catalogue: Catalogue) -> dict[str, str]:
    """Every address at which the site answers with a page, and its title: of notes, lists, gone
    addresses and redirects."""
    site = catalogue.site
    found = dict.fromkeys(addresses.pages(site), "")
    for lang in site.languages:
        for section in (*addresses.LISTED, "topics", "booking"):
            title = getattr(site.sections, section).name.text(lang)
            found[addresses.section(site, section, lang)] = title
        for view in addresses.NORM_VIEWS:
            found[addresses.norm_view(site, view, lang)] = site.sections.norms.name.text(lang)
        for topic, name in site.topics.items():
            found[addresses.topic(site, topic, lang)] = name.text(lang)
        found[addresses.home(site, lang)] = site.name.text(lang)
    for entry in catalogue.entries.values():
        for old in entry.facts.old_addresses:
            found[readable(whole(old))] = entry.original.fields.title
        for lang in entry.languages:
            note = entry.note(lang)
            found[addresses.of_note(site, note)] = note.fields.title
    for gone in catalogue.gone:
        found[readable(whole(gone.address))] = gone.title.text(site.default_language)
    return found


def check_ledger(catalogue: Catalogue, ledger: Mapping[str, str] | None) -> Iterator[Problem]:
    """That it lacks addresses; nothing where there is no ledger."""
    if ledger is None:
        return
    missing = sorted(addresses_of(catalogue).keys() - ledger.keys())
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


def as_yaml(ledger: Mapping[str, str]) -> str:
    """The file, an address a line, in their order: what two editors add seldom meets."""
    lines = yaml.safe_dump(dict(ledger), allow_unicode=True, width=float("inf"), sort_keys=True)
    return f"{HEAD}\n{lines}"
