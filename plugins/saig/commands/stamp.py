"""``saig stamp``: requests missing time stamps for lines of the record."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..progress import Progress
from ..publishing.folder_settings import read_settings
from ..publishing.layout import Layout
from ..publishing.lock import locked
from ..publishing.record import require_valid
from ..publishing.record_io import load
from ..publishing.stamping import stamp_lines
from ..refusal import Refused
from ..words import N_, editor_language
from . import project
from .publish import authority, folder_argument, tsa_certificates_option, tsa_option


@click.command("stamp")
@folder_argument
@tsa_option
@tsa_certificates_option
@project.lang_option
def command(folder: Path, tsa: str | None, tsa_certificates: Path | None, lang: str | None) -> None:
    """Ask for the time stamps that lines of the record in DIR have not yet.

    A publication asks by itself where it is told whom; this asks the same, or --tsa. This is for a
    record whose publications may not ask others, and for the time between them. Exits with 1 if one
    is not given.

    \b
    Example: saig stamp /srv/site --tsa https://tsa.example.org/ --tsa-certificates tsa.pem
    """
    language = editor_language(lang)
    progress = Progress(language)
    layout = Layout(Path(os.path.abspath(folder)))
    if not layout.record.is_file():
        raise Refused(N_("there is no publication record in %(folder)s"), folder=layout.root)
    asked = authority(tsa, tsa_certificates, {}, folder) or read_settings(layout).authority()
    if asked is None:
        raise Refused(N_("there is no time-stamping authority to ask: name one with --tsa URL"))
    layout.make()
    with locked(layout.lock, lambda: progress.step(N_("A publication is at work; waiting for it"))):
        done = stamp_lines(layout, require_valid(load(layout)), asked, progress)
    raise SystemExit(0 if done else 1)
