"""``saig workflows``: the files by which a forge checks, builds and publishes a town's site."""

from __future__ import annotations

import click

from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from ..workflows import FILES, of_town
from . import project


@click.command("workflows")
@click.argument("forge", type=click.Choice(list(FILES)))
@click.option("--replace", is_flag=True, help="Write over what is there and says otherwise.")
@project.lang_option
def command(forge: str, replace: bool, lang: str | None) -> None:
    """Write the files with which FORGE checks, builds and publishes the site on each push, and each
    night. They install Saig as requirements.txt says.

    What is there and says otherwise stays, and is named; after an upgrade, --replace writes it
    anew.

    \b
    Example: saig workflows github
    """
    root, language = project.root(), editor_language(lang)
    left = []
    for path in FILES[forge]:
        file, text = root / path, of_town(path)
        if file.is_file() and file.read_text("utf-8", "replace") != text and not replace:
            left.append(path)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        click.echo(for_editors(N_("%(file)s is written"), language, file=path))
    if left:
        raise Refused(
            N_("%(files)s say otherwise, and stay: --replace writes over them"),
            files=", ".join(left),
        )
