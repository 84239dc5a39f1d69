"""Absolute addresses -> addresses as a page writes them.

Documents have absolute addresses so that they can be read anywhere. A page's own links are from
the server's root, so that a preview on another host works whole, or relative (RELATIVE_URLS).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..notes.address import with_index

_TAG = re.compile(r'<[a-zA-Z][a-zA-Z0-9]*(?: [^\s=>"]+(?:="[^"]*")?)*>')
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')


@dataclass(frozen=True)
class Local:
    """Writes addresses for the page at ``page`` (absolute). ``site_url`` has no slash at its end."""

    site_url: str
    page: str
    relative: bool = False

    def __call__(self, url: str) -> str:
        if url != self.site_url and not url.startswith(self.site_url + "/"):
            return url
        path = url[len(self.site_url) :] or "/"
        if not self.relative:
            return urlsplit(self.site_url).path + path
        path, hash_, fragment = path.partition("#")
        here = posixpath.dirname(self.page[len(self.site_url) :])
        return posixpath.relpath(with_index(path), here) + hash_ + fragment

    def html(self, html: str) -> str:
        """The HTML of a document with the addresses in its tags, and nothing else, made local."""
        return _TAG.sub(lambda tag: _ADDRESS.sub(self._attribute, tag[0]), html)

    def _attribute(self, found: re.Match[str]) -> str:
        return f' {found[1]}="{self(found[2])}"'
