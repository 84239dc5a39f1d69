"""Plain data → a checked model, or every problem in it, each at its position in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from ..words import N_
from . import telephone
from .base_model import is_by_language
from .date_guess import iso_guess
from .front_matter import Data, Place
from .local_name import LocalName
from .localized_text import LocalizedText
from .plain_data import Path
from .problem import FieldProblem
from .slug import slugify
from .yaml_errors import plain_or_quoted, quoted

M = TypeVar("M", bound=BaseModel)

_WRONG_TYPES = {
    "string_type": (N_("this must be a text"), N_('put it between quotation marks: "…"')),
    "list_type": (
        N_("this must be a list"),
        N_("write each item on a line of its own after “- ”, or [one, two]"),
    ),
    "float_type": (
        N_("this must be a number"),
        N_("write it in digits, with a point, as in 39.57"),
    ),
    "float_parsing": (
        N_("this must be a number"),
        N_("write it in digits, with a point, as in 39.57"),
    ),
    "int_type": (N_("this must be a whole number"), N_("write it in digits")),
    "model_type": (
        N_("this must have fields of its own"),
        N_("write name: value lines, further in than this one"),
    ),
    "dict_type": (
        N_("this must have fields of its own"),
        N_("write name: value lines, further in than this one"),
    ),
}


def validate(
    data: Data, model: type[M], languages: Sequence[str], **more: Any
) -> tuple[M | None, list[FieldProblem]]:
    """The data as ``model``, or None; and every problem in it. ``languages``: the site's, the
    default one first; ``more``: what else validators find in their context."""
    try:
        value = model.model_validate(
            _without_empty(data.value), context={"languages": list(languages), **more}
        )
    except ValidationError as error:
        country = more.get("country")
        found = [_wrong(item, data, model, country) for item in error.errors(include_url=False)]
        return None, found
    return value, []


def untranslated(
    value: Any, languages: Sequence[str], path: Path = ()
) -> Iterator[tuple[Path, list[str]]]:
    """The texts by language in a model that lack some of the languages: path, and which ones."""
    if isinstance(value, LocalizedText | LocalName):
        said = value.names if isinstance(value, LocalName) else value.root
        if said and (missing := [lang for lang in languages if lang not in said]):
            yield path, missing
    elif isinstance(value, RootModel):
        yield from untranslated(value.root, languages, path)
    elif isinstance(value, BaseModel):
        for name, alias in _with_texts(type(value)):
            yield from untranslated(getattr(value, name), languages, (*path, alias))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from untranslated(item, languages, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from untranslated(item, languages, (*path, key))


@cache
def _with_texts(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Name and alias of the fields that can have a text by language, at any depth."""
    return [
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if _can_have_text(field.annotation)
    ]


def _can_have_text(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | LocalName):
        return is_by_language(annotation) or bool(_with_texts(annotation))
    return any(map(_can_have_text, get_args(annotation)))


def nearest(word: str, known: Sequence[str], likeness: float = 0.6) -> str:
    """The most similar known word, or ''. ``likeness``: 1 is equal."""
    return next(iter(get_close_matches(word[:80], known, n=1, cutoff=likeness)), "")


def nearest_path(path: str, known: Sequence[str]) -> str:
    """The known file that may be meant by a path: one with that name elsewhere, or with a similar
    name; or ''. Similar folders do not count, as all files of a kind have the same."""
    folder, _, name = path.rpartition("/")
    by_stem: dict[str, list[str]] = {}
    for one in known:
        by_stem.setdefault(_stem(one), []).append(one)
    found = by_stem.get(nearest(_stem(path), list(by_stem), NEAR), [])
    return min(
        found,
        key=lambda one: (not one.endswith(name), one.rpartition("/")[0] != folder, one),
        default="",
    )


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].casefold()


NEAR = 0.75
"""How similar names of files must be for one to be suggested for the other."""


def _without_empty(value: Any) -> Any:
    """A field without a value counts as left out: ``saig new`` writes optional fields like that."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _wrong(error: Any, data: Data, model: type[BaseModel], country: str | None) -> FieldProblem:
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        parent = _dotted(path[:-1]) if any(isinstance(part, str) for part in path[:-1]) else ""
        return FieldProblem(
            data.key_place(path),
            "missing-field",
            N_("the field %(field)s is missing"),
            N_("add a line %(name)s: … below %(parent)s")
            if parent
            else N_("add a line %(field)s: …"),
            {"field": _dotted(path), "name": str(path[-1]), "parent": parent},
        )
    if kind == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        guess = nearest(str(path[-1]), known)
        return FieldProblem(
            data.key_place(path),
            "unknown-field",
            N_("there is no field “%(field)s” here"),
            N_("did you mean %(guess)s?") if guess else N_("the fields here are: %(known)s"),
            {"field": str(path[-1])[:60], "guess": guess, "known": ", ".join(known)},
        )
    if kind in _WRONG_TYPES:
        fields = _fields_at(model, path)
        return _wrong_type(kind, error["input"], data.place(path), fields, country)
    if kind == "literal_error":
        allowed = _allowed(context["expected"])
        value = error["input"]
        if isinstance(value, list | dict):
            return FieldProblem(data.place(path), "wrong-type", *_WRONG_TYPES["string_type"])
        return FieldProblem(
            data.place(path),
            "bad-value",
            N_("“%(value)s” is not a value of %(field)s"),
            N_("write one of: %(allowed)s"),
            {"value": str(value)[:60], "field": _last_name(path), "allowed": allowed},
        )
    if "message" in context:
        values = {key: value for key, value in context.items() if key not in ("message", "hint")}
        if "at" in values:
            place = data.place((*path, *values["at"]))
        elif "field" in values:
            place = data.key_place((*path, values["field"]))
        elif kind == "missing-field":
            place = data.key_place(path)
        else:
            place = data.place(path)
        fix = (values["value"], values["mended"]) if "mended" in values else None
        return FieldProblem(place, kind, context["message"], context["hint"], values, fix)
    if kind == "too_short":
        return FieldProblem(
            data.place(path),
            "missing-field",
            N_("%(field)s is empty"),
            N_("give it a value"),
            {"field": _dotted(path)},
        )
    for limit, message in _LIMITS.items():
        if limit in context:
            values = {"limit": context[limit]}
            return FieldProblem(
                data.place(path), "bad-value", message, N_("correct the number"), values
            )
    if kind == "string_pattern_mismatch":
        return _no_id(str(error["input"]), data.place(path))
    return FieldProblem(
        data.place(path),
        "bad-value",
        N_("this value is not right"),
        N_("look up in the reference what %(field)s may be"),
        {"field": _dotted(path)},
    )


def _last_name(path: Path) -> str:
    """The field of a value, or of the list that it stands in."""
    return next(part for part in reversed(path) if isinstance(part, str))


_LIMITS = {
    "ge": N_("this number must be %(limit)s or more"),
    "le": N_("this number must be %(limit)s or less"),
}


def _no_id(value: str, place: Place) -> FieldProblem:
    """The only pattern of texts is that of ids."""
    right = slugify(value)
    return FieldProblem(
        place,
        "bad-value",
        N_("“%(value)s” may have small letters without accents, digits and hyphens alone"),
        N_("write %(example)s") if right else N_("write another name"),
        {"value": value[:60], "example": right[:60]},
        (value, right) if right else None,
    )


def _wrong_type(
    kind: str, value: Any, place: Place, fields: Sequence[str], country: str | None
) -> FieldProblem:
    """A value of another type; the hint says what was typed in the form that is needed."""
    message, hint = _WRONG_TYPES[kind]
    new = None
    if not isinstance(value, list | dict) and value is not None:
        typed = getattr(
            value, "text", str(value).lower() if isinstance(value, bool) else str(value)
        )
        new = _in_form(kind, typed.strip(), fields, country)
        if new:
            is_sure = "…" not in new and kind not in ("float_type", "float_parsing")
            is_sure = is_sure and ('{number: "+' not in new or "+" in typed)
            fix = (typed, new) if is_sure else None
            hint = _FORMS[kind] if kind != "list_type" or not fields else _FORMS["model_type"]
            return FieldProblem(place, "wrong-type", message, hint, {"new": new[:300]}, fix)
    return FieldProblem(place, "wrong-type", message, hint)


_FORMS = {
    "string_type": N_("put it between quotation marks: %(new)s"),
    "list_type": N_("write %(new)s; several are written [one, two]"),
    **dict.fromkeys(("float_type", "float_parsing", "int_type"), N_("write %(new)s")),
    **dict.fromkeys(
        ("model_type", "dict_type"), N_("write %(new)s, or name: value lines further in than this")
    ),
}


def _in_form(kind: str, typed: str, fields: Sequence[str], country: str | None) -> str:
    """What was typed, as a text, a list, a number, or an entry with these fields; or ''."""
    if kind == "string_type":
        return quoted(typed)
    if kind in ("float_type", "float_parsing"):
        number = typed.replace(",", ".")
        return number if re.fullmatch(r"-?\d+(\.\d+)?", number) else ""
    if kind == "list_type" and not fields:
        parts = re.split(r"\s*[,;]\s*", typed) if re.fullmatch(r"[\w\s,;-]+", typed) else [typed]
        return f"[{', '.join(map(plain_or_quoted, filter(None, parts)))}]"
    is_entry = kind in ("list_type", "model_type", "dict_type")
    entry = _entry(typed, fields, country) if is_entry else ""
    return f"[{entry}]" if entry and kind == "list_type" else entry


def _entry(typed: str, fields: Sequence[str], country: str | None) -> str:
    """The only field of an entry that was given."""
    day = iso_guess(typed)
    dated = next((name for name in ("from", "date", "on") if name in fields), None)
    if day and dated:
        return f"{{{dated}: {day}}}"
    number = telephone.read(typed) or telephone.mended(typed)
    if number and "number" in fields and "extensions" in fields:
        return f'{{number: "{number}"}}'
    digits = telephone.digits(typed)
    if "extensions" in fields and (own := telephone.of_country(digits, country)):
        return f'{{number: "{own}"}}'
    if "street_address" in fields:
        return f"{{street_address: {plain_or_quoted(typed)}, locality: …}}"
    return ""


def _allowed(expected: str) -> str:
    """pydantic says ``'a', 'b' or 'c'``; editors read ``a, b, c``."""
    return expected.replace(" or ", ", ").replace("'", "")


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str)) or str(path[-1])


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields of the model that stands at ``path`` inside ``model``."""
    current: Any = model
    is_key = False
    for part in path:
        if isinstance(part, str) and not is_key and _is_model(current):
            annotation = next(
                (
                    field.annotation
                    for name, field in current.model_fields.items()
                    if part in (name, field.alias)
                ),
                None,
            )
            current, is_key = model_in(annotation), get_origin(annotation) is dict
        else:  # an item of a list, or what stands under a key that is no field
            is_key = False
    return (
        [field.alias or name for name, field in current.model_fields.items()]
        if _is_model(current)
        else []
    )


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def model_in(annotation: Any) -> Any:
    """The model that an annotation such as ``list[Hours] | None`` holds, or None."""
    if _is_model(annotation):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)
