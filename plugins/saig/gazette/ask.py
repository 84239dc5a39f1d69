"""Requests to the State gazette's open data: few at once, with pauses.

The interface: ``GET …/legislacion-consolidada/id/{id}/metadatos`` and ``…/analisis``, without a
key; ``Accept: application/json`` is needed. It answers 503 to more than some ten requests at a
time.
"""

from __future__ import annotations

import asyncio
import email.utils
import json
import re
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from ..external_links.requests import REDIRECTS, failure_of
from ..refusal import Refused
from ..words import N_
from .records import IDENTIFIER, unwrapped
from .spanish import ELI, Date

BASE = "https://www.boe.es"
GAZETTE = "BOE"
"""The gazette whose open data these are, as packs call it."""

API = "/datosabiertos/api/legislacion-consolidada"
HEADERS = {"User-Agent": "Saig (reads open data)", "Accept": "application/json"}
AT_ONCE = 3
PAUSE = 0.2
"""Seconds between two requests on one connection."""
TRIES = 3
BUSY = (429, 500, 502, 503, 504)
LONGEST_WAIT = 30
"""The longest wait, in seconds, that a server may ask for."""
LARGEST = 16 << 20
"""The most bytes of an answer; the longest ones that were seen have some hundred thousand."""
MANY = 10_000
"""The most norms in a list: one with so many may be incomplete."""


class Silence(Refused):
    """Why there is no answer. ``is_general``: because of the server, not of this request."""

    def __init__(self, reason: str, *, is_general: bool = False, **values: object) -> None:
        super().__init__(reason, **values)
        self.is_general = is_general


class NotThere(Silence):
    """The gazette has no such record."""


class GazetteClient:
    """``seconds``: the limit of each request. ``pause``: between requests; also the unit of the
    wait after a refusal."""

    def __init__(self, base: str, seconds: float, pause: float) -> None:
        self.base, self.seconds, self.pause = base.rstrip("/"), seconds, pause
        self.free = asyncio.Semaphore(AT_ONCE)
        self.down: Silence | None = None
        self.refusals = 0
        context = ssl.create_default_context()
        self.client = httpx.AsyncClient(headers=HEADERS, verify=context, timeout=None)

    async def __aenter__(self) -> GazetteClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def metadata(self, identifier: str) -> Any:
        """Raises ``Silence``, as all of these do."""
        said = unwrapped(await self._json(f"{API}/id/{identifier}/metadatos"))
        if not isinstance(said, Mapping) or "identificador" not in said:
            raise Silence(N_("its answer is not of the shape that is known"))
        if str(said["identificador"]).strip() != identifier:
            raise Silence(N_("its answer is about another norm"))
        return said

    async def analysis(self, identifier: str) -> Any:
        try:
            return unwrapped(await self._json(f"{API}/id/{identifier}/analisis"))
        except NotThere:  # a norm to which nothing refers
            return {}

    async def own_eli(self, identifier: str) -> str:
        """The address under which the norm's own gazette has it; empty if there is none. It is only
        in the metadata of ELI, which are XML."""
        path = f"{self.base}{API}/id/{identifier}/metadata-eli"
        try:
            body, _, _ = await self._answer(path, accept="application/xml")
        except Silence:
            return ""
        text = body.decode("utf-8", "replace")
        found = re.search(
            r"is_another_publication_of[^>]{0,300}?>?\s*[^<>]{0,40}?(https?://[^\s\"'<>]+)", text
        )
        address = found[1].replace("http://", "https://", 1) if found else ""
        return address if ELI.fullmatch(address) else ""

    async def changed_since(self, day: Date) -> set[str]:
        """The norms whose records changed on that day or later."""
        said = await self._json(f"{API}?from={day:%Y%m%d}&limit=-1")
        data = said.get("data") if isinstance(said, Mapping) else None
        if data in ("", {}, None):
            data = []
        if not isinstance(data, list) or len(data) >= MANY:
            raise Silence(N_("its answer is not of the shape that is known"))
        return {
            str(one["identificador"])
            for one in data
            if isinstance(one, Mapping) and "identificador" in one
        }

    async def identifier_of(self, eli: str) -> str:
        """The gazette's reference of the norm with an ELI address: in the address to which that
        redirects, or in the page there."""
        address = f"{self.base}{urlsplit(eli).path}"
        body, _, final = await self._answer(address, accept="text/html, */*;q=0.5")
        query = re.search(r"[?&]id=([A-Z]+-[A-Za-z]-\d{4}-\d+)", final)
        text = body.decode("utf-8", "replace")
        local = re.search(r"id_local\"?[^<>]{0,200}?([A-Z]+-[A-Za-z]-\d{4}-\d+)", text)
        found = query or local or re.search(r"[?&](?:amp;)?id=([A-Z]+-[A-Za-z]-\d{4}-\d+)", text)
        if found is None or not IDENTIFIER.fullmatch(found[1]):
            raise NotThere(N_("it has nothing at %(address)s"), address=eli)
        return found[1]

    async def _json(self, path: str) -> Any:
        body, content_type, _ = await self._answer(f"{self.base}{path}")
        return _parsed(body, content_type)

    async def _answer(self, address: str, accept: str = "") -> tuple[bytes, str, str]:
        """Body, type and last address of an answer; asked again where the server is busy."""
        async with self.free:
            for attempt in range(TRIES):
                if self.down:
                    raise self.down
                wait = 0.0
                try:
                    status, headers, body, final = await self._followed(address, accept)
                except Silence as silence:
                    self._count(silence)
                    if attempt == TRIES - 1 or silence.is_general:
                        raise
                else:
                    await asyncio.sleep(self.pause)
                    if status == 200:
                        return body, headers.get("Content-Type", ""), final
                    refusal = _refused(status, headers)
                    wait = _retry_after(headers)
                    if status not in BUSY or wait > LONGEST_WAIT or attempt == TRIES - 1:
                        self._count(refusal)
                        raise refusal
                await asyncio.sleep(wait or self.pause * 5 * 2**attempt)
        raise AssertionError

    def _count(self, silence: Silence) -> None:
        """No more requests go to a server that is down, or refuses again and again."""
        if isinstance(silence, NotThere):
            return
        self.refusals += 1
        if silence.is_general or self.refusals >= TRIES * 2:
            self.down = silence

    async def _followed(self, address: str, accept: str) -> tuple[int, httpx.Headers, bytes, str]:
        headers = {"Accept": accept} if accept else {}
        try:
            async with asyncio.timeout(self.seconds):
                for _ in range(REDIRECTS + 1):
                    async with self.client.stream("GET", address, headers=headers) as response:
                        if not response.is_redirect:
                            return (
                                response.status_code,
                                response.headers,
                                await _body(response),
                                address,
                            )
                        there = urljoin(address, response.headers.get("Location", "").strip())
                    if not self._may_follow(there):
                        raise Silence(N_("it redirects to an address that is not secure"))
                    address = there
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise self._failed(error) from None
        raise Silence(N_("it redirects too often"))

    def _may_follow(self, address: str) -> bool:
        return address.startswith(("https://", f"{self.base}/"))

    def _failed(self, error: Exception) -> Silence:
        failure = failure_of(error)
        if failure.failure == "slow":
            reason = N_("it did not answer within %(seconds)g s")
            return Silence(reason, seconds=self.seconds)
        return Silence(failure.reason, is_general=not failure.broke_off)


async def _body(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Silence(N_("its answer is larger than %(size)d MB"), size=LARGEST >> 20)
    return b"".join(parts)


def _refused(status: int, headers: httpx.Headers) -> Silence:
    if status == 404:
        return NotThere(N_("it has no such record"))
    if status == 429 or (status == 503 and _retry_after(headers)):
        wait = _retry_after(headers)
        if wait > LONGEST_WAIT:
            reason = N_("it is busy, and wants to be asked again in %(seconds)d s")
            return Silence(reason, is_general=True, seconds=int(wait))
        return Silence(N_("it is busy"))
    name = httpx.codes.get_reason_phrase(status)
    return Silence(N_("it answers %(status)s"), status=f"{status} {name}".strip())


def _retry_after(headers: httpx.Headers) -> float:
    """Seconds from the header; 0 if it is unreadable (RFC 9110 §10.2.3)."""
    said = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", said):
        return float(said)
    try:
        there = email.utils.parsedate_to_datetime(said).timestamp() if said else 0
    except (ValueError, OverflowError, TypeError):
        return 0
    return max(0.0, there - time.time()) if there else 0


def _parsed(body: bytes, content_type: str) -> Any:
    """The answer as JSON. Raises ``Silence`` if it is not."""
    charset = re.search(r"charset=\"?([\w.:-]+)", content_type, re.IGNORECASE)
    try:
        text = body.decode(charset[1] if charset else "utf-8-sig").lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise Silence(N_("its answer is in no encoding that can be read")) from None
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise Silence(N_("it answers with a web page instead of data"))
    if start.startswith("<"):
        raise Silence(N_("it answers with XML instead of JSON"))
    if not start:
        raise Silence(N_("its answer is empty"))
    try:
        said = json.loads(text)
    except RecursionError:
        raise Silence(N_("its answer is not of the shape that is known")) from None
    except ValueError as error:
        at_end = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
        unfinished = at_end or "Unterminated" in str(error)
        reason = N_("its answer breaks off") if unfinished else N_("its answer is no JSON")
        raise Silence(reason) from None
    status = said.get("status") if isinstance(said, Mapping) else None
    code = str(status.get("code", "200")) if isinstance(status, Mapping) else "200"
    if code == "404":
        raise NotThere(N_("it has no such record"))
    if code != "200":
        raise Silence(N_("it answers %(status)s"), status=code[:20])
    return said
