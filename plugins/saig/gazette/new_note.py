"""A norm's record → its note, as a draft: facts, relations to norms that have a note here, and the
gazette's Spanish words. The rest is left to the editor."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..catalogue.entry import Entry
from ..languages import broader
from ..notes.slug import slugify
from ..words import N_, for_editors
from .acts import by_identifier, name_of_act
from .differences import flow, quoted
from .names import CATALAN, SPANISH, catalan_day, spanish_day
from .pairs import wanted
from .records import GazetteRecord
from .relations import DOC, act_fields
from .spanish import ELI, eli_part, folded

Date = datetime.date

RANKS = {
    "ley": "l",
    "ley organica": "lo",
    "decreto-ley": "dl",
    "real decreto-ley": "rdl",
    "real decreto legislativo": "rdlg",
    "decreto legislativo": "dlg",
    "real decreto": "rd",
    "decreto": "d",
    "orden": "o",
    "resolucion": "res",
}

TITLE = N_("write the official title in this language")
SUMMARY = N_("one or two plain sentences, at most 300 characters")


@dataclass(frozen=True)
class NewNote:
    """The id of a note, and the text of each of its files by language, the site's first one
    first."""

    id: str
    files: Mapping[str, str]


def type_of(record: GazetteRecord) -> str:
    """ELI's code of its type: by the ELI address, else by its rank; empty where neither says so."""
    if kind := eli_part(record.eli or "", "type"):
        return kind
    return RANKS.get(folded(record.rank), "")


def id_of(record: GazetteRecord, lang: str, taken: Mapping[str, Entry]) -> str:
    """``llei-3-2024``; if another norm has that id, with a suffix for who made it."""
    kind = type_of(record)
    names = SPANISH if "es" in broader(lang) else CATALAN
    word = names.get(kind, kind or "norma")
    base = _slug(f"{word} {record.number.replace('/', ' ')}") if record.number else ""
    base = base or _slug(record.identifier)
    if base not in taken:
        return base
    whose = eli_part(record.eli, "jurisdiction")
    return f"{base}-{whose or _slug(record.identifier)}"


def _slug(text: str) -> str:
    return slugify(text)


def note_of(
    record: GazetteRecord,
    identifier: str,
    languages: Sequence[str],
    known: Mapping[str, Entry],
    day: Date,
    editor: str,
) -> NewNote:
    """``known``: the norms that have a note here, by the gazette's references. ``editor``: the
    language of the comments."""
    first = languages[0]
    facts = list(_facts(record, first, languages, known, day))
    files = {
        first: _file([*_words(record, first, editor), f"date: {day}", "status: draft", *facts])
    }
    spanish = next((lang for lang in languages[1:] if "es" in broader(lang)), None)
    if spanish and "es" not in broader(first):
        files[spanish] = _file(list(_words(record, spanish, editor)))
    return NewNote(identifier, files)


def _file(lines: Sequence[str]) -> str:
    return "\n".join(["---", *lines, "---", "", ""])


def _words(record: GazetteRecord, lang: str, editor: str) -> Iterator[str]:
    """Title, short title and summary: the gazette has the title in Spanish alone."""
    is_spanish = "es" in broader(lang)
    named = _named(record, lang)
    if not is_spanish:
        yield f"# {for_editors(TITLE, editor)}"
    title = record.title.rstrip(" .") if is_spanish else named
    yield f"title: {quoted(title or record.identifier)}"
    short = _short(record, lang)
    if short:
        yield f"short_title: {quoted(short)}"
    yield f"# {for_editors(SUMMARY, editor)}"
    yield "summary:"


def _short(record: GazetteRecord, lang: str) -> str:
    names = SPANISH if "es" in broader(lang) else CATALAN
    word = names.get(type_of(record))
    return f"{word} {record.number}" if word and record.number else ""


def _named(record: GazetteRecord, lang: str) -> str:
    """``Llei 3/2024, de 3 de maig``: the part of a title that is certain."""
    short = _short(record, lang)
    if not short or record.date is None:
        return short
    year = record.number.rpartition("/")[2] != str(record.date.year)
    said = spanish_day if "es" in broader(lang) else catalan_day
    return f"{short}, {said(record.date, with_year=year)}"


def _facts(
    record: GazetteRecord,
    lang: str,
    languages: Sequence[str],
    known: Mapping[str, Entry],
    day: Date,
) -> Iterator[str]:
    if record.eli and ELI.fullmatch(record.eli):
        yield f"eli: {quoted(record.eli)}"
    else:
        yield from _identity(record)
    yield "published_in:"
    if own := record.own_gazette:
        fields = {"gazette": own.gazette, "number": own.number, "date": own.date}
        yield f"  {flow({**_known(fields), **({'url': record.own_eli} if record.own_eli else {})})}"
    fields = {"gazette": record.gazette or "BOE", "number": record.issue, "date": record.published}
    address = f"{DOC}{record.identifier}" if record.identifier.startswith("BOE-") else ""
    yield f"  {flow(_known({**fields, 'id': record.identifier, 'url': address}))}"
    if record.in_force_from:
        yield f"first_date_entry_in_force: {record.in_force_from}"
    if record.expired:
        if record.over_from:
            yield f"date_no_longer_in_force: {record.over_from - timedelta(days=1)}"
        yield "end_reason: expired"
    yield from _list("relations", _relations(record, lang, known))
    yield from _list("done_by_others", _acts(record, lang, languages, known))
    yield "checked:"
    yield f"  on: {day}"
    yield f"  source: {quoted(f'https://www.boe.es/buscar/act.php?id={record.identifier}')}"


def _identity(record: GazetteRecord) -> Iterator[str]:
    if kind := type_of(record):
        yield f"type: {kind}"
    if record.number:
        yield f"number: {quoted(record.number.partition('/')[0])}"
    if record.date:
        yield f"date_document: {record.date}"


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _list(name: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{name}:"
        yield from (f"  {line}" for line in found)


def _relations(record: GazetteRecord, lang: str, known: Mapping[str, Entry]) -> Iterator[str]:
    """What it does to norms that have a note here; others would mean nothing to readers."""
    for identifier, references in by_identifier(record.before).items():
        target = known.get(identifier)
        if target is None or identifier == record.identifier:
            continue
        for one in wanted(deed for each in references for deed in each.reading.deeds):
            fields: dict[str, Any] = {"type": one.types[0], "norm": target.id}
            yield flow(act_fields(one, fields, lang, default=record.in_force_from))


def _acts(
    record: GazetteRecord, lang: str, languages: Sequence[str], known: Mapping[str, Entry]
) -> Iterator[str]:
    """What acts without a note here did to it. Norms with a note state what they do themselves."""
    for identifier, references in by_identifier(record.after).items():
        if identifier in known:
            continue
        name = name_of_act(references[0])
        for one in wanted(deed for each in references for deed in each.reading.deeds):
            ends_it = one.is_whole and one.types[0] in ("repeals", "annuls")
            if ends_it and one.begins is None:
                one.begins = record.over_from
            by = {each: name.by.get(each) or name.by.get("es", "") for each in languages}
            fields: dict[str, Any] = {"by": by, **({"date": name.date} if name.date else {})}
            address = {"url": f"{DOC}{identifier}"} if identifier.startswith("BOE-") else {}
            yield flow({**act_fields(one, {"type": one.types[0], **fields}, lang), **address})
