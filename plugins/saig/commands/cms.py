"""``saig cms``: the configuration of the editor in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..cms.configuration import configuration
from ..cms.editor import HOW, NOT_THERE
from ..cms.forge import SERVERS, Forge
from ..cms.package import FOLDER, NotThePackage, unpacked
from ..notes.read import read_site
from ..project_settings import site_url
from ..refusal import Refused
from ..words import N_, editor_language
from . import project


@click.command("cms")
@click.option("--forge", type=click.Choice(list(SERVERS)), help="Where the repository is.")
@click.option("--repository", help="Its owner and its name, as in town/notes.")
@click.option("--server", help="The forge's address, if it is a town's own.")
@click.option("--branch", help="The branch that is edited.")
@click.option("--app-id", help="The application by which people sign in there.")
@click.option(
    "--unpack",
    "archive",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Put the program in its folder, from the archive that npm has of it.",
)
@project.lang_option
def command(
    forge: str | None,
    repository: str | None,
    server: str | None,
    branch: str | None,
    app_id: str | None,
    archive: Path | None,
    lang: str | None,
) -> None:
    """Write the configuration of Sveltia CMS, in which notes are edited in the browser: every field
    of every kind of note, in the language of the messages. The setting CMS says where the
    repository is, and so do options; with it, each build makes the editor's page at /admin/.

    \b
    Example: saig cms --forge gitea --server https://git.example.org --repository town/notes
             saig cms --unpack sveltia-cms-0.221.1.tgz
    """
    root = project.root()
    language = editor_language(lang)
    if archive:
        _unpack(root / FOLDER, archive)
        return
    settings = project.settings(root, LANGUAGE=lang)
    options = {
        "forge": forge,
        "repository": repository,
        "server": server,
        "branch": branch,
        "app_id": app_id,
    }
    given = {name: value for name, value in options.items() if value is not None}
    said = {**(settings.get("CMS") or {}), **given}
    if not said:
        raise Refused(
            N_("say where the repository is: with --forge and --repository, or in the setting CMS")
        )
    content = Path(settings["PATH"])
    site = read_site(content).site
    if site is None:
        raise Refused(N_("content/site.yaml has errors: run saig check"))
    try:
        found = configuration(site, Forge.of(said), content, language, site_url(settings))
    except Refused as error:
        raise click.ClickException(f"CMS: {error.said(language)}") from None
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _unpack(folder: Path, archive: Path) -> None:
    try:
        files = unpacked(archive.read_bytes())
    except NotThePackage:
        raise Refused(NOT_THERE, **{**HOW, "folder": str(archive)}) from None
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_file() and file.relative_to(folder).as_posix() not in files:
            file.unlink()
        elif file.is_dir() and not any(file.iterdir()):
            file.rmdir()
    click.echo(f"{folder.name}/")
