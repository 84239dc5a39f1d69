"""``saig build``: the site, as ``pelican`` builds it."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..builder.database import cache_folder, open_database
from ..builder.output import MARK
from ..builder.up_to_date import build_inputs
from ..notes.internal_errors import is_of_theme
from ..progress import Progress
from ..words import N_, editor_language
from . import project
from .previous import previous_index


@click.command("build")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to build into."
)
@click.option("--production", is_flag=True, help="The public site: any error stops the build.")
@click.option(
    "--preview",
    metavar="BRANCH",
    help="A preview of this branch, at the public site's address with /_preview/ and its name.",
)
@click.option("--clean", is_flag=True, help="Remove what an earlier build left first.")
@click.option(
    "--previous",
    help="What may not vanish: an earlier api/v1/index.json, file or address, or a folder of saig publish.",
)
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes to work with; as many as processors."
)
@click.option(
    "--explain",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value="",
    help="Say why each page was made again; or all that the page at ADDRESS depends on.",
)
@project.today_option
@project.lang_option
def command(
    output: Path | None,
    production: bool,
    preview: str | None,
    clean: bool,
    previous: str | None,
    jobs: int | None,
    explain: str | None,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Build the site.

    Locally a note with errors is left out, and the errors are shown. In production any error stops
    the build before anything is written. Only what depends on something that changed is made again.

    A preview is not indexed, says on each page that it is one, leaves out the notes that are wrong,
    and may have placeholders.

    \b
    Example: saig build --output /tmp/site --today 2020-12-10
             saig build --output /tmp/preview --preview estiu
    """
    project.tune_gc()
    started = time.monotonic()
    root = project.root()
    language = editor_language(lang)
    given = {
        "OUTPUT_PATH": str(output.resolve()) if output else None,
        "TODAY": today,
        "PREVIOUS": previous_index(previous),
        "JOBS": jobs,
        "EXPLAIN": explain,
        "LANGUAGE": lang,
    }
    inputs = None
    if preview is not None:
        production = True
        given |= preview_settings(project.settings(root, production=True, **given), preview)
    plain = project.plain_settings(root, production=production, **given)
    if plain and not clean and not any(map(plain.get, project.HAVE_WORK)):
        with _system_errors(plain):
            inputs = build_inputs(plain, open_database(plain), language)
            if last := inputs.last_report():
                inputs.write_day(last)
        if last:
            sys.stderr.write(last.problems)
            click.echo(last.done[len(inputs.folder.written_paths)], err=True)
            if inputs.database.notice:
                Progress(language).step(inputs.database.notice)
            _print_summary(last.built, started, plain["OUTPUT_PATH"])
            return
    settings = {**project.whole_settings(plain, root, production=production, **given)}
    if inputs:  # which have their own copy of the settings
        settings["BUILD_INPUTS"] = inputs
    _print_summary(run(settings, clean=clean), started, settings["OUTPUT_PATH"])


def preview_settings(settings: Mapping[str, Any], branch: str) -> dict[str, Any]:
    """The settings of a branch's preview that differ from the public site's."""
    from ..project_settings import BuildError, site_url
    from ..receiving.preview_names import PREVIEWS, preview_name

    try:
        address = f"{site_url(settings)}{PREVIEWS}{preview_name(branch)}"
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    return {"SITEURL": address, "PRODUCTION": False, "PREVIEW": branch}


def _print_summary(message: str, started: float, folder: str) -> None:
    """The last line of a build."""
    values = {"seconds": time.monotonic() - started, "folder": folder}
    click.echo(message % values, err=True)


def run(settings: dict[str, Any], *, clean: bool = False) -> str:
    """Build with these settings, or say in one line why not and exit with 1. Returns the last line,
    to be filled in with ``seconds`` and ``folder``."""
    from ..project_settings import BuildError

    with _system_errors(settings):
        try:
            if clean:
                remove(settings)
            if "PELICANS_OWN" in settings:
                _run_pelican(settings)
            else:
                from ..site_build import build_site

                build_site(settings)
        except BuildError as error:
            raise click.ClickException(str(error)) from None
    return str(settings.pop("BUILT", ""))


def _run_pelican(settings: dict[str, Any]) -> None:
    from pelican import Pelican
    from pelican.log import console

    console.quiet = True  # it would count articles, and there are none
    Pelican(settings).run()


@contextmanager
def _system_errors(settings: Mapping[str, Any]) -> Iterator[None]:
    """An error of the system, such as a full disk, as one line instead of a traceback."""
    try:
        yield
    except OSError as error:
        if is_of_theme(error):
            raise
        where = error.filename or settings["OUTPUT_PATH"]
        raise click.ClickException(f"{error.strerror or error}: {where}") from None


def remove(settings: dict[str, Any]) -> None:
    """Remove the cache, and empty the output folder. Refuses a folder that Saig did not create."""
    import shutil

    from ..project_settings import refusal

    for remembered in cache_folder(settings).glob("*.sqlite*"):
        remembered.unlink(missing_ok=True)  # another build may remove it too
    output = Path(settings["OUTPUT_PATH"])
    if not output.exists() or not any(output.iterdir()):
        return
    if not (output / MARK).is_file():
        raise refusal(
            settings,
            N_("%(folder)s does not hold a site that Saig built; empty it yourself if you mean to"),
            folder=output,
        )
    for path in output.iterdir():
        if path.name.startswith(".") and path.name != ".well-known":
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
