"""``saig serve``: the site while you write, drafts included."""

from __future__ import annotations

import datetime
import errno
import socket

import click

from ..generator import BuildError
from ..words import N_
from . import project
from .build import run

HOST = "localhost"


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@project.today_option
@project.lang_option
def command(port: int, today: datetime.date | None, lang: str | None) -> None:
    """Build, serve and watch: the browser shows each change as soon as a file is saved.

    Drafts are shown too, marked as such. What is built stays in .saig/preview, out of the public's
    reach.

    \b
    Example: saig serve --port 8080
    """
    from livereload import Server

    refuse_taken(port)
    root = project.root()
    preview = root / ".saig" / "preview"

    def build() -> None:
        settings = project.settings(
            root,
            OUTPUT_PATH=str(preview),
            SITEURL=f"http://localhost:{port}",
            DRAFTS=True,
            AUTORELOAD=True,
            TODAY=today,
            LANGUAGE=lang,
        )
        try:
            run(settings)
        except (BuildError, click.ClickException) as error:
            click.echo(str(error), err=True)

    build()
    server = Server()
    for name in ("content", "theme", project.LAPTOP):
        server.watch(str(root / name), build)
    try:
        server.serve(port=port, root=str(preview), host=HOST)
    except OSError as error:
        raise _taken(port, error) from None


def refuse_taken(port: int) -> None:
    """Say so before anything is built, if the port cannot be had."""
    for family, kind, protocol, _, address in socket.getaddrinfo(
        HOST, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        try:
            with socket.socket(family, kind, protocol) as there:
                there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                there.bind(address)
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise _taken(port, error) from None


def _taken(port: int, error: OSError) -> click.ClickException:
    if error.errno == errno.EADDRINUSE:
        message = N_(
            "the port %(port)d is in use, perhaps by another saig serve: end that, or write "
            "saig serve --port %(other)d"
        )
    else:
        message = N_(
            "the port %(port)d cannot be had (%(reason)s): write saig serve --port %(other)d"
        )
    other = port + 1 if 1024 <= port < 65535 else 8000
    return project.refusal(message, port=port, other=other, reason=error.strerror)
