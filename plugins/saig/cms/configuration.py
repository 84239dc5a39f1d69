"""A site's whole configuration of Sveltia CMS, for one language of editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..notes import site as notes_site
from ..notes.address_lists import Gone
from ..notes.files import FILES, GONE
from ..notes.models import FOLDER_OF, KINDS
from ..notes.value_types import ID_PATTERN
from ..words import N_, for_editors
from . import labels
from .fields import FormContext, fields_of, model_fields
from .forge import Forge
from .shapes import shapes

ICONS = {
    "contact": "apartment",
    "service": "task_alt",
    "norm": "gavel",
    "notice": "campaign",
    "page": "article",
}


def configuration(
    site: notes_site.Site, forge: Forge, content: Path, lang: str, url: str
) -> dict[str, Any]:
    """The configuration, as Sveltia CMS reads it.

    ``content``: the folder of the notes, at the top of the repository. ``lang``: of the editor.
    ``url``: the site's address.
    """
    flat = frozenset(kind for kind in KINDS if not _has_folders(content / FOLDER_OF[kind]))
    topics = {one: name.text(_of(site, lang)) for one, name in sorted(site.topics.items())}
    form = FormContext(site.languages, lang, flat, topics, shapes(content))
    return {
        "backend": forge.backend(),
        "site_url": url,
        "app_title": site.name.text(_of(site, lang)),
        "media_folder": f"{content.name}/{FILES}",
        "public_folder": f"/{FILES}",
        "media_libraries": {"stock_assets": {"providers": []}},
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_sequences": True}},
        "slug": {"encoding": "ascii", "clean_accents": True, "lowercase": True},
        "i18n": {
            "structure": "multiple_files",
            "locales": site.languages,
            "default_locale": site.default_language,
            "initial_locales": "default",
            "omit_default_locale_from_file_path": True,
        },
        "collections": [
            _collection(form, kind, f"{content.name}/{FOLDER_OF[kind]}", is_nested=kind not in flat)
            for kind in KINDS
        ],
        "singletons": [_gone(form, content.name)],
    }


def _has_folders(folder: Path) -> bool:
    return folder.is_dir() and any(one.is_dir() for one in folder.iterdir())


def _of(site: notes_site.Site, lang: str) -> str:
    """A language of the site: the editor's, or else the first."""
    return lang if lang in site.languages else site.default_language


def _collection(form: FormContext, kind: str, folder: str, *, is_nested: bool) -> dict[str, Any]:
    many, one = labels.KINDS[kind]
    hint = N_(
        "name of the file: small letters without accents, digits and hyphens; it stays for good"
    )
    # Within folders the interface names a note by its path, and its slug may have slashes.
    pattern = f"^({ID_PATTERN}/)*{ID_PATTERN}$" if is_nested else f"^{ID_PATTERN}$"
    in_folders = {
        "nested": {"subfolders": False, "summary": "{{title}}"},
        "meta": {"path": {"widget": "string"}},
    }
    return {
        "name": kind,
        "label": form.words(many),
        "label_singular": form.words(one),
        "icon": ICONS[kind],
        "folder": folder,
        "format": "yaml-frontmatter",
        "extension": "md",
        "create": True,
        "i18n": True,
        "slug": {
            "template": "{{title}}",
            "editable": ["create"],
            "hint": form.words(hint),
            "pattern": [pattern, form.words(hint)],
        },
        "summary": "{{title}}",
        "sortable_fields": {"fields": ["title", "date"]},
        "view_filters": [
            {"label": form.words(labels.CODES[state]), "field": "status", "pattern": state}
            for state in ("draft", "hidden")
        ],
        **(in_folders if is_nested else {}),
        "fields": fields_of(form, kind),
    }


def _gone(form: FormContext, content: str) -> dict[str, Any]:
    fields = model_fields(form, Gone)
    return {
        "name": "gone",
        "label": for_editors(N_("Removed pages"), form.lang),
        "icon": "delete",
        "file": f"{content}/{GONE}",
        "format": "yaml",
        "fields": [
            {
                "name": "gone",
                "label": for_editors(N_("Removed pages"), form.lang),
                "widget": "list",
                "root": True,
                "required": False,
                "summary": "{{fields.address}}",
                "fields": fields,
            }
        ],
    }
