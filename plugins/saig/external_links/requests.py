"""Other servers, asked whether there is something at an address: each once, few at a time.

A proxy (``https_proxy``) and other certificates (``SSL_CERT_FILE``) are those of the computer.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

import httpx

from ..progress import Progress
from ..words import N_

AT_ONCE = 8
"""How many servers are asked at the same time; of each, one address at a time."""

REDIRECTS = 5
"""How many are followed, one after the other; browsers follow some twenty."""

GONE = (404, 410)
PERMANENT = (301, 308)
BUSY = (429, 502, 503, 504)
"""Who answers so is not asked again with GET."""

HEADERS = {"User-Agent": "Saig (checks links)", "Accept": "*/*"}

Failure = Literal["", "gone", "slow", "refused"]


@dataclass(frozen=True)
class LinkAnswer:
    """``status`` is 0 where there was no answer; ``failure`` and ``reason`` then say why."""

    status: int = 0
    location: str = ""
    failure: Failure = ""
    reason: str = ""
    broke_off: bool = False

    @property
    def target(self) -> str:
        """Where it redirects, without a fragment."""
        return self.location.partition("#")[0]


@dataclass(frozen=True)
class LinkVerdict:
    """What became of an address. ``to``: where it moved for good. ``reason`` may be a message."""

    failure: Failure = ""
    reason: str = ""
    to: str = ""


def answers(addresses: Iterable[str], seconds: float, progress: Progress) -> dict[str, LinkAnswer]:
    """The answers of these addresses, and of all that they redirect to. Each request may take
    ``seconds`` in all, however the server spends them. What fails is an answer too: nothing is
    raised."""
    return asyncio.run(_answers(set(addresses), seconds, progress))


async def _answers(new: set[str], seconds: float, progress: Progress) -> dict[str, LinkAnswer]:
    known: dict[str, LinkAnswer] = {}
    label = N_("Asking other servers")
    hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    free = asyncio.Semaphore(AT_ONCE)
    context = ssl.create_default_context()
    async with httpx.AsyncClient(headers=HEADERS, verify=context, timeout=None) as client:

        async def ask(address: str) -> tuple[str, LinkAnswer]:
            async with hosts[_host(address)], free:
                return address, await _ask(client, address, seconds)

        for _ in range(REDIRECTS + 1):
            asked = asyncio.as_completed([ask(address) for address in sorted(new)])
            for answer in progress.over(asked, len(new), label):
                address, known[address] = await answer
            targets = {answer.target for answer in known.values()}
            new = {target for target in targets - known.keys() if is_secure(target)}
            label = N_("Following redirects")
    return known


def verdict(address: str, known: Mapping[str, LinkAnswer]) -> LinkVerdict:
    """Where an address leads in the end. ``known``: the answers of all that were asked."""
    here, to, permanent = address, "", True
    passed: set[str] = set()
    while (answer := known.get(here)) and answer.location:
        passed.add(here)
        permanent = permanent and answer.status in PERMANENT
        to = answer.location if permanent else to
        here = answer.target
        if here in passed:
            return LinkVerdict("refused", N_("it redirects in a circle"))
        if not is_secure(here):
            return LinkVerdict("refused", N_("it redirects to an address that is not secure"))
    if answer is None:
        return LinkVerdict("refused", N_("it redirects too often"))
    if answer.failure:
        return LinkVerdict(answer.failure, answer.reason)
    if 200 <= answer.status < 300:
        return LinkVerdict(to=to)
    return LinkVerdict("gone" if answer.status in GONE else "refused", _status(answer.status))


def is_secure(address: str) -> bool:
    return address[:8].lower() == "https://"


def _status(code: int) -> str:
    """``404 Not Found``."""
    return f"{code} {httpx.codes.get_reason_phrase(code)}".strip()


def _host(address: str) -> str:
    try:
        return httpx.URL(address).host
    except httpx.InvalidURL:
        return ""


async def _ask(client: httpx.AsyncClient, address: str, seconds: float) -> LinkAnswer:
    """HEAD; then GET, without reading what is sent, of a server that dislikes HEAD."""
    answer = await _request(client, "HEAD", address, seconds)
    disliked = answer.status >= 400 and answer.status not in BUSY
    if disliked or answer.broke_off:
        return await _request(client, "GET", address, seconds)
    return answer


async def _request(client: httpx.AsyncClient, method: str, url: str, seconds: float) -> LinkAnswer:
    try:
        async with asyncio.timeout(seconds), client.stream(method, url) as response:
            location = response.headers.get("Location", "") if response.is_redirect else ""
            target = urljoin(str(response.url), location.strip()) if location else ""
            return LinkAnswer(response.status_code, target)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return failure_of(error)


def failure_of(error: Exception) -> LinkAnswer:
    """Why a request came to nothing, in words."""
    causes = list(_causes(error))
    for cause in causes:
        match cause:
            case TimeoutError():
                return LinkAnswer(failure="slow")
            case socket.gaierror(errno=socket.EAI_NONAME | socket.EAI_NODATA):
                return LinkAnswer(failure="gone", reason=N_("there is no server of that name"))
            case socket.gaierror():  # says more of this computer's network than of the name
                return LinkAnswer(failure="refused", reason=N_("its name cannot be looked up now"))
            case ssl.SSLCertVerificationError():
                return LinkAnswer(failure="refused", reason=f"TLS: {cause.verify_message}")
            case ssl.SSLError():
                said = (cause.reason or cause.strerror or "").replace("_", " ").lower()
                return LinkAnswer(failure="refused", reason=f"TLS: {said}")
            case ConnectionRefusedError():
                return LinkAnswer(failure="refused", reason=N_("it refuses the connection"))
    if isinstance(error, httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError):
        return LinkAnswer(
            failure="refused", reason=N_("it breaks off the connection"), broke_off=True
        )
    system = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
    return LinkAnswer(
        failure="refused", reason=next(iter(system), str(error) or type(error).__name__)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it came of, the outermost first."""
    yield error
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for cause in (*inner, error.__cause__ or error.__context__):
        if cause:
            yield from _causes(cause)
