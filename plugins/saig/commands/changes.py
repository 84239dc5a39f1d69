"""``saig changes``: the pages that differ between two sites."""

from __future__ import annotations

import click

from ..generator import bytes_at
from ..publishing.changes import Page, as_markdown, changes, pages_in
from ..words import N_, editor_language, for_editors
from . import project


@click.command("changes")
@click.argument("before")
@click.argument("after")
@click.option("--preview", metavar="URL", help="Where AFTER can be read: its pages become links.")
@click.option("--download", metavar="URL", help="Where AFTER can be had as files.")
@project.lang_option
def command(
    before: str, after: str, preview: str | None, download: str | None, lang: str | None
) -> None:
    """Say in Markdown which pages AFTER adds, changes and removes, for a merge request.

    BEFORE and AFTER are the api/v1/index.json of two builds, as files or web addresses.

    \b
    Example: saig changes https://example.org/api/v1/index.json output/api/v1/index.json
    """
    language = editor_language(lang)
    found = changes(_pages(before, language), _pages(after, language))
    click.echo(as_markdown(found, language, preview), nl=False)
    links = (
        (N_("The site with this change:"), preview and f"{preview.rstrip('/')}/index.html"),
        (N_("The site with this change, to download:"), download),
    )
    for message, link in links:
        if link:
            click.echo(f"\n{for_editors(message, language)} <{link}>")


def _pages(where: str, language: str) -> dict[str, Page]:
    try:
        return pages_in(bytes_at(where))
    except (OSError, ValueError) as error:
        message = N_("%(file)s cannot be read as an index of what was published: %(reason)s")
        said = for_editors(message, language, file=where, reason=error)
        raise click.ClickException(said) from None
