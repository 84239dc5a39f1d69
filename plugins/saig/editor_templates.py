"""The templates of what editors read: the desk's pages, the report, evidence."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .words import counted, for_editors


@cache
def templates_in(*folders: Path, lang: str, escapes: bool) -> Environment:
    """Jinja's environment for the templates in these folders. All of them have the editor's
    language, ``lang``, and ``translate`` and ``counted``, which say messages in it. ``escapes``:
    whether they make HTML."""
    found = Environment(
        loader=FileSystemLoader(folders),
        autoescape=escapes,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    found.globals.update(
        lang=lang,
        translate=partial(for_editors, lang=lang),
        counted=partial(counted, lang=lang),
    )
    return found
