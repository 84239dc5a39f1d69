"""A ``.po`` catalogue read, and what is wrong in it: whoever translates may write anything."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import c2py
from typing import TYPE_CHECKING, Any

from .inflection import DATES, NONE, WEEKDAYS, date_forms, weekday_forms
from .regexes import regex

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog, Message

_HEADER_LANGUAGE = regex(rb'^"Language:[^\n]*\n', re.MULTILINE)
_CHARSET = regex(rb"charset=([\w.-]+)")
_LINE = regex(
    r"""\s*(#.*|(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])?\s*"([^"\\]|\\.)*"\s*)?"""
)
"""A line of a catalogue: a comment, or a text with or without what it is."""

_PLACE = regex(r"%\((\w+)(?:\.(\w+))?\)[-#0 +]*[\d.]*([a-zA-Z])|%%|%")
"""A placeholder, with or without the form in which a day is to stand there (``inflection``)."""


@dataclass(frozen=True)
class CatalogueFault:
    """``text``: the one that is translated wrongly, of which the rest of a catalogue knows
    nothing."""

    line: int
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    text: str = ""


N_ = str
"""Marks a message, as in ``words``, which needs this module."""

NOT_UTF8 = N_("the character here is not UTF-8")
CHARSET = N_("the charset is %(charset)s, and must be UTF-8")
UNREADABLE = N_("this cannot be read: %(reason)s")
PLURALS = N_("there are %(count)d forms of the plural here, and the header says %(wanted)d")
UNKNOWN = N_("%(place)s is not in the text that is translated")
LACKING = N_("%(place)s is missing, which the text that is translated has")
PERCENT = N_("a % must be written %% here")
NO_FORM = N_("no table of forms in this file has “%(form)s”, which %(place)s asks for")
NO_TABLE = N_("this line of a table of forms cannot be read: %(line)s")


def read(
    raw: bytes, locale: Locale | None, others: frozenset[str] = frozenset()
) -> tuple[Catalog | None, list[CatalogueFault]]:
    """The catalogue without the texts that are wrong, None if it is none; and what is wrong.
    ``others``: forms of days that other catalogues of its language have."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [CatalogueFault(raw.count(b"\n", 0, error.start) + 1, NOT_UTF8)]
    # Which language it is the folder says. Programs write the header's Language in many forms.
    header, between, rest = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    for number, line in enumerate(raw.decode("utf-8-sig").splitlines(), start=1):
        if not _LINE.fullmatch(line):
            return None, [CatalogueFault(number, UNREADABLE, {"reason": line.strip()[:60]})]
    charset = _CHARSET.search(header)
    if charset and charset[1].lower() not in (b"utf-8", b"utf8", b"charset"):
        values = {"charset": charset[1].decode("ascii", "replace")}
        return None, [CatalogueFault(header.count(b"\n", 0, charset.start()) + 1, CHARSET, values)]
    dropped = len(_HEADER_LANGUAGE.findall(header))
    text = _HEADER_LANGUAGE.sub(b"", header) + between + rest
    try:
        catalogue = read_po(io.BytesIO(text), locale=locale, abort_invalid=True)
        c2py(catalogue.plural_expr)
    except PoFileError as error:
        at = (error.lineno or 0) + 1 + dropped
        return None, [CatalogueFault(at, UNREADABLE, {"reason": error.args[0]})]
    except Exception as error:  # a header of nonsense
        return None, [CatalogueFault(1, UNREADABLE, {"reason": f"{type(error).__name__}: {error}"})]
    faults = []
    forms = forms_of(catalogue) | others
    for message in list(catalogue):
        if message.id and (found := next(_wrong(message, catalogue.num_plurals, forms), None)):
            at = (message.lineno or 1) + dropped
            said = message.id[0] if message.pluralizable else message.id
            faults.append(CatalogueFault(at, found[0], found[1], str(said)))
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    return catalogue, faults


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not message.fuzzy and all(strings)


def forms_of(catalogue: Catalog) -> frozenset[str]:
    """The forms of days that the catalogue's own tables have; of a table that is wrong, none."""
    found: set[str] = set()
    for context, read in _TABLES.items():
        with suppress(ValueError):
            message = catalogue.get(NONE, context)
            found |= read(str(message.string)) if message else set()
    return frozenset(found)


_TABLES: dict[str, Callable[[str], set[str]]] = {
    DATES: lambda text: set(date_forms(text).patterns),
    WEEKDAYS: lambda text: set(weekday_forms(text)),
}


def _wrong(
    message: Message, plurals: int, forms: frozenset[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not any(strings) or message.fuzzy:
        return
    if message.pluralizable and len(strings) != plurals:
        yield PLURALS, {"count": len(strings), "wanted": plurals}
        return
    if message.context in _TABLES:
        try:
            _TABLES[message.context](str(strings[0]))
        except ValueError as error:
            yield NO_TABLE, {"line": str(error)[:60]}
        return
    known = set().union(*map(_places, ids))
    if not known:
        return
    wanted = set.intersection(*map(_places, ids)) if len(ids) > 1 else known
    for index, text in enumerate(strings):
        if not text:
            continue
        there = _places(text)
        if "%" in there:
            yield PERCENT, {}
        for place in sorted(there - known - {"%"}):
            yield UNKNOWN, {"place": place}
        for found in _PLACE.finditer(text):
            if found[2] and found[2] not in forms:
                yield NO_FORM, {"form": found[2], "place": found[0]}
        if len(strings) == 1 or index == len(strings) - 1:
            for place in sorted(wanted - there - {"%"}):
                yield LACKING, {"place": place}


def _places(text: str) -> set[str]:
    """The placeholders of a text, and ``%`` if one stands alone."""
    found = (match for match in _PLACE.finditer(text) if match[0] != "%%")
    return {f"%({match[1]}){match[3]}" if match[1] else "%" for match in found}
