"""Resolves the links in a note's text (docs/notes.md, Text and links)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..notes.address import encoded, typed
from ..notes.read import Note
from .entry import Entry


@dataclass(frozen=True)
class Target:
    """``address``: from the site's root, with the fragment; ``lang``: of the page there."""

    address: str
    lang: str | None = None
    entry: Entry | None = None


def resolve(
    get: Callable[[str, str], Entry | None], note: Note, address: str, lang: str
) -> Target | None:
    """Where a link inside the site leads for readers of ``lang``; None if nowhere (now). ``get``:
    returns the note of a kind and an id."""
    if address.startswith("/"):
        return Target(typed(address))
    found = note.link_targets.get(address)
    if found is None:
        return None
    if found.key is None:
        if not found.is_of_files:
            return None
        # Without the slash, relative links of a page that editors published would be resolved one
        # folder above.
        slash = "/" if re.split("[?#]", address, maxsplit=1)[0].endswith("/") else ""
        place = f"#{encoded(found.fragment)}" if found.fragment else ""
        return Target(encoded(f"/{found.path}{slash}") + place)
    entry = get(*found.key)
    if entry is None:
        return None
    fragment = fragment_in(entry, found.lang, lang, found.fragment)
    shown = entry.words(lang)
    return Target(shown.address + (f"#{fragment}" if fragment else ""), shown.lang, entry)


def fragment_in(entry: Entry, written_for: str | None, lang: str, fragment: str) -> str:
    """The heading that a fragment names, if the page that the reader gets has one of that name;
    else '': which other heading says the same is unknown (decision 24). ``written_for``: the
    language of the file that the link names; None for the original's."""
    if not fragment:
        return ""
    shown, named = entry.note(lang).body, entry.note(written_for or entry.original.source.lang).body
    # Footnotes are numbered, so the second of a translation may not be the original's second.
    there = shown.anchors if shown is named else {heading.id for heading in shown.headings}
    return fragment if fragment in there else ""
