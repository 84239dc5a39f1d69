"""A document -> its page: a pure function of document, site document, template and texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from ..documents.codes import codes
from ..inflection import Inflected
from ..languages import with_country
from ..packs.law import Law
from ..words import Translator
from . import drawing, week
from .linked.jsonld import data_block
from .links import Local
from .look import Look
from .qr import qr
from .shortened import shortened
from .templating import for_pages

_INDENT = re.compile(r"\n\s+")


def _when(words: Translator, day: str) -> Inflected:
    """A day as a ``time`` element."""

    def marked(said: object) -> str:
        return Markup('<time datetime="{}">{}</time>').format(day, said)

    own = words.day(day)
    return Inflected(marked(own), lambda form: marked(own.form(form)))


@dataclass(frozen=True)
class Renderer:
    """Renders the pages of a site. ``environment``: Pelican's, with the project's Jinja settings.
    ``law``: of the site's packs."""

    environment: Environment
    look: Look
    site_url: str
    relative: bool
    law: Law

    def render(
        self, template: str, document: Mapping[str, Any], site: Mapping[str, Any], words: Translator
    ) -> str:
        """Render a page. A template sees the document, the site's document, texts in the site
        document's language, and the published words for codes."""
        page = self._environment(site, words).get_template(template).render(document=document)
        if "<pre" not in page:  # indentation means nothing to readers, and takes space
            page = _INDENT.sub("\n", page)
        return self._local.finish(page, document["url"], from_root=template == "not-found.html")

    def _environment(self, site: Mapping[str, Any], words: Translator) -> Environment:
        """The environment of a language, with what all its pages share: macros are imported without
        a page's context, so they are made once."""
        lang = site["lang"]
        known = self._environments.get(lang)
        if known is None or known.globals["site"] is not site:
            known = self._environments[lang] = for_pages(
                self.environment, self._globals(site, words)
            )
        return known

    def _globals(self, site: Mapping[str, Any], words: Translator) -> dict[str, Any]:
        local = self._local
        return {
            "site": site,
            "codes": codes(words, self.law),
            "_": words.gettext,
            "ngettext": words.ngettext,
            "date": words.day,
            "when": lambda day: _when(words, day),
            "short_date": words.short_date,
            "span": words.span,
            "weekdays": words.weekdays,
            "times": words.times,
            "list_of": lambda items: Markup(words.list([str(escape(one)) for one in items])),
            "draw": drawing,
            "week": week,
            "qr": qr,
            "band": self.look.band,
            "local": local,
            "local_html": lambda html: Markup(local.html(html)),
            "data_block": lambda document: Markup(data_block(document, site, words)),
            "asset": lambda name, whole=False: (str if whole else local)(
                f"{self.site_url}/theme/{self.look.names[name]}"
            ),
            "shortened": lambda html: shortened(Markup(html).unescape()),
            "locale": lambda lang: with_country(lang, site["country"]),
            "once": cache(lambda macro, *arguments: macro(*arguments)),
        }

    @cached_property
    def _local(self) -> Local:
        return Local(self.site_url, self.relative)

    @cached_property
    def _environments(self) -> dict[str, Environment]:
        return {}
