"""Characters from pasted text that look like another, or like nothing. One problem for each line,
with the corrected line.

They are allowed where they belong: joiners inside emoji and in scripts that need them, direction
marks next to scripts that run to the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

from ..regexes import regex
from ..words import N_
from .problem import FieldProblem

_ODD = regex(
    "[\u0080-\u009f\u00ad\u00b4\u013f\u0140\u0300-\u036f\u0400-\u04ff\u061c\u180e\u200b-\u200f"
    "\u2027-\u202e\u2060-\u206f\u2219\u22c5\u2022\u30fb\u0387\u3000\ue000-\uf8ff\ufb00-\ufb06"
    "\ufeff\uff01-\uff5e\ufffc\ufffd\U000f0000-\U0010ffff]"
)
_PAIRS = regex(
    "\u00a0[ \u00a0]|[ ]\u00a0"
    "|l\\.l|L\\.L"
    "|[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]"
)
_PAIRED = ("\u00a0", "Ã", "Â", "â€")
"""Characters that may be wrong, alone or before another. The rules below decide."""

_ASCII = bytes(range(0x80))
_LEFTWARD = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_VOWEL = "[aàeèéiíïoòóuúüAÀEÈÉIÍÏOÒÓUÚÜ]"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_BOXES = regex("[\u2500-\u257f]")
"""In drawings, whose spaces are meant."""

_CJK = regex("[\u2e80-\u2fff\u3001-\u30fa\u30fc-\u9fff\uac00-\ud7a3]")
_CYRILLIC = dict(zip("аеорсухіјѕАВЕЗКМНОРСТУХІЈЅ", "aeopcyxijsABE3KMHOPCTYXIJS", strict=True))
_MOJIBAKE = (
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]{1,3})+"
)
_ACUTE = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def odd_characters(text: str) -> list[FieldProblem]:
    """The lines of a file with such characters."""
    # Most texts have none; the few signs that are not ASCII are searched much faster than all.
    others = text.encode().translate(None, _ASCII).decode()
    pairs = "l.l" in text or "L.L" in text or any([first in others for first in _PAIRED])
    if not (_ODD.search(others) or (pairs and _PAIRS.search(text))):
        return []
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if (_ODD.search(line) or _PAIRS.search(line)) and (wrong := _in_line(line, number)):
            found.append(wrong)
    return found


def _in_line(line: str, number: int) -> FieldProblem | None:
    edits: list[Edit] = []
    for edit in sorted(
        (edit for rule in _RULES for edit in rule(line)), key=lambda edit: (edit[0], -edit[1])
    ):
        if not edits or edit[0] >= edits[-1][1]:
            edits.append(edit)
    if not edits:
        return None
    first, last = edits[0][0], edits[-1][1]
    odd = next(
        (c for c in line[first : edits[0][1]] if _ODD.match(c) or c == "\u00a0"), line[first]
    )
    lost = any(new is None for _, _, new in edits)
    new = _edited(line, edits, first, last)
    word = _edited(line, edits, line.rfind(" ", 0, first) + 1, _end_of_word(line, edits[0][1]))
    return FieldProblem(
        (number, first + 1),
        "odd-character",
        N_("there is an odd character here, as pasted text often has: %(name)s"),
        N_("delete it, or type what belongs there")
        if lost
        else N_("write “%(word)s”")
        if word.strip()
        else N_("write a single space"),
        {"name": name_of(odd), "word": word.strip()[:40]},
        None if new == line[first:last] else (line[first:last], new),
    )


def _end_of_word(line: str, at: int) -> int:
    end = line.find(" ", at)
    return len(line) if end < 0 else end


def _edited(line: str, edits: list[Edit], done: int, last: int) -> str:
    """A part of the line, edited."""
    parts = []
    for start, end, new in edits:
        if done <= start and end <= last:
            parts += [line[done:start], line[start:end] if new is None else new]
            done = end
    return "".join([*parts, line[done:last]])


def name_of(character: str) -> str:
    """``U+00AD (soft hyphen)``."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


Edit = tuple[int, int, str | None]
"""Start and end in a line, and the replacement, or None if it is unknown."""


def _each(pattern: str, new: Callable[[re.Match[str]], str | Literal[False] | None]) -> Rule:
    """A rule for each match. ``new``: the replacement; None if it is unknown, False if nothing is
    wrong."""
    compiled = regex(pattern)

    def rule(line: str) -> Iterator[Edit]:
        for found in compiled.finditer(line):
            if (written := new(found)) is not False:
                yield found.start(), found.end(), written

    return rule


Rule = Callable[[str], Iterator[Edit]]


def _joiner(found: re.Match[str]) -> str | Literal[False]:
    """Zero width: needed in emoji, and in scripts other than Latin."""
    around = found.string[max(0, found.start() - 2) : found.end() + 2]
    needed = any(
        ord(c) > 0x2FF
        and not unicodedata.category(c).startswith(("P", "Z", "Cf"))
        and (c.isalpha() or unicodedata.category(c) in ("So", "Sk", "Mn", "Mc"))
        for c in around
        if not _is_latin(c)
    )
    return False if needed else ""


def _is_latin(c: str) -> bool:
    return unicodedata.name(c, "").startswith("LATIN")


def _direction(found: re.Match[str]) -> str | Literal[False]:
    return False if _LEFTWARD.search(found.string) else ""


def _composed(found: re.Match[str]) -> str | Literal[False]:
    new = unicodedata.normalize("NFC", found[0])
    return new if len(new) < len(found[0]) else False


def _wide(found: re.Match[str]) -> str | Literal[False]:
    return False if _CJK.search(found.string) else unicodedata.normalize("NFKC", found[0])


def _accent(found: re.Match[str]) -> str | Literal[False]:
    """A single acute accent: instead of an apostrophe, or of an accent on the vowel before it."""
    before = found[1]
    if before.isdigit():
        return False  # minutes of arc
    if before.lower() in "aeiou":
        return before.translate(_ACUTE)
    return f"{before}'"


def _mojibake(found: re.Match[str]) -> str | Literal[False]:
    """UTF-8 that was read as if it were Windows-1252."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return found[0].encode(encoding).decode()
        except UnicodeError:
            continue
    return False


def _unknown(found: re.Match[str]) -> Literal[False] | None:
    """A bullet of Word's at the beginning of a line is told as one."""
    begins = not found.string[: found.start()].strip(" \t>-*")
    return False if begins and found[0] in "\uf0b7\uf0a7\uf0d8\uf0fc" else None


def _cyrillic(found: re.Match[str]) -> str | Literal[False]:
    """Letters of other scripts that look Latin, in Latin words."""
    word = found[0]
    if not any(map(_is_latin, word)) or not any(c in _CYRILLIC for c in word):
        return False
    new = "".join(_CYRILLIC.get(c, c) for c in word)
    return new if all(map(_is_latin, new)) else False


_RULES: tuple[Rule, ...] = (
    _each("[\u00ad\u180e\u2060-\u2064\ufeff\ufffc]", lambda found: ""),
    _each("[\u200b-\u200d]", _joiner),
    # Ends of lines in other programs, and in YAML.
    _each("[ ]*[\u2028\u2029][\u2028\u2029 ]*$", lambda found: ""),
    _each("[ ]*[\u2028\u2029][\u2028\u2029 ]*", lambda found: " "),
    _each("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", _direction),
    _each(
        "\u00a0[ \u00a0]+|[ ]+\u00a0[ \u00a0]*",
        lambda found: False if _BOXES.search(found.string) else " ",
    ),
    _each("\u3000", _wide),
    _each("(?<=[lL])[\u2219\u22c5\u2022\u2027\u30fb\u0387](?=[lL])", lambda found: "·"),
    _each(f"(?<=[{_LATIN}])[\u2219\u22c5\u2027\u30fb\u0387](?=[{_LATIN}])", lambda found: "·"),
    _each(
        rf"(?<![\w./@:-])(?:[{_LATIN}]{{1,3}}['’])?[{_LATIN}]{{0,20}}{_VOWEL}(?:l\.l|L\.L){_VOWEL}[{_LATIN}]{{0,30}}"
        r"(?![\w/@:-]|\.\w)",
        lambda found: found[0].replace("l.l", "l·l").replace("L.L", "L·L"),
    ),
    _each("[\u013f\u0140]·?", lambda found: "L·" if found[0][0] == "\u013f" else "l·"),
    _each(f"[{_LATIN}][\u0300-\u036f]+", _composed),
    _each("[\uff01-\uff5e]+", _wide),
    _each("[\ufb00-\ufb06]", lambda found: unicodedata.normalize("NFKC", found[0])),
    _each("(\\w)\u00b4", _accent),
    _each("\ufffd|[\ue000-\uf8ff\U000f0000-\U0010fffd]", _unknown),
    _each("[\u0080-\u009f]", lambda found: _windows(found[0])),
    _each(_MOJIBAKE, _mojibake),
    _each("\\w+", _cyrillic),
)


def _windows(control: str) -> str | None:
    """A control character of Latin 1 is a sign of Windows-1252."""
    try:
        return control.encode("latin-1").decode("cp1252")
    except UnicodeError:
        return None
