"""Acts of norms, courts and parliaments that have no note here, compared with
``done_by_others``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..catalogue.entry import Entry
from ..citations.recognise import citations
from ..notes.norm_fields import OutsideAct
from ..notes.problem import Problem
from .analysis import Deed
from .differences import Explained, flow
from .names import Name, grammar, issue_name, name_of
from .pairs import lacks, surplus, wanted
from .records import IDENTIFIER, GazetteRecord, Reference
from .relations import DOC, act_fields, surplus_told, told


def acts_of(
    entry: Entry, record: GazetteRecord, known: Mapping[str, Entry], explained: Explained
) -> Iterator[Problem]:
    """What norms and acts without a note did to a norm: according to the gazette, and to
    ``done_by_others``."""
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
            yield from told(explained, "done_by_others", about, lack, places, line, values, code)
        for act in surplus(wanting, mine):
            yield from surplus_told(explained, "done_by_others", places[id(act)], act, identifier)
    for index, act in acts:
        identifier = identifier_in(act)
        if index not in met and identifier and identifier not in known and record.is_followed:
            yield from surplus_told(explained, "done_by_others", index, act, identifier)


def by_identifier(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = defaultdict(list)
    for index, reference in enumerate(references):
        has_one = reference.identifier.strip("- ")
        found[reference.identifier if has_one else f"---{index}"].append(reference)
    return found


def identifier_in(act: OutsideAct) -> str:
    """The identity of an act in the gazette, as its note has it."""
    places = [
        act.url or "",
        *(text for one in act.published_in for text in (one.id, one.url) if text),
    ]
    return next((found[0] for text in places if (found := IDENTIFIER.search(text))), "")


def name_of_act(reference: Reference) -> Name:
    """The name of an act; of a correction the issue that has it."""
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
    """The name in each language of the note, and in Spanish if it is not known in one."""
    langs = entry.languages or [entry.original.source.lang]
    return {lang: name.by.get(lang) or name.by.get("es", "") for lang in langs}


def _address(identifier: str) -> dict[str, str]:
    return {"url": f"{DOC}{identifier}"} if identifier.startswith("BOE-") else {}


def _is_by(act: OutsideAct, identifier: str, references: Sequence[Reference], name: Name) -> bool:
    """Whether an act of a note is one of the gazette: by its address there, or else by its number
    or day."""
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
    """A law and a decree-law may have the same number."""
    mine = {cited.type for text in words for cited in citations(text, grammar())}
    theirs = {cited.type for text in name.by.values() for cited in citations(text, grammar())}
    return not mine or not theirs or bool(mine & theirs)


def _deeds(references: Iterable[Reference]) -> list[Deed]:
    return [deed for one in references for deed in one.reading.deeds]
