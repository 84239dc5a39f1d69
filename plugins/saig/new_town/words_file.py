"""A catalogue to be filled in, for a language in which Saig's theme has no texts."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from ..languages import locale
from ..shipped import shipped
from ..words import SOURCE_LANGUAGE, has_words

TRANSLATIONS = "theme/translations"


def is_wordless(lang: str) -> bool:
    """Whether Saig's own theme has no texts in a language."""
    return lang.partition("-")[0] != SOURCE_LANGUAGE and not has_words(
        [shipped(TRANSLATIONS)], lang
    )


def words_file(lang: str) -> tuple[str, str]:
    """Its path and its text, in which nothing is translated: every text of the interface."""
    path = Path(TRANSLATIONS, lang, "LC_MESSAGES", "messages.po")
    listed = read_po(io.BytesIO((shipped(TRANSLATIONS) / "messages.pot").read_bytes()))
    catalogue = Catalog(str(locale(lang)), fuzzy=False)
    for message in listed:
        if message.id:
            catalogue.add(message.id, context=message.context, flags=message.flags)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=True)
    return path.as_posix(), head + written.getvalue().decode("utf-8")
