"""Evidence as text, or as a page to print. ``templates/`` has the words."""

from __future__ import annotations

import datetime
import json
import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from ..editor_templates import templates_in
from ..languages import locale
from ..notes.address import with_index
from .evidence import Evidence
from .signing import IDENTITY, NAMESPACE

TEMPLATES = Path(__file__).parent / "templates"


def report(
    evidence: Evidence,
    signatures: Mapping[int, bool],
    faults: Sequence[str],
    clock: Sequence[str],
    has_unchecked_stamps: bool,
    form: str,
    lang: str,
) -> str:
    """The whole text. ``form``: ``text`` or ``html``; ``signatures``: number of a signed line ->
    whether its signature is valid; ``faults``: why the record does not verify, in words; ``clock``:
    which times contradict each other, in words; ``has_unchecked_stamps``: whether there are time
    stamps but no certificates to check them with."""
    templates = templates_in(TEMPLATES, lang=lang, escapes=form == "html")
    number, commands = shell_commands(evidence)
    return templates.get_template("evidence.jinja").render(
        form=templates.get_template(f"{form}.jinja").module,
        time=partial(local_time, zone=evidence.zone, lang=lang),
        evidence=evidence,
        question=evidence.question,
        signatures=signatures,
        faults=faults,
        clock=clock,
        has_unchecked_stamps=has_unchecked_stamps,
        number=number,
        commands=commands,
    )


def local_time(written: str, zone: str, lang: str) -> str:
    """A time of the record in words, with its offset from UTC, as one hour in October occurs
    twice."""
    moment = datetime.datetime.fromisoformat(written)
    said: str = format_datetime(
        moment, "d MMM y, HH:mm:ss (ZZZZ)", tzinfo=ZoneInfo(zone), locale=locale(lang)
    )
    return said


def shell_commands(evidence: Evidence) -> tuple[int, dict[str, str]]:
    """The number of the last line that names a file at the address, or else of the last line; and
    the shell commands that check it, by name: '' if there is nothing to check."""
    event = next((item for item in reversed(evidence.events) if item.digest), None)
    number = event.number if event else evidence.lines
    line = f"sed -n {number}p publications.jsonl"
    names = ("line_names_digest", "digest_of_file", "signature", "time_stamp", "build_again")
    found = {"digest_of_line": f"{line} | sha256sum", **dict.fromkeys(names, "")}
    if event and event.digest:
        named = f'{json.dumps(evidence.address, ensure_ascii=False)}:"{event.digest}"'
        file = f"releases/{event.release}{with_index(evidence.address)}"
        found["line_names_digest"] = f"{line} | grep -oF {shlex.quote(named)}"
        found["digest_of_file"] = (
            f"sha256sum {shlex.quote(file)}\ncurl -s {shlex.quote(evidence.url)} | sha256sum"
        )
    if event and event.signer:
        found["signature"] = (
            f"{line} | ssh-keygen -Y verify -f allowed_signers -I {IDENTITY} -n {NAMESPACE} "
            f"-s publications/{number}.sig"
        )
    if event and (stamp := evidence.attested.get(event.number)):
        moment = int(datetime.datetime.fromisoformat(stamp.time).timestamp())
        found["time_stamp"] = (
            f"sed -n {stamp.number}p publications.jsonl > line\n"
            f"openssl ts -verify -data line -in publications/{stamp.number}.tsr "
            f"-CAfile tsa_certificates.pem -attime {moment}"
        )
    if event and event.commit and event.day:
        found["build_again"] = (
            f"git checkout {event.commit}\n"
            f"saig build --production --today {event.day} --output site"
        )
    return number, found
