"""``saig rollback``: an earlier release made public again."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..progress import Progress
from ..publishing.folder_settings import read_settings
from ..publishing.layout import Layout
from ..publishing.signing import Signer, signer
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import project
from .publish import (
    authority,
    folder_argument,
    key_option,
    tsa_certificates_option,
    tsa_option,
)
from .publish import signer as configured


@click.command("rollback")
@folder_argument
@click.argument("release", metavar="[ID]", required=False)
@key_option
@tsa_option
@tsa_certificates_option
@project.lang_option
def command(
    folder: Path,
    release: str | None,
    key: Path | None,
    tsa: str | None,
    tsa_certificates: Path | None,
    lang: str | None,
) -> None:
    """Make the release before the current one public again, or the one named ID.

    It is a publication of its own in the record. The notes stay as they are: publish again when
    they are right.

    \b
    Example: saig rollback /srv/site
             saig rollback /srv/site 20201210T101500Z-1a2b3c4
    """
    from ..publishing.rollback import roll_back

    language = editor_language(lang)
    layout = Layout(Path(os.path.abspath(folder)))

    def open_signer() -> Signer | None:
        # With a key given, settings that are broken or missing must not stop a rollback.
        if known := signer(key) if key else read_settings(layout).signer():
            return known
        try:
            root = project.root()
        except Refused:  # on a server, where nobody goes into a checkout
            return None
        return configured(None, project.settings(root, production=True), root)

    asked = authority(tsa, tsa_certificates, {}, folder) or read_settings(layout).authority()
    done = roll_back(layout, release, open_signer, Progress(language), asked)
    if done is None:
        click.echo(for_editors(N_("That release is current already"), language))
        return
    click.echo(
        for_editors(
            N_("Current is %(release)s again (publication %(number)d)"),
            language,
            release=done.release,
            number=done.number,
        )
    )
