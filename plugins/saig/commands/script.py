"""``saig script``: what forges and servers run, of the scripts that come with Saig."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..shipped import shipped

SCRIPTS = {
    **{
        name: f"deploy/ci/{name}"
        for name in (
            *("branch", "build", "check", "comment", "due"),
            *("gazette", "publish", "report", "review"),
        )
    },
    "watch": "deploy/watch/saig-watch",
}


@click.command("script", context_settings={"ignore_unknown_options": True})
@click.argument("name", type=click.Choice(list(SCRIPTS)))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(name: str, arguments: tuple[str, ...]) -> None:
    """Run a script that comes with Saig for forges and servers, with this Saig. Each says in its
    first lines what it does; saig workflows writes the files that have forges run them.

    \b
    Example: saig script check github
             saig script build site.tar
    """
    file = shipped(SCRIPTS[name])
    programs = Path(sys.prefix) / "bin"
    environment = {"SAIG_BIN": str(programs), "SAIG": str(programs / "saig")}
    os.execve(file, [str(file), *arguments], {**os.environ, **environment})
