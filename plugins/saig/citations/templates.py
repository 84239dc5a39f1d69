"""Templates of citations, as packs write them, as patterns: ``"{head} {date}, {no}{number}"``.

Text stands for itself, in any case; ``{…}`` for a part of a citation; what is in square brackets
may be missing, ``[a|b]`` is either or neither. A space may be missing where one side of it is no
letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from .normalised_text import lower
from .word_patterns import any_of, without_accents

YEAR4 = r"(?:1[5-9]|20)\d\d"
_SPACE = r"(?: |(?<=[\W\d_])|(?=[\W\d_]))"
_LITERAL = {" ": _SPACE, "(": r"\( ?", ")": r" ?\)"}
_SIGNS = (
    r"(?:nn?\.? ?[º°o]s?\.?|n\. ?os|nn?\.|nos?\.?|n[úu]ms?\.|n[úu]meros?|num[ée]ros?|"
    r"numbers?|nr\.?|nummer|nri?\.|č\.|br\.|št\.)"
)
_DAY = r"\d{1,2}(?!\d)(?:\.?[ºª°]|\.|(?:er|re|r|st|nd|rd|th|è|-a)(?![^\W_]))?"
_JOIN = r"(?:de |d' ?|di |of |of the )?"

PARTS = {
    "number": r"(?:\d{1,3}\.\d{3}(?!\d)|\d{2} \d{3}(?![\d.])|\d{1,6}(?!\d)(?: ?-[a-z]{1,2}(?![^\W_]))?)",
    "year": rf"(?:{YEAR4}|\d\d)(?!\d)",
    "yyyy": rf"{YEAR4}(?!\d)",
    "roman": r"[ivxlcdm]{1,12}(?![^\W_])",
    "words": r"[^\d.;:\n]{1,160}?",
    "brackets": r"\([^()\n]{1,60}\)",
}
"""Placeholders that mean the same in every language."""

_NAMES = {"yyyy": "year", "roman": "number"}
_END = r"(?![^\W_])(?![/-]\d)"


class TemplateError(ValueError):
    """A template, or a word of a table, that cannot be understood; the text says why."""


class Template:
    """One way to write a citation. Patterns are compiled when they are first asked for.

    ``title``: whether words with capitals stand before the head, and make a name; ``provisions``:
    whether it only holds after an article; ``short``: whether a short name (``BauGB``) stands where
    the head does.
    """

    def __init__(self, text: str, parts: Callable[[], Mapping[str, str]]) -> None:
        """``parts``: gives the patterns of placeholders, without groups; among them ``further``,
        what stands between one number and a further one."""
        self.text, self._parts = text, parts
        self.provisions = text.startswith("{provisions} ")
        rest = text.removeprefix("{provisions} ")
        self.short = rest == "{short name}"
        self.title = rest.startswith("{title} ")
        self._before, _, self._after = rest.removeprefix("{title} ").partition("{head}")

    @cached_property
    def after(self) -> re.Pattern[str]:
        """What follows the head."""
        return re.compile(self._tail(self._after))

    @cached_property
    def more(self) -> re.Pattern[str] | None:
        """What follows it for a further norm of the same kind."""
        if "number" not in self.after.groupindex:
            return None
        return re.compile(self._parts()["further"] + self._tail(self._after.lstrip(" ")))

    @cached_property
    def before(self) -> re.Pattern[str] | None:
        """What stands before the head."""
        if not self._before:
            return None
        return re.compile(rf"(?<![^\W_]){_pattern(self._before, self._parts(), [])}\Z")

    def _tail(self, text: str) -> str:
        return _pattern(text, self._parts(), []) + (_END if text else "")

    def check(self) -> None:
        """Raise ``TemplateError`` if it cannot be understood."""
        if "{short name}" in self.text:
            if not (self.short and self.provisions):
                raise TemplateError("{short name} stands alone, after {provisions}")
            return
        if self.text.count("{head}") != 1:
            raise TemplateError("{head} must be there once")
        for text in (self._before, self._after):
            _pattern(text, self._parts(), [])


def _pattern(text: str, parts: Mapping[str, str], seen: list[str]) -> str:
    pattern, position = _sequence(text, 0, parts, seen)
    if position < len(text):
        raise TemplateError(f"“{text[position]}” closes no bracket")
    return pattern


def _sequence(
    text: str, position: int, parts: Mapping[str, str], seen: list[str]
) -> tuple[str, int]:
    """The pattern of a text up to its end or to what closes a bracket, and where that is."""
    found: list[str] = []
    while position < len(text) and text[position] not in "]|":
        character = text[position]
        if character == "[":
            choices = []
            while text[position : position + 1] in ("[", "|"):
                choice, position = _sequence(text, position + 1, parts, seen)
                choices.append(choice)
            if text[position : position + 1] != "]":
                raise TemplateError("a bracket is not closed")
            found.append(f"(?:{'|'.join(choices)})?")
        elif character == "{":
            end = text.find("}", position)
            name = text[position + 1 : end]
            if end < 0 or name not in parts:
                raise TemplateError(f"there is no {{{name}}}")
            found.append(_group(_NAMES.get(name, name).replace(" ", "_"), parts[name], seen))
            position = end
        else:
            found.append(_LITERAL.get(character) or re.escape(lower(character)))
        position += 1
    return "".join(found), position


def _group(name: str, pattern: str, seen: list[str]) -> str:
    """The groups of a placeholder: what stands there a second time is read where the first is
    not."""
    seen.append(name)
    if (times := seen.count(name)) > 1:
        pattern = re.sub(r"\(\?P<\w+>", "(?:", pattern)
        return f"(?P<{name}_{times}>{pattern})"
    return f"(?P<{name}>{pattern})"


def said(*found: re.Match[str] | None) -> dict[str, str | None]:
    """What was read of each placeholder, in whichever of these matches, and wherever it stood."""
    parts: dict[str, str | None] = {}
    for match in filter(None, found):
        for name, value in match.groupdict().items():
            if value is not None:
                parts.setdefault(re.sub(r"_\d+$", "", name), value)
    return parts


def number_sign(more: Iterable[str]) -> str:
    """``n.º``, ``n°``, ``No.``, ``Nr.`` and those of a table, and the space after it."""
    own = any_of(map(lower, more))
    return f"(?:{own}|{_SIGNS})(?![^\\W\\d_]) ?" if own else f"{_SIGNS}(?![^\\W\\d_]) ?"


def date(months: Iterable[str]) -> str:
    """A day in words (``7 agosto 1990``, ``May 3, 2020``) or in figures (``17/09``, ``3.11.2017``);
    its year may be missing."""
    names = any_of(months)
    words = rf"(?:{names})(?![^\W_])" if names else r"(?!)"
    year = rf"{YEAR4}(?!\d)"
    return (
        rf"(?:(?P<day>{_DAY}) ?{_JOIN}(?P<month>{words})(?:,?(?: de| del| d'| of)? ?(?P<said>{year}))?"
        rf"|(?P<month_first>{words}) (?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<said_last>{year}))?"
        rf"|(?P<day_figures>\d{{1,2}})[./-] ?(?P<month_figures>\d{{1,2}})"
        rf"(?:[./-] ?(?P<said_figures>{YEAR4}|\d\d)(?!\d))?)"
    )


def spellings(written: str) -> Iterator[tuple[str, str]]:
    """Each way to spell a word of a table, and its base, without what is in brackets: ``lei[s]`` ->
    ``lei``, ``leis``, both of the base ``lei``. Raises ``TemplateError``."""
    base = re.sub(r"\[[^\[\]]*\]", "", written)
    if "[" in base or "]" in base:
        raise TemplateError("a bracket is not closed")
    for spelling in _expanded(written):
        yield spelling, base
        plain = without_accents(lower(spelling))
        if plain != lower(spelling) and len(spelling) > 3:  # às is not as
            yield _in_case_of(plain, spelling), base


def _in_case_of(plain: str, spelling: str) -> str:
    pairs = zip(plain, spelling, strict=True)
    return "".join(new.upper() if old.isupper() else new for new, old in pairs)


def _expanded(written: str) -> Iterator[str]:
    head, bracket, rest = written.partition("[")
    if not bracket:
        yield head
        return
    choices, _, tail = rest.partition("]")
    for choice in ("", *choices.split("|")):
        for further in _expanded(tail):
            yield head + choice + further
