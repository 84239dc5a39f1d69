"""The command line (contract §6). Each command is a module, imported when it is called."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "build": "build",
    "changes": "changes",
    "check": "check",
    "citations": "citations",
    "due": "due",
    "evidence": "evidence",
    "hook": "hook",
    "new": "new",
    "publish": "publish",
    "releases": "releases",
    "rollback": "rollback",
    "serve": "serve",
    "verify": "verify",
}


class _Commands(click.Group):
    """Commands by name, so that ``saig check`` does not import what ``saig serve`` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f".{COMMANDS[name]}", __name__)
        command = getattr(module, "command")  # noqa: B009
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pelican", message="Saig, on Pelican %(version)s")
def main() -> None:
    """Saig turns a repository of notes into a public site.

    \b
    saig new notice horari-estiu    a note with every field explained
    saig check                      what is wrong in the notes
    saig serve                      see the site while you write
    """
