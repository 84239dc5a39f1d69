"""A note's file → the same note in canonical form (``saig fmt``; decision 50).

Each value is replaced where it stands, so comments, quotes, and the order and layout of fields are
kept.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from ..languages import is_known
from ..packs.law import NO_LAW
from .as_written import stands_for
from .decoding import decode
from .deprecated_fields import read_old_names
from .files import Source
from .front_matter import Data, load, split
from .markdown import convert
from .opening_hours import Hours
from .plain_data import Path
from .problem import FieldProblem
from .read import read_fields, read_note
from .references import name_of, with_ids, written_in
from .weekdays import DAYS, day_names, parts, plain, several

NO_IDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Edit:
    """Characters of the front matter, and what to write instead of them."""

    begin: int
    end: int
    text: str


def canonical(
    source: Source,
    raw: bytes,
    languages: Sequence[str],
    ids: Mapping[str, str] = NO_IDS,
    locales: Sequence[str] = (),
    *,
    is_right: bool = False,
) -> bytes | None:
    """The note's file in canonical form; None if it has an error. ``languages``: the site's, the
    default one first; ``ids``: those of the notes that it names otherwise, by what
    ``references.name_of`` makes of the names; ``locales``: as in ``read_note``; ``is_right``:
    whether it is known to have no error, so that its text need not be read."""
    fields: BaseModel | None
    if is_right:
        fields = read_fields(source, raw, languages, NO_LAW, None, locales)
    else:
        fields = _fields_if_right(source, raw, languages, locales)
    text = decode(raw)
    if fields is None or isinstance(text, FieldProblem):
        return None
    front_and_body = split(text)
    if isinstance(front_and_body, FieldProblem):
        return None
    front, body, _ = front_and_body
    written, data = front, load(front)
    edits = [
        *_ids(source.kind, data, ids),
        *_edits(fields, front, data, locales or languages),
    ]
    for edit in sorted(edits, key=lambda edit: edit.begin, reverse=True):
        written = written[: edit.begin] + edit.text + written[edit.end :]
    stripped = re.sub(r"[ \t]+$", "", written, flags=re.MULTILINE)
    for one in (stripped, written, front):  # the first that says the same
        new = f"---\n{one}\n---\n{_one_end(body)}".encode()
        if new == raw:
            return raw
        again = _fields_if_right(source, new, languages, locales)
        if again is not None and _says(source, again, ids) == _says(source, fields, ids):
            return new
    return None


def _fields_if_right(
    source: Source, raw: bytes, languages: Sequence[str], locales: Sequence[str]
) -> BaseModel | None:
    note = read_note(source, raw, languages, locales=locales).note
    return note.fields if note else None


def _says(source: Source, fields: BaseModel, ids: Mapping[str, str]) -> BaseModel:
    """Fields with ids in the place of names, to be compared."""
    return with_ids(fields, source.kind, ids) if source.is_original else fields


def _ids(note_kind: str, data: Data, ids: Mapping[str, str]) -> Iterator[_Edit]:
    for path, kind, written in written_in(data.value, note_kind):
        new = ids.get(name_of(kind, written))
        if new and path in data.spans:
            yield _Edit(*data.spans[path], new)


def _one_end(body: str) -> str:
    """A text with exactly one line end at its end, unless readers would see the difference: in a
    block of code that is never closed."""
    bare = body.rstrip("\n")
    ended = f"{bare}\n" if bare else ""
    return ended if ended == body or convert(ended, 1)[1] == convert(body, 1)[1] else body


def _edits(fields: BaseModel, front: str, data: Data, locales: Sequence[str]) -> Iterator[_Edit]:
    """Edits of values. Old names of fields in ``data`` are replaced."""
    read_old_names(data, type(fields))
    known = tuple(filter(is_known, locales))
    for model, path, typed in _models(fields, data.value, ()):
        for name, field in type(model).model_fields.items():
            key = field.alias or name
            at, value = (*path, key), getattr(model, name)
            if isinstance(model, Hours) and name == "days":
                yield from _days(data, at, typed.get(key), value, known)
            elif isinstance(model, Hours) and name in ("opens", "closes"):
                yield from _time(front, data, at, typed, model)
            elif at in data.spans and (new := _scalar(typed.get(key), value)):
                yield _Edit(*data.spans[at], new)


def _models(value: Any, typed: Any, path: Path) -> Iterator[tuple[BaseModel, Path, dict[str, Any]]]:
    """The models in a checked value, each with its place and the data that it was read from."""
    if isinstance(value, BaseModel) and isinstance(typed, dict):
        yield value, path, typed
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from _models(getattr(value, name), typed.get(key), (*path, key))
    elif isinstance(value, list) and isinstance(typed, dict) and len(value) == 1:
        yield from _models(value[0], typed, path)  # one that stands for a list
    elif isinstance(value, list) and isinstance(typed, list) and len(value) == len(typed):
        for index, (one, its) in enumerate(zip(value, typed, strict=True)):
            yield from _models(one, its, (*path, index))


def _typed(value: Any) -> str:
    return str(getattr(value, "text", value))


def _scalar(typed: Any, value: Any) -> str | None:
    """A day or a code to be written instead of what was typed."""
    if isinstance(value, datetime.date):
        return None if _typed(typed) == value.isoformat() else value.isoformat()
    if isinstance(value, str) and typed != value and stands_for(_typed(typed), value):
        return value
    return None


def _time(front: str, data: Data, at: Path, typed: dict[str, Any], hours: Hours) -> Iterator[_Edit]:
    """Times in quotes: without them other programs read 10:00 as a number. A range in ``opens``
    becomes two fields."""
    *above, key = at
    value = getattr(hours, str(key))
    if at not in data.spans or _typed(typed.get(str(key))) == value:
        return
    begin, end = data.spans[at]
    new = f'"{value}"'
    if "closes" in typed:
        yield _Edit(begin, end, new if begin < end else f" {new}")
    elif tuple(above) in data.in_braces:
        yield _Edit(begin, end, f'{new}, closes: "{hours.closes}"')
    else:
        yield _Edit(begin, end, new)
        line_end = front.find("\n", end)
        line_end = len(front) if line_end < 0 else line_end
        indent = " " * (data.key_place(at)[1] - 1)
        yield _Edit(line_end, line_end, f'\n{indent}closes: "{hours.closes}"')


def _days(
    data: Data, at: Path, typed: Any, days: Sequence[str], languages: tuple[str, ...]
) -> Iterator[_Edit]:
    """Days in English. A list stays a list, with its comments, in its order."""
    names = day_names(languages)
    if isinstance(typed, str) and days:
        yield from _new(data, at, typed, _as_range(days) or f"[{_listed(days)}]")
    for index, item in enumerate(typed if isinstance(typed, list) else ()):
        ranges = several(str(item), names)
        said = [day for one in ranges for day in _in_range(one, names)]
        new = _as_range(said) if len(ranges) == 1 else ""
        yield from _new(data, (*at, index), item, new or _listed(said))


def _new(data: Data, at: Path, typed: Any, new: str) -> Iterator[_Edit]:
    if at in data.spans and new and typed != new:
        yield _Edit(*data.spans[at], new)


def _in_range(text: str, names: Mapping[str, frozenset[str]]) -> Sequence[str]:
    ends = [DAYS.index(day) for name in parts(text, names) for day in names.get(plain(name), ())]
    return DAYS[ends[0] : ends[-1] + 1] if ends else ()


def _as_range(days: Sequence[str]) -> str:
    """``monday-friday``; nothing for less than three days, or days that do not follow each
    other."""
    first = DAYS.index(days[0]) if days else 0
    is_range = len(days) > 2 and tuple(days) == DAYS[first : first + len(days)]
    return f"{days[0]}-{days[-1]}".lower() if is_range else ""


def _listed(days: Sequence[str]) -> str:
    return ", ".join(days).lower()
