"""The theme's catalogues of interface texts: what is wrong in those of the site's languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from .. import po
from ..themes import Theme
from ..words import N_, SOURCE_LANGUAGE, po_file, read_catalogue
from .problem import Problem

LISTED = "messages.pot"
"""Beside the catalogues: every text of the interface, as ``scripts/messages`` finds them."""

Name = tuple[str, str]
"""The context of a text, and the text."""


def check_words(theme: Theme, languages: Sequence[str], *, is_public: bool) -> Iterator[Problem]:
    """What is wrong in the theme's catalogues. ``is_public``: what lacks is an error."""
    listed = _listed(theme.base / "translations")
    seen: set[tuple[Path | None, ...]] = set()
    for lang in languages:
        paths = tuple(po_file(folder, lang) for folder in theme.translations)
        if not any(paths) or paths in seen:
            continue
        seen.add(paths)
        wrong = list(_faults(paths, lang))
        yield from wrong
        if lang.partition("-")[0] != SOURCE_LANGUAGE:
            yield from _lacking(paths, lang, listed, len(wrong), is_public=is_public)
        if theme.own and paths[0]:
            yield from _stale(paths[0], lang, listed)


def _faults(paths: Sequence[Path | None], lang: str) -> Iterator[Problem]:
    for path in filter(None, paths):
        for fault in read_catalogue(path, lang)[1]:
            hint = N_(
                "write it as in msgid; the forms of the plural are those of Plural-Forms above"
            )
            name, values = _in_project(path), fault.values
            yield Problem(name, fault.line, 1, "bad-words", fault.message, hint, values)


def _lacking(
    paths: Sequence[Path | None], lang: str, listed: list[Name], wrong: int, *, is_public: bool
) -> Iterator[Problem]:
    """Told at the first catalogue, a town's own if it has one. ``wrong``: how many texts are told to
    be wrong, and lack for that."""
    read = [(path, read_catalogue(path, lang)[0]) for path in paths if path]
    catalogues = [catalogue for _, catalogue in read if catalogue is not None]
    if not catalogues:
        return
    has = {_name(m) for one in catalogues for m in one if m.id and po.is_translated(m)}
    lacking = [name for name in listed if name not in has]
    told = len(lacking) - wrong
    if told <= 0:
        return
    path, catalogue = read[0]
    first = next((m for m in catalogue or () if m.id and _name(m) in lacking), None)
    yield Problem(
        _in_project(path),
        (first.lineno if first else None) or 1,
        1,
        "incomplete-words",
        N_("%(count)d texts of the interface are not translated, so readers get English"),
        N_("fill in each msgstr that is empty, and add what is not there: %(first)s"),
        {"count": told, "first": ", ".join(f"“{text}”" for _, text in lacking[:3])},
        stops=is_public,
    )


def _stale(path: Path, lang: str, listed: list[Name]) -> Iterator[Problem]:
    """The texts of a town's own catalogue that no page has."""
    known = set(listed)
    for message in read_catalogue(path, lang)[0] or ():
        if not message.id or _name(message) in known:
            continue
        text = _name(message)[1]
        near = get_close_matches(text, [one for _, one in listed], 1, 0.75)
        yield Problem(
            _in_project(path),
            message.lineno or 1,
            1,
            "stale-words",
            N_("the interface has no text “%(text)s”, so this translation is shown nowhere"),
            N_("did you mean %(guess)s?") if near else N_("delete it"),
            {"text": text, **({"guess": f"“{near[0]}”"} if near else {})},
        )


def _in_project(path: Path) -> str:
    """``theme/translations/ca/LC_MESSAGES/messages.po``, wherever the theme lies."""
    return "/".join(path.parts[-5:])


def _listed(folder: Path) -> list[Name]:
    path = folder / LISTED
    catalogue = po.read(path.read_bytes(), None)[0] if path.is_file() else None
    return [_name(message) for message in catalogue or () if message.id]


def _name(message: object) -> Name:
    identifier = getattr(message, "id", "")
    first = identifier[0] if isinstance(identifier, tuple | list) else identifier
    return getattr(message, "context", None) or "", str(first)
