"""The text of a file → plain data, and where in the file each value stands.

PyYAML reads the events; this makes maps, lists and scalars of them by the rules of docs/notes.md:
YAML 1.2's core types, no anchors, aliases or tags, no duplicate keys. As events are read one by
one, deeply nested input cannot overflow Python's stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..regexes import regex
from ..words import N_
from .control_characters import control_character, control_problem
from .plain_data import Path
from .problem import FieldProblem
from .yaml_errors import HOW_TO_WRITE, quoted, why

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

MAX_DEPTH = 12
"""Levels of nesting. The deepest field of any kind has five."""

Place = tuple[int, int]

_INT = regex(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = regex(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?[1-9][0-9]*[eE][-+]?[0-9]+")
_NUMBERS_BEGIN = frozenset("+-.0123456789")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Integer(int):
    """A whole number that keeps how it was typed: ``+351210000000`` is not 351210000000."""

    text: str


class Decimal(float):
    """A number that keeps how it was typed."""

    text: str


@dataclass
class Data:
    """What a YAML text says: ``value``, and the places of values and of keys by their path.
    ``cut``: unquoted texts followed by a comment in their line, which may have been meant as part
    of them: the comment's place, the text as typed, and the comment."""

    value: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    cut: dict[Path, tuple[Place, str, str]] = field(default_factory=dict)
    spans: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Where the scalars that stand in one line begin and end in the text, with their quotes."""
    in_braces: set[Path] = field(default_factory=set)
    """The maps that are written ``{name: value}``."""
    problems: list[FieldProblem] = field(default_factory=list)
    is_incomplete: bool = False
    """Whether the text could not be read to its end."""

    def place(self, path: Path) -> Place:
        """Where the value at ``path`` stands, or the nearest thing around it that does."""
        path = self._as_typed(path)
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key_place(self, path: Path) -> Place:
        return self.keys.get(self._as_typed(path)) or self.place(path)

    def _as_typed(self, path: Path) -> Path:
        """The same path where a single value may be written for a list of one, and is."""
        value, found = self.value, []
        for step in path:
            if isinstance(step, int) and not isinstance(value, list):
                continue
            found.append(step)
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                value = None
        return tuple(found)


def split(text: str) -> tuple[str, str, int] | FieldProblem:
    """A note's text → front matter, body and the number of the body's first line, from 1; a problem
    if there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FieldProblem(
            (1, 1),
            "missing-front-matter",
            N_("the file does not begin with front matter"),
            N_("write --- on the first line, the fields below it, and --- again above the text"),
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return FieldProblem(
        (1, 1),
        "missing-front-matter",
        N_("the front matter that begins here never ends"),
        N_("write --- on a line of its own between the fields and the text"),
    )


def load(text: str, first_line: int = 1) -> Data:
    """YAML text -> its data. ``first_line``: the number of the text's first line in its file. What
    YAML or what docs/notes.md refuses is in ``problems``; nothing is raised."""
    data = Data()
    try:
        _build(text, first_line, data)
    except _Unusable as error:
        data.problems.append(FieldProblem(error.place, "yaml-syntax", error.message, HOW_TO_WRITE))
    except yaml.YAMLError as error:
        data.is_incomplete = True
        wrong = _syntax(error, text, first_line)
        if all(wrong.place != told.place for told in data.problems):
            data.problems.append(wrong)
    return data


class _Places:
    """Offsets in a text as places in its file. YAML counts more characters as line ends (U+2028,
    U+0085) than editors do, so its own lines and columns are not used."""

    def __init__(self, text: str, first_line: int) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.first_line = first_line

    def at(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset) - 1
        return line + self.first_line, offset - self.starts[line] + 1


class _Unusable(Exception):
    """YAML that cannot be front matter."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place, self.message = place, message


@dataclass
class _Open:
    """A map or list being read: where it is, and for a map the key that waits for its value."""

    value: Any
    path: Path
    key: str | None = None
    key_end: int = 0
    last: Path | None = None
    """The value before that one."""
    seen: dict[str, Place] = field(default_factory=dict)


def _build(text: str, first_line: int, data: Data) -> None:
    """Fill ``data`` from the text. Reading ends at anything that is not allowed, as the parser's
    time grows with the square of the depth."""
    stack: list[_Open] = []
    places = _Places(text, first_line)
    has_comments = " #" in text or "\t#" in text
    event: Any
    for event in yaml.parse(text, Loader=Parser):  # type: ignore[arg-type]
        kind = type(event)
        if kind in _ENDS:
            stack.pop()
            continue
        starts = kind in _STARTS
        if not (starts or kind is yaml.ScalarEvent or kind is yaml.AliasEvent):
            if kind is yaml.DocumentStartEvent and data.values:
                place = places.at(event.start_mark.index)
                raise _Unusable(place, N_("a second document begins here"))
            continue
        place = places.at(event.start_mark.index)
        if found_wrong := _forbidden(event, place):
            data.problems.append(found_wrong)
        parent = stack[-1] if stack else None
        is_key = parent is not None and isinstance(parent.value, dict) and parent.key is None
        if starts and is_key:
            raise _Unusable(place, N_("the name of a field must be a word"))
        if starts and len(stack) >= MAX_DEPTH:
            raise _Unusable(place, N_("values are nested too deeply"))
        if is_key and parent is not None:
            parent.key, parent.key_end = _key(parent, event, place, data), event.end_mark.index
            continue
        path = _path(parent)
        data.values.setdefault(path, place)
        if parent and isinstance(parent.value, dict):
            if _has_no_colon(event, parent):
                data.problems.append(_cut_by_comma(text, parent, data, places))
            parent.last = path
        value = _value(event)
        if has_comments and not starts and (found := _comment_behind(text, event)):
            typed = text[event.start_mark.index : event.end_mark.index]
            data.cut[path] = places.at(found.start(1)), typed, found[0]
        _put(parent, value, data)
        if not starts and event.start_mark.line == event.end_mark.line:
            data.spans[path] = event.start_mark.index, event.end_mark.index
        elif starts and event.flow_style:
            data.in_braces.add(path)
        if starts:
            stack.append(_Open(value, path))


def _has_no_colon(event: Any, parent: _Open) -> bool:
    """Whether a key has no value and not even its colon, as ``b c`` in ``{ca: a, b c}``."""
    is_empty = isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
    return is_empty and int(event.start_mark.index) == parent.key_end


def _cut_by_comma(text: str, parent: _Open, data: Data, places: _Places) -> FieldProblem:
    """What was meant as one text: the value before the comma, and what YAML takes for a name."""
    start = data.spans[parent.last][0] if parent.last in data.spans else None
    typed = text[start : parent.key_end] if start is not None else ""
    if start is None or "\n" in typed or typed[0] in "'\"":
        place, key = places.at(parent.key_end), str(parent.key)
        hint = N_(
            "write %(name)s: and its value, or put the text around it between quotation marks"
        )
        return FieldProblem(
            place,
            "yaml-syntax",
            N_("“%(name)s” has no value: is it the end of a text with a comma?"),
            hint,
            {"name": key[:60]},
        )
    return FieldProblem(
        places.at(start),
        "yaml-syntax",
        N_("the comma ends this text, and what follows would be lost: “%(lost)s”"),
        N_("put the whole text between quotation marks: %(new)s"),
        {"lost": str(parent.key)[:60], "new": quoted(typed)[:120]},
        (typed, quoted(typed)),
    )


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

_COMMENT = regex(r"[ \t]+(#[^\n]*)")
_TEXT_SIGN = regex(r"[ \t]*(#[^\s#][^\n]*)")


def _comment_behind(text: str, event: Any) -> re.Match[str] | None:
    """What follows an unquoted text in its line, if that is a comment. After an empty value it
    counts only if there is no space after the ``#``, as there is in comments."""
    if not isinstance(event, yaml.ScalarEvent) or event.style or not event.implicit[0]:
        return None
    end: Any = event.end_mark
    return (_COMMENT if event.value else _TEXT_SIGN).match(text, end.index)


def _value(event: Any) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.AliasEvent):
        return None
    return {} if isinstance(event, yaml.MappingStartEvent) else []


def _path(parent: _Open | None) -> Path:
    if parent is None:
        return ()
    step: str | int = len(parent.value) if isinstance(parent.value, list) else str(parent.key)
    return (*parent.path, step)


def _put(parent: _Open | None, value: Any, data: Data) -> None:
    if parent is None:
        data.value = value
    elif isinstance(parent.value, list):
        parent.value.append(value)
    else:
        parent.value.setdefault(str(parent.key), value)
        parent.key = None


def _key(parent: _Open, event: Any, place: Place, data: Data) -> str:
    key = event.value if isinstance(event, yaml.ScalarEvent) else ""
    if key in parent.seen:
        data.problems.append(
            FieldProblem(
                place,
                "duplicate-key",
                N_("%(key)s stands here twice; the first time in line %(line)d"),
                N_("keep one of the two"),
                {"key": key[:60], "line": parent.seen[key][0]},
            )
        )
    else:
        parent.seen[key] = data.keys[(*parent.path, key)] = place
    return key


def _forbidden(event: Any, place: Place) -> FieldProblem | None:
    """What YAML allows and front matter does not: anchors, aliases, tags, control characters."""
    is_scalar = type(event) is yaml.ScalarEvent
    if event.anchor or type(event) is yaml.AliasEvent:
        return FieldProblem(
            place,
            "yaml-alias",
            N_("anchors (&) and aliases (*) are not used here"),
            N_("write the value out, or put it between quotation marks if it begins with & or *"),
        )
    if event.tag:
        return FieldProblem(
            place,
            "yaml-syntax",
            N_("tags such as %(tag)s are not used here"),
            N_("remove it, or put the value between quotation marks if it begins with !"),
            {"tag": event.tag[:60]},
        )
    if is_scalar and (found := control_character(event.value)):
        return control_problem(place, found[0])
    return None


def _scalar(event: Any) -> Any:
    """The value of a scalar by YAML 1.2's core rules; ``08`` and ``14:00`` stay text."""
    text = event.value
    if not event.implicit[0] or len(text) > 40:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBERS_BEGIN:
        return text
    if _INT.fullmatch(text):
        number: Any = Integer(text)
    elif _FLOAT.fullmatch(text):
        number = Decimal(text)
    else:
        return text
    number.text = text
    return number


def _syntax(error: yaml.YAMLError, text: str, first_line: int) -> FieldProblem:
    fault = why(text, error)
    place = fault.line + first_line, fault.column + 1
    return FieldProblem(place, "yaml-syntax", fault.message, fault.hint, fault.values, fault.fix)
