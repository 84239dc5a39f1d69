"""Absolute addresses -> addresses within a page.

Documents have absolute addresses, so that they can be used anywhere. Pages link from the server's
root, so that a preview on another host works, or relatively (RELATIVE_URLS).

What pages share is rendered once for all. For relative links, own addresses are therefore marked
while rendering, and replaced at the end.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

_TAG = re.compile(r'<[a-zA-Z][a-zA-Z0-9]*(?: [^\s=>"]+(?:="[^"]*")?)+>')
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')
_MARK = "\0"
"""Marks an address that is to be made relative. Documents do not contain this character."""

_MARKED = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")


@dataclass(frozen=True)
class Local:
    """Writes a site's addresses for its pages. ``site_url`` has no slash at its end."""

    site_url: str
    relative: bool = False

    @cached_property
    def _root(self) -> str:
        return urlsplit(self.site_url).path

    def __call__(self, url: str) -> str:
        if url != self.site_url and not url.startswith(self.site_url + "/"):
            return url
        path = url[len(self.site_url) :] or "/"
        return f"{_MARK}{path}{_MARK}" if self.relative else self._root + path

    def html(self, html: str) -> str:
        """Make the addresses in the tags of a document's HTML local."""
        return _TAG.sub(lambda tag: _ADDRESS.sub(self._attribute, tag[0]), html)

    def _attribute(self, found: re.Match[str]) -> str:
        return f' {found[1]}="{self(found[2])}"'

    def finish(self, html: str, page: str, *, from_root: bool) -> str:
        """Replace the marked addresses of a page: relative to its absolute address ``page``, or
        ``from_root`` for a page that is served at any address."""
        if not self.relative:
            return html
        here = posixpath.dirname(page[len(self.site_url) :])
        return _MARKED.sub(
            lambda found: self._root + found[1] if from_root else _relative(found[1], here), html
        )


def _relative(path: str, here: str) -> str:
    """``path``: as in HTML, where "#" may belong to a character reference."""
    there, *fragment = re.split("(?<!&)(?=#)", path, maxsplit=1)
    file = there + "index.html" if there.endswith("/") else there
    return posixpath.relpath(file, here) + "".join(fragment)
