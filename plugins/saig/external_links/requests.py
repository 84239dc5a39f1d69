"""Other servers, asked whether there is something at an address: each once, few at a time.

The standard library asks, so that a proxy (``https_proxy``) and other certificates
(``SSL_CERT_FILE``) are those of the computer.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote, urljoin, urlsplit

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
class Answer:
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
class Verdict:
    """What became of an address. ``to``: where it moved for good. ``reason`` may be a message."""

    failure: Failure = ""
    reason: str = ""
    to: str = ""


def answers(addresses: Iterable[str], seconds: float, progress: Progress) -> dict[str, Answer]:
    """The answers of these addresses, and of all that they redirect to."""
    known: dict[str, Answer] = {}
    label = N_("Asking other servers")
    new = set(addresses)
    for _ in range(REDIRECTS + 1):
        if not new:
            break
        for address, answer in progress.over(_ask_all(sorted(new), seconds), len(new), label):
            known[address] = answer
        targets = {answer.target for answer in known.values()}
        new = {target for target in targets - known.keys() if is_secure(target)}
        label = N_("Following redirects")
    return known


def verdict(address: str, known: Mapping[str, Answer]) -> Verdict:
    """Where an address leads in the end."""
    here, to, permanent = address, "", True
    passed: set[str] = set()
    while (answer := known.get(here)) and answer.location:
        passed.add(here)
        permanent = permanent and answer.status in PERMANENT
        to = answer.location if permanent else to
        here = answer.target
        if here in passed:
            return Verdict("refused", N_("it redirects in a circle"))
        if not is_secure(here):
            return Verdict("refused", N_("it redirects to an address that is not secure"))
    if answer is None:
        return Verdict("refused", N_("it redirects too often"))
    if answer.failure:
        return Verdict(answer.failure, answer.reason)
    if 200 <= answer.status < 300:
        return Verdict(to=to)
    return Verdict("gone" if answer.status in GONE else "refused", _phrase(answer.status))


def is_secure(address: str) -> bool:
    return address[:8].lower() == "https://"


def _phrase(status: int) -> str:
    """``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _ask_all(addresses: Iterable[str], seconds: float) -> Iterator[tuple[str, Answer]]:
    """Each address with its answer, as they come."""
    waiting: dict[str, list[str]] = {}
    for address in addresses:
        waiting.setdefault(_host(address), []).append(address)
    opener = urllib.request.build_opener(_NoRedirect, _Handler(ssl.create_default_context()))
    asked: dict[Future[Answer], str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:

        def ask_next(host: str) -> None:
            if waiting[host]:
                address = waiting[host].pop(0)
                asked[pool.submit(_ask, opener, address, seconds)] = address

        for host in waiting:
            ask_next(host)
        while asked:
            for future in wait(asked, return_when=FIRST_COMPLETED).done:
                address = asked.pop(future)
                yield address, future.result()
                ask_next(_host(address))


def _host(address: str) -> str:
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""


def _ask(opener: urllib.request.OpenerDirector, address: str, seconds: float) -> Answer:
    """HEAD; then GET, without reading what is sent, of a server that dislikes HEAD."""
    answer = _request(opener, "HEAD", address, seconds)
    disliked = answer.status >= 400 and answer.status not in BUSY
    if disliked or answer.broke_off:
        return _request(opener, "GET", address, seconds)
    return answer


def _request(
    opener: urllib.request.OpenerDirector, method: str, address: str, seconds: float
) -> Answer:
    try:
        url = in_ascii(address)
        request = urllib.request.Request(url, headers=HEADERS, method=method)
        try:
            answer = opener.open(request, timeout=seconds)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, _location(url, answer.status, answer.headers))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None)
        wrapped = isinstance(error, urllib.error.URLError) and isinstance(reason, Exception)
        return _failure(reason if wrapped and reason else error)


def _location(url: str, status: int, headers: Any) -> str:
    """Where a redirect leads. Headers are read as Latin-1, and most servers write UTF-8."""
    given = str(headers.get("Location", "")) if 300 <= status < 400 else ""
    if not given:
        return ""
    with suppress(UnicodeError):
        given = given.encode("latin-1").decode("utf-8")
    return urljoin(url, given.strip())


def _failure(error: Exception) -> Answer:
    if isinstance(error, TimeoutError):
        return Answer(failure="slow")
    if isinstance(error, socket.gaierror):
        # EAI_AGAIN and others say more of this computer's network than of the name.
        if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
            return Answer(failure="gone", reason=N_("there is no server of that name"))
        return Answer(failure="refused", reason=N_("its name cannot be looked up now"))
    if isinstance(error, ssl.SSLCertVerificationError):
        return Answer(failure="refused", reason=f"TLS: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        said = error.reason or error.strerror or ""
        return Answer(failure="refused", reason=f"TLS: {said.replace('_', ' ').lower()}")
    if isinstance(error, ConnectionRefusedError):
        return Answer(failure="refused", reason=N_("it refuses the connection"))
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return Answer(failure="refused", reason=N_("it breaks off the connection"), broke_off=True)
    return Answer(
        failure="refused",
        reason=getattr(error, "strerror", None) or str(error) or type(error).__name__,
        broke_off=isinstance(error, http.client.HTTPException),
    )


def in_ascii(address: str) -> str:
    """An address as it goes over the wire (RFC 3987 §3.1): ``https://palma.cat/adreça``."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    if not parts.hostname:
        raise ValueError("no host")
    path, query = (
        re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe="%/:@!$&'()*+,;=~?"))
        for part in (parts.path, parts.query)
    )
    return f"https://{host}{path or '/'}{'?' * bool(query)}{query}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object, **named: object) -> None:
        return None


class _Connection(http.client.HTTPSConnection):
    """Gives up at the time limit even on a server that sends a byte now and then."""

    def getresponse(self) -> http.client.HTTPResponse:
        over = threading.Event()
        connected = self.sock

        def end() -> None:
            over.set()
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

        timer = threading.Timer(self.timeout or 0, end)
        timer.start()
        try:
            answer = super().getresponse()
        except (OSError, http.client.HTTPException):
            if not over.is_set():
                raise
        finally:
            timer.cancel()
        if over.is_set():
            raise TimeoutError
        return answer


class _Handler(urllib.request.HTTPSHandler):
    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._own_context = context

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, request, context=self._own_context)
