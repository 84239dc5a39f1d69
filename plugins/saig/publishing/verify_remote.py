"""What a running server gives to readers, held against the publication record."""

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
from ..words import N_
from .compress import is_compressible, original
from .layout import Layout
from .record import Chain, State, read
from .refusal import Refused
from .tree import digest
from .verify import AT_ONCE, NOT_COMPARED, Finding, Verdict, record_findings, signature_findings

HEADERS = {"User-Agent": "Saig verify", "Cache-Control": "no-cache"}

LARGEST = 1 << 30
"""Bytes of an answer that are read at the most."""

FORMS = ("identity", "gzip", "br")
"""Each form of a file is asked for: one that is stale hides behind the others."""

FOR_THE_HOST = ("/_headers", "/_redirects")
"""Hosts that read these do not show them as they are; others do nothing with them."""

TRIES = 3
"""How often to begin anew because a publication came in the middle."""


@dataclass(frozen=True)
class Answer:
    """``body`` is as it came, in the ``encoding`` (``identity``, ``gzip``, ``br``)."""

    status: int
    encoding: str
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server. ``url`` has no slash at its end; ``client`` may be used by many threads."""

    url: str
    client: httpx.Client

    def get(self, path: str, form: str = "identity") -> Answer:
        """One answer, whatever its status, as far as it is no longer than any file of a site;
        redirects are not followed. Raises ``Refused`` where there is none."""
        url = self.url + path
        try:
            with self.client.stream("GET", url, headers={"Accept-Encoding": form}) as response:
                body = bytearray()
                for part in response.iter_raw():
                    body += part
                    if len(body) > LARGEST:
                        break
                encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
                return Answer(response.status_code, encoding, bytes(body))
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
) -> Verdict:
    """Every file at every address, and the record. ``record`` and ``signers``: files to use instead
    of what the server gives; ``seconds``: how long it may leave a request without a byte.

    Raises ``Refused`` where there is no record to hold it against."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Refused(N_("%(url)s is no address of a site"), url=url)
    context = ssl.create_default_context()
    with httpx.Client(headers=HEADERS, timeout=seconds, verify=context) as client:
        server = Server(url.rstrip("/"), client)
        for _ in range(TRIES):
            data = _record(server, record)
            chain = read(data)
            findings = [
                *record_findings(chain),
                *_signatures(server, record, chain, signers, progress),
                *([NOT_COMPARED] if chain.broken else _addresses(server, chain.state, progress)),
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


def _signatures(
    server: Server,
    record: Path | None,
    chain: Chain,
    signers: Path | None,
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
            answer = server.get("/allowed_signers")
            if answer.status == 200:
                (here / "allowed_signers").write_bytes(answer.body)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = pool.map(server.get, [f"/publications/{number}.sig" for number in signed])
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


def _addresses(server: Server, state: State, progress: Progress) -> Iterator[Finding]:
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
