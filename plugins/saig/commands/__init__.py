"""The command line. Each command is a module that is imported when it is called, and so are rarely
needed modules: imports take most of the time of a build that has nothing to do."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from .. import __version__
from ..notes.internal_errors import described, is_of_theme
from ..refusal import Refused
from ..words import N_, editor_language, for_editors

COMMANDS = {
    "build": "build",
    "changes": "changes",
    "check": "check",
    "citations": "citations",
    "cms": "cms",
    "due": "due",
    "evidence": "evidence",
    "fmt": "fmt",
    "hook": "hook",
    "import": "import_",
    "init": "init",
    "new": "new",
    "norms": "norms",
    "people": "people",
    "publish": "publish",
    "record": "record",
    "releases": "releases",
    "report": "report",
    "rollback": "rollback",
    "script": "script",
    "serve": "serve",
    "stamp": "stamp",
    "verify": "verify",
    "workflows": "workflows",
}


class _Commands(click.Group):
    """Commands by name, so that ``saig check`` does not import what ``saig serve`` needs."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Exit with 1 and one line for what stops a build (``BuildError``), for what the system
        refuses (``OSError``), and for an exception that nobody foresaw, whose traceback goes into a
        file."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            file = f": {error.filename}" if error.filename else ""
            told = _theme_fault(error) or f"{error.strerror or error}{file}"
        except SystemExit as ended:
            if not isinstance(ended.code, str):
                raise
            told = ended.code
        except Exception as error:
            told = _theme_fault(error) or _fault(error)
        click.ClickException(told).show()
        sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """Say what is refused (``Refused``) in the language of the messages: that of ``--lang``,
        which its option puts into ``ctx.obj``, or else that of the environment."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            said = refused.said(editor_language(ctx.obj))
            raise click.ClickException(said) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f".{COMMANDS[name]}", __name__).command
        return command


def _theme_fault(error: Exception) -> str:
    """The message for an error in a template of the town's own; '' for any other exception."""
    if not is_of_theme(error):
        return ""
    message = N_("the theme failed: %(error)s")
    return for_editors(message, editor_language(), error=described(error))


def _fault(error: Exception) -> str:
    """The message for an exception that nobody foresaw. It names the file with the traceback."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="saig-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    message = N_(
        "Saig failed: %(error)s. This is a fault of Saig's: report it to those who maintain it, with "
        "what stands in %(file)s"
    )
    values = {"error": described(error), "file": file.name}
    return for_editors(message, editor_language(), **values)


def _tell_versions(ctx: click.Context) -> None:
    from importlib.metadata import version  # which takes long to import

    click.echo(f"Saig {__version__}, on Pelican {version('pelican')}")
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, param, asked: _tell_versions(ctx) if asked else None,
    help="Say which version of Saig this is, and which of Pelican.",
)
def main() -> None:
    """Saig turns a repository of notes into a public site.

    \b
    saig init                       a new town: settings, and the first notes
    saig new notice horari-estiu    a note begun, with the common fields
    saig check                      what is wrong in the notes
    saig serve                      see the site while you write
    """
