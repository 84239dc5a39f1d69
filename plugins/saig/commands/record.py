"""``saig record``: what the operator says in the record."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..progress import Progress
from ..publishing.folder_settings import read_settings
from ..publishing.layout import Layout
from ..publishing.signing import signer
from ..publishing.statements import add_statement
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import project
from .publish import folder_argument, key_option

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("record")
@folder_argument
@key_option
@click.option("--new-key", type=_FILE, help="The SSH key that signs from now on, instead of --key.")
@click.option("--pin", metavar="DIGEST", help="The SHA-256 of the last line that was not signed.")
@click.option(
    "--clock-was-wrong", is_flag=True, help="The clock is right now, and was not in earlier lines."
)
@project.lang_option
def command(
    folder: Path,
    key: Path | None,
    new_key: Path | None,
    pin: str | None,
    clock_was_wrong: bool,
    lang: str | None,
) -> None:
    """Add a line to the publication record that changes nothing that is public.

    --new-key changes the key, --pin vouches for lines that were written before there was one, and
    --clock-was-wrong lets the record go on from a time that was still to come.

    \b
    Example: saig record /srv/site --key old-key --new-key new-key
             saig record /srv/site --key key --pin 3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b
    """
    language = editor_language(lang)
    if not (new_key or pin or clock_was_wrong):
        raise click.UsageError(
            for_editors(N_("say one of --new-key, --pin and --clock-was-wrong"), language)
        )
    layout = Layout(Path(os.path.abspath(folder)))
    old = signer(key) if key else read_settings(layout).signer()
    if (new_key or pin) and not old:
        raise Refused(N_("%(option)s needs --key"), option="--new-key" if new_key else "--pin")
    chain = add_statement(
        layout,
        old,
        Progress(language),
        new_key=signer(new_key) if new_key else None,
        pinned=pin,
        clock_was_wrong=clock_was_wrong,
    )
    message = N_("The record says so; it has %(lines)d lines")
    click.echo(for_editors(message, language, lines=len(chain.lines)))
