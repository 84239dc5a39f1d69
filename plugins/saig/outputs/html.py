"""A document -> its page: a pure function of document, site document, template and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from ..words import Words
from . import drawing, week
from .links import Local
from .qr import qr


@dataclass(frozen=True)
class Renderer:
    """The theme of one site. ``environment`` is Pelican's, with the project's Jinja settings."""

    environment: Environment
    static: Path
    site_url: str
    relative: bool

    def render(
        self, template: str, document: Mapping[str, Any], site: Mapping[str, Any], words: Words
    ) -> str:
        """The page. A template sees the document, the site's document, and words of their language."""
        # A page that answers for any address cannot know the way from there.
        relative = self.relative and template != "not-found.html"
        local = Local(self.site_url, document["url"], relative)
        return self.environment.get_template(template).render(
            document=document,
            site=site,
            _=words.gettext,
            ngettext=words.ngettext,
            date=words.date,
            weekdays=words.weekdays,
            list_of=words.list,
            draw=drawing,
            week=week,
            qr=qr,
            local=local,
            local_html=lambda html: Markup(local.html(html)),
            asset=lambda name: local(f"{self.site_url}/theme/{name}") + f"?v={self._digests[name]}",
        )

    @cached_property
    def _digests(self) -> dict[str, str]:
        """The part of a static file's address that changes with its content: it may be cached for long."""
        return {
            path.relative_to(self.static).as_posix(): sha256(path.read_bytes()).hexdigest()[:10]
            for path in self.static.rglob("*")
            if path.is_file()
        }
