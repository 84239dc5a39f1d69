"""Names in fields: each must mean exactly one note."""

from __future__ import annotations

from collections.abc import Iterator

from ..notes.problem import Problem
from ..notes.read import InvalidNote, Note
from ..notes.references import FoundReference
from ..notes.slug import plain_name
from ..notes.validation import nearest
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry, key_of
from .meant import Names

LIKE = 0.7
"""How similar a name must be to be suggested (0 to 1)."""

MOST = 6
"""The most candidates in a message."""

_NONE = {
    "contact": N_("there is no contact with the id or the name “%(id)s”"),
    "service": N_("there is no service with the id or the name “%(id)s”"),
    "norm": N_("there is no norm with the id or the name “%(id)s”"),
    "notice": N_("there is no notice with the id or the name “%(id)s”"),
    "page": N_("there is no page with the id or the name “%(id)s”"),
    "topic": N_("there is no topic with the id or the name “%(id)s”"),
}


def check_references(names: Names, note: Note | InvalidNote) -> Iterator[Problem]:
    """The names in a note's fields that mean nothing, or that several notes have."""
    own = f"{note.source.kind}/{note.source.id}"
    for named in note.references:
        if not named.is_address:
            yield from check_reference(names, note.source.path, named, own)


def check_reference(
    names: Names, path: str, named: FoundReference, note: str = ""
) -> Iterator[Problem]:
    """The problem of one name, if any. ``note``: the note that has it; '' if it is in site.yaml."""
    kind, written, place = named
    found = names.meant(kind, written, note)
    if len(found.candidates) > 1:
        ids = found.candidates[:MOST]
        yield Problem(
            path,
            *place,
            "ambiguous-reference",
            N_("“%(name)s” may be any of these: %(names)s"),
            N_("write the one that is meant by its id: %(ids)s"),
            {
                "name": written[:60],
                "names": ", ".join(f"{_title(names.every, kind, one)} ({one})" for one in ids),
                "ids": ", ".join(ids),
            },
        )
    elif not found.id:
        yield _no_such(names.every, path, named, found.candidates)


def circular_reference(entry: Entry, *path: str | int) -> Problem:
    """The problem of a note that names itself, directly or through others, in a field at ``path``
    in which it may not."""
    return entry.original.problem(
        "contradicting-relation",
        N_("this leads back to the note itself"),
        N_("name another note, or remove the field"),
        *path,
    )


def _title(catalogue: Catalogue, kind: str, identifier: str) -> str:
    if kind == "topic":
        name = catalogue.site.topics[identifier]
        return name.text(catalogue.site.default_language)
    found = catalogue.get(kind, identifier)
    return found.words(catalogue.site.default_language).title if found else identifier


def _no_such(
    catalogue: Catalogue, path: str, named: FoundReference, candidates: list[str]
) -> Problem:
    kind, written, place = named
    topics = ", ".join(catalogue.site.topics) if kind == "topic" else ""
    meant = candidates[0] if candidates else _nearest(catalogue, kind, written)
    if meant:
        hint = N_("did you mean %(guess)s?")
    elif topics:
        hint = N_("the topics are: %(topics)s")
    elif kind == "topic":
        hint = N_("site.yaml has no topics: add it there, or remove it here")
    else:
        hint = N_("write its title, or the name of its file without .md")
    values = {"id": written[:60], "guess": meant, "topics": topics[:300]}
    fix = (written, meant) if meant else None
    return Problem(path, *place, "unknown-reference", _NONE[kind], hint, values, fix)


def _nearest(catalogue: Catalogue, kind: str, written: str) -> str:
    """The id most similar to what is written, by id or by other names; '' if none is similar."""
    if kind == "topic":
        topics = catalogue.site.topics
        names = {plain_name(name): one for one in topics for name in topics[one].root.values()}
        ids = list(topics)
    else:
        ids = list(catalogue.known.ids(kind))
        rows = catalogue.every_row("called")
        keys = ((key.partition(" ")[2], key_of(note)) for key, note, _ in rows)
        names = {name: of.id for name, of in keys if of.kind == kind}
    found = nearest(plain_name(written), list(names), LIKE)
    return nearest(written, ids, LIKE) or (names[found] if found else "")
