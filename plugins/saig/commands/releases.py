"""``saig releases``: what there is to go back to."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import click

from ..publishing.layout import Layout
from ..publishing.releases import Release
from ..publishing.releases import releases as listed
from ..words import N_, counted, editor_language, for_editors
from . import project
from .publish import folder_argument


@click.command("releases")
@folder_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@project.lang_option
def command(folder: Path, form: str, lang: str | None) -> None:
    """List the releases in DIR, the latest first: time, commit, pages; * marks the current one.

    \b
    Example: saig releases /srv/site
    """
    language = editor_language(lang)
    found = listed(Layout(Path(os.path.abspath(folder))))
    if not found and form == "text":
        click.echo(for_editors(N_("No releases"), language), err=True)
    for release in found:
        click.echo(_line(release, language) if form == "text" else json.dumps(asdict(release)))


def _line(release: Release, language: str) -> str:
    mark = "*" if release.current else " "
    commit = (release.commit or "–")[:10] + ("+" if release.differs else "")
    pages = counted("%(count)d page", "%(count)d pages", release.pages, language)
    return f"{mark} {release.release:<32} {release.time}  {commit:<11}  {pages}"
