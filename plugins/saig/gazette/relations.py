"""Relations between norms held against the gazette's analysis, and acts of norms without a note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..citations.recognise import citations
from ..documents.provision_words import provision_words
from ..notes.models import OutsideAct
from ..notes.problem import Problem
from ..words import N_
from .analysis import Deed
from .differences import Explained, difference, flow, insertion, quoted
from .names import Name, issue_name, name_of
from .pairs import Lack, Stated, Wanted, lacks, surplus, wanted, with_days
from .records import IDENTIFIER, Record, Reference

DOC = "https://www.boe.es/buscar/doc.php?id="


def relations_of(
    entries: Sequence[Entry],
    records: Mapping[str, Record],
    known: Mapping[str, Entry],
    explained: Mapping[str, Explained],
) -> Iterator[Problem]:
    """What norms with notes do to each other: each pair once, at the note that acts."""
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
    entries: Sequence[Entry], records: Mapping[str, Record], known: Mapping[str, Entry]
) -> dict[tuple[str, str], list[list[Deed]]]:
    """The deeds of each pair of norms with notes, by the record of the one that acts, then by that of
    the other: the same, as a rule, in other words."""
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
    """A note is right if it says what either record says."""
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
        yield from _surplus(explained, "relations", places[id(relation)], relation, target.id)


def _lack(
    entry: Entry, target: Entry, lack: Lack, places: Mapping[int, int], explained: Explained
) -> Iterator[Problem]:
    one = lack.wanted
    about = f"{one.types[0]} {target.id}"
    fields = {"type": one.types[0], "norm": target.id}
    lang = entry.original.source.lang
    line = flow(act_fields(one, fields, lang, default=entry.facts.first_date_entry_in_force))
    values: dict[str, Any] = {"type": one.types[0], "norm": target.id}
    yield from _told(explained, "relations", about, lack, places, line, values)


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


def _told(
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


def _surplus(
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


# -- acts without a note -------------------------------------------------------------------------


def acts_of(
    entry: Entry, record: Record, known: Mapping[str, Entry], explained: Explained
) -> Iterator[Problem]:
    """What norms and acts without a note did to a norm, by the gazette, and by ``done_by_others``."""
    acts = list(enumerate(entry.facts.done_by_others))
    places = {id(act): index for index, act in acts}
    met: set[int] = set()
    for identifier, references in by_identifier(record.after).items():
        if identifier in known:
            continue
        name = name_of_act(references[0])
        mine = [act for _, act in acts if _is_by(act, identifier, references, name)]
        met |= {places[id(act)] for act in mine}
        wanting = wanted(deed for one in references for deed in one.reading.deeds)
        for lack in lacks(wanting, mine, None):
            fields: dict[str, Any] = {"type": lack.wanted.types[0], "by": _languages(entry, name)}
            if name.date:
                fields["date"] = name.date
            said = act_fields(lack.wanted, fields, entry.original.source.lang)
            line = flow({**said, **_address(identifier)})
            about = f"{lack.wanted.types[0]} {identifier if identifier != '---' else name.number}"
            values: dict[str, Any] = {
                "type": lack.wanted.types[0],
                "norm": f"{name.by.get('es', '')} ({identifier})",
            }
            code = "gazette-new-act" if not mine else "gazette-relation"
            yield from _told(explained, "done_by_others", about, lack, places, line, values, code)
        for act in surplus(wanting, mine):
            yield from _surplus(explained, "done_by_others", places[id(act)], act, identifier)
    for index, act in acts:
        identifier = identifier_in(act)
        if index not in met and identifier and identifier not in known and record.is_followed:
            yield from _surplus(explained, "done_by_others", index, act, identifier)


def by_identifier(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = defaultdict(list)
    for index, reference in enumerate(references):
        has_one = reference.identifier.strip("- ")
        found[reference.identifier if has_one else f"---{index}"].append(reference)
    return found


def identifier_in(act: OutsideAct) -> str:
    """By which a gazette names an act, as its note has it."""
    places = [
        act.url or "",
        *(text for one in act.published_in for text in (one.id, one.url) if text),
    ]
    return next((found[0] for text in places if (found := IDENTIFIER.search(text))), "")


def name_of_act(reference: Reference) -> Name:
    """What an act is called; a correction by the issue that has it."""
    issue = next((deed.issue for deed in reference.reading.deeds if deed.issue), None)
    if issue:
        return issue_name(issue.gazette, issue.number, issue.date)
    if reference.reading.other:
        return name_of(reference.reading.other)
    appeal = re.search(r"\d+/\d{4}", reference.text)
    if appeal and reference.verb.lower().startswith("recurso"):
        return Name(
            {
                "ca": f"Recurs d'inconstitucionalitat {appeal[0]}",
                "es": f"Recurso de inconstitucionalidad {appeal[0]}",
            },
            appeal[0],
        )
    return Name({"es": reference.identifier})


def _languages(entry: Entry, name: Name) -> dict[str, str]:
    """The name in each language of the note, and in Spanish where it is not known in one."""
    langs = entry.languages or [entry.original.source.lang]
    return {lang: name.by.get(lang) or name.by.get("es", "") for lang in langs}


def _address(identifier: str) -> dict[str, str]:
    return {"url": f"{DOC}{identifier}"} if identifier.startswith("BOE-") else {}


def _is_by(act: OutsideAct, identifier: str, references: Sequence[Reference], name: Name) -> bool:
    """Whether an act of a note is the gazette's: by its address there, else by its number or day."""
    if address := identifier_in(act):
        return address == identifier
    words = list(act.by.root.values())
    if name.number:
        said = {number for text in words for number in re.findall(r"\d+/\d{4}", text)}
        if said:
            return name.number in said and _is_of_type(act, name, words)
    issue = next(
        (deed.issue for one in references for deed in one.reading.deeds if deed.issue), None
    )
    if issue:
        named = [re.search(rf"\b{issue.gazette}\b.*?\b{issue.number}\b", text) for text in words]
        return act.type == "corrects" and (
            any(named) or bool(issue.date and act.date == issue.date)
        )
    same_day = bool(name.date and act.date == name.date)
    return same_day and any(act.type in one.types for one in wanted(_deeds(references)))


def _is_of_type(act: OutsideAct, name: Name, words: Sequence[str]) -> bool:
    """A law and a decree-law may have one number."""
    mine = {cited.type for text in words for cited in citations(text)}
    theirs = {cited.type for text in name.by.values() for cited in citations(text)}
    return not mine or not theirs or bool(mine & theirs)


def _deeds(references: Iterable[Reference]) -> list[Deed]:
    return [deed for one in references for deed in one.reading.deeds]
