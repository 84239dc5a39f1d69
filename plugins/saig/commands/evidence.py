"""``saig evidence``: when an address was public, with the proof."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from ..notes.read import read_site
from ..progress import Progress
from ..publishing import durable, signing
from ..publishing.clock import clock_findings
from ..publishing.evidence import gather, signatures_of
from ..publishing.evidence_report import report
from ..publishing.layout import Layout
from ..publishing.record import Chain, require_valid
from ..publishing.record_io import load, now
from ..publishing.stamp_findings import checked_stamps
from ..publishing.trust import was_key_used
from ..publishing.verify import ProofFiles, trust_findings
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import project
from .publish import folder_argument
from .verify import signers_option, trusted_authorities_option

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("evidence")
@folder_argument
@click.argument("address")
@click.option("--from", "start", type=_DAY, help="Was it public from this day (YYYY-MM-DD)…")
@click.option("--until", type=_DAY, help="… to the end of this one?")
@signers_option
@trusted_authorities_option
@click.option("--zone", help="Time zone of these days; by default that of the site.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="html is a page to print or to keep.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@project.lang_option
def command(
    folder: Path,
    address: str,
    start: datetime.datetime | None,
    until: datetime.datetime | None,
    signers: Path | None,
    tsa_certificates: Path | None,
    zone: str | None,
    form: str,
    output: Path | None,
    lang: str | None,
) -> None:
    """Say when ADDRESS was published, changed and withdrawn, and how to check it.

    \b
    Example: saig evidence /srv/site /avisos/horari-estiu/ --from 2020-06-01 --until 2020-06-30
    """
    language = editor_language(lang)
    layout = Layout(Path(os.path.abspath(folder)))
    if not layout.record.is_file():
        raise Refused(N_("there is no publication record in %(folder)s"), folder=layout.root)
    zone = zone or site_zone()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(N_("%(zone)s is no time zone such as Europe/Madrid"), zone=zone) from None
    chain = require_valid(load(layout))
    trusted = signers or layout.signers
    was_used = signers is not None or was_key_used(layout, chain)
    beside = ProofFiles(layout.signatures, trusted, tsa_certificates or layout.certificates)
    findings = trust_findings(chain, beside, Progress(language), was_used=was_used)
    faults = [finding.said(language) for finding in findings if finding.is_fault]
    moment = now()
    days = period(start, until)
    stamps = checked_stamps(chain, beside.folder, beside.certificates)
    good = stamps.good if stamps.trusted else {}
    found = gather(chain, address, zone, moment, days, holds=not faults, stamps=good)
    signers_named = signatures_of(found)
    if faults:
        signed = check_signatures(layout, chain, trusted, signers_named)
    else:  # all lines were checked
        signed = dict.fromkeys(signers_named, True)
    clock = [one.said(language) for one in clock_findings(chain.publications, moment)]
    if form == "json":
        plain = {**asdict(found), "signatures": signed, "faults": faults}
        text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    else:
        unchecked = bool(stamps.good) and not stamps.trusted
        text = report(found, signed, faults, clock, unchecked, form, language)
    if output:
        durable.write(output, text.encode())
        click.echo(for_editors(N_("Written: %(path)s"), language, path=output), err=True)
    else:
        click.echo(text, nl=False)
    raise SystemExit(1 if faults else 0)


def period(
    start: datetime.datetime | None, until: datetime.datetime | None
) -> tuple[datetime.date, datetime.date] | None:
    """The days that were asked for; a single one is a period of one day. Raises ``Refused`` if they
    are in the wrong order."""
    first, last = start or until, until or start
    if first is None or last is None:
        return None
    if last < first:
        raise Refused(N_("--until is before --from"))
    return first.date(), last.date()


def site_zone() -> str:
    """The time zone of the site of the current project; UTC outside of a project."""
    try:
        site = read_site(project.root() / "content").site
    except Refused:
        return "UTC"
    return site.time_zone if site else "UTC"


def check_signatures(
    layout: Layout, chain: Chain, trusted: Path, signed: dict[int, str]
) -> dict[int, bool]:
    """Whether each of these lines is signed by the key that it names. ``signed``: number of a line
    to the key's fingerprint; ``trusted``: the file of keys."""

    def signer_of(number: int) -> str | None:
        time = chain.publications[number - 1].time
        signature = layout.signature(number)
        return signing.verified_signer(trusted, signature, chain.lines[number - 1], time)

    return {
        number: trusted.is_file() and signer_of(number) == key for number, key in signed.items()
    }
