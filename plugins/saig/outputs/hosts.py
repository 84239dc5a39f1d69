"""Files for web servers: headers, redirects, and gone pages.

``_headers`` and ``_redirects`` are for static hosting, in Netlify's format, of which Cloudflare,
Codeberg and others support parts. ``deploy/nginx.conf`` has the same headers; a test compares the
two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..notes.address import encoded

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Of all responses."""

FOR_FILES = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    )
}
"""Of the editors' files, which are published unchanged: an HTML file is shown, without running
scripts (docs/decisions/0020). If a host sends both policies, browsers apply both."""

LASTING = re.compile(r"(?:theme/.+|(?:.+/)?search)\.[0-9a-f]{16}\.[^/.]+")
"""Paths of files that never change: their names contain a digest."""

FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Of these files. For all others these hosts default to revalidation."""

FOR_ALL_SITES = {"Access-Control-Allow-Origin": "*"}
"""Of data, which scripts of other sites may read."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "gif": "image/gif",
    "avif": "image/avif",
    "webp": "image/webp",
    "odt": f"{_OPEN}.text",
    "ods": f"{_OPEN}.spreadsheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "kml": "application/vnd.google-earth.kml+xml",
    "geojson": "application/geo+json; charset=utf-8",
    "mp4": "video/mp4",
}
"""Of files by extension: types that hosts may not know, or whose charset they omit."""

GONE = ".gone"
"""The extension of an empty file beside a page that only says why something is gone: nginx looks
for it."""

MOVED = ".moved"
"""The same beside a page that redirects from a former file of the editors, so that it does not get
their headers."""


def headers(
    site_url: str,
    lasting: Iterable[str],
    pages: Iterable[str] = (),
    apart: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """``_headers``. No two rules set one header, as hosts resolve that differently; of two policies
    for the editors' files, one or both will do. ``lasting``: paths of files that never change,
    listed one by one, so that no error response gets their header. ``apart``: folders with their
    own headers; headers that differ there are set for each folder of ``pages`` (the paths of all
    pages), as rules cannot exclude a folder."""
    root = urlsplit(site_url).path
    own = {name for fields in (apart or {}).values() for name in fields}
    usual = {name: HEADERS[name] for name in HEADERS if name in own}
    rules = {
        f"{root}/*": {name: said for name, said in HEADERS.items() if name not in own},
        **({place: usual for place in _places(root, pages)} if apart else {}),
        **{f"{root}/{folder}/*": fields for folder, fields in (apart or {}).items()},
        **{root + encoded(f"/{path}"): FOR_A_YEAR for path in lasting},
        f"{root}/files/*": {**usual, **FOR_FILES},
        f"{root}/*.json": FOR_ALL_SITES,
        **{f"{root}/*.{ending}": {"Content-Type": said} for ending, said in TYPES.items()},
    }
    for ending in ("atom", "ndjson", "ttl"):
        rules[f"{root}/*.{ending}"] |= FOR_ALL_SITES
    return "".join(map(_block, rules, rules.values())).encode()


def _places(root: str, pages: Iterable[str]) -> list[str]:
    """The patterns that match pages: the home page, pages beside it, and top-level folders."""
    parts = {path.partition("/")[::2] for path in pages}
    names = {f"{first}/*" if below else first for first, below in parts} - {"index.html"}
    return [root + encoded(f"/{name}") for name in ("", *sorted({*names, "api/*"} - {"files/*"}))]


def _block(path: str, fields: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items())


def rule(document: Mapping[str, Any]) -> str | None:
    """The lines of a moved or gone document in ``_redirects``. Only Netlify supports addresses with
    a query; other hosts skip these lines.

    Netlify serves an existing file unless the status has a ``!``. Cloudflare applies the rule
    anyway, and skips lines with unknown status: ``301!``, ``410!``, ``404``.
    """
    if document["kind"] == "moved":
        part = document["moved"]
        old, target = _asked(part["from"]), urlsplit(part["to"]).path
        more = "" if " " in old else f"{old} {target} 301\n"
        return f"{old} {target} 301!\n{more}" if old else None
    if document["kind"] == "gone":
        old, page = _asked(document["gone"]["address"]), urlsplit(document["url"]).path
        return f"{old} {page}index.html 410!\n" if old else None
    return None


def _asked(address: str) -> str:
    """An old address in a rule: its path, and each parameter. ``:`` and ``*`` are escaped, as they
    are placeholders. '' for a query without names, which rules cannot match."""
    parts = urlsplit(address)
    path = parts.path.replace(":", "%3A").replace("*", "%2A")
    asked = [part.replace("=:", "=%3A") for part in parts.query.split("&") if part]
    if any("=" not in part.strip("=") for part in asked):
        return ""
    return " ".join((path, *asked))


def redirects(site_url: str, rules: Iterable[str], homes: Iterable[str]) -> bytes:
    """``_redirects``. ``homes``: the home page's address by language, from the site's root; missing
    pages get the 404 page beside the home page that matches."""
    root = urlsplit(site_url).path
    folders = sorted((root + home for home in homes), key=len, reverse=True)
    # At the root of the host, 404.html works without a rule.
    missing = [f"{folder}* {folder}404.html 404\n" for folder in folders if folder != "/"]
    # The first match is used, and a rule without a query matches any.
    in_order = sorted(rules, key=lambda one: one.split()[1].startswith("/"))
    return "".join([*in_order, *missing]).encode()
