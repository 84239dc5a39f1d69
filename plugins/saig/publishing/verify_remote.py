"""The same, against a running server: what readers really get."""

from __future__ import annotations

import http.client
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urlsplit

from ..notes.address import with_index
from ..outputs.hosts import GONE
from ..progress import Progress
from ..words import N_
from .compress import is_compressible, original
from .layout import Layout
from .record import Chain, State, read
from .refusal import Refused
from .tree import digest
from .verify import AT_ONCE, NOT_COMPARED, Finding, Verdict, record_findings, signature_findings

LARGEST = 1 << 30
FORMS = ("identity", "gzip", "br")
"""Each form of a file is asked for: one that is stale hides behind the others."""

FOR_THE_HOST = ("/_headers", "/_redirects")
"""Hosts that read these do not show them as they are; others do nothing with them."""

TRIES = 3
"""How often to begin anew because a publication came in the middle."""


@dataclass(frozen=True)
class Answer:
    status: int
    encoding: str
    body: bytes
    location: str = ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object, **named: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def get(url: str, seconds: float, form: str = "identity") -> Answer:
    """One answer, whatever its status; raises ``Refused`` where there is none."""
    headers = {"Accept-Encoding": form, "User-Agent": "Saig verify", "Cache-Control": "no-cache"}
    request = urllib.request.Request(url, headers=headers)
    try:
        try:
            with _OPENER.open(request, timeout=seconds) as answer:
                return _answer(answer.status, answer.headers, answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, error.headers, error.read(LARGEST))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error or type(error).__name__
        raise Refused(N_("no answer from %(url)s: %(reason)s"), url=url, reason=reason) from None


def _answer(status: int, headers: Message, body: bytes) -> Answer:
    encoding = headers.get("Content-Encoding", "identity")
    return Answer(status, encoding.strip().lower(), body, headers.get("Location", ""))


def verify_url(
    url: str,
    record: Path | None,
    signers: Path | None,
    seconds: float,
    progress: Progress,
) -> Verdict:
    """A server. ``record`` and ``signers``: files to use instead of what the server gives."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Refused(N_("%(url)s is no address of a site"), url=url)
    root = url.rstrip("/")
    for _ in range(TRIES):
        data = _record(root, record, seconds)
        chain = read(data)
        findings = [
            *record_findings(chain),
            *_signatures(root, record, chain, signers, seconds, progress),
            *([NOT_COMPARED] if chain.broken else _addresses(root, chain.state, seconds, progress)),
        ]
        if record or _record(root, None, seconds) == data:
            return Verdict(chain, findings, len(chain.state.digests))
        progress.step(N_("The site was published anew meanwhile; beginning again"))
    raise Refused(N_("the site is published too often to be verified"))


def _record(root: str, file: Path | None, seconds: float) -> bytes:
    if file:
        return file.read_bytes()
    answer = get(f"{root}/publications.jsonl", seconds)
    if answer.status != 200:
        raise Refused(
            N_("%(url)s answers %(status)d; give the record with --record FILE"),
            url=f"{root}/publications.jsonl",
            status=answer.status,
        )
    return answer.body


def _signatures(
    root: str,
    record: Path | None,
    chain: Chain,
    signers: Path | None,
    seconds: float,
    progress: Progress,
) -> list[Finding]:
    """Those beside a copy of the record; else fetch what ``ssh-keygen`` reads into files, and let it
    read."""
    beside = Layout(record.parent) if record else None
    if beside and beside.signatures.is_dir():
        trusted = signers or beside.signers
        return list(signature_findings(chain, trusted, beside.signature, progress))
    signed = [item.number for item in chain.publications if item.signer]
    with tempfile.TemporaryDirectory(prefix="saig-verify-") as folder:
        here = Path(folder)
        if signed and not signers:
            answer = get(f"{root}/allowed_signers", seconds)
            if answer.status == 200:
                (here / "allowed_signers").write_bytes(answer.body)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            urls = [f"{root}/publications/{number}.sig" for number in signed]
            answers = pool.map(get, urls, [seconds] * len(urls))
            for number, answer in zip(signed, answers, strict=True):
                if answer.status == 200:
                    (here / f"{number}.sig").write_bytes(answer.body)
        if record and signed and not list(here.glob("*.sig")):
            message = N_("the signatures are not beside %(copy)s: they were not checked")
            return [Finding(message, {"copy": record}, is_fault=False)]
        trusted = signers or here / "allowed_signers"
        return list(
            signature_findings(chain, trusted, lambda number: here / f"{number}.sig", progress)
        )


def _addresses(root: str, state: State, seconds: float, progress: Progress) -> Iterator[Finding]:
    """Every address in every form that a reader may be given."""
    asked = [
        (address, form)
        for address in sorted(state.digests)
        if address not in FOR_THE_HOST
        for form in (FORMS if is_compressible(with_index(address)) else FORMS[:1])
    ]

    def ask(item: tuple[str, str]) -> Finding | None:
        address, form = item
        try:
            answer = get(root + quote(address), seconds, form)
        except Refused as error:
            return Finding(error.message, error.values)
        return _finding(state, address, answer)

    told: set[tuple[str, str]] = set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(ask, asked)
        for finding in progress.over(answers, len(asked), N_("Asking for addresses")):
            if finding and (key := (finding.message, str(finding.values))) not in told:
                told.add(key)
                yield finding


def _finding(state: State, address: str, answer: Answer) -> Finding | None:
    if address in state.moved and answer.status in (301, 308):
        return None  # some servers redirect where others show the page that leads on
    expected = {200}
    if address in state.gone or f"{with_index(address)}{GONE}" in state.digests:
        expected.add(410)
    if address.endswith("/404.html"):
        expected.add(404)
    if answer.status not in expected:
        values: dict[str, object] = {"address": address, "status": answer.status}
        return Finding(N_("%(address)s answers %(status)d"), values)
    body: bytes | None = answer.body
    if answer.encoding in ("gzip", "br"):
        body = original({"gzip": ".gz", "br": ".br"}[answer.encoding], answer.body)
    if body is None or digest(body) != state.digests[address]:
        shown = address if answer.encoding == "identity" else f"{address} ({answer.encoding})"
        return Finding(N_("%(address)s differs from what was published"), {"address": shown})
    return None
