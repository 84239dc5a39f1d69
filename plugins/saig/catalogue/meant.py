"""Resolves a name in a field: an id, another name of a note or topic, or a citation of a norm
(docs/decisions/0057)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..notes.references import name_of
from ..notes.slug import plain_name
from .entry import Key, key_of
from .resolve import cited_norm

if TYPE_CHECKING:
    from .catalogue import Catalogue


class Meant(NamedTuple):
    """``id``: of the note or topic that is meant, '' if not certain; ``candidates``: all ids that
    may be."""

    id: str
    candidates: list[str]


class Names(NamedTuple):
    """Resolves names. ``every``: the notes with drafts; ``published``: without."""

    published: Catalogue
    every: Catalogue

    def meant(self, kind: str, written: str, note: str = "") -> Meant:
        """What a name in a field of ``note`` means. ``kind``: of the note that is named, or
        ``topic``. Drafts count only if no other note may be meant: a new draft must not change what
        published notes say."""
        found = _meant_by(self.published, kind, written, note)
        return found if found.candidates else _meant_by(self.every, kind, written, note)


def _meant_by(catalogue: Catalogue, kind: str, written: str, note: str) -> Meant:
    """The same among the notes of a catalogue.

    An id goes before any name. A name is a title, a short title or an alias, in any language, or
    what stands in brackets in one of these. A norm may be cited as in texts. A note means itself
    only if no other has that name.
    """
    if kind == "topic":
        topics = catalogue.site.topics
        return Meant(written, [written]) if written in topics else _of(_topics(catalogue, written))
    if catalogue.known.has(kind, written):
        return Meant(written, [written])
    called = _called(catalogue, kind, written)
    others = [one for one in called if str(Key(kind, one)) != note]
    called = others or called
    said = cited_norm(written, catalogue.grammar) if kind == "norm" else None
    if said is None:
        return _of(called)
    resolution = catalogue.meant(said)
    if resolution.norm is None:
        return _of(called or [entry.id for entry in resolution.candidates], is_sure=bool(called))
    found = resolution.norm.id
    return _of([found] if not called or found in called else [found, *called])


def _of(candidates: list[str], *, is_sure: bool = True) -> Meant:
    return Meant(candidates[0] if is_sure and len(candidates) == 1 else "", candidates)


def _called(catalogue: Catalogue, kind: str, written: str) -> list[str]:
    """The notes of a kind that have this name, or this id in capitals."""
    name = plain_name(written)
    if not name:
        return []
    found = [key_of(note).id for note in catalogue.under("called", name_of(kind, name))]
    is_id = name != written and name not in found and catalogue.known.has(kind, name)
    return [name, *found] if is_id else found


def _topics(catalogue: Catalogue, written: str) -> list[str]:
    name = plain_name(written)
    return [
        identifier
        for identifier, names in catalogue.site.topics.items()
        if name and name in map(plain_name, [identifier, *names.root.values()])
    ]
