"""What documents of all kinds share: names, references, texts with their links."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from typing import Any

from pydantic import BaseModel

from ..catalogue import addresses
from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry, Words
from ..catalogue.filled import is_filled, topic_list
from ..catalogue.validity import DAY, PAST, State, holds
from ..notes.base_model import in_language
from ..notes.body import AfterLink, Callout, Cited, Link, Slot
from ..notes.localized_text import LocalizedText
from ..notes.note_fields import NoteFields, TranslatableFields
from ..notes.site import Links
from ..packs.law import Law, NormType
from ..words import Translator
from .force_words import force_mark, is_feminine, is_feminine_provision, norm_words
from .uri import uri_of

Date = datetime.date
Document = dict[str, Any]
Facts = Mapping[str, Any]
"""A part of a document, or what becomes one."""

HELD = 2_000
"""The most references that a builder caches."""

OLD = ("gone", "moved", "choice", "not-found")
"""Kinds of documents about an address alone, where no page is any more."""


@dataclass(frozen=True)
class DocumentBuilder:
    """Builds the documents of a catalogue, in one language, for one site address."""

    catalogue: Catalogue
    words: Translator
    site_url: str

    @property
    def lang(self) -> str:
        return self.words.lang

    def url(self, address: str) -> str:
        """An address from the site's root as an absolute one."""
        return self.site_url + address

    def entry_url(self, entry: Entry, lang: str | None = None) -> str:
        return self.url(self.catalogue.address(entry, lang or self.lang))

    def section_url(self, name: str) -> str:
        return self.url(addresses.section(self.catalogue.site, name, self.lang))

    def section_name(self, name: str) -> LocalizedText:
        own = self.catalogue.site.sections.name_of(name)
        usual = {self.lang: self.words.pgettext("section", "Search")}
        return own or LocalizedText.model_construct(root=usual)

    def said(self, name: str, text: LocalizedText | None) -> dict[str, str | None]:
        """A text under its name, and beside it its language (decision 23)."""
        return {
            name: text.text(self.lang) if text else None,
            f"{name}_lang": text.lang(self.lang) if text else None,
        }

    def link(self, name: str, links: Links) -> dict[str, str]:
        """An address under its name, and beside it the language of the page there."""
        return {name: links.link(self.lang), f"{name}_lang": links.lang(self.lang)}

    def section_crumb(self, name: str) -> dict[str, str]:
        """A section as a link to its page."""
        title, url = self.section_name(name), self.section_url(name)
        return self.crumb(title.text(self.lang), url, title_lang=title.lang(self.lang))

    def section_crumbs(self, name: str) -> list[dict[str, str]]:
        """The path to a section's page; empty if the section lists nothing."""
        return [self.section_crumb(name)] if is_filled(self.catalogue, name) else []

    def plain(self, model: BaseModel | None) -> Any:
        """A model of a note's facts as plain data, with its texts in this language."""
        if model is None:
            return None
        return in_language(model, self.lang)

    def plains(self, models: Iterable[BaseModel]) -> list[Any]:
        return [self.plain(model) for model in models]

    def words_of(self, entry: Entry) -> Words:
        """Title, summary and the like in this language, or the original's."""
        return entry.words(self.lang)

    def fields(self, entry: Entry) -> NoteFields | TranslatableFields:
        """The fields of the note in this language, or the original's."""
        return entry.note(self.lang).fields

    def short_title(self, entry: Entry) -> str:
        words = self.words_of(entry)
        return words.short_title or words.title

    def ref(self, entry: Entry) -> dict[str, Any]:
        """A note as other documents refer to it."""
        # outside the if: each caller must record that it depends on these
        heirs = self.catalogue.standing(entry.name)["heirs"] or ()
        self.catalogue.looks_up(*(f"listed {name}" for name in (entry.name, *heirs)))
        return self._ref(entry)

    @cached_property
    def _ref(self) -> Callable[[Entry], dict[str, Any]]:
        return lru_cache(HELD)(self._new_ref)

    @property
    def law(self) -> Law:
        """What the site's packs say about norms."""
        return self.catalogue.site.law

    def norm_type(self, identity: Mapping[str, Any]) -> NormType | None:
        """The type of a norm. ``identity``: as ``notes.norm_fields.identity``."""
        return self.law.type_of(identity["type"], identity["jurisdiction"])

    def is_judgment(self, identity: Mapping[str, Any]) -> bool:
        return self.law.is_judgment(identity["type"], identity["jurisdiction"])

    def norm_words(self, state: State, identity: Mapping[str, Any]) -> str:
        """A norm's state in a few words, in the grammatical gender of its name."""
        return norm_words(self.words, state, self.norm_type(identity))

    def _new_ref(self, entry: Entry) -> dict[str, Any]:
        state, heirs = self.catalogue.state(entry), self.catalogue.heirs(entry)
        words, said, is_replaced = self.words_of(entry), None, entry not in heirs
        if entry.kind == "norm":
            said = self.norm_words(state, entry.identity)
        return {
            "kind": entry.kind,
            "id": entry.id,
            "lang": words.lang,
            "url": self.entry_url(entry),
            "title": words.title,
            "short_title": words.short_title or words.title,
            "summary": words.summary,
            "date": iso(entry.date),
            "state": state.word,
            "state_said": said,
            "replaced_by": [self.named(heir) for heir in heirs if is_replaced],
            "replaced_on": iso(state.since) if is_replaced and state.word in PAST else None,
        }

    def named(self, entry: Entry) -> dict[str, str]:
        """A note as a link to it."""
        return self.crumb(self.short_title(entry), self.entry_url(entry), self.words_of(entry).lang)

    def refs(self, entries: Iterable[Entry]) -> list[dict[str, Any]]:
        return [self.ref(entry) for entry in entries]

    def topics(self, identifiers: Iterable[str]) -> list[dict[str, Any]]:
        """The topics among these whose pages list anything. A draft may name a topic that does not
        exist."""
        site = self.catalogue.site
        return [
            {
                "id": name,
                **self.said("title", site.topics[name]),
                "url": self.url(addresses.topic(site, name, self.lang)),
            }
            for name in identifiers
            if name in site.topics and is_filled(self.catalogue, topic_list(name))
        ]

    def crumb(
        self, title: str, url: str, lang: str | None = None, title_lang: str | None = None
    ) -> dict[str, str]:
        """A link to a page. ``lang``: of the page, by default the builder's; ``title_lang``: of the
        title, if it differs."""
        lang = lang or self.lang
        return {"title": title, "title_lang": title_lang or lang, "lang": lang, "url": url}

    def home_crumb(self) -> dict[str, str]:
        return self.crumb(
            self.words.gettext("Home"), self.url(addresses.home(self.catalogue.site, self.lang))
        )

    def document(
        self,
        kind: str,
        identifier: str,
        address: str,
        part: Any,
        *,
        title: str | LocalizedText,
        short_title: str | None = None,
        summary: str | None = None,
        breadcrumbs: Sequence[dict[str, str]] = (),
        translations: Mapping[str, str] | None = None,
        transition_dates: Iterable[Date] = (),
        **more: Any,
    ) -> Document:
        """A document with every common key; ``part`` is what belongs to its kind. ``title``: in
        the document's language, unless it is a text by language. ``short_title``: where lists have
        another.

        ``translations``: addresses by language. ``transition_dates``: the days on which it changes
        by itself.
        """
        transition_dates = set(transition_dates)
        self.catalogue.changes_on(transition_dates)
        since, until = holds(transition_dates, self.catalogue.day)
        about = {"kind": kind, "id": identifier, kind: part}
        said = (
            self.said("title", title)
            if isinstance(title, LocalizedText)
            else {"title": title, "title_lang": self.lang}
        )
        return {
            "$schema": self.url(f"/{addresses.schema(kind)}"),
            "kind": kind,
            "id": identifier,
            "lang": self.lang,
            "url": self.url(address),
            "uri": None if kind in OLD else uri_of(self.site_url, about),
            **said,
            "short_title": short_title or said["title"],
            "summary": summary,
            "body_html": None,
            "date": None,
            "modified": None,
            "updated": None,
            "own_digest": None,
            "holds": {"from": iso(since), "until": iso(until)},
            "translation_state": None,
            "original": None,
            "translations": {lang: self.url(there) for lang, there in (translations or {}).items()},
            "breadcrumbs": list(breadcrumbs),
            "related": [],
            "mentions": [],
            "mentioned_in": [],
            kind: part,
            **more,
        }

    def body(self, entry: Entry) -> str:
        """The note's text as HTML, with absolute links to pages in the reader's language."""
        markup = self.catalogue.markup(entry, self.lang)
        return markup.html(lambda slot: self.fill(entry, slot))

    def fill(self, entry: Entry, slot: Slot) -> str:
        """The HTML for a slot of a note's text."""
        match slot:
            case Link():
                return self.attribute(entry, slot)
            case AfterLink():
                return self.after_link(entry, slot.link)
            case Cited():
                return self.cited(entry, slot)
            case Callout():
                return escape(callout_name(self.words, slot.kind))

    def attribute(self, entry: Entry, link: Link) -> str:
        """The attributes of a link or image in a note's text: its address, and the language there."""
        name = "src" if link.is_image else "href"
        if link.leads != "in":
            return f' {name}="{escape(link.address)}"'
        target = self.catalogue.target(entry, self.lang, link.address)
        if target is None:
            return ""  # a draft, or a note with errors: the words without a link
        return f' {name}="{escape(self.url(target.address))}"{self.hreflang(target.lang)}'

    def hreflang(self, lang: str | None) -> str:
        return f' hreflang="{lang}"' if lang not in (None, self.lang) else ""

    def language(self, lang: str) -> str:
        """The attributes of a link's words with their language, if it is not this page's."""
        return f' lang="{lang}"{self.hreflang(lang)}' if lang != self.lang else ""

    def after_link(self, entry: Entry, link: Link) -> str:
        """HTML after a link in a note's text: that a norm is not in force, or what took a note's
        place; else ''."""
        target = self.catalogue.target(entry, self.lang, link.address)
        linked = target and target.entry
        if not linked or linked is entry:
            return ""
        if linked.kind != "norm":
            return self.replaced_mark(entry, linked)
        state = self.catalogue.state(linked)
        return force_mark(
            self.words, state, feminine=is_feminine(self.norm_type(linked.identity), self.lang)
        )

    def replaced_mark(self, entry: Entry, linked: Entry) -> str:
        """HTML after a link to a note that was superseded: which notes took its place."""
        heirs = self.catalogue.heirs(linked)
        if linked in heirs or entry in heirs:
            return ""
        links = [
            f'<a href="{escape(heir["url"])}"{self.language(heir["lang"])}>'
            f"{escape(heir['title'])}</a>"
            for heir in map(self.named, heirs)
        ]
        said = escape(self.words.gettext("now: %(names)s")) % {"names": self.words.list(links)}
        return f' <span class="replaced">({said})</span>'

    def cited(self, entry: Entry, cited: Cited) -> str:
        """A citation as a link to its norm, if that is known; its words are unchanged."""
        catalogue, citation = self.catalogue, cited.citation
        norm = catalogue.cited(citation).norm
        if norm is None or norm is entry or not norm.is_listed:
            return cited.html
        there = f'href="{escape(self.entry_url(norm))}"'
        there += self.hreflang(self.words_of(norm).lang)
        state = catalogue.state(norm)
        feminine = is_feminine(self.norm_type(norm.identity), self.lang)
        if part := catalogue.state_of_provisions(norm, citation.provisions):
            named = catalogue.provision_names
            state, feminine = part, is_feminine_provision(named, citation.provisions)
        mark = force_mark(self.words, state, feminine=feminine)
        return f'<a class="citation" {there}>{cited.html}</a>{mark}'

    def succession(self, entry: Entry) -> dict[str, list[dict[str, Any]]]:
        """The notes that the note supersedes, and those that supersede it."""
        return {
            "supersedes": self.refs(self.catalogue.supersedes(entry)),
            "superseded_by": self.refs(self.replacing(entry)),
        }

    def replacing(self, entry: Entry) -> list[Entry]:
        """The listed notes that supersede the note."""
        return [other for other in self.catalogue.successors(entry) if other.is_listed]


def callout_name(words: Translator, kind: str) -> str:
    """The heading of a callout, which tells its kind to those who see no colours."""
    names = {
        "note": words.pgettext("callout", "Note"),
        "tip": words.pgettext("callout", "Tip"),
        "important": words.pgettext("callout", "Important"),
        "warning": words.pgettext("callout", "Warning"),
        "caution": words.pgettext("callout", "Caution"),
    }
    return names[kind]


def held_until(state: State) -> str | None:
    """The last day of a state that is over, if known."""
    return iso(state.since - DAY) if state.word in PAST and state.since else None


def iso(day: Date | None) -> str | None:
    return day.isoformat() if day else None
