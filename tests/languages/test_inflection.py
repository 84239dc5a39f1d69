"""Sentences of languages that inflect: a translation chooses the form of each day that it names."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import REPOSITORY
from saig import po
from saig.documents.codes import codes
from saig.inflection import date_forms
from saig.packs.law import NO_LAW
from saig.words import Translator

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
BASQUE = r"""
msgctxt "forms of a date"
msgid "none"
msgstr ""
"numbers: *1 *5 *10 *30 *50 *70 *90; *11 *31 *51 *71 *91\n"
"on: y{eko|ko|ko} MMMM'ren' d{ean|n|an}\n"
"from: y{eko|ko|ko} MMMM'ren' d{etik|tik|tik}\n"
"to: y{eko|ko|ko} MMMM'ren' d{era|ra|ra}\n"

msgctxt "forms of a weekday"
msgid "none"
msgstr ""
"on: astelehenean, asteartean, asteazkenean, ostegunean, ostiralean, larunbatean, igandean\n"
"from: astelehenetik, asteartetik, asteazkenetik, ostegunetik, ostiraletik, larunbatetik, igandetik\n"
"to: astelehenera, asteartera, asteazkenera, ostegunera, ostiralera, larunbatera, igandera\n"

msgid "%(first)s to %(last)s"
msgstr "%(first.from)s %(last.to)s"

msgid "In force since %(date)s."
msgstr "Indarrean %(date.from)s."

msgid "From %(first)s to %(last)s"
msgstr "%(first.from)s %(last.to)s"

msgid "Updated on %(date)s"
msgstr "%(date.on)s eguneratua"

msgid "Closed now; next: %(day)s, %(time)s"
msgstr "Itxita; %(day.on)s irekiko da, %(time)s"
"""
GERMAN = r"""
msgctxt "forms of a weekday"
msgid "none"
msgstr "with_article: den Montag, den Dienstag, den Mittwoch, den Donnerstag, den Freitag, den Samstag, den Sonntag"

msgid "%(first)s to %(last)s"
msgstr "%(first)s bis %(last)s"

msgid "In force since %(date)s."
msgstr "In Kraft seit dem %(date)s."
"""
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@pytest.fixture
def words(tmp_path: Path) -> dict[str, Translator]:
    for lang, text in (("eu", BASQUE), ("de", GERMAN)):
        file = tmp_path / lang / "LC_MESSAGES/messages.po"
        file.parent.mkdir(parents=True)
        file.write_text(HEADER + text, "utf-8")
    return {lang: Translator.of(tmp_path, lang) for lang in ("eu", "de")}


def test_basque_says_from_which_day_to_which(words: dict[str, Translator]) -> None:
    """Its endings go with how a number is read: 15etik (hamabost), 23tik (hogeita hiru), 2021eko."""
    basque = words["eu"]
    assert basque.weekdays(DAYS) == "astelehenetik ostiralera"
    since = basque.gettext("In force since %(date)s.")
    assert [
        basque.fill(since, date=basque.day(day))
        for day in ("2020-05-15", "2026-11-23", "2021-12-31", "2011-12-11", "2030-02-20")
    ] == [
        "Indarrean 2020ko maiatzaren 15etik.",
        "Indarrean 2026ko azaroaren 23tik.",
        "Indarrean 2021eko abenduaren 31tik.",
        "Indarrean 2011ko abenduaren 11tik.",
        "Indarrean 2030eko otsailaren 20tik.",
    ]
    said = basque.fill(
        basque.gettext("From %(first)s to %(last)s"),
        first=basque.day("2026-07-01"),
        last=basque.day("2026-08-31"),
    )
    assert said == "2026ko uztailaren 1etik 2026ko abuztuaren 31ra"


def test_german_needs_no_forms_of_dates(words: dict[str, Translator]) -> None:
    german = words["de"]
    assert german.weekdays(DAYS) == "Montag bis Freitag"
    since = german.gettext("In force since %(date)s.")
    assert german.fill(since, date=german.day("2020-05-15")) == "In Kraft seit dem 15. Mai 2020."
    assert codes(german, NO_LAW)["opening"]["days"] == {}


def test_catalan_elides_before_one_and_eleven() -> None:
    catalan = Translator.of(REPOSITORY / "theme/translations", "ca")
    since = catalan.gettext("In force since %(date)s.")
    assert [
        catalan.fill(since, date=catalan.day(day))
        for day in ("2015-10-01", "2020-12-11", "2020-05-21")
    ] == [
        "Vigent des de l'1 d'octubre de 2015.",
        "Vigent des de l'11 de desembre de 2020.",
        "Vigent des del 21 de maig de 2020.",
    ]
    issue = catalan.gettext("no. %(number)s, of %(date)s")
    said = [
        catalan.fill(issue, number=84, date=catalan.day(day))
        for day in ("2020-10-01", "2020-05-15")
    ]
    assert said == ["núm. 84, d'1 d'octubre de 2020", "núm. 84, de 15 de maig de 2020"]


def test_what_a_script_fills_in_has_the_form_of_its_sentence(words: dict[str, Translator]) -> None:
    """It is published with the sentence, by day: a browser knows no Basque cases."""
    opening = codes(words["eu"], NO_LAW)["opening"]
    assert opening["next"] == "Itxita; {day} irekiko da, {time}"
    assert opening["days"]["next"]["Wednesday"] == "asteazkenean"
    assert set(opening["days"]) == {"next"}


def test_a_form_that_is_nowhere_is_the_day_itself(words: dict[str, Translator]) -> None:
    german = words["de"]
    assert german.fill("%(date.from)s", date=german.day("2020-05-15")) == "15. Mai 2020"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'msgctxt "forms of a date"\nmsgid "none"\nmsgstr "none"\n\n'
            'msgid "Until %(date)s"\nmsgstr "%(date.until)s arte"\n',
            "“until”",
        ),
        (
            'msgctxt "forms of a date"\nmsgid "none"\nmsgstr "from: d{a|b} MMMM"\n',
            "from: d{a|b} MMMM",
        ),
        ('msgctxt "forms of a date"\nmsgid "none"\nmsgstr "numbers: odd"\n', "numbers: odd"),
        ('msgctxt "forms of a date"\nmsgid "none"\nmsgstr "from d MMMM"\n', "from d MMMM"),
        ('msgctxt "forms of a date"\nmsgid "none"\nmsgstr "from: d MMMM of y"\n', "d MMMM of y"),
        ('msgctxt "forms of a weekday"\nmsgid "none"\nmsgstr "on: a, b, c"\n', "on: a, b, c"),
    ],
)
def test_wrong_forms_are_told_at_their_line(text: str, told: str) -> None:
    _, faults = po.read((HEADER + text).encode(), None)
    ((said, line),) = [(fault.message % fault.values, fault.line) for fault in faults]
    assert told in said and line >= 4


@settings(max_examples=30)
@given(st.text("dMy{}|': ab*1\n", max_size=20))
def test_any_table_is_read_or_refused(text: str) -> None:
    """And what is read can be written for any day."""
    try:
        forms = date_forms(f"numbers: 1\non: {text}")
    except ValueError:
        return
    from saig.inflection import written

    for pattern in forms.patterns.values():
        written(pattern, forms.groups, datetime.date(2026, 11, 23), lambda one: f"<{one}>")
