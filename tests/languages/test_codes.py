"""Codes of languages: their one form, what CLDR knows of them, names of days and of languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from saig.languages import (
    broader,
    canonical,
    direction,
    is_known,
    name,
    order,
    sort_key,
    with_country,
)
from saig.notes.date_guess import month_names
from saig.notes.day_types import CivilDate, Days
from saig.notes.files import Source
from saig.notes.read import read_note
from saig.words import EDITORS, Translator, editor_language, has_words


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ca", "ca"),
        ("pt_BR", "pt-BR"),
        ("PT-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ES-419", "es-419"),
        ("CA-Valencia", "ca-valencia"),
        ("ca_ES_valencia", "ca-ES-valencia"),
        ("de-ch-1901", "de-CH-1901"),
        ("i-klingon", ""),
        ("klingonès", ""),
        ("en-x-private", ""),
        ("pt-", ""),
        ("", ""),
    ],
)
def test_a_code_has_one_form(written: str, code: str) -> None:
    """RFC 5646: the language small, the script with a capital, the region in capitals."""
    assert canonical(written) == code


@pytest.mark.parametrize(
    "code",
    [
        "ca",
        "ast",
        "eu",
        "an",
        "oc",
        "gsw",
        "pt-PT",
        "pt-BR",
        "ca-valencia",
        "ca-AR",
        "es-419",
        "en-GB",
        "zh-Hant",
        "zh-TW",
        "ar-MA",
        "sr-Latn",
        "sr-Cyrl",
        "uz-Arab",
        "sl-rozaj-biske",
        "de-CH-1901",
        "pa-PK",
    ],
)
def test_languages_with_regions_scripts_and_variants_are_known(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize(
    "code", ["pt-XX", "es-Arab", "az-Arab", "und", "mul", "xx", "tlh", "iw", "mn-Mong", "root"]
)
def test_what_cldr_cannot_write_is_not_known(code: str) -> None:
    """No such region, no dates in that script, an old code: a page would have half of it."""
    assert not is_known(code)


def test_a_script_is_never_taken_for_another() -> None:
    """Interface texts of ``zh`` are in other signs than those of ``zh-TW``; ``pt`` does for Brazil."""
    assert broader("pt-BR")[-1] == "pt"
    assert broader("ca-ES-valencia")[:2] == ("ca-ES-valencia", "ca-ES")
    assert "zh" not in broader("zh-TW")
    assert "sr" not in broader("sr-Latn")
    assert broader("zh-CN")[-1] == "zh"


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("ar-MA", "rtl"),
        ("he", "rtl"),
        ("ckb", "rtl"),
        ("uz-Arab", "rtl"),
        ("uz", "ltr"),
        ("zh-Hant", "ltr"),
    ],
)
def test_which_way_a_language_is_written(code: str, way: str) -> None:
    assert direction(code) == way


def test_names_say_what_makes_a_language_its_own_kind() -> None:
    """Two kinds of one language in a switch of languages are told apart."""
    assert name("ca-valencia", "ca") == "català (valencià)"
    assert name("ca-ES-valencia", "ca") == "català (Espanya, valencià)"
    assert name("pt-BR", "es") == "portugués (Brasil)"
    assert Translator.of(Path(), "pt-BR").name == "Português (Brasil)"


def test_a_date_without_a_pattern_is_written_as_cldr_does() -> None:
    """What nobody translated is not English word order in another language."""
    nowhere = Path("/nonexistent")
    assert Translator.of(nowhere, "pt-BR").date("2020-05-13") == "13 de maio de 2020"
    assert Translator.of(nowhere, "zh-Hant").date("2020-05-13") == "2020年5月13日"
    assert Translator.of(nowhere, "en-GB").date("2020-05-13") == "13 May 2020"


def test_interface_texts_are_those_of_the_nearest_language(tmp_path: Path) -> None:
    """A folder of the language's code or of gettext's form; the header's language does not matter."""
    for folder, header in (("pt", "Portuguese (Brazil)"), ("sr_Latn", "sr@latin"), ("ca", "pt-br")):
        file = tmp_path / folder / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True)
        file.write_text(
            'msgid ""\nmsgstr ""\n'
            f'"Language: {header}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
            f'msgid "Home"\nmsgstr "home of {folder}"\n'
        )
    home = {
        code: Translator.of(tmp_path, code).gettext("Home")
        for code in ("pt-BR", "pt-PT", "sr-Latn", "sr-ME", "ca-valencia", "sr")
    }
    assert home == {
        "pt-BR": "home of pt",
        "pt-PT": "home of pt",
        "sr-Latn": "home of sr_Latn",
        "sr-ME": "home of sr_Latn",
        "ca-valencia": "home of ca",
        "sr": "Home",
    }
    assert has_words((tmp_path,), "en-GB")
    assert not has_words((tmp_path,), "sr")


@pytest.mark.parametrize(
    ("wanted", "lang"),
    [
        ("ca_ES.UTF-8", "ca"),
        ("ca_ES.UTF-8@valencia", "ca"),
        ("es-419", "es"),
        ("C", "en"),
        ("fr", "en"),
    ],
)
def test_messages_are_in_the_nearest_language_to_the_editors(wanted: str, lang: str) -> None:
    assert editor_language(wanted) == lang
    assert lang == "en" or (EDITORS / lang).is_dir()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ["Nada", "Nuevo", "Ñandú", "Óscar", "Oto", "Planta 2", "planta 2 bis", "Planta 10"]),
        ("ca", ["2", "10", "Àrea", "arxiu", "Església", "«Estat»", "L'arxiu", "Nada", "ñam", "nu"]),
        ("sv", ["Al", "Ob", "Zebra", "Ål", "Äpple", "Öl"]),
        ("de", ["Ober", "Öl", "Oz"]),
        ("da", ["Zoo", "Ærø", "Øre", "Ål"]),
        ("ru", ["ежа", "Ёлка", "Ель", "Жук"]),
    ],
)
def test_words_stand_in_the_order_of_the_language(lang: str, words: list[str]) -> None:
    """Accents and capitals aside; numbers by what they count; ``ñ`` after ``nu`` in Spanish."""
    for mixed in (words[::-1], sorted(words)):
        assert sorted(mixed, key=lambda word: order(word, lang)) == words


@settings(max_examples=30)
@given(
    st.lists(st.text("aAàb1002ñ ç·'-é٣", max_size=6), max_size=12), st.sampled_from(["ca", "es"])
)
def test_what_is_kept_of_words_sorts_as_they_do(words: list[str], lang: str) -> None:
    for one in words:
        for other in words:
            kept = sort_key(one, lang), sort_key(other, lang)
            assert (order(one, lang) < order(other, lang)) == (kept[0] < kept[1])


def days(value: object, *languages: str) -> list[str]:
    found: list[str] = TypeAdapter(Days).validate_python(value, context={"languages": languages})
    return found


@pytest.mark.parametrize(
    ("value", "languages"),
    [
        ("monday-friday", ("eu",)),
        ("Mo-Fr", ("ca", "es")),
        ("dilluns-divendres", ("ca", "es")),
        ("Dl. - Dv.", ("ca-valencia",)),
        ("lunes-viernes", ("ca", "es")),
        ("segunda-feira-sexta-feira", ("pt",)),
        ("segunda-feira – sexta-feira", ("pt-BR",)),
        ("astelehena-ostirala", ("eu", "es")),
        ("astelehenetik ostiralera", ("eu", "es")),
        ("de luns a venres", ("gl", "es")),
        ("da lunedì a venerdì", ("it",)),
        ("du lundi au vendredi", ("fr",)),
        ("Montag bis Freitag", ("de",)),
        ("Montag, Dienstag, Mittwoch, Donnerstag und Freitag", ("de",)),
        ("segunda a sexta", ("pt",)),
        ("星期一-星期五", ("zh-Hant",)),
        (["dilluns", "MARTES", "miercoles", "thu", "divendres"], ("ca", "es")),
    ],
)
def test_days_have_their_names_in_the_sites_languages(
    value: object, languages: tuple[str, ...]
) -> None:
    """And their English ones, everywhere; a name with a hyphen is no range."""
    assert days(value, *languages) == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def test_a_short_name_means_what_it_does_in_the_sites_language() -> None:
    """``do`` is Thursday for a German and Sunday for a Spaniard; for both it is refused."""
    assert days("do", "de") == ["Thursday"]
    assert days("do", "es") == ["Sunday"]
    with pytest.raises(ValidationError) as refused:
        days("do", "es", "de")
    assert refused.value.errors()[0]["ctx"]["days"] == "thursday, sunday"
    with pytest.raises(ValidationError):
        days("asteazkena", "ca", "es")


@pytest.mark.parametrize(
    ("code", "country", "expected"),
    [
        ("ca", "ES", "ca_ES"),
        ("ca", None, "ca_ES"),
        ("ca", "AD", "ca_AD"),
        ("pt", "PT", "pt_PT"),
        ("pt-BR", "PT", "pt_BR"),
        ("es-419", "MX", "es_MX"),
        ("ca-valencia", None, "ca_ES"),
        ("zh-Hant", "TW", "zh_TW"),
    ],
)
def test_language_with_country_as_open_graph_has_it(
    code: str, country: str | None, expected: str
) -> None:
    assert with_country(code, country) == expected


def day(value: str, *languages: str) -> str:
    found = TypeAdapter(CivilDate).validate_python(value, context={"languages": languages})
    return str(found)


@pytest.mark.parametrize(
    ("value", "languages"),
    [
        ("23. azaroa 2026", ("eu", "es")),
        ("2026ko azaroaren 23a", ("eu",)),
        ("2026(e)ko azaroaren 23(a)", ("eu",)),
        ("23. November 2026", ("de",)),
        ("23. Nov. 2026", ("de",)),
        ("23 novembre 2026", ("fr",)),
        ("23 de novembro de 2026", ("pt",)),
        ("23 noviembre 2026", ("ca", "es")),
        ("23 listopada 2026", ("pl",)),
        ("23. studenoga 2026", ("hr",)),
        ("23 Νοεμβρίου 2026", ("el",)),
        ("November 23, 2026", ("en-US",)),
    ],
)
def test_months_have_their_names_in_the_sites_languages(
    value: str, languages: tuple[str, ...]
) -> None:
    """In the case that dates have them in, with its endings."""
    assert day(value, *languages) == "2026-11-23"


@pytest.mark.parametrize(
    ("value", "languages"),
    [
        ("23. azaroa 2026", ("ca", "es")),
        ("23 listopada 2026", ("pl", "hr")),  # November here, October there
        ("23 listopada 26", ("pl",)),
        ("23 azaroa urria 2026", ("eu",)),
        ("astelehena 23 azaroa 2026", ("eu",)),  # which may contradict it
    ],
)
def test_a_month_of_no_or_of_two_meanings_is_refused(
    value: str, languages: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError):
        day(value, *languages)


@pytest.mark.parametrize("lang", ["ca", "es", "en", "eu", "gl", "pt", "fr", "it", "de"])
def test_no_month_of_these_languages_is_doubtful(lang: str) -> None:
    assert {len(months) for months in month_names((lang, "ca", "es")).values()} == {1}


def test_a_language_that_cldr_lacks_has_the_dates_that_are_given_with_it(tmp_path: Path) -> None:
    """And nobody else gets them: they are no state of the process."""
    mirandese = Translator.of(tmp_path, "mwl", "pt")
    assert mirandese.date("2020-05-13") == "13 de maio de 2020"
    assert (mirandese.list(["a", "b"]), str(mirandese.weekday(0))) == ("a e b", "segunda-feira")
    assert mirandese.language("mwl") == "mirandês"
    assert not is_known("mwl")
    assert broader("mwl") == ("mwl", "mwl-Latn")


def test_days_are_read_by_the_names_of_the_language_that_one_is_like() -> None:
    source = Source("content/contacts/a.md", "contact", "a", "mwl", is_original=True)
    hours = "opening_hours:\n  - days: segunda a sexta\n    opens: 09:00\n    closes: 14:00\n"
    raw = f"---\ntitle: A\nsummary: S.\n{hours}---\nT.\n".encode()
    assert read_note(source, raw, ["mwl"], locales=["pt"]).note
    assert [one.code for one in read_note(source, raw, ["mwl"]).problems] == ["bad-value"]
