"""Checks of notes in relation to others and to the day, and of the site as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial

from ..notes.address_lists import Recorded
from ..notes.brand import files_of
from ..notes.internal_errors import guarded
from ..notes.note_fields import TranslationFields
from ..notes.problem import Problem
from ..notes.read import InvalidNote, Places
from ..notes.references import FoundReference
from ..words import N_
from .catalogue import Catalogue
from .check_addresses import check_addresses, check_gone, whose_place
from .check_citations import check_citations
from .check_days import check_days, told_on
from .check_links import check_links, links_of
from .check_norms import check_norm
from .check_own import check_own_addresses, check_uses
from .check_references import check_reference, check_references, circular_reference
from .entry import Entry
from .ledger import check_ledger
from .meant import Names
from .opening import known_to_end
from .reached import reached
from .translated import changed_since
from .uses import uses
from .validity import is_online_only, transition_dates
from .vanished import check_vanished

HOLIDAYS_DAYS = 56
"""Days before the end of the last year with known holidays, on which the editor is warned. The next
year's are official some weeks before it begins."""


def check_entry(catalogue: Catalogue, names: Names, note: str) -> list[Problem]:
    """The problems of one note in relation to others. ``names``: resolves names in fields."""
    entry = catalogue.entry(note)
    found = guarded(entry.listed.path, partial(_check_entry, catalogue, names, entry))
    return [found] if isinstance(found, Problem) else found


def _check_entry(catalogue: Catalogue, names: Names, entry: Entry) -> list[Problem]:
    catalogue.own(entry)
    catalogue.changes_on([*transition_dates(entry.facts), *told_on(entry.facts)])
    found = [*check_references(names, entry.original), *check_links(catalogue, entry)]
    found += check_addresses(catalogue, entry)
    found += check_own_addresses(catalogue, entry)
    found += _translations(catalogue, entry)
    found += _ageing(catalogue, entry)
    found += _online_only(catalogue, entry)
    found += _circles(catalogue, entry)
    found += check_days(catalogue, entry)
    found += check_citations(catalogue, entry)
    if entry.kind == "norm":
        found += check_norm(catalogue, entry)
    return found


def check_invalid(catalogue: Catalogue, names: Names, invalid: InvalidNote) -> Iterator[Problem]:
    """The problems of names and links in a file with errors."""
    catalogue.looks_up(f"text {invalid.source.kind}/{invalid.source.id}")
    yield from check_references(names, invalid)
    yield from links_of(catalogue, invalid)


def _translations(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    missing = [
        lang
        for lang in catalogue.site.languages
        if not entry.has(lang) and not catalogue.known.is_translated(entry.key, lang)
    ]
    if missing and entry.facts.status == "published":
        yield entry.original.problem(
            "translation-missing",
            N_("this note is not translated into: %(languages)s"),
            N_("write %(file)s.md with its title, summary and text"),
            languages=", ".join(missing),
            file=f"{entry.id}.{missing[0]}",
        )
    own = {change.date for change in entry.facts.changes}
    for note in entry.translations.values():
        words = note.fields
        assert isinstance(words, TranslationFields)
        changed = changed_since(entry, note.source.lang)
        if changed and (changed.new or changed.gone):
            yield note.problem(
                "translation-outdated",
                N_(
                    "the original has other sentences than this translation was made of: "
                    "%(new)d new or changed, %(gone)d gone"
                ),
                N_("bring the translation up to date, then run: saig check --translated %(path)s"),
                "translated",
                new=len(changed.new),
                gone=len(changed.gone),
                path=note.source.path,
            )
        behind = own - {change.date for change in words.changes}
        if behind:
            yield note.problem(
                "translation-outdated",
                N_("the original changed on %(date)s, and this translation does not say so"),
                N_("bring the text up to date and add that day to its changes"),
                "changes",
                date=max(behind).isoformat(),
            )


def _ageing(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    verified = getattr(entry.facts, "verified_on", None)
    if verified is None:
        return
    stale_on = months_after(verified, catalogue.site.stale_after_months)
    catalogue.changes_on([stale_on])
    if stale_on <= catalogue.day and not catalogue.is_past(entry):
        yield entry.original.problem(
            "stale-contact",
            N_("these facts were last verified on %(date)s"),
            N_("check them again and write today's date"),
            "verified_on",
            date=verified.isoformat(),
        )


def _online_only(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """A service that is offered online only. Where the law says so, natural persons may choose
    whether to use electronic means, unless they are obliged to."""
    facts = entry.facts
    if (
        entry.kind == "service"
        and catalogue.site.has_channel_choice
        and not facts.online_only_norm
        and is_online_only(facts.channels, catalogue.day)
    ):
        yield entry.original.problem(
            "online-only",
            N_("this service can be had online alone, and no norm is named that obliges to that"),
            N_("add a channel for who does it otherwise, or online_only_norm with the norm's id"),
            "channels",
        )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; if that month is too short, the first of the next one."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        years, month = divmod(day.month + months, 12)
        return datetime.date(day.year + years, month + 1, 1)


def _circles(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """A contact that is above itself, or a note that supersedes itself, also through others."""
    if entry.kind == "contact" and entry in reached(entry, partial(_parent, catalogue)):
        yield circular_reference(entry, "parent")
    if entry in whose_place(catalogue, entry):
        yield circular_reference(entry, "supersedes")


def _parent(catalogue: Catalogue, contact: Entry) -> list[Entry]:
    parent = catalogue.row("dates", contact.name)["parent"]
    return catalogue.named("contact", [parent] if parent else [])


def check_site(
    shown: Catalogue, names: Names, places: Places, gone_places: Places
) -> list[Problem]:
    """Problems of the site as a whole. ``names``: resolves the names in site.yaml. The places are
    those of the values of site.yaml and gone.yaml."""
    return [
        *check_organisation(names, places),
        *check_tasks(names, places),
        *check_brand(shown, places),
        *check_holidays(shown, places),
        *check_uses(shown, uses(shown.site, places, (), {}, ())),
        *check_gone(shown, gone_places),
    ]


def check_published(
    checked: Catalogue,
    shown: Catalogue,
    ledger: Mapping[str, Recorded] | None,
    previous: Mapping[str, Recorded],
    places: Places,
) -> list[Problem]:
    """Published addresses that vanished, or that are not recorded. Only called if all notes can be
    read: otherwise addresses of unreadable notes would seem to have vanished."""
    return [
        *check_vanished(checked, shown, ledger, previous, places),
        *check_ledger(shown, ledger),
    ]


def check_organisation(names: Names, places: Places) -> Iterator[Problem]:
    """The contact that site.yaml names as the site's organisation must exist."""
    organisation = names.published.site.organisation
    if not names.published.known.has("contact", organisation):
        place = places.get(("organisation",), (1, 1))
        named = FoundReference("contact", organisation, place)
        yield from check_reference(names, "content/site.yaml", named)


def check_tasks(names: Names, places: Places) -> Iterator[Problem]:
    """The tasks that site.yaml names for the home page must exist."""
    for index, task in enumerate(names.published.site.tasks):
        if task.note:
            kind, identifier = task.note
            place = places.get(("tasks", index, kind), (1, 1))
            named = FoundReference(kind, identifier, place)
            yield from check_reference(names, "content/site.yaml", named)


def check_brand(catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The files of the town's look must exist."""
    for name, path in files_of(catalogue.site.brand):
        if not catalogue.known.has_file(path):
            yield Problem(
                "content/site.yaml",
                *places.get(("brand", name), (1, 1)),
                "missing-file",
                N_("there is no file %(path)s"),
                N_("put it into content/files/, or correct the name"),
                {"path": path},
            )


def check_holidays(catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """A warning before the known holidays end, and after that as long as any note has hours: pages
    then call their hours the usual ones."""
    ends = known_to_end(catalogue.site.holidays_known, catalogue.day)
    catalogue.changes_on(
        datetime.date(year, month, day)
        for year in (catalogue.day.year, catalogue.day.year + 1)
        for month, day in ((1, 1), (11, 5), (11, 6))
    )
    if ends is None or ends > catalogue.day + datetime.timedelta(days=HOLIDAYS_DAYS):
        return
    if ends < catalogue.day and not catalogue.has_hours():
        return
    following = max(ends.year + 1, catalogue.day.year)
    yield Problem(
        "content/site.yaml",
        *places.get(("holidays_known",), (1, 1)),
        "expiring-soon",
        N_("the holidays are known until %(date)s; after it pages speak of the usual hours"),
        N_("add the holidays of %(year)d, then write holidays_known: [%(years)s]"),
        {
            "date": ends.isoformat(),
            "year": following,
            "years": ", ".join(map(str, sorted({*catalogue.site.holidays_known, following}))),
        },
    )
