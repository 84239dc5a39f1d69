"""Compares a norm's own facts with the gazette: names, days, gazettes, and whether it is in
force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..catalogue.validity import State
from ..languages import broader
from ..notes.norm_fields import Publication
from ..notes.problem import Problem, Term
from ..words import N_
from .differences import Explained, difference, flow, insertion
from .records import GazetteRecord
from .spanish import Date

REASONS = {"repealed": N_("repealed"), "annulled": N_("annulled"), "expired": N_("expired")}


def facts_of(
    catalogue: Catalogue, entry: Entry, record: GazetteRecord, explained: Explained
) -> Iterator[Problem]:
    yield from _title(entry, record, explained)
    yield from _eli(entry, record, explained)
    yield from _gazettes(entry, record, explained)
    yield from _in_force(entry, record, explained)
    yield from _state(catalogue, entry, record, explained)


def _title(entry: Entry, record: GazetteRecord, explained: Explained) -> Iterator[Problem]:
    """The gazette's title is in Spanish, so it is compared with the note's title in Spanish."""
    lang = next((lang for lang in entry.languages if "es" in broader(lang)), None)
    if lang is None or not record.title:
        return
    note = entry.note(lang)
    said = note.fields.title
    if note.source.lang != lang or _plain(said) == _plain(record.title):
        return
    title = record.title.rstrip(" .")
    yield from difference(
        explained,
        "title",
        "gazette-fact",
        N_("the gazette's title is “%(title)s”"),
        N_("write it as the gazette has it; or explain below gazette_differs: %(explain)s"),
        "title",
        note=note,
        fix=(said, title),
        title=title,
        explain=flow({"about": "title", "reason": "…"}),
    )


def _plain(title: str) -> str:
    """Differences between two titles that do not count: the full stop, kinds of spaces and
    apostrophes."""
    return " ".join(title.replace("’", "'").split()).rstrip(" .")


def _eli(entry: Entry, record: GazetteRecord, explained: Explained) -> Iterator[Problem]:
    said = entry.facts.eli
    if not record.eli or said == record.eli:
        return
    yield from _fact(explained, "eli", said, record.eli, (said, record.eli) if said else None)


def _fact(
    explained: Explained,
    about: str,
    said: object,
    gazette: object,
    fix: tuple[str, str] | None,
) -> Iterator[Problem]:
    """The value of a field, ``about``, differs or is missing. ``fix``: if it is there."""
    line = f"{about}: {gazette}"
    if not said:
        fix = ("date:", f"{line}\ndate:")
    message = (
        N_("%(about)s is %(said)s here; the gazette says %(gazette)s")
        if said
        else N_("%(about)s is missing; the gazette says %(gazette)s")
    )
    yield from difference(
        explained,
        about,
        "gazette-fact",
        message,
        N_("write %(line)s; or explain below gazette_differs: %(explain)s"),
        about if said else "date",
        fix=fix,
        said=said,
        gazette=gazette,
        line=line,
        explain=flow({"about": about, "reason": "…"}),
    )


# -- gazettes ------------------------------------------------------------------------------------


def _gazettes(entry: Entry, record: GazetteRecord, explained: Explained) -> Iterator[Problem]:
    if record.gazette:
        said = {"number": record.issue, "date": record.published, "id": record.identifier}
        yield from _gazette(entry, record.gazette, said, explained)
    if own := record.own_gazette:
        yield from _gazette(entry, own.gazette, {"number": own.number, "date": own.date}, explained)


def _gazette(
    entry: Entry, gazette: str, said: dict[str, Any], explained: Explained
) -> Iterator[Problem]:
    about = f"published_in {gazette}"
    places = [
        (index, one)
        for index, one in enumerate(entry.facts.published_in)
        if one.gazette.upper() == gazette
    ]
    said = {name: value for name, value in said.items() if value}
    line = flow({"gazette": gazette, **said})
    if not places:
        path, fix = insertion(entry.original, "published_in", line)
        is_first = gazette != "BOE" or not entry.facts.published_in  # its own gazette comes first
        yield from difference(
            explained,
            about,
            "gazette-fact",
            N_("the norm is in %(gazette)s too, which the note does not say"),
            N_("write below published_in: %(line)s; or explain below gazette_differs: %(explain)s"),
            *path,
            fix=fix if is_first else None,
            gazette=gazette,
            line=line,
            explain=flow({"about": about, "reason": "…"}),
        )
        return
    wrong = [_wrong(one, said) for _, one in places]
    if [] in wrong:
        return
    (index, one), names = places[0], wrong[0]
    name = names[0]
    value, right = getattr(one, name), str(said[name])
    yield from difference(
        explained,
        about,
        "gazette-fact",
        N_("%(name)s of %(gazette)s is %(said)s here; the gazette says %(right)s")
        if value
        else N_("%(name)s of %(gazette)s is missing; the gazette says %(right)s"),
        N_("write %(line)s; or explain below gazette_differs: %(explain)s"),
        *("published_in", index, name),
        fix=(str(value), right) if value else None,
        name=name,
        gazette=gazette,
        said=str(value),
        right=right,
        line=line,
        explain=flow({"about": about, "reason": "…"}),
    )


def _wrong(one: Publication, said: dict[str, Any]) -> list[str]:
    """The fields that differ. A number may have more words: ``186 extraordinari``."""
    found = []
    for name, value in said.items():
        mine = getattr(one, name)
        if name == "number" and mine is not None:
            mine = mine.split(" ")[0].lstrip("0")
            value = str(value).split(" ")[0].lstrip("0")
        if mine != value:
            found.append(name)
    return found


# -- force ---------------------------------------------------------------------------------------


def _in_force(entry: Entry, record: GazetteRecord, explained: Explained) -> Iterator[Problem]:
    said, gazette = entry.facts.first_date_entry_in_force, record.in_force_from
    if gazette is None or said == gazette:
        return
    field = "first_date_entry_in_force"
    fix = (said.isoformat(), gazette.isoformat()) if said else None
    yield from _fact(explained, field, said, gazette, fix)


def _state(
    catalogue: Catalogue, entry: Entry, record: GazetteRecord, explained: Explained
) -> Iterator[Problem]:
    """Whether it has ended, why, and since when, as follows from all notes."""
    ended = _end(catalogue.life(entry))
    values: dict[str, Any] = {"explain": flow({"about": "state", "reason": "…"})}
    remedy, message = "", ""
    field = next(
        (
            name
            for name in ("date_no_longer_in_force", "end_reason", "first_date_entry_in_force")
            if getattr(entry.facts, name)
        ),
        "title",
    )
    if record.is_over:
        reason = "repealed" if record.repealed else "annulled" if record.annulled else "expired"
        values |= {"reason": Term(REASONS[reason]), "day": record.over_from}
        if ended is None:
            message = (
                N_(
                    "the gazette says that the norm is %(reason)s, since %(day)s; here it is in force"
                )
                if record.over_from
                else N_("the gazette says that the norm is %(reason)s; here it is in force")
            )
        elif record.over_from and ended.since != record.over_from:
            message = N_(
                "the norm is out of force since %(since)s here, and since %(day)s by the gazette"
            )
            values["since"] = ended.since.isoformat() if ended.since else "?"
        elif ended.reason in REASONS and ended.reason != reason:
            message = N_("the norm is %(said)s here, and %(reason)s by the gazette")
            values["said"] = Term(REASONS[ended.reason])
        remedy = _remedy(reason, record.over_from, values)
    elif ended and record.is_followed and record.repealed is False and not record.expired:
        message = N_("the norm is out of force here; the gazette has it in force")
        remedy = N_(
            "correct the relation or the date that ends it; or explain below gazette_differs: %(explain)s"
        )
    if message:
        yield from difference(explained, "state", "gazette-state", message, remedy, field, **values)


def _end(life: list[State]) -> State | None:
    """The state in which a norm is permanently out of force, now or later."""
    return life[-1] if life[-1].word == "no-longer-in-force" else None


def _remedy(reason: str, over: Date | None, values: dict[str, Any]) -> str:
    if reason == "expired" and over:
        last = over - timedelta(days=1)
        values["line"] = f"date_no_longer_in_force: {last}, end_reason: expired"
        return N_("write %(line)s; or explain below gazette_differs: %(explain)s")
    if reason == "expired":
        values["line"] = "end_reason: expired"
        return N_("write %(line)s; or explain below gazette_differs: %(explain)s")
    return N_(
        "write what ends it, in the note of the norm that does, or below done_by_others; "
        "or explain below gazette_differs: %(explain)s"
    )
