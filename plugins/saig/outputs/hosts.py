"""What web servers read beside the pages: headers, redirects, and what is gone.

``_headers`` and ``_redirects`` are for hosts of static files, in the form that Netlify made and
Cloudflare, Codeberg and others read, each in part. ``deploy/nginx.conf`` has the same headers; a
test compares the two.
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
"""Of every answer."""

FOR_FILES = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    )
}
"""Of the editors' files, which are published as they are: a page among them is shown, and runs no
script (docs/decisions/0020). Hosts that give both policies have browsers heed both."""

LASTING = re.compile(r"(?:theme/.+|(?:.+/)?search)\.[0-9a-f]{16}\.[^/.]+")
"""The path of a file that never changes: its name has the digest of what is in it."""

FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Of these files. All else these hosts let browsers ask for anew each time, unless told
otherwise."""

FOR_ALL_SITES = {"Access-Control-Allow-Origin": "*"}
"""Of data: programs in other sites' pages may read it."""

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
"""Of files by their ending: those that hosts do not all know, or whose signs they do not name."""

GONE = ".gone"
"""The ending of an empty file beside one that only says why it is gone: nginx looks for it."""

MOVED = ".moved"
"""The same beside a page that leads on from one of the editors' files: it is none of theirs."""


def headers(
    site_url: str,
    lasting: Iterable[str],
    pages: Iterable[str] = (),
    apart: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """``_headers``. No two rules give one header, for hosts do not agree on what that would mean;
    of two policies for the editors' files, any one or both will do. ``lasting``: the paths of files
    that never change; each is named, so that a host gives no other answer the same. ``apart``:
    folders with headers of their own; what they have otherwise than the rest is then said of each
    folder of ``pages``, the paths of all pages, as no rule can say "all but"."""
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
    """What a rule can call the pages: the home page, pages beside it, and the first folders."""
    parts = {path.partition("/")[::2] for path in pages}
    names = {f"{first}/*" if below else first for first, below in parts} - {"index.html"}
    return [root + encoded(f"/{name}") for name in ("", *sorted({*names, "api/*"} - {"files/*"}))]


def _block(path: str, fields: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items())


def rule(document: Mapping[str, Any]) -> str | None:
    """A document's lines in ``_redirects``: of one that moved, or is gone. Where its address has a
    query, only Netlify can tell, and the others skip the line.

    Netlify shows the file that is there unless the status has a ``!``. Cloudflare follows the rule
    anyway, and skips lines whose status it does not know: ``301!``, ``410!``, ``404``.
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
    """An old address as a rule has it: its path, and its parameters each by itself. A ``:`` or
    ``*`` would stand for anything. '' for a query without names, which no rule can have."""
    parts = urlsplit(address)
    path = parts.path.replace(":", "%3A").replace("*", "%2A")
    asked = [part.replace("=:", "=%3A") for part in parts.query.split("&") if part]
    if any("=" not in part.strip("=") for part in asked):
        return ""
    return " ".join((path, *asked))


def redirects(site_url: str, rules: Iterable[str], homes: Iterable[str]) -> bytes:
    """``_redirects``. ``homes``: the home page's address in each language, from the site's root;
    what is not there answers with the page beside the one that fits."""
    root = urlsplit(site_url).path
    folders = sorted((root + home for home in homes), key=len, reverse=True)
    # At the root of the host, 404.html is shown without a rule.
    missing = [f"{folder}* {folder}404.html 404\n" for folder in folders if folder != "/"]
    # The first that fits is taken, and without a query any would do.
    in_order = sorted(rules, key=lambda one: one.split()[1].startswith("/"))
    return "".join([*in_order, *missing]).encode()
