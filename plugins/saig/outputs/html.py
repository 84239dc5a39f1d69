"""A document -> its page: a pure function of document, site document, template and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2 import __version__ as jinja
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from ..documents.codes import codes
from ..inflection import Inflected, Values
from ..languages import with_country
from ..packs.law import Law
from ..words import Translator
from . import drawing, week
from .linked.jsonld import data_block
from .links import Local
from .look import Look
from .qr import qr
from .shortened import shortened


def with_bytecode_cache(environment: Environment, salt: str) -> Environment:
    """The environment of a build: no template changes while it lasts, and those that were compiled
    before are not compiled again. ``salt``: of the settings that their code depends on.

    They are kept in the folder of the user's own that Jinja makes for that, not in the cache of
    builds: that may come from another machine, and code from there must not be run.
    """
    environment.auto_reload = False
    with suppress(RuntimeError, OSError):  # no such folder can be had
        environment.bytecode_cache = _BySource(pattern=f"saig-{jinja}-{salt[:16]}-%s")
    return environment


_INDENT = re.compile(r"\n\s+")


class _BySource(FileSystemBytecodeCache):
    """Keeps what a template was compiled to by what it says, where Jinja has it by the path of its
    file: other checkouts, of another branch or for a preview, have the same templates."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        bucket = super().get_bucket(environment, name, self.get_source_checksum(source), source)
        if bucket.code and filename:
            bucket.code = bucket.code.replace(co_filename=filename)
        return bucket


def for_pages(environment: Environment, given: Mapping[str, Any]) -> Environment:
    """The same environment with globals of its own, and two of its methods made for many small pages
    of plain data: each does what Jinja's does."""
    found = environment.overlay()
    found.filters = {**environment.filters, "format": _filled_in}
    names = found.globals = {**environment.globals, **given}

    def attribute(value: Any, name: str) -> Any:
        if type(value) is dict and name not in _OF_DICT:
            return value[name] if name in value else found.undefined(obj=value, name=name)
        return Environment.getattr(found, value, name)

    # Most of what templates ask for is an item of a dictionary, which Jinja looks for last.
    found.getattr = attribute  # type: ignore[method-assign,assignment]
    found.context_class = _Context
    # No template has globals of its own, so all can have the same dictionary.
    found.make_globals = lambda own: {**names, **own} if own else names  # type: ignore[method-assign,assignment]
    return found


class _Context(Context):
    """Calls what most templates call, macros and functions of ours, without Jinja's search for what is to
    be given to them beside their arguments: of a page's time that is a tenth."""

    def call(
        self,
        called: Any,
        /,
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **kwargs: Any,
    ) -> Any:
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if kind in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **kwargs)
        places = {"_loop_vars": _loop_vars, "_block_vars": _block_vars}
        return super().call(called, *args, **places, **kwargs)


_PLAIN = frozenset({FunctionType, MethodType, BuiltinMethodType, Local})
"""Of what is called so: it stands for itself, as no macro or class does."""


def _filled_in(text: str, *args: Any, **values: Any) -> str:
    """Jinja's filter ``format``, with days whose form the text chooses; and for texts too that are
    filled in with what macros wrote: that is HTML, so the text becomes HTML, or else its signs would be
    escaped twice."""
    given = Values(values) if values else args
    if any(hasattr(one, "__html__") for one in (*args, *values.values())):
        return escape(text) % given
    return text % given


_OF_DICT = frozenset(dir(dict))


def _when(words: Translator, day: str) -> Inflected:
    """A day as an element that says it to programs too."""

    def marked(said: object) -> str:
        return Markup('<time datetime="{}">{}</time>').format(day, said)

    own = words.day(day)
    return Inflected(marked(own), lambda form: marked(own.form(form)))


@dataclass(frozen=True)
class Renderer:
    """The theme of one site. ``environment`` is Pelican's, with the project's Jinja settings. ``law``:
    what the site's packs say."""

    environment: Environment
    look: Look
    site_url: str
    relative: bool
    law: Law

    def render(
        self, template: str, document: Mapping[str, Any], site: Mapping[str, Any], words: Translator
    ) -> str:
        """The page. A template sees the document, the site's document, and words of their language: those for
        codes as they are published."""
        page = self._environment(site, words).get_template(template).render(document=document)
        if "<pre" not in page:  # what indents lines is nothing to readers, and weighs
            page = _INDENT.sub("\n", page)
        return self._local.finish(page, document["url"], from_root=template == "not-found.html")

    def _environment(self, site: Mapping[str, Any], words: Translator) -> Environment:
        """Of a language, with all that its pages have in common: macros are imported without a
        page's context, so that they are made once."""
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
