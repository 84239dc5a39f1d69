"""Where the links of a note's text lead (docs/notes.md, Text and links)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..notes.address import encoded, typed
from ..notes.read import Note
from .entry import Entry


@dataclass(frozen=True)
class Target:
    """``address``: from the site's root, with its fragment; ``lang``: of what stands there."""

    address: str
    lang: str | None = None
    entry: Entry | None = None


def resolve(
    get: Callable[[str, str], Entry | None], note: Note, address: str, lang: str
) -> Target | None:
    """A link inside the site -> where it leads for readers of ``lang``; None if nowhere (now).
    ``get``: the note of a kind and an id."""
    if address.startswith("/"):
        return Target(typed(address))
    found = note.link_targets.get(address)
    if found is None:
        return None
    if found.key is None:
        if not found.is_of_files:
            return None
        # Without its slash, what a page of the editors' links to would be sought one folder above.
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
    """The heading that a fragment names, where the page that a reader gets has one of that name;
    else nothing: which of the others says the same, nobody can tell (decision 24). ``written_for``:
    the language of the file that the link names; the original's where it is None."""
    if not fragment:
        return ""
    shown, named = entry.note(lang).body, entry.note(written_for or entry.original.source.lang).body
    # Footnotes are numbered: the second of a translation may be another than the original's.
    there = shown.anchors if shown is named else {heading.id for heading in shown.headings}
    return fragment if fragment in there else ""
