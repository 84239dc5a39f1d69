"""Web addresses: normalised for publication, or why a text is invalid (RFC 3986).

Programs need exact addresses (JSON Schema's ``format: uri``), but pasted ones are often not: a host
name with an ñ, a path with accents, brackets in a query. If the meaning is clear they are encoded
(RFC 3987, UTS 46). Those without a clear meaning, or that hide something from their reader, are
refused, with the address to write instead.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, unquote

from ..regexes import regex
from ..words import N_
from .slug import slugify

_PARTS = regex(
    r"(https?)://([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.ASCII | re.DOTALL
)
_LABEL = regex(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NEVER = regex(r"[\x00-\x20\x7f<>\"\\^`{}]")
_STRAY_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
_SUB_PATH = regex(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
_SAFE = "%!$&'()*+,;=:@/?-._~"
_LOCAL = regex(r"(.+\.)?localhost|0\.0\.0\.0|\[::\]")
_MAILBOX = regex(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PORTS = {"http": 80, "https": 443}


class NoAddress(ValueError):
    """``reason``, with ``values``, is a gettext message id; ``better``: what may be meant, or
    ''."""

    def __init__(self, reason: str, better: str = "", **values: str) -> None:
        super().__init__(reason)
        self.reason, self.better, self.values = reason, better, values


NOT_WHOLE = N_("“%(value)s” is not a whole web address")


def web_address(text: str) -> str:
    """A whole address with http or https, as it is published. Raises ``NoAddress``."""
    try:
        return _written(text)
    except NoAddress as error:
        for better in _repaired(text):
            with suppress(NoAddress):
                error.better = _written(better)
                break
        raise


def _written(text: str) -> str:
    found = _PARTS.fullmatch(text)
    if not found or not found[2]:
        raise NoAddress(NOT_WHOLE)
    if hidden := next((sign for sign in text if not sign.isprintable()), None):
        raise NoAddress(
            N_("“%(value)s” has a sign that cannot be seen: %(sign)s"), sign=f"U+{ord(hidden):04X}"
        )
    scheme, authority, path, query, fragment = found.groups(default="")
    rest = path + query + fragment
    if never := _NEVER.search(rest):
        raise NoAddress(N_("“%(value)s” has a sign that no address has: “%(sign)s”"), sign=never[0])
    if _STRAY_PERCENT.search(rest):
        raise NoAddress(N_("“%(value)s” has a %% that two digits do not follow"))
    if "#" in fragment[1:]:
        raise NoAddress(N_("“%(value)s” has a second #"))
    scheme = scheme.lower()
    return f"{scheme}://{_server(authority, scheme)}{quote(rest, safe=_SAFE + '#')}"


def _server(authority: str, scheme: str) -> str:
    if "@" in authority:
        raise NoAddress(N_("“%(value)s” has a user's name in it, which all readers would get"))
    host, port = authority, ""
    if found := re.fullmatch(r"(.*):(\d*)", authority, re.ASCII):
        host, port = found.groups()
    if len(port) > 5 or (port and not 0 < int(port) < 65536):
        raise NoAddress(N_("“%(value)s” has a port that there is not: %(port)s"), port=port[:20])
    is_usual = not port or int(port) == _PORTS[scheme]
    return server_name(host) + ("" if is_usual else f":{int(port)}")


def server_name(host: str) -> str:
    """A server's name in the letters that its address has (RFC 5890), or its number. Raises
    ``NoAddress``."""
    refused = NoAddress(N_("“%(value)s” names no server: %(host)s"), host=host[:80])
    if host.startswith("[") and host.endswith("]"):
        with suppress(ValueError):
            if "%" not in host:
                return f"[{ipaddress.IPv6Address(host[1:-1])}]"
        raise refused
    if not host.isascii():
        import idna  # which takes long to import

        try:
            host = idna.encode(host, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            raise refused from None
    host = host.lower()
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise refused
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):  # browsers take it for a number
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise refused from None
    return host


def mailbox(text: str) -> str | None:
    """A mail address, as it is published; None where the text is none."""
    name, _, host = text.rpartition("@")
    if not host.isascii():
        with suppress(NoAddress):
            text = f"{name}@{server_name(host)}"
    return text if _MAILBOX.fullmatch(text) else None


def mail_link(link: str) -> str | None:
    """What ``mailto:`` is followed by, mailboxes and perhaps fields of the mail, as it is published
    (RFC 6068); None where a mailbox is none."""
    typed, mark, fields = link.partition("?")
    boxes = [mailbox(unquote(box).strip()) for box in typed.split(",")] if typed or not mark else []
    if None in boxes:
        return None
    return ",".join(quote(box, safe="@+") for box in boxes if box) + mark + quote(fields, _SAFE)


def _repaired(text: str) -> Iterator[str]:
    """What an invalid address may mean, the likeliest first."""
    text = "".join(sign for sign in text if sign.isprintable()).strip()
    text = re.sub(r"^(https?):[/\\]*(?=[^/\\:])", r"\1://", text, flags=re.IGNORECASE)
    if re.match(r"[/\\]*[\w-]+(\.[\w-]+)+([/?#:]|$)", text):
        text = "https://" + text.lstrip("/\\")
    found = re.fullmatch(r"(https?://)([^/?#\\]*)(.*)", text, re.DOTALL | re.IGNORECASE)
    if not found:
        return
    start, authority, rest = found.groups()
    host = authority.rpartition("@")[2].rstrip(".")
    host = re.sub(r"\.(?=:\d*$)", "", host)
    rest = rest.replace("\\", "/")
    rest = _STRAY_PERCENT.sub("%25", _NEVER.sub(lambda sign: quote(sign[0]), rest))
    before, hash_, fragment = rest.partition("#")
    rest = before + hash_ + fragment.replace("#", "%23")
    yield start + host + rest
    yield start + re.sub(r":\d*$", "", host) + rest


def within(site_url: str, address: str) -> str | None:
    """A whole address as one from the site's root, with its query and fragment; None where it leads
    elsewhere. ``site_url`` has no slash at its end. http and https are one."""
    server, below = _site(site_url)
    found = _PARTS.fullmatch(address)
    try:
        # Most addresses lead elsewhere, and are asked about often.
        if not found or _server(found[2], found[1].lower()) != server:
            return None
        there = _PARTS.fullmatch(_written(address))
    except NoAddress:
        return None
    assert there
    path = there[3] or "/"
    if path != below and not path.startswith(below + "/"):
        return None  # beside the site, on the same host
    return (path[len(below) :] or "/") + (there[4] or "") + (there[5] or "")


@lru_cache(maxsize=4)
def _site(url: str) -> tuple[str, str]:
    """The server of a site, and its path there."""
    found = _PARTS.fullmatch(_written(url))
    assert found
    return found[2], found[3]


def site_address(value: object, port: int, *, is_public: bool) -> str:
    """What SITEURL says, without a slash at its end. Raises ``NoAddress``.

    On a laptop it may be empty, or a path alone: the site is then at localhost. ``port``: there.
    ``is_public``: whether others are to find the site at that address.
    """
    if not isinstance(value, str):
        raise NoAddress(N_("SITEURL must be a text between quotation marks"))
    text = value.rstrip("/")
    if not is_public and (not text or text.startswith("/")):
        text = f"http://localhost:{port}{text}"
    try:
        address = web_address(text)
    except NoAddress as error:
        try:
            error.better = error.better and site_address(error.better, port, is_public=is_public)
        except NoAddress as too:
            error.better = too.better
        raise
    found = _PARTS.fullmatch(address)
    assert found
    scheme, authority, path, query, fragment = found.groups(default="")
    is_plain = bool(_SUB_PATH.fullmatch(path.rstrip("/")))
    parts = path.split("/") if is_plain else (slugify(unquote(part)) for part in path.split("/"))
    better = "/".join((f"{scheme}://{authority}", *filter(None, parts)))
    if query or fragment:
        raise NoAddress(N_("“%(value)s” has a ? or a #"), better)
    if not is_plain:
        raise NoAddress(
            N_("“%(value)s” has signs in its path that web servers read as others"), better
        )
    host = re.sub(r":\d+$", "", authority)
    if is_public and _LOCAL.fullmatch(host):
        raise NoAddress(N_("“%(value)s” is this computer alone"))
    return address
