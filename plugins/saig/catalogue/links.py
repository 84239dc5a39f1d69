"""Where the links of a note's text lead (contract §1, links between notes)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..notes.files import FILES
from ..notes.models import FOLDERS
from ..notes.read import Note
from .entry import Entry, Key

if TYPE_CHECKING:
    from .catalogue import Catalogue


@dataclass(frozen=True)
class Target:
    """``address`` from the site's root with its fragment; ``lang`` of what stands there, if known."""

    address: str
    lang: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True)
class Pointer:
    """What a link inside the site names: a note's key, or a file; and a heading."""

    path: str
    key: Key | None
    lang: str | None
    fragment: str


def pointer(note: Note, address: str) -> Pointer | None:
    """Read a link relative to its note's file; None if it leads out of ``content/``.

    Pelican's ``{filename}`` and ``{static}`` forms name the same things, from the note's folder or,
    with a slash after the brace, from ``content/``.
    """
    path, _, fragment = unquote(address).partition("#")
    path = path.partition("?")[0]
    for form in ("{filename}", "{static}", "{attach}", "|filename|", "|static|"):
        if path.startswith(form):
            path = path[len(form) :]
            if path.startswith("/"):
                path = _root(note) + path
            break
    here = posixpath.dirname(note.source.path)
    if path.startswith(_root(note) + "/") and address.startswith(("{", "|")):
        full = posixpath.normpath(path)
    else:
        full = posixpath.normpath(posixpath.join(here, path))
    below = full.removeprefix(_root(note) + "/")
    if below == full or below.startswith(".."):
        return None
    folder, _, _ = below.partition("/")
    if folder in FOLDERS and below.endswith(".md"):
        stem, _, lang = posixpath.basename(below)[: -len(".md")].partition(".")
        return Pointer(below, Key(FOLDERS[folder], stem), lang or None, fragment)
    return Pointer(below, None, None, fragment)


def _root(note: Note) -> str:
    return note.source.path.partition("/")[0]


def resolve(catalogue: Catalogue, note: Note, address: str, lang: str) -> Target | None:
    """A link inside the site -> where it leads for readers of ``lang``; None if nowhere (now)."""
    if address.startswith("/"):
        return Target(address)
    found = pointer(note, address)
    if found is None:
        return None
    if found.key is None:
        return Target("/" + found.path) if found.path.startswith(FILES + "/") else None
    entry = catalogue.entries.get(found.key)
    if entry is None:
        return None
    fragment = fragment_in(entry, found.lang, lang, found.fragment)
    shown = entry.note(lang)
    return Target(
        catalogue.address(entry, lang) + (f"#{fragment}" if fragment else ""),
        shown.source.lang,
        entry,
    )


def fragment_in(entry: Entry, written_for: str | None, lang: str, fragment: str) -> str:
    """The heading that a fragment names, in the reader's language: the one in the same position."""
    headings = entry.note(written_for or entry.original.source.lang).body.headings
    position = next((i for i, heading in enumerate(headings) if heading.id == fragment), None)
    if position is None:  # written for the reader's own language, or checked to be elsewhere
        return fragment if any(h.id == fragment for h in entry.note(lang).body.headings) else ""
    own = entry.note(lang).body.headings
    return own[position].id if position < len(own) else ""
