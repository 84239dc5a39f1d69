"""Compares what a server sends to readers with the publication record."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from ..notes.address import with_index
from ..outputs.hosts import GONE
from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from .beside import named_files
from .clock import clock_findings
from .compress import is_compressible, original
from .finding import Finding
from .keys import key_findings
from .layout import SIGNATURE, STAMP, Layout, files_beside
from .record import Chain, State, read
from .record_io import now
from .signatures import AT_ONCE
from .tree import digest
from .trust import was_key_used
from .verify import NOT_COMPARED, ProofFiles, Verdict, chain_findings, record_findings

HEADERS = {"User-Agent": "Saig verify", "Cache-Control": "no-cache"}

LARGEST = 1 << 30
"""The most bytes of an answer that are read."""

FORMS = ("identity", "gzip", "br")
"""Every form of a file is requested, as a single one may be outdated."""

FOR_THE_HOST = ("/_headers", "/_redirects")
"""Files for the host: hosts that read them do not send them as they are, others ignore them."""

LOOKED_ASIDE = Finding(
    N_(
        "not looked at: previews, addresses that the record does not have, and the headers with which "
        "the server answers"
    ),
    is_fault=False,
)

UNNAMED = 20
"""For so many of the last lines a time stamp is requested although no line names it yet."""

TRIES = 3
"""The most tries, if the site is published meanwhile."""


@dataclass(frozen=True)
class ServedFile:
    """An answer. ``body``: as it was sent, in the ``encoding`` (``identity``, ``gzip``, ``br``)."""

    status: int
    encoding: str
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server. ``url``: without a slash at its end; ``client``: may be used by several threads."""

    url: str
    client: httpx.Client

    def get(self, path: str, form: str = "identity") -> ServedFile:
        """The answer for a path, whatever its status, cut after ``LARGEST`` bytes. Redirects are not
        followed. Raises ``Refused`` if there is no answer."""
        url = self.url + path
        try:
            with self.client.stream("GET", url, headers={"Accept-Encoding": form}) as response:
                body = bytearray()
                for part in response.iter_raw():
                    body += part
                    if len(body) > LARGEST:
                        break
                encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
                return ServedFile(response.status_code, encoding, bytes(body))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            reason = str(error) or type(error).__name__
            raise Refused(
                N_("no answer from %(url)s: %(reason)s"), url=url, reason=reason
            ) from None


def verify_url(
    url: str,
    record: Path | None,
    signers: Path | None,
    seconds: float,
    progress: Progress,
    certificates: Path | None = None,
) -> Verdict:
    """Verify every file of a served site, and its record. ``record``, ``signers``,
    ``certificates``: files to use instead of those that the server sends; ``seconds``: how long the
    server may send nothing.

    Raises ``Refused`` if there is no record or no answer, if signatures cannot be checked here, or
    if the site is published too often meanwhile; ``OSError`` if a file cannot be read."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Refused(N_("%(url)s is no address of a site"), url=url)
    context = ssl.create_default_context()
    with httpx.Client(headers=HEADERS, timeout=seconds, verify=context) as client:
        server = Server(url.rstrip("/"), client)
        for _ in range(TRIES):
            data = _record(server, record)
            chain = read(data)
            findings = [
                *chain_findings(chain),
                *_served_record(server, chain, record),
                *_record_findings(server, record, chain, signers, certificates, progress),
                *([NOT_COMPARED] if chain.broken else _addresses(server, chain.state, progress)),
                LOOKED_ASIDE,
            ]
            if record or _record(server, None) == data:
                return Verdict(chain, findings, len(chain.state.digests))
            progress.step(N_("The site was published anew meanwhile; beginning again"))
    raise Refused(N_("the site is published too often to be verified"))


def _record(server: Server, file: Path | None) -> bytes:
    if file:
        return file.read_bytes()
    answer = server.get("/publications.jsonl")
    if answer.status != 200:
        raise Refused(
            N_("%(url)s answers %(status)d; give the record with --record FILE"),
            url=f"{server.url}/publications.jsonl",
            status=answer.status,
        )
    return answer.body


def _served_record(server: Server, chain: Chain, record: Path | None) -> Iterator[Finding]:
    """A finding if the server sends another record than ``record``, a copy that somebody kept.
    Either may have more lines than the other."""
    if not record:
        return
    try:
        answer = server.get("/publications.jsonl")
    except Refused:  # there is a finding for each address
        return
    served = answer.body.splitlines(True) if answer.status == 200 else []
    for number, (one, other) in enumerate(zip(served, chain.lines, strict=False), 1):
        if one != other:
            message = N_(
                "line %(number)d of the record that the server gives is not as in %(copy)s"
            )
            yield Finding(message, {"number": number, "copy": record})
            return


def _record_findings(
    server: Server,
    record: Path | None,
    chain: Chain,
    signers: Path | None,
    certificates: Path | None,
    progress: Progress,
) -> list[Finding]:
    """Findings for the record, with the signatures and time stamps beside the copy of it, or else
    those that the server sends."""
    beside = Layout(record.parent) if record else None
    if beside and beside.signatures.is_dir():
        was_used = signers is not None or was_key_used(beside, chain)
        held = ProofFiles.of(beside, signers, certificates)
        return list(record_findings(chain, held, now(), progress, was_used=was_used))
    with tempfile.TemporaryDirectory(prefix="saig-verify-") as folder:
        here = Layout(Path(folder))
        here.signatures.mkdir()
        _fetch(server, chain, here)
        held = ProofFiles.of(here, signers, certificates)
        was_used = signers is not None or was_key_used(here, chain)
        is_signed = any(item.signer for item in chain.publications)
        if record and is_signed and not files_beside(here.signatures):
            message = N_("the signatures are not beside %(copy)s: they were not checked")
            return [
                *key_findings(chain, was_used=was_used),
                *clock_findings(chain.publications, now()),
                Finding(message, {"copy": record}, is_fault=bool(signers or certificates)),
            ]
        return list(record_findings(chain, held, now(), progress, was_used=was_used))


def _fetch(server: Server, chain: Chain, here: Layout) -> None:
    """Download the files beside the record into ``here``, as far as the server sends them."""
    signed = [item.number for item in chain.publications if item.signer]
    last = len(chain.publications)
    unnamed = {f"{number}{STAMP}" for number in range(max(1, last - UNNAMED), last + 1)}
    signatures = {f"{number}{SIGNATURE}" for number in signed}
    names = signatures | unnamed | named_files(chain).keys()
    paths = {f"/publications/{name}": here.signatures / name for name in names}
    paths |= {f"/{file.name}": file for file in (here.signers, here.certificates)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(server.get, paths)
        for file, answer in zip(paths.values(), answers, strict=True):
            if answer.status == 200:
                file.write_bytes(answer.body)


def _addresses(server: Server, state: State, progress: Progress) -> Iterator[Finding]:
    """Findings for every address, in every form that a reader may get."""
    asked = [
        (address, form)
        for address in sorted(state.digests)
        if address not in FOR_THE_HOST
        for form in (FORMS if is_compressible(with_index(address)) else FORMS[:1])
    ]

    def ask(item: tuple[str, str]) -> Finding | None:
        address, form = item
        try:
            answer = server.get(quote(address), form)
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


def _finding(state: State, address: str, answer: ServedFile) -> Finding | None:
    if address in state.moved and answer.status in (301, 308):
        return None  # some servers redirect, others send the page that leads on
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
