"""The texts for editors in one language, read from its ``.po`` file as ``scripts/messages`` writes
it.

A build says few of the 1,600, and Babel takes a third of a second to read them all: here they stay
as they are written until one is asked for.
"""

from __future__ import annotations

import re
from gettext import c2py

from .regexes import regex

_TEXT = regex(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
_ONE = regex(r'^msgid "(.+)"$', re.MULTILINE)
_FORM = regex(r'^msgstr\[\d+\] "(.+)"$', re.MULTILINE)
_FUZZY = regex(r"(?:#.*\n)*#,.*\bfuzzy\b")
"""What stands before a text whose translation is a guess."""

_PLURAL = regex(r"\\nPlural-Forms: *nplurals=\d+; *plural=(.*?);?\\n")

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_MEANT = {escaped: sign for sign, escaped in _ESCAPED.items()}
_SIGN = regex(r'[\\"\n\t\r]')
_ESCAPE = regex(r"\\.")


class EditorTexts:
    """``catalogue``: the ``.po`` file; empty for the language of the messages themselves,
    English."""

    def __init__(self, catalogue: str = "") -> None:
        header, *entries = catalogue.replace('"\n"', "").split("\n\n")
        sure = [one for one in entries if not _FUZZY.match(one)]
        self._texts: dict[str, str] = dict(_TEXT.findall("\n\n".join(sure)))
        with_number = [one for one in sure if "\nmsgid_plural " in one]
        self._with_number = {
            found[1]: _FORM.findall(one) for one in with_number if (found := _ONE.search(one))
        }
        plural = _PLURAL.search(header)
        self._form_of = c2py(plural[1] if plural else "n != 1")

    def gettext(self, message: str) -> str:
        """The message in this language; as it is, where it is not translated."""
        found = self._texts.get(_SIGN.sub(lambda sign: _ESCAPED[sign[0]], message))
        return message if found is None else _read(found)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same of a message with a number in it."""
        forms = self._with_number.get(_SIGN.sub(lambda sign: _ESCAPED[sign[0]], one))
        if forms is None:
            return one if number == 1 else many
        return _read(forms[self._form_of(number)])


def _read(text: str) -> str:
    return _ESCAPE.sub(lambda escape: _MEANT.get(escape[0], escape[0]), text)
