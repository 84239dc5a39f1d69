"""The theme's catalogues of interface texts: what is wrong in those of the site's languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import po
from ..words import N_, SOURCE_LANGUAGE, po_file, read_catalogue
from .problem import Problem

LISTED = "messages.pot"
"""Beside the catalogues: every text of the interface, as ``scripts/messages`` finds them."""


def check_words(folder: Path, languages: Sequence[str], *, is_public: bool) -> Iterator[Problem]:
    """What is wrong in the catalogues below ``folder``. ``is_public``: what lacks is an error."""
    seen = set()
    for lang in languages:
        path = po_file(folder, lang)
        if path is None or path in seen:
            continue
        seen.add(path)
        name = f"{folder.parent.name}/{path.relative_to(folder.parent).as_posix()}"
        catalogue, faults = read_catalogue(path, lang)
        for fault in faults:
            hint = N_(
                "write it as in msgid; the forms of the plural are those of Plural-Forms above"
            )
            yield Problem(name, fault.line, 1, "bad-words", fault.message, hint, fault.values)
        if catalogue is None or lang.partition("-")[0] == SOURCE_LANGUAGE:
            continue
        wrong = {fault.line for fault in faults}
        has = {_name(m) for m in catalogue if m.id and po.is_translated(m)}
        lacking = [name for name in _listed(folder) if name not in has]
        told = len(lacking) - len(wrong)
        if told > 0:
            first = next((m for m in catalogue if m.id and _name(m) in lacking), None)
            yield Problem(
                name,
                (first.lineno if first else None) or 1,
                1,
                "incomplete-words",
                N_("%(count)d texts of the interface are not translated, so readers get English"),
                N_("fill in each msgstr that is empty, and add what is not there: %(first)s"),
                {"count": told, "first": ", ".join(f"“{text}”" for _, text in lacking[:3])},
                stops=is_public,
            )


def _listed(folder: Path) -> list[tuple[str, str]]:
    path = folder / LISTED
    catalogue = po.read(path.read_bytes(), None)[0] if path.is_file() else None
    return [_name(message) for message in catalogue or () if message.id]


def _name(message: object) -> tuple[str, str]:
    """The context of a text, and the text."""
    identifier = getattr(message, "id", "")
    first = identifier[0] if isinstance(identifier, tuple | list) else identifier
    return getattr(message, "context", None) or "", str(first)
