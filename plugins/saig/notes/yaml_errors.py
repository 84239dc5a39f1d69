"""A YAML parser's error → its position, and words for editors.

libyaml says, in English, what it found where it gave up; an editor needs to know what she typed
wrong. So this looks at its message and the line together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..regexes import regex
from ..words import N_

HOW_TO_WRITE = N_(
    "each line is name: value, with spaces and no tabs in front; "
    "put a text with a colon, a # or a quotation mark between quotation marks"
)
QUOTE = N_("put the text between quotation marks: %(new)s")

_FIELD = regex(r"(?P<before>[ ]*(?:- )*[\w-]{1,60}:[ \t]+)(?P<value>\S.*?)[ \t]*$")
_NO_SPACE = regex(r"[ ]*(?:- )?[A-Za-z_][\w-]{0,59}:(?=[^\s/])")
_NAME = regex(r"[ ]*(?:- )*[\w-]{1,60}:(?:[ ]|$)")


@dataclass(frozen=True)
class YamlFault:
    """Line and column from 0. ``fix``: see ``Problem``."""

    line: int
    column: int
    message: str
    hint: str = HOW_TO_WRITE
    values: dict[str, Any] = field(default_factory=dict)
    fix: tuple[str, str] | None = None


def quoted(text: str) -> str:
    """A text as YAML reads it whatever it contains."""
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def plain_or_quoted(text: str) -> str:
    """A text in the form in which YAML reads it inside brackets: quoted only if needed."""
    words = " ".join(text.split())
    return words if _PLAIN.fullmatch(words) else quoted(words)


_PLAIN = regex(r"[^\W_][^:#,{}\[\]\"&*!|>%@`]*|…")


def why(text: str, error: yaml.YAMLError) -> YamlFault:
    """What is wrong in a text that YAML refuses."""
    lines = text.split("\n")
    said = str(getattr(error, "problem", None) or "")
    around = str(getattr(error, "context", None) or "")
    at = _mark(text, getattr(error, "problem_mark", None) or getattr(error, "context_mark", None))
    begin = _mark(text, getattr(error, "context_mark", None)) or at
    if at is None or begin is None:  # a character that YAML does not take
        offset = getattr(error, "position", 0) if isinstance(error, yaml.reader.ReaderError) else 0
        line = text.count("\n", 0, offset)
        column = offset - (text.rfind("\n", 0, offset) + 1)
        return YamlFault(
            line, column, N_("there is a character here that no front matter may have")
        )
    if "tab character" in said or _sign(lines, at) == "\t":
        return _tab(lines, at)
    if "quoted scalar" in around and "end of stream" in said:
        return _unclosed(lines, begin)
    if "escape character" in said:
        return _value(lines, at, N_("a \\ between double quotation marks has a meaning of its own"))
    if "block scalar" in around or "cannot start" in said or "alias" in around or "tag" in around:
        return _begins(lines, begin)
    if "directive" in around or "anchor" in around:
        return _begins(lines, begin)
    if "block sequence entries" in said:
        return YamlFault(
            *at,
            N_("a list does not begin on the line of its name"),
            N_(
                "write each item on a line of its own below, after “- ”; or put a text that begins with - between quotation marks"
            ),
        )
    if "mapping values" in said:
        return _colon(lines, at)
    if "expected ':'" in said:
        return _no_colon(lines, begin)
    if "flow" in around and "node content" not in said:
        return _bracket(lines, begin, at)
    if "node content" in said:
        return _missing(lines, at)
    return _no_key(lines, at)


Place = tuple[int, int]


def _mark(text: str, mark: Any) -> Place | None:
    """YAML counts further signs as line ends, and editors don't."""
    if mark is None:
        return None
    before = text[: min(mark.index, len(text.rstrip()))]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)


def _sign(lines: list[str], at: Place) -> str:
    return lines[at[0]][at[1] : at[1] + 1]


def _tab(lines: list[str], at: Place) -> YamlFault:
    line = lines[at[0]]
    column = line.find("\t", at[1])
    column = column if column >= 0 else at[1]
    indent = re.match(r"[ \t]*", line)
    old = indent[0] if indent else ""
    fix = (old, old.replace("\t", "  ")) if "\t" in old else None
    message = N_("there is a tab here, where only spaces may stand")
    return YamlFault(
        at[0], column, message, N_("write spaces instead, as in the lines around"), fix=fix
    )


def _unclosed(lines: list[str], at: Place) -> YamlFault:
    return _value(lines, at, N_("the quotation mark that opens here is never closed"))


def _value(lines: list[str], at: Place, message: str, **values: object) -> YamlFault:
    """The value of this line is only valid between quotation marks."""
    found = _FIELD.match(lines[at[0]])
    if not found or found["value"][0] in "[{|>":
        return YamlFault(*at, message, values=dict(values))
    new = quoted(_unquoted(found["value"]))
    return YamlFault(*at, message, QUOTE, {**values, "new": new[:120]}, (found["value"], new))


def _unquoted(value: str) -> str:
    """What stands between the quotation marks that were meant as such."""
    first = value[0]
    if first not in "\"'":
        return value
    if value.endswith(first) and len(value) > 1:
        return value[1:-1]
    return value[1:] if first not in value[1:] else value


def _begins(lines: list[str], at: Place) -> YamlFault:
    message = N_("a text may not begin with %(sign)s")
    return _value(lines, at, message, sign=_sign(lines, at))


def _colon(lines: list[str], at: Place) -> YamlFault:
    line, column = at
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and (fault := _no_space(lines, above)):
        return fault
    if _NAME.match(lines[line]) and lines[line].find(":") == column:
        return _indent(lines, line)
    return _value(lines, at, _SECOND_COLON)


_SECOND_COLON = N_("there is a second colon in this line")


def _no_space(lines: list[str], line: int) -> YamlFault | None:
    found = _NO_SPACE.match(lines[line])
    if not found:
        return None
    return YamlFault(
        line,
        found.end(),
        N_("there is no space after the colon"),
        N_("write %(name)s, a space, and the value"),
        {"name": found[0].strip()},
        (found[0], f"{found[0]} "),
    )


def _indent(lines: list[str], line: int) -> YamlFault:
    column = len(lines[line]) - len(lines[line].lstrip())
    return YamlFault(
        line,
        column,
        N_("this line begins further in, or less far, than its neighbours"),
        N_("let it begin exactly below the field that it belongs beside"),
    )


def _no_colon(lines: list[str], at: Place) -> YamlFault:
    line = lines[at[0]]
    return _no_space(lines, at[0]) or YamlFault(
        at[0],
        len(line) - len(line.lstrip()),
        N_("this line has no name of a field with a colon after it"),
        N_("write name: value; let a text that goes on from the line above begin further in"),
    )


def _bracket(lines: list[str], begin: Place, at: Place) -> YamlFault:
    sign = _sign(lines, begin)
    close = "]" if sign == "[" else "}"
    values = {"sign": sign, "close": close}
    rest = lines[begin[0]][begin[1] :]
    if found := re.search(r"\s#", rest):
        return YamlFault(
            begin[0],
            begin[1] + found.start() + 1,
            N_("what follows # is not read, and so %(sign)s is never closed"),
            N_("put the text with the # between quotation marks"),
            values,
        )
    if _sign(lines, at) == ":" and at[0] == begin[0]:
        hint = N_("put a text with a colon between quotation marks")
        return YamlFault(*at, _SECOND_COLON, hint, values)
    if at[0] == begin[0]:
        message = N_("there is a comma or a %(close)s missing here")
        return YamlFault(
            *at, message, N_("write a comma between two items, and %(close)s at the end"), values
        )
    return YamlFault(
        *begin,
        N_("%(sign)s opens here and is never closed"),
        N_("write %(close)s at the end"),
        values,
    )


def _missing(lines: list[str], at: Place) -> YamlFault:
    found = _FIELD.match(lines[at[0]])
    if found and found.start("value") == at[1]:
        return _value(lines, at, N_("a text may not begin with %(sign)s"), sign=_sign(lines, at))
    message = N_("there is nothing before this %(sign)s")
    hint = N_("remove the sign, or write what is missing before it")
    return YamlFault(*at, message, hint, {"sign": _sign(lines, at)})


def _no_key(lines: list[str], at: Place) -> YamlFault:
    """No field began here: because of a quotation mark or bracket before it in its line, of an open
    one above, or of the indentation."""
    for number in range(at[0] - 1, max(-1, at[0] - NEAR), -1):
        found = _FIELD.match(lines[number])
        if found and _is_left_open(found["value"]) and not _closes(lines[number + 1 : at[0]]):
            return _unclosed(lines, (number, found.start("value")))
    found = _FIELD.match(lines[at[0]])
    if not found or found.start("value") >= at[1]:
        return _indent(lines, at[0])
    value = found["value"]
    if value[0] in "\"'":
        return _value(lines, at, N_("nothing may follow the closing quotation mark"))
    if value[0] in "[{":
        message, new = N_("nothing may follow the closing bracket"), quoted(value)
        return YamlFault(*at, message, QUOTE, {"new": new[:120]}, (value, new))
    return _begins(lines, (at[0], found.start("value")))


NEAR = 20
"""How many lines above are searched for an open quotation mark."""


def _is_left_open(value: str) -> bool:
    first = value[0]
    return first in "\"'" and first not in value[1:].replace(f"\\{first}", "")


def _closes(lines: list[str]) -> bool:
    """Whether a text of several lines ends among these."""
    return any(line.rstrip().endswith(("'", '"')) for line in lines)
