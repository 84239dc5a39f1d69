"""The site's own document: what every page of a language shows around its own."""

from __future__ import annotations

from typing import Any

from ..catalogue import addresses
from ..catalogue.addresses import LISTED
from ..catalogue.filled import is_filled
from ..catalogue.front import urgent
from ..languages import direction
from ..words import Translator
from .common import Speaker, iso


def site_document(
    speaker: Speaker, others: dict[str, Translator], preview: str | None = None
) -> dict[str, Any]:
    """``others``: the words of every language of the site, for their own names. ``preview``: the
    branch that this is a preview of."""
    catalogue, site = speaker.catalogue, speaker.catalogue.site
    top = catalogue.organisation
    return {
        "url": speaker.url(addresses.home(site, speaker.lang)),
        "root": speaker.url("/"),
        "lang": speaker.lang,
        "dir": direction(speaker.lang),
        "default_language": site.default_language,
        **speaker.said("name", site.name),
        "organisation": speaker.ref(top) if top else None,
        "responsible": speaker.plain(site.responsible),
        "languages": [
            {
                "lang": lang,
                "dir": direction(lang),
                "name": words.name,
                "title": speaker.words.language(lang),
                "url": speaker.url(addresses.home(site, lang)),
            }
            for lang, words in others.items()
        ],
        "menu": [
            {
                "section": name,
                **speaker.said("title", speaker.section_name(name)),
                "url": speaker.section_url(name),
            }
            for name in (*LISTED, "booking")
            if is_filled(catalogue, name)
        ],
        "search": speaker.crumb(
            (name := speaker.said("title", speaker.section_name("search")))["title"] or "",
            speaker.section_url("search"),
            title_lang=name["title_lang"],
        ),
        "topics": next(iter(speaker.section_crumbs("topics")), None),
        "pages": speaker.refs(filter(catalogue.has_its_place, catalogue.listed_of("page"))),
        **speaker.link("booking", site.booking),
        **speaker.link("register", site.register_),
        "time_zone": site.time_zone,
        "urgent": [
            {**speaker.ref(entry), "until": iso(catalogue.state(entry).until)}
            for entry in urgent(catalogue)
        ],
        "drafts": [speaker.entry_url(entry) for entry in catalogue.drafts()],
        "is_demonstration": catalogue.has_placeholders,
        "preview": preview,
    }
