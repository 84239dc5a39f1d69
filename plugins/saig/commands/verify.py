"""``saig verify``: whether what is public is what was published."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..progress import Progress
from ..publishing.layout import Layout
from ..publishing.verify import verify_folder
from ..words import N_, counted, editor_language, for_editors
from . import project

signers_option = click.option(
    "--signers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The public keys that you trust, instead of the allowed_signers found there.",
)
trusted_authorities_option = click.option(
    "--tsa-certificates",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Certificates of time-stamping authorities that you trust, instead of those found there.",
)


@click.command("verify")
@click.argument("where", metavar="DIR|URL")
@click.option(
    "--record",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own copy of the record: DIR's must begin with it; a URL is held against it.",
)
@signers_option
@trusted_authorities_option
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=30,
    show_default=True,
    help="Seconds to wait for an answer of a server.",
)
@project.lang_option
def command(
    where: str,
    record: Path | None,
    signers: Path | None,
    tsa_certificates: Path | None,
    timeout: float,
    lang: str | None,
) -> None:
    """Hold what is public, and the whole record, against the publication record.

    Every file that differs, is missing or was never published is named, and the first line of the
    record that breaks its chain. Exits with 1 if anything does.

    \b
    Example: saig verify /srv/site
             saig verify https://example.org --record copy/publications.jsonl
    """
    language = editor_language(lang)
    progress = Progress(language)
    if where.startswith(("http://", "https://")):
        from ..publishing.verify_remote import verify_url  # httpx takes long to import

        verdict = verify_url(where, record, signers, timeout, progress, tsa_certificates)
    else:
        layout = Layout(Path(os.path.abspath(where)))
        verdict = verify_folder(layout, signers, record, progress, tsa_certificates)
    for finding in verdict.findings:
        label = for_editors(N_("error") if finding.is_fault else N_("note"), language)
        click.echo(f"{label}: {finding.said(language)}")
    if verdict.holds:
        said_of_all = counted(
            "%(files)d files and %(count)d line of the record are as published",
            "%(files)d files and %(count)d lines of the record are as published",
            len(verdict.chain.publications),
            language,
            files=verdict.files,
        )
    else:
        message = N_("what is public is not what was published, or the record was changed")
        said_of_all = for_editors(message, language)
    click.echo(said_of_all)
    raise SystemExit(0 if verdict.holds else 1)
