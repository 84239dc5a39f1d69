"""The theme's catalogues of interface texts: problems in those of the site's languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .. import po
from ..themes import Theme
from ..words import N_, SOURCE_LANGUAGE, read_layers
from .problem import Problem

LISTED = "messages.pot"
"""Beside the catalogues: every text of the interface, as ``scripts/messages`` finds them."""

Name = tuple[str, str]
"""The context of a text, and the text."""


Layer = tuple[Path, Any, list[po.CatalogueFault]]


def check_words(theme: Theme, languages: Sequence[str], *, is_public: bool) -> Iterator[Problem]:
    """Problems in the theme's catalogues. ``is_public``: whether missing texts are errors."""
    listed = _listed(theme.base / "translations")
    seen: set[tuple[Path, ...]] = set()
    for lang in languages:
        layers = read_layers(theme.translations, lang)
        paths = tuple(path for path, _, _ in layers)
        if not paths or paths in seen:
            continue
        seen.add(paths)
        for path, _, faults in layers:
            yield from (_fault(path, fault) for fault in faults)
        if lang.partition("-")[0] != SOURCE_LANGUAGE:
            yield from _lacking(layers, listed, is_public=is_public)
        if theme.own and paths[0].is_relative_to(theme.own):
            yield from _stale(*layers[0][:2], listed)


def _fault(path: Path, fault: po.CatalogueFault) -> Problem:
    hint = N_("write it as in msgid; the forms of the plural are those of Plural-Forms above")
    return Problem(_in_project(path), fault.line, 1, "bad-words", fault.message, hint, fault.values)


def _lacking(layers: list[Layer], listed: list[Name], *, is_public: bool) -> Iterator[Problem]:
    """Missing texts, reported at the first catalogue: a town's own if it has one. Texts that are
    reported as wrong are left out."""
    if any(catalogue is None for _, catalogue, _ in layers):
        return
    has: set[Name] = set()
    for _, catalogue, faults in layers:
        wrong = {fault.text for fault in faults}
        has |= {
            _name(message)
            for message in catalogue
            if message.id and (po.is_translated(message) or _name(message)[1] in wrong)
        }
    lacking = [name for name in listed if name not in has]
    if not lacking:
        return
    path, catalogue, _ = layers[0]
    first = next((m for m in catalogue if m.id and _name(m) in lacking), None)
    yield Problem(
        _in_project(path),
        (first.lineno if first else None) or 1,
        1,
        "incomplete-words",
        N_("%(count)d texts of the interface are not translated, so readers get English"),
        N_("fill in each msgstr that is empty, and add what is not there: %(first)s"),
        {"count": len(lacking), "first": ", ".join(f"“{text}”" for _, text in lacking[:3])},
        stops=is_public,
    )


def _stale(path: Path, catalogue: Any, listed: list[Name]) -> Iterator[Problem]:
    """Texts of a town's own catalogue that are on no page."""
    known = set(listed)
    for message in catalogue or ():
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
