"""Asking a time-stamping authority over HTTP (RFC 3161 §3.4)."""

from __future__ import annotations

import queue
import ssl
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..refusal import Refused
from ..words import N_

SECONDS = 5
"""Seconds in which an authority must have sent a whole answer."""

LARGEST = 1 << 18
"""The most bytes of an answer; real ones have some thousand."""


@dataclass(frozen=True)
class Authority:
    """A time-stamping authority. ``url``: where it is asked, perhaps with a user name and password;
    ``certificates``: the file of those with which its answers are checked at once, if any."""

    url: str
    certificates: Path | None = None

    @property
    def shown(self) -> str:
        """The address, without a password."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def authority(url: str, certificates: Path | None) -> Authority:
    """An authority. Raises ``Refused`` if ``url`` is not an address, or the file has no
    certificates."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise Refused(N_("%(url)s is no address of a time-stamping authority"), url=url)
    if certificates:
        from .stamps import load_certificates  # which takes long to import

        load_certificates(certificates)
    return Authority(url, certificates)


def ask(authority: Authority, line: bytes, seconds: float = SECONDS) -> bytes:
    """A valid time stamp of a line, as the authority answered it. Raises ``Refused`` if the
    authority does not give one within ``seconds``."""
    from .stamps import BadStamp, check_stamp, load_certificates, read_stamp, request

    wanted = request(line)
    answers: queue.Queue[bytes | str] = queue.Queue()

    def work() -> None:
        try:
            answers.put(_post(authority.url, wanted.as_bytes(), seconds))
        except Exception as error:  # reported by the thread that waits
            answers.put(str(error) or type(error).__name__)

    # A server that sends a byte now and then never runs into a timeout: only a thread can be left
    # waiting.
    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        answer = f"{seconds:g} s"
    if isinstance(answer, str):
        raise _none(authority, answer)
    try:
        if authority.certificates:
            stamp = check_stamp(answer, line, load_certificates(authority.certificates))
        else:
            stamp = read_stamp(answer, line)
        if stamp.nonce != wanted.nonce:
            raise BadStamp(N_("it answers another request"))
    except BadStamp as error:
        raise _none(authority, error) from None
    return answer


def _none(authority: Authority, reason: object) -> Refused:
    message = N_("no time stamp from %(url)s: %(reason)s")
    return Refused(message, url=authority.shown, reason=reason)


def _post(url: str, body: bytes, seconds: float) -> bytes:
    import httpx  # which takes long to import

    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
        "User-Agent": "Saig",
    }
    with (
        httpx.Client(timeout=seconds, verify=ssl.create_default_context()) as client,
        client.stream("POST", url, content=body, headers=headers) as response,
    ):
        if response.status_code != 200:
            raise ValueError(f"HTTP {response.status_code}")
        answer = bytearray()
        for part in response.iter_bytes():
            answer += part
            if len(answer) > LARGEST:
                raise ValueError(f"> {LARGEST} B")
        return bytes(answer)
