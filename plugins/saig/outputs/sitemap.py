"""``sitemap.xml`` with language alternatives, ``robots.txt`` and ``security.txt``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any


def location(document: Mapping[str, Any], default_language: str) -> str:
    """A document's entry in the site map, with Google's ``xhtml:link`` for languages."""
    lines = [f"<loc>{escape(document['url'], quote=False)}</loc>"]
    if changed := document["updated"]:
        lines.append(f"<lastmod>{changed}</lastmod>")
    there = document["translations"]
    if len(there) > 1:
        alternates = dict(there)
        if default_language in there:
            alternates["x-default"] = there[default_language]
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(url, quote=False)}"/>'
            for lang, url in alternates.items()
        ]
    return "<url>\n" + "\n".join(lines) + "\n</url>\n"


def sitemap(locations: Iterable[str]) -> bytes:
    """https://www.sitemaps.org/protocol.html"""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "".join(locations)
        + "</urlset>\n"
    ).encode()


def robots(site_url: str) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}/sitemap.xml\n".encode()


def security_changes_on(day: datetime.date) -> list[datetime.date]:
    """The days around this one on which the result of ``security`` changes."""
    return [datetime.date(year, month, 1) for year in (day.year, day.year + 1) for month in (1, 7)]


def security(site_url: str, email: str, languages: Iterable[str], day: datetime.date) -> bytes:
    """RFC 9116. The file must expire, preferably within a year (§2.5.5): here at the end of the
    next half-year, so it changes twice a year."""
    expires = f"{day.year}-12-31" if day.month < 7 else f"{day.year + 1}-06-30"
    return (
        f"Contact: mailto:{email}\n"
        f"Expires: {expires}T23:59:59Z\n"
        f"Preferred-Languages: {', '.join(languages)}\n"
        f"Canonical: {site_url}/.well-known/security.txt\n"
    ).encode()
