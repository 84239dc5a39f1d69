"""Fields that readers see as they are: text that YAML drops, and literal markup."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any, get_args

from pydantic import BaseModel

from ..regexes import regex
from ..words import N_
from .address_lists import GoneList
from .front_matter import Data
from .literal_markup import TYPED
from .local_name import LocalName
from .localized_text import LocalizedText
from .models import KINDS
from .note_fields import TranslationFields
from .plain_data import Path, texts
from .problem import FieldProblem
from .site import Site
from .value_types import ForReaders
from .yaml_errors import quoted

_SIGNS = ("*", "](", "<", "&", "“", "„", "‘", "__", "`", "~~")
_MARKUP = regex(
    r"(?P<strong>\*\*|__|~~)(?P<bold>[^*_~\n]{1,200})(?P=strong)"
    r"|(?<![\w*])\*(?P<italic>[^\s*](?:[^*\n]{0,200}[^\s*])?)\*(?![\w*])"
    r"|`(?P<code>[^`\n]{1,200})`"
    r"|!?\[(?P<link>[^\[\]\n]{1,200})\]\([^()\n]{1,300}\)"
    r"|</?(?:a|b|br|em|i|p|span|strong|u)\b[^<>\n]{0,200}>"
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[\da-fA-F]{1,6});"
)
_WORDS = ("bold", "italic", "code", "link")
"""The groups of ``_MARKUP`` with what readers should see."""

_QUOTED = regex(r"[“”„‘’]([^“”„‘’\"\\]{1,300})[“”‘’]")


def prose_problems(front: str, data: Data) -> list[FieldProblem]:
    """Problems of the texts for readers in a file's data. ``front``: its YAML."""
    found = [
        _cut(data, path)
        for path, (_, value, _) in data.cut.items()
        if is_prose(path) and not value.startswith(("https://", "/"))
    ]
    if any(sign in front for sign in _SIGNS):
        for path, text in texts(data.value):
            if is_prose(path):
                found += _markup(data, path, text)
    return found


def is_prose(path: Path) -> bool:
    """Whether readers see the text at this path of a file's data."""
    names = _names() if len(path) > 2 else _names() - {"topics"}  # in notes these are ids
    return any(step in names for step in path)


@cache
def _names() -> frozenset[str]:
    """The fields that hold texts for readers, of all models."""
    found: set[str] = set()
    waiting: list[Any] = [*KINDS.values(), TranslationFields, Site, GoneList]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            parts = [*_parts(field.annotation), *field.metadata]
            if any(part in (LocalizedText, LocalName, ForReaders) for part in parts):
                found.add(field.alias or name)
            waiting += [part for part in parts if _is_model(part)]
    return frozenset(found - {"root"})


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _parts(part)


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel) and part is not LocalizedText


def _cut(data: Data, path: Path) -> FieldProblem:
    place, value, lost = data.cut[path]
    typed = f"{value}{lost}".strip()
    new = quoted(typed)
    return FieldProblem(
        place,
        "cut-text",
        N_("what follows # is not read: readers see “%(value)s”")
        if value
        else N_("what follows # is not read, so there is no text here"),
        N_("put the whole text between quotation marks: %(new)s"),
        {"value": " ".join(value.split())[:60], "new": new[:120]},
        None if "\n" in typed else (typed, new),
    )


def _markup(data: Data, path: Path, text: str) -> Iterator[FieldProblem]:
    place = data.place(path)
    if found := _QUOTED.fullmatch(text.strip()):
        yield FieldProblem(
            place,
            "markup-as-text",
            TYPED,
            N_('quotation marks that readers should not see are straight: "…"'),
            {"typed": text.strip()[:60]},
            (found[0], quoted(found[1])),
        )
        return
    for found in _MARKUP.finditer(text):
        new = next(filter(None, found.group(*_WORDS)), None) or unescape(found[0])
        new = "" if new.startswith("<") and found[0].startswith("<") else new
        if new == found[0]:
            continue
        yield FieldProblem(
            place,
            "markup-as-text",
            TYPED,
            N_("fields are plain text: write “%(new)s” without the signs")
            if new.strip()
            else N_("fields are plain text: remove the signs"),
            {"typed": found[0][:60], "new": new[:60]},
            (found[0], new),
        )
