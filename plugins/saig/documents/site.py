"""The site's own document: what every page of a language shows around its content."""

from __future__ import annotations

from typing import Any

from ..catalogue import addresses
from ..catalogue.addresses import LISTED
from ..catalogue.contacts import organisation
from ..catalogue.filled import is_filled
from ..catalogue.front import urgent
from ..languages import direction
from ..notes.brand import colours, files_of
from ..notes.site import Site
from ..packs.law import said, said_exactly
from ..words import Translator
from .common import DocumentBuilder, iso


def site_document(
    builder: DocumentBuilder, others: dict[str, Translator], preview: str | None = None
) -> dict[str, Any]:
    """``others``: the translators of all languages of the site, for the languages' own names.
    ``preview``: the branch of which this is a preview."""
    catalogue, site = builder.catalogue, builder.catalogue.site
    top = organisation(catalogue)
    return {
        "$schema": builder.url(f"/{addresses.schema('site')}"),
        "url": builder.url(addresses.home(site, builder.lang)),
        "root": builder.url("/"),
        "lang": builder.lang,
        "dir": direction(site.locale_code(builder.lang)),
        "locale": site.locale_code(builder.lang),
        "default_language": site.default_language,
        **builder.said("name", site.name),
        "feedback": site.feedback,
        "organisation": builder.ref(top) if top else None,
        "responsible": builder.plain(site.responsible),
        "languages": [
            {
                "lang": lang,
                "dir": direction(site.locale_code(lang)),
                "name": words.name,
                "title": builder.words.language(lang),
                "url": builder.url(addresses.home(site, lang)),
            }
            for lang, words in others.items()
        ],
        "menu": [
            {
                "section": name,
                **builder.said("title", builder.section_name(name)),
                "url": builder.section_url(name),
            }
            for name in (*LISTED, "booking")
            if is_filled(catalogue, name)
        ],
        "search": builder.section_crumb("search"),
        "api": builder.url(addresses.api(site, builder.lang)),
        "calendar": builder.url(addresses.home(site, builder.lang) + addresses.calendar(site)),
        "brand": _brand(builder),
        "topics": next(iter(builder.section_crumbs("topics")), None),
        "pages": builder.refs(filter(catalogue.has_its_place, catalogue.listed_of("page"))),
        **builder.link("booking", site.booking),
        **builder.link("register", site.register_),
        "time_zone": site.time_zone,
        "country": site.country,
        "territory": site.territory,
        "licence": site.licence,
        "urgent": [
            {**builder.ref(entry), "until": iso(catalogue.state(entry).until)}
            for entry in urgent(catalogue)
        ],
        "legal_notices": legal_notices(builder.words, site),
        "codes": builder.url(f"/{addresses.codes(builder.lang)}"),
        "drafts": [
            builder.entry_url(entry)
            for entry in dict.fromkeys([*catalogue.drafts(), *catalogue.drafts(builder.lang)])
        ],
        "is_demonstration": catalogue.has_placeholders,
        "preview": preview,
    }


def _brand(builder: DocumentBuilder) -> dict[str, Any] | None:
    brand = builder.catalogue.site.brand
    if brand is None:
        return None
    files = dict(files_of(brand))
    return {
        **{
            name: builder.url(f"/{files[name]}") if name in files else None
            for name in ("logo", "icon", "picture")
        },
        "colours": colours(brand),
        **builder.said("footer", brand.footer),
    }


def legal_notices(words: Translator, site: Site) -> dict[str, str | None]:
    """The legal notices of the site, from site.yaml or its packs, else in words that are right
    everywhere."""
    _, law = words.gettext, site.law
    choice = law.channel_choice
    own = site.channel_choice.text(words.lang) if site.channel_choice else None
    found = {
        "legal_value": _(
            "This site informs. It has no legal value: the official text of a norm is the one in the "
            "gazette."
        ),
        "electronic_office": _(
            "This is not the electronic office, which is where applications are made."
        ),
        "norm": _("This page informs. The text with legal value is the one in the gazette."),
        "consolidated_text": _("The consolidated text informs: it has no legal value."),
    }
    of_packs = {name: said_exactly(texts, words.lang) for name, texts in law.legal_notices.items()}
    return {
        **{name: of_packs.get(name) or text for name, text in found.items()},
        "online_choice": own or (said(choice.text, words.lang) if choice else None),
    }
