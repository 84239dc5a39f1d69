"""``saig serve``: the site while you write, drafts included."""

from __future__ import annotations

import datetime

import click

from ..generator import BuildError
from . import project
from .build import run


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
    server.serve(port=port, root=str(preview), host="localhost")
