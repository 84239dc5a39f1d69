"""A document -> its page: a pure function of document, site document, template and words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup

from ..notes.files import theme_files
from ..words import Translator
from . import drawing, week
from .links import Local
from .qr import qr
from .stylesheet import theme_file


def quick(environment: Environment, salt: str) -> Environment:
    """The environment of a build: no template changes while it lasts, and those that were compiled
    before are not compiled again. ``salt``: of the settings that their code depends on.

    They are kept in the folder of the user's own that Jinja makes for that, not in the cache of
    builds: that may come from another machine, and code from there must not be run.
    """
    environment.auto_reload = False
    jinja = version("jinja2")
    with suppress(RuntimeError, OSError):  # no such folder can be had
        environment.bytecode_cache = FileSystemBytecodeCache(pattern=f"saig-{jinja}-{salt[:16]}-%s")
    return environment


@dataclass(frozen=True)
class Renderer:
    """The theme of one site. ``environment`` is Pelican's, with the project's Jinja settings."""

    environment: Environment
    theme: Path
    site_url: str
    relative: bool

    def render(
        self, template: str, document: Mapping[str, Any], site: Mapping[str, Any], words: Translator
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
            of_date=words.of_date,
            weekdays=words.weekdays,
            times=words.times,
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
        """The part of a static file's address that changes with what is in it: it may be cached for long."""
        return {
            path: sha256(theme_file(self.theme, path)).hexdigest()[:10]
            for path in theme_files(self.theme)
        }
