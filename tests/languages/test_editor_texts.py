"""The texts for editors, read without Babel: the same as Babel reads."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po
from saig.editor_texts import EditorTexts
from saig.words import EDITORS, of_editors


@pytest.mark.parametrize("lang", sorted(path.name for path in EDITORS.iterdir()))
def test_every_text_is_the_one_that_babel_reads(lang: str) -> None:
    with (EDITORS / lang / "LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    texts = of_editors(lang)
    seen = 0
    for message in catalogue:
        assert not message.fuzzy or not message.id, message.id
        if message.id and message.pluralizable:
            one, many = message.id
            for number in (0, 1, 2, 21):
                wanted = message.string[number != 1]
                assert texts.ngettext(one, many, number) == wanted
        elif message.id:
            assert texts.gettext(message.id) == (message.string or message.id)
            seen += message.string != message.id
    assert seen > 1500


def test_texts_of_any_form() -> None:
    texts = EditorTexts(r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\n"

msgid "a \"b\" and\n"
"a tab\t, a \\ at the end\\"
msgstr ""
"una \"b\" i\n"
"\ttabulador \\n, \\"

#, python-format
msgid "%(count)d note"
msgid_plural "%(count)d notes"
msgstr[0] "%(count)d nota"
msgstr[1] "unes "
"%(count)d notes"
msgstr[2] "moltes notes"

msgid "not translated"
msgstr ""

#, fuzzy, python-format
msgid "a guess"
msgid_plural "guesses"
msgstr[0] "una endevinalla"
msgstr[1] "endevinalles"

#, fuzzy
msgid "another "
"guess"
msgstr "una altra"

msgid "sure"
msgstr "segur"

#~ msgid "gone"
#~ msgstr "fora"
""")
    assert (
        texts.gettext('a "b" and\na tab\t, a \\ at the end\\') == 'una "b" i\n\ttabulador \\n, \\'
    )
    notes = [texts.ngettext("%(count)d note", "%(count)d notes", n) for n in (1, 3, 7)]
    assert notes == ["%(count)d nota", "unes %(count)d notes", "moltes notes"]
    assert texts.gettext("not translated") == "not translated"
    assert texts.gettext("gone") == "gone"
    assert texts.ngettext("a guess", "guesses", 2) == "guesses"
    assert [texts.gettext(one) for one in ("another guess", "sure")] == ["another guess", "segur"]


def test_english_needs_no_file() -> None:
    texts = of_editors("en")
    assert texts.gettext("no note") == "no note"
    assert [texts.ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]


def test_a_language_near_to_one_that_has_texts_gets_these() -> None:
    assert of_editors("es-MX").gettext("correct it") == of_editors("es").gettext("correct it") != ""
