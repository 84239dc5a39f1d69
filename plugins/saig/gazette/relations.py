"""Compares relations between norms, and acts of norms without a note, with the gazette's
analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..documents.provision_words import provision_words
from ..notes.problem import Problem
from ..words import N_
from .analysis import Deed
from .differences import Explained, difference, flow, insertion, quoted
from .pairs import Lack, Stated, Wanted, lacks, surplus, wanted, with_days
from .records import GazetteRecord

DOC = "https://www.boe.es/buscar/doc.php?id="


def relations_of(
    entries: Sequence[Entry],
    records: Mapping[str, GazetteRecord],
    known: Mapping[str, Entry],
    explained: Mapping[str, Explained],
) -> Iterator[Problem]:
    """What norms with notes do to each other: each pair once, at the acting note."""
    names = {entry.facts.eli: entry for entry in entries if entry.facts.eli}
    names |= {entry.id: entry for entry in entries}
    said = _said(entries, records, known)
    for entry in entries:
        stated: dict[str, list[tuple[int, Stated]]] = defaultdict(list)
        for index, relation in enumerate(entry.facts.relations):
            if named := names.get(relation.norm):
                stated[named.name].append((index, relation))
        touched = [name for name in said if name[0] == entry.name]
        others = {name[1] for name in touched} | set(stated)
        for other in sorted(others):
            sides = said.get((entry.name, other), [])
            is_recorded = entry.name in records or (
                other in records and _has_identifier(entry, known)
            )
            if not is_recorded:
                continue
            target = next(one for one in entries if one.name == other)
            yield from _pair(entry, target, sides, stated[other], explained[entry.name])


def _has_identifier(entry: Entry, known: Mapping[str, Entry]) -> bool:
    return any(one is entry for one in known.values())


def _said(
    entries: Sequence[Entry], records: Mapping[str, GazetteRecord], known: Mapping[str, Entry]
) -> dict[tuple[str, str], list[list[Deed]]]:
    """The deeds of each pair of norms with notes, by the acting norm's record, then by that of the
    other, which usually has the same in other words."""
    found: dict[tuple[str, str], list[list[Deed]]] = defaultdict(list)
    for side in ("before", "after"):
        for entry in entries:
            record = records.get(entry.name)
            deeds: dict[tuple[str, str], list[Deed]] = defaultdict(list)
            for reference in getattr(record, side, ()):
                other = known.get(reference.identifier)
                if other is None or other is entry:
                    continue
                pair = (entry.name, other.name) if side == "before" else (other.name, entry.name)
                deeds[pair] += reference.reading.deeds
            for pair, those in deeds.items():
                if wanted(those) or any(deed.is_unread for deed in those):
                    found[pair].append(those)
    return found


def _pair(
    entry: Entry,
    target: Entry,
    sides: list[list[Deed]],
    stated: list[tuple[int, Stated]],
    explained: Explained,
) -> Iterator[Problem]:
    """A note is right if it agrees with either record."""
    default = entry.facts.first_date_entry_in_force
    relations = [relation for _, relation in stated]
    places = {id(relation): index for index, relation in stated}
    both = [wanted(side) for side in sides]
    both = [with_days(one, [each for other in both for each in other]) for one in both]
    lacking = [list(lacks(one, relations, default)) for one in both]
    if lacking and all(lacking):
        for lack in min(lacking, key=len):
            yield from _lack(entry, target, lack, places, explained)
    for deed in sides[0] if sides else ():
        if deed.is_unread:
            yield from _unread(entry, f"{deed.relation or 'record'} {target.id}", deed, explained)
    every = [one for side in both for one in side]
    for relation in surplus(every, relations):
        yield from surplus_told(explained, "relations", places[id(relation)], relation, target.id)


def _lack(
    entry: Entry, target: Entry, lack: Lack, places: Mapping[int, int], explained: Explained
) -> Iterator[Problem]:
    one = lack.wanted
    about = f"{one.types[0]} {target.id}"
    fields = {"type": one.types[0], "norm": target.id}
    lang = entry.original.source.lang
    line = flow(act_fields(one, fields, lang, default=entry.facts.first_date_entry_in_force))
    values: dict[str, Any] = {"type": one.types[0], "norm": target.id}
    yield from told(explained, "relations", about, lack, places, line, values)


def act_fields(
    one: Wanted, fields: Mapping[str, Any], lang: str, default: object = None
) -> dict[str, Any]:
    """A relation, or an act, as a note has it, after the ``fields`` that are known already."""
    said = dict(fields)
    if one.provisions:
        said["provisions"] = provision_words(one.provisions, lang)
    if one.begins and one.begins != default:
        said["from"] = one.begins
    if one.ends:
        said["until"] = one.ends
    return said


def told(
    explained: Explained,
    field: str,
    about: str,
    lack: Lack,
    places: Mapping[int, int],
    line: str,
    values: dict[str, Any],
    code: str = "gazette-relation",
) -> Iterator[Problem]:
    """What is missing, or wrong, in a list of relations or acts."""
    values |= {"field": field, "line": line, "explain": flow({"about": about, "reason": "…"})}
    if lack.stated is None:
        place, fix = insertion(explained.entry.original, field, line)
        message = (
            N_("the gazette has here: %(type)s %(norm)s%(what)s")
            if field == "relations"
            else N_("the gazette has here: %(norm)s %(type)s this norm%(what)s")
        )
        yield from difference(
            explained,
            about,
            code,
            message,
            N_("write below %(field)s: %(line)s; or explain below gazette_differs: %(explain)s"),
            *place,
            fix=fix,
            what=_what(lack.wanted),
            **values,
        )
        return
    index = places[id(lack.stated)]
    where = lack.day or "provisions"
    fix = None
    if lack.day:
        right = lack.wanted.begins if lack.day == "from" else lack.wanted.ends
        message = N_("the gazette says that %(type)s %(norm)s has effect %(day)s %(right)s")
        values |= {"day": lack.day, "right": right}
        said = lack.stated.from_ if lack.day == "from" else lack.stated.until
        fix = (str(said), str(right)) if said else None
    elif lack.missing and lack.extra:
        message = N_(
            "%(type)s %(norm)s: the gazette has %(missing)s, which are not here, and not %(extra)s"
        )
    elif lack.missing:
        message = N_("%(type)s %(norm)s: the gazette has %(missing)s too")
        missing = provision_words(lack.missing, explained.entry.original.source.lang)
        fix = ("[", f"[{', '.join(map(quoted, missing))}, ") if lack.stated.provisions else None
    else:
        message = N_("%(type)s %(norm)s: the gazette does not have %(extra)s")
    yield from difference(
        explained,
        about,
        code,
        message,
        N_("write %(line)s; or explain below gazette_differs: %(explain)s"),
        *(field, index, where),
        fix=fix,
        missing=", ".join(lack.missing),
        extra=", ".join(lack.extra),
        **values,
    )


def _what(one: Wanted) -> str:
    said = ", ".join(one.provisions)
    return f" ({said})" if said else ""


def surplus_told(
    explained: Explained, field: str, index: int, stated: Stated, norm: str
) -> Iterator[Problem]:
    about = f"{stated.type} {norm}"
    yield from difference(
        explained,
        about,
        "gazette-relation",
        N_("the gazette does not say: %(type)s %(norm)s"),
        N_("remove it or correct it; or explain below gazette_differs: %(explain)s"),
        *(field, index, "type"),
        type=stated.type,
        norm=norm,
        explain=flow({"about": about, "reason": "…"}),
    )


def _unread(entry: Entry, about: str, deed: Deed, explained: Explained) -> Iterator[Problem]:
    yield from difference(
        explained,
        about,
        "gazette-unread",
        N_("the gazette says something that was not understood: “%(quoted)s”"),
        N_("read it in the gazette; or explain below gazette_differs: %(explain)s"),
        "relations" if entry.facts.relations else "title",
        quoted=deed.quoted,
        explain=flow({"about": about, "reason": "…"}),
    )
