"""A model of front matter -> the fields of an editor's form, as Sveltia CMS configures them.

Every field that a note may have is among them: the interface writes a note anew from its form, and
a fact that the form does not know it copies into new translations. No field has a default: one
would be written into every note that is opened.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .. import languages
from ..notes.day_types import UNKNOWN, CivilDate, Clock, Days, FirstDay
from ..notes.local_name import LocalName, LocalUrl
from ..notes.localized_text import LocalizedText, SearchWords
from ..notes.models import KINDS
from ..notes.note_fields import TranslatableFields, TranslationFields
from ..notes.references import REFERENCES, SINGLE_REFERENCES
from ..notes.standard_codes import ChannelId, Duration
from ..notes.value_types import (
    ID_PATTERN,
    SUMMARY_LIMIT,
    EliUrl,
    Email,
    Extension,
    OldAddress,
    Prose,
    SecureUrl,
    Slug,
    Summary,
    TelephoneNumber,
)
from ..notes.weekdays import DAYS
from ..words import N_, for_editors
from .labels import CODES, FIELDS, day_label
from .shapes import WHERE, Shape

Field = dict[str, Any]

NAMES = {**REFERENCES, **SINGLE_REFERENCES, "contact": "contact"}
"""The fields that name notes, and of which kind. What names a norm of any place is no such field:
it may be an address."""

FIRST = (
    *("title", "short_title", "summary", "body", "date", "status"),
    *("valid_from", "valid_until", "topics", "departments"),
)
LAST = (
    *("services", "norms", "supersedes", "changes", "modified"),
    *("search_words", "slug", "old_addresses", "translated"),
)
"""The fields of all kinds, as an editor of a form comes to them."""

RANGES = ("monday-friday", "monday-saturday", "monday-sunday")
"""Ranges of days to be chosen at once; others can be written in the note's file."""

IN_ONE = ("closes",)
"""What is a must, but may stand in another field: ``opens: de 9 a 14 h``."""

_ID = f"^{ID_PATTERN}$"
_HTTPS = "^[Hh][Tt][Tt][Pp][Ss]://"
PATTERNS: tuple[tuple[Any, str, str], ...] = (
    (Slug, _ID, N_("small letters without accents, digits and hyphens")),
    (ChannelId, _ID, N_("small letters without accents, digits and hyphens")),
    (EliUrl, f"{_HTTPS}.+/eli/", N_("an ELI address, which begins with https://")),
    (SecureUrl, _HTTPS, N_("a whole address, which begins with https://")),
    (OldAddress, "^/", N_("an address without the site's name, which begins with /")),
    (Email, r"^\S+@\S+\.\S+$", N_("an e-mail address")),
    (TelephoneNumber, r"^[+(0-9][+0-9 ().-]*$", N_("a telephone number, as in +34971225900")),
    (Extension, r"^[0-9*# ]+$", N_("digits alone")),
    (Clock, r"\d", N_("a time of day, as in 09:30")),
    (FirstDay, r"^unknown$|\d", N_("a date, as in 2020-05-15, or unknown")),
    (Duration, r"^P(?=\d|T\d)", N_("P, a number and D, M or Y: P20D is twenty days")),
)
"""What a text must look like, as far as a form can tell; ``saig check`` tells the rest. All that it
lets pass must pass here, or a note that is right could not be saved."""


@dataclass(frozen=True)
class FormContext:
    """What all fields of a configuration have in common. ``languages``: the site's. ``lang``: the
    editor's. ``flat``: the kinds whose notes all lie in their own folder, which other notes can
    choose from; the interface has the rest by their paths. ``topics``: ids and names. ``shapes``:
    as ``shapes`` finds them."""

    languages: Sequence[str]
    lang: str
    flat: frozenset[str]
    topics: Mapping[str, str]
    shapes: Mapping[str, Shape]

    def words(self, message: str) -> str:
        return for_editors(message, self.lang)


def fields_of(form: FormContext, kind: str) -> list[Field]:
    """The fields of a kind of note, and its text. Those of translations say so."""
    text = {
        "name": "body",
        "label": form.words(N_("Text")),
        "hint": form.words(N_("the text of the page, in Markdown")),
        "widget": "markdown",
        "required": False,
        # The one that writes the text anew leaves out tables, footnotes and notes to headings.
        "modes": ["raw"],
        "editor_components": [],
    }
    translated = {**TranslationFields.model_fields, "body": None}
    found = [*model_fields(form, KINDS[kind], kind), text, _digest()]
    found.sort(key=lambda field: _place(field["name"]))
    return [_translatable(one) if one["name"] in translated else one for one in found]


def _place(name: str) -> int:
    """Where a field stands in the form, and in what is saved of it: what a kind has for itself is
    between what all have and most notes need, and the rest."""
    if name in FIRST:
        return FIRST.index(name)
    return len(FIRST) + (LAST.index(name) + 1 if name in LAST else 0)


def _translatable(field: Field) -> Field:
    below = {"fields": [_translatable(one) for one in field["fields"]]} if "fields" in field else {}
    return {**field, **below, "i18n": True}


def _digest() -> Field:
    """Which text of the original was translated: only Saig writes it, and it is kept."""
    return {"name": "translated", "widget": "hidden"}


def model_fields(form: FormContext, model: type[BaseModel], kind: str = "") -> list[Field]:
    """The fields of a model, in its order. ``kind``: of the note that it is."""
    hints = get_type_hints(model, include_extras=True)
    is_translatable = issubclass(model, TranslatableFields)
    return [
        _field(form, info.alias or name, info, hints[name], kind if is_translatable else "")
        for name, info in model.model_fields.items()
    ]


def _field(form: FormContext, name: str, info: FieldInfo, hint: Any, kind: str) -> Field:
    field: Field = {"name": name, "label": form.words(FIELDS[name])}
    if info.description:
        field["hint"] = f"{form.words(info.description)} ({name})"
    kind_named = kind if name == "supersedes" else NAMES.get(name)
    field |= _widget(form, name, _bare(hint), kind_named)
    if not info.is_required() or name in IN_ONE:
        field["required"] = False
    return field


def _bare(hint: Any) -> Any:
    """A type without the None that it may be."""
    if get_origin(hint) in (Union, UnionType):
        rest = [one for one in get_args(hint) if one is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _widget(form: FormContext, name: str, kind_of_value: Any, named: str | None) -> Field:
    if name in WHERE and (_item(kind_of_value) or kind_of_value) in (LocalName, LocalUrl):
        return _in_its_shape(form, name, kind_of_value)
    for one, pattern, meaning in PATTERNS:
        if kind_of_value == one:
            return {"widget": "string", "pattern": [pattern, form.words(meaning)]}
    if kind_of_value == Days:
        return _days(form)
    if kind_of_value == Summary:
        return {"widget": "text", "maxlength": SUMMARY_LIMIT}
    if kind_of_value == CivilDate:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if name == "topics":
        options = [{"label": said, "value": one} for one, said in form.topics.items()]
        return {"widget": "select", "multiple": True, "options": options}
    if named and named in form.flat:
        chosen = {
            "widget": "relation",
            "collection": named,
            "value_field": "{{slug}}",
            "display_fields": ["title"],
            "search_fields": ["title", "short_title", "{{slug}}"],
        }
        return chosen | ({"multiple": True} if _item(kind_of_value) else {})
    if (item := _item(kind_of_value)) is not None:
        return {"widget": "list", **_of_items(form, name, item)}
    return _plain(form, kind_of_value)


def _in_its_shape(form: FormContext, name: str, kind_of_value: Any) -> Field:
    """What may be a text or a map by language, as the site's notes have it. Where they have both,
    it is kept and not shown."""
    shape = form.shapes.get(name, "by language" if name == "extra" else "text")
    if shape == "both":
        return {"widget": "hidden"}
    is_list = _item(kind_of_value) is not None
    if shape == "by language":
        texts = {"widget": "list" if is_list else "object", "fields": list(_texts(form))}
        return {**texts, "collapsed": "auto"}
    return {"widget": "list"} if is_list else _widget(form, "", _one_text(kind_of_value), None)


def _one_text(kind_of_value: Any) -> Any:
    return SecureUrl if kind_of_value is LocalUrl else Prose


def _item(kind_of_value: Any) -> Any:
    """The type of a list's items; None of what is no list."""
    bare = _without_marks(kind_of_value)
    return get_args(bare)[0] if get_origin(bare) is list else None


def _without_marks(kind_of_value: Any) -> Any:
    return get_args(kind_of_value)[0] if get_origin(kind_of_value) is Annotated else kind_of_value


def _of_items(form: FormContext, name: str, item: Any) -> Field:
    if codes := _codes(item):
        return {"widget": "select", "multiple": True, "options": _options(form, codes)}
    if isinstance(item, type) and issubclass(item, BaseModel):
        fields = model_fields(form, item)
        said = [one["name"] for one in fields if one.get("required", True)][:3]
        summary = " ".join(f"{{{{fields.{one}}}}}" for one in said)
        return {"fields": fields, "collapsed": "auto", **({"summary": summary} if said else {})}
    return {}


def _plain(form: FormContext, kind_of_value: Any) -> Field:
    if codes := _codes(kind_of_value):
        return {"widget": "select", "options": _options(form, codes)}
    bare = _without_marks(kind_of_value)
    if bare is LocalizedText:
        return {"widget": "object", "collapsed": "auto", "fields": list(_texts(form))}
    if bare is SearchWords:
        fields = [
            {
                "name": one,
                "label": languages.name(one, form.lang),
                "widget": "list",
                "required": False,
            }
            for one in form.languages
        ]
        return {"widget": "object", "collapsed": "auto", "fields": fields}
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return {"widget": "object", "collapsed": "auto", "fields": model_fields(form, bare)}
    if bare is bool:  # no checkbox: it would write false into every note
        yes = {"label": form.words(N_("yes")), "value": True}
        return {"widget": "select", "options": [yes]}
    if bare in (int, float):
        return {"widget": "number", "value_type": "int" if bare is int else "float"}
    assert bare in (str, datetime.date), kind_of_value
    return {"widget": "string"}


def _texts(form: FormContext) -> Iterator[Field]:
    """The texts of a ``LocalizedText``: the first language is a must."""
    for index, one in enumerate(form.languages):
        text = {"name": one, "label": languages.name(one, form.lang), "widget": "string"}
        yield text if index == 0 else {**text, "required": False}


def _days(form: FormContext) -> Field:
    codes = [*map(str.lower, DAYS), *RANGES, UNKNOWN]
    options = [{"label": day_label(one, form.lang), "value": one} for one in codes]
    return {"widget": "select", "multiple": True, "options": options, "min": 1}


def _codes(kind_of_value: Any) -> tuple[str, ...]:
    bare = _without_marks(kind_of_value)
    return tuple(_literals(bare)) if get_origin(bare) is Literal else ()


def _literals(kind_of_value: Any) -> Iterator[str]:
    for one in get_args(kind_of_value):
        yield from (one,) if isinstance(one, str) else _literals(one)


def _options(form: FormContext, codes: Sequence[str]) -> list[Field]:
    return [{"label": form.words(CODES[one]), "value": one} for one in codes]
