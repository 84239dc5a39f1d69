"""Finds files of a town's own ``theme/`` without effect: misspelled, or with deprecated names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

from ..deprecated import renamed
from ..languages import broader
from ..notes.deprecated_fields import HINT, MESSAGE, values_of
from ..notes.problem import Problem, file_problem
from ..outputs.stylesheet import imported_styles
from ..themes import OWN, Theme
from ..words import N_
from .inputs import referred

TEMPLATES, STYLES, STATIC, TRANSLATIONS = "templates", "styles", "static", "translations"


def check_overrides(theme: Theme, languages: Sequence[str]) -> Iterator[Problem]:
    """Problems of files in a town's theme that have no effect, or have one by a deprecated name."""
    if theme.own is None:
        return
    own = Theme((theme.own,))
    saigs = [
        f"{folder}/{path}" for folder in (TEMPLATES, STYLES) for path in _of_saig(theme, folder)
    ]
    old = {f"{TEMPLATES}/{one.old}": one for one in renamed("template")}
    used = _used(theme, own, languages)
    for path in own.files("."):
        if one := old.get(path):
            place = f"{OWN}/{path}"
            yield file_problem(place, "deprecated", MESSAGE, HINT, **values_of(one))
        elif path not in used and not path.startswith(f"{STATIC}/"):
            yield _unused(path, saigs)


def _of_saig(theme: Theme, folder: str) -> list[str]:
    return Theme((theme.base,)).files(folder)


def _used(theme: Theme, own: Theme, languages: Sequence[str]) -> set[str]:
    """The files of templates, styles and words that have an effect."""
    templates = {name for path in own.files(TEMPLATES) for name in _referred(own, path)}
    templates |= {*_of_saig(theme, TEMPLATES)}
    codes = {code for lang in languages for code in broader(lang)}
    names = {name for code in codes for name in (code, code.replace("-", "_"))}
    return {
        *(f"{TEMPLATES}/{name}" for name in templates),
        *(f"{STYLES}/{name}" for name in imported_styles(theme)),
        *(f"{TRANSLATIONS}/{name}/LC_MESSAGES/messages.po" for name in names),
    }


def _referred(own: Theme, path: str) -> list[str]:
    try:
        return referred(own.file(f"{TEMPLATES}/{path}").read_text("utf-8", "replace"))
    except OSError:
        return []


def _unused(path: str, saigs: Sequence[str]) -> Problem:
    near = get_close_matches(path, saigs, 1, 0.6)
    hint = N_("did you mean %(guess)s?")
    if not near:
        hint = N_(
            "files to be published go into theme/static/, styles into theme/styles/town.css; the "
            "others have the names of Saig's own"
        )
    place = f"{OWN}/{PurePosixPath(path)}"
    message = N_("Saig's theme has no such file, so this one is used nowhere")
    values = {"guess": f"{OWN}/{near[0]}"} if near else {}
    return file_problem(place, "unused-override", message, hint, **values)
